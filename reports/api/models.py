from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from reports.enums import ApiScope, TokenState
from schools.models import User


class ApiToken(models.Model):
    """The permission for another office's system to read, until it expires or is revoked.

    It reads as `account` does, so only what that account's appointment lets it see, and of that
    only `scopes` (values of ApiScope). The token itself is shown once: `digest` is its SHA-256,
    `prefix` its first letters, by which people recognise it. `last_used_at` is the minute of the
    last use, and `uses_in_minute` counts the uses within it, of which `rate_limit` are allowed.
    """

    account = models.ForeignKey(
        User, models.PROTECT, related_name="api_tokens", verbose_name="บัญชีของระบบ"
    )
    receiver = models.CharField("หน่วยงานผู้รับข้อมูล", max_length=200)
    purpose = models.CharField("วัตถุประสงค์", max_length=500)
    scopes = models.JSONField("ข้อมูลที่อ่านได้")
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField("ขึ้นต้นด้วย", max_length=16)
    expires_on = models.DateField("ใช้ได้ถึงวันที่")
    rate_limit = models.PositiveSmallIntegerField("จำนวนครั้งต่อนาที", default=60)
    created_at = models.DateTimeField("เปิดเมื่อ")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField("เพิกถอนเมื่อ", null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoke_reason = models.CharField("เหตุผลที่เพิกถอน", max_length=2000, blank=True)
    last_used_at = models.DateTimeField("ใช้ครั้งล่าสุด", null=True, blank=True)
    uses_in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "โทเคนของระบบของหน่วยงานอื่น"
        verbose_name_plural = verbose_name
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason=""),
                name="revoked_token_names_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(rate_limit__gte=1),
                name="token_may_be_used",
                violation_error_message="จำนวนครั้งต่อนาทีต้องไม่น้อยกว่า 1",
            ),
        )

    def __str__(self) -> str:
        return f"{self.receiver} ({self.prefix}…)"

    def state_on(self, today: date) -> TokenState:
        """The last day is one on which it may be used."""
        if self.revoked_at:
            return TokenState.REVOKED
        return TokenState.EXPIRED if self.expires_on < today else TokenState.ACTIVE

    @property
    def scope_labels(self) -> list[str]:
        """What it may read, in words and in the order of ApiScope."""
        return [scope.label for scope in ApiScope if self.allows(scope)]

    def allows(self, scope: ApiScope) -> bool:
        scopes: list[Any] = self.scopes
        return scope.value in scopes
