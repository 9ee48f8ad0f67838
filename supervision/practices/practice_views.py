"""Good practices: put forward by a school or a supervisor, reviewed, chosen at a level."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, require, require_anywhere, rights_of
from schools.forms import ReasonForm, saved_tag, typed
from schools.models import Term
from supervision.practices import actions
from supervision.practices.enums import PracticeState
from supervision.practices.forms import (
    PracticeEditForm,
    PracticeFilter,
    PracticeForm,
    ReviewForm,
    SelectForm,
)
from supervision.practices.models import GoodPractice
from supervision.practices.queries import review_figures, with_reviews
from supervision.rounds.models import Round
from supervision.workflow.actions import check
from supervision.workflow.asking import ask
from supervision.workflow.queries import history_of
from supervision.workflow.refusals import refusal_shown_in

PRACTICE = ("round__school", "round__term__academic_year", "nominated_by", "selected_by")
A_PAGE = 50


def _practice(request: HttpRequest, pk: int) -> GoodPractice:
    practices = GoodPractice.objects.visible_to(request.user).select_related(*PRACTICE)
    return get_object_or_404(practices, pk=pk)


def practice_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    form = PracticeFilter(request.GET, terms=Term.objects.select_related("academic_year"))
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    rows = with_reviews(GoodPractice.objects.visible_to(request.user)).select_related(*PRACTICE)
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    if "term" in wanted:
        wanted["round__term"] = wanted.pop("term")
    page = Paginator(rows.filter(**wanted).order_by("-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "practices/list.html", {"form": form, "page": page})


def nominate_practice(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.NOMINATE_PRACTICE, round_.school_id)
    actions.check_term_goes_on(round_, today=timezone.localdate())
    form = PracticeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            practice = actions.nominate(round_, by=request.user, **form.cleaned_data)
            messages.success(request, "เสนอวิธีปฏิบัติที่เป็นเลิศแล้ว", extra_tags=saved_tag(request))
            return redirect(practice)
    context = {"round": round_, "form": form, "practice": None}
    return render(request, "practices/nominate.html", context)


def edit_practice(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, Permission.NOMINATE_PRACTICE, practice.round.school_id)
    check(practice, "edit")
    if request.method == "POST":
        return _save_words(request, practice)
    return _edit_page(request, practice, PracticeEditForm(instance=practice))


@transaction.atomic
def _save_words(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    """The row stays locked from the look at what others saved until the save itself."""
    locked = GoodPractice.objects.select_for_update().get(pk=practice.pk)
    form = PracticeEditForm(request.POST, instance=locked)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.edit(locked, by=request.user, **form.cleaned_data)
            messages.success(request, "แก้ไขผลงานที่เสนอแล้ว", extra_tags=saved_tag(request))
            return redirect(practice)
    return _edit_page(request, practice, form)


def _edit_page(
    request: HttpRequest, practice: GoodPractice, form: PracticeEditForm
) -> HttpResponse:
    context = {"round": practice.round, "form": form, "practice": practice}
    return render(request, "practices/nominate.html", context)


def practice_page(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    own = practice.reviews.filter(reviewer=request.user).first()
    return _page(request, practice, ReviewForm(initial=vars(own) if own else None))


def _page(request: HttpRequest, practice: GoodPractice, form: ReviewForm) -> HttpResponse:
    school, waits = practice.round.school_id, practice.state == PracticeState.NOMINATED
    rights = rights_of(request.user)
    may_review = rights.allows(Permission.REVIEW_PRACTICE, school)
    sees_reviews = may_review or rights.allows(Permission.VIEW_AREA)
    reviews = list(practice.reviews.select_related("reviewer")) if sees_reviews else []
    context = {
        "practice": practice,
        "round": practice.round,
        "reviews": reviews,
        "figures": review_figures(reviews),
        "form": form if waits and may_review else None,
        "may_edit": waits and rights.allows(Permission.NOMINATE_PRACTICE, school),
        "may_select": waits and rights.allows(Permission.SELECT_PRACTICE, school),
        "history": history_of(practice),
    }
    return render(request, "practices/practice.html", context)


def review_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes back here after signing in again is led to the practice."""
    practice = _practice(request, pk)
    require(request.user, Permission.REVIEW_PRACTICE, practice.round.school_id)
    if request.method != "POST":
        return redirect(practice)
    form = ReviewForm(request.POST)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.review(practice, by=request.user, **form.cleaned_data)
            kept = saved_tag(request, f"review-{pk}")
            messages.success(request, "บันทึกความเห็นแล้ว", extra_tags=kept)
            return redirect(practice)
    return _page(request, practice, form)


def select_practice(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, Permission.SELECT_PRACTICE, practice.round.school_id)
    check(practice, "select")
    return ask(
        request,
        partial(actions.select, practice, by=request.user),
        form=SelectForm(typed(request)),
        done="คัดเลือกวิธีปฏิบัติที่เป็นเลิศแล้ว",
        heading=f"คัดเลือก “{practice}” เป็นวิธีปฏิบัติที่เป็นเลิศ",
        effects=["ผลงานนี้แสดงเป็นวิธีปฏิบัติที่เป็นเลิศของรอบนี้ และอยู่ในรายงานพร้อมระดับที่คัดเลือก"],
        submit_label="คัดเลือก",
        cancel_url=practice.get_absolute_url(),
    )


def decline_practice(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _practice(request, pk)
    require(request.user, Permission.SELECT_PRACTICE, practice.round.school_id)
    check(practice, "decline")
    return ask(
        request,
        partial(actions.decline, practice, by=request.user),
        form=ReasonForm(typed(request)),
        done="บันทึกว่าไม่คัดเลือกแล้ว",
        heading=f"ไม่คัดเลือก “{practice}”",
        effects=["โรงเรียนเห็นผลและเหตุผล ผลงานที่เสนอยังเก็บไว้"],
        submit_label="บันทึกว่าไม่คัดเลือก",
        cancel_url=practice.get_absolute_url(),
    )
