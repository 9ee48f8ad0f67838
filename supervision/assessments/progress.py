"""How far the schools' self-assessments of a term are: what the unit sees at a glance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from schools.access import Permission, can
from schools.enums import Role
from schools.links import link
from schools.models import Post, School, Term, User
from schools.thai import local_day, short_date
from supervision.assessments.enums import AssessmentState
from supervision.assessments.models import AnswerEdit, SelfAssessment
from supervision.assessments.queries import with_progress
from supervision.assessments.reminders import Reminder
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, StepDeadline

NO_CLUSTER = "ยังไม่ระบุกลุ่มโรงเรียน"


class Stage(StrEnum):
    """Where a school's self-assessment stands, in the order it goes through."""

    NOT_READY = "not_ready"
    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    COMPLETE = "complete"
    RETURNED = "returned"
    CONFIRMED = "confirmed"

    @property
    def word(self) -> str:
        return STAGE_WORDS[self][0]

    @property
    def kind(self) -> str:
        """The colour and sign of its pill."""
        return STAGE_WORDS[self][1]


STAGE_WORDS = {
    Stage.NOT_READY: ("รอกลุ่มนิเทศฯ", "idle"),
    Stage.NOT_STARTED: ("ยังไม่เริ่ม", "wait"),
    Stage.DRAFTING: ("กำลังกรอก", "wait"),
    Stage.COMPLETE: ("รอผู้อำนวยการยืนยัน", "wait"),
    Stage.RETURNED: ("ส่งกลับให้แก้ไข", "mine"),
    Stage.CONFIRMED: ("ยืนยันแล้ว", "done"),
}
# What the school is asked for: a reminder makes sense here.
ASKED = (Stage.NOT_STARTED, Stage.DRAFTING, Stage.COMPLETE, Stage.RETURNED)


def with_stage(rows: QuerySet[SelfAssessment]) -> QuerySet[SelfAssessment]:
    """Versions with what `stage_of` asks of them, oldest first."""
    edits = AnswerEdit.objects.filter(sheet=OuterRef("sheet"))
    return with_progress(rows).annotate(edited=Exists(edits)).order_by("version")


def stage_of(round_: Round | None, latest: SelfAssessment | None) -> Stage:
    """Where the latest version of a round stands.

    A returned version starts as a full copy, so it waits for its correction until somebody
    has written in it and nothing is missing.
    """
    if latest is None:
        return Stage.NOT_STARTED if round_ and round_.has_criteria else Stage.NOT_READY
    if latest.state == AssessmentState.CONFIRMED:
        return Stage.CONFIRMED
    is_complete = latest.settled == latest.total
    if latest.version > 1:
        return Stage.COMPLETE if is_complete and latest.edited else Stage.RETURNED
    return Stage.COMPLETE if is_complete else Stage.DRAFTING


def days_late(due_on: date | None, handed_in: datetime | None, today: date) -> int:
    """Days between the day the unit asked for and the school's first confirmation, or today.

    The first confirmation counts and no later one: the days after a return are the
    supervisor's reading and the correction, for which the day was not set. A version sent
    back is therefore never late by its return, and one handed in late stays as late as it was.
    """
    if due_on is None:
        return 0
    return max(((local_day(handed_in) if handed_in else today) - due_on).days, 0)


def first_confirmed(versions: Iterable[SelfAssessment]) -> datetime | None:
    """When the school first handed in this round's self-assessment."""
    return min((v.confirmed_at for v in versions if v.confirmed_at), default=None)


# --- One school ---


@dataclass(frozen=True)
class Row:
    """One school of the overview; `round` is None while the term has none for it.

    `may_read` says that the reader may open the school's pages; who may not (a cluster's
    chair) learns how far it is, and nothing of what was written.
    """

    school: School
    round: Round | None
    versions: Sequence[SelfAssessment]
    deadline: StepDeadline | None
    today: date
    reminder: Reminder | None = None
    may_read: bool = False
    may_remind: bool = False

    @property
    def latest(self) -> SelfAssessment | None:
        return self.versions[-1] if self.versions else None

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.round, self.latest)

    @property
    def due_on(self) -> date | None:
        return self.deadline.due_on if self.deadline else None

    @property
    def is_asked(self) -> bool:
        """The school still has something to do, and does not wait for the unit."""
        return self.stage in ASKED

    @cached_property
    def handed_in(self) -> datetime | None:
        return first_confirmed(self.versions)

    @cached_property
    def days_late(self) -> int:
        if self.stage == Stage.NOT_READY:
            return 0  # the unit is late, not the school
        return days_late(self.due_on, self.handed_in, self.today)

    @property
    def is_overdue(self) -> bool:
        """Never handed in, and the day has passed."""
        return self.days_late > 0 and self.handed_in is None

    @property
    def late_word(self) -> str:
        if not self.days_late:
            return ""
        return f"{'เกินกำหนด' if self.is_overdue else 'หลังกำหนด'} {self.days_late} วัน"

    @property
    def detail(self) -> str:
        return DETAILS[self.stage](self)

    @property
    def reminded_today(self) -> bool:
        return bool(self.reminder and self.reminder.counts_on(self.today))

    @property
    def url(self) -> str:
        """Where the reader reads on; empty for who sees states only."""
        if not self.may_read:
            return ""
        if self.latest:
            return self.latest.get_absolute_url()
        return self.round.get_absolute_url() if self.round else link("school", self.school.pk)

    @property
    def has_left(self) -> bool:
        """Closed or merged before it confirmed: nobody is asked, and nothing is counted."""
        return not self.school.is_open_on(self.today) and self.handed_in is None


