"""A school's agreement in the quality drive as an official paper (บันทึกข้อตกลง)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone

from reports.data.signers import PaperSigner, director_signer, office_signer, recorded_signer
from reports.emblem import emblem_images
from reports.papers.models import filled_lines
from reports.papers.office_paper import DRAFT_WORD, SchoolPaper, paper_response
from schools.access import Permission
from schools.core.http import SignedInRequest
from supervision.quality_drive.agreements.agreement_pages import get_agreement_or_404
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.agreements.queries import (
    AgreedDimension,
    agreed_dimensions,
    signed_version_before,
)
from supervision.quality_drive.models import Agreement, AgreementSupport

ENDED_WORDS = {
    AgreementState.SUPERSEDED: "มีฉบับใหม่แทน",
    AgreementState.CANCELLED: "ยกเลิก",
}


@dataclass(frozen=True)
class AgreementPaper(SchoolPaper):
    """What both sides agreed on: words, targets by dimension, support, and who signs."""

    template = "reports/paper/agreement.html"
    name = "บันทึกข้อตกลงความร่วมมือการพัฒนาคุณภาพการศึกษา"

    agreement: Agreement
    dimensions: Sequence[AgreedDimension]
    supports: Sequence[AgreementSupport]
    before: Agreement | None

    @property
    def title(self) -> str:
        agreement = self.agreement
        year = agreement.drive.academic_year
        return f"บันทึกข้อตกลง {agreement.school.short_name} ปีการศึกษา {year}{agreement.suffix}"

    @property
    def watermark(self) -> str:
        """A paper that both sides have not signed, or that holds no longer, says so."""
        if self.agreement.is_in_force:
            return ""
        return ENDED_WORDS.get(AgreementState(self.agreement.state), DRAFT_WORD)

    @property
    def images(self) -> Mapping[str, bytes]:
        return emblem_images(self.area)

    @property
    def parties(self) -> str:
        """Between whom: the two posts, as the manual names the parties."""
        return f"ระหว่าง ผู้อำนวยการ{self.area['name']} กับ ผู้อำนวยการ{self.school.name}"

    @property
    def opening(self) -> str:
        """By what the agreement was made; a later version says which one it replaces."""
        drive = self.agreement.drive
        text = (
            f"บันทึกข้อตกลงฉบับนี้จัดทำขึ้นตามการขับเคลื่อนคุณภาพการศึกษา {drive.model_name} "
            f"ปีการศึกษา {drive.academic_year} {self.parties} "
            "ทั้งสองฝ่ายตกลงร่วมกันพัฒนาคุณภาพการศึกษา ดังต่อไปนี้"
        )
        if self.before is None:
            return text
        return f"{text} และให้ใช้แทนบันทึกข้อตกลงฉบับที่ {self.before.version}"

    @property
    def intentions(self) -> list[str]:
        return filled_lines(self.agreement.intentions)

    @property
    def closing(self) -> str:
        return "บันทึกข้อตกลงนี้มีผลเมื่อลงนามครบทั้งสองฝ่าย หากต้องแก้ไขให้จัดทำฉบับใหม่และลงนามทั้งสองฝ่าย"


def agreement_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Any version, to whom its page shows it."""
    return paper_response(make_agreement_paper(get_agreement_or_404(request, pk)))


def make_agreement_paper(agreement: Agreement) -> AgreementPaper:
    return AgreementPaper(
        school=agreement.school,
        is_sample=agreement.is_sample,
        signers=[_office(agreement), _school(agreement)],
        printed_at=timezone.now(),
        agreement=agreement,
        dimensions=agreed_dimensions(agreement),
        supports=list(agreement.supports.all()),
        before=signed_version_before(agreement),
    )


def _office(agreement: Agreement) -> PaperSigner:
    duty, by = "ฝ่ายสำนักงานเขตพื้นที่การศึกษา", agreement.signed_by
    if agreement.signed_at:
        return recorded_signer(duty, by, agreement.signed_as, "ลงนาม", agreement.signed_at)
    return office_signer(Permission.SIGN_AGREEMENT, duty)


def _school(agreement: Agreement) -> PaperSigner:
    duty, by = "ฝ่ายโรงเรียน", agreement.school_signed_by
    if agreement.school_signed_at:
        at, post = agreement.school_signed_at, agreement.school_signed_as
        return recorded_signer(duty, by, post, "ลงนาม", at)
    return director_signer(duty, agreement.school)
