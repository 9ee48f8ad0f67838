from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from supervision.assessments.models.sheets import RoundScopedQuerySet
from supervision.rounds.models import Round


class ReminderChannel(models.TextChoices):
    """How a reminder reaches the school; a text is pasted into LINE by the person."""

    LINE = "line", "LINE"
    MAIL = "mail", "อีเมล"


class ReminderDelivery(models.TextChoices):
    """What became of a reminder on its way to the school."""

    SENDING = "sending", "กำลังส่ง"
    SENT = "sent", "เตือนแล้ว"
    FAILED = "failed", "ส่งไม่สำเร็จ"


class Reminder(models.Model):
    """One reminder to a school that its self-assessment is awaited: by whom, when, how.

    A school is reminded at most once a day, however often a button is pressed; a mail that
    could not be sent does not count.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    channel = models.CharField("ช่องทาง", max_length=10, choices=ReminderChannel)
    delivery = models.CharField("ผล", max_length=10, choices=ReminderDelivery)
    address = models.EmailField("อีเมลผู้รับ", blank=True)
    on = models.DateField("วันที่เตือน")
    at = models.DateTimeField("เวลาที่เตือน")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RoundScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "การเตือนให้ประเมินตนเอง"
        verbose_name_plural = verbose_name
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "on"),
                condition=~Q(delivery=ReminderDelivery.FAILED),
                name="one_reminder_a_day",
                violation_error_message="วันนี้เตือนโรงเรียนนี้แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(
                    channel=ReminderChannel.LINE, delivery=ReminderDelivery.SENT, address=""
                )
                | Q(channel=ReminderChannel.MAIL) & ~Q(address=""),
                name="mailed_reminder_has_an_address",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"

    def counts_on(self, day: date) -> bool:
        return self.on == day and self.delivery != ReminderDelivery.FAILED
