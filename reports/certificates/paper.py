"""The paper of certificates (เกียรติบัตร), drawn from their snapshots while the reader waits."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from reports.certificates.models import Certificate
from reports.certificates.schema import CertificateSnapshot
from reports.emblem import emblem_images
from reports.pdf import render_pdf
from reports.typography import official_text
from schools.access import Permission, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest, listed_keys

MAX_CERTIFICATES = 60


def certificates_pdf(snapshots: Sequence[CertificateSnapshot], title: str) -> bytes:
    """One page for each; what changed in the database since then does not matter."""
    context = {"certificates": snapshots, "title": title}
    html = render_to_string("reports/paper/certificates.html", context)
    names = [snapshot["recipient"] for snapshot in snapshots]
    images = dict(image for one in snapshots for image in emblem_images(one["area"]).items())
    return render_pdf(official_text(html, names), images)


def certificate_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """One certificate, for all who see its line of the register."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    if certificate.is_cancelled:
        raise ActionRefused("เกียรติบัตรนี้ยกเลิกแล้ว จึงไม่พิมพ์ โปรดดูเหตุผลในทะเบียนคุมเกียรติบัตร")
    return _pdf_response([certificate])


def certificate_papers(request: SignedInRequest) -> HttpResponse:
    """Those ticked in the register, by number."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    chosen = listed_keys(request.GET.getlist("certificate"))
    if not 1 <= len(chosen) <= MAX_CERTIFICATES:
        raise ActionRefused(f"โปรดเลือกเกียรติบัตรที่จะพิมพ์ 1 ถึง {MAX_CERTIFICATES} ฉบับ")
    rows = Certificate.objects.visible_to(request.user).issued().filter(pk__in=chosen)
    if not rows:
        raise ActionRefused("เกียรติบัตรที่เลือกยกเลิกแล้วทุกฉบับ จึงไม่พิมพ์")
    return _pdf_response(list(rows.order_by("year", "number")))


def _pdf_response(certificates: Sequence[Certificate]) -> HttpResponse:
    title = str(certificates[0]) if len(certificates) == 1 else f"เกียรติบัตร {len(certificates)} ฉบับ"
    pdf = certificates_pdf([one.frozen for one in certificates], title)
    return bytes_response(pdf, f"{title}.pdf")
