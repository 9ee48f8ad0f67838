"""Who enters the results of which kinds of tests."""

from schools.access import Permission, can
from schools.models import User
from supervision.profiles.models import TestKind


def may_enter(user: User, kind: TestKind, school_id: int) -> bool:
    """Whether the person may type or change results of this kind at the school.

    All kinds with EDIT_LEARNING_RESULTS; those that schools enter with EDIT_PROFILE there.
    """
    if can(user, Permission.EDIT_LEARNING_RESULTS, school_id):
        return True
    return kind.is_entered_by_schools and can(user, Permission.EDIT_PROFILE, school_id)
