"""What waits for a person outside the seven steps: advice, summaries, practices, visits, plans.

Recommendations and visits also say what comes up in the next days: one query for both.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from schools.access import Permission, has_signers_to_confirm, rights_of
from schools.core.thai import short_date
from schools.models import School, User
from supervision.assessments.enums import SheetKind
from supervision.assessments.late_edits import SheetWithPendingEdits, sheets_with_late_edits
from supervision.calendar.queries import CalendarScope, visits_in_scope
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.cycle.progress import RoundProgress
from supervision.cycle.todos import MAX_SEPARATE_TODOS, REMINDER_PERIOD, TodoItem
from supervision.cycle.waiting_todos import waiting_todos
from supervision.improvement.enums import (
    AdviceOrigin,
    Assignee,
    RecommendationState,
    SummaryState,
)
from supervision.improvement.ledger import LedgerView
from supervision.improvement.models import Recommendation, Summary, followed_up_at
from supervision.rounds.enums import CycleStep
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import visits_awaiting


def get_other_todos(
    user: User, all_progress: Sequence[RoundProgress], today: date
) -> list[TodoItem]:
    """All of it, in no order."""
    found = recommendation_todos(user, today) + visit_todos(user, today) + sets_to_endorse(user)
    return found + reopened_summary_todos(user, all_progress, today) + waiting_todos(user, today)


def recommendation_todos(user: User, today: date) -> list[TodoItem]:
    """Recommendations this person's post owns; reported as done, they wait for who checks them.

    Those of others at the person's schools come up before their day, and stay once it passed.
    """
    in_charge = rights_of(user).schools(Permission.SUMMARISE)
    own: list[Recommendation] = []
    proofs: list[Recommendation] = []
    late: list[Recommendation] = []
    coming: list[Recommendation] = []
    for row in _open_recommendations(user, in_charge, today):
        if row.state == RecommendationState.DONE:
            if row.following_school.pk in in_charge:
                proofs.append(row)
        elif row.is_own:
            own.append(row)
        elif row.is_overdue(today):
            late.append(row)
        elif row.due_on <= today + REMINDER_PERIOD:
            coming.append(row)
    lines = _own_recommendations(own, today)
    return _proofs(proofs) + lines + _late(late, today) + [_due(row, today) for row in coming]


class OwnRecommendation(TypedDict):
    """`is_own`: does the person's post see the recommendation through?"""

    is_own: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    RecommendationWithOwner = WithAnnotations[Recommendation, OwnRecommendation]
else:
    RecommendationWithOwner = Recommendation


def _open_recommendations(
    user: User, in_charge: set[int], today: date
) -> QuerySet[RecommendationWithOwner]:
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    rows = rows.filter(followed_up_at(School.objects.open_on(today)))
    rows = rows.select_related("school__merged_into")
    own, done = Recommendation.objects.assigned_to(user), RecommendationState.DONE
    followed = in_charge | rights_of(user).schools(Permission.REPORT_PROGRESS)
    reported = followed_up_at(in_charge) & Q(state=done)
    soon = followed_up_at(followed) & Q(due_on__lte=today + REMINDER_PERIOD)
    found = rows.assigned_to(user).exclude(state=done) | rows.filter(reported | soon)
    return found.annotate(is_own=Exists(own.filter(pk=OuterRef("pk"))))


def _own_recommendations(rows: list[Recommendation], today: date) -> list[TodoItem]:
    """One line each; what the office owes many schools by their agreements is one line together."""
    promised = [row for row in rows if row.is_of_drive and row.is_owed_by_office]
    if len(promised) <= MAX_SEPARATE_TODOS:
        return [_recommendation(row, today) for row in rows]
    others = [_recommendation(row, today) for row in rows if row not in promised]
    return [_promised(promised, today), *others]


def _promised(rows: list[Recommendation], today: date) -> TodoItem:
    first_due = min(row.due_on for row in rows)
    query = {"origin": AdviceOrigin.QUALITY_DRIVE, "assignee": rows[0].assignee}
    return TodoItem(
        title=f"ให้การสนับสนุนโรงเรียนตามบันทึกข้อตกลง {len(rows)} ข้อ",
        url=f"{reverse('recommendations')}?{urlencode(query)}",
        detail=f"ครบกำหนดข้อแรก {short_date(first_due)} · ดำเนินการแล้วโปรดรายงานความก้าวหน้า",
        step=CycleStep.SUMMARY,
        due_on=first_due,
        overdue=max((today - first_due).days, 0),
        today=first_due == today,
    )


