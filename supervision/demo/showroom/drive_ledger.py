"""What the office promised in agreements and advised on mentoring visits, in the one ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from schools.models import User
from supervision.demo.showroom import texts
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.improvement.enums import RecommendationAction, RecommendationState
from supervision.improvement.models import ProgressReport, Recommendation

PROOF = "บันทึกการดำเนินงานและภาพกิจกรรม (ตัวอย่าง)"


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger that is not saved yet, who gave it, and what was done about it.

    `reported_by` reports at `reported_at` on a line that is no longer open; `closed_by` checks it.
    """

    row: Recommendation
    given_by: User
    reported_by: User
    closed_by: User
    reported_at: datetime

    @property
    def is_reported(self) -> bool:
        return self.row.state != RecommendationState.OPEN


def save_ledger_lines(lines: Sequence[LedgerLine]) -> None:
    """Write the lines with their log and with what was reported on them."""
    for line in lines:
        if line.row.state == RecommendationState.CLOSED:
            line.row.proof = PROOF
            line.row.closed_at, line.row.closed_by = line.reported_at, line.closed_by
    save_all(line.row for line in lines)
    save_histories(History(line.row, list(_acts_of_line(line))) for line in lines)
    save_all(_report(line) for line in lines if line.is_reported)


def _acts_of_line(line: LedgerLine) -> Iterator[LoggedAct]:
    if line.row.agreed_at is None:
        raise ValueError("a recommendation of a drive is in force when it is recorded")
    yield LoggedAct(RecommendationAction.RECORD_FROM_DRIVE, line.given_by, line.row.agreed_at)
    if line.row.state == RecommendationState.IN_PROGRESS:
        yield LoggedAct(RecommendationAction.REPORT, line.reported_by, line.reported_at)
    elif line.is_reported:
        yield LoggedAct(RecommendationAction.REPORT_DONE, line.reported_by, line.reported_at)
    if line.row.state == RecommendationState.CLOSED:
        yield LoggedAct(RecommendationAction.CLOSE, line.closed_by, line.reported_at)


def _report(line: LedgerLine) -> ProgressReport:
    is_done = line.row.state != RecommendationState.IN_PROGRESS
    return ProgressReport(
        recommendation=line.row,
        text=texts.DONE if is_done else texts.STARTED_SO_FAR,
        is_done=is_done,
        by=line.reported_by,
        at=line.reported_at,
    )
