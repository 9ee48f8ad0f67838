"""The area board: schools × steps, grouped by the cluster each school belonged to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import groupby

from django.db.models import Q

from schools.access import Permission, rights_of
from schools.links import link
from schools.models import Cluster, School, SizeScheme, Term, User
from schools.sizes import latest_counts, scheme_in_use, size_of
from supervision.cycle.forms import FINISHED, STOPPED, UNOPENED, BoardFilter
from supervision.cycle.steps import STEPS, with_criteria, with_facts
from supervision.cycle.term_gap import TermGap, gap_of
from supervision.cycle.walk import Place, Walk, walk_of_each_school
from supervision.rounds.models import Round

NO_CLUSTER = "ยังไม่ระบุกลุ่มโรงเรียน"


@dataclass(frozen=True)
class Status:
    """A cell of the board or the pill of a card: sign, word and, for a cell, where it leads."""

    kind: str
    word: str
    url: str = ""
    no: int = 0


@dataclass(frozen=True)
class Row:
    """One school of the board; `walk` is None while the term has no round for it.

    Who follows a school's progress without seeing the school gets words that judge nothing,
    and no links.
    """

    school: School
    walk: Walk | None
    size: str
    opens: bool

    @property
    def name(self) -> str:
        return self.school.short_name

    @cached_property
    def url(self) -> str:
        if not self.opens:
            return ""
        return self.walk.round.get_absolute_url() if self.walk else _school_url(self.school)

    @property
    def round_word(self) -> str:
        """A second round tells that the first came to ไม่บรรลุ."""
        if not self.opens or self.walk is None or self.walk.round.number == 1:
            return ""
        return f"รอบที่ {self.walk.round.number}"

    @property
    def gone(self) -> str:
        """What became of a school that is none any more, beside its name."""
        return self.walk.stopped if self.walk else ""

    @property
    def cells(self) -> list[Status]:
        if self.walk is None:
            return [Status("idle", "ยังไม่เปิดรอบ", self.url, s.number) for s in STEPS]
        to_cell = partial(_cell, page=self.url) if self.opens else _far_cell
        return [to_cell(place) for place in self.walk.places]

    @property
    def now(self) -> Status:
        if self.walk is None:
            return Status("idle", "ยังไม่เปิดรอบ")
        place = self.walk.current
        if self.walk.stopped:
            return Status("idle", self.walk.stopped)
        if place is None:
            return Status("done", "ครบทุกขั้น")
        return Status(place.kind, f"{place.step.number} {place.step.short}: {_word(place)}")

    @property
    def stands_at(self) -> str:
        """Its answer to the filter by step."""
        if self.walk is None:
            return UNOPENED
        if self.walk.stopped:
            return STOPPED
        return str(self.walk.current.step.number) if self.walk.current else FINISHED

    @property
    def is_overdue(self) -> bool:
        return bool(self.walk and self.walk.overdue)


@dataclass(frozen=True)
class Group:
    """One cluster: its totals count all its schools, `rows` only those asked for."""

    name: str
    rows: Sequence[Row]
    every: Sequence[Row]
    cluster: Cluster | None = None

    @property
    def note(self) -> str:
        if len(self.rows) < len(self.every):
            return f"แสดง {len(self.rows)} จาก {len(self.every)} โรงเรียน"
        return f"{len(self.every)} โรงเรียน"

    @property
    def data_notes(self) -> list[str]:
        """What is to be checked about the cluster; its schools that closed are not counted."""
        registered = sum(not row.gone for row in self.every)
        notes = self.cluster.notes(registered) if self.cluster else []
        return [f"{self.name}: {note}" for note in notes]

    @property
    def totals(self) -> list[str]:
        """Done of all, step by step; a school that is gone counts where it had done the step."""
        walks = [row.walk for row in self.every if row.walk]
        return [
            f"{sum(walk.places[at].fact.done for walk in walks)}"
            f"/{len(self.every) - sum(bool(walk.places[at].gone) for walk in walks)}"
            for at in range(len(STEPS))
        ]


@dataclass(frozen=True)
class Board:
    """The board of one term: every row, and the groups that were asked for."""

    term: Term
    form: BoardFilter
    rows: Sequence[Row]
    groups: Sequence[Group]
    gap: TermGap | None

    @property
    def shown(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def unopened(self) -> int:
        return sum(1 for row in self.rows if row.walk is None)


def board_of(user: User, asked: Mapping[str, str], today: date) -> Board | None:
    """The board as the filters ask for it; None before any term has opened."""
    terms = list(Term.objects.select_related("academic_year"))
    now = next((term for term in terms if term.opens_on <= today), None)
    if now is None:
        return None
    term = next((term for term in terms if str(term.pk) == asked.get("term")), now)
    day = today if term == now else term.closes_on
    scheme = scheme_in_use()
    rows = rows_of(user, term, schools_of(user, term, day), scheme, today)
    form = _filter(asked, term, terms, rows, scheme)
    coming = min((one.opens_on for one in terms if one.opens_on > today), default=None)
    gap = gap_of(rights_of(user), now, coming, today)
    return Board(term, form, rows, groups_of(rows, form.cleaned_data), gap)


def _filter(
    asked: Mapping[str, str],
    term: Term,
    terms: Sequence[Term],
    rows: Sequence[Row],
    scheme: SizeScheme | None,
) -> BoardFilter:
    """Bound always, so that the boxes show what the page shows."""
    clusters = {row.school.cluster_pk: row.school.cluster_name for row in rows}
    clusters.pop(None, None)
    form = BoardFilter(
        {**asked, "term": str(term.pk)}, terms=terms, clusters=clusters.items(), scheme=scheme
    )
    form.is_valid()
    return form


def schools_of(user: User, term: Term, day: date) -> list[School]:
    """Schools open on that day or walking that term, each with `cluster_pk` and the rest."""
    schools = School.objects.where(user, Permission.VIEW_PROGRESS).with_cluster(day)
    walking = Round.objects.for_term(term).values("school")
    schools = schools.filter(Q(pk__in=walking) | Q(closed_on=None) | Q(closed_on__gt=day))
    return sorted(schools, key=_place_on_board)


def _place_on_board(school: School) -> tuple[bool, str, str]:
    return (school.cluster_pk is None, school.cluster_key or "", school.sort_key)


def rows_of(
    user: User, term: Term, schools: Sequence[School], scheme: SizeScheme | None, today: date
) -> list[Row]:
    """The board's rows in the order of the schools given."""
    rights, counts = rights_of(user), latest_counts(schools) if scheme else {}
    rounds = Round.objects.where(user, Permission.VIEW_PROGRESS).for_term(term)
    walks = walk_of_each_school(with_criteria(with_facts(rounds)), rights, today, reader=user)
    walk_at = {walk.round.school_id: walk for walk in walks}
    return [
        Row(
            school,
            walk_at.get(school.pk),
            size_of(scheme, counts.get(school.pk)),
            opens=rights.allows(Permission.VIEW_SCHOOL, school.pk),
        )
        for school in schools
    ]


