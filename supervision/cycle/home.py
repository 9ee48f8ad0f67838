"""The home page as one person sees it: what waits, their schools or the area, what to do next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from schools.access import Permission, Rights, posts_in_force, rights_of
from schools.models import School, Term, User
from schools.thai import long_date
from supervision.cycle.acts import acts_of, schools_to_remind
from supervision.cycle.beside import late_edits_to_read, waiting_beside
from supervision.cycle.confirming import signers_waiting
from supervision.cycle.forms import FINISHED
from supervision.cycle.opening import rounds_to_prepare, rounds_without_sets, unopened_counts
from supervision.cycle.steps import STEPS, with_facts
from supervision.cycle.term_gap import WHO_OPENS, TermGap, gap_of, next_opening
from supervision.cycle.waiting import SEATS, Group, Waiting
from supervision.cycle.walk import Place, Walk, walk_of_each_school
from supervision.rounds.models import Round


@dataclass(frozen=True)
class SchoolRow:
    """One school of this person and where it stands; `walk` is None before a round is open."""

    school: School
    walk: Walk | None

    @property
    def name(self) -> str:
        return self.school.short_name

    @property
    def steps(self) -> Sequence[Place]:
        return self.walk.places if self.walk else []

    @property
    def walk_text(self) -> str:
        return self.walk.text if self.walk else ""

    @property
    def url(self) -> str:
        return reverse("school", args=[self.school.pk])

    @property
    def round_word(self) -> str:
        return f"รอบที่ {self.walk.round.number}" if self.walk and self.walk.round.number > 1 else ""

    @property
    def step_word(self) -> str:
        if self.walk is None:
            return "ยังไม่เปิดรอบ"
        current = self.walk.current
        return f"ขั้น {current.step.number}" if current else "ครบทุกขั้น"


@dataclass(frozen=True)
class StepCount:
    """How many schools stand at one step now."""

    number: int
    name: str
    schools: int


@dataclass(frozen=True)
class AreaFigures:
    """How the schools stand that a person follows: of the whole area, or of the own cluster."""

    whole: bool
    schools: int
    opened: int
    late: int
    finished: int
    steps: Sequence[StepCount]

    @property
    def of_schools(self) -> str:
        return f"จาก {self.schools} โรงเรียน"

    @property
    def late_url(self) -> str:
        return f"{reverse('board')}?overdue=1"

    @property
    def finished_url(self) -> str:
        return f"{reverse('board')}?step={FINISHED}"


@dataclass(frozen=True)
class Next:
    """What to do when nothing waits."""

    title: str
    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Home:
    """All that one person's home page shows; `area`, `next` and `gap` only where there is any.

    `waiting` also has the appointments of this week that others act on; `without_sets` counts
    the rounds that wait for sets which somebody else gives them.
    """

    waiting: Sequence[Waiting]
    schools: Sequence[SchoolRow]
    area: AreaFigures | None
    next: Next | None
    today: date
    gap: TermGap | None = None
    without_sets: int = 0

    @property
    def groups(self) -> list[tuple[str, list[Waiting]]]:
        """What waits, under its headings: today, this week, overdue, the rest."""
        groups = groupby(self.waiting, key=lambda one: one.group(self.today))
        return [(group.heading, list(found)) for group, found in groups]


def home_of(user: User, term: Term | None, today: date) -> Home:
    """Everything the home page shows, in a constant number of queries."""
    rights, signers = rights_of(user), signers_waiting(user)
    gap = gap_of(rights, term, next_opening(term, today), today)
    found = signers + _next_term(gap)
    if term is None or not _sees_schools(rights):
        found += [] if _sees_schools(rights) else _from_above(user, [])
        next_ = None if signers else _nothing_to_see(user, term)
        return Home(found, [], None, next_, today, gap)
    own = own_schools(rights)
    schools, walks = _schools(user, own, today), _walks(user, own, term, today)
    found += rounds_to_prepare(rights, term, walks, today) + _waiting(user, walks, today)
    waiting = late_edits_to_read(user) + [one for one in found if not one.ahead]
    area = area_figures(rights, schools, walks) if not own or followed_schools(rights) else None
    next_ = None if waiting else _what_next(rights, term, walks, own)
    waiting += _appointments_of_the_week(found, today)
    waiting.sort(key=lambda one: one.order(today))
    without_sets = rounds_without_sets(rights, walks)
    return Home(waiting, _rows(own, schools, walks), area, next_, today, gap, without_sets)


def _appointments_of_the_week(found: Sequence[Waiting], today: date) -> list[Waiting]:
    """Those that are not told already by an act that waits for this person."""
    told = {one.url for one in found if not one.ahead}
    near = (Group.TODAY, Group.THIS_WEEK)
    return [
        one
        for one in found
        if one.ahead and one.appointment_on and one.group(today) in near and one.url not in told
    ]


def _next_term(gap: TermGap | None) -> list[Waiting]:
    if gap is None or not gap.may_add:
        return []
    return [Waiting("เพิ่มภาคเรียนถัดไปในทะเบียน", reverse("academic_calendar"), gap.title)]


def waiting_of(user: User, term: Term | None, today: date) -> list[Waiting]:
    """What waits for this person or comes up, without the rest of the home page.

    Between terms nothing waits; appointments and due dates come up all the same.
    """
    rights, signers = rights_of(user), signers_waiting(user)
    if not _sees_schools(rights):
        return signers + _from_above(user, [])
    if term is None:
        return signers + [one for one in waiting_beside(user, [], today) if one.ahead]
    walks = _walks(user, own_schools(rights), term, today)
    found = signers + rounds_to_prepare(rights, term, walks, today)
    if rights.allows(Permission.KEEP_REGISTRY):
        found += _next_term(gap_of(rights, term, next_opening(term, today), today))
    return found + _waiting(user, walks, today)


def _waiting(user: User, walks: Sequence[Walk], today: date) -> list[Waiting]:
    """Everything else that waits for this person or comes up, most urgent first."""
    found = acts_of(walks, today) + schools_to_remind(user, walks)
    found += waiting_beside(user, walks, today) + _from_above(user, walks)
    return sorted(found, key=lambda one: one.order(today))


def _from_above(user: User, walks: Sequence[Walk]) -> list[Waiting]:
    """What waits in packages that this one may not import."""
    return [one for source in SEATS for one in source(user, walks)]


def own_schools(rights: Rights) -> set[int]:
    """Schools the person works at or has in charge, not those they may only look at."""
    return rights.schools(Permission.RECORD_VISIT) | rights.schools(Permission.ANSWER_NEEDS)


def followed_schools(rights: Rights) -> set[int]:
    """Schools whose progress the person follows by a post in a cluster, not in the whole area."""
    if rights.allows(Permission.VIEW_PROGRESS):
        return set()
    return rights.schools(Permission.VIEW_PROGRESS)


def _sees_schools(rights: Rights) -> bool:
    return any(map(rights.allows_anywhere, (Permission.VIEW_SCHOOL, Permission.VIEW_PROGRESS)))


def _schools(user: User, own: set[int], today: date) -> list[School]:
    schools = School.objects.open_on(today)
    if own:
        return list(schools.filter(pk__in=own | followed_schools(rights_of(user))))
    return list(schools.where(user, Permission.VIEW_PROGRESS))


def _walks(user: User, own: set[int], term: Term, today: date) -> list[Walk]:
    rights = rights_of(user)
    rounds = Round.objects.for_term(term).filter(school__in=School.objects.open_on(today))
    if own and not rights.allows(Permission.OPEN_ROUNDS):
        rounds = rounds.filter(school__in=own | followed_schools(rights))
    else:
        rounds = rounds.where(user, Permission.VIEW_PROGRESS)
    rounds = with_facts(rounds).with_lacking_sets().annotate(**unopened_counts(term, today))
    return walk_of_each_school(rounds, rights, today, reader=user)


def _rows(own: set[int], schools: list[School], walks: list[Walk]) -> list[SchoolRow]:
    of_school = {walk.round.school_id: walk for walk in walks}
    return [SchoolRow(s, of_school.get(s.pk)) for s in schools if s.pk in own]


def area_figures(rights: Rights, schools: list[School], walks: list[Walk]) -> AreaFigures:
    """Of a director who also leads a cluster: the cluster's schools, not one beyond it."""
    whole, followed = rights.allows(Permission.VIEW_PROGRESS), followed_schools(rights)
    schools = [school for school in schools if whole or school.pk in followed]
    walks = [walk for walk in walks if whole or walk.round.school_id in followed]
    currents = [walk.current for walk in walks]
    at_step = Counter(place.step.number for place in currents if place)
    return AreaFigures(
        whole=whole,
        schools=len(schools),
        opened=len(walks),
        late=sum(1 for walk in walks if walk.overdue),
        finished=sum(1 for place in currents if place is None),
        steps=[StepCount(step.number, step.name, at_step[step.number]) for step in STEPS],
    )


