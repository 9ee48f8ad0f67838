"""Who asks: the token that another office's system sends with each request."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from reports.api.errors import ApiRefused, TokenRefused
from reports.api.models import ApiToken
from reports.api.tokens import (
    count_token_use,
    find_api_token,
    seconds_to_next_minute,
    token_refusal,
)
from reports.enums import ApiScope
from schools.access import Permission, can


class ApiRequest(HttpRequest):
    """A request of a system whose token was accepted. Only a type: the API sets `auth`."""

    auth: ApiToken


class BearerToken(HttpBearer):
    """`Authorization: Bearer` with a token in force, that may read this scope; None asks for none.

    Each accepted token counts as one use, whatever is answered after that.
    """

    def __init__(self, scope: ApiScope | None) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Raises ApiRefused: 401 for the token itself, 403 for its scope, 429 for its use."""
        now = timezone.now()
        found = find_api_token(token)
        if found is None:
            raise TokenRefused
        if refusal := token_refusal(found, timezone.localdate()):
            raise TokenRefused(refusal)
        if not count_token_use(found, now):
            reason = f"เรียกเกิน {found.rate_limit} ครั้งต่อนาที โปรดรอ"
            wait = {"Retry-After": str(seconds_to_next_minute(now))}
            raise ApiRefused(429, reason, headers=wait)
        if self.scope and not found.allows(self.scope):
            raise ApiRefused(403, f"โทเคนนี้ไม่มีสิทธิ์อ่าน{self.scope.label}")
        return found


def signed_in_administrator(request: HttpRequest) -> bool:
    """The administrator in a browser, who may read the API's description without a token."""
    return can(request.user, Permission.ADMINISTER)
