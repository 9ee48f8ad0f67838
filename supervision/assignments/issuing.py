"""An order is signed: what it lacks before, what signing does, and the act itself."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import (
    ActionRefused,
    Outdated,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.core.thai import arabic_digits, be_year, long_date, parse_be_year
from schools.core.version_token import version_token
from schools.models import User
from schools.people.appointments import create_appointment_by_order, end_appointment_by_order
from supervision.assignments.consequences import carry_out_consequences
from supervision.assignments.enums import DutyKind, OrderAction
from supervision.assignments.models import (
    Duty,
    OfficialOrder,
    OrderOfficer,
    OrderSupersession,
)
from supervision.assignments.queries import officers_with_duties, supersessions_of
from supervision.assignments.rights import (
    CLUSTER_KINDS,
    GivenRight,
    RightsPlan,
    duties_to_end,
    plan_rights,
)
from supervision.assignments.supersession import check_supersessions, end_superseded_duties
from supervision.workflow.actions import ensure_allowed, transition
from supervision.workflow.models import Transition

# The place that a duty of each kind names; a kind that is not here names none.
PLACES_BY_KIND = {
    DutyKind.WORK_GROUP_HEAD: ("work_group", "กลุ่มงาน"),
    DutyKind.WORK_GROUP_ASSISTANT: ("work_group", "กลุ่มงาน"),
    DutyKind.WORK: ("work", "งาน"),
    DutyKind.LEARNING_AREA: ("learning_area", "กลุ่มสาระการเรียนรู้"),
    DutyKind.PROJECT: ("project", "ชื่อโครงการ"),
    DutyKind.COMMITTEE: ("committee_name", "ชื่อคณะกรรมการ"),
    **dict.fromkeys(CLUSTER_KINDS, ("cluster", "กลุ่มโรงเรียน")),
}
WRITING_ACTIONS = (
    OrderAction.DRAFT,
    OrderAction.COPY,
    OrderAction.REVISE,
    OrderAction.UPDATE,
)


def parse_order_number(text: str) -> str:
    """`195/2567` of what was typed. Raises ValidationError for other forms and for a CE year."""
    found = re.fullmatch(r"\s*([0-9]{1,5})\s*/\s*([0-9]{4})\s*", arabic_digits(text))
    if found is None or not int(found[1]):
        raise ValidationError("โปรดพิมพ์เลขที่คำสั่งตามทะเบียนเป็น เลข/ปี พ.ศ. เช่น 195/2567", code="number")
    return f"{int(found[1])}/{parse_be_year(found[2])}"


def order_missing_to_issue(order: OfficialOrder, officers: Sequence[OrderOfficer]) -> list[str]:
    """What the draft with these officers still lacks, in words.

    Its number and days are asked when it is signed.
    """
    missing = [
        word
        for value, word in (
            (order.reason, "เหตุผลในการออกคำสั่ง"),
            (order.legal_basis, "ฐานอำนาจ"),
            (order.closing, "ข้อความสั่งการ"),
            (officers, "ผู้ปฏิบัติตามคำสั่งอย่างน้อย 1 คน"),
        )
        if not value
    ]
    return missing + [lack for officer in officers for lack in _missing_of(officer)]


def _missing_of(officer: OrderOfficer) -> list[str]:
    duties = officer.duties.all()
    if not duties:
        return [f"หน้าที่ของ {officer}"]
    lacking = ((duty, PLACES_BY_KIND[DutyKind(duty.kind)]) for duty in duties if _lacks_place(duty))
    return [f"{word}ของข้อ {duty.code}" for duty, (_, word) in lacking]


def _lacks_place(duty: Duty) -> bool:
    place = PLACES_BY_KIND.get(DutyKind(duty.kind))
    return bool(place and not getattr(duty, place[0]))


class DraftColumns(TypedDict):
    """Whether a draft lacks nothing but its signature."""

    is_complete: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    DraftWithCompleteness = WithAnnotations[OfficialOrder, DraftColumns]
else:
    DraftWithCompleteness = OfficialOrder


def drafts_with_completeness(drafts: QuerySet[OfficialOrder]) -> QuerySet[DraftWithCompleteness]:
    """Drafts, each with `is_complete`: whether order_missing_to_issue finds nothing, in SQL."""
    officers = OrderOfficer.objects.filter(order=OuterRef("pk"))
    idle = officers.filter(~Exists(Duty.objects.filter(officer=OuterRef("pk"))))
    lacking = Duty.objects.filter(_lacks_place_q(), officer__order=OuterRef("pk"))
    written = ~Q(reason="") & ~Q(legal_basis="") & ~Q(closing="")
    complete = written & Exists(officers) & ~Exists(idle) & ~Exists(lacking)
    return drafts.annotate(is_complete=ExpressionWrapper(complete, BooleanField()))


def _lacks_place_q() -> Q:
    found = Q()
    for kind, (place, _) in PLACES_BY_KIND.items():
        is_text = isinstance(Duty._meta.get_field(place), CharField)
        found |= Q(kind=kind) & Q(**({place: ""} if is_text else {place: None}))
    return found


@dataclass(frozen=True)
class IssuePreview:
    """What signing an order from a day on does; `version` changes with the draft and with it.

    `missing` is what the draft still lacks, `ending` the duties of other orders that would end.
    """

    plan: RightsPlan
    ending: Sequence[Duty]
    missing: Sequence[str]
    version: str


def preview_issue(order: OfficialOrder, *, effective_on: date) -> IssuePreview:
    """What would happen if the order were signed now."""
    officers, replaced = officers_with_duties(order), supersessions_of(order)
    ending = duties_to_end(replaced, effective_on)
    today = timezone.localdate()
    plan = plan_rights(officers, ending, effective_on=effective_on, today=today)
    lines = [str(line) for line in (*plan.given, *plan.ended, *plan.notes)]
    content = order_content(order, officers, replaced)
    return IssuePreview(
        plan=plan,
        ending=ending,
        missing=order_missing_to_issue(order, officers),
        version=version_token((content, effective_on.isoformat(), lines)),
    )


def order_content(
    order: OfficialOrder,
    officers: Sequence[OrderOfficer],
    supersessions: Sequence[OrderSupersession],
) -> tuple:
    """All that the order says, as plain data."""
    texts = (order.subject, order.reason, order.legal_basis, order.closing, order.annex_title)
    replaced = [
        (row.text, row.superseded_id, sorted(officer.pk for officer in row.officers.all()))
        for row in supersessions
    ]
    return texts, [_officer_content(officer) for officer in officers], replaced


def _officer_content(officer: OrderOfficer) -> tuple:
    duties = [
        (
            *(duty.code, duty.kind, duty.text, duty.project, duty.committee_name),
            *(duty.work_group_id, duty.work_id, duty.cluster_id, duty.learning_area_id),
            [line.text for line in duty.lines.all()],
        )
        for duty in officer.duties.all()
    ]
    return (
        *(officer.position, officer.printed_name, officer.printed_post, officer.user_id),
        *(officer.position_number, officer.academic_standing, duties),
    )


@transaction.atomic
def issue_order(
    order: OfficialOrder,
    *,
    by: User,
    number: str,
    ordered_on: date,
    effective_on: date,
    shown_version: str,
) -> OfficialOrder:
    """Sign the order under its number of the register; rights open and end as was shown.

    Raises ActionRefused for a draft that lacks something, days that cannot be, a number that is
    taken, and orders that cannot be replaced; Outdated where what signing does is no more what
    was shown.
    """
    with deleted_record_as_refusal():
        order.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
    ensure_allowed(order, OrderAction.ISSUE)
    check_order_days(number, ordered_on)
    check_supersessions(order, effective_on)
    _lock_people(order)
    preview = preview_issue(order, effective_on=effective_on)
    check_order_complete(preview)
    if preview.version != shown_version:
        raise Outdated("วันที่มีผลหรือเนื้อหาเปลี่ยนไปจากที่แสดง โปรดอ่านผลของคำสั่งอีกครั้ง แล้วกดลงนาม")
    with unique_violation_as_refusal(f"มีคำสั่งที่ {number} แล้ว โปรดตรวจเลขที่ในทะเบียนคำสั่ง"):
        transition(
            order,
            OrderAction.ISSUE,
            by=by,
            number=number,
            ordered_on=ordered_on,
            effective_on=effective_on,
            signed_by=by,
            signed_at=timezone.now(),
            signatory_name=by.full_name,
            signatory_post=capacity_of(by, Permission.ISSUE_ORDER),
        )
    Duty.objects.filter(officer__order=order).update(starts_on=effective_on)
    end_superseded_duties(order, preview.ending, by=by, effective_on=effective_on)
    _change_rights(order, preview.plan, by=by)
    carry_out_consequences(order, by=by)
    return order


def check_order_days(number: str, ordered_on: date) -> None:
    """Raises ActionRefused where the order would be of a day to come, or of another year."""
    if ordered_on > timezone.localdate():
        raise ActionRefused(field_errors={"ordered_on": "วันที่สั่งยังมาไม่ถึง โปรดระบุวันที่ลงนามจริงในคำสั่ง"})
    year = number.rpartition("/")[2]
    if year != str(be_year(ordered_on)):
        raise ActionRefused(
            field_errors={
                "number": f"เลขที่คำสั่งเป็นของปี {year} แต่สั่ง ณ วันที่ {long_date(ordered_on)} "
                "โปรดตรวจเลขที่หรือวันที่สั่ง"
            }
        )


def check_order_complete(preview: IssuePreview) -> None:
    """Raises ActionRefused while the draft lacks something."""
    if preview.missing:
        raise ActionRefused("ร่างคำสั่งยังไม่ครบ จึงลงนามไม่ได้ ยังขาด:", missing=preview.missing)


def _lock_people(order: OfficialOrder) -> None:
    """Everybody whose appointments may change, in one order, so that two orders never wait."""
    of_replaced = Q(appointments__duties__officer__order__superseded_by__order=order)
    people = User.objects.filter(Q(order_entries__order=order) | of_replaced)
    keys = set(people.values_list("pk", flat=True))
    list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _change_rights(order: OfficialOrder, plan: RightsPlan, *, by: User) -> None:
    """End what has no reason any more, then open what the duties need, and name the duties."""
    for ended in plan.ended:
        end_appointment_by_order(
            ended.appointment, by=by, last_day=ended.last_day, order=str(order)
        )
    drafted_by = order_writer(order, signed_by=by)
    for right in plan.given:
        if right.is_new:
            with _naming_officer(right):
                create_appointment_by_order(
                    right.appointment, by=by, drafted_by=drafted_by, order=str(order)
                )
        for duty in right.duties:
            duty.appointment = right.appointment
        Duty.objects.bulk_update(right.duties, ["appointment"])


@contextmanager
def _naming_officer(right: GivenRight) -> Iterator[None]:
    """A refusal of the register says for whom and for which duty."""
    try:
        yield
    except ActionRefused as refused:
        raise ActionRefused(f"{right.duties[0].code} {right.appointment.user}: {refused}") from None


def order_writer(order: OfficialOrder, *, signed_by: User) -> User:
    """Who last wrote the draft; who signs it, if they wrote any of it and are no second person."""
    written = Transition.objects.filter(
        record_type=order._meta.label_lower, record_id=order.pk, verb__in=WRITING_ACTIONS
    )
    writers = [one.by for one in written.select_related("by").order_by("-at", "-pk")]
    return signed_by if signed_by in writers or not writers else writers[0]
