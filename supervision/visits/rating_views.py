"""Several raters: each hands in their own sheet, the leader settles one record from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.http import SignedInRequest
from supervision.assessments.models import Answer
from supervision.assessments.queries import missing_answers, sheet_scale_levels
from supervision.assessments.version_tokens import posted_version_token, version_token_context
from supervision.visits import actions, ratings
from supervision.visits.enums import VisitState
from supervision.visits.models import Rating, Visit
from supervision.visits.queries import visit_comparison
from supervision.visits.views import get_visit_or_404


def visit_rate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin or go on with one's own sheet; who comes back here sees the visit."""
    visit = get_visit_or_404(request, pk)
    if request.method != "POST":
        return redirect(visit)
    return redirect(ratings.start_rating(visit, by=request.user).sheet)


def visit_submit_rating(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk)
    rows = Rating.objects.select_related("sheet__round", "visit")
    rating = get_object_or_404(rows, visit=visit, rater=request.user)
    ratings.check_can_submit_rating(rating)
    return confirm_action(
        request,
        partial(
            ratings.submit_rating,
            rating,
            by=request.user,
            shown_version=posted_version_token(request),
        ),
        success_message="ส่งคะแนนแล้ว หัวหน้าคณะนิเทศจะสรุปเป็นบันทึกเดียว",
        template="visits/submit_rating.html",
        visit=visit,
        sheet_id=rating.sheet_id,
        verb="ส่งคะแนน",
        get_extra_context=lambda: {
            "missing": missing_answers(rating.sheet),
            **version_token_context(request, rating.sheet),
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
class LabelledAnswer:
    """One answer on an indicator, by whoever gave it; `label` is its level's name."""

    who: str
    answer: Answer | None
    label: str

    @property
    def level(self) -> str:
        """As text, for 0 is a level too."""
        is_judged = self.answer is not None and self.answer.level is not None
        return str(self.answer.level) if is_judged else ""


def visit_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """What every rater found, side by side: for the leader to settle, later for the office."""
    visit = get_visit_or_404(request, pk)
    require(request.user, Permission.VIEW_AREA)
    ratings.check_visit_has_record(visit)
    raters = ratings.raters_of(visit)
    comparison = visit_comparison(visit)
    judged = ratings.rated_indicators(visit, comparison)
    may_complete_record = visit.state == VisitState.RECORDING and actions.is_visit_signer(
        visit, request.user
    )
    context = {
        "visit": visit,
        "raters": raters,
        "still_rating": ratings.still_rating(raters),
        "lines": _lines(visit, judged, comparison.school_answers),
        "adoptable_count": sum(one.is_adoptable for one in judged),
        "unanswered_count": sum(not one.is_answered for one in judged),
        "may_complete_record": may_complete_record,
        "unexplained": comparison.unexplained_gaps if may_complete_record else [],
    }
    return render(request, "visits/compare.html", context)


def _lines(
    visit: Visit, judged: list[ratings.RatedIndicator], own: Mapping[int, Answer]
) -> list[tuple[ratings.RatedIndicator, list[LabelledAnswer]]]:
    """Each indicator with what the raters, the school and the record say of it."""
    labels = {level.value: level.label for level in sheet_scale_levels(visit.sheet)}
    lines = []
    for one in judged:
        given = [
            (str(rater_answer.rater), rater_answer.answer) for rater_answer in one.rater_answers
        ]
        if one.indicator.pk in own:
            given.append(("โรงเรียนประเมินตนเอง", own[one.indicator.pk]))
        given.append(("บันทึกการนิเทศ", one.record_answer))
        lines.append(
            (one, [LabelledAnswer(who, answer, _label(answer, labels)) for who, answer in given])
        )
    return lines


def _label(answer: Answer | None, labels: Mapping[int, str]) -> str:
    if answer is None or answer.level is None:
        return "ไม่ประเมิน" if answer and answer.not_applicable else ""
    return labels[answer.level]


@require_POST
def visit_adopt_agreed(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    count = ratings.adopt_agreed_ratings(visit, by=request.user)
    messages.success(request, f"บันทึกระดับที่ทุกคนให้ตรงกันแล้ว {count} ข้อ")
    return redirect("visit_compare", pk=pk)
