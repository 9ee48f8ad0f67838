from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration: sample people and two terms of their work."""

    name = "supervision.demo"
    verbose_name = "ข้อมูลตัวอย่าง"
