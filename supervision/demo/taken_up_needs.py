"""Needs that the unit took up in the demonstration, with the figures of the day of loading."""

from collections.abc import Sequence

from django.utils import timezone

from reports.needs_facts.school_page import newest_campaign
from reports.needs_facts.taking_up import PublicFacts, load_public_facts
from schools.models import School, Term, User
from supervision.needs.matching import NeedsMatch
from supervision.needs.models import NeedsTopic
from supervision.needs.taken_up_actions import (
    NeedToTakeUp,
    finish_taken_up_need,
    take_up_needs,
)

SCHOOLS_WITH_NEEDS = 12
REASON = "ร่วมวางแผนกับครูวิชาการ และติดตามในการนิเทศครั้งต่อไป (ตัวอย่าง)"
OUTCOME = "สาธิตการจัดการเรียนรู้ 1 ครั้ง และส่งชุดฝึกให้โรงเรียนแล้ว (ตัวอย่าง)"


def create_taken_up_needs(schools: Sequence[School], term: Term, *, by: User) -> None:
    """One topic of each of some schools that states it and shows it; the first one is done."""
    topics = list(NeedsTopic.objects.in_use())
    campaign = newest_campaign(timezone.localdate())
    public = load_public_facts(by, schools, topics, campaign)
    found = (_first_need(public, school) for school in schools)
    needs = [need for need in found if need][:SCHOOLS_WITH_NEEDS]
    if needs:
        taken = take_up_needs(needs, by=by, term=term, lead=by, reason=REASON)
        finish_taken_up_need(taken[0], by=by, outcome=OUTCOME)


def _first_need(public: PublicFacts, school: School) -> NeedToTakeUp | None:
    matches = public.schools[school.pk].matches
    both = (match for match in matches if match.group == NeedsMatch.STATED_AND_SEEN)
    match = next(both, None)
    return public.need(school.pk, match.topic) if match else None
