"""A report that is not signed as it stands, and one that is put right after it was signed."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from reports import actions
from reports.forms import NumberForm, ReviseForm
from reports.views import report_of
from schools.access import Permission, require
from schools.forms import ReasonForm, typed
from supervision.workflow.actions import check
from supervision.workflow.asking import ask


def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The area director says what is to be put right before signing."""
    document = report_of(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    check(document, "return")

    return ask(
        request,
        partial(actions.return_for_correction, document, by=request.user),
        form=ReasonForm(typed(request)),
        done="ส่งกลับให้แก้ไขแล้ว",
        heading=f"ส่งกลับรายงานเลขที่ {document.number} ให้แก้ไข",
        effects=[
            "กลุ่มนิเทศฯ เห็นเหตุผลของคุณ แก้ไขข้อมูล แล้วเสนอลงนามอีกครั้ง",
            "รายงานยังไม่ออก และโรงเรียนยังไม่เห็น",
        ],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=document.get_absolute_url(),
    )


def prepare_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a returned report before the area director once more."""
    document = report_of(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    check(document, "prepare_again")

    now = {"number": document.number}
    return ask(
        request,
        partial(actions.prepare_again, document, by=request.user),
        form=NumberForm(typed(request), document=document, initial=now),
        done="เสนอรายงานเพื่อลงนามอีกครั้งแล้ว",
        heading=f"เสนอ{document} อีกครั้ง",
        effects=["ตัวเลขและข้อความในรายงานเป็นปัจจุบัน ณ วันที่ลงนาม"],
        submit_label="เสนอ ผอ.สพป. ลงนาม",
        cancel_url=document.get_absolute_url(),
    )


def revise_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a corrected version of a signed report forward."""
    document = report_of(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_can_revise(document)

    return ask(
        request,
        partial(actions.revise, document, by=request.user),
        form=ReviseForm(typed(request)),
        done="เสนอฉบับแก้ไขเพื่อลงนามแล้ว",
        heading=f"จัดทำฉบับแก้ไขของรายงานเลขที่ {document.number}",
        effects=[
            "ฉบับที่ลงนามแล้วเก็บไว้ถาวร และยังใช้อยู่จนกว่าจะลงนามฉบับแก้ไข",
            "ฉบับแก้ไขใช้ข้อมูลปัจจุบัน มีเลขที่ของตน และระบุว่าแทนฉบับใด",
            "หากต้องแก้ข้อความของสรุปผล โปรดเปิดสรุปผลเพื่อแก้ไขและให้โรงเรียนเห็นชอบก่อน",
            "เมื่อลงนามฉบับแก้ไข สรุปผลของฉบับเดิมที่เผยแพร่อยู่จะถูกถอน แล้วเผยแพร่ฉบับแก้ไขได้",
        ],
        submit_label="เสนอ ผอ.สพป. ลงนาม",
        cancel_url=document.get_absolute_url(),
    )


def drop_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a returned corrected version up."""
    document = report_of(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_can_drop(document)

    return ask(
        request,
        partial(actions.drop, document, by=request.user),
        form=ReasonForm(typed(request)),
        done="ยกเลิกฉบับแก้ไขแล้ว",
        heading=f"ยกเลิกฉบับแก้ไขเลขที่ {document.number}",
        effects=["รายงานที่ลงนามแล้วยังใช้อยู่", "เลขที่นี้เก็บไว้ในทะเบียนและใช้ซ้ำไม่ได้"],
        danger=True,
        submit_label="ยกเลิกฉบับแก้ไข",
        cancel_url=document.get_absolute_url(),
    )
