from django.db import models


class CalendarView(models.TextChoices):
    """How much of the calendar a page shows, and how."""

    MONTH = "month", "เดือน"
    WEEK = "week", "สัปดาห์"
    LIST = "list", "รายการ"
