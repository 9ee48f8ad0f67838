from supervision.assessments.queries import (
    Missing,
    answers_of,
    confirmed_sheet,
    indicators_of,
    missing_levels,
)
from supervision.criteria.scoring import wide_gap
from supervision.rounds.models import Round
from supervision.visits.models import Visit


def missing_to_sign(visit: Visit) -> list[Missing]:
    """What the record still lacks: a level each, and a finding for every wide gap."""
    return missing_levels(visit.sheet) + unexplained_gaps(visit)


def unexplained_gaps(visit: Visit) -> list[Missing]:
    """Indicators two levels or more from the school's own score, without a finding."""
    own, seen = answers_of(confirmed_sheet(visit.round)), answers_of(visit.sheet)
    return [
        Missing(indicator, "ต่างจากโรงเรียนตั้งแต่ 2 ระดับ โปรดเขียนข้อค้นพบ")
        for indicator in indicators_of(visit.sheet)
        if indicator.pk in own
        and indicator.pk in seen
        and wide_gap(own[indicator.pk].level, seen[indicator.pk].level)
        and not seen[indicator.pk].note.strip()
    ]


def deciding_visit(round_: Round) -> Visit | None:
    """The last visit of the round that the supervisor signed; decisions and reports read it."""
    return round_.visits.signed().select_related("sheet").order_by("-number").first()
