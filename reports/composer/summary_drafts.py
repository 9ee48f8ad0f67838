"""The drafts of a term's summary, of all schools or of one cluster's, as for a year report."""

from collections.abc import Callable, Mapping

from reports.composer.enums import PartKey
from reports.composer.markup import plain_markup
from reports.composer.numbers import LiveNumbers
from reports.composer.obstacle_drafts import obstacles_draft
from reports.composer.shared_drafts import (
    advice_in_brief,
    advice_to_follow,
    changes_in_brief,
    observed_in_brief,
    practices_in_brief,
    proposals_draft,
    urgent_needs,
)
from reports.composer.shared_numbers import SUMMARY_PREFIX, measured_prefix
from reports.composer.term_drafts import (
    bullet_list,
    paragraphs,
    term_discussion,
    term_in_brief,
)
from reports.data.schema import SummaryReport

SummaryDraft = Callable[[SummaryReport, LiveNumbers], str]


def summary_executive_draft(report: SummaryReport, numbers: LiveNumbers) -> str:
    """The term in a few paragraphs: schools, decisions, the ledger, the good practices."""
    term = report["figures"]
    if not term["opened"]:
        return f"ภาคเรียนที่ {numbers.field(SUMMARY_PREFIX, 'name')} ยังไม่มีรอบการนิเทศ"
    scope = plain_markup(report["cluster"])
    brief = term_in_brief(numbers, SUMMARY_PREFIX, term)
    return paragraphs(
        [
            f"{scope} {brief}".strip(),
            advice_in_brief(report, numbers, "ภาคเรียนก่อน"),
            practices_in_brief(report, numbers),
        ]
    )


def summary_results_draft(report: SummaryReport, numbers: LiveNumbers) -> str:
    """What the tables after it show, and of when they are."""
    return (
        f"ผลการดำเนินงานภาคเรียนที่ {numbers.field(SUMMARY_PREFIX, 'name')} "
        f"ณ วันที่ {numbers.field('as_of')} มีดังนี้"
    )


def summary_discussion_draft(report: SummaryReport, numbers: LiveNumbers) -> str:
    """What the term's means may say, and what changed since the term before."""
    prefix = measured_prefix(report)
    if not prefix:
        return "ยังไม่มีผลการนิเทศที่ลงนามแล้วของภาคเรียนนี้ จึงยังไม่มีผลให้อภิปราย"
    found = term_discussion(numbers, prefix)
    return paragraphs([*found, _changes(numbers), observed_in_brief(report, numbers)])


def _changes(numbers: LiveNumbers) -> str:
    if "previous" not in numbers:
        return ""
    return changes_in_brief(
        numbers,
        f"เมื่อเปรียบเทียบกับภาคเรียนที่ {numbers.field('previous')}",
        "ทั้งนี้ เปรียบเทียบเฉพาะโรงเรียนที่มีผลทั้งสองภาคเรียน",
    )


def next_steps_draft(report: SummaryReport, numbers: LiveNumbers) -> str:
    """What is to be done next: open advice, unfinished schools, urgent needs."""
    items = [*advice_to_follow(report, numbers)]
    if report["unfinished"]:
        items.append(f"ดำเนินการกับโรงเรียนที่ยังไม่ครบทุกขั้น {numbers.field('unfinished')} ให้แล้วเสร็จ")
    if needs := urgent_needs(numbers):
        items.append(f"จัดการสนับสนุนตามความต้องการเร่งด่วน คือ {needs[0]}")
    if not items:
        return ""
    return paragraphs(["การดำเนินงานในระยะต่อไป ควรพิจารณาดังนี้", bullet_list(items)])


SUMMARY_DRAFTS: Mapping[PartKey, SummaryDraft] = {
    PartKey.EXECUTIVE: summary_executive_draft,
    PartKey.RESULTS: summary_results_draft,
    PartKey.DISCUSSION: summary_discussion_draft,
    PartKey.OBSTACLES: obstacles_draft,
    PartKey.PROPOSALS: proposals_draft,
    PartKey.NEXT_STEPS: next_steps_draft,
}
