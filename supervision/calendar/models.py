from secrets import token_urlsafe

from django.conf import settings
from django.db import models


def new_feed_token() -> str:
    return token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address by which a person's phone reads their appointments (iCalendar).

    Whoever knows the address reads it, so it can be changed or taken away at any time.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    token = models.CharField(max_length=64, unique=True, default=new_feed_token)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "ที่อยู่ปฏิทินส่วนบุคคล"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"ปฏิทินของ{self.user}"
