from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """What is known of a school before anyone visits: results, reports, findings, circumstances."""

    name = "supervision.profiles"
    verbose_name = "ข้อมูลสารสนเทศของโรงเรียน"
