"""The home page as one person sees it: what waits, their schools or the area, what to do next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from schools.access import Permission, Rights, appointments_in_force, rights_of
from schools.core.thai import long_date
from schools.models import School, Term, User
from supervision.cycle.board import FINISHED
from supervision.cycle.other_todos import get_other_todos, late_edits_to_read, signers_waiting
from supervision.cycle.progress import RoundProgress, RoundStep, progress_of_schools
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.step_todos import (
    get_step_todos,
    rounds_to_prepare,
    rounds_without_sets,
    schools_to_remind,
)
from supervision.cycle.steps import all_steps
from supervision.cycle.term_gap import WHO_OPENS, TermGap, find_term_gap, next_term_opening
from supervision.cycle.todos import TodoGroup, TodoItem, todo_sources
from supervision.rounds.models import Round
from supervision.rounds.step_state import StepState


@dataclass(frozen=True)
class HomeSchoolRow:
    """One school of this person and where it stands; `progress` is None before a round is open."""

    school: School
    progress: RoundProgress | None

    @property
    def name(self) -> str:
        return self.school.short_name

    @property
    def steps(self) -> Sequence[RoundStep]:
        return self.progress.steps if self.progress else []

    @property
    def progress_text(self) -> str:
        return self.progress.text if self.progress else ""

    @property
    def url(self) -> str:
        return reverse("school", args=[self.school.pk])

    @property
    def round_word(self) -> str:
        return (
            f"รอบที่ {self.progress.round.number}"
            if self.progress and self.progress.round.number > 1
            else ""
        )

    @property
    def step_word(self) -> str:
        if self.progress is None:
            return "ยังไม่เปิดรอบ"
        current = self.progress.current
        return f"ขั้น {current.step.number}" if current else "ครบทุกขั้น"


@dataclass(frozen=True)
class StepCount:
    """How many schools stand at one step now."""

    number: int
    name: str
    schools: int


@dataclass(frozen=True)
class NumberCard:
    """One figure on a card: what it counts, of how many, and where it leads."""

    label: str
    number: int
    sub: str
    url: str


@dataclass(frozen=True)
class HomeAreaFigures:
    """How the schools stand that a person follows: of the whole area, or of the own cluster."""

    whole: bool
    schools: int
    opened: int
    late: int
    finished: int
    steps: Sequence[StepCount]

    @property
    def cards(self) -> list[NumberCard]:
        """The three figures on top, each leading to the board."""
        board_url = reverse("board")
        return [
            NumberCard("เปิดรอบแล้ว", self.opened, f"จาก {self.schools} โรงเรียน", board_url),
            NumberCard("เกินกำหนด", self.late, "โรงเรียน", f"{board_url}?overdue=1"),
            NumberCard("ครบทุกขั้น", self.finished, "โรงเรียน", self.finished_url),
        ]

    @property
    def finished_url(self) -> str:
        return f"{reverse('board')}?step={FINISHED}"


@dataclass(frozen=True)
class EmptyHomeMessage:
    """What to do when nothing waits."""

    title: str
    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class HomePage:
    """All that one person's home page shows; `area`, `next` and `gap` only where there is any.

    `waiting` also has the appointments of this week that others act on; `without_sets` counts
    the rounds that wait for sets which somebody else gives them; `offers` waits for nobody.
    """

    waiting: Sequence[TodoItem]
    schools: Sequence[HomeSchoolRow]
    area: HomeAreaFigures | None
    next: EmptyHomeMessage | None
    today: date
    gap: TermGap | None = None
    without_sets: int = 0
    offers: Sequence[TodoItem] = ()

    @property
    def groups(self) -> list[tuple[str, list[TodoItem]]]:
        """What waits, under its headings: today, this week, overdue, the rest."""
        groups = groupby(self.waiting, key=lambda one: one.group(self.today))
        return [(group.heading, list(found)) for group, found in groups]


def build_home_page(user: User, term: Term | None, today: date) -> HomePage:
    """Everything the home page shows, in a constant number of queries."""
    rights = rights_of(user)
    gap = find_term_gap(rights, term, next_term_opening(term, today), today)
    if term is None or not _sees_schools(rights):
        return _home_without_schools(user, term, gap, today)
    own = own_schools(rights)
    schools, all_progress = _schools(user, own, today), _load_progress(user, own, term, today)
    found = [
        *signers_waiting(user),
        *_next_term(gap),
        *rounds_to_prepare(rights, term, all_progress, today),
        *_waiting(user, all_progress, today),
    ]
    waiting = [*late_edits_to_read(user), *(one for one in found if not one.for_information)]
    shows_area = not own or bool(followed_school_ids(rights))
    shown = [*waiting, *_appointments_of_the_week(found, today)]
    return HomePage(
        waiting=sorted(shown, key=lambda one: one.order(today)),
        schools=_rows(own, schools, all_progress),
        area=home_area_figures(rights, schools, all_progress) if shows_area else None,
        next=None if waiting else _what_next(rights, term, all_progress, own),
        today=today,
        gap=gap,
        without_sets=rounds_without_sets(rights, all_progress),
        offers=[one for one in found if one.optional],
    )


def _home_without_schools(
    user: User, term: Term | None, gap: TermGap | None, today: date
) -> HomePage:
    """Of who has no school to look at, and of everybody before the first term."""
    signers = signers_waiting(user)
    found = [*signers, *_next_term(gap)]
    if not _sees_schools(rights_of(user)):
        found += _registered_todos(user, [])
    next_ = None if signers else _nothing_to_see(user, term)
    return HomePage(found, [], None, next_, today, gap)


def _appointments_of_the_week(found: Sequence[TodoItem], today: date) -> list[TodoItem]:
    """Those that no action waiting for this person shows already."""
    shown = {one.url for one in found if not one.for_information}
    near = (TodoGroup.TODAY, TodoGroup.THIS_WEEK)
    return [
        one
        for one in found
        if one.for_information
        and one.appointment_on
        and one.group(today) in near
        and one.url not in shown
    ]


def _next_term(gap: TermGap | None) -> list[TodoItem]:
    if gap is None or not gap.may_add:
        return []
    return [TodoItem("เพิ่มภาคเรียนถัดไปในทะเบียน", reverse("academic_calendar"), gap.title)]


def get_todos(user: User, term: Term | None, today: date) -> list[TodoItem]:
    """What waits for this person or comes up, without the rest of the home page.

    Between terms nothing waits; appointments and due dates come up all the same.
    """
    rights, signers = rights_of(user), signers_waiting(user)
    if not _sees_schools(rights):
        return signers + _registered_todos(user, [])
    if term is None:
        return signers + [one for one in get_other_todos(user, [], today) if one.for_information]
    all_progress = _load_progress(user, own_schools(rights), term, today)
    found = signers + rounds_to_prepare(rights, term, all_progress, today)
    if rights.allows(Permission.EDIT_REGISTRY):
        found += _next_term(find_term_gap(rights, term, next_term_opening(term, today), today))
    return found + _waiting(user, all_progress, today)


def _waiting(user: User, all_progress: Sequence[RoundProgress], today: date) -> list[TodoItem]:
    """Everything else that waits for this person or comes up, most urgent first."""
    found = get_step_todos(all_progress, today) + schools_to_remind(user, all_progress)
    found += get_other_todos(user, all_progress, today) + _registered_todos(user, all_progress)
    return sorted(found, key=lambda one: one.order(today))


def _registered_todos(user: User, all_progress: Sequence[RoundProgress]) -> list[TodoItem]:
    """What waits in packages that this one may not import."""
    return [one for source in todo_sources for one in source(user, all_progress)]


def own_schools(rights: Rights) -> set[int]:
    """Schools the person works at or has in charge, not those they may only look at."""
    return rights.schools(Permission.RECORD_VISIT) | rights.schools(Permission.ANSWER_NEEDS)


def followed_school_ids(rights: Rights) -> set[int]:
    """Schools whose progress the person follows by a post in a cluster, not in the whole area."""
    if rights.allows(Permission.VIEW_PROGRESS):
        return set()
    return rights.schools(Permission.VIEW_PROGRESS)


def _sees_schools(rights: Rights) -> bool:
    return any(map(rights.allows_anywhere, (Permission.VIEW_SCHOOL, Permission.VIEW_PROGRESS)))


def _schools(user: User, own: set[int], today: date) -> list[School]:
    schools = School.objects.open_on(today)
    if own:
        return list(schools.filter(pk__in=own | followed_school_ids(rights_of(user))))
    return list(schools.with_permission(user, Permission.VIEW_PROGRESS))


def _load_progress(user: User, own: set[int], term: Term, today: date) -> list[RoundProgress]:
    rights = rights_of(user)
    rounds = Round.objects.for_term(term).filter(school__in=School.objects.open_on(today))
    if own and not rights.allows(Permission.OPEN_ROUNDS):
        rounds = rounds.filter(school__in=own | followed_school_ids(rights))
    else:
        rounds = rounds.with_permission(user, Permission.VIEW_PROGRESS)
    loaded = with_step_facts(rounds.with_lacking_sets().with_unopened_counts(term, today))
    return progress_of_schools(loaded, rights, today, user=user)


def _rows(
    own: set[int], schools: Sequence[School], all_progress: Sequence[RoundProgress]
) -> list[HomeSchoolRow]:
    of_school = {progress.round.school_id: progress for progress in all_progress}
    return [HomeSchoolRow(s, of_school.get(s.pk)) for s in schools if s.pk in own]


def home_area_figures(
    rights: Rights, schools: Sequence[School], all_progress: Sequence[RoundProgress]
) -> HomeAreaFigures:
    """Of a director who also leads a cluster: the cluster's schools, not one beyond it."""
    whole = rights.allows(Permission.VIEW_PROGRESS)
    if not whole:
        followed = followed_school_ids(rights)
        schools = [school for school in schools if school.pk in followed]
        all_progress = [one for one in all_progress if one.round.school_id in followed]
    at_step = Counter(
        progress.current.step.number if progress.current else None for progress in all_progress
    )
    return HomeAreaFigures(
        whole=whole,
        schools=len(schools),
        opened=len(all_progress),
        late=sum(progress.overdue > 0 for progress in all_progress),
        finished=at_step[None],
        steps=[StepCount(step.number, step.name, at_step[step.number]) for step in all_steps()],
    )


