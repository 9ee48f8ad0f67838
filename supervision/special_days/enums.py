from django.db import models


class SpecialDayKind(models.TextChoices):
    """Why a day is marked: appointments with schools go round it."""

    HOLIDAY = "holiday", "วันหยุด"
    TEST = "test", "วันสอบ"
    OFFICE = "office", "กิจกรรมของสำนักงาน"
