"""A report that is not signed as it stands, and one that is put right after it was signed."""

from functools import partial

from django.http import HttpResponse

from reports import actions
from reports.enums import DocumentAction
from reports.forms import ReportNumberForm, ReportRevisionForm
from reports.views import get_visible_report
from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from supervision.workflow.actions import ensure_allowed


def report_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """The area director says what is to be put right before signing."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    ensure_allowed(document, DocumentAction.RETURN)

    return confirm_action(
        request,
        partial(actions.return_report_for_correction, document, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งกลับให้แก้ไขแล้ว",
        heading=f"ส่งกลับรายงานเลขที่ {document.number} ให้แก้ไข",
        effects=[
            "กลุ่มนิเทศฯ เห็นเหตุผลของคุณ แก้ไขข้อมูล แล้วเสนอลงนามอีกครั้ง",
            "รายงานยังไม่ออก และโรงเรียนยังไม่เห็น",
        ],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=document.get_absolute_url(),
    )


def report_prepare_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a returned report before the area director once more."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    ensure_allowed(document, DocumentAction.PREPARE_AGAIN)

    now = {"number": document.number}
    return confirm_action(
        request,
        partial(actions.prepare_report_again, document, by=request.user),
        form=ReportNumberForm(post_data(request), document=document, initial=now),
        success_message="เสนอรายงานเพื่อลงนามอีกครั้งแล้ว",
        heading=f"เสนอ{document} อีกครั้ง",
        effects=["ตัวเลขและข้อความในรายงานเป็นปัจจุบัน ณ วันที่ลงนาม"],
        submit_label="เสนอ ผอ.สพป. ลงนาม",
        cancel_url=document.get_absolute_url(),
    )


def report_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a corrected version of a signed report forward."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_report_can_be_revised(document)

    return confirm_action(
        request,
        partial(actions.revise_report, document, by=request.user),
        form=ReportRevisionForm(post_data(request)),
        success_message="เสนอฉบับแก้ไขเพื่อลงนามแล้ว",
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


def report_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a returned corrected version up."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_revision_can_be_discarded(document)

    return confirm_action(
        request,
        partial(actions.discard_revision, document, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกฉบับแก้ไขแล้ว",
        heading=f"ยกเลิกฉบับแก้ไขเลขที่ {document.number}",
        effects=["รายงานที่ลงนามแล้วยังใช้อยู่", "เลขที่นี้เก็บไว้ในทะเบียนและใช้ซ้ำไม่ได้"],
        danger=True,
        submit_label="ยกเลิกฉบับแก้ไข",
        cancel_url=document.get_absolute_url(),
    )
