"""What an appointment says beside its day and its leader, put right before the signature."""

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.models import User
from supervision.needs.enums import SupervisionMode
from supervision.visits.actions import check_visit_is_new, lock_visit
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.workflow.actions import ensure_allowed, transition

KIND_IS_FIXED = "เริ่มบันทึกแล้ว เปลี่ยนประเภทไม่ได้เพราะแบบบันทึกขึ้นกับประเภท"


@transaction.atomic
def update_visit_plan(
    visit: Visit,
    *,
    by: User,
    kind: VisitKind,
    mode: SupervisionMode,
    purpose: str,
    team: Iterable[User],
) -> bool:
    """Change what the visit is about, how it is made and who joins; the log tells what changed.

    Returns whether anything did. Raises Refused for another kind once the record is begun, for
    taking off who has begun to rate (scores stay with their rater), once signed or called off.
    """
    lock_visit(visit)
    ensure_allowed(visit, visit_update_action(visit))
    before, after = set(visit.team.all()), set(team) - {visit.leader}
    told = [*_detail_changes(visit, kind, mode, purpose), *_team_changes(before, after)]
    if told:
        _check_kind(visit, kind)
        _check_raters_stay(visit, before - after)
        facts = {"kind": kind, "mode": mode, "purpose": purpose}
        transition(visit, visit_update_action(visit), by=by, reason="\n".join(told), **facts)
        visit.team.set(after)
    return bool(told)


def visit_update_action(visit: Visit) -> VisitAction:
    """The action that updates the plan of a visit in its state, which it keeps."""
    recording = visit.state == VisitState.RECORDING
    return VisitAction.UPDATE_RECORD if recording else VisitAction.UPDATE


def _detail_changes(
    visit: Visit, kind: VisitKind, mode: SupervisionMode, purpose: str
) -> Iterator[str]:
    pairs = (
        ("ประเภท", visit.get_kind_display(), VisitKind(kind).label),
        ("รูปแบบ", visit.get_mode_display(), SupervisionMode(mode).label),
        ("เรื่องที่นิเทศ", visit.purpose, purpose),
    )
    for what, before, after in pairs:
        if before != after:
            yield f"เปลี่ยน{what}จาก “{before}” เป็น “{after}”"


def _team_changes(before: set[User], after: set[User]) -> Iterator[str]:
    if joining := after - before:
        yield f"เพิ่มผู้ร่วมนิเทศ {_named(joining)}"
    if leaving := before - after:
        yield f"นำ {_named(leaving)} ออกจากผู้ร่วมนิเทศ"


def _named(people: Iterable[User]) -> str:
    return " และ ".join(sorted(map(str, people)))


def _check_kind(visit: Visit, kind: VisitKind) -> None:
    """The sheet of a begun record depends on it; another appointment may be alike by now."""
    if kind == visit.kind:
        return
    if visit.state == VisitState.RECORDING:
        raise ActionRefused(KIND_IS_FIXED)
    visit.kind = kind
    check_visit_is_new(visit)


def _check_raters_stay(visit: Visit, leaving: Collection[User]) -> None:
    raters = User.objects.filter(ratings__visit=visit, pk__in=[person.pk for person in leaving])
    if raters:
        raise ActionRefused(
            f"{_named(raters)} เริ่มให้คะแนนแล้ว จึงนำออกจากผู้ร่วมนิเทศไม่ได้ คะแนนต้องอยู่คู่กับผู้ให้ โปรดเลือกผู้นี้ไว้"
        )
