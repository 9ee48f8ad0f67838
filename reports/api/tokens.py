"""Tokens of other offices' systems: opened, used, revoked.

A token is 256 random bits that the portal shows once and keeps as SHA-256 only: so much chance
needs no slow digest, and looking the digest up tells nothing of it by the time it takes.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from reports.api.models import ApiToken
from reports.enums import ApiScope, TokenState
from schools.access import may_use_token
from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.enums import AccessKind
from schools.models import User
from schools.people.access_log import log_access_event

TOKEN_START = "nithet_"  # by which people and programs that look for lost secrets know a token
TOKEN_BYTES = 32
PREFIX_LENGTH = len(TOKEN_START) + 5
LONGEST_VALIDITY = timedelta(days=2 * 365)
USUAL_VALIDITY = timedelta(days=365)
MAX_RATE_LIMIT = 600
REOPENED_ACCOUNT = "เปิดใช้บัญชีอีกครั้ง โทเคนก่อนปิดบัญชีจึงใช้ไม่ได้"


@dataclass(frozen=True)
class IssuedToken:
    """A token as it is handed over, once."""

    row: ApiToken
    secret: str


@transaction.atomic
def create_api_token(
    *,
    by: User,
    account: User,
    receiver: str,
    purpose: str,
    scopes: Collection[str],
    expires_on: date,
    rate_limit: int,
) -> IssuedToken:
    """Let a system read by a new token. Raises ActionRefused for an account or a day that may not.

    Both ends of the days from today to two years on are allowed.
    """
    _check_account(account)
    _check_last_day(expires_on)
    secret, now = TOKEN_START + secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    token = ApiToken.objects.create(
        account=account,
        receiver=receiver,
        purpose=purpose,
        scopes=[scope.value for scope in ApiScope if scope.value in scopes],
        digest=digest_of_token(secret),
        prefix=secret[:PREFIX_LENGTH],
        expires_on=expires_on,
        rate_limit=rate_limit,
        created_at=now,
        created_by=by,
    )
    _log(AccessKind.API_TOKEN_OPENED, token, by=by)
    return IssuedToken(token, secret)


def _check_account(account: User) -> None:
    if not may_use_token(account):
        raise ActionRefused(
            field_errors={
                "account": f"{account} ไม่มีตำแหน่งระบบของหน่วยงานอื่นที่มีผลวันนี้ หรือบัญชีปิดอยู่ "
                "โปรดเพิ่มตำแหน่งหรือเปิดใช้บัญชีก่อน"
            }
        )


def _check_last_day(expires_on: date) -> None:
    today = timezone.localdate()
    if expires_on < today:
        raise ActionRefused(
            field_errors={"expires_on": "วันสุดท้ายที่ใช้ได้ผ่านไปแล้ว โปรดระบุวันนี้หรือหลังจากนี้"}
        )
    if expires_on > today + LONGEST_VALIDITY:
        last = long_date(today + LONGEST_VALIDITY)
        raise ActionRefused(field_errors={"expires_on": f"ใช้ได้ไม่เกิน 2 ปี โปรดระบุไม่เกิน {last}"})


@transaction.atomic
def revoke_api_token(token: ApiToken, *, by: User, reason: str) -> None:
    """End a token at once, for good. Raises ActionRefused where somebody revoked it meanwhile."""
    token.refresh_from_db(from_queryset=ApiToken.objects.select_for_update())
    if token.revoked_at:
        raise ActionRefused("โทเคนนี้เพิกถอนไปแล้ว")
    token.revoked_at, token.revoked_by, token.revoke_reason = timezone.now(), by, reason
    token.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    _log(AccessKind.API_TOKEN_REVOKED, token, by=by)


def revoke_tokens_of_account(account: User, by: User) -> None:
    """Whoever reopens an account begins anew: nobody knows who has its tokens of before."""
    for token in account.api_tokens.filter(revoked_at=None):
        revoke_api_token(token, by=by, reason=REOPENED_ACCOUNT)


def _log(kind: AccessKind, token: ApiToken, *, by: User) -> None:
    log_access_event(kind, account=token.account, by=by, note=str(token)[:300])


# --- Use ---


def digest_of_token(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def find_api_token(secret: str) -> ApiToken | None:
    """The token with its account, whatever its state; None where there is none."""
    tokens = ApiToken.objects.select_related("account")
    return tokens.filter(digest=digest_of_token(secret)).first()


def token_refusal(token: ApiToken, today: date) -> str:
    """In Thai why the token reads nothing today; empty if it does."""
    state = token.state_on(today)
    if state == TokenState.REVOKED:
        return "โทเคนนี้ถูกเพิกถอนแล้ว โปรดติดต่อสำนักงานเขตพื้นที่การศึกษาเพื่อขอโทเคนใหม่"
    if state == TokenState.EXPIRED:
        return f"โทเคนนี้หมดอายุตั้งแต่ {long_date(token.expires_on)} โปรดขอโทเคนใหม่"
    if not may_use_token(token.account):
        return "บัญชีของโทเคนนี้ปิดอยู่หรือไม่มีตำแหน่งที่มีผลวันนี้ โปรดติดต่อสำนักงานเขตพื้นที่การศึกษา"
    return ""


def count_token_use(token: ApiToken, now: datetime) -> bool:
    """Count one use in its minute, in one write; False, and nothing written, beyond the limit.

    This is what a GET of the API writes: when a token was last used, and how often.
    """
    minute = now.replace(second=0, microsecond=0)
    rows = ApiToken.objects.filter(~Q(last_used_at=minute) | Q(uses_in_minute__lt=F("rate_limit")))
    in_minute = Case(When(last_used_at=minute, then=F("uses_in_minute") + 1), default=Value(1))
    counted = rows.filter(pk=token.pk).update(uses_in_minute=in_minute, last_used_at=minute)
    return counted == 1


def seconds_to_next_minute(now: datetime) -> int:
    """How long a system that has used up its minute waits: 1 to 60 seconds."""
    return 60 - now.second
