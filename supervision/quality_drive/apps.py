from django.apps import AppConfig


class QualityDriveConfig(AppConfig):
    """The district's quality drive: five dimensions, agreements, progress, ranking, honours."""

    name = "supervision.quality_drive"
    verbose_name = "การขับเคลื่อนคุณภาพการศึกษา"
