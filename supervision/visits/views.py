from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.forms import saved_tag
from schools.thai import short_date
from supervision.assessments.enums import SHEET_FIELDS
from supervision.assessments.models import SheetText
from supervision.assessments.queries import bands_of, latest_assessment
from supervision.needs.enums import Mode
from supervision.needs.queries import survey_of
from supervision.rounds.actions import check_goes_on
from supervision.rounds.models import Round
from supervision.visits import actions
from supervision.visits.enums import VisitState
from supervision.visits.forms import AcknowledgeForm, PlanForm
from supervision.visits.models import Visit
from supervision.visits.queries import comparison_of, standard_rows, with_record_seen_by
from supervision.workflow.actions import check
from supervision.workflow.queries import history_of
from supervision.workflow.refusals import refusal_shown_in

ROUND = ("school", "term__academic_year")
VISIT = (
    *(f"round__{name}" for name in ROUND),
    *("leader", "signed_by", "acknowledged_by", "sheet"),
)
PILL = {"planned": "wait", "recording": "mine", "signed": "wait", "acknowledged": "done"}


def _visit(request: HttpRequest, pk: int) -> Visit:
    visits = with_record_seen_by(Visit.objects.visible_to(request.user), request.user)
    visits = visits.select_related(*VISIT)
    return get_object_or_404(visits, pk=pk)


def plan_visit(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related(*ROUND)
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.RECORD_VISIT, round_.school_id)
    check_goes_on(round_)
    initial = {"leader": request.user.pk, "mode": Mode.ON_SITE}
    form = PlanForm(
        request.POST if request.method == "POST" else None, round_=round_, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            form.cleaned_data.pop("outside_term", None)
            visit = actions.plan(round_, by=request.user, **form.cleaned_data)
            done = f"นัดหมายการนิเทศวันที่ {short_date(visit.visit_on)} แล้ว"
            messages.success(request, done, extra_tags=saved_tag(request))
            return redirect(visit)
    context = {"round": round_, "form": form, "survey": survey_of(round_)}
    return render(request, "visits/plan.html", context | {"assessment": latest_assessment(round_)})


def visit_page(request: HttpRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    school = visit.round.school_id
    context = {
        "visit": visit,
        "pill": PILL[visit.state],
        "team": visit.team.all(),
        "assessment": latest_assessment(visit.round),
        "history": history_of(visit),
        "may_record": can(request.user, Permission.RECORD_VISIT, school),
        "may_sign": visit.state == VisitState.RECORDING and actions.is_signer(visit, request.user),
        "is_early": visit.visit_on > timezone.localdate(),
        "may_acknowledge": can(request.user, Permission.ACKNOWLEDGE_VISIT, school),
    }
    return render(request, "visits/visit.html", context | _record(visit))


def _record(visit: Visit) -> dict:
    """Scores and texts of the record, for those who may read them by now."""
    if not visit.record_seen:
        return {"comparison": None}
    comparison = comparison_of(visit)
    bands = list(bands_of(visit.sheet))
    return {
        "comparison": comparison,
        "rows": standard_rows(comparison, bands),
        "texts": _texts(visit),
    }


def _texts(visit: Visit) -> list[SheetText]:
    """What was written on the whole sheet, in the order of form 7.3."""
    written = [text for text in visit.sheet.texts.all() if text.text.strip()]
    return sorted(written, key=lambda text: SHEET_FIELDS.index(text.field))


def start_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes back here after a refusal is shown the visit as it stands."""
    visit = _visit(request, pk)
    require(request.user, Permission.RECORD_VISIT, visit.round.school_id)
    if request.method == "POST":
        actions.start_record(visit, by=request.user)
        messages.success(request, "เปิดบันทึกการนิเทศแล้ว ระบบบันทึกทุกข้อที่กรอกโดยอัตโนมัติ")
        return redirect(visit.sheet)
    return redirect(visit)


def sign_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    require(request.user, Permission.RECORD_VISIT, visit.round.school_id)
    check(visit, "sign")
    actions.check_signer(visit, by=request.user)
    if request.method == "POST":
        actions.sign(visit, by=request.user)
        messages.success(request, "ลงนามบันทึกการนิเทศแล้ว รอผู้อำนวยการโรงเรียนรับทราบ")
        return redirect(visit)
    context = {
        "visit": visit,
        "missing": comparison_of(visit).missing,
        "heading": f"ลงนามบันทึกการนิเทศ {visit.round.school.short_name}",
        "effects": [
            "คะแนน ข้อค้นพบ และข้อความทั้งหมดของบันทึกนี้แก้ไขไม่ได้อีก",
            "โรงเรียนอ่านผลการนิเทศได้ และผู้อำนวยการโรงเรียนจะรับทราบ",
        ],
        "irreversible": "โปรดตรวจบันทึกให้เรียบร้อยก่อนลงนาม",
        "submit_label": "ลงนาม",
        "cancel_url": visit.get_absolute_url(),
    }
    return render(request, "visits/sign.html", context)


def acknowledge_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    require(request.user, Permission.ACKNOWLEDGE_VISIT, visit.round.school_id)
    check(visit, "acknowledge")
    form = AcknowledgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            actions.acknowledge(visit, by=request.user, **form.cleaned_data)
            messages.success(request, "รับทราบผลการนิเทศแล้ว", extra_tags=saved_tag(request))
            return redirect(visit)
    context = {
        "visit": visit,
        "form": form,
        "heading": f"รับทราบผลการนิเทศครั้งที่ {visit.number}",
        "effects": ["ขั้นที่ 4 ของรอบนี้เสร็จ และกลุ่มนิเทศฯ พิจารณาผลต่อ"],
        "submit_label": "รับทราบ",
        "cancel_url": visit.get_absolute_url(),
    }
    return render(request, "visits/acknowledge.html", context)
