"""What is done with certificates: issued for selected practices or honours, and cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reports.certificates.enums import CertificateAction, CertificateState
from reports.certificates.models import Certificate
from reports.certificates.queries import (
    honours_without_certificate,
    practices_without_certificate,
)
from reports.certificates.schema import CertificateSnapshot, HonourWords
from reports.data.facts import area_heading
from reports.data.schema import Signer
from reports.data.signers import frozen_signer, recorded_signer
from reports.verification import verify_url
from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.core.thai import be_year
from schools.models import Area, User
from supervision.notices.enums import NoticeKind
from supervision.notices.news import NewsRecord
from supervision.practices.models import GoodPractice
from supervision.quality_drive.models import Honour
from supervision.workflow.actions import start, transition

CERTIFICATE_NEWS = NewsRecord(
    Certificate,
    NoticeKind.DECISION,
    page="certificate",
    rows_of=lambda user: Certificate.objects.visible_to(user),
)


@dataclass(frozen=True)
class CertificateDraft:
    """A certificate without its number, and what its paper says that the register does not."""

    certificate: Certificate
    area: Area
    term: str
    honour: HonourWords | None = None


@transaction.atomic
def issue_certificates(
    practices: Sequence[GoodPractice], *, by: User, given_on: date, first_number: int
) -> list[Certificate]:
    """Give each of these selected practices its certificate, by numbers that follow each other.

    The numbers are those of the year in which the certificates are given. Raises ActionRefused for
    a practice that is not selected or has a certificate, and where a number is taken.
    """
    drafts = [_for_practice(one) for one in practices]
    _lock_register(drafts)
    _check_practices(practices)
    return _issue(drafts, by=by, given_on=given_on, first_number=first_number)


@transaction.atomic
def issue_honour_certificates(
    honours: Sequence[Honour], *, by: User, given_on: date, first_number: int
) -> list[Certificate]:
    """Give each of these awarded honours its certificate, from the same register and numbers.

    Raises ActionRefused for an honour that is not awarded or has a certificate, and where a number
    is taken.
    """
    drafts = [_for_honour(one) for one in honours]
    _lock_register(drafts)
    _check_honours(honours)
    return _issue(drafts, by=by, given_on=given_on, first_number=first_number)


def cancel_certificate(certificate: Certificate, *, by: User, reason: str) -> None:
    """Cancel a certificate, with the reason; its number is not given again."""
    transition(certificate, CertificateAction.CANCEL, by=by, reason=reason)


def _issue(
    drafts: Sequence[CertificateDraft], *, by: User, given_on: date, first_number: int
) -> list[Certificate]:
    numbers = range(first_number, first_number + len(drafts))
    _check_numbers(be_year(given_on), numbers)
    at, capacity = timezone.now(), capacity_of(by, Permission.ISSUE_REPORT)
    signer = frozen_signer(recorded_signer("", by, capacity, "ลงนาม", at))
    for draft, number in zip(drafts, numbers, strict=True):
        certificate = draft.certificate
        certificate.state, certificate.number = CertificateState.ISSUED, number
        certificate.given_on, certificate.year = given_on, be_year(given_on)
        certificate.issued_by, certificate.issued_at, certificate.issued_as = by, at, capacity
        certificate.snapshot = _snapshot(draft, signer)
        start(certificate, CertificateAction.ISSUE, by=by)
    return [draft.certificate for draft in drafts]


def _lock_register(drafts: Sequence[CertificateDraft]) -> None:
    """The register is the area's: it is locked, so that a number is given once."""
    areas = {draft.area.pk for draft in drafts}
    list(Area.objects.select_for_update().filter(pk__in=areas))


def _check_practices(practices: Sequence[GoodPractice]) -> None:
    waiting = set(practices_without_certificate().filter(pk__in=[one.pk for one in practices]))
    if given := [one for one in practices if one not in waiting]:
        raise ActionRefused(f"“{given[0]}” ไม่ได้รับคัดเลือก หรือมีเกียรติบัตรแล้ว โปรดดูทะเบียนคุมเกียรติบัตร")


def _check_honours(honours: Sequence[Honour]) -> None:
    waiting = set(honours_without_certificate().filter(pk__in=[one.pk for one in honours]))
    if given := [one for one in honours if one not in waiting]:
        raise ActionRefused(f"“{given[0]}” ยังไม่มีมติยกย่อง หรือมีเกียรติบัตรแล้ว โปรดดูทะเบียนคุมเกียรติบัตร")


def _check_numbers(year: int, numbers: range) -> None:
    taken = Certificate.objects.filter(year=year, number__in=numbers).order_by("number").first()
    if taken:
        raise ActionRefused(
            field_errors={
                "first_number": f"เลขที่ {taken.printed_number} ใช้แล้ว โปรดใช้เลขถัดไปในทะเบียน"
            }
        )


def _for_practice(practice: GoodPractice) -> CertificateDraft:
    term = practice.nominated_in
    certificate = Certificate(
        practice=practice,
        recipient=practice.school.name if practice.school else str(practice.nominated_by),
        title=practice.title,
        level=practice.get_level_display(),
        is_sample=practice.is_sample,
    )
    words = f"ภาคเรียนที่ {term.number} ปีการศึกษา {term.academic_year}"
    return CertificateDraft(certificate, term.academic_year.area, words)


def _for_honour(honour: Honour) -> CertificateDraft:
    drive = honour.category.drive
    words = f"ปีการศึกษา {drive.academic_year}"
    certificate = Certificate(
        honour=honour,
        recipient=honour.school.name,
        title=honour.category.name,
        level=words,
        is_sample=honour.is_sample,
    )
    said: HonourWords = {"drive": drive.model_name, "reason": honour.reason}
    return CertificateDraft(certificate, drive.academic_year.area, words, said)


def _snapshot(draft: CertificateDraft, signer: Signer) -> CertificateSnapshot:
    certificate = draft.certificate
    snapshot: CertificateSnapshot = {
        "number": certificate.printed_number,
        "area": area_heading(draft.area),
        "recipient": certificate.recipient,
        "title": certificate.title,
        "level": certificate.level,
        "term": draft.term,
        "given_on": certificate.given_on.isoformat(),
        "signer": signer,
        "code": certificate.code,
        "verify_url": verify_url(certificate.code),
        "is_sample": certificate.is_sample,
    }
    if draft.honour:
        snapshot["honour"] = draft.honour
    return snapshot
