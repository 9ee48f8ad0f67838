"""The area board: schools × steps, grouped by the cluster each school belonged to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from django import forms

from schools.access import Permission, rights_of
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import Cluster, School, SizeScheme, Term, User
from schools.registry.school_lists import (
    ClusterGroup,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
)
from schools.school_sizes import confirmed_size_scheme, latest_counts, school_size
from supervision.cycle.progress import RoundProgress, RoundStep, progress_of_schools
from supervision.cycle.step_facts import with_criteria, with_step_facts
from supervision.cycle.steps import all_steps
from supervision.cycle.term_gap import TermGap, find_term_gap
from supervision.rounds.models import Round
from supervision.rounds.overview import (
    TermChoice,
    TermFilterForm,
    choose_term,
    schools_for_overview,
)

FINISHED, UNOPENED, STOPPED = "finished", "unopened", "stopped"


class BoardFilter(TermFilterForm):
    """What the area board shows: a term, a cluster, a size, a step."""

    size = forms.ChoiceField(label="ขนาด", required=False)
    step = forms.ChoiceField(label="ขั้นปัจจุบัน", required=False)
    overdue = forms.ChoiceField(
        label="กำหนดเสร็จ", required=False, choices=[("", "ทั้งหมด"), ("1", "เฉพาะที่เกินกำหนด")]
    )

    def __init__(self, *args: Any, scheme: SizeScheme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.number, f"{step.number} {step.short}") for step in all_steps()]
        others = [(FINISHED, "ครบทุกขั้น"), (UNOPENED, "ยังไม่เปิดรอบ"), (STOPPED, "เลิกหรือรวมแล้ว")]
        if scheme is None:  # without a scheme no school has a size
            del self.fields["size"]
        else:
            sizes = [(band.label, band.label) for band in scheme.bands.all()]
            self.set_choices("size", [("", "ทุกขนาด"), *sizes])
        self.set_choices("step", [("", "ทุกขั้น"), *steps, *others])


@dataclass(frozen=True)
class BoardCell:
    """A cell of the board or the pill of a card: sign, word and, for a cell, where it leads."""

    kind: StatusKind
    word: str
    url: str = ""
    no: int = 0


@dataclass(frozen=True)
class BoardRow:
    """One school of the board; `progress` is None while the term has no round for it.

    Who follows a school's progress without seeing the school gets words that judge nothing,
    and no links.
    """

    school: School
    progress: RoundProgress | None
    size: str
    may_open: bool

    @property
    def name(self) -> str:
        return self.school.short_name

    @cached_property
    def url(self) -> str:
        if not self.may_open:
            return ""
        return self.progress.round.get_absolute_url() if self.progress else _school_url(self.school)

    @property
    def round_word(self) -> str:
        """A second round says that the first came to ไม่บรรลุ."""
        if not self.may_open or self.progress is None or self.progress.round.number == 1:
            return ""
        return f"รอบที่ {self.progress.round.number}"

    @property
    def closure(self) -> str:
        """What became of a school that is none any more, shown after its name."""
        return self.progress.stopped if self.progress else ""

    @property
    def cells(self) -> list[BoardCell]:
        if self.progress is None:
            return [
                BoardCell(StatusKind.IDLE, "ยังไม่เปิดรอบ", self.url, s.number) for s in all_steps()
            ]
        to_cell = partial(_cell, page=self.url) if self.may_open else _outline_cell
        return [to_cell(round_step) for round_step in self.progress.steps]

    @property
    def now(self) -> BoardCell:
        if self.progress is None:
            return BoardCell(StatusKind.IDLE, "ยังไม่เปิดรอบ")
        round_step = self.progress.current
        if self.progress.stopped:
            return BoardCell(StatusKind.IDLE, self.progress.stopped)
        if round_step is None:
            return BoardCell(StatusKind.DONE, "ครบทุกขั้น")
        return BoardCell(
            round_step.kind,
            f"{round_step.step.number} {round_step.step.short}: {_word(round_step)}",
        )

    @property
    def step_filter_value(self) -> str:
        """Its answer to the filter by step."""
        if self.progress is None:
            return UNOPENED
        if self.progress.stopped:
            return STOPPED
        return str(self.progress.current.step.number) if self.progress.current else FINISHED

    @property
    def is_overdue(self) -> bool:
        return bool(self.progress and self.progress.overdue)


@dataclass(frozen=True)
class BoardGroup(ClusterGroup[BoardRow]):
    """One cluster: its totals count all its schools, `rows` only those asked for."""

    cluster: Cluster | None = None

    @property
    def note(self) -> str:
        if len(self.rows) < len(self.all_rows):
            return f"แสดง {len(self.rows)} จาก {len(self.all_rows)} โรงเรียน"
        return f"{len(self.all_rows)} โรงเรียน"

    @property
    def data_notes(self) -> list[str]:
        """What is to be checked about the cluster; its schools that closed are not counted."""
        registered = sum(not row.closure for row in self.all_rows)
        notes = self.cluster.notes(registered) if self.cluster else []
        return [f"{self.name}: {note}" for note in notes]

    @property
    def totals(self) -> list[str]:
        """Done of all, step by step; a closed school counts where it had done the step."""
        all_progress = [row.progress for row in self.all_rows if row.progress]
        return [self._total_of_step(all_progress, at) for at in range(len(all_steps()))]

    def _total_of_step(self, all_progress: Sequence[RoundProgress], at: int) -> str:
        done = sum(progress.steps[at].facts.done for progress in all_progress)
        closed = sum(bool(progress.steps[at].closure) for progress in all_progress)
        return f"{done}/{len(self.all_rows) - closed}"


@dataclass(frozen=True)
class Board:
    """The board of one term: every row, and the groups that were asked for."""

    term: Term
    form: BoardFilter
    rows: Sequence[BoardRow]
    groups: Sequence[BoardGroup]
    gap: TermGap | None

    @property
    def shown(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def unopened(self) -> int:
        return sum(1 for row in self.rows if row.progress is None)


def build_board(user: User, asked: Mapping[str, str], today: date) -> Board | None:
    """The board as the filters ask for it; None before any term has opened."""
    choice = choose_term(asked, today)
    if choice is None:
        return None
    term, now = choice.term, choice.current
    scheme = confirmed_size_scheme()
    rows = build_board_rows(user, term, schools_for_overview(user, term, choice.day), scheme, today)
    form = _filter(asked, choice, rows, scheme)
    gap = find_term_gap(rights_of(user), now, choice.next_opening(today), today)
    return Board(term, form, rows, build_board_groups(rows, form.cleaned_data), gap)


def _filter(
    asked: Mapping[str, str],
    choice: TermChoice,
    rows: Sequence[BoardRow],
    scheme: SizeScheme | None,
) -> BoardFilter:
    """Bound always, so that the boxes show what the page shows."""
    form = BoardFilter(
        {**asked, "term": str(choice.term.pk)},
        terms=choice.terms,
        clusters=cluster_names(rows),
        scheme=scheme,
    )
    form.is_valid()
    return form


def build_board_rows(
    user: User, term: Term, schools: Sequence[School], scheme: SizeScheme | None, today: date
) -> list[BoardRow]:
    """The board's rows in the order of the schools given."""
    rights, counts = rights_of(user), latest_counts(schools) if scheme else {}
    rounds = Round.objects.with_permission(user, Permission.VIEW_PROGRESS).for_term(term)
    all_progress = progress_of_schools(
        with_criteria(with_step_facts(rounds)), rights, today, user=user
    )
    progress_of = {progress.round.school_id: progress for progress in all_progress}
    return [
        BoardRow(
            school,
            progress_of.get(school.pk),
            school_size(scheme, counts.get(school.pk)),
            may_open=rights.allows(Permission.VIEW_SCHOOL, school.pk),
        )
        for school in schools
    ]


