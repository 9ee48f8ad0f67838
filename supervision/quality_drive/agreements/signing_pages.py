"""The pages that ask before an agreement is proposed, returned and signed."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse

from schools.access import Permission
from schools.core.confirmation import confirm_action
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from supervision.quality_drive.agreements import signing
from supervision.quality_drive.agreements.agreement_pages import get_agreement_or_404
from supervision.quality_drive.agreements.enums import AgreementAction
from supervision.quality_drive.models import Agreement
from supervision.workflow.actions import ensure_allowed

LEDGER_EFFECT = "การสนับสนุนของสำนักงานเข้าทะเบียนติดตามพร้อมผู้รับผิดชอบและกำหนดเสร็จ"
FROZEN_EFFECT = "ลงนามแล้วแก้ไขไม่ได้ หากต้องเปลี่ยน จัดทำฉบับใหม่ให้ทั้งสองฝ่ายลงนามอีกครั้ง"


def agreement_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    signing.check_can_propose_agreement(agreement)
    return confirm_action(
        request,
        partial(signing.propose_agreement, agreement, by=request.user),
        success_message="เสนอบันทึกข้อตกลงแล้ว รอผู้อำนวยการโรงเรียนพิจารณา",
        heading=f"เสนอ{agreement}ให้โรงเรียนพิจารณา",
        effects=[
            "แก้ไขร่างไม่ได้ระหว่างรอโรงเรียน ทั้งสองฝ่ายแสดงความเห็นในหน้านี้ได้",
            "ผู้อำนวยการโรงเรียนลงนาม หรือขอให้ปรับพร้อมเหตุผล",
        ],
        submit_label="เสนอโรงเรียน",
        cancel_url=agreement.get_absolute_url(),
    )


def agreement_ask_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """The school's director asks for changes."""
    agreement = get_agreement_or_404(request, pk, Permission.SIGN_AGREEMENT_FOR_SCHOOL)
    return _return(
        request,
        agreement,
        AgreementAction.RETURN,
        signing.return_agreement_by_school,
        f"ขอให้ปรับ{agreement}",
        ["สำนักงานเห็นเหตุผลของคุณ ปรับร่าง แล้วเสนอใหม่พร้อมแสดงสิ่งที่เปลี่ยน"],
    )


def agreement_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """The area director sends it back before signing."""
    agreement = get_agreement_or_404(request, pk, Permission.SIGN_AGREEMENT)
    return _return(
        request,
        agreement,
        AgreementAction.RETURN_TO_DRAFT,
        signing.return_signed_agreement,
        f"ส่ง{agreement}กลับให้ปรับ",
        [
            "การลงนามของโรงเรียนไม่มีผล เมื่อปรับแล้วต้องเสนอให้โรงเรียนลงนามใหม่",
            "โรงเรียนและศึกษานิเทศก์เห็นเหตุผลของคุณ",
        ],
    )


def _return(
    request: SignedInRequest,
    agreement: Agreement,
    action: AgreementAction,
    act: Callable[..., None],
    heading: str,
    effects: list[str],
) -> HttpResponse:
    ensure_allowed(agreement, action)
    return confirm_action(
        request,
        partial(act, agreement, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งกลับให้ปรับแล้ว",
        heading=heading,
        effects=effects,
        submit_label="ส่งกลับให้ปรับ",
        cancel_url=agreement.get_absolute_url(),
    )


def agreement_sign_for_school(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.SIGN_AGREEMENT_FOR_SCHOOL)
    ensure_allowed(agreement, AgreementAction.SIGN_FOR_SCHOOL)
    return confirm_action(
        request,
        partial(signing.sign_agreement_for_school, agreement, by=request.user),
        success_message="ลงนามแล้ว รอผู้อำนวยการสำนักงานเขตพื้นที่ลงนาม",
        heading=f"ลงนาม{agreement}",
        effects=[
            "ลงนามในฐานะผู้อำนวยการโรงเรียน ตกลงตามค่าเป้าหมายทุกตัวชี้วัดในร่างที่เสนอ",
            "ผู้อำนวยการสำนักงานเขตพื้นที่ลงนามต่อ หรือส่งกลับให้ปรับพร้อมเหตุผล",
            "โรงเรียนรายงานความก้าวหน้าตามค่าเป้าหมายนี้เมื่อลงนามครบทั้งสองฝ่าย",
        ],
        irreversible=FROZEN_EFFECT,
        submit_label="ลงนาม",
        cancel_url=agreement.get_absolute_url(),
    )


def agreement_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """The area director signs one; many at once: bulk.py."""
    agreement = get_agreement_or_404(request, pk, Permission.SIGN_AGREEMENT)
    ensure_allowed(agreement, AgreementAction.SIGN)
    return confirm_action(
        request,
        partial(signing.sign_agreement, agreement, by=request.user),
        success_message="ลงนามครบทั้งสองฝ่ายแล้ว",
        heading=f"ลงนาม{agreement}",
        effects=[*_effects_of_signing(agreement), *_effects_on_promises(agreement)],
        irreversible=FROZEN_EFFECT,
        submit_label="ลงนาม",
        cancel_url=agreement.get_absolute_url(),
    )


def _effects_of_signing(agreement: Agreement) -> list[str]:
    count = agreement.supports.filter(recommendation=None).count()
    found = [f"บันทึกข้อตกลงของ{agreement.school}มีผลตั้งแต่วันนี้"]
    return [*found, f"{LEDGER_EFFECT} {count} ข้อ"] if count else found


def _effects_on_promises(agreement: Agreement) -> list[str]:
    """What becomes of the version before and of what it promised."""
    if agreement.version == 1:
        return []
    ending = [f"“{one}”" for one in signing.promises_that_end(agreement)]
    found = ["ฉบับก่อนสิ้นสุด การสนับสนุนที่ยกมาในฉบับนี้ หรือที่รายงานว่าให้แล้ว ติดตามต่อ"]
    if ending:
        found.append(f"ถอนการสนับสนุนที่ฉบับนี้ไม่มีแล้วออกจากทะเบียน: {', '.join(ending)}")
    return found
