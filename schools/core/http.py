"""Requests of people who have signed in: their type, and the rows that they name."""

from collections.abc import Iterable
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


LONGEST_KEY = 9  # digits that every database takes for a whole number


def listed_keys(values: Iterable[str]) -> list[int]:
    """The keys of rows that an address or a form lists; what can be no key is left out."""
    keys = (value for value in values if value.isascii() and value.isdecimal())
    return [int(key) for key in keys if len(key) <= LONGEST_KEY]