def _recommendation(row: Recommendation, today: date) -> TodoItem:
    """A supervisor closes what is his own; a school reports what it has done."""
    own = row.assignee == Assignee.SUPERVISOR
    return TodoItem(
        title=f"ดำเนินการตามข้อเสนอแนะ {row.following_school.short_name}",
        url=reverse("recommendation_close", args=[row.pk]) if own else row.get_absolute_url(),
        detail=row.text if own else f"{row.text} · ดำเนินการแล้วโปรดรายงานความก้าวหน้า",
        step=CycleStep.SUMMARY,
        due_on=row.due_on,
        overdue=max((today - row.due_on).days, 0),
        today=row.due_on == today,
    )


def _due(row: Recommendation, today: date) -> TodoItem:
    return TodoItem(
        title=f"ข้อเสนอแนะใกล้ครบกำหนด {row.following_school.short_name}",
        url=row.get_absolute_url(),
        detail=f"{row.text} · รอ{row.get_assignee_display()}",
        step=CycleStep.SUMMARY,
        due_on=row.due_on,
        today=row.due_on == today,
        for_information=True,
    )


def _late(rows: list[Recommendation], today: date) -> list[TodoItem]:
    """One line to the ledger, which lists them."""
    if not rows:
        return []
    return [
        TodoItem(
            title=f"ติดตามข้อเสนอแนะที่เกินกำหนด {len(rows)} ข้อ",
            url=f"{reverse('recommendations')}?show={LedgerView.LATE}",
            detail="ขั้นที่ 6 · รอผู้รับผิดชอบรายงานความก้าวหน้า",
            step=CycleStep.SUMMARY,
            overdue=max((today - row.due_on).days for row in rows),
            for_information=True,
        )
    ]


def _proofs(rows: list[Recommendation]) -> list[TodoItem]:
    """One line to the ledger where there are many."""
    act, said = "ตรวจหลักฐานตามข้อเสนอแนะ", "ผู้รับผิดชอบรายงานว่าเสร็จแล้ว"
    if len(rows) > MAX_SEPARATE_TODOS:
        url = f"{reverse('recommendations')}?show={LedgerView.DONE}"
        return [TodoItem(f"{act} {len(rows)} ข้อ", url, f"ขั้นที่ 6 · {said}", step=CycleStep.SUMMARY)]
    return [
        TodoItem(
            f"{act} {row.following_school.short_name}",
            row.get_absolute_url(),
            f"{row.text} · {said}",
            step=CycleStep.SUMMARY,
        )
        for row in rows
    ]


def reopened_summary_todos(
    user: User, all_progress: Sequence[RoundProgress], today: date
) -> list[TodoItem]:
    """Those of rounds that are no longer on the page: for who puts them right, then who agrees."""
    rights = rights_of(user)
    writes = rights.schools(Permission.SUMMARISE)
    agrees = rights.schools(Permission.AGREE_SUMMARY)
    if not writes | agrees:
        return []
    mine = Q(state=SummaryState.DRAFT, round__school__in=writes)
    mine |= Q(state=SummaryState.PROPOSED, round__school__in=agrees)
    rows = Summary.objects.filter(mine, round__school__in=School.objects.open_on(today))
    rows = rows.exclude(first_agreed_at=None).exclude(round__in=[w.round.pk for w in all_progress])
    return [
        _opened_again(row)
        for row in rows.select_related("round__school", "round__term__academic_year")
    ]


def _opened_again(row: Summary) -> TodoItem:
    act = "แก้ไขสรุปผล" if row.state == SummaryState.DRAFT else "เห็นชอบสรุปผล"
    return TodoItem(
        title=f"{act} {row.round.school.short_name}",
        url=row.get_absolute_url(),
        detail=f"ขั้นที่ 6 · เปิดสรุปผลภาคเรียนที่ {row.round.term} ให้แก้ไขอีกครั้ง",
        step=CycleStep.SUMMARY,
    )


