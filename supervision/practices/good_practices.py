"""Good practices: nominated by a school or a supervisor, reviewed, selected at a level."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    PortalForm,
    ReasonForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import Term, User
from supervision.committees.meeting_field import MeetingForm
from supervision.practices import actions
from supervision.practices.enums import AwardLevel, PracticeAction, PracticeKind, PracticeState
from supervision.practices.models import GoodPractice, PracticeCriterion
from supervision.practices.practice_forms import (
    PracticeEditForm,
    PracticeForm,
    UnitPracticeEditForm,
)
from supervision.practices.queries import (
    PracticeWithReviewCount,
    review_statistics,
    visible_reviews,
    with_review_count,
)
from supervision.practices.review_form import PracticeReviewForm
from supervision.rounds.models import Round
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PRACTICE_RELATIONS = (
    *("round__school", "round__term__academic_year", "term__academic_year", "work"),
    *("nominated_by", "selected_by", "meeting"),
)
PAGE_SIZE = 50


class PracticeMeetingForm(MeetingForm):
    """At which meeting it was resolved, where a meeting did."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.required, field.label = False, "การประชุม ก.ต.ป.น. ที่มีมติ (ถ้ามี)"


class PracticeDeclineForm(ReasonForm, PracticeMeetingForm):
    """Why a practice is not selected, and the meeting."""

    field_order = ("reason", "meeting")


class PracticeSelectForm(PracticeMeetingForm):
    """The level at which a practice is selected, and the meeting."""

    field_order = ("level", "meeting")
    level = forms.ChoiceField(label="ระดับที่คัดเลือก", choices=AwardLevel, widget=forms.RadioSelect)


class PracticeFilter(PortalForm):
    """Filters of the list of good practices."""

    kind = forms.ChoiceField(
        label="ประเภท", choices=[("", "ทุกประเภท"), *PracticeKind.choices], required=False
    )
    state = forms.ChoiceField(
        label="สถานะ", choices=[("", "ทุกสถานะ"), *PracticeState.choices], required=False
    )
    level = forms.ChoiceField(
        label="ระดับ", choices=[("", "ทุกระดับ"), *AwardLevel.choices], required=False
    )
    term = forms.ModelChoiceField(
        Term.objects.none(), label="ภาคเรียนที่", required=False, empty_label="ทุกภาคเรียน"
    )

    def __init__(self, *args: Any, terms: QuerySet[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "term", forms.ModelChoiceField).queryset = terms


def _practice(request: SignedInRequest, pk: int) -> GoodPractice:
    practices = GoodPractice.objects.visible_to(request.user).select_related(*PRACTICE_RELATIONS)
    return get_object_or_404(practices, pk=pk)


@dataclass(frozen=True)
class PracticeListing:
    """The good practices that the person may see, as the filters ask for them, newest first."""

    form: PracticeFilter
    practices: QuerySet[PracticeWithReviewCount]


def practice_listing(user: User, asked: Mapping[str, str]) -> PracticeListing:
    form = PracticeFilter(asked, terms=Term.objects.select_related("academic_year"))
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    rows = GoodPractice.objects.visible_to(user)
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    if "term" in wanted:
        rows = rows.of_term(wanted.pop("term"))
    found = rows.select_related(*PRACTICE_RELATIONS).filter(**wanted).order_by("-pk")
    return PracticeListing(form, with_review_count(found))


def practice_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = practice_listing(request.user, request.GET.dict())
    page = Paginator(listing.practices, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": listing.form,
        "page": page,
        "may_nominate": can(request.user, Permission.NOMINATE_UNIT_PRACTICE),
        "may_set_criteria": can(request.user, Permission.PREPARE_CRITERIA),
    }
    return render(request, "practices/list.html", context)


def practice_nominate(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.NOMINATE_PRACTICE, round_.school_id)
    actions.check_term_is_current(round_, today=timezone.localdate())
    form = PracticeForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            practice = actions.nominate_practice(round_, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "เสนอวิธีปฏิบัติที่เป็นเลิศแล้ว", practice)
    context = {"round": round_, "form": form, "practice": None}
    return render(request, "practices/nominate.html", context)


def practice_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, practice.nominating_permission, practice.school_id)
    ensure_allowed(practice, PracticeAction.EDIT)
    if request.method == "POST":
        return _save_words(request, practice)
    return _edit_page(request, practice, _edit_form(practice)(instance=practice))


