"""What is done with certificates: issued for selected good practices, and cancelled."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from reports.certificates.enums import CertificateAction, CertificateState
from reports.certificates.models import Certificate
from reports.certificates.queries import practices_without_certificate
from reports.certificates.schema import CertificateSnapshot
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
from supervision.workflow.actions import start, transition

CERTIFICATE_NEWS = NewsRecord(Certificate, NoticeKind.DECISION, page="certificate")


@transaction.atomic
def issue_certificates(
    practices: Sequence[GoodPractice], *, by: User, given_on: date, first_number: int
) -> list[Certificate]:
    """Give each of these selected practices its certificate, by numbers that follow each other.

    The numbers are those of the year in which the certificates are given. Raises ActionRefused for
    a practice that is not selected or has a certificate, and where a number is taken.
    """
    _lock_register(practices)
    _check_practices(practices)
    numbers = range(first_number, first_number + len(practices))
    _check_numbers(be_year(given_on), numbers)
    at, capacity = timezone.now(), capacity_of(by, Permission.ISSUE_REPORT)
    signer = frozen_signer(recorded_signer("", by, capacity, "ลงนาม", at))
    issued = []
    for practice, number in zip(practices, numbers, strict=True):
        certificate = _certificate(practice, number=number, given_on=given_on)
        certificate.issued_by, certificate.issued_at, certificate.issued_as = by, at, capacity
        certificate.snapshot = _snapshot(certificate, signer)
        start(certificate, CertificateAction.ISSUE, by=by)
        issued.append(certificate)
    return issued


def cancel_certificate(certificate: Certificate, *, by: User, reason: str) -> None:
    """Cancel a certificate, with the reason; its number is not given again."""
    transition(certificate, CertificateAction.CANCEL, by=by, reason=reason)


def _lock_register(practices: Sequence[GoodPractice]) -> None:
    """The register is the area's: it is locked, so that a number is given once."""
    areas = {practice.nominated_in.academic_year.area_id for practice in practices}
    list(Area.objects.select_for_update().filter(pk__in=areas))


def _check_practices(practices: Sequence[GoodPractice]) -> None:
    waiting = set(practices_without_certificate().filter(pk__in=[one.pk for one in practices]))
    if given := [one for one in practices if one not in waiting]:
        raise ActionRefused(f"“{given[0]}” ไม่ได้รับคัดเลือก หรือมีเกียรติบัตรแล้ว โปรดดูทะเบียนคุมเกียรติบัตร")


def _check_numbers(year: int, numbers: range) -> None:
    taken = Certificate.objects.filter(year=year, number__in=numbers).order_by("number").first()
    if taken:
        raise ActionRefused(
            field_errors={
                "first_number": f"เลขที่ {taken.printed_number} ใช้แล้ว โปรดใช้เลขถัดไปในทะเบียน"
            }
        )


def _certificate(practice: GoodPractice, *, number: int, given_on: date) -> Certificate:
    return Certificate(
        practice=practice,
        state=CertificateState.ISSUED,
        year=be_year(given_on),
        number=number,
        recipient=practice.school.name if practice.school else str(practice.nominated_by),
        title=practice.title,
        level=practice.get_level_display(),
        given_on=given_on,
        is_sample=practice.is_sample,
    )


def _snapshot(certificate: Certificate, signer: Signer) -> CertificateSnapshot:
    term = certificate.practice.nominated_in
    return {
        "number": certificate.printed_number,
        "area": area_heading(term.academic_year.area),
        "recipient": certificate.recipient,
        "title": certificate.title,
        "level": certificate.level,
        "term": f"ภาคเรียนที่ {term.number} ปีการศึกษา {term.academic_year}",
        "given_on": certificate.given_on.isoformat(),
        "signer": signer,
        "code": certificate.code,
        "verify_url": verify_url(certificate.code),
        "is_sample": certificate.is_sample,
    }
