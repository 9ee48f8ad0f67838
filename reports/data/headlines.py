"""The figures by which a report is known at a glance, of a frozen paper and as they are today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q

from reports.data.schema import (
    AreaStandard,
    JudgedStandard,
    RecommendationRow,
    SummaryReport,
    TermFigures,
    TermReport,
    YearReport,
)
from reports.data.summary import SummarySource
from reports.data.term import carried_over_q
from schools.core.thai import short_date
from schools.models import AcademicYear, School
from supervision.improvement.models import Recommendation
from supervision.results.coverage import TermCoverage, term_coverage
from supervision.results.school_terms import ALL_RESULTS, load_area_school_terms
from supervision.results.scores import StandardResult, load_scores

SCHOOLS, ITEMS = "โรงเรียน", "ข้อ"
Figure = int | Decimal | str | None  # a count, a mean with two decimals, a word; None is none


@dataclass(frozen=True)
class Headline:
    """One figure with its unit."""

    label: str
    value: Figure
    unit: str = ""


@dataclass(frozen=True)
class HeadlineSection:
    """Headlines of one thing: a term, its standards, the recommendations.

    Changes of a section `in_brief` are told by their number: they are many, and of one kind.
    """

    title: str
    figures: Sequence[Headline]
    in_brief: bool = False


# --- A year of the area ---


def year_headlines(figures: YearReport) -> list[HeadlineSection]:
    """What the paper says, term by term."""
    sections = []
    for term in figures["terms"]:
        sections += _term_sections(
            term["term"], _paper_counts(term), _paper_means(term["standards"])
        )
    return [*sections, _advice_section(*_advice_counts(figures["recommendations"]))]


def live_year_headlines(year: AcademicYear, today: date) -> list[HeadlineSection]:
    """The same of today, from the results that the pages of the overview show; eight queries.

    It does without the texts of all schools, which make `year_report` slow.
    """
    terms = list(year.terms.select_related("academic_year").order_by("number"))
    schools = School.objects.filter(area=year.area_id)
    rows = load_area_school_terms(schools, terms, today)
    scores = load_scores(rows, ALL_RESULTS)
    sections = []
    for term in terms:
        sections += _term_sections(
            str(term),
            term_coverage(row for row in rows if row.term.pk == term.pk),
            _live_means(scores.standard_results(term.pk)),
        )
    first_day = year.terms.aggregate(first=Min("opens_on"))["first"]
    own, area = Q(round__term__academic_year=year), Q(school__area=year.area_id)
    return [*sections, _advice_section(*_live_advice_counts(own, area, first_day))]


# --- A term of many schools ---


def summary_headlines(figures: SummaryReport) -> list[HeadlineSection]:
    """What the paper says of its term."""
    term = figures["figures"]
    sections = _term_sections(term["term"], _paper_counts(term), _paper_means(term["standards"]))
    return [*sections, _advice_section(*_advice_counts(figures["recommendations"]))]


def live_summary_headlines(source: SummarySource) -> list[HeadlineSection]:
    """The same of today, without the texts of the schools."""
    term = source.term
    sections = _term_sections(
        str(term),
        term_coverage(source.rows),
        _live_means(source.scores.standard_results(term.pk)),
    )
    schools = Q(school__in=[row.school.pk for row in source.rows])
    counts = _live_advice_counts(Q(round__term=term), schools, term.opens_on)
    return [*sections, _advice_section(*counts)]


# --- What both are made of ---


@dataclass(frozen=True)
class _StandardMeans:
    """One standard's means and how many schools the supervisors' is of."""

    name: str
    own: Decimal | None
    visit: Decimal | None
    schools: int


def _term_sections(
    term: str, counts: TermCoverage, standards: Iterable[_StandardMeans]
) -> list[HeadlineSection]:
    title = f"ภาคเรียนที่ {term}"
    figures = [
        Headline("โรงเรียนทั้งหมด", counts.schools, SCHOOLS),
        Headline("เปิดรอบ", counts.opened, SCHOOLS),
        Headline("ประเมินตนเองแล้ว", counts.assessed, SCHOOLS),
        Headline("ได้รับการนิเทศ", counts.visited, SCHOOLS),
        Headline("บรรลุ", counts.achieved, SCHOOLS),
        Headline("ไม่บรรลุ", counts.not_achieved, SCHOOLS),
        Headline("มีรอบที่ 2", counts.repeated, SCHOOLS),
    ]
    means = [
        headline
        for one in standards
        for headline in (
            Headline(f"{one.name} ค่าเฉลี่ยโรงเรียน", one.own),
            Headline(f"{one.name} ค่าเฉลี่ย ศน.", one.visit),
            Headline(f"{one.name} จำนวนที่มีผล", one.schools or None, SCHOOLS),
        )
    ]
    return [
        HeadlineSection(title, figures),
        HeadlineSection(f"{title} รายมาตรฐาน", means, in_brief=True),
    ]


def _paper_counts(term: TermFigures) -> TermCoverage:
    return TermCoverage(
        schools=term["schools"],
        opened=term["opened"],
        assessed=term["assessed"],
        visited=term["visited"],
        achieved=term["achieved"],
        not_achieved=term["not_achieved"],
        repeated=term["repeated"],
    )


def _paper_means(standards: Iterable[AreaStandard]) -> list[_StandardMeans]:
    return [
        _StandardMeans(
            _standard_name(row["level"], row["number"], row["name"]),
            _decimal(row["own"]["mean"]),
            _decimal(row["visit"]["mean"]),
            row["visit"]["n"],
        )
        for row in standards
    ]


def _live_means(standards: Iterable[StandardResult]) -> list[_StandardMeans]:
    return [
        _StandardMeans(
            _standard_name(one.standard.level, one.standard.number, one.standard.name),
            one.summary.own.mean,
            one.summary.visit.mean,
            one.summary.visit.n,
        )
        for one in standards
    ]


def _standard_name(level: str, number: int, name: str) -> str:
    return f"{level} มาตรฐานที่ {number} {name}".strip()


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- Recommendations ---


def _advice_section(given: int, closed: int) -> HeadlineSection:
    figures = [
        Headline("ข้อเสนอแนะ", given, ITEMS),
        Headline("ปิดแล้วพร้อมหลักฐาน", closed, ITEMS),
    ]
    return HeadlineSection("ข้อเสนอแนะ", figures)


def _advice_counts(rows: Sequence[RecommendationRow]) -> tuple[int, int]:
    return len(rows), sum(row["closed_on"] is not None for row in rows)


def _live_advice_counts(own: Q, schools: Q, first_day: date | None) -> tuple[int, int]:
    """What was advised in a time, and what was still open when it began on its first day."""
    asked = own | carried_over_q(first_day) if first_day else own
    rows = Recommendation.objects.of_rounds().agreed().filter(asked, schools)
    counts = rows.aggregate(given=Count("pk"), closed=Count("closed_at"))
    return counts["given"], counts["closed"]


# --- A term of one school ---


def term_headlines(figures: TermReport) -> list[HeadlineSection]:
    """What a school's term report says, whether frozen or of today."""
    decision, visit = figures["decision"], figures["visit"]
    visit_on = short_date(date.fromisoformat(visit["visit_on"])) if visit else None
    overview = [
        Headline("ผลการพิจารณา", decision["result"] if decision else None),
        Headline("วันที่นิเทศ", visit_on),
        Headline("วิธีปฏิบัติที่เป็นเลิศ", len(figures["practices"]), "เรื่อง"),
    ]
    return [
        HeadlineSection("ภาพรวม", overview),
        HeadlineSection("ค่าเฉลี่ยรายมาตรฐาน", _school_means(figures["standards"])),
        _advice_section(*_advice_counts(figures["recommendations"])),
    ]


def _school_means(standards: Iterable[JudgedStandard]) -> list[Headline]:
    found = []
    for row in standards:
        name = _standard_name(row["level"], row["number"], row["name"])
        found += [
            Headline(f"{name} ค่าเฉลี่ยโรงเรียน", _decimal(row["own"]["mean"])),
            Headline(f"{name} ค่าเฉลี่ย ศน.", _decimal(row["visit"]["mean"])),
        ]
    return found
