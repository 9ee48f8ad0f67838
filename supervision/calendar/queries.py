"""What the calendar shows one person: appointments, due dates and special days."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.core.registry import Registry
from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import ClusterMembership, User
from supervision.calendar.office_rows import (
    DATA_STEP,
    DRIVE_EVENT,
    FORUM,
    MEETING,
    PLAN,
    STUDY_VISIT,
    SURVEY_STEP,
    OfficeDates,
    OfficeRow,
    office_rows,
)
from supervision.committees.enums import MEETING_PILLS, MeetingState
from supervision.committees.models import Meeting, MeetingQuerySet
from supervision.committees.queries import meetings_with_committee, meetings_with_member
from supervision.improvement.models import Recommendation, followed_up_at
from supervision.programmes.models import Activity, Forum
from supervision.programmes.models.activities import ActivityQuerySet
from supervision.programmes.models.networks import ForumQuerySet
from supervision.programmes.plans.activity_list import activity_pill
from supervision.quality_drive.exchange.enums import StudyRequestState
from supervision.quality_drive.models import DriveEvent, StudyRequest
from supervision.quality_drive.models.cooperation import DriveEventQuerySet
from supervision.rounds.enums import CycleStep
from supervision.special_days.models import SpecialDay
from supervision.visits.enums import VISIT_PILLS, VisitState
from supervision.visits.models import Visit


@dataclass(frozen=True)
class CalendarScope:
    """Whose appointments are asked for: one person's, one cluster's, or all that may be seen."""

    person: User | None = None
    cluster: int | None = None


@dataclass(frozen=True)
class CalendarEntry:
    """One thing on one day; `kind` is its sign and colour, `word` what kind of thing it is."""

    day: date
    title: str
    kind: StatusKind
    word: str
    url: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    detail: str = ""

    @property
    def hours(self) -> str:
        """From when to when, as 09.30–11.30; empty where no hour is set."""
        if self.starts_at is None:
            return ""
        return f"{self.starts_at:%H.%M}" + (f"–{self.ends_at:%H.%M}" if self.ends_at else "")

    @property
    def order(self) -> tuple[date, bool, time, str]:
        """By day; what has no time of day first."""
        return (self.day, self.starts_at is not None, self.starts_at or time.min, self.title)


def calendar_entries(
    user: User, scope: CalendarScope, first: date, last: date
) -> list[CalendarEntry]:
    """Everything between two days, both inclusive, in a constant number of queries."""
    visits = visits_in_scope(user, scope).filter(visit_on__range=(first, last))
    found = [visit_entry(visit) for visit in visits]
    found += _set_by_office(user, scope, first, last) + _due_in(user, scope, first, last)
    due = recommendations_in_scope(user, scope).filter(due_on__range=(first, last))
    found += [recommendation_entry(one) for one in due]
    for activity in activities_in_scope(user, scope).on_days(first, last):
        found += [one for one in activity_entries(activity) if first <= one.day <= last]
    return sorted(found, key=lambda entry: entry.order)


def _set_by_office(
    user: User, scope: CalendarScope, first: date, last: date
) -> list[CalendarEntry]:
    """Meetings, forums, the days of the plan, and what the drive brings; one query for all."""
    dates = OfficeDates(
        meetings_in_scope(user, scope),
        forums_in_scope(user, scope),
        drive_events_in_scope(user, scope),
        study_visits_in_scope(user, scope),
    )
    entries = {
        MEETING: lambda row: meeting_entry(row.meeting()),
        FORUM: lambda row: forum_entry(row.forum()),
        PLAN: _plan_entry,
        DRIVE_EVENT: lambda row: drive_event_entry(row.drive_event()),
        STUDY_VISIT: lambda row: study_visit_entry(row.study_visit()),
    }
    return [entries[row.source](row) for row in office_rows(dates, first, last)]


def visits_in_scope(user: User, scope: CalendarScope) -> QuerySet[Visit]:
    """Visits the person may see, as the scope asks for them, but no cancelled ones."""
    visits = Visit.objects.visible_to(user).not_cancelled().in_latest_version()
    visits = visits.select_related("round__school", "round__term__academic_year", "leader")
    if scope.person:
        visits = visits.filter(_of(scope.person, user))
    if scope.cluster:
        visits = visits.filter(round__school__in=_members(scope.cluster))
    return visits.order_by("visit_on", "starts_at")


def _of(person: User, user: User) -> Q:
    """Visits the person leads or joins; one's own are also those to the school one works at."""
    part = Q(pk__in=Visit.objects.involving(person).values("pk"))
    if person != user:
        return part
    return part | Q(round__school__in=rights_of(user).schools(Permission.REPORT_PROGRESS))


def _members(cluster: int) -> QuerySet:
    return ClusterMembership.objects.schools_of(cluster, timezone.localdate())


