"""What comes up in the next days beside what waits: appointments, and advice that others owe."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from schools.models import User
from supervision.calendar.queries import Scope, advice_in, visits_in
from supervision.improvement.enums import RecommendationState
from supervision.improvement.forms import Show
from supervision.improvement.models import Recommendation
from supervision.notices.enums import Kind
from supervision.notices.rows import AHEAD, Row, countdown
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit


def reminders_of(
    user: User, off: Collection[str], today: date, waiting: Collection[str]
) -> list[Row]:
    """Late things first, then by day; `waiting` are the addresses that stand above already."""
    late, ahead = ([], []) if Kind.DUE in off else _advice(user, today)
    if Kind.VISIT not in off:
        ahead += [(visit.visit_on, _visit(visit, today)) for visit in _visits(user, today)]
    ahead.sort(key=lambda found: found[0])
    return late + [row for _, row in ahead if row.url not in waiting]


def _visits(user: User, today: date) -> list[Visit]:
    """For who leads or joins them, and for the school that is visited."""
    visits = visits_in(user, Scope(person=user)).filter(state=VisitState.PLANNED)
    return list(visits.filter(visit_on__range=(today, today + AHEAD)))


def _visit(visit: Visit, today: date) -> Row:
    when = countdown(visit.visit_on, today)
    parts = [visit.times, visit.get_mode_display(), visit.purpose, f"โดย{visit.leader}"]
    title = f"นิเทศ {visit.round.school.short_name}"
    return Row(title, visit.get_absolute_url(), when, " · ".join(filter(None, parts)), "wait")


def _advice(user: User, today: date) -> tuple[list[Row], list[tuple[date, Row]]]:
    """Advice at the person's schools that another post owns: their own waits for them anyway."""
    rows = advice_in(user, Scope()).exclude(state=RecommendationState.DONE)
    owned = Recommendation.objects.owned_by(user)
    others = rows.filter(due_on__lte=today + AHEAD).exclude(pk__in=owned.values("pk"))
    late = [row for row in others if row.is_overdue(today)]
    ahead = [(row.due_on, _due(row, today)) for row in others if not row.is_overdue(today)]
    return _late(late, today), ahead


def _due(advice: Recommendation, today: date) -> Row:
    return Row(
        title=f"ข้อเสนอแนะใกล้ครบกำหนด {advice.round.school.short_name}",
        url=advice.get_absolute_url(),
        word=countdown(advice.due_on, today),
        detail=f"{advice.text} · รอ{advice.get_owner_display()}",
    )


def _late(advice: list[Recommendation], today: date) -> list[Row]:
    """One line to the ledger, which lists them."""
    if not advice:
        return []
    days = max((today - row.due_on).days for row in advice)
    return [
        Row(
            title=f"ติดตามข้อเสนอแนะที่เกินกำหนด {len(advice)} ข้อ",
            url=f"{reverse('recommendations')}?show={Show.LATE}",
            word=f"เกินกำหนด {days} วัน",
            detail="ขั้นที่ 6 · รอผู้รับผิดชอบรายงานความก้าวหน้า",
            kind="late",
        )
    ]
