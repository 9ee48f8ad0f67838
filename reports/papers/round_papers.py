"""Every paper of one round in the order of the seven steps, as far as one reader may open it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.db.models.fields.files import FieldFile
from django.urls import reverse

from reports.certificates.queries import certificate_rows
from reports.models import IssuedDocument
from reports.papers.criteria_form import indicator_set_paper
from reports.papers.decision_record import decision_paper
from reports.papers.filled_forms import self_assessment_paper, visit_paper
from reports.papers.letters import LetterPaper, readable_notices
from reports.papers.models import VisitNotice
from reports.papers.needs_forms import needs_paper
from reports.papers.notice_actions import is_notice_outdated
from reports.papers.office_paper import DRAFT_WORD, OfficePaper
from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import User
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import SelfAssessment
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.improvement.enums import SummaryState
from supervision.improvement.models import Summary
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign
from supervision.needs.queries import get_campaign_answer
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import ReadableVisit, visits_visible_to

NONE_YET = "ยังไม่มี"


@dataclass(frozen=True)
class RoundPaper:
    """One paper: how far it is, and where it opens; without `url` there is none for the reader.

    `detail` says when it came so far, or why there is none. A paper that is drawn on request has
    `make`, one that was issued its `file`; what is in no bundle of a school's papers, like a blank
    form, has neither. `page_url` is the page of its record in the portal.
    """

    title: str
    kind: StatusKind
    word: str
    detail: str = ""
    url: str = ""
    page_url: str = ""
    make: Callable[[], OfficePaper] | None = None
    file: FieldFile | None = None


class StepPapers(NamedTuple):
    """The papers of one of the seven steps."""

    step: CycleStep
    papers: Sequence[RoundPaper]


def papers_of_round(round_: Round, reader: User) -> list[StepPapers]:
    """All seven steps, in a constant number of queries; the reader sees the round."""
    sources: dict[CycleStep, Callable[[Round, User], Iterator[RoundPaper]]] = {
        CycleStep.NEEDS: _needs,
        CycleStep.CRITERIA: _criteria,
        CycleStep.SELF_ASSESSMENT: _self_assessments,
        CycleStep.VISIT: _visits,
        CycleStep.DECISION: _decision_and_practices,
        CycleStep.SUMMARY: _summary,
        CycleStep.REPORT: _reports,
    }
    return [StepPapers(step, list(papers(round_, reader))) for step, papers in sources.items()]


def _missing(title: str, why: str, page_url: str = "") -> RoundPaper:
    return RoundPaper(title, StatusKind.IDLE, NONE_YET, why, page_url=page_url)


def _blank(title: str, url: str) -> RoundPaper:
    return RoundPaper(title, StatusKind.IDLE, "แบบเปล่า", "พิมพ์เพื่อกรอกด้วยมือ", url)


def _on(verb: str, at: datetime | date | None) -> str:
    return f"{verb}เมื่อ {short_date(at)}" if at else ""


# --- Step 1 ---


def _needs(round_: Round, reader: User) -> Iterator[RoundPaper]:
    title = "แบบ 7.1 แบบสำรวจสภาพปัญหาและความต้องการ"
    campaign = NeedsCampaign.objects.covering(round_.term)
    if campaign is None:
        yield _missing(title, "ยังไม่เปิดแบบสำรวจของภาคเรียนนี้")
        return
    page_url = reverse("needs", args=[round_.pk])
    survey = get_campaign_answer(campaign, round_)
    if survey is None:
        yield _missing(title, "โรงเรียนยังไม่เริ่มกรอก", page_url)
        yield _blank("แบบ 7.1 สำหรับกรอกด้วยมือ", reverse("round_needs_form", args=[round_.pk]))
        return
    is_sent = survey.state == SurveyState.SUBMITTED
    yield RoundPaper(
        title,
        StatusKind.DONE if is_sent else StatusKind.WAITING,
        survey.get_state_display() if is_sent else DRAFT_WORD,
        _on("ส่ง", survey.submitted_at) if is_sent else "โรงเรียนยังไม่ส่ง",
        reverse("needs_paper", args=[round_.pk]),
        page_url,
        partial(needs_paper, survey),
    )


# --- Step 2 ---


def _criteria(round_: Round, reader: User) -> Iterator[RoundPaper]:
    sets = IndicatorSet.objects.visible_to(reader).filter(rounds=round_)
    found = list(sets.select_related("scale", "endorsed_by"))
    if not found:
        yield _missing("แบบ 7.2 เกณฑ์และตัวชี้วัด", "รอบนี้ยังไม่กำหนดชุดตัวชี้วัด")
    for chosen in found:
        is_endorsed = chosen.state in (SetState.APPROVED, SetState.RETIRED)
        yield RoundPaper(
            f"แบบ 7.2 {chosen}",
            StatusKind.DONE if is_endorsed else StatusKind.WAITING,
            chosen.get_state_display(),
            _on("เห็นชอบ", chosen.endorsed_at),
            reverse("indicator_set_paper", args=[chosen.pk]),
            chosen.get_absolute_url(),
            partial(indicator_set_paper, chosen),
        )


# --- Step 3 ---


def _self_assessments(round_: Round, reader: User) -> Iterator[RoundPaper]:
    rows = SelfAssessment.objects.visible_to(reader).filter(round=round_)
    found = list(rows.select_related("confirmed_by", "sheet").order_by("version"))
    if not found:
        yield _missing("แบบประเมินตนเองของสถานศึกษา", "โรงเรียนยังไม่เริ่มประเมินตนเอง")
    for assessment in found:
        assessment.round = round_
        is_confirmed = assessment.state == SelfAssessmentState.CONFIRMED
        is_draft = assessment.state == SelfAssessmentState.DRAFT
        yield RoundPaper(
            f"แบบประเมินตนเองของสถานศึกษา ฉบับที่ {assessment.version}",
            StatusKind.DONE if is_confirmed else StatusKind.WAITING,
            DRAFT_WORD if is_draft else assessment.get_state_display(),
            _on("ยืนยัน", assessment.confirmed_at) or "ผู้อำนวยการโรงเรียนยังไม่ยืนยัน",
            reverse("self_assessment_filled_form", args=[assessment.pk]),
            assessment.get_absolute_url(),
            partial(self_assessment_paper, assessment),
        )


# --- Step 4 ---


def _visits(round_: Round, reader: User) -> Iterator[RoundPaper]:
    """Of each visit its letter, the blank form as long as nothing is signed, and the record."""
    visits = visits_visible_to(reader).filter(round=round_).prefetch_related("team")
    found = list(visits.order_by("number", "version"))
    letters = readable_notices(reader, Visit.objects.visible_to(reader).filter(round=round_))
    notices = {letter.visit_id: letter for letter in letters}
    yield _plan(round_)
    if not found:
        yield _missing("แบบ 7.3 แบบนิเทศ ติดตาม และสรุปผล", "ยังไม่มีนัดหมายการนิเทศ")
    for visit in found:
        if not visit.is_cancelled:
            yield from _papers_of_visit(visit, round_, reader, notices.get(visit.pk))
        elif visit.version == 1:
            why = _on("นัด", visit.visit_on)
            yield RoundPaper(visit.label, StatusKind.IDLE, "ยกเลิก", why, page_url=_page(visit))


def _plan(round_: Round) -> RoundPaper:
    """Of the whole term, as far as the reader sees its schools."""
    url = f"{reverse('supervision_plan')}?term={round_.term_id}"
    title, detail = "แผนและปฏิทินการนิเทศของภาคเรียน", "ตามนัดหมายที่คุณเห็นในวันที่พิมพ์"
    return RoundPaper(title, StatusKind.IDLE, "ตามวันที่พิมพ์", detail, url)


def _papers_of_visit(
    visit: ReadableVisit, round_: Round, reader: User, notice: VisitNotice | None
) -> Iterator[RoundPaper]:
    if visit.version == 1:
        yield _letter(visit, notice)
    if round_.has_criteria and not visit.is_observation and not visit.is_signed:
        title = f"แบบ 7.3 สำหรับกรอกด้วยมือ {visit.label}"
        yield _blank(title, reverse("visit_form", args=[visit.pk]))
    yield _record(visit, reader)


def _letter(visit: ReadableVisit, notice: VisitNotice | None) -> RoundPaper:
    title = f"หนังสือแจ้ง{visit.label} วันที่ {short_date(visit.visit_on)}"
    if notice is None:
        return _missing(title, "กลุ่มนิเทศฯ ยังไม่ส่งหนังสือแจ้ง")
    if is_notice_outdated(notice):
        return RoundPaper(title, StatusKind.WAITING, "รอแก้ไข", "นัดหมายเปลี่ยนหลังทำหนังสือ")
    return RoundPaper(
        title,
        StatusKind.DONE if notice.is_sent else StatusKind.WAITING,
        "ส่งแล้ว" if notice.is_sent else DRAFT_WORD,
        _on("ส่ง", notice.sent_at) if notice.pk else "ระบบร่างจากนัดหมาย ยังไม่บันทึก",
        reverse("visit_notice_paper", args=[visit.pk]),
        make=partial(LetterPaper, [notice]) if notice.pk else None,
    )


def _record(visit: ReadableVisit, reader: User) -> RoundPaper:
    form = "แบบสังเกตชั้นเรียน" if visit.is_observation else "แบบ 7.3"
    title = f"{form} {visit.label}"
    if visit.sheet_id is None:
        return _missing(title, "ยังไม่เริ่มบันทึก", _page(visit))
    if not visit.is_record_visible:
        return _missing(title, "อ่านได้เมื่อหัวหน้าคณะนิเทศลงนามแล้ว", _page(visit))
    return RoundPaper(
        title,
        StatusKind.DONE if visit.is_signed else StatusKind.WAITING,
        "ลงนามแล้ว" if visit.is_signed else DRAFT_WORD,
        _signed_when(visit),
        reverse("visit_filled_form", args=[visit.pk]),
        _page(visit),
        partial(visit_paper, visit, reader=reader),
    )


def _signed_when(visit: Visit) -> str:
    if not visit.is_signed:
        return "หัวหน้าคณะนิเทศยังไม่ลงนาม"
    acknowledged = _on("โรงเรียนรับทราบ", visit.acknowledged_at) or "โรงเรียนยังไม่รับทราบ"
    return f"{_on('ลงนาม', visit.signed_at)} · {acknowledged}"


def _page(visit: Visit) -> str:
    return visit.get_absolute_url()


# --- Steps 5 and 6 ---


def _decision_and_practices(round_: Round, reader: User) -> Iterator[RoundPaper]:
    yield _decision(round_, reader)
    practices = GoodPractice.objects.visible_to(reader).filter(round=round_).order_by("pk")
    for practice in practices:
        is_open = practice.state == PracticeState.NOMINATED
        yield RoundPaper(
            f"วิธีปฏิบัติที่เป็นเลิศ {practice}",
            StatusKind.WAITING if is_open else StatusKind.DONE,
            practice.get_state_display(),
            _on("คัดเลือก", practice.selected_at),
            page_url=practice.get_absolute_url(),
        )
    for certificate in certificate_rows(reader).issued().filter(practice__round=round_):
        yield RoundPaper(
            f"{certificate} {certificate.title}",
            StatusKind.DONE,
            certificate.get_state_display(),
            _on("ลงนาม", certificate.issued_at),
            reverse("certificate_paper", args=[certificate.pk]),
            certificate.get_absolute_url(),
        )


def _decision(round_: Round, reader: User) -> RoundPaper:
    title, page_url = "บันทึกผลการพิจารณา", reverse("decision", args=[round_.pk])
    rows = Decision.objects.visible_to(reader).filter(round=round_).select_related("decided_by")
    decision = rows.first()
    if decision is None:
        return _missing(title, "ยังไม่ได้พิจารณาผลของรอบนี้", page_url)
    decision.round = round_
    return RoundPaper(
        f"{title} ({decision.get_state_display()})",
        StatusKind.DONE,
        "บันทึกแล้ว",
        _on("บันทึก", decision.decided_at),
        reverse("decision_paper", args=[round_.pk]),
        page_url,
        partial(decision_paper, decision),
    )


def _summary(round_: Round, reader: User) -> Iterator[RoundPaper]:
    title = "สรุปจุดเด่น จุดควรพัฒนา และข้อเสนอแนะ"
    summary = Summary.objects.visible_to(reader).filter(round=round_).first()
    if summary is None:
        yield _missing(title, "ยังไม่เริ่มสรุปผลของรอบนี้")
        return
    is_agreed = summary.state == SummaryState.AGREED
    yield RoundPaper(
        title,
        StatusKind.DONE if is_agreed else StatusKind.WAITING,
        summary.get_state_display() if is_agreed else DRAFT_WORD,
        _on("เห็นชอบ", summary.agreed_at) if is_agreed else summary.get_state_display(),
        page_url=summary.get_absolute_url(),
    )


# --- Step 7 ---


def _reports(round_: Round, reader: User) -> Iterator[RoundPaper]:
    """Each version in force or on its way, as far as the register shows it to the reader."""
    rows = IssuedDocument.objects.visible_to(reader).filter(round=round_).not_discarded()
    found = list(rows.with_is_replaced().defer("snapshot").order_by("version"))
    if not found:
        yield _missing("รายงานผลการนิเทศรายภาคเรียน", "ยังไม่มีรายงานที่ลงนามแล้ว")
    for document in found:
        yield _report(document)


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
        f"{_on('ลงนาม', document.issued_at)}{replaced}",
        reverse("report_file", args=[document.pk]) if document.file else "",
        page_url,
        file=document.file or None,
    )
