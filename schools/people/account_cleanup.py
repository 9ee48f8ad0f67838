"""What a reopened account no longer has: whoever is back begins anew."""

from collections.abc import Callable

from schools.core.registry import Registry
from schools.models import User

# Apps that keep things of a person register here how those things are ended: called with the
# person and with who reopens the account.
account_cleanups: Registry[str, Callable[[User, User], object]] = Registry("account clean-up")


def run_account_cleanups(person: User, *, by: User) -> None:
    """End everything that higher apps kept of the account as it was before it was closed."""
    for cleanup in account_cleanups:
        cleanup(person, by)
