from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Step 5: the decision on a round, and good practices."""

    name = "supervision.practices"
    verbose_name = "ผลการตัดสินและวิธีปฏิบัติที่ดี"
