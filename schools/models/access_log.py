from django.db import models

from schools.enums import AccessKind
from schools.models.people import User


class AccessEvent(models.Model):
    """One line of the access log: what happened to the access of which account, and by whom.

    Rows are only added, and purged when they are older than ACCESS_LOG_DAYS. No secret is in
    them: no password, no code, nothing that was typed. `account` is empty where somebody tried a
    user name that nobody has, `by` where nobody was signed in.
    """

    at = models.DateTimeField("เมื่อ", db_index=True)
    kind = models.CharField("เหตุการณ์", max_length=30, choices=AccessKind)
    account = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="access_events", verbose_name="บัญชี"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="โดย")
    address = models.GenericIPAddressField("หมายเลขไอพี", null=True)
    device = models.CharField("เครื่อง", max_length=60, blank=True)
    note = models.CharField("รายละเอียด", max_length=300, blank=True)

    class Meta:
        verbose_name = "บันทึกการเข้าใช้"
        verbose_name_plural = verbose_name
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("account", "-at")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.account or ''}"
