"""How often a password may be tried, and how long to wait after wrong tries.

Wrong tries are counted for the account from one address, for the account from anywhere, and for
the address over all accounts. The wait grows and stays within minutes, so that nobody can lock
an account. A device that has signed in to the account before is counted by itself: strangers'
tries do not make its owner wait, nor do those of others who share the school's address.

A try counts before its password is looked at, and is taken back when it was right: a hundred
tries at once get no further than one after another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Network

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schools.models import FailedSignIns


@dataclass(frozen=True)
class Limit:
    """So many wrong tries are free; each after that waits as long as `waits` says, in seconds.

    Forgiving goes on all the time: one wrong try in `forgiven_after` seconds.
    """

    free: int
    waits: Sequence[int]
    forgiven_after: int

    def still_counted(self, tries: FailedSignIns, now: datetime) -> float:
        """How many wrong tries are not forgiven yet."""
        forgiven = (now - tries.last_at) / timedelta(seconds=self.forgiven_after)
        return max(0.0, tries.failures - forgiven)

    def wait(self, failures: float) -> timedelta:
        """How long after the last of so many wrong tries the next one may come."""
        beyond = round(failures) - self.free
        if beyond < 0:
            return timedelta()
        return timedelta(seconds=self.waits[min(beyond, len(self.waits) - 1)])


# A person who mistypes, a stranger at one account, or a device that its owner knows.
ONE_ACCOUNT = Limit(free=3, waits=(5, 15, 60, 180, 600), forgiven_after=600)
# Strangers at one account from many addresses: far slower than a machine could guess.
ACCOUNT_FROM_ANYWHERE = Limit(free=30, waits=(10, 30, 60), forgiven_after=60)
# Many accounts from one address. Thirty people of a school who begin together share one too.
ADDRESS = Limit(free=settings.SIGN_IN_TRIES_PER_ADDRESS, waits=(15,), forgiven_after=15)
TRIES_EXPIRE_AFTER = timedelta(days=1)  # after which nothing counts any more


@dataclass(frozen=True)
class TooManyTries(Exception):
    """The password is not looked at before `wait` is over."""

    wait: timedelta


Limits = Mapping[str, Limit]


def limits_for(username: str, address: str, device: str) -> Limits:
    """What is counted for a try, by key; `device` is empty where it is not known.

    A name that nobody has is counted like one that somebody has, or the wait would show which
    names exist.
    """
    name, address = username.strip().casefold(), _network_of(address)
    if device:
        return {_key("device", name, device): ONE_ACCOUNT}
    return {
        _key("account", name, address): ONE_ACCOUNT,
        _key("account", name): ACCOUNT_FROM_ANYWHERE,
        _key("address", address): ADDRESS,
    }


def _network_of(address: str) -> str:
    """The address; of IPv6 the /64 network, for one subscriber has all of that."""
    if ":" not in address:
        return address
    return str(IPv6Network((address, 64), strict=False))


def _key(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


@transaction.atomic
def count_try(limits: Limits) -> None:
    """Count a try as wrong until it proves right. Raises TooManyTries while there is to wait."""
    rows = _locked(limits)
    now = max(timezone.now(), *(row.last_at for row in rows.values()))
    wait = max(_still_to_wait(rows[key], limit, now) for key, limit in limits.items())
    if wait > timedelta():
        raise TooManyTries(wait)
    for key, limit in limits.items():
        row = rows[key]
        row.failures, row.last_at = limit.still_counted(row, now) + 1, now
        row.save()


def _locked(limits: Limits) -> dict[str, FailedSignIns]:
    """The rows of these keys, made where there is none, always locked in the same order."""
    now = timezone.now()
    fresh = [FailedSignIns(key=key, last_at=now) for key in sorted(limits)]
    FailedSignIns.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = FailedSignIns.objects.select_for_update().filter(key__in=limits).order_by("key")
    return {row.key: row for row in rows}


def _still_to_wait(row: FailedSignIns, limit: Limit, now: datetime) -> timedelta:
    return limit.wait(limit.still_counted(row, now)) - (now - row.last_at)


def uncount_try(limits: Limits) -> None:
    """The password was right: this try was none of the wrong ones."""
    rows = FailedSignIns.objects.filter(key__in=limits, failures__gt=0)
    rows.update(failures=F("failures") - 1)


def wait_after(limits: Limits) -> timedelta:
    """How long the next try has to wait now."""
    now = timezone.now()
    rows = FailedSignIns.objects.filter(key__in=limits)
    waits = [_still_to_wait(row, limits[row.key], now) for row in rows]
    return max([timedelta(), *waits])


def purge_sign_in_tries() -> int:
    """Delete what counts no more; returns how many rows."""
    return FailedSignIns.objects.filter(last_at__lt=timezone.now() - TRIES_EXPIRE_AFTER).delete()[0]
