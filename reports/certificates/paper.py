"""The paper of certificates (เกียรติบัตร), drawn from their snapshots while the reader waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.certificates.models import Certificate
from reports.emblem import emblem_images
from reports.papers.office_paper import OfficePaper, paper_response
from schools.access import Permission, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest, listed_keys

MAX_CERTIFICATES = 60


@dataclass(frozen=True)
class CertificatePaper(OfficePaper):
    """Certificates in force, a page each; what changed in the register since does not matter."""

    template = "reports/paper/certificates.html"
    name = "เกียรติบัตร"

    certificates: Sequence[Certificate]

    @property
    def title(self) -> str:
        if len(self.certificates) == 1:
            return str(self.certificates[0])
        return f"{self.name} {len(self.certificates)} ฉบับ"

    @property
    def school_names(self) -> list[str]:
        return [one.frozen["recipient"] for one in self.certificates]

    @property
    def images(self) -> dict[str, bytes]:
        areas = (one.frozen["area"] for one in self.certificates)
        return dict(image for area in areas for image in emblem_images(area).items())

    def context(self) -> dict[str, Any]:
        return {"certificates": [one.frozen for one in self.certificates], "title": self.title}


def certificate_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """One certificate, for all who see its line of the register."""
    rows = Certificate.objects.visible_to(request.user).select_related("honour")
    certificate = get_object_or_404(rows, pk=pk)
    if certificate.is_cancelled:
        raise ActionRefused("เกียรติบัตรนี้ยกเลิกแล้ว จึงไม่พิมพ์ โปรดดูเหตุผลในทะเบียนคุมเกียรติบัตร")
    if certificate.is_revoked:
        raise ActionRefused("รางวัลของเกียรติบัตรนี้เพิกถอนแล้ว จึงไม่พิมพ์")
    return paper_response(CertificatePaper([certificate]))


def certificate_papers(request: SignedInRequest) -> HttpResponse:
    """Those ticked in the register, by number."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    chosen = listed_keys(request.GET.getlist("certificate"))
    if not 1 <= len(chosen) <= MAX_CERTIFICATES:
        raise ActionRefused(f"โปรดเลือกเกียรติบัตรที่จะพิมพ์ 1 ถึง {MAX_CERTIFICATES} ฉบับ")
    rows = Certificate.objects.visible_to(request.user).issued().filter(pk__in=chosen)
    if not rows:
        raise ActionRefused("เกียรติบัตรที่เลือกยกเลิกหรือเพิกถอนแล้วทุกฉบับ จึงไม่พิมพ์")
    return paper_response(CertificatePaper(list(rows.order_by("year", "number"))))
