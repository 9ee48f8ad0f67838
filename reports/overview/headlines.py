"""The four headline figures of the overview, each with last term's beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters
from reports.overview.links import OverviewLinks
from reports.overview.list_links import ledger_url
from reports.overview.school_lines import SchoolCount
from schools.models import Term
from supervision.improvement.ledger import LedgerView
from supervision.results.advice import AdviceRow, summarise_advice
from supervision.results.gaps import GapSummary, wide_gap_counts


@dataclass(frozen=True)
class HeadlineCard:
    """One figure in large letters: what it counts, the facts beside it, and where its rows are.

    `topic` is how it is counted, of templates/reports/overview/how_counted.html.
    """

    label: str
    number: str
    facts: Sequence[str]
    url: str
    topic: str


def headline_cards(
    results: AreaResults,
    filters: OverviewFilters,
    gaps: Mapping[int, GapSummary],
    advice: Sequence[AdviceRow],
    today: date,
) -> list[HeadlineCard]:
    """Schools visited, decided, with a wide gap, and advice overdue.

    `gaps` are those of the visits of both terms; `advice` is that of the schools counted. Where
    no term before is compared, or nothing happened in it, nothing is said of it.
    """
    links = OverviewLinks(filters.query)
    return [
        _visited_card(results, links),
        _decided_card(results, links),
        _gap_card(results, links, gaps),
        _advice_card(results, filters, advice, today),
    ]


def _before(results: AreaResults) -> Term | None:
    """The term before, if any of its schools had a round."""
    before = results.previous
    return before if before and results.coverage(before).opened else None


def _visited_card(results: AreaResults, links: OverviewLinks) -> HeadlineCard:
    now, before = results.coverage(results.term), _before(results)
    percent = now.percent_visited
    facts = [f"{now.visited} จาก {now.schools} โรงเรียน"]
    if before:
        facts.append(f"ภาคเรียนก่อน {results.coverage(before).percent_visited}%")
    number = "–" if percent is None else f"{percent}%"
    url = links.schools(show=SchoolCount.VISITED)
    return HeadlineCard("โรงเรียนที่ได้รับการนิเทศแล้ว", number, facts, url, "coverage")


def _decided_card(results: AreaResults, links: OverviewLinks) -> HeadlineCard:
    """Of the latest rounds; ไม่บรรลุ opens the next at once, so it shows in the second rounds."""
    now, before = results.coverage(results.term), _before(results)
    facts = [f"จาก {now.decided} ที่พิจารณารอบล่าสุดแล้ว"]
    if now.not_achieved:
        facts.append(f"ไม่บรรลุ {now.not_achieved}")
    if now.repeated:
        facts.append(f"มีรอบที่สอง {now.repeated}")
    if before:
        then = results.coverage(before)
        facts.append(f"ภาคเรียนก่อน {then.achieved} จาก {then.decided}")
    url = links.schools(show=SchoolCount.ACHIEVED)
    return HeadlineCard("พิจารณาแล้วว่าบรรลุ", str(now.achieved), facts, url, "achieved")


def _gap_card(
    results: AreaResults, links: OverviewLinks, gaps: Mapping[int, GapSummary]
) -> HeadlineCard:
    now, before = wide_gap_counts(results.of_term(results.term), gaps), _before(results)
    facts = ["โรงเรียน", *([f"อธิบายครบ {now.explained}"] if now.schools else [])]
    if before:
        facts.append(f"ภาคเรียนก่อน {wide_gap_counts(results.of_term(before), gaps).schools}")
    url = links.schools(show=SchoolCount.WIDE_GAP)
    return HeadlineCard("ผลต่างตั้งแต่ 2 ระดับ", str(now.schools), facts, url, "gap_explained")


def _advice_card(
    results: AreaResults, filters: OverviewFilters, advice: Sequence[AdviceRow], today: date
) -> HeadlineCard:
    now, before = summarise_advice(advice, today), results.previous
    facts = [f"จาก {now.open} ข้อที่ยังไม่ปิด"]
    median = _median_days(advice, results.term, today)
    if median is not None:
        facts.append(f"ปิดได้ใน {_days(median)} วัน (มัธยฐาน)")
    earlier = _median_days(advice, before, today) if before else None
    if earlier is not None:
        facts.append(f"มัธยฐานภาคเรียนก่อน {_days(earlier)} วัน")
    url = ledger_url(filters, LedgerView.LATE) or OverviewLinks(filters.query).schools(
        show=SchoolCount.ADVICE_OVERDUE
    )
    return HeadlineCard("ข้อเสนอแนะเกินกำหนด", str(now.overdue), facts, url, "recommendations")


def _median_days(advice: Sequence[AdviceRow], term: Term, today: date) -> Decimal | None:
    """Of the advice given in the term, as far as it is closed."""
    return summarise_advice((row for row in advice if row.term_id == term.pk), today).median_days


def _days(median: Decimal) -> str:
    """38 or 38.5."""
    return f"{median.normalize():f}"
