"""The type of a request in views that only people who have signed in reach."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from schools.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in: what every view gets that is not public.

    Only a type: the LoginRequired middleware lets nobody else pass.
    """

    user: "User"
    htmx: HtmxDetails
