from django.apps import AppConfig


class ManualConfig(AppConfig):
    """The manual's own data, loaded into the database."""

    name = "supervision.manual"
    verbose_name = "ข้อมูลตามคู่มือ"
