from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import School, Term
from supervision.criteria.models import IndicatorSet
from supervision.rounds import actions
from supervision.rounds.forms import (
    AssignIndicatorSetsForm,
    OpenTermRoundsForm,
    RoundCriteriaForm,
    RoundDeadlinesForm,
    TermDeadlinesForm,
)
from supervision.rounds.models import Round
from supervision.rounds.queries import (
    levels_text,
    propose_first_round_windows,
    round_deadline_changes,
    rounds_lacking_sets,
    term_deadline_changes,
    term_opening,
    uncovered_levels,
    uncovered_levels_text,
)


def term_open(request: SignedInRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    today = timezone.localdate()
    opening = term_opening(term, today)
    proposed_windows = propose_first_round_windows(term, today)
    form = OpenTermRoundsForm(
        post_data(request), schools=opening.waiting, term=term, proposed_windows=proposed_windows
    )
    if not opening.waiting and request.method == "POST":
        messages.info(request, f"ทุกโรงเรียนมีรอบของภาคเรียนที่ {term} อยู่แล้ว ไม่มีรอบใดเปิดเพิ่ม")
        return redirect("board")
    if form.is_valid():
        chosen = list(form.cleaned_data["indicator_sets"])
        rounds = actions.open_term_rounds(
            term,
            opening.waiting,
            by=request.user,
            indicator_sets=chosen,
            windows=form.windows(),
        )
        messages.success(request, _opened(term, rounds, opening.waiting, chosen))
        return redirect("board")
    context = {
        "term": term,
        "opening": opening,
        "form": form,
        "today": today,
        "lacking": uncovered_levels_text(opening.schools_lacking_sets, opening.endorsed),
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
    return f"{done} ยังไม่เปิดอีก {len(left)} โรงเรียน เพราะขาดชุด{uncovered_levels_text(left, sets)}"


def term_criteria(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rounds of a term that lack sets, to be given them at once."""
    term = _term(request, pk)
    lacking = list(rounds_lacking_sets(term, timezone.localdate()))
    form = AssignIndicatorSetsForm(post_data(request), term=term, lacking=lacking)
    if form.is_valid():
        chosen, rounds = list(form.cleaned_data["indicator_sets"]), form.cleaned_data["rounds"]
        asked = [round_.pk for round_ in rounds]
        given = actions.assign_indicator_sets(term, asked, chosen, by=request.user)
        return _assigned(request, term, given, _still_lacking(term, asked), chosen)
    context = {"term": term, "form": form, "lacking": lacking}
    return render(request, "rounds/assign_sets.html", context)


def _still_lacking(term: Term, asked: Sequence[int]) -> list[Round]:
    return list(rounds_lacking_sets(term, timezone.localdate()).filter(pk__in=asked))


def _assigned(
    request: SignedInRequest,
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
    why = f"ขาดชุด{levels_text(lacking)}" if lacking else f"ขาด{other_scale}"
    messages.warning(request, f"อีก {len(still)} รอบยัง{why}")
    return redirect("term_criteria", pk=term.pk)


def term_deadlines(request: SignedInRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    if request.method == "POST":
        return _save_deadlines(request, term)
    return _deadlines_page(request, TermDeadlinesForm(instance=term))


@transaction.atomic
def _save_deadlines(request: SignedInRequest, term: Term) -> HttpResponse:
    """The term stays locked from the look at what others saved until the save itself."""
    Term.objects.select_for_update().get(pk=term.pk)
    form = TermDeadlinesForm(request.POST, instance=term)
    if not form.is_valid():
        return _deadlines_page(request, form)
    actions.set_term_deadlines(term, form.windows(), by=request.user)
    if "turn_days" in form.changed_data:
        actions.set_turn_days(term, form.cleaned_data["turn_days"], by=request.user)
    done = f"บันทึกวันเริ่มและกำหนดเสร็จของภาคเรียนที่ {term} แล้ว"
    return redirect_with_message(request, done, "term_deadlines", term.pk)


def _deadlines_page(request: SignedInRequest, form: TermDeadlinesForm) -> HttpResponse:
    context = {"term": form.instance, "form": form, "changes": term_deadline_changes(form.instance)}
    return render(request, "rounds/deadlines.html", context)


@transaction.atomic
def round_deadlines(request: SignedInRequest, pk: int) -> HttpResponse:
    """The round stays locked from the look at what others saved until the save itself."""
    rounds = Round.objects.visible_to(request.user)
    round_ = get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)
    require(request.user, Permission.OPEN_ROUNDS, round_.school_id)
    if request.method == "POST":
        Round.objects.select_for_update().get(pk=pk)
    form = RoundDeadlinesForm(post_data(request), instance=round_)
    if form.is_valid():
        actions.set_round_deadlines(round_, form.windows(), by=request.user)
        done = f"บันทึกกำหนดของรอบที่ {round_.number} {round_.school.short_name} แล้ว"
        return redirect_with_message(request, done, "round_deadlines", pk)
    context = {"round": round_, "form": form, "changes": round_deadline_changes(round_)}
    return render(request, "rounds/round_deadlines.html", context)


def round_criteria(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user)
    round_ = get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)
    require(request.user, Permission.OPEN_ROUNDS, round_.school_id)
    actions.ensure_criteria_not_chosen(round_)
    form = RoundCriteriaForm(post_data(request), schools=[round_.school])
    if form.is_valid():
        chosen = list(form.cleaned_data["indicator_sets"])
        actions.choose_round_criteria(round_, chosen, by=request.user)
        messages.success(request, f"กำหนดชุดตัวชี้วัดของรอบที่ {round_.number} แล้ว")
        return redirect(round_)
    levels = round_.school.taught_levels
    context = {"round": round_, "form": form, "levels": [level.label for level in levels]}
    return render(request, "rounds/criteria.html", context)


def _term(request: SignedInRequest, pk: int) -> Term:
    """Terms are the whole area's: only who opens rounds everywhere comes here."""
    require(request.user, Permission.OPEN_ROUNDS)
    return get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
