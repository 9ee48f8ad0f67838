"""Who may see results of so few pupils that they tell of single children; the one place to ask.

A result of fewer than three tested pupils is shown as "น้อยกว่า 3 คน" to all but the school's own
people, its supervisors and the group director (VIEW_SMALL_RESULTS): neither its figures nor the
numbers enrolled and tested. Sums over schools leave such results out for every reader, so that no
figure follows from the difference of two.
"""

from schools.access import Permission, can
from schools.models import User

FEWEST_PUPILS_SHOWN = 3
SMALL_GROUP_WORDS = f"น้อยกว่า {FEWEST_PUPILS_SHOWN} คน"


def is_small_group(tested: int) -> bool:
    """Whether a result is of so few pupils, nobody among them."""
    return tested < FEWEST_PUPILS_SHOWN


def may_see_result(user: User, tested: int, *school_ids: int) -> bool:
    """Whether the person may see the figures of a result of so many pupils.

    The schools are those whose result it is: the school itself and, of a merged one, the
    school that it was merged into.
    """
    if not is_small_group(tested):
        return True
    return any(can(user, Permission.VIEW_SMALL_RESULTS, school_id) for school_id in school_ids)