def _why_not_ready(row: Row) -> str:
    return "ยังไม่กำหนดชุดตัวชี้วัด" if row.round else "ยังไม่เปิดรอบ"


def _when_it_opens(row: Row) -> str:
    opens_on = row.deadline.opens_on if row.deadline else None
    return f"เปิดรับตั้งแต่ {short_date(opens_on)}" if opens_on and opens_on > row.today else ""


def _how_far(row: Row) -> str:
    return f"กรอกแล้ว {row.latest.settled}/{row.latest.total} ตัวชี้วัด"


def _why_returned(row: Row) -> str:
    days = (row.today - local_day(row.latest.started_at)).days
    since = f"ส่งกลับเมื่อ {days} วันก่อน" if days else "ส่งกลับวันนี้"
    return f"{since}: {row.versions[-2].return_reason}" if row.may_read else since


def _who_confirmed(row: Row) -> str:
    day = short_date(row.latest.confirmed_at)
    return f"{day} โดย{row.latest.confirmed_as}" if row.may_read else day


DETAILS = {
    Stage.NOT_READY: _why_not_ready,
    Stage.NOT_STARTED: _when_it_opens,
    Stage.DRAFTING: _how_far,
    Stage.COMPLETE: _how_far,
    Stage.RETURNED: _why_returned,
    Stage.CONFIRMED: _who_confirmed,
}


# --- All schools ---


@dataclass(frozen=True)
class Group:
    """One cluster: its supervisors and how many of all its schools have confirmed."""

    name: str
    in_charge: str
    rows: Sequence[Row]
    every: Sequence[Row]

    @property
    def confirmed(self) -> int:
        return sum(row.stage == Stage.CONFIRMED for row in self.every)


def rows_of(user: User, term: Term, day: date, today: date) -> list[Row]:
    """Every school of the term whose progress the person may see, by cluster and name.

    `day` is the one whose clusters count; a school closed by then is there if it has a round.
    """
    schools = _schools(user, term, day)
    rounds = {r.school_id: r for r in Round.objects.for_term(term).current()}
    assessments = with_stage(SelfAssessment.objects.filter(round__in=rounds.values()))
    versions: dict[int, list[SelfAssessment]] = {}
    for assessment in assessments:
        versions.setdefault(assessment.round_id, []).append(assessment)
    deadline = term.deadlines.filter(step=CycleStep.SELF_ASSESSMENT).first()
    reminders = Reminder.objects.newest_of(rounds.values())
    return [
        _row(user, school, rounds.get(school.pk), versions, deadline, reminders, today)
        for school in schools
    ]


def _schools(user: User, term: Term, day: date) -> list[School]:
    walking = Round.objects.for_term(term).values("school")
    schools = School.objects.where(user, Permission.VIEW_PROGRESS).with_cluster(day)
    schools = schools.filter(Q(pk__in=walking) | Q(closed_on=None) | Q(closed_on__gt=day))
    return sorted(schools, key=lambda s: (s.cluster_pk is None, s.cluster_key or "", s.sort_key))


def _row(
    user: User,
    school: School,
    round_: Round | None,
    versions: Mapping[int, list[SelfAssessment]],
    deadline: StepDeadline | None,
    reminders: Mapping[int, Reminder],
    today: date,
) -> Row:
    return Row(
        school=school,
        round=round_,
        versions=versions.get(round_.pk, []) if round_ else [],
        deadline=deadline if round_ and deadline and deadline.binds(round_) else None,
        today=today,
        reminder=reminders.get(round_.pk) if round_ else None,
        may_read=can(user, Permission.VIEW_SCHOOL, school.pk),
        may_remind=can(user, Permission.REMIND_SCHOOL, school.pk),
    )


def supervisors_on(day: date) -> dict[int, list[User]]:
    """Who has each cluster in charge on that day."""
    posts = Post.objects.in_force(day).filter(role=Role.SUPERVISOR, cluster__isnull=False)
    found: dict[int, list[User]] = {}
    for post in posts.select_related("user"):
        found.setdefault(post.cluster_id, []).append(post.user)
    return found


def groups_of(
    shown: Sequence[Row], every: Sequence[Row], in_charge: Mapping[int, Sequence[User]]
) -> list[Group]:
    """The clusters of the rows shown; each counts all of its schools in `every`."""
    of_cluster: dict[int | None, list[Row]] = {}
    for row in every:
        of_cluster.setdefault(row.school.cluster_pk, []).append(row)
    groups = []
    for cluster, rows in groupby(shown, key=lambda row: row.school.cluster_pk):
        members = list(rows)
        name = members[0].school.cluster_name or NO_CLUSTER
        names = " และ".join(map(str, in_charge.get(cluster, [])))
        groups.append(Group(name, names, members, of_cluster[cluster]))
    return groups
