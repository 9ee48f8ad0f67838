"""The papers of step 4: the plan, and of each visit its letter, its blank form and its record."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from reports.papers.blank_form import OBSERVATION_FORM_NAME
from reports.papers.filled_forms import visit_paper
from reports.papers.letters import LetterPaper
from reports.papers.mentoring_record import (
    MentoringPaper,
    make_mentoring_paper,
    may_read_mentoring,
)
from reports.papers.notice_actions import is_notice_outdated
from reports.papers.office_paper import DRAFT_WORD
from reports.papers.paper_rows import RoundPaper, blank_paper, missing_paper, on_day
from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import User
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import ReadableVisit, visits_visible_to


def visit_papers(round_: Round, reader: User) -> Iterator[RoundPaper]:
    """Of each visit its letter, the blank form as long as nothing is signed, and the record."""
    visits = visits_visible_to(reader).filter(round=round_).select_related("notice")
    found = list(visits.prefetch_related("team").order_by("number", "version"))
    yield _plan(round_)
    if not found:
        yield missing_paper("แบบ 7.3 แบบนิเทศ ติดตาม และสรุปผล", "ยังไม่มีนัดหมายการนิเทศ")
    for visit in found:
        visit.round = round_
        if not visit.is_cancelled:
            yield from _papers_of_visit(visit, reader)
        elif visit.version == 1:
            why = on_day("นัด", visit.visit_on)
            yield RoundPaper(visit.label, StatusKind.IDLE, "ยกเลิก", why, page_url=_page(visit))


def _plan(round_: Round) -> RoundPaper:
    """Of the whole term, as far as the reader sees its schools."""
    url = f"{reverse('supervision_plan')}?term={round_.term_id}"
    title, detail = "แผนและปฏิทินการนิเทศของภาคเรียน", "ตามนัดหมายที่คุณเห็นในวันที่พิมพ์"
    return RoundPaper(title, StatusKind.IDLE, "ตามวันที่พิมพ์", detail, url)


def _papers_of_visit(visit: ReadableVisit, reader: User) -> Iterator[RoundPaper]:
    if visit.version == 1:
        yield _letter(visit, reader)
    if visit.round.has_criteria and not visit.judges_no_school and not visit.is_signed:
        title = f"แบบ 7.3 สำหรับกรอกด้วยมือ {visit.label}"
        yield blank_paper(title, reverse("visit_form", args=[visit.pk]))
    yield _record(visit, reader)


def _letter(visit: ReadableVisit, reader: User) -> RoundPaper:
    """As `readable_notices` gives it; a letter that nobody has saved is in no bundle."""
    title = f"หนังสือแจ้ง{visit.label} วันที่ {short_date(visit.visit_on)}"
    url = reverse("visit_notice_paper", args=[visit.pk])
    notice = getattr(visit, "notice", None)
    if notice is None and can(reader, Permission.RECORD_VISIT, visit.round.school_id):
        why = "ระบบร่างจากนัดหมาย ยังไม่บันทึก"
        return RoundPaper(title, StatusKind.WAITING, DRAFT_WORD, why, url)
    if notice is None or not notice.is_visible_to(reader):
        return missing_paper(title, "กลุ่มนิเทศฯ ยังไม่ส่งหนังสือแจ้ง")
    if is_notice_outdated(notice):
        return RoundPaper(title, StatusKind.WAITING, "รอแก้ไข", "นัดหมายเปลี่ยนหลังทำหนังสือ")
    return RoundPaper(
        title,
        StatusKind.DONE if notice.is_sent else StatusKind.WAITING,
        "ส่งแล้ว" if notice.is_sent else DRAFT_WORD,
        on_day("ส่ง", notice.sent_at),
        url,
        make=partial(LetterPaper, [notice]),
    )


def _record(visit: ReadableVisit, reader: User) -> RoundPaper:
    if visit.is_mentoring:
        return _mentoring_record(visit, reader)
    form = OBSERVATION_FORM_NAME if visit.is_observation else "แบบ 7.3"
    title = f"{form} {visit.label}"
    if visit.sheet_id is None:
        return missing_paper(title, "ยังไม่เริ่มบันทึก", _page(visit))
    if not visit.is_record_visible:
        return missing_paper(title, "อ่านได้เมื่อหัวหน้าคณะนิเทศลงนามแล้ว", _page(visit))
    return RoundPaper(
        title,
        StatusKind.DONE if visit.is_signed else StatusKind.WAITING,
        "ลงนามแล้ว" if visit.is_signed else DRAFT_WORD,
        _signed_when(visit),
        reverse("visit_filled_form", args=[visit.pk]),
        _page(visit),
        partial(visit_paper, visit, reader=reader),
    )


def _mentoring_record(visit: ReadableVisit, reader: User) -> RoundPaper:
    title = f"{MentoringPaper.name} {visit.label}"
    if visit.state == VisitState.PLANNED:
        return missing_paper(title, "ยังไม่เริ่มบันทึก", _page(visit))
    if not may_read_mentoring(visit, reader):
        return missing_paper(title, "อ่านได้เมื่อหัวหน้าคณะนิเทศลงนามแล้ว", _page(visit))
    return RoundPaper(
        title,
        StatusKind.DONE if visit.is_signed else StatusKind.WAITING,
        "ลงนามแล้ว" if visit.is_signed else DRAFT_WORD,
        _signed_when(visit),
        reverse("mentoring_paper", args=[visit.pk]),
        _page(visit),
        partial(make_mentoring_paper, visit),
    )


def _signed_when(visit: Visit) -> str:
    if not visit.is_signed:
        return "หัวหน้าคณะนิเทศยังไม่ลงนาม"
    acknowledged = on_day("โรงเรียนรับทราบ", visit.acknowledged_at) or "โรงเรียนยังไม่รับทราบ"
    return f"{on_day('ลงนาม', visit.signed_at)} · {acknowledged}"


def _page(visit: Visit) -> str:
    return visit.get_absolute_url()
