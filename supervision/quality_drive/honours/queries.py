"""What the pages of honours ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from schools.models import User
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.models import Honour, HonourCategory, QualityDrive
from supervision.quality_drive.models.honours import HonourQuerySet

HONOUR_RELATIONS = (
    *("category__drive__academic_year", "school"),
    *("award_meeting__committee", "release_meeting__committee", "revoke_meeting__committee"),
)
# The order in which a category lists its honours: what is public first, what waits next.
STATE_ORDER = list(HonourState)


def honour_rows(user: User) -> HonourQuerySet:
    """The honours that the person may see, with all that their pages say."""
    return Honour.objects.visible_to(user).select_related(*HONOUR_RELATIONS)


@dataclass(frozen=True)
class CategoryHonours:
    """A category with those of its honours that the reader may see."""

    category: HonourCategory
    honours: Sequence[Honour]

    @property
    def is_decided(self) -> bool:
        """Whether a meeting has decided by its criteria, which then stay as they are."""
        return any(honour.award_meeting_id for honour in self.honours)


def honours_by_category(drive: QualityDrive, user: User) -> list[CategoryHonours]:
    """All categories of the drive in their order, in two queries."""
    found: dict[int, list[Honour]] = {}
    rows = honour_rows(user).filter(category__drive=drive)
    for honour in sorted(rows, key=lambda one: STATE_ORDER.index(HonourState(one.state))):
        found.setdefault(honour.category_id, []).append(honour)
    return [
        CategoryHonours(category, found.get(category.pk, []))
        for category in drive.honour_categories.all()
    ]
