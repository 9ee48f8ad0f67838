"""What a reopened account no longer has: whoever is back begins anew.

The apps above keep things of a person too, and say here how they are dropped when they start.
"""

from collections.abc import Callable

from schools.models import User

AccountCleanup = Callable[[User], object]
_CLEANUPS: dict[str, AccountCleanup] = {}


def register_account_cleanup(name: str, drop: AccountCleanup) -> None:
    """Say how a thing kept for a person is dropped; raises ValueError for a name taken."""
    if name in _CLEANUPS:
        raise ValueError(f"{name} is registered already")
    _CLEANUPS[name] = drop


def run_account_cleanups(person: User) -> None:
    """Everything that the apps above kept of the account as it was before it was closed."""
    for drop in _CLEANUPS.values():
        drop(person)
