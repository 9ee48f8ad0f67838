"""What a report should have before it is put forward: what is there, what is missing and where.

Nothing of it refuses the report: the office may have its reasons, and sees what they cost.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from reports.composer.checklist_lines import ChecklistItem, ChecklistLine
from reports.composer.drive_checklist import drive_checklist
from reports.composer.markup import number_warnings
from reports.composer.models import Composition, CompositionPart
from reports.composer.outline import PARTS_WITH_FIGURES
from reports.composer.queries import composition_of_document, included_parts
from reports.composer.sources import TextSources, load_text_sources
from reports.interim import interim_reasons
from reports.models import INTERIM_TITLE, IssuedDocument
from reports.queries import rounds_without_report
from schools.core.status import StatusKind
from schools.models import AcademicYear
from supervision.practices.models import Decision


def report_checklist(composition: Composition, sources: TextSources) -> list[ChecklistLine]:
    """Of a year: term reports, meetings, texts, numbers, interim; of a term: schools, texts.

    Of a drive: what its steps lack, and texts.
    """
    parts = included_parts(composition)
    texts = [*_unwritten(parts), *_differing_numbers(parts, sources)]
    if year := composition.academic_year:
        return [*_term_reports(year), _meetings(year), *texts, *_interim(year)]
    if drive := composition.drive:
        return [*drive_checklist(drive), *texts]
    return [_unfinished(sources), *texts]


def document_checklist(document: IssuedDocument) -> list[ChecklistLine]:
    """The same for who is to sign or to put forward once more; nothing of a term report."""
    composition = composition_of_document(document)
    if composition is None:
        return []
    return report_checklist(composition, load_text_sources(composition))


def _unfinished(sources: TextSources) -> ChecklistLine:
    """The summary itself names the schools."""
    count = sources.numbers["unfinished"]
    if count.value == "0":
        return ChecklistLine(StatusKind.DONE, "ทุกโรงเรียนดำเนินการครบทุกขั้น")
    return ChecklistLine(StatusKind.LATE, f"ยังดำเนินการไม่ครบทุกขั้น {count.text}")


def _term_reports(year: AcademicYear) -> list[ChecklistLine]:
    """How many are issued, and the rounds that have none yet."""
    missing = rounds_without_report(year).order_by("term__opens_on", "school__sort_key")
    items = [ChecklistItem(str(row), reverse("term_report", args=[row.pk])) for row in missing]
    rows = IssuedDocument.objects.issued().filter(round__term__academic_year=year)
    issued = rows.values("round").distinct().count()
    if not items:
        return [ChecklistLine(StatusKind.DONE, f"ออกรายงานรายภาคเรียนครบ {issued} รอบ")]
    total = issued + len(items)
    return [
        ChecklistLine(StatusKind.WAITING, f"ออกรายงานรายภาคเรียนแล้ว {issued} จาก {total} รอบ"),
        ChecklistLine(StatusKind.LATE, f"ยังไม่ออกรายงานรายภาคเรียน {len(items)} รอบ", items),
    ]


def _meetings(year: AcademicYear) -> ChecklistLine:
    rows = Decision.objects.filter(round__term__academic_year=year)
    count = rows.order_by().values("meeting").distinct().count()
    if not count:
        return ChecklistLine(StatusKind.LATE, "ยังไม่มีการประชุม ก.ต.ป.น. ที่พิจารณาผลในปีนี้")
    return ChecklistLine(StatusKind.DONE, f"ประชุม ก.ต.ป.น. พิจารณาผล {count} ครั้ง")


def _interim(year: AcademicYear) -> list[ChecklistLine]:
    reasons = interim_reasons(year, timezone.localdate())
    if not reasons:
        return []
    text = f"จะใช้ชื่อ “{INTERIM_TITLE} {year}” เว้นแต่ระบุเหตุผลเมื่อเสนอลงนาม"
    return [ChecklistLine(StatusKind.WAITING, text, [ChecklistItem(one) for one in reasons])]


def _unwritten(parts: Sequence[CompositionPart]) -> list[ChecklistLine]:
    """Tables may stand without words; every other part is meant to be written by a person."""
    texts = [part for part in parts if part.key not in PARTS_WITH_FIGURES]
    drafts = [part for part in texts if part.is_draft]
    empty = [part for part in texts if not part.is_draft and not part.text]
    lines = [
        _parts_line(StatusKind.WAITING, "ยังเป็นร่างของระบบ", drafts),
        _parts_line(StatusKind.LATE, "ไม่มีข้อความ จึงไม่พิมพ์ในรายงาน", empty),
    ]
    found = [line for line in lines if line.items]
    return found or [ChecklistLine(StatusKind.DONE, f"เขียนข้อความครบ {len(texts)} ส่วน")]


def _parts_line(kind: StatusKind, words: str, parts: Sequence[CompositionPart]) -> ChecklistLine:
    items = [ChecklistItem(str(part), part=part.key) for part in parts]
    return ChecklistLine(kind, f"{words} {len(items)} ส่วน", items)


def _differing_numbers(
    parts: Sequence[CompositionPart], sources: TextSources
) -> list[ChecklistLine]:
    items = [
        ChecklistItem(f"{part}: “{warning.typed}” {_now(warning.current)}", part=part.key)
        for part in parts
        for warning in number_warnings(sources.text_of(part), sources.values)
    ]
    if not items:
        return []
    return [ChecklistLine(StatusKind.LATE, f"ตัวเลขไม่ตรงกับข้อมูลขณะนี้ {len(items)} แห่ง", items)]


def _now(current: str | None) -> str:
    return "ไม่มีในข้อมูลของรายงานนี้" if current is None else f"ข้อมูลขณะนี้ {current}"
