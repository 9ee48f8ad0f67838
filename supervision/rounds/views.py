from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, require
from schools.forms import saved_tag, typed
from schools.models import Term
from supervision.rounds import actions
from supervision.rounds.forms import CriteriaForm, DeadlinesForm, OpenTermForm
from supervision.rounds.models import Round
from supervision.rounds.queries import changes_of, levels_of, opening_of


def open_term(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    opening = opening_of(term, timezone.localdate())
    form = OpenTermForm(typed(request), schools=opening.waiting)
    if form.is_valid():
        chosen = list(form.cleaned_data["indicator_sets"])
        rounds = actions.open_term(term, opening.waiting, by=request.user, indicator_sets=chosen)
        if rounds:
            messages.success(request, _opened(term, rounds))
        else:
            messages.info(request, f"ทุกโรงเรียนมีรอบของภาคเรียนที่ {term} อยู่แล้ว ไม่มีรอบใดเปิดเพิ่ม")
        return redirect("board")
    return render(
        request, "rounds/open_term.html", {"term": term, "opening": opening, "form": form}
    )


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
    done = f"บันทึกวันเริ่มและกำหนดเสร็จของภาคเรียนที่ {term} แล้ว"
    messages.success(request, done, extra_tags=saved_tag(request))
    return redirect("term_deadlines", pk=term.pk)


def _deadlines_page(request: HttpRequest, form: DeadlinesForm) -> HttpResponse:
    context = {"term": form.instance, "form": form, "changes": changes_of(form.instance)}
    return render(request, "rounds/deadlines.html", context)


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


def _opened(term: Term, rounds: list[Round]) -> str:
    """What was opened, and how many schools still wait for their sets."""
    done = f"เปิดรอบการนิเทศภาคเรียนที่ {term} ให้ {len(rounds)} โรงเรียนแล้ว"
    opened = Round.objects.filter(pk__in=[round_.pk for round_ in rounds])
    without = opened.filter(criteria_chosen_at=None).count()
    return f"{done} ยังต้องกำหนดชุดตัวชี้วัดอีก {without} โรงเรียน" if without else done


def _term(request: HttpRequest, pk: int) -> Term:
    """Terms are the whole area's: only who opens rounds everywhere comes here."""
    require(request.user, Permission.OPEN_ROUNDS)
    return get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
