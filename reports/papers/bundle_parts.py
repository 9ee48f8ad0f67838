"""What a bundle is made of: every paper of some schools' term that one reader may open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.book.parts import BookPart
from reports.papers.office_paper import OfficePaper, round_suffix
from reports.papers.round_papers import papers_of_round, rounds_with_papers
from reports.quality_drive.agreement_paper import make_agreement_paper
from schools.models import School, Term, User
from supervision.quality_drive.agreements.queries import PAPER_RELATIONS
from supervision.quality_drive.models import Agreement
from supervision.rounds.models import Round


@dataclass(frozen=True)
class BundlePaper:
    """One paper of a bundle: whose it is, what it is called there, and its state in a word."""

    school: School
    title: str
    word: str
    part: BookPart


def bundle_papers(term: Term, schools: Sequence[int], reader: User) -> list[BundlePaper]:
    """By school in Thai order, round and step; a paper that several share is there once."""
    rounds = rounds_with_papers(reader).filter(term=term, school__in=schools)
    found: dict[tuple[object, ...], BundlePaper] = {}
    for paper in _papers(rounds.order_by("school__sort_key", "school", "number"), reader):
        found.setdefault((paper.part.html, paper.part.images), paper)
    return list(found.values())


def agreement_papers(term: Term, schools: Sequence[int], reader: User) -> list[BundlePaper]:
    """The agreements in force of these schools in the drive of the term's year, in Thai order."""
    rows = (
        Agreement.objects.visible_to(reader)
        .in_force()
        .filter(drive__academic_year=term.academic_year_id, school__in=schools)
    )
    rows = rows.select_related(*PAPER_RELATIONS).prefetch_related("targets", "supports")
    return [
        BundlePaper(
            one.school,
            f"บันทึกข้อตกลง{one.suffix}",
            one.get_state_display(),
            _part(make_agreement_paper(one)),
        )
        for one in rows.order_by("school__sort_key", "school")
    ]


def _papers(rounds: Iterable[Round], reader: User) -> Iterator[BundlePaper]:
    for round_ in rounds:
        papers = (paper for step in papers_of_round(round_, reader) for paper in step.papers)
        for paper in papers:
            if paper.make:
                title = f"{paper.title}{round_suffix(round_)}"
                yield BundlePaper(round_.school, title, paper.word, _part(paper.make()))


def _part(paper: OfficePaper) -> BookPart:
    images = tuple(paper.images.items())
    return BookPart(paper.title, paper.as_html(), (), images=images)
