"""An agreement from the proposal to both signatures, and the next version of a signed one."""

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.models import User
from supervision.improvement.actions import withdraw_recommendation
from supervision.improvement.drive_advice import DriveAdviceSource, record_drive_advice
from supervision.improvement.enums import Assignee
from supervision.improvement.models import AWAITING_ASSIGNEE_STATES, Recommendation
from supervision.quality_drive.agreements.drafting import (
    check_drive_is_at_work,
    check_school_is_open,
    lock_agreement_draft,
)
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.models import (
    SIGNED_AGREEMENT_STATES,
    Agreement,
    AgreementComment,
    AgreementSupport,
    AgreementTarget,
)
from supervision.workflow.actions import ensure_allowed, start, transition

# Read by the tests of versions: what a new version takes over of each line, and what not.
TARGET_COPIES = ("drive_indicator", "dimension_code", "text", "weight", "baseline", "target")
SUPPORT_COPIES = ("dimension_code", "text", "assignee", "due_on", "recommendation")


# --- Proposing and discussing ---


@transaction.atomic
def propose_agreement(agreement: Agreement, *, by: User) -> None:
    """Put a draft before the school. Raises ActionRefused naming what it still lacks."""
    lock_agreement_draft(agreement)
    check_can_propose_agreement(agreement)
    transition(agreement, AgreementAction.PROPOSE, by=by)


def check_can_propose_agreement(agreement: Agreement) -> None:
    """Raises ActionRefused with what stands against putting it before the school."""
    ensure_allowed(agreement, AgreementAction.PROPOSE)
    _check_goes_on(agreement)
    if missing := missing_to_propose_agreement(agreement):
        raise ActionRefused("ยังเสนอโรงเรียนไม่ได้ โปรดแก้ไขให้ครบ", missing=missing)


def missing_to_propose_agreement(agreement: Agreement) -> list[str]:
    """What a draft still lacks, in the words the page shows."""
    missing = []
    if not agreement.intentions.strip():
        missing.append("ข้อตกลงร่วมกัน")
    if not agreement.targets.exists():
        missing.append("ค่าเป้าหมายอย่างน้อย 1 ตัวชี้วัด")
    today = timezone.localdate()
    late = agreement.supports.filter(recommendation=None, due_on__lt=today)
    return [*missing, *(f"กำหนดเสร็จของ “{one}” ซึ่งผ่านมาแล้ว" for one in late)]


def _check_goes_on(agreement: Agreement) -> None:
    check_drive_is_at_work(agreement.drive)
    check_school_is_open(agreement.school)


@transaction.atomic
def comment_on_agreement(agreement: Agreement, *, by: User, text: str) -> AgreementComment:
    """Say something about an agreement before both have signed; by the post one holds.

    Raises ActionRefused once it is settled, and for the same words twice.
    """
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if not agreement.is_discussed:
        raise ActionRefused("บันทึกข้อตกลงนี้ไม่อยู่ระหว่างพิจารณาแล้ว จึงแสดงความเห็นเพิ่มไม่ได้")
    last = agreement.comments.last()
    if last and (last.by_id, last.text) == (by.pk, text.strip()):
        raise ActionRefused("บันทึกความเห็นนี้ไว้แล้ว จึงไม่บันทึกซ้ำ")
    return AgreementComment.objects.create(
        agreement=agreement,
        text=text.strip(),
        by=by,
        said_as=discussing_post(agreement, by),
        at=timezone.now(),
    )


DISCUSSING_PERMISSIONS = (
    Permission.SIGN_AGREEMENT_FOR_SCHOOL,
    Permission.REPORT_PROGRESS,
    Permission.SIGN_AGREEMENT,
    Permission.EDIT_SCHOOL_DRIVE,
)


def discussing_post(agreement: Agreement, person: User) -> str:
    """The post by which a person takes part in the discussion; empty for who takes none."""
    school = agreement.school_id
    posts = (capacity_of(person, one, school) for one in DISCUSSING_PERMISSIONS)
    return next((post for post in posts if post), "")


def return_agreement_by_school(agreement: Agreement, *, by: User, reason: str) -> None:
    """The school's director asks for changes: it is a draft again."""
    transition(agreement, AgreementAction.RETURN, by=by, reason=reason)


# --- Signing ---


@transaction.atomic
def sign_agreement_for_school(agreement: Agreement, *, by: User) -> None:
    """The school's director signs what the office proposed."""
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    ensure_allowed(agreement, AgreementAction.SIGN_FOR_SCHOOL)
    _check_goes_on(agreement)
    transition(
        agreement,
        AgreementAction.SIGN_FOR_SCHOOL,
        by=by,
        school_signed_by=by,
        school_signed_at=timezone.now(),
        school_signed_as=capacity_of(by, Permission.SIGN_AGREEMENT_FOR_SCHOOL, agreement.school_id),
    )


def return_signed_agreement(agreement: Agreement, *, by: User, reason: str) -> None:
    """The area director sends it back before signing: the school's signature no longer counts."""
    unsigned = {"school_signed_by": None, "school_signed_at": None, "school_signed_as": ""}
    transition(agreement, AgreementAction.RETURN_TO_DRAFT, by=by, reason=reason, **unsigned)