def _nothing_to_see(user: User, term: Term | None) -> EmptyHomeMessage:
    if not appointments_in_force(user):
        text = "โปรดติดต่อกลุ่มนิเทศฯ ของสำนักงานเขตพื้นที่การศึกษา เพื่อบันทึกตำแหน่งของคุณและวันที่เริ่มมีผล"
        return EmptyHomeMessage("ยังไม่มีตำแหน่งที่มีผลวันนี้", text)
    if rights_of(user).allows(Permission.ADMINISTER):
        return _registry(term)
    if term is None:
        return EmptyHomeMessage("ยังไม่มีภาคเรียนที่มีผลวันนี้", WHO_OPENS)
    text = "ตำแหน่งของคุณไม่มีงานในขั้นตอนการนิเทศ อ่านวิธีใช้พอร์ทัลของแต่ละตำแหน่งได้ที่หน้าช่วยเหลือ"
    return EmptyHomeMessage("ไม่มีงานที่รอคุณ", text, reverse("help"), "เปิดหน้าช่วยเหลือ")


def _registry(term: Term | None) -> EmptyHomeMessage:
    """The system administrator works in the registry, not in the seven steps."""
    url, label = reverse("registry"), "เปิดทะเบียน"
    if term is None:
        text = "โปรดเพิ่มภาคเรียนพร้อมวันเปิดและวันปิดในทะเบียน แล้วผู้อำนวยการกลุ่มนิเทศฯ จึงเปิดรอบการนิเทศได้"
        return EmptyHomeMessage("ยังไม่มีภาคเรียนที่มีผลวันนี้", text, url, label)
    text = "ผู้ดูแลระบบไม่มีงานในขั้นตอนการนิเทศ ดูแลผู้ใช้ ตำแหน่ง และโรงเรียนได้ที่ทะเบียน"
    return EmptyHomeMessage("ไม่มีงานที่รอคุณ", text, url, label)


