from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """Scales, indicator sets with their versions, and how answers are scored."""

    name = "supervision.criteria"
    verbose_name = "เกณฑ์และตัวชี้วัด"