def visit_todos(user: User, today: date) -> list[TodoItem]:
    """One's part in visits that step 4 does not show, and appointments of the next days."""
    waits = visits_awaiting(user, today)
    coming = visits_in_scope(user, CalendarScope(person=user)).filter(
        state=VisitState.PLANNED, visit_on__range=(today, today + REMINDER_PERIOD)
    )
    visits = Visit.objects.filter(Q(pk__in=waits.values("pk")) | Q(pk__in=coming.values("pk")))
    visits = visits.select_related("round__school", "leader").order_by("visit_on", "starts_at")
    visits = visits.annotate(waits=Exists(waits.filter(pk=OuterRef("pk"))))
    return [_part(v, user, today) if v.waits else _appointment(v, today) for v in visits]


def _part(visit: Visit, user: User, today: date) -> TodoItem:
    return TodoItem(
        f"{_act_on(visit, user)} {visit.round.school.short_name}",
        visit.get_absolute_url(),
        f"{visit.label} · {visit.get_kind_display()} · {short_date(visit.visit_on)}",
        step=CycleStep.VISIT,
        **_when(visit, today),
    )


def _appointment(visit: Visit, today: date) -> TodoItem:
    """Shown to who leads or joins it, and to the school that is visited."""
    parts = (visit.times, visit.get_mode_display(), visit.purpose, f"โดย{visit.leader}")
    return TodoItem(
        f"นิเทศ {visit.round.school.short_name}",
        visit.get_absolute_url(),
        " · ".join(filter(None, parts)),
        step=CycleStep.VISIT,
        for_information=True,
        **_when(visit, today),
    )


def _when(visit: Visit, today: date) -> dict[str, Any]:
    """An appointment until its day is over; then what is still to be done has no such day."""
    if visit.state != VisitState.PLANNED or visit.visit_on < today:
        return {}
    day = visit.visit_on
    return {"appointment_on": day, "at": visit.starts_at, "today": day == today}


def _act_on(visit: Visit, user: User) -> str:
    if visit.state == VisitState.SIGNED:
        return "รับทราบและสะท้อนผลการให้คำปรึกษา" if visit.is_mentoring else "รับทราบผลการนิเทศ"
    if visit.leader_id != user.pk:
        return "ให้คะแนนการนิเทศ"
    return "ออกนิเทศ" if visit.state == VisitState.PLANNED else "บันทึกการนิเทศต่อ"


def late_edits_to_read(user: User) -> list[TodoItem]:
    """What the person typed and what reached the server only after the sheet was closed.

    For the home page alone: nobody else waits for it, and no day is set.
    """
    return [_late_edits(sheet) for sheet in sheets_with_late_edits(user)]


def _late_edits(sheet: SheetWithPendingEdits) -> TodoItem:
    is_self = sheet.kind == SheetKind.SELF
    return TodoItem(
        f"พิจารณาข้อความที่มาถึงหลังปิดแบบประเมิน {sheet.pending_edits} "
        f"ช่อง {sheet.round.school.short_name}",
        f"{sheet.get_record_url()}#late",
        f"{sheet.get_kind_display()} · ข้อความนี้ไม่เป็นส่วนหนึ่งของบันทึก นำไปใส่ในฉบับใหม่หรือไม่นำไปใช้ก็ได้",
        step=CycleStep.SELF_ASSESSMENT if is_self else CycleStep.VISIT,
    )


def sets_to_endorse(user: User) -> list[TodoItem]:
    """Indicator sets put before ก.ต.ป.น., for its members."""
    if not rights_of(user).allows(Permission.ENDORSE_CRITERIA):
        return []
    rows = IndicatorSet.objects.filter(state=SetState.IN_REVIEW)
    return [
        TodoItem(f"พิจารณา{row}", row.get_absolute_url(), "ขั้นที่ 2 · เสนอ ก.ต.ป.น. พิจารณา", step=2)
        for row in rows
    ]


def signers_waiting(user: User) -> list[TodoItem]:
    """One line for all that this person may confirm; whether a term is in force is no matter."""
    if not has_signers_to_confirm(user):
        return []
    return [
        TodoItem(
            title="ยืนยันผู้ลงนามที่รอบุคคลที่สอง",
            url=reverse("signers"),
            detail="ถามเจ้าตัวก่อน แล้วจึงยืนยัน ระหว่างนี้ตำแหน่งนั้นลงนามไม่ได้",
        )
    ]
