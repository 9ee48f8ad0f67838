"""What apps above this one do when duties begin or end by an order."""

from collections.abc import Callable

from schools.core.registry import Registry
from schools.models import User
from supervision.assignments.models import OfficialOrder

# Asked after an order was signed, and after duties of it ended; within the same transaction.
order_consequences: Registry[str, Callable[[OfficialOrder, User], None]] = Registry(
    "consequences of orders"
)


def carry_out_consequences(order: OfficialOrder, *, by: User) -> None:
    """Let all that rests on the duties of the order follow them."""
    for follow in order_consequences:
        follow(order, by)
