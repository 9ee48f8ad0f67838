"""The memo that forwards a report, as the system drafts it from the report's figures."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from reports.data.drive_headlines import drive_headlines
from reports.data.headlines import (
    Headline,
    HeadlineSection,
    live_summary_headlines,
    live_year_headlines,
    summary_headlines,
    term_headlines,
    year_headlines,
)
from reports.data.quality_drive import drive_report
from reports.data.summary import load_summary_source
from reports.data.term import term_report
from reports.memos.models import Memo
from reports.models import IssuedDocument
from reports.queries import area_of
from schools.models.people import signature_lines


def drafted_memo(document: IssuedDocument) -> Memo:
    """A memo that is not saved yet; what the office must supply is left empty.

    It proposes a report that waits for its signature, and reports one that is signed.
    """
    area, name = area_of(document), str(document)
    signed = document.is_issued
    return Memo(
        document=document,
        office_unit=f"{area.group_name} {area.name}",
        subject=name if signed else f"เสนอลงนาม{name}",
        addressee=f"ผู้อำนวยการ{area.name}",
        enclosures=f"{name} จำนวน 1 เล่ม",
        background=f"ตามที่{area.group_name} {_work(document)} {_covered(document)} นั้น",
        facts="\n".join(_facts(document, timezone.localdate())),
        proposal="\n".join(_proposals(signed)),
        closing=f"จึงเรียนมาเพื่อโปรด{'ทราบ' if signed else 'พิจารณา'}",
        signer_name=str(document.prepared_by),
        signer_post="\n".join(_post_lines(document)),
    )


def _work(document: IssuedDocument) -> str:
    if document.drive:
        return f"ดำเนินการขับเคลื่อนคุณภาพการศึกษาตามรูปแบบ {document.drive.model_name}"
    return "ดำเนินการนิเทศ ติดตาม และประเมินผลการจัดการศึกษาตามขั้นตอนการนิเทศ 7 ขั้น"


def _covered(document: IssuedDocument) -> str:
    if document.drive:
        return document.subject
    year = document.academic_year
    return f"ปีการศึกษา {year}" if year else f"ของ{document.subject}"


def _post_lines(document: IssuedDocument) -> list[str]:
    """Those of who put the report forward; none where the name is the post."""
    if document.prepared_as in str(document.prepared_by):
        return []
    return signature_lines(document.prepared_as)


def _proposals(signed: bool) -> list[str]:
    if signed:
        return ["เห็นควรรายงานผลให้ทราบ และนำข้อค้นพบไปใช้วางแผนการนิเทศต่อไป"]
    return ["เห็นควรพิจารณาลงนามในรายงานดังกล่าว และแจ้งผลให้โรงเรียนที่เกี่ยวข้องทราบ"]


# --- Facts: what the report says at a glance ---


def _facts(document: IssuedDocument, today: date) -> Iterator[str]:
    yield f"กลุ่มนิเทศฯ ได้จัดทำ{document} เลขที่ {document.number} เรียบร้อยแล้ว สรุปได้ดังนี้"
    sections = _frozen_headlines(document) if document.is_issued else _headlines(document, today)
    for section in sections:
        said = [_in_words(headline) for headline in section.figures if _is_stated(headline)]
        if said and not section.in_brief:
            of_term = f"{section.title} มี" if section.title.startswith("ภาคเรียน") else ""
            yield of_term + " ".join(said)


def _is_stated(headline: Headline) -> bool:
    """Counts and words; means stand in the report, with what they are of."""
    return bool(headline.value) and not isinstance(headline.value, Decimal)


def _in_words(headline: Headline) -> str:
    if not isinstance(headline.value, int):
        return f"{headline.label} {headline.value}"
    return f"{headline.label} จำนวน {headline.value} {headline.unit}"


def _frozen_headlines(document: IssuedDocument) -> Iterable[HeadlineSection]:
    figures = document.frozen["figures"]
    if figures["kind"] == "term":
        return term_headlines(figures)
    if figures["kind"] == "summary":
        return summary_headlines(figures)
    if figures["kind"] == "drive":
        return drive_headlines(figures)
    return year_headlines(figures)


def _headlines(document: IssuedDocument, today: date) -> Iterable[HeadlineSection]:
    """As the figures are today: those of the day of signing may differ."""
    if document.round:
        return term_headlines(term_report(document.round))
    if document.term:
        return live_summary_headlines(load_summary_source(document.term, document.cluster))
    if document.drive:
        return drive_headlines(drive_report(document.drive))
    return live_year_headlines(document.academic_year, today) if document.academic_year else []
