"""What one school states beside its own results, for itself and for who sees the school."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.needs_facts.rows import (
    SchoolNeedsRow,
    facts_rows,
    match_school,
    stated_needs,
)
from reports.needs_facts.seen_facts import SeenFacts, load_seen_facts
from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.core.url_cache import cached_url
from schools.models import School
from supervision.needs.models import NeedsCampaign, NeedsSurvey, NeedsTopic, TakenUpNeed
from supervision.needs.results import PERIOD_RELATIONS, NeedsRow
from supervision.needs.taken_up_list import TakenUpNeedRow


def school_needs_facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """The newest survey of the school beside its results, and what the unit took up of it."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    campaign = newest_campaign(today)
    facts = load_seen_facts(request.user, [school], list(NeedsTopic.objects.in_use()), today)
    found = match_schools([school], campaign, facts)[0]
    rows = facts_rows(request.user, [(found, match) for match in found.matches])
    taken_up = TakenUpNeed.objects.visible_to(request.user).filter(school=school)
    context = {
        "school": school,
        "campaign": campaign,
        "stated": found.stated,
        "rule": facts.rule,
        "has_samples": facts.learning.has_samples or bool(campaign and campaign.is_sample),
        "rows": rows,
        "may_take_up": any(row.may_take_up for row in rows),
        "may_add": can(request.user, Permission.TAKE_UP_NEED, school.pk),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "taken_up": [
            TakenUpNeedRow(need)
            for need in taken_up.select_related("school", "term__academic_year", "lead")
        ],
    }
    return render(request, "reports/needs_facts/school.html", context)


def newest_campaign(today: date) -> NeedsCampaign | None:
    """The survey that schools were asked last."""
    campaigns = NeedsCampaign.objects.filter(opens_on__lte=today)
    return campaigns.select_related(*PERIOD_RELATIONS).first()


def match_schools(
    schools: Sequence[School], campaign: NeedsCampaign | None, facts: SeenFacts
) -> list[SchoolNeedsRow]:
    """These schools' answers to one survey beside their figures, in the order given."""
    surveys = NeedsSurvey.objects.filter(campaign=campaign, school__in=schools)
    by_school = {survey.school_id: survey for survey in surveys.select_related("campaign")}
    rows = [
        NeedsRow(school, by_school.get(school.pk), cached_url("school", school.pk))
        for school in schools
    ]
    stated = stated_needs(rows)
    return [match_school(row, stated.get(row.school.pk), facts) for row in rows]
