"""Several raters: each hands in their own sheet, the leader settles one record from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from supervision.assessments.marks import mark_sent, page_marks
from supervision.assessments.models import Answer
from supervision.assessments.queries import levels_of, missing_levels
from supervision.visits import actions, ratings
from supervision.visits.enums import VisitState
from supervision.visits.models import Rating, Visit
from supervision.visits.queries import comparison_of
from supervision.visits.views import visit_of
from supervision.workflow.asking import ask


def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin or go on with one's own sheet; who comes back here sees the visit."""
    visit = visit_of(request, pk)
    if request.method != "POST":
        return redirect(visit)
    return redirect(ratings.rate(visit, by=request.user).sheet)


def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk)
    rows = Rating.objects.select_related("sheet__round", "visit")
    rating = get_object_or_404(rows, visit=visit, rater=request.user)
    ratings.check_can_hand_in(rating)
    return ask(
        request,
        partial(ratings.hand_in, rating, by=request.user, seen=mark_sent(request)),
        done="ส่งคะแนนแล้ว หัวหน้าคณะนิเทศจะสรุปเป็นบันทึกเดียว",
        template="visits/hand_in.html",
        visit=visit,
        sheet_id=rating.sheet_id,
        verb="ส่งคะแนน",
        look_up=lambda: {
            "missing": missing_levels(rating.sheet),
            **page_marks(request, rating.sheet),
        },
        heading=f"ส่งคะแนนของคุณ {visit.round.school.short_name}",
        effects=[
            "หัวหน้าคณะนิเทศเห็นคะแนนและข้อค้นพบของคุณ แล้วสรุปเป็นบันทึกเดียว",
            "คะแนนของคุณเก็บไว้ถาวรในกลุ่มนิเทศฯ โรงเรียนไม่เห็นคะแนนรายบุคคล",
        ],
        irreversible="เมื่อส่งแล้วจะแก้ไขคะแนนของคุณไม่ได้",
        submit_label="ส่งคะแนน",
        cancel_url=visit.get_absolute_url(),
    )


@dataclass(frozen=True)
class Said:
    """One answer on an indicator, by whoever gave it; `label` is its level's name."""

    who: str
    answer: Answer | None
    label: str

    @property
    def level(self) -> str:
        """As text, for 0 is a level too."""
        is_judged = self.answer is not None and self.answer.level is not None
        return str(self.answer.level) if is_judged else ""


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What every rater found, side by side: for the leader to settle, later for the office."""
    visit = visit_of(request, pk)
    require(request.user, Permission.VIEW_AREA)
    ratings.check_has_record(visit)
    raters = ratings.raters_of(visit)
    comparison = comparison_of(visit)
    judged = ratings.judged_by_all(visit, comparison)
    may_settle = visit.state == VisitState.RECORDING and actions.is_signer(visit, request.user)
    context = {
        "visit": visit,
        "raters": raters,
        "still_rating": ratings.still_rating(raters),
        "lines": _lines(visit, judged, comparison.own),
        "to_take": sum(one.is_to_take for one in judged),
        "to_settle": sum(not one.is_settled for one in judged),
        "may_settle": may_settle,
        "unexplained": comparison.unexplained_gaps if may_settle else [],
    }
    return render(request, "visits/compare.html", context)


def _lines(
    visit: Visit, judged: list[ratings.Judged], own: Mapping[int, Answer]
) -> list[tuple[ratings.Judged, list[Said]]]:
    """Each indicator with what the raters, the school and the record say of it."""
    labels = {level.value: level.label for level in levels_of(visit.sheet)}
    lines = []
    for one in judged:
        given = [(str(opinion.rater), opinion.answer) for opinion in one.opinions]
        if one.indicator.pk in own:
            given.append(("โรงเรียนประเมินตนเอง", own[one.indicator.pk]))
        given.append(("บันทึกการนิเทศ", one.settled))
        lines.append((one, [Said(who, answer, _label(answer, labels)) for who, answer in given]))
    return lines


def _label(answer: Answer | None, labels: Mapping[int, str]) -> str:
    if answer is None or answer.level is None:
        return "ไม่ประเมิน" if answer and answer.not_applicable else ""
    return labels[answer.level]


@require_POST
def take_agreed(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    count = ratings.take_agreed(visit, by=request.user)
    messages.success(request, f"บันทึกระดับที่ทุกคนให้ตรงกันแล้ว {count} ข้อ")
    return redirect("visit_compare", pk=pk)
