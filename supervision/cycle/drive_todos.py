"""What waits for a person in the quality drive: of the drives that are at work, and of drafts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import School, Term, User
from supervision.committees.models import Committee
from supervision.cycle.todos import MAX_SEPARATE_TODOS, REMINDER_PERIOD, TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.baselines.enums import BaselineState
from supervision.quality_drive.cooperation.enums import ClimateState
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.exchange.enums import StudyRequestState
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.models import (
    Agreement,
    BaselineLevel,
    ClimateSurvey,
    ClimateTurn,
    DriveProgress,
    MonitoringReport,
    QualityDrive,
    RankingObjection,
    RankingPlace,
    SchoolDrive,
    StudyRequest,
)
from supervision.quality_drive.models.mentoring import monitoring_bodies_q
from supervision.quality_drive.ranking.enums import ObjectionState, RankingList, RankingState

AT_WORK = DriveState.ENDORSED
# Whose word an agreement waits for, as the rows say it in `detail`, before the year of the drive.
TO_SIGN, TO_SIGN_FOR_SCHOOL, TO_PROPOSE = "sign ", "school ", "propose "
AGREEMENT_WORDS = {
    TO_SIGN_FOR_SCHOOL: "ลงนามบันทึกข้อตกลง",
    TO_PROPOSE: "ปรับและเสนอบันทึกข้อตกลง",
    TO_SIGN: "ลงนามบันทึกข้อตกลง",
}


def _year(path: str) -> Cast:
    """The year of the drive that is reached so, as a text: the rows have no number to spare."""
    return Cast(f"{path}academic_year__year", CharField())


def drive_rows(user: User, today: date) -> list[QuerySet]:
    """All of it, of every role that the person has."""
    sources = (
        *(
            _drafts,
            _baselines,
            _schools_without_baseline,
            _agreements,
            _reports_due,
            _surveys,
            _own_places,
        ),
        *(_objections, _study_requests, _monitoring),
    )
    return [rows for source in sources for rows in source(user, today)]


def _drafts(user: User, today: date) -> list[QuerySet]:
    """Drafts, for who brings them before ก.ต.ป.น."""
    if not rights_of(user).allows(Permission.RESOLVE_DRIVE):
        return []
    rows = QualityDrive.objects.filter(state=DriveState.DRAFT)
    return [as_waiting_rows(rows, WaitingKind.DRIVE, title=_year(""))]


def _baselines(user: User, today: date) -> list[QuerySet]:
    """Those that a school's director confirms: with levels, and not confirmed yet."""
    mine = rights_of(user).schools(Permission.SIGN_AGREEMENT_FOR_SCHOOL)
    if not mine:
        return []
    entered = BaselineLevel.objects.filter(school_drive=OuterRef("pk"))
    rows = SchoolDrive.objects.filter(
        Exists(entered), school__in=mine, drive__state=AT_WORK, state=BaselineState.DRAFT
    )
    year, school = _year("drive__"), Cast("school", CharField())
    return [as_waiting_rows(rows, WaitingKind.BASELINE, title=year, detail=school)]


def _schools_without_baseline(user: User, today: date) -> list[QuerySet]:
    """A supervisor's schools that have not confirmed their state before the work of this year."""
    mine = rights_of(user).schools(Permission.EDIT_SCHOOL_DRIVE)
    if not mine:
        return []
    at_work = QualityDrive.objects.filter(state=AT_WORK).order_by("-academic_year__year")
    confirmed = SchoolDrive.objects.filter(
        school=OuterRef("pk"), drive=OuterRef("drive_pk"), state=BaselineState.CONFIRMED
    )
    rows = School.objects.open_on(today).filter(pk__in=mine)
    rows = rows.annotate(
        state=Value(BaselineState.DRAFT.value),
        drive_pk=Subquery(at_work.values("pk")[:1]),
        drive_year=Subquery(at_work.values("academic_year__year")[:1]),
    ).filter(~Exists(confirmed), drive_pk__isnull=False)
    year = Cast("drive_year", CharField())
    return [as_waiting_rows(rows, WaitingKind.NO_BASELINE, title=year)]


def _agreements(user: User, today: date) -> list[QuerySet]:
    """Those that wait for a signature, and a supervisor's drafts, sent back by a school or new."""
    rights, found = rights_of(user), []
    rows, name = Agreement.objects.filter(drive__state=AT_WORK), F("school__name")
    if mine := rights.schools(Permission.SIGN_AGREEMENT_FOR_SCHOOL):
        proposed = rows.filter(school__in=mine, state=AgreementState.PROPOSED)
        found.append((proposed, TO_SIGN_FOR_SCHOOL))
    if drafted := rights.schools(Permission.EDIT_SCHOOL_DRIVE):
        drafts = rows.filter(school__in=drafted, state=AgreementState.DRAFT)
        found.append((drafts, TO_PROPOSE))
    if rights.allows(Permission.SIGN_AGREEMENT):
        found.append((rows.filter(state=AgreementState.SCHOOL_SIGNED), TO_SIGN))
    return [
        as_waiting_rows(
            chosen,
            WaitingKind.AGREEMENT,
            title=name,
            detail=Concat(Value(act), _year("drive__"), output_field=CharField()),
        )
        for chosen, act in found
    ]