def visit_entry(visit: Visit) -> CalendarEntry:
    return CalendarEntry(
        day=visit.visit_on,
        title=f"นิเทศ {visit.round.school.short_name}",
        kind=VISIT_PILLS[VisitState(visit.state)],
        word=visit.get_state_display(),
        url=visit.get_absolute_url(),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        detail=f"{visit.leader} · {visit.get_mode_display()} · {visit.purpose}",
    )


def meetings_in_scope(user: User, scope: CalendarScope) -> MeetingQuerySet:
    """Meetings of committees that the person may see, as the scope asks; no cancelled ones."""
    meetings = meetings_with_committee(user).exclude(state=MeetingState.CANCELLED)
    if scope.person:
        meetings = meetings_with_member(meetings, scope.person, timezone.localdate())
    if scope.cluster:
        meetings = meetings.filter(committee__cluster=scope.cluster)
    return meetings


def meeting_entry(meeting: Meeting) -> CalendarEntry:
    return CalendarEntry(
        day=meeting.held_on,
        title=f"ประชุม {meeting.title}",
        kind=MEETING_PILLS[MeetingState(meeting.state)],
        word=meeting.get_state_display(),
        url=meeting.get_absolute_url(),
        starts_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        detail=meeting.place,
    )


# --- Due days of rounds, which are asked of the steps above this app ---

STEPS_DUE = "steps due"
due_entry_sources: Registry[
    str, Callable[[User, CalendarScope, date, date], list[CalendarEntry]]
] = Registry("calendar")


def _due_in(user: User, scope: CalendarScope, first: date, last: date) -> list[CalendarEntry]:
    return due_entry_sources.get(STEPS_DUE)(user, scope, first, last)


def _plan_entry(row: OfficeRow) -> CalendarEntry:
    """By when the unit asks all schools for a step, their survey or their data."""
    term = f"ภาคเรียนที่ {row.number}/{row.year}" if row.number else f"ปีการศึกษา {row.year}"
    return _due(row.day, _what(row.pk), term)


def _what(step: int) -> str:
    asked = {SURVEY_STEP: "แบบสำรวจ", DATA_STEP: "การยืนยันข้อมูล"}
    return asked.get(step) or f"ขั้นที่ {step} {CycleStep(step).label}"


def _due(day: date, what: str, detail: str) -> CalendarEntry:
    """A day of the plan; what waits for whom and is overdue is shown school by school."""
    word = "ครบกำหนดแล้ว" if day < timezone.localdate() else "ครบกำหนด"
    return CalendarEntry(
        day=day, title=f"ครบกำหนด{what}", kind=StatusKind.IDLE, word=word, detail=detail
    )


def recommendations_in_scope(user: User, scope: CalendarScope) -> QuerySet[Recommendation]:
    """Recommendations not closed yet, at the schools the person works at or has in charge."""
    rights = rights_of(user)
    own = rights.schools(Permission.SUMMARISE) | rights.schools(Permission.REPORT_PROGRESS)
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    rows = rows.filter(followed_up_at(own))
    if scope.person and scope.person != user:
        return rows.none()
    if scope.cluster:
        rows = rows.filter(followed_up_at(_members(scope.cluster)))
    return rows.select_related("school__merged_into")


def recommendation_entry(recommendation: Recommendation) -> CalendarEntry:
    return CalendarEntry(
        day=recommendation.due_on,
        title=f"ครบกำหนดข้อเสนอแนะ {recommendation.following_school.short_name}",
        kind=StatusKind.YOURS,
        word="ข้อเสนอแนะ",
        url=recommendation.get_absolute_url(),
        detail=recommendation.text,
    )


# --- Activities of the year's plan ---


def activities_in_scope(user: User, scope: CalendarScope) -> ActivityQuerySet:
    """Activities of approved plans that the person may see, as the scope asks for them.

    One's own are those that one owns or works on, and those that one's school takes part in.
    """
    rows = Activity.objects.visible_to(user).of_approved_plans().not_cancelled()
    if scope.person:
        own = Activity.objects.of_person(scope.person)
        if scope.person == user:
            schools = rights_of(user).schools(Permission.REPORT_PROGRESS)
            own = own | Activity.objects.with_schools(schools)
        rows = rows.filter(pk__in=own.values("pk"))
    if scope.cluster:
        rows = rows.filter(
            pk__in=Activity.objects.with_schools(_members(scope.cluster)).values("pk")
        )
    return rows.select_related("owner")


def activity_entries(activity: Activity) -> list[CalendarEntry]:
    """Its first day and its last, or its only one."""
    if activity.starts_on == activity.ends_on:
        return [_activity_entry(activity, activity.starts_on, f"กิจกรรม {activity}")]
    return [
        _activity_entry(activity, activity.starts_on, f"เริ่มกิจกรรม {activity}"),
        _activity_entry(activity, activity.ends_on, f"วันสุดท้ายของกิจกรรม {activity}"),
    ]


def _activity_entry(activity: Activity, day: date, title: str) -> CalendarEntry:
    return CalendarEntry(
        day=day,
        title=title,
        kind=activity_pill(activity),
        word=activity.get_state_display(),
        url=activity.get_absolute_url(),
        detail=str(activity.owner),
    )


