from django.db import models


class FailedSignIns(models.Model):
    """Wrong tries to sign in that still count, of one account, address or device.

    `key` is a digest: the row repeats neither what was typed nor from where. What counts, and
    for how long, is in schools/sign_in/limits.py; a row that counts no more is purged.
    """

    key = models.CharField("เรื่องที่นับ", max_length=64, unique=True)
    failures = models.FloatField("จำนวนครั้งที่ผิดที่ยังนับ", default=0)
    last_at = models.DateTimeField("ครั้งล่าสุด", db_index=True)

    class Meta:
        verbose_name = "การเข้าสู่ระบบที่ผิด"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.failures:.1f}"