def _nothing_to_see(user: User, term: Term | None) -> Next:
    if not posts_in_force(user):
        text = "โปรดติดต่อกลุ่มนิเทศฯ ของสำนักงานเขตพื้นที่การศึกษา เพื่อบันทึกตำแหน่งของคุณและวันที่เริ่มมีผล"
        return Next("ยังไม่มีตำแหน่งที่มีผลวันนี้", text)
    if rights_of(user).allows(Permission.ADMINISTER):
        return _registry(term)
    if term is None:
        return Next("ยังไม่มีภาคเรียนที่มีผลวันนี้", WHO_OPENS)
    text = "ตำแหน่งของคุณไม่มีงานในขั้นตอนการนิเทศ อ่านวิธีใช้พอร์ทัลของแต่ละตำแหน่งได้ที่หน้าช่วยเหลือ"
    return Next("ไม่มีงานที่รอคุณ", text, reverse("help"), "เปิดหน้าช่วยเหลือ")


def _registry(term: Term | None) -> Next:
    """The system administrator works in the registry, not in the seven steps."""
    url, label = reverse("registry"), "เปิดทะเบียน"
    if term is None:
        text = "โปรดเพิ่มภาคเรียนพร้อมวันเปิดและวันปิดในทะเบียน แล้วผู้อำนวยการกลุ่มนิเทศฯ จึงเปิดรอบการนิเทศได้"
        return Next("ยังไม่มีภาคเรียนที่มีผลวันนี้", text, url, label)
    text = "ผู้ดูแลระบบไม่มีงานในขั้นตอนการนิเทศ ดูแลผู้ใช้ ตำแหน่ง และโรงเรียนได้ที่ทะเบียน"
    return Next("ไม่มีงานที่รอคุณ", text, url, label)


