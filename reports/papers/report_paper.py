"""A report and a certificate of the registers as papers among the others of their round."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.certificates.models import Certificate
from reports.data.photos import PrintedPhoto
from reports.emblem import emblem_images
from reports.models import IssuedDocument
from reports.papers.office_paper import OfficePaper
from reports.rendering import paper_html, snapshot_images, snapshot_photos


@dataclass(frozen=True)
class ReportPaper(OfficePaper):
    """An issued report, drawn again from its snapshot."""

    document: IssuedDocument

    @property
    def name(self) -> str:
        return self.document.get_kind_display()

    @property
    def title(self) -> str:
        return f"{self.name} เลขที่ {self.document.number}{self.document.revision}"

    @cached_property
    def photos(self) -> list[PrintedPhoto]:
        return snapshot_photos(self.document.frozen)

    @property
    def images(self) -> Mapping[str, bytes]:
        return snapshot_images(self.document.frozen, self.photos)

    def as_html(self) -> str:
        return paper_html(self.document.frozen, self.photos)


@dataclass(frozen=True)
class CertificatePaper(OfficePaper):
    """A certificate in force, drawn from its snapshot."""

    template = "reports/paper/certificates.html"
    name = "เกียรติบัตร"

    certificate: Certificate

    @property
    def title(self) -> str:
        return str(self.certificate)

    @property
    def school_names(self) -> list[str]:
        return [self.certificate.frozen["recipient"]]

    @property
    def images(self) -> Mapping[str, bytes]:
        return emblem_images(self.certificate.frozen["area"])

    def context(self) -> dict[str, Any]:
        return {"certificates": [self.certificate.frozen], "title": self.title}
