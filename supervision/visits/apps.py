from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Step 4: visits are planned, recorded, rated, signed and acknowledged."""

    name = "supervision.visits"
    verbose_name = "การนิเทศ ติดตาม และประเมินผล"