def _what_next(
    rights: Rights, term: Term, all_progress: list[RoundProgress], own: set[int]
) -> EmptyHomeMessage:
    if not all_progress:
        text = "ผู้อำนวยการกลุ่มนิเทศฯ เป็นผู้เปิดรอบ เมื่อเปิดแล้วงานของคุณจะขึ้นที่หน้านี้"
        return EmptyHomeMessage(f"ภาคเรียนที่ {term} ยังไม่เปิดรอบการนิเทศ", text)
    if own:
        return EmptyHomeMessage("ไม่มีงานที่รอคุณ", _who_acts_next(own, all_progress))
    text = "ดูความก้าวหน้าของทุกโรงเรียนและงานที่รอผู้อื่นได้ที่ตารางความก้าวหน้า"
    if followed_school_ids(rights):
        text = "ดูว่าโรงเรียนในกลุ่มถึงขั้นใด และโรงเรียนใดเกินกำหนด เพื่อช่วยประสานงานในกลุ่ม"
    return EmptyHomeMessage("ไม่มีงานที่รอคุณ", text, reverse("board"), "ดูความก้าวหน้า")


def _who_acts_next(own: set[int], all_progress: list[RoundProgress]) -> str:
    """Whom the schools wait for, so that a person with nothing to do knows why."""
    currents = [progress.current for progress in all_progress if progress.round.school_id in own]
    if len(currents) != 1:
        return "ทุกเรื่องรอผู้อื่นอยู่ เปิดหน้าโรงเรียนด้านล่างเพื่อดูว่าแต่ละขั้นรอใคร"
    (round_step,) = currents
    if round_step is None:
        return "โรงเรียนทำครบทุกขั้นของภาคเรียนนี้แล้ว"
    if round_step.state == StepState.NOT_OPEN:
        return f"ขั้นที่ {round_step.step.number} {round_step.step.name} {round_step.facts.detail}"
    due = f" กำหนดเสร็จ {long_date(round_step.due_on)}" if round_step.due_on else ""
    return (
        f"ขณะนี้อยู่ขั้นที่ {round_step.step.number} {round_step.step.name} รอ{round_step.waits_for}{due}"
    )
