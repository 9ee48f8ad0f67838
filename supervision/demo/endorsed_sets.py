"""The manual's drafts of criteria, endorsed before the demonstration's first term."""

from datetime import timedelta

from django.utils import timezone

from schools.models import Term
from supervision.criteria import actions as criteria
from supervision.criteria.models import IndicatorSet
from supervision.demo.committees import sample_meeting
from supervision.demo.office_days import at_ten
from supervision.demo.people import DemoPeople

# The first is for basic education, the second for early childhood.
INDICATOR_SETS = (
    "มาตรฐานการศึกษา ระดับการศึกษาขั้นพื้นฐาน พ.ศ. 2561",
    "มาตรฐานการศึกษา ระดับปฐมวัย พ.ศ. 2561",
)
OBSERVATION_FORM = "แบบสังเกตชั้นเรียน (ตัวอย่าง)"


def endorse_manual_sets(people: DemoPeople, first_term: Term) -> list[IndicatorSet]:
    """The sets that rounds are judged by; the form for observing classrooms is endorsed too."""
    names = (*INDICATOR_SETS, OBSERVATION_FORM)
    sets = [IndicatorSet.objects.get(name=name, version=1) for name in names]
    for indicator_set in sets:
        endorse_before_term(indicator_set, people, first_term)
    return sets[: len(INDICATOR_SETS)]


def endorse_before_term(indicator_set: IndicatorSet, people: DemoPeople, term: Term) -> None:
    """A draft is put before ก.ต.ป.น. and endorsed in the two weeks before the term opens."""
    opens = term.opens_on
    with at_ten(opens - timedelta(days=14)):
        criteria.submit_indicator_set(indicator_set, by=people.group)
    with at_ten(opens - timedelta(days=7)):
        meeting = sample_meeting(timezone.localdate(), by=people.group)
        criteria.endorse_indicator_set(indicator_set, by=people.committee, meeting=meeting)