def _what_next(rights: Rights, term: Term, walks: list[Walk], own: set[int]) -> Next:
    if not walks:
        text = "ผู้อำนวยการกลุ่มนิเทศฯ เป็นผู้เปิดรอบ เมื่อเปิดแล้วงานของคุณจะขึ้นที่หน้านี้"
        return Next(f"ภาคเรียนที่ {term} ยังไม่เปิดรอบการนิเทศ", text)
    if own:
        return Next("ไม่มีงานที่รอคุณ", _who_is_next(own, walks))
    text = "ดูความก้าวหน้าของทุกโรงเรียนและงานที่รอผู้อื่นได้ที่ตารางความก้าวหน้า"
    if followed_schools(rights):
        text = "ดูว่าโรงเรียนในกลุ่มถึงขั้นใด และโรงเรียนใดเกินกำหนด เพื่อช่วยประสานงานในกลุ่ม"
    return Next("ไม่มีงานที่รอคุณ", text, reverse("board"), "ดูความก้าวหน้า")


def _who_is_next(own: set[int], walks: list[Walk]) -> str:
    """Whom the schools wait for, so that a person with nothing to do knows why."""
    currents = [walk.current for walk in walks if walk.round.school_id in own]
    if len(currents) != 1:
        return "ทุกเรื่องรอผู้อื่นอยู่ เปิดหน้าโรงเรียนด้านล่างเพื่อดูว่าแต่ละขั้นรอใคร"
    (place,) = currents
    if place is None:
        return "โรงเรียนทำครบทุกขั้นของภาคเรียนนี้แล้ว"
    if place.fact.not_before:
        return f"ขั้นที่ {place.step.number} {place.step.name} {place.fact.detail}"
    due = f" กำหนดเสร็จ {long_date(place.due_on)}" if place.due_on else ""
    return f"ขณะนี้อยู่ขั้นที่ {place.step.number} {place.step.name} รอ{place.waits_for}{due}"
