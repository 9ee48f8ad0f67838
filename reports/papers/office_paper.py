"""What all papers of a round have in common: drawn while the reader waits, and kept nowhere."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.template.loader import render_to_string

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner
from reports.pdf import render_pdf
from reports.typography import official_text
from schools.core.file_responses import bytes_response
from schools.models import School
from supervision.rounds.models import Round

DRAFT_WORD = "ร่าง"


class OfficePaper(ABC):
    """One paper, made of what its reader may see; its template shows it as `r`."""

    template: ClassVar[str]

    @property
    @abstractmethod
    def name(self) -> str:
        """The form that it is, as the manual names it."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What tells it from other papers: for its running head, its file and lists of papers."""

    @property
    def watermark(self) -> str:
        """Said across each page of a paper that does not hold yet, or no longer."""
        return ""

    @property
    def title_prefix(self) -> str:
        """The watermark before a title."""
        return f"{self.watermark} " if self.watermark else ""

    @property
    def school_names(self) -> Sequence[str]:
        """Names that stay on one line."""
        return ()

    @property
    def images(self) -> Mapping[str, bytes]:
        """The JPEGs that the paper shows, by name."""
        return {}

    def context(self) -> dict[str, Any]:
        return {"r": self}

    def as_html(self) -> str:
        return official_text(render_to_string(self.template, self.context()), self.school_names)

    def as_pdf(self) -> bytes:
        return render_pdf(self.as_html(), self.images)


@dataclass(frozen=True)
class SchoolPaper(OfficePaper):
    """A paper of one school, with who signs it or is to."""

    school: School
    is_sample: bool
    signers: Sequence[PaperSigner]
    printed_at: datetime

    @property
    def area(self) -> AreaHeading:
        return area_heading(self.school.area)

    @property
    def school_names(self) -> list[str]:
        return [self.school.name]


def round_title(round_: Round) -> str:
    """Which school's round a paper is of; the first of a term needs no number."""
    return f"{round_.school.short_name} ภาคเรียนที่ {round_.term}{round_suffix(round_)}"


def round_suffix(round_: Round) -> str:
    """The number of a round after the first of its term, for the end of a title."""
    return f" รอบที่ {round_.number}" if round_.number > 1 else ""


def paper_response(paper: OfficePaper) -> HttpResponse:
    return bytes_response(paper.as_pdf(), f"{paper.title}.pdf")