def _reports_due(user: User, today: date) -> list[QuerySet]:
    """Schools with an agreement that have not reported in the term, once its end is near.

    A drive with monthly reports asks at the end of the term too: each month's day stands on the
    school's own page.
    """
    mine = rights_of(user).schools(Permission.REPORT_PROGRESS)
    if not mine:
        return []
    terms = Term.objects.filter(
        academic_year=OuterRef("drive__academic_year"), opens_on__lte=today
    ).order_by("-opens_on")
    rows = Agreement.objects.in_force().filter(drive__state=AT_WORK, school__in=mine)
    rows = rows.annotate(
        term_opens_on=Subquery(terms.values("opens_on")[:1]),
        term_closes_on=Subquery(terms.values("closes_on")[:1]),
    ).filter(term_closes_on__lte=today + REMINDER_PERIOD)
    reported = DriveProgress.objects.filter(
        school_drive__drive=OuterRef("drive"),
        school_drive__school=OuterRef("school"),
        reported_on__gte=OuterRef("term_opens_on"),
    )
    return [
        as_waiting_rows(
            rows.filter(~Exists(reported)),
            WaitingKind.DRIVE_REPORT,
            title=_year("drive__"),
            detail=Cast("school", CharField()),
            ends_on=F("term_closes_on"),
        )
    ]


def _surveys(user: User, today: date) -> list[QuerySet]:
    """Open climate surveys that the person's school has not answered."""
    mine = rights_of(user).schools(Permission.ANSWER_CLIMATE_SURVEY)
    if not mine:
        return []
    surveys = ClimateSurvey.objects.taking_answers_on(today)
    rows = ClimateTurn.objects.filter(school__in=mine, is_taken=False, survey__in=surveys)
    rows = rows.annotate(state=Value(ClimateState.OPEN.value))
    survey = Cast("survey", CharField())
    return [
        as_waiting_rows(
            rows,
            WaitingKind.CLIMATE_SURVEY,
            title=F("survey__title"),
            detail=survey,
            ends_on=F("survey__closes_on"),
        )
    ]


def _own_places(user: User, today: date) -> list[QuerySet]:
    """While a school's director may object to the school's place; it never stands here itself."""
    mine = rights_of(user).schools(Permission.OBJECT_TO_PLACE)
    if not mine:
        return []
    objections = RankingObjection.objects.filter(
        ranking=OuterRef("ranking"), school=OuterRef("school")
    )
    rows = RankingPlace.objects.filter(
        ~Exists(objections),
        school__in=mine,
        list=RankingList.LEVEL,
        ranking__state=RankingState.SHOWN,
        ranking__objections_until__gte=today,
    ).annotate(state=F("ranking__state"))
    return [
        as_waiting_rows(
            rows,
            WaitingKind.OWN_PLACE,
            title=_year("ranking__drive__"),
            detail=Cast("school", CharField()),
            ends_on=F("ranking__objections_until"),
        )
    ]


def _objections(user: User, today: date) -> list[QuerySet]:
    """Objections that wait for the office's answer."""
    if not rights_of(user).allows(Permission.MANAGE_DRIVE):
        return []
    rows = RankingObjection.objects.filter(state=ObjectionState.SUBMITTED)
    return [as_waiting_rows(rows, WaitingKind.OBJECTION, title=F("school__name"))]


def _study_requests(user: User, today: date) -> list[QuerySet]:
    """Requests of schools that somebody of the office has to arrange."""
    rights = rights_of(user)
    rows = StudyRequest.objects.filter(state=StudyRequestState.SENT)
    if not rights.allows(Permission.MANAGE_DRIVE):
        rows = rows.filter(school__in=rights.schools(Permission.EDIT_SCHOOL_DRIVE))
    if not rights.allows_anywhere(Permission.EDIT_SCHOOL_DRIVE):
        return []
    return [
        as_waiting_rows(rows, WaitingKind.STUDY_REQUEST, title=F("school__name"), detail=F("kind"))
    ]


def _monitoring(user: User, today: date) -> list[QuerySet]:
    """Reports on the drive that a committee has begun and not sent, for who writes for it."""
    if not rights_of(user).allows_anywhere(Permission.MONITOR_DRIVE):
        return []
    bodies = Committee.objects.filter(monitoring_bodies_q(user))
    rows = MonitoringReport.objects.filter(
        state=MonitoringState.DRAFT, committee__in=bodies.values("pk")
    )
    return [
        as_waiting_rows(rows, WaitingKind.MONITORING, title=_year("drive__"), ends_on=F("ends_on"))
    ]


# --- As lines of the home page ---


def _draft_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"เสนอ ก.ต.ป.น. เห็นชอบการขับเคลื่อน ปีการศึกษา {row.title}",
            cached_url("drive", int(row.title)),
            "ขับเคลื่อนคุณภาพ · ยังเป็นร่าง",
        )
        for row in rows
    ]


