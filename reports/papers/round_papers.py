"""Every paper of one round in the order of the seven steps, as far as one reader may open it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from reports.certificates.models import Certificate
from reports.certificates.paper import CertificatePaper
from reports.certificates.queries import certificate_rows
from reports.memos.paper import MemoPaper
from reports.models import IssuedDocument
from reports.papers.criteria_form import indicator_set_paper
from reports.papers.decision_record import decision_paper
from reports.papers.filled_forms import self_assessment_paper
from reports.papers.needs_forms import needs_paper
from reports.papers.office_paper import DRAFT_WORD
from reports.papers.paper_rows import RoundPaper, blank_paper, missing_paper, on_day
from reports.papers.practice_record import practice_paper
from reports.papers.report_paper import ReportPaper
from reports.papers.summary_record import summary_paper
from reports.papers.visit_papers import visit_papers
from reports.profiles.paper import SchoolProfilePaper, school_profile_paper
from reports.quality_drive.agreement_paper import make_agreement_paper
from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import User
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import SelfAssessment
from supervision.criteria.models import IndicatorSet
from supervision.improvement.enums import SummaryState
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign
from supervision.needs.queries import get_campaign_answer
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.quality_drive.agreements.queries import find_agreement_of_year
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round


def rounds_with_papers(user: User) -> QuerySet[Round]:
    """Rounds that the person sees, with what their papers say of them."""
    return Round.objects.visible_to(user).select_related(
        "school__area",
        "term__academic_year__area",
        "decision__decided_by",
        "decision__meeting",
        "summary__agreed_by",
    )


class StepPapers(NamedTuple):
    """The papers of one of the seven steps."""

    step: CycleStep
    papers: Sequence[RoundPaper]


def papers_of_round(round_: Round, reader: User) -> list[StepPapers]:
    """All seven steps, in a constant number of queries; the reader sees the round."""
    sources: dict[CycleStep, Callable[[Round, User], Iterator[RoundPaper]]] = {
        CycleStep.NEEDS: _profile_and_needs,
        CycleStep.CRITERIA: _criteria_and_agreement,
        CycleStep.SELF_ASSESSMENT: _self_assessments,
        CycleStep.VISIT: visit_papers,
        CycleStep.DECISION: _decision_and_practices,
        CycleStep.SUMMARY: _summary,
        CycleStep.REPORT: _reports,
    }
    return [StepPapers(step, list(papers(round_, reader))) for step, papers in sources.items()]


# --- Step 1 ---


def _profile_and_needs(round_: Round, reader: User) -> Iterator[RoundPaper]:
    yield _profile(round_, reader)
    yield from _needs(round_)


def _profile(round_: Round, reader: User) -> RoundPaper:
    """As the school is known today: no part of what is bundled of a term gone by."""
    school = round_.school_id
    goes_on = round_.term.closes_on > timezone.localdate()
    make = partial(school_profile_paper, school, reader=reader)
    return RoundPaper(
        SchoolProfilePaper.name,
        StatusKind.IDLE,
        "ข้อมูลวันนี้",
        "พิมพ์ตามข้อมูล ณ วันที่พิมพ์ 1 หน้า",
        reverse("school_profile_paper", args=[school]),
        reverse("school_profile", args=[school]),
        make if goes_on and round_.number == 1 else None,
    )


def _needs(round_: Round) -> Iterator[RoundPaper]:
    title = "แบบ 7.1 แบบสำรวจสภาพปัญหาและความต้องการ"
    campaign = NeedsCampaign.objects.covering(round_.term)
    if campaign is None:
        yield missing_paper(title, "ยังไม่เปิดแบบสำรวจของภาคเรียนนี้")
        return
    page_url = reverse("needs", args=[round_.pk])
    survey = get_campaign_answer(campaign, round_)
    if survey is None:
        yield missing_paper(title, "โรงเรียนยังไม่เริ่มกรอก", page_url)
        yield blank_paper("แบบ 7.1 สำหรับกรอกด้วยมือ", reverse("round_needs_form", args=[round_.pk]))
        return
    is_sent = survey.state == SurveyState.SUBMITTED
    yield RoundPaper(
        title,
        StatusKind.DONE if is_sent else StatusKind.WAITING,
        survey.get_state_display() if is_sent else DRAFT_WORD,
        on_day("ส่ง", survey.submitted_at) if is_sent else "โรงเรียนยังไม่ส่ง",
        reverse("needs_paper", args=[round_.pk]),
        page_url,
        partial(needs_paper, survey),
    )


# --- Step 2 ---


def _criteria_and_agreement(round_: Round, reader: User) -> Iterator[RoundPaper]:
    yield from _criteria(round_, reader)
    yield from _agreement(round_, reader)


def _agreement(round_: Round, reader: User) -> Iterator[RoundPaper]:
    """The targets of the year's quality drive; none to show where the school has no agreement.

    A bundle has it once, with the first round of the term.
    """
    year = round_.term.academic_year
    agreement = find_agreement_of_year(round_.school, year, reader)
    if agreement is None:
        return
    yield RoundPaper(
        f"บันทึกข้อตกลงการขับเคลื่อนคุณภาพการศึกษา ปีการศึกษา {year}{agreement.suffix}",
        agreement.pill,
        agreement.get_state_display() if agreement.is_in_force else DRAFT_WORD,
        on_day("ลงนามครบสองฝ่าย", agreement.signed_at) or agreement.get_state_display(),
        reverse("agreement_paper", args=[agreement.pk]),
        agreement.get_absolute_url(),
        partial(make_agreement_paper, agreement) if round_.number == 1 else None,
    )


def _criteria(round_: Round, reader: User) -> Iterator[RoundPaper]:
    sets = IndicatorSet.objects.visible_to(reader).filter(rounds=round_)
    found = list(sets.select_related("scale", "endorsed_by", "meeting"))
    if not found:
        yield missing_paper("แบบ 7.2 เกณฑ์และตัวชี้วัด", "รอบนี้ยังไม่กำหนดชุดตัวชี้วัด")
    for chosen in found:
        yield RoundPaper(
            f"แบบ 7.2 {chosen}",
            StatusKind.DONE if chosen.is_endorsed else StatusKind.WAITING,
            chosen.get_state_display(),
            on_day("เห็นชอบ", chosen.endorsed_at),
            reverse("indicator_set_paper", args=[chosen.pk]),
            chosen.get_absolute_url(),
            partial(indicator_set_paper, chosen),
        )


# --- Step 3 ---


def _self_assessments(round_: Round, reader: User) -> Iterator[RoundPaper]:
    rows = SelfAssessment.objects.visible_to(reader).filter(round=round_)
    found = list(rows.select_related("confirmed_by", "sheet").order_by("version"))
    if not found:
        yield missing_paper("แบบประเมินตนเองของสถานศึกษา", "โรงเรียนยังไม่เริ่มประเมินตนเอง")
    for assessment in found:
        assessment.round = round_
        is_confirmed = assessment.state == SelfAssessmentState.CONFIRMED
        is_draft = assessment.state == SelfAssessmentState.DRAFT
        yield RoundPaper(
            f"แบบประเมินตนเองของสถานศึกษา ฉบับที่ {assessment.version}",
            StatusKind.DONE if is_confirmed else StatusKind.WAITING,
            DRAFT_WORD if is_draft else assessment.get_state_display(),
            on_day("ยืนยัน", assessment.confirmed_at) or "ผู้อำนวยการโรงเรียนยังไม่ยืนยัน",
            reverse("self_assessment_filled_form", args=[assessment.pk]),
            assessment.get_absolute_url(),
            partial(self_assessment_paper, assessment),
        )


# --- Steps 5 and 6 ---


def _decision_and_practices(round_: Round, reader: User) -> Iterator[RoundPaper]:
    yield _decision(round_)
    practices = GoodPractice.objects.visible_to(reader).filter(round=round_)
    for practice in practices.select_related("nominated_by", "selected_by").order_by("pk"):
        practice.round = round_
        is_open = practice.state == PracticeState.NOMINATED
        yield RoundPaper(
            f"วิธีปฏิบัติที่เป็นเลิศ {practice}",
            StatusKind.WAITING if is_open else StatusKind.DONE,
            practice.get_state_display(),
            on_day("คัดเลือก", practice.selected_at),
            reverse("practice_paper", args=[practice.pk]),
            practice.get_absolute_url(),
            partial(practice_paper, practice, reader=reader),
        )
    given = certificate_rows(reader).issued().filter(practice__round=round_)
    yield from (_certificate(one) for one in given.order_by("year", "number"))


def _certificate(certificate: Certificate) -> RoundPaper:
    return RoundPaper(
        f"{certificate} {certificate.title}",
        StatusKind.DONE,
        certificate.get_state_display(),
        f"ให้ไว้ ณ วันที่ {short_date(certificate.given_on)}",
        reverse("certificate_paper", args=[certificate.pk]),
        certificate.get_absolute_url(),
        partial(CertificatePaper, [certificate]),
    )


def _decision(round_: Round) -> RoundPaper:
    title, page_url = "บันทึกผลการพิจารณา", reverse("decision", args=[round_.pk])
    decision = getattr(round_, "decision", None)
    if decision is None:
        return missing_paper(title, "ยังไม่ได้พิจารณาผลของรอบนี้", page_url)
    return RoundPaper(
        f"{title} ({decision.get_state_display()})",
        StatusKind.DONE,
        "บันทึกแล้ว",
        on_day("บันทึก", decision.decided_at),
        reverse("decision_paper", args=[round_.pk]),
        page_url,
        partial(decision_paper, decision),
    )


def _summary(round_: Round, reader: User) -> Iterator[RoundPaper]:
    title = "สรุปจุดเด่น จุดควรพัฒนา และข้อเสนอแนะ"
    summary = getattr(round_, "summary", None)
    if summary is None:
        yield missing_paper(title, "ยังไม่เริ่มสรุปผลของรอบนี้")
        return
    shown = summary.version_for(reader)
    is_agreed = shown is not summary or summary.state == SummaryState.AGREED
    yield RoundPaper(
        title,
        StatusKind.DONE if is_agreed else StatusKind.WAITING,
        SummaryState.AGREED.label if is_agreed else DRAFT_WORD,
        on_day("เห็นชอบ", shown.agreed_at) if is_agreed else summary.get_state_display(),
        reverse("summary_paper", args=[summary.pk]),
        summary.get_absolute_url(),
        partial(summary_paper, summary, reader=reader),
    )


# --- Step 7 ---


def _reports(round_: Round, reader: User) -> Iterator[RoundPaper]:
    """Each version in force or on its way, as far as the register shows it to the reader."""
    rows = IssuedDocument.objects.visible_to(reader).filter(round=round_).not_discarded()
    rows = rows.with_is_replaced().defer("snapshot").select_related("memo")
    found = list(rows.order_by("version"))
    if not found:
        yield missing_paper("รายงานผลการนิเทศรายภาคเรียน", "ยังไม่มีรายงานที่ลงนามแล้ว")
    sees_memos = can(reader, Permission.VIEW_REPORTS)
    for document in found:
        yield _report(document)
        if sees_memos:
            yield _memo(document)


def _report(document: IssuedDocument) -> RoundPaper:
    title = f"{document.get_kind_display()} เลขที่ {document.number}{document.revision}"
    page_url = document.get_absolute_url()
    if not document.is_issued:
        return RoundPaper(
            title, StatusKind.WAITING, DRAFT_WORD, document.get_state_display(), page_url=page_url
        )
    replaced = " · มีฉบับแก้ไขที่ใช้แทน" if document.is_replaced else ""
    return RoundPaper(
        title,
        StatusKind.DONE,
        "ลงนามแล้ว",
        f"{on_day('ลงนาม', document.issued_at)}{replaced}",
        reverse("report_file", args=[document.pk]) if document.file else "",
        page_url,
        partial(ReportPaper, document),
    )


def _memo(document: IssuedDocument) -> RoundPaper:
    """The office's own; it is signed by hand, so the portal knows only whether it was written."""
    memo = getattr(document, "memo", None)
    return RoundPaper(
        f"บันทึกข้อความนำส่งรายงาน เลขที่ {document.number}{document.revision}",
        StatusKind.IDLE if memo else StatusKind.WAITING,
        "ลงนามด้วยมือ" if memo else DRAFT_WORD,
        on_day("บันทึก", memo.updated_at) if memo else "ระบบร่างจากรายงาน ยังไม่บันทึก",
        reverse("memo_paper", args=[document.pk]),
        reverse("memo", args=[document.pk]),
        partial(MemoPaper, memo) if memo else None,
    )
