"""One act on the agreements of many schools: asked once, then done school by school."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.quality_drive.agreements.drafting import (
    check_drive_is_at_work,
    draft_agreement,
)
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.agreements.forms import AgreementBulkDraftForm
from supervision.quality_drive.agreements.proposed_targets import TARGET_RULE
from supervision.quality_drive.agreements.register import (
    NOT_DRAFTED,
    AgreementRow,
    load_agreement_register,
    load_agreement_rows,
)
from supervision.quality_drive.agreements.register_pages import get_drive_or_404
from supervision.quality_drive.agreements.signing import propose_agreement, sign_agreement
from supervision.quality_drive.agreements.signing_pages import FROZEN_EFFECT, LEDGER_EFFECT
from supervision.quality_drive.models import (
    Agreement,
    AgreementSupport,
    AgreementTarget,
    QualityDrive,
)
from supervision.quality_drive.scores import load_design


class AgreementBulkAct(StrEnum):
    """What is done with many agreements at once."""

    DRAFT = "draft"
    PROPOSE = "propose"
    SIGN = "sign"


@dataclass(frozen=True)
class BulkActRule:
    """The words of an act on many, at which stage a school must be, and who may do it."""

    heading: str
    submit_label: str
    done: str
    stage: str
    permission: Permission
    effects: Sequence[str]
    irreversible: str = ""


BULK_ACT_RULES = {
    AgreementBulkAct.DRAFT: BulkActRule(
        "ร่างบันทึกข้อตกลงให้โรงเรียนที่เลือก",
        "ร่างบันทึกข้อตกลง",
        "ร่างบันทึกข้อตกลงแล้ว",
        NOT_DRAFTED,
        Permission.EDIT_SCHOOL_DRIVE,
        (
            "ตัวชี้วัดมาจากการขับเคลื่อนที่ ก.ต.ป.น. เห็นชอบ ข้อมูลก่อนพัฒนามาจากข้อมูลฐานของแต่ละโรงเรียน",
            TARGET_RULE,
            "โรงเรียนยังไม่เห็นร่างจนกว่าคุณจะเสนอ",
        ),
    ),
    AgreementBulkAct.PROPOSE: BulkActRule(
        "เสนอบันทึกข้อตกลงให้โรงเรียนพิจารณา",
        "เสนอโรงเรียน",
        "เสนอโรงเรียนแล้ว",
        AgreementState.DRAFT,
        Permission.EDIT_SCHOOL_DRIVE,
        (
            "แต่ละโรงเรียนเห็นเฉพาะบันทึกข้อตกลงของตน ลงนาม หรือขอให้ปรับพร้อมเหตุผล",
            "แก้ไขร่างไม่ได้ระหว่างรอโรงเรียน",
        ),
    ),
    AgreementBulkAct.SIGN: BulkActRule(
        "ลงนามบันทึกข้อตกลงในฐานะผู้อำนวยการสำนักงานเขตพื้นที่",
        "ลงนาม",
        "ลงนามแล้ว",
        AgreementState.SCHOOL_SIGNED,
        Permission.SIGN_AGREEMENT,
        (
            "บันทึกข้อตกลงของแต่ละโรงเรียนมีผลตั้งแต่วันนี้",
            LEDGER_EFFECT,
            "โรงเรียนที่มีฉบับก่อน ฉบับก่อนสิ้นสุด การสนับสนุนที่ยกมา หรือที่รายงานว่าให้แล้ว ติดตามต่อ "
            "ข้อที่ฉบับใหม่ไม่มีแล้ว ถอนจากทะเบียน",
        ),
        FROZEN_EFFECT,
    ),
}


@dataclass(frozen=True)
class AgreementSummaryCounts:
    """An agreement in a few numbers: how many targets, of them how many rise, without a baseline,
    and how many promises."""

    targets: int = 0
    rising: int = 0
    unknown: int = 0
    supports: int = 0


@dataclass(frozen=True)
class BulkLine:
    """One school of the page that asks; `refused` is why it was not done."""

    row: AgreementRow
    counts: AgreementSummaryCounts | None
    refused: str = ""


def agreements_bulk(request: SignedInRequest, year: int) -> HttpResponse:
    """Ask before acting on the schools ticked, or on all whose turn it is; a POST acts."""
    require(request.user, Permission.VIEW_AREA)
    drive = get_drive_or_404(request, year)
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("act") not in list(AgreementBulkAct):
        return redirect("agreements", year)
    act = AgreementBulkAct(sent["act"])
    require_anywhere(request.user, BULK_ACT_RULES[act].permission)
    check_drive_is_at_work(drive)
    lines = _lines(request, drive, act)
    form = AgreementBulkDraftForm(post_data(request)) if act == AgreementBulkAct.DRAFT else None
    is_sent = request.method == "POST" and lines and (form is None or form.is_valid())
    if not is_sent:
        return _page(request, drive, act, lines, form)
    refused = _do_all(lines, _action_of(act, drive, form), by=request.user)
    done = f"{BULK_ACT_RULES[act].done} {len(lines) - len(refused)} โรงเรียน"
    if refused:
        return _page(request, drive, act, refused, form, done=done)
    return redirect_with_message(request, done, "agreements", year)


def _lines(request: SignedInRequest, drive: QualityDrive, act: AgreementBulkAct) -> list[BulkLine]:
    """The schools asked for whose turn the act is, as far as the person may do it there."""
    rule, today = BULK_ACT_RULES[act], timezone.localdate()
    if request.method == "POST" or "all" not in request.GET:
        sent = request.POST if request.method == "POST" else request.GET
        chosen = set(sent.getlist("school"))
        rows = load_agreement_rows(request.user, drive, today)
        rows = [row for row in rows if str(row.school.pk) in chosen]
    else:
        rows = load_agreement_register(request.user, drive, request.GET.dict(), today).shown
    rows = [row for row in rows if row.stage == rule.stage and _may_act(request.user, act, row)]
    counts = load_summary_counts([row.current for row in rows if row.current])
    return [BulkLine(row, counts.get(row.current.pk) if row.current else None) for row in rows]


def _may_act(user: User, act: AgreementBulkAct, row: AgreementRow) -> bool:
    if act == AgreementBulkAct.SIGN:
        return can(user, Permission.SIGN_AGREEMENT)
    return row.may_edit


def load_summary_counts(agreements: Iterable[Agreement]) -> dict[int, AgreementSummaryCounts]:
    """The numbers of each agreement by its key, in two queries."""
    keys = [one.pk for one in agreements]
    rows = AgreementTarget.objects.filter(agreement__in=keys).order_by().values_list("agreement")
    counted = rows.annotate(
        targets=Count("pk"),
        rising=Count("pk", filter=Q(target__gt=F("baseline"))),
        unknown=Count("pk", filter=Q(baseline=None)),
    )
    promised = AgreementSupport.objects.filter(agreement__in=keys).order_by()
    supports = dict(promised.values_list("agreement").annotate(Count("pk")))
    found = {key: (targets, rising, unknown) for key, targets, rising, unknown in counted}
    return {
        key: AgreementSummaryCounts(*found.get(key, (0, 0, 0)), supports.get(key, 0))
        for key in keys
    }


def _action_of(
    act: AgreementBulkAct, drive: QualityDrive, form: AgreementBulkDraftForm | None
) -> Callable[[AgreementRow, User], object]:
    """What is done for one school."""
    if form is not None:
        design, support = load_design(drive), form.promised()
        words = form.cleaned_data["intentions"]
        return lambda row, by: draft_agreement(
            design, row.school, by=by, intentions=words, support=support
        )
    if act == AgreementBulkAct.PROPOSE:
        return lambda row, by: propose_agreement(_version(row), by=by)
    return lambda row, by: sign_agreement(_version(row), by=by)


def _version(row: AgreementRow) -> Agreement:
    """The version that the row is about, with what its action asks for."""
    if row.current is None:
        raise ActionRefused("ยังไม่มีร่างบันทึกข้อตกลงของโรงเรียนนี้")
    return Agreement.objects.select_related("school", "drive__academic_year").get(pk=row.current.pk)


def _do_all(
    lines: Sequence[BulkLine], action: Callable[[AgreementRow, User], object], *, by: User
) -> list[BulkLine]:
    """Do it for each school in a transaction of its own; returns those refused, with the reason."""
    refused = []
    for line in lines:
        try:
            action(line.row, by)
        except ActionRefused as refusal:
            reasons = "; ".join([str(refusal), *map(str, refusal.missing)])
            refused.append(BulkLine(line.row, line.counts, reasons))
    return refused


def _page(
    request: SignedInRequest,
    drive: QualityDrive,
    act: AgreementBulkAct,
    lines: Sequence[BulkLine],
    form: AgreementBulkDraftForm | None,
    done: str = "",
) -> HttpResponse:
    context = {
        "drive": drive,
        "year": drive.academic_year.year,
        "act": act,
        "rule": BULK_ACT_RULES[act],
        "lines": lines,
        "form": form,
        "done": done,
    }
    return render(request, "quality_drive/agreements/bulk.html", context)