def groups_of(rows: Sequence[Row], wanted: Mapping[str, str]) -> list[Group]:
    """Clusters that still have a school to show."""
    found = []
    clusters = Cluster.objects.in_bulk()
    for cluster_pk, members in groupby(rows, key=lambda row: row.school.cluster_pk):
        every = list(members)
        shown = [row for row in every if _is_wanted(row, wanted)]
        if shown and wanted.get("cluster") in ("", None, str(cluster_pk)):
            cluster = clusters.get(cluster_pk)
            found.append(Group(str(cluster or NO_CLUSTER), shown, every, cluster))
    return found


def _is_wanted(row: Row, wanted: Mapping[str, str]) -> bool:
    if wanted.get("step") and row.stands_at != wanted["step"]:
        return False
    if wanted.get("size") and row.size != wanted["size"]:
        return False
    return row.is_overdue or not wanted.get("overdue")


def _school_url(school: School) -> str:
    return link("school", school.pk)


def _cell(place: Place, page: str) -> Status:
    """Straight to the step's record where this person may open it, else to its line."""
    no = place.step.number
    return Status(place.kind, _word(place), place.url or f"{page}#step-{no}", no)


def _far_cell(place: Place) -> Status:
    """How far a school is, for who does not see what was judged there."""
    word = "เสร็จ" if place.fact.done else _word(place)
    return Status(place.kind, word, no=place.step.number)


def _word(place: Place) -> str:
    """Short enough for a cell; the school page says the rest."""
    if place.fact.done:
        return place.fact.word or "เสร็จ"
    if place.gone:
        return place.gone
    if place.overdue:
        return f"เกิน {place.overdue} วัน"
    if place.fact.word:
        return place.fact.word
    if place.is_mine:
        return "รอคุณ"
    return f"รอ{place.waits_short}" if place.has_its_turn else "ยังไม่ถึง"