def _edit_form(practice: GoodPractice) -> type[PracticeEditForm]:
    """The unit's own practice has its kind and work besides the texts."""
    return PracticeEditForm if practice.round_id else UnitPracticeEditForm


@transaction.atomic
def _save_words(request: SignedInRequest, practice: GoodPractice) -> HttpResponse:
    """The row stays locked from the look at what others saved until the save itself."""
    locked = GoodPractice.objects.select_for_update().get(pk=practice.pk)
    form = _edit_form(practice)(request.POST, instance=locked)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.update_practice(locked, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "แก้ไขผลงานที่เสนอแล้ว", practice)
    return _edit_page(request, practice, form)


def _edit_page(
    request: SignedInRequest, practice: GoodPractice, form: PracticeEditForm
) -> HttpResponse:
    context = {"round": practice.round, "form": form, "practice": practice}
    return render(request, "practices/nominate.html", context)


def practice_page(request: SignedInRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    own = practice.reviews.filter(reviewer=request.user).first()
    return _page(request, practice, _review_form(review=own))


def _review_form(data: QueryDict | None = None, **about: Any) -> PracticeReviewForm:
    criteria = list(PracticeCriterion.objects.in_use())
    return PracticeReviewForm(data, criteria=criteria, **about)


def _page(
    request: SignedInRequest, practice: GoodPractice, form: PracticeReviewForm
) -> HttpResponse:
    school, waits = practice.school_id, practice.state == PracticeState.NOMINATED
    rights = rights_of(request.user)
    may_review = rights.allows(Permission.REVIEW_PRACTICE, school)
    reviews = visible_reviews(practice, request.user)
    context = {
        "practice": practice,
        "round": practice.round,
        "reviews": reviews,
        "figures": review_statistics(reviews),
        "form": form if waits and may_review else None,
        "may_edit": waits and rights.allows(practice.nominating_permission, school),
        "may_select": waits and rights.allows(Permission.SELECT_PRACTICE, school),
        "history": workflow_history(practice),
    }
    return render(request, "practices/practice.html", context)


def practice_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save a review; a GET, as after signing in again, leads to the practice."""
    practice = _practice(request, pk)
    require(request.user, Permission.REVIEW_PRACTICE, practice.school_id)
    if request.method != "POST":
        return redirect(practice)
    form = _review_form(request.POST)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.review_practice(practice, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "บันทึกความเห็นแล้ว", practice, draft=f"review-{pk}")
    return _page(request, practice, form)


def practice_select(request: SignedInRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, Permission.SELECT_PRACTICE, practice.school_id)
    ensure_allowed(practice, PracticeAction.SELECT)
    return confirm_action(
        request,
        partial(actions.select_practice, practice, by=request.user),
        form=PracticeSelectForm(post_data(request)),
        success_message="คัดเลือกวิธีปฏิบัติที่เป็นเลิศแล้ว",
        heading=f"คัดเลือก “{practice}” เป็นวิธีปฏิบัติที่เป็นเลิศ",
        effects=[_effect_of_selection(practice)],
        submit_label="คัดเลือก",
        cancel_url=practice.get_absolute_url(),
    )


def _effect_of_selection(practice: GoodPractice) -> str:
    if practice.round_id:
        return "ผลงานนี้แสดงเป็นวิธีปฏิบัติที่เป็นเลิศของรอบนี้ และอยู่ในรายงานพร้อมระดับที่คัดเลือก"
    return "โรงเรียนทุกแห่งเห็นผลงานนี้ของกลุ่มนิเทศฯ และอยู่ในรายงานประจำปีพร้อมระดับที่คัดเลือก"


def practice_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, Permission.SELECT_PRACTICE, practice.school_id)
    ensure_allowed(practice, PracticeAction.DECLINE)
    return confirm_action(
        request,
        partial(actions.decline_practice, practice, by=request.user),
        form=PracticeDeclineForm(post_data(request)),
        success_message="บันทึกว่าไม่คัดเลือกแล้ว",
        heading=f"ไม่คัดเลือก “{practice}”",
        effects=["ผู้เสนอเห็นผลและเหตุผล ผลงานที่เสนอยังเก็บไว้"],
        submit_label="บันทึกว่าไม่คัดเลือก",
        cancel_url=practice.get_absolute_url(),
    )
