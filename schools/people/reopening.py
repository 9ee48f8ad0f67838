"""What a reopened account no longer has: whoever is back begins anew.

The apps above keep things of a person too, and say here how they are dropped when they start.
"""

from collections.abc import Callable

from schools.models import User

Drop = Callable[[User], object]
_DROPS: dict[str, Drop] = {}


def register_drop(name: str, drop: Drop) -> None:
    """Say how a thing kept for a person is dropped; raises ValueError for a name taken."""
    if name in _DROPS:
        raise ValueError(f"{name} is registered already")
    _DROPS[name] = drop


def drop_all_of(person: User) -> None:
    """Everything that the apps above kept of the account as it was before it was closed."""
    for drop in _DROPS.values():
        drop(person)