@transaction.atomic
def sign_agreement(agreement: Agreement, *, by: User) -> None:
    """The area director signs: the agreement is in force and its promises stand in the ledger.

    The version before is superseded. Of its promises those go on that this version carries over
    or whose post has reported them as done; the others are withdrawn.
    """
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    ensure_allowed(agreement, AgreementAction.SIGN)
    _check_goes_on(agreement)
    former = Agreement.objects.filter(drive=agreement.drive, school=agreement.school).in_force()
    for one in former:
        transition(one, AgreementAction.SUPERSEDE, by=by)
    transition(
        agreement,
        AgreementAction.SIGN,
        by=by,
        signed_by=by,
        signed_at=timezone.now(),
        signed_as=capacity_of(by, Permission.SIGN_AGREEMENT),
    )
    for promise in promises_that_end(agreement):
        withdraw_recommendation(promise, by=by, reason=f"{agreement} ที่ลงนามแล้ว ไม่มีการสนับสนุนข้อนี้")
    for support in agreement.supports.filter(recommendation=None):
        _record_promise(support, by=by)


def promises_that_end(agreement: Agreement) -> list[Recommendation]:
    """Promises of earlier versions that nobody reported as done and this one does not carry on."""
    carried = agreement.supports.exclude(recommendation=None).values("recommendation")
    earlier = AgreementSupport.objects.filter(
        agreement__drive=agreement.drive,
        agreement__school=agreement.school,
        agreement__state__in=SIGNED_AGREEMENT_STATES,
        agreement__version__lt=agreement.version,
    )
    return list(
        Recommendation.objects.filter(
            agreement_supports__in=earlier, state__in=AWAITING_ASSIGNEE_STATES
        )
        .exclude(pk__in=carried)
        .distinct()
    )


def _record_promise(support: AgreementSupport, *, by: User) -> None:
    agreement = support.agreement
    support.recommendation = record_drive_advice(
        school=agreement.school,
        by=by,
        text=support.text,
        assignee=Assignee(support.assignee),
        due_on=support.due_on,
        origin_detail=origin_of_promises(agreement),
        is_sample=agreement.is_sample,
    )
    support.save(update_fields=["recommendation"])


def origin_of_promises(agreement: Agreement) -> str:
    """How the ledger names the agreement that made a promise."""
    return f"บันทึกข้อตกลงปีการศึกษา {agreement.drive.academic_year}{agreement.suffix}"


def agreement_of_promise(recommendation: Recommendation) -> DriveAdviceSource | None:
    """The newest signed version that a recommendation stands in, for the ledger."""
    rows = Agreement.objects.filter(
        supports__recommendation=recommendation, state__in=SIGNED_AGREEMENT_STATES
    )
    agreement = rows.select_related("school", "drive__academic_year").order_by("version").last()
    if agreement is None:
        return None
    url, binding = agreement.get_absolute_url(), agreement.is_in_force
    return DriveAdviceSource(str(agreement), url, binding=binding)


# --- A new version ---


@transaction.atomic
def revise_agreement(agreement: Agreement, *, by: User, reason: str) -> Agreement:
    """Begin the next version of the agreement in force, as a draft with all its lines.

    It names the newest version, a cancelled one too; promises that are kept already stay with
    the version that gave them. Raises ActionRefused while another version is being made.
    """
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    check_can_revise_agreement(agreement)
    last = Agreement.objects.filter(drive=agreement.drive, school=agreement.school).last()
    following = Agreement(
        version=agreement.version + 1 if last is None else last.version + 1,
        previous=last,
        **agreement.revision_copies(),
    )
    start(following, AgreementAction.REVISE, by=by, reason=reason)
    _copy_lines(agreement, following)
    return following


def check_can_revise_agreement(agreement: Agreement) -> None:
    """Raises ActionRefused unless it is in force and no other version is being made."""
    if agreement.state != AgreementState.SIGNED:
        raise ActionRefused("จัดทำฉบับใหม่ได้จากฉบับที่ลงนามทั้งสองฝ่ายและยังใช้อยู่เท่านั้น")
    _check_goes_on(agreement)
    versions = Agreement.objects.filter(drive=agreement.drive, school=agreement.school)
    if versions.still_open().exists():
        raise ActionRefused("มีฉบับใหม่ที่ยังไม่ลงนามครบอยู่แล้ว โปรดดำเนินการฉบับนั้นต่อ หรือยกเลิกก่อน")


def _copy_lines(agreement: Agreement, following: Agreement) -> None:
    AgreementTarget.objects.bulk_create(
        AgreementTarget(agreement=following, **{name: getattr(one, name) for name in TARGET_COPIES})
        for one in agreement.targets.select_related("drive_indicator")
    )
    AgreementSupport.objects.bulk_create(
        AgreementSupport(
            agreement=following, **{name: getattr(one, name) for name in SUPPORT_COPIES}
        )
        for one in agreement.supports.select_related("recommendation")
        if one.recommendation is None or one.recommendation.is_open
    )
