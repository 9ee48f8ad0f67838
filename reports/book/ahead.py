"""Parts of a year's book that are drawn before anybody asks for it, at night."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from reports.book.drawing import draw_parts
from reports.book.part_files import missing_parts
from reports.book.parts import book_parts
from reports.drafts import draft_snapshot
from reports.emblem import emblem_images
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from schools.models import AcademicYear, Term
from supervision.rounds.models import Round


def draw_ahead() -> int:
    """Draw what is not kept of the books to come; return how many parts."""
    return sum(_draw_ahead_of(year) for year in _years_to_report())


def _years_to_report() -> list[AcademicYear]:
    """All their terms have closed, so that little changes, and no report on them is issued."""
    of_year = {"academic_year": OuterRef("pk")}
    open_terms = Term.objects.filter(closes_on__gte=timezone.localdate(), **of_year)
    rounds = Round.objects.filter(term__academic_year=OuterRef("pk"))
    reports = IssuedDocument.objects.issued().filter(**of_year)
    rows = AcademicYear.objects.filter(Exists(rounds), ~Exists(open_terms), ~Exists(reports))
    return list(rows.select_related("area"))


def _draw_ahead_of(year: AcademicYear) -> int:
    snapshot = draft_snapshot(IssuedDocument(kind=DocumentKind.YEAR, academic_year=year))
    missing = missing_parts(book_parts(snapshot, emblem_images(snapshot["figures"]["area"])))
    draw_parts(missing, lambda number: None)
    return len(missing)
