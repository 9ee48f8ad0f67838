from django.conf import settings
from django.db import models


class NoticeSettings(models.Model):
    """What a person does not want to hear of, and up to when they have read the news.

    Without a row everything comes, and everything is new.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings"
    )
    muted = models.JSONField("เรื่องที่ปิดไว้", default=list)
    read_until = models.DateTimeField("อ่านแล้วถึง", null=True, blank=True)

    class Meta:
        verbose_name = "การตั้งค่าการแจ้งเตือน"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"การแจ้งเตือนของ{self.user}"


class Digest(models.Model):
    """One day's mail to one person: sent once, however often the command runs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    on = models.DateField("วันที่")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "อีเมลสรุปประจำวัน"
        verbose_name_plural = verbose_name
        constraints = (models.UniqueConstraint(fields=("user", "on"), name="one_digest_a_day"),)

    def __str__(self) -> str:
        return f"{self.user} {self.on}"
