"""The policies of a year: read by everybody, kept by who manages profiles."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fiscal_years import choose_fiscal_year
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.registry.queries import registry_changes_among
from supervision.criteria.models import IndicatorSet
from supervision.profiles.focus import actions
from supervision.profiles.focus.coverage import FocusLine, focus_coverage
from supervision.profiles.focus.forms import FocusIndicatorsForm, PolicyFocusForm
from supervision.profiles.models import PolicyFocus

FOCUS_FACTS = ("origin", "text", "source", "position")


@dataclass(frozen=True)
class FocusGroup:
    """The policies of one origin in a year."""

    name: str
    lines: list[FocusLine]


def policy_focuses(request: SignedInRequest) -> HttpResponse:
    """The policies of a fiscal year, and the indicators in use that answer them."""
    today = timezone.localdate()
    choice = choose_fiscal_year(request.GET.get("year", ""), today)
    in_use = IndicatorSet.objects.visible_to(request.user).approved()
    coverage = focus_coverage(in_use, choice.year)
    may_edit = can(request.user, Permission.MANAGE_PROFILES)
    history = PolicyFocus.history.filter(fiscal_year=choice.year)
    context = {
        "year": choice.year,
        "years": choice.offered,
        "coverage": coverage,
        "groups": _by_origin(coverage.lines),
        "may_edit": may_edit,
        "earlier_year": _year_to_copy(choice.year) if may_edit and not coverage.lines else None,
        "changes": (
            registry_changes_among(history, *FOCUS_FACTS, called=lambda row: "จุดเน้น")
            if may_edit
            else []
        ),
    }
    return render(request, "profiles/focus/year.html", context)


def _by_origin(lines: Iterable[FocusLine]) -> list[FocusGroup]:
    groups = groupby(lines, key=lambda line: line.focus.get_origin_display())
    return [FocusGroup(name, list(of_origin)) for name, of_origin in groups]


def _year_to_copy(year: int) -> int | None:
    """The last year before with policies, if there is one."""
    rows = PolicyFocus.objects.filter(fiscal_year__lt=year).order_by("-fiscal_year")
    return rows.values_list("fiscal_year", flat=True).first()


def _year_url(year: int) -> str:
    return f"{reverse('policy_focuses')}?year={year}"


def policy_focus_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    year = choose_fiscal_year(request.GET.get("year", ""), timezone.localdate()).year
    focus = PolicyFocus(fiscal_year=year, position=actions.next_position(year))
    return _edit(request, focus)


@transaction.atomic
def policy_focus_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = lock_rows_on_post(request, PolicyFocus.objects.visible_to(request.user))
    focus = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.MANAGE_PROFILES)
    return _edit(request, focus)


def _edit(request: SignedInRequest, focus: PolicyFocus) -> HttpResponse:
    form = PolicyFocusForm(post_data(request), instance=focus)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_policy_focus(form.instance, by=request.user, fields=form.cleaned_data)
            return redirect_with_message(request, "บันทึกจุดเน้นแล้ว", _year_url(focus.fiscal_year))
    context = {"form": form, "focus": focus, "back_url": _year_url(focus.fiscal_year)}
    return render(request, "profiles/focus/edit.html", context)


def policy_focus_indicators(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick the indicators that answer a policy."""
    focus = _focus_to_manage(request, pk)
    form = FocusIndicatorsForm(post_data(request), focus=focus)
    if form.is_valid():
        chosen = form.cleaned_data["indicators"]
        actions.link_focus_indicators(focus, by=request.user, indicators=chosen)
        return redirect_with_message(
            request, f"เชื่อมกับตัวชี้วัด {len(chosen)} ข้อแล้ว", _year_url(focus.fiscal_year)
        )
    context = {"form": form, "focus": focus, "back_url": _year_url(focus.fiscal_year)}
    return render(request, "profiles/focus/indicators.html", context)


def policy_focus_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    focus = _focus_to_manage(request, pk)
    return confirm_action(
        request,
        partial(actions.delete_policy_focus, focus, by=request.user),
        success_message="ลบจุดเน้นแล้ว",
        heading=f"ลบ “{focus}” ออกจากปีงบประมาณ {focus.fiscal_year}",
        effects=["ไม่นับข้อนี้อีกเมื่อดูว่าตัวชี้วัดตอบจุดเน้นครบหรือไม่ ประวัติยังเก็บข้อความเดิมไว้"],
        submit_label="ลบจุดเน้น",
        cancel_url=_year_url(focus.fiscal_year),
        danger=True,
    )


def _focus_to_manage(request: SignedInRequest, pk: int) -> PolicyFocus:
    focus = get_object_or_404(PolicyFocus.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.MANAGE_PROFILES)
    return focus


def policy_focus_copy(request: SignedInRequest, year: int) -> HttpResponse:
    """Begin a year from the policies of the last year that has some."""
    require(request.user, Permission.MANAGE_PROFILES)
    if choose_fiscal_year(str(year), timezone.localdate()).year != year:
        raise Http404
    earlier = _year_to_copy(year) or year - 1
    return confirm_action(
        request,
        partial(_begin_year, request, earlier, year),
        success_message=f"เริ่มปีงบประมาณ {year} จากรายการของปี {earlier} แล้ว โปรดเทียบกับประกาศของปี",
        heading=f"เริ่มจุดเน้นปีงบประมาณ {year} จากปี {earlier}",
        effects=[
            "ยกข้อความและตัวชี้วัดที่เชื่อมไว้มาทุกข้อ แก้ไข เพิ่ม หรือลบได้ภายหลัง",
            "ทุกข้อระบุว่ายังไม่ได้เทียบกับประกาศของปี จนกว่าจะแก้ไขที่มา",
        ],
        submit_label=f"เริ่มปีงบประมาณ {year}",
        cancel_url=_year_url(year),
    )


def _begin_year(request: SignedInRequest, earlier: int, year: int) -> str:
    actions.copy_focus_year(by=request.user, from_year=earlier, to_year=year)
    return _year_url(year)