def _baseline_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ยืนยันข้อมูลฐานของโรงเรียน ปีการศึกษา {row.title}",
            cached_url("school_baseline", int(row.title), int(row.detail)),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 2",
        )
        for row in rows
    ]


def _no_baseline_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """One line to the list that says which schools they are."""
    if not rows:
        return []
    return [
        TodoItem(
            f"รวบรวมข้อมูลฐานของโรงเรียนในความรับผิดชอบ {len(rows)} โรงเรียน",
            cached_url("baselines", int(rows[0].title)),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 2 · ยังไม่ยืนยัน",
        )
    ]


def _agreement_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """One's own school's by itself; those of the area on one line where they are many."""
    found: dict[str, list[WaitingRow]] = {act: [] for act in AGREEMENT_WORDS}
    for row in rows:
        act = next(one for one in AGREEMENT_WORDS if row.detail.startswith(one))
        found[act].append(row)
    return [item for act, chosen in found.items() for item in _items_of_act(act, chosen)]


def _items_of_act(act: str, rows: Sequence[WaitingRow]) -> list[TodoItem]:
    """Of each agreement, or one line to the register's list of those that wait for the act."""
    words = AGREEMENT_WORDS[act]
    if act == TO_SIGN_FOR_SCHOOL or len(rows) <= MAX_SEPARATE_TODOS:
        return [_agreement_item(words, row) for row in rows]
    url = cached_url("agreements", int(rows[0].detail.removeprefix(act)))
    state = AgreementState.SCHOOL_SIGNED if act == TO_SIGN else AgreementState.DRAFT
    title = f"{words}กับโรงเรียน {len(rows)} ฉบับ"
    return [TodoItem(title, f"{url}?state={state}", "ขับเคลื่อนคุณภาพ · ขั้นที่ 3")]


def _agreement_item(words: str, row: WaitingRow) -> TodoItem:
    name = School(name=row.title).short_name
    url = cached_url("agreement", row.pk)
    return TodoItem(f"{words} {name}", url, "ขับเคลื่อนคุณภาพ · ขั้นที่ 3")


def _report_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """A term closes on its first day without class: the report is due the day before."""
    return [_report_item(row, row.ends_on, today) for row in rows if row.ends_on]


def _report_item(row: WaitingRow, closes_on: date, today: date) -> TodoItem:
    due_on = closes_on - timedelta(days=1)
    return TodoItem(
        f"รายงานความก้าวหน้าตามข้อตกลง ปีการศึกษา {row.title}",
        cached_url("school_drive", int(row.title), int(row.detail)),
        "ขับเคลื่อนคุณภาพ · ขั้นที่ 3",
        due_on=due_on,
        overdue=max((today - due_on).days, 0),
        today=due_on == today,
    )


def _survey_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ตอบ{row.title}",
            cached_url("climate_survey", int(row.detail)),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 4 · ไม่มีใครทราบว่าใครตอบอย่างไร",
            due_on=row.ends_on,
            overdue=max((today - row.ends_on).days, 0) if row.ends_on else 0,
            today=row.ends_on == today,
        )
        for row in rows
    ]


def _own_place_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ดูผลการจัดลำดับของโรงเรียน ปีการศึกษา {row.title}",
            cached_url("own_place", int(row.title), int(row.detail)),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 7 · หากเห็นว่าไม่ถูกต้อง ทักท้วงได้",
            due_on=row.ends_on,
            today=row.ends_on == today,
        )
        for row in rows
    ]


def _objection_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ตอบข้อทักท้วง {School(name=row.title).short_name}",
            cached_url("ranking_objection", row.pk),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 7",
        )
        for row in rows
    ]


def _request_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ประสานคำขอเรียนรู้ {School(name=row.title).short_name}",
            cached_url("study_request", row.pk),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 7",
        )
        for row in rows
    ]


def _monitoring_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    return [
        TodoItem(
            f"ส่งรายงานการติดตามการขับเคลื่อน ปีการศึกษา {row.title}",
            cached_url("monitoring_report", row.pk),
            "ขับเคลื่อนคุณภาพ · ขั้นที่ 3",
        )
        for row in rows
    ]


DRIVE_ITEMS: Mapping[WaitingKind, Callable[[Sequence[WaitingRow], User, date], list[TodoItem]]] = {
    WaitingKind.DRIVE: _draft_items,
    WaitingKind.BASELINE: _baseline_items,
    WaitingKind.NO_BASELINE: _no_baseline_items,
    WaitingKind.AGREEMENT: _agreement_items,
    WaitingKind.DRIVE_REPORT: _report_items,
    WaitingKind.CLIMATE_SURVEY: _survey_items,
    WaitingKind.OWN_PLACE: _own_place_items,
    WaitingKind.OBJECTION: _objection_items,
    WaitingKind.STUDY_REQUEST: _request_items,
    WaitingKind.MONITORING: _monitoring_items,
}