def forums_in_scope(user: User, scope: CalendarScope) -> ForumQuerySet:
    """Academic forums, as the scope asks for them, to who sees a school at least.

    One's own are those that one set, and those of networks that one's school is in.
    """
    if not rights_of(user).allows_anywhere(Permission.VIEW_SCHOOL):
        return Forum.objects.none()
    rows = Forum.objects.not_cancelled()
    if scope.person:
        own = Q(created_by=scope.person)
        if scope.person == user:
            of_schools = Forum.objects.with_schools(
                rights_of(user).schools(Permission.REPORT_PROGRESS)
            )
            own |= Q(pk__in=of_schools.values("pk"))
        rows = rows.filter(own)
    return rows.with_schools(_members(scope.cluster)) if scope.cluster else rows


def forum_entry(forum: Forum) -> CalendarEntry:
    """On its first day; a longer one says until when."""
    until = f"ถึง {short_date(forum.ends_on)} · " if forum.ends_on != forum.starts_on else ""
    return CalendarEntry(
        day=forum.starts_on,
        title=f"เวทีวิชาการ {forum}",
        kind=forum.pill,
        word=forum.get_state_display(),
        url=forum.get_absolute_url(),
        detail=f"{until}{forum.place}",
    )


# --- Events of the quality drive, and schools that visit each other to learn ---


def drive_events_in_scope(user: User, scope: CalendarScope) -> DriveEventQuerySet:
    """Events of the drive that the person may see, as the scope asks for them.

    One's own are those to which one's school was invited or one that one has in charge; who
    manages the drive has all.
    """
    rows = DriveEvent.objects.visible_to(user).not_cancelled()
    rights = rights_of(user)
    if scope.person and not rights.allows(Permission.MANAGE_DRIVE):
        rows = rows.of_schools(_schools_of_own(user))
    if scope.person and scope.person != user:
        return rows.none()
    return rows.of_schools(_members(scope.cluster)) if scope.cluster else rows


def _schools_of_own(user: User) -> set[int]:
    rights = rights_of(user)
    return rights.schools(Permission.SUMMARISE) | rights.schools(Permission.REPORT_PROGRESS)


def drive_event_entry(event: DriveEvent) -> CalendarEntry:
    return CalendarEntry(
        day=event.held_on,
        title=f"{event.get_kind_display()} {event}",
        kind=event.pill,
        word=event.get_state_display(),
        url=event.get_absolute_url(),
        detail=event.place,
    )


def study_visits_in_scope(user: User, scope: CalendarScope) -> QuerySet[StudyRequest]:
    """Study visits that were given a day, to those who ask, who receive, and the office."""
    rows = StudyRequest.objects.visible_to(user).filter(state=StudyRequestState.ARRANGED)
    if scope.person and scope.person != user:
        return rows.none()
    if scope.person and not rights_of(user).allows(Permission.MANAGE_DRIVE):
        rows = rows.concerning(_schools_of_own(user))
    if scope.cluster:
        rows = rows.concerning(_members(scope.cluster))
    return rows.select_related("school", "practice__round__school", "member__school")


def study_visit_entry(visit: StudyRequest) -> CalendarEntry:
    """Both schools read the same words."""
    to = f" ที่{visit.host.short_name}" if visit.host else ""
    return CalendarEntry(
        day=visit.arranged_on or timezone.localdate(),
        title=f"ศึกษาดูงาน {visit.school.short_name}{to}",
        kind=visit.pill,
        word=visit.get_state_display(),
        url=visit.get_absolute_url(),
        detail=visit.subject,
    )


# --- Days ---


@dataclass(frozen=True)
class CalendarPageDay:
    """One day of a page: what is on it, how many entries more it has, and whether it is marked."""

    on: date
    entries: Sequence[CalendarEntry]
    more: int
    special_days: Sequence[SpecialDay]
    is_today: bool

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.special_days)


def calendar_page_days(
    dates: Iterable[date],
    found: Iterable[CalendarEntry],
    special_days: Sequence[SpecialDay],
    today: date,
    most: int | None = None,
) -> list[CalendarPageDay]:
    """The days of a page, each with at most so many of its entries."""
    by_day = defaultdict(list)
    for entry in found:
        by_day[entry.day].append(entry)
    return [
        CalendarPageDay(
            on=day,
            entries=by_day[day][:most],
            more=len(by_day[day][most:]) if most else 0,
            special_days=[
                special_day
                for special_day in special_days
                if special_day.starts_on <= day <= special_day.ends_on
            ],
            is_today=day == today,
        )
        for day in dates
    ]


def people_with_visits(user: User) -> QuerySet[User]:
    """Who leads or joins visits that the person may see: whose calendar can be asked for."""
    visits = Visit.objects.visible_to(user)
    leads = Q(pk__in=visits.values("leader"))
    joins = Q(visits_joined__in=visits)
    return User.objects.filter(leads | joins).distinct().order_by("full_name")
