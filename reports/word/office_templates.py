"""The office's own Word templates: which is in use, what makes one acceptable, putting one in."""

from collections.abc import Mapping
from typing import Any

from reports.word.enums import WordTemplateKind
from reports.word.models import OfficeWordTemplate
from reports.word.render_process import TemplateFault
from reports.word.rendering import render_word
from reports.word.samples import sample_contexts
from schools.core.errors import ActionRefused
from schools.core.file_responses import open_stored_file
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import User

FAULT_MESSAGES: Mapping[str, str] = {
    "unknown": "ไม่มีช่องข้อมูลชื่อ “{detail}” ในรายงานชนิดนี้ โปรดเทียบตัวสะกดกับแม่แบบของระบบ",
    "sometimes_missing": (
        "บางรายงานยังไม่มีข้อมูล “{detail}” โปรดครอบส่วนนี้ด้วย {{%p if … %}} และ {{%p endif %}} "
        "ดังแม่แบบของระบบ"
    ),
    "syntax": "คำสั่งไม่ครบหรือเขียนไม่ถูก เช่น for ที่ไม่มี endfor if ที่ไม่มี endif หรือวงเล็บปีกกาปิดไม่ครบ",
    "structure": (
        "คำสั่งเริ่มและคำสั่งจบอยู่คนละย่อหน้าหรือคนละแถวของตาราง โปรดใช้ {{%p … %}} ในย่อหน้าของตนเอง "
        "และ {{%tr … %}} ในแถวของตนเอง ทั้งคำสั่งเริ่มและคำสั่งจบ"
    ),
    "forbidden": "ใช้คำสั่งที่แม่แบบไม่มีสิทธิ์ใช้ โปรดใช้เฉพาะคำสั่งดังแม่แบบของระบบ",
    "failed": "คำสั่งนี้ทำงานกับข้อมูลของรายงานไม่ได้ โปรดเทียบกับแม่แบบของระบบ",
    "too_big": "ทำเอกสารจากแม่แบบนี้นานหรือใหญ่เกินไป โปรดตรวจ for ที่ซ้อนกันหรือทำซ้ำมากเกินไป",
    "field": "มีเขตข้อมูล {detail} ซึ่งอาจดึงข้อมูลจากที่อื่นหรือทำงานเองเมื่อเปิด โปรดลบออก",
    "broken": "เปิดไม่ได้ โปรดเปิดด้วย Word บันทึกเป็น .docx ใหม่ แล้วส่งไฟล์นั้น",
}


def template_in_use(kind: str) -> OfficeWordTemplate | None:
    """The office's template for this kind; None where it uses the portal's."""
    newest = OfficeWordTemplate.objects.filter(kind=kind).select_related("created_by").first()
    return newest if newest and newest.file else None


def stored_template(template: OfficeWordTemplate) -> bytes:
    """The file of one version. Raises StoredFileMissing."""
    with open_stored_file(template.file) as file:
        return file.read()


def make_word_file(kind: str, context: dict[str, Any]) -> bytes:
    """A report as a Word file, by the template in use.

    Raises ActionRefused where the office's template cannot take this report.
    """
    used = template_in_use(kind)
    try:
        return render_word(kind, context, template=stored_template(used) if used else None)
    except TemplateFault as fault:
        raise ActionRefused(
            f"ทำไฟล์ Word ด้วยแม่แบบ “{used.name if used else 'ของระบบ'}” ไม่ได้ {fault_message(fault)} "
            "ผู้จัดทำรายงานแก้แม่แบบหรือกลับไปใช้แม่แบบของระบบได้ที่หน้าแม่แบบเอกสาร Word"
        ) from fault


def save_office_template(kind: WordTemplateKind, safe: SanitizedFile, *, by: User) -> None:
    """Use this template from now on. Raises ActionRefused, with the line that is at fault."""
    check_template(kind, safe.content.read())
    safe.content.seek(0)
    template = OfficeWordTemplate(kind=kind, name=safe.name, created_by=by)
    with delete_files_on_rollback(template.file):
        template.file.save(f"{kind}.docx", safe.content, save=False)
        template.save()


def use_default_template(kind: WordTemplateKind, *, by: User) -> None:
    """Go back to the portal's template; the office's versions are kept.

    Raises ActionRefused where it is in use already.
    """
    check_office_template_is_used(kind)
    OfficeWordTemplate.objects.create(kind=kind, created_by=by)


def check_office_template_is_used(kind: str) -> None:
    """Raises ActionRefused as use_default_template would, for the page that asks before it."""
    if template_in_use(kind) is None:
        raise ActionRefused("เอกสารชนิดนี้ใช้แม่แบบของระบบอยู่แล้ว")


def check_template(kind: WordTemplateKind, content: bytes) -> None:
    """Fill it in with a full report and with an empty one. Raises ActionRefused."""
    full, empty = sample_contexts(kind)
    try:
        render_word(kind, full, template=content, strict=True)
        _check_takes_empty_report(kind, empty, content)
    except TemplateFault as fault:
        raise ActionRefused(field_errors={"file": fault_message(fault)}) from fault


def _check_takes_empty_report(kind: str, context: dict[str, Any], content: bytes) -> None:
    """What a full report has and an empty one lacks is there, but not always."""
    try:
        render_word(kind, context, template=content, strict=True)
    except TemplateFault as fault:
        if fault.cause != "unknown":
            raise
        raise TemplateFault("sometimes_missing", fault.detail, fault.place) from fault


def fault_message(fault: TemplateFault) -> str:
    """What is wrong and what helps, after the text of the paragraph where it is."""
    cause = FAULT_MESSAGES[fault.cause].format(detail=fault.detail)
    return f"บรรทัด “{fault.place}”: {cause}" if fault.place else f"แม่แบบ{cause}"