def build_board_groups(rows: Sequence[BoardRow], wanted: Mapping[str, str]) -> list[BoardGroup]:
    """Clusters that still have a school to show."""
    clusters = Cluster.objects.in_bulk()
    shown = [row for row in rows if _is_wanted(row, wanted)]
    return [
        replace(group, cluster=clusters.get(group.cluster_pk))
        for group in group_by_cluster(shown, rows, BoardGroup)
    ]


def _is_wanted(row: BoardRow, wanted: Mapping[str, str]) -> bool:
    if not is_in_cluster(row, wanted.get("cluster")):
        return False
    if wanted.get("step") and row.step_filter_value != wanted["step"]:
        return False
    if wanted.get("size") and row.size != wanted["size"]:
        return False
    return row.is_overdue or not wanted.get("overdue")


def _school_url(school: School) -> str:
    return cached_url("school", school.pk)


def _cell(round_step: RoundStep, page: str) -> BoardCell:
    """Straight to the step's record where this person may open it, else to its line."""
    no = round_step.step.number
    return BoardCell(round_step.kind, _word(round_step), round_step.url or f"{page}#step-{no}", no)


def _outline_cell(round_step: RoundStep) -> BoardCell:
    """How far a school is, for who does not see what was judged there."""
    word = "เสร็จ" if round_step.facts.done else _word(round_step)
    return BoardCell(round_step.kind, word, no=round_step.step.number)


def _word(round_step: RoundStep) -> str:
    """Short enough for a cell; the school page says the rest."""
    if round_step.facts.done:
        return round_step.facts.word or "เสร็จ"
    if round_step.closure:
        return round_step.closure
    if round_step.overdue:
        return f"เกิน {round_step.overdue} วัน"
    if round_step.facts.word:
        return round_step.facts.word
    if round_step.is_mine:
        return "รอคุณ"
    return f"รอ{round_step.waits_short}" if round_step.has_its_turn else "ยังไม่ถึง"
