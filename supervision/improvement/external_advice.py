"""Recommendations of an external assessment, recorded by who follows them up with the school."""

from datetime import date

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.errors import ActionRefused
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.improvement.actions import check_is_new_advice
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationAction
from supervision.improvement.ledger import LEDGER_RELATIONS, LedgerEntry
from supervision.improvement.models import Recommendation, receiving_school
from supervision.improvement.recommendations import AdviceForm
from supervision.profiles.external.advice_source import ExternalAdviceLine, ExternalAdvicePanel
from supervision.profiles.models import ExternalAssessment
from supervision.workflow.actions import start


@transaction.atomic
def record_external_advice(
    assessment: ExternalAssessment, *, by: User, text: str, assignee: Assignee, due_on: date
) -> Recommendation:
    """Put one recommendation of an assessment into the ledger, in force from now on.

    Raises ActionRefused for one that is there already, and where the assessment was withdrawn.
    """
    assessment.refresh_from_db(from_queryset=ExternalAssessment.objects.select_for_update())
    check_can_record_external_advice(assessment)
    facts = {"text": text.strip(), "assignee": assignee, "due_on": due_on}
    check_is_new_advice(assessment.recommendations.all(), facts)
    recommendation = Recommendation(
        school=assessment.school,
        origin=AdviceOrigin.EXTERNAL_ASSESSMENT,
        external_assessment=assessment,
        agreed_at=timezone.now(),
        **facts,
    )
    start(recommendation, RecommendationAction.RECORD, by=by)
    return recommendation


def check_can_record_external_advice(assessment: ExternalAssessment) -> None:
    """Raises ActionRefused where the assessment was withdrawn."""
    if assessment.is_withdrawn:
        raise ActionRefused("การประเมินนี้ถอนรายการแล้ว จึงบันทึกข้อเสนอแนะไม่ได้")


def external_advice_of(assessment: ExternalAssessment, reader: User) -> ExternalAdvicePanel:
    """The assessment's recommendations as the ledger has them, and where one more is recorded."""
    rows = Recommendation.objects.visible_to(reader).not_withdrawn()
    rows = rows.filter(external_assessment=assessment).select_related(*LEDGER_RELATIONS)
    school = receiving_school(assessment.school)
    may_add = can(reader, Permission.SUMMARISE, school.pk) and not assessment.is_withdrawn
    url = reverse("external_advice_add", args=[assessment.pk]) if may_add else ""
    return ExternalAdvicePanel([_line(row, timezone.localdate()) for row in rows], url)


def _line(row: Recommendation, today: date) -> ExternalAdviceLine:
    entry = LedgerEntry(row, today)
    return ExternalAdviceLine(
        text=row.text,
        url=row.get_absolute_url(),
        assignee=row.get_assignee_display(),
        due_on=row.due_on,
        kind=entry.kind,
        word=entry.word,
    )


def external_advice_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the assessment's recommendations one by one; the page lists those it has."""
    related = ("school__merged_into", "academic_year")
    rows = ExternalAssessment.objects.visible_to(request.user).select_related(*related)
    assessment = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.SUMMARISE, receiving_school(assessment.school).pk)
    check_can_record_external_advice(assessment)
    form = AdviceForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            record_external_advice(assessment, by=request.user, **form.cleaned_data)
            target = request.path if request.POST.get("then") == "another" else assessment
            return redirect_with_message(request, "บันทึกข้อเสนอแนะแล้ว", target)
    context = {
        "assessment": assessment,
        "form": form,
        "lines": external_advice_of(assessment, request.user).lines,
    }
    return render(request, "improvement/external_advice_form.html", context)
