"""A good practice on paper (แบบวิธีปฏิบัติที่เป็นเลิศ, step 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import Truncator

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, acting_signer
from reports.papers.office_paper import OfficePaper, paper_response
from schools.access import Permission
from schools.core.http import SignedInRequest
from schools.core.thai import local_day
from schools.models import Cluster, User
from supervision.practices.enums import PracticeAction
from supervision.practices.good_practices import PRACTICE_RELATIONS
from supervision.practices.models import GoodPractice, PracticeReview
from supervision.practices.queries import ReviewStatistics, review_statistics, visible_reviews
from supervision.workflow.models import Transition
from supervision.workflow.queries import last_transition

PART_FIELDS = (
    *("background", "objectives", "process", "outcome"),
    *("success_factors", "lessons", "dissemination"),
)
LONGEST_TITLE = 60  # letters of the practice's name in the running head


@dataclass(frozen=True)
class PracticePart:
    """One part of the practice that was written, under its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class PracticePaper(OfficePaper):
    """The practice in the words of its school or of the unit, and what became of it.

    `reviews` are empty for who may not read them; `declined` says why it was not selected.
    """

    template = "reports/paper/practice.html"
    name = "แบบวิธีปฏิบัติที่เป็นเลิศ"

    practice: GoodPractice
    signers: Sequence[PaperSigner]
    printed_at: datetime
    cluster: Cluster | None
    parts: Sequence[PracticePart]
    declined: Transition | None
    reviews: Sequence[PracticeReview]
    figures: ReviewStatistics

    @property
    def title(self) -> str:
        named = Truncator(self.practice.title).chars(LONGEST_TITLE)
        return f"วิธีปฏิบัติที่เป็นเลิศ {named} {self.practice.owner_name}"

    @property
    def is_sample(self) -> bool:
        return self.practice.is_sample

    @property
    def area(self) -> AreaHeading:
        return area_heading(self.practice.nominated_in.academic_year.area)

    @property
    def school_names(self) -> list[str]:
        return [self.practice.school.name] if self.practice.school else []


def practice_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """A practice to whom its page shows it."""
    practices = GoodPractice.objects.visible_to(request.user).select_related(*PRACTICE_RELATIONS)
    return paper_response(practice_paper(get_object_or_404(practices, pk=pk), reader=request.user))


def practice_paper(practice: GoodPractice, *, reader: User) -> PracticePaper:
    """The practice, with the reviews if this reader may see them."""
    school, reviews = practice.school, visible_reviews(practice, reader)
    nominated = last_transition(practice, PracticeAction.NOMINATE)
    day = local_day(nominated.at) if nominated else timezone.localdate()
    return PracticePaper(
        signers=[_nominating_signer(practice, nominated), _selecting_signer(practice)],
        printed_at=timezone.now(),
        practice=practice,
        cluster=school.cluster_on(day) if school else None,
        parts=_parts(practice),
        declined=last_transition(practice, PracticeAction.DECLINE),
        reviews=reviews,
        figures=review_statistics(reviews),
    )


def _parts(practice: GoodPractice) -> list[PracticePart]:
    written = [(name, getattr(practice, name).strip()) for name in PART_FIELDS]
    headings = {field.name: str(field.verbose_name) for field in practice._meta.fields}
    return [PracticePart(headings[name], text) for name, text in written if text]


def _nominating_signer(practice: GoodPractice, nominated: Transition | None) -> PaperSigner:
    duty, person = "ผู้เสนอ", practice.nominated_by
    if nominated is None:
        return PaperSigner(duty, str(person))
    permission, at = practice.nominating_permission, nominated.at
    return acting_signer(duty, person, permission, "เสนอ", at, practice.school)


def _selecting_signer(practice: GoodPractice) -> PaperSigner:
    duty = "ผู้พิจารณา"
    done = last_transition(practice, PracticeAction.SELECT, PracticeAction.DECLINE)
    if done is None:
        return PaperSigner(duty)
    return acting_signer(duty, done.by, Permission.SELECT_PRACTICE, "บันทึก", done.at)
