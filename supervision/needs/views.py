from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from supervision.needs import actions
from supervision.needs.enums import NeedsLevel, SurveyAction, SurveyState
from supervision.needs.forms import NeedsSurveyForm
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.needs.queries import get_campaign_answer, get_survey_of_round
from supervision.rounds.forms import ReturnForCorrectionForm
from supervision.rounds.models import Round
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import last_transition, workflow_history


def needs_survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form for the school while it is open; for everybody else what it says."""
    round_ = _round(request, pk)
    if request.method == "POST":
        return _answer(request, round_, sending=False)
    campaign = NeedsCampaign.objects.covering(round_.term)
    survey = get_campaign_answer(campaign, round_) if campaign else None
    if campaign and _may_write(request, round_, campaign, survey):
        form = NeedsSurveyForm(campaign=campaign, survey=survey)
        return _form_page(request, round_, campaign, form)
    return _reading_page(request, round_, campaign, survey)


def needs_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save and hand in. Who comes back here after signing in again is led to the form."""
    round_ = _round(request, pk)
    if request.method != "POST":
        return redirect("needs", pk=pk)
    return _answer(request, round_, sending=True)


def needs_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to the school, with the reason."""
    round_ = _round(request, pk)
    require(request.user, Permission.RETURN_NEEDS, round_.school_id)
    survey = get_survey_of_round(round_)
    if survey is None:
        raise ActionRefused("โรงเรียนยังไม่เริ่มกรอกแบบสำรวจ จึงไม่มีสิ่งที่จะส่งกลับ")
    ensure_allowed(survey, SurveyAction.RETURN)
    return confirm_action(
        request,
        partial(actions.return_needs_survey_for_correction, survey, by=request.user),
        form=ReturnForCorrectionForm(post_data(request), round_=round_),
        success_message="ส่งแบบสำรวจกลับให้แก้ไขแล้ว",
        heading=f"ส่งแบบสำรวจกลับให้แก้ไข {round_.school.short_name}",
        effects=[
            "โรงเรียนจะเห็นเหตุผลนี้ แก้ไขในแบบสำรวจเดิม แล้วส่งอีกครั้ง",
            "ขั้นที่ 1 กลับไปรอโรงเรียน และไม่นับรวมในสรุปของเขตพื้นที่จนกว่าจะส่งใหม่",
        ],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=reverse("needs", args=[pk]),
    )


def _round(request: SignedInRequest, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)


def _may_write(
    request: SignedInRequest, round_: Round, campaign: NeedsCampaign, survey: NeedsSurvey | None
) -> bool:
    """Who answers for the school, from the first day on and until it is handed in."""
    is_open = survey.is_open if survey else campaign.has_opened(timezone.localdate())
    return is_open and can(request.user, Permission.ANSWER_NEEDS, round_.school_id)


def _answer(request: SignedInRequest, round_: Round, *, sending: bool) -> HttpResponse:
    require(request.user, Permission.ANSWER_NEEDS, round_.school_id)
    campaign = NeedsCampaign.objects.covering(round_.term)
    if campaign is None:
        raise ActionRefused("กลุ่มนิเทศฯ ยังไม่เปิดแบบสำรวจของภาคเรียนนี้ จึงยังกรอกไม่ได้")
    survey = actions.start_needs_survey(round_.school, campaign, by=request.user)
    form = NeedsSurveyForm(request.POST, campaign=campaign, survey=survey)
    _save(request, form, survey, sending=sending)
    if form.errors:
        return _form_page(request, round_, campaign, form, sending=sending)
    done = "ส่งแบบสำรวจแล้ว" if sending else "บันทึกร่างแล้ว"
    return redirect_with_message(
        request, done, "needs", round_.pk, draft=f"needs-{round_.school_id}-{campaign.pk}"
    )


def _save(
    request: SignedInRequest, form: NeedsSurveyForm, survey: NeedsSurvey, *, sending: bool
) -> None:
    """Save, and hand in if nothing is left to ask; a refusal is shown where the text stands."""
    try:
        form.save(survey)
        if sending and not form.errors:
            actions.submit_needs_survey(survey, by=request.user)
    except ActionRefused as refused:
        if refused.missing:
            form.mark_missing()
        else:
            form.add_error(None, str(refused))


def _form_page(
    request: SignedInRequest,
    round_: Round,
    campaign: NeedsCampaign,
    form: NeedsSurveyForm,
    *,
    sending: bool = False,
) -> HttpResponse:
    survey = form.survey
    is_returned = survey is not None and survey.state == SurveyState.RETURNED
    context = {
        "round": round_,
        "campaign": campaign,
        "form": form,
        "sending": sending,
        "highest": NeedsLevel.MOST,
        "lowest": NeedsLevel.LEAST,
        "has_closed": campaign.has_closed(timezone.localdate()),
        "returned": last_transition(survey) if survey and is_returned else None,
    }
    return render(request, "needs/form.html", context)


def _reading_page(
    request: SignedInRequest,
    round_: Round,
    campaign: NeedsCampaign | None,
    survey: NeedsSurvey | None,
) -> HttpResponse:
    submitted = survey is not None and survey.state == SurveyState.SUBMITTED
    context = {
        "round": round_,
        "campaign": campaign,
        "survey": survey,
        "submitted": submitted,
        "may_return": submitted and can(request.user, Permission.RETURN_NEEDS, round_.school_id),
        "has_opened": campaign is not None and campaign.has_opened(timezone.localdate()),
        "may_open": campaign is None and can(request.user, Permission.OPEN_ROUNDS),
        "items": survey.items.select_related("area") if survey else [],
        "history": workflow_history(survey) if survey else [],
    }
    return render(request, "needs/read.html", context)
