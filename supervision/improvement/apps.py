from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """Step 6: the summary agreed with the school, and its recommendations."""

    name = "supervision.improvement"
    verbose_name = "การปรับปรุงพัฒนา"
