from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, require
from schools.forms import saved_tag, typed
from schools.models import School, Term
from supervision.criteria.models import IndicatorSet
from supervision.rounds import actions
from supervision.rounds.forms import (
    AssignSetsForm,
    CriteriaForm,
    DeadlinesForm,
    OpenTermForm,
    RoundDaysForm,
)
from supervision.rounds.models import Round
from supervision.rounds.queries import (
    changes_of,
    changes_of_round,
    in_words,
    levels_lacking,
    levels_of,
    opening_of,
    proposal_for_first,
    rounds_lacking_sets,
    uncovered_levels,
)


def open_term(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    today = timezone.localdate()
    opening = opening_of(term, today)
    offered = proposal_for_first(term, today)
    form = OpenTermForm(typed(request), schools=opening.waiting, term=term, offered=offered)
    if not opening.waiting and request.method == "POST":
        messages.info(request, f"ทุกโรงเรียนมีรอบของภาคเรียนที่ {term} อยู่แล้ว ไม่มีรอบใดเปิดเพิ่ม")
        return redirect("board")
    if form.is_valid():
        chosen = list(form.cleaned_data["indicator_sets"])
        facts = {"indicator_sets": chosen, "windows": form.windows()}
        rounds = actions.open_term(term, opening.waiting, by=request.user, **facts)
        messages.success(request, _opened(term, rounds, opening.waiting, chosen))
        return redirect("board")
    context = {
        "term": term,
        "opening": opening,
        "form": form,
        "today": today,
        "lacking": levels_lacking(opening.held_back, opening.endorsed),
        "without_sets": rounds_lacking_sets(term, today).count(),
    }
    return render(request, "rounds/open_term.html", context)


def _opened(
    term: Term, rounds: list[Round], schools: Sequence[School], sets: Sequence[IndicatorSet]
) -> str:
    """What was opened, and how many schools still wait for which sets."""
    done = f"เปิดรอบการนิเทศภาคเรียนที่ {term} ให้ {len(rounds)} โรงเรียนแล้ว"
    left = [school for school in schools if uncovered_levels(school, sets)]
    if not left:
        return done
    return f"{done} ยังไม่เปิดอีก {len(left)} โรงเรียน เพราะขาดชุด{levels_lacking(left, sets)}"


def assign_sets(request: HttpRequest, pk: int) -> HttpResponse:
    """The rounds of a term that lack sets, to be given them at once."""
    term = _term(request, pk)
    lacking = list(rounds_lacking_sets(term, timezone.localdate()))
    form = AssignSetsForm(typed(request), term=term, lacking=lacking)
    if form.is_valid():
        chosen, rounds = list(form.cleaned_data["indicator_sets"]), form.cleaned_data["rounds"]
        asked = [round_.pk for round_ in rounds]
        given = actions.assign_sets(term, asked, chosen, by=request.user)
        return _assigned(request, term, given, _still_lacking(term, asked), chosen)
    context = {"term": term, "form": form, "lacking": lacking}
    return render(request, "rounds/assign_sets.html", context)


def _still_lacking(term: Term, asked: Sequence[int]) -> list[Round]:
    return list(rounds_lacking_sets(term, timezone.localdate()).filter(pk__in=asked))


def _assigned(
    request: HttpRequest,
    term: Term,
    given: Sequence[Round],
    still: Sequence[Round],
    chosen: Sequence[IndicatorSet],
) -> HttpResponse:
    """Says how many rounds were given sets, and what those that were not still lack."""
    if given:
        messages.success(request, f"กำหนดชุดตัวชี้วัดให้ {len(given)} รอบแล้ว")
    elif not still:
        messages.info(request, "รอบที่เลือกมีชุดครบแล้ว ไม่มีรอบใดเปลี่ยน")
    if not still:
        return redirect("board")
    lacking = {
        level
        for one in still
        for level in uncovered_levels(one.school, [*one.indicator_sets.all(), *chosen])
    }
    other_scale = "ชุดที่ใช้มาตราส่วนเดียวกับชุดที่รอบมีอยู่"
    why = f"ขาดชุด{in_words(lacking)}" if lacking else f"ขาด{other_scale}"
    messages.warning(request, f"อีก {len(still)} รอบยัง{why}")
    return redirect("term_criteria", pk=term.pk)


def edit_deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    if request.method == "POST":
        return _save_deadlines(request, term)
    return _deadlines_page(request, DeadlinesForm(instance=term))


@transaction.atomic
def _save_deadlines(request: HttpRequest, term: Term) -> HttpResponse:
    """The term stays locked from the look at what others saved until the save itself."""
    Term.objects.select_for_update().get(pk=term.pk)
    form = DeadlinesForm(request.POST, instance=term)
    if not form.is_valid():
        return _deadlines_page(request, form)
    actions.set_deadlines(term, form.windows(), by=request.user)
    if "turn_days" in form.changed_data:
        actions.set_turn_days(term, form.cleaned_data["turn_days"], by=request.user)
    done = f"บันทึกวันเริ่มและกำหนดเสร็จของภาคเรียนที่ {term} แล้ว"
    messages.success(request, done, extra_tags=saved_tag(request))
    return redirect("term_deadlines", pk=term.pk)


def _deadlines_page(request: HttpRequest, form: DeadlinesForm) -> HttpResponse:
    context = {"term": form.instance, "form": form, "changes": changes_of(form.instance)}
    return render(request, "rounds/deadlines.html", context)


@transaction.atomic
def edit_round_days(request: HttpRequest, pk: int) -> HttpResponse:
    """The round stays locked from the look at what others saved until the save itself."""
    rounds = Round.objects.visible_to(request.user)
    round_ = get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)
    require(request.user, Permission.OPEN_ROUNDS, round_.school_id)
    if request.method == "POST":
        Round.objects.select_for_update().get(pk=pk)
    form = RoundDaysForm(typed(request), instance=round_)
    if form.is_valid():
        actions.set_round_days(round_, form.windows(), by=request.user)
        done = f"บันทึกกำหนดของรอบที่ {round_.number} {round_.school.short_name} แล้ว"
        messages.success(request, done, extra_tags=saved_tag(request))
        return redirect("round_deadlines", pk=pk)
    context = {"round": round_, "form": form, "changes": changes_of_round(round_)}
    return render(request, "rounds/round_days.html", context)


def choose_criteria(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user)
    round_ = get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)
    require(request.user, Permission.OPEN_ROUNDS, round_.school_id)
    actions.check_has_no_criteria(round_)
    form = CriteriaForm(typed(request), schools=[round_.school])
    if form.is_valid():
        chosen = list(form.cleaned_data["indicator_sets"])
        actions.choose_criteria(round_, chosen, by=request.user)
        messages.success(request, f"กำหนดชุดตัวชี้วัดของรอบที่ {round_.number} แล้ว")
        return redirect(round_)
    levels = levels_of(round_.school)
    context = {"round": round_, "form": form, "levels": [level.label for level in levels]}
    return render(request, "rounds/criteria.html", context)


def _term(request: HttpRequest, pk: int) -> Term:
    """Terms are the whole area's: only who opens rounds everywhere comes here."""
    require(request.user, Permission.OPEN_ROUNDS)
    return get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
