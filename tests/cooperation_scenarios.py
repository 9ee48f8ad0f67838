"""Events, climate surveys and exchange of a drive, made by the portal's own actions."""

from datetime import timedelta

from django.utils import timezone

from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.quality_drive.cooperation import climate_actions, event_actions
from supervision.quality_drive.cooperation.partner_actions import save_partner
from supervision.quality_drive.exchange import event_actions as exchange_actions
from supervision.quality_drive.exchange import request_actions
from supervision.quality_drive.models import Partner, QualityDrive, Takeaway
from tests.drive_scenarios import drive_at_work
from tests.factories import SchoolFactory


def drive_event_planned(drive, schools, *, by, days=0, kind="heads_meeting"):
    """An event in so many days, to which these schools are invited."""
    fields = {"kind": kind, "title": "ประชุมชี้แจง", "place": "หอประชุม", "programme": "ชี้แจง"}
    fields["held_on"] = timezone.localdate() + timedelta(days=days)
    return event_actions.plan_drive_event(drive, by=by, schools=schools, fields=fields)


def climate_survey_drafted(drive, *, by, days=7):
    """A survey of three statements that may be answered for so many days."""
    facts = {"title": "บรรยากาศการทำงาน", "statements": ["ข้อ ก", "ข้อ ข", "ข้อ ค"]}
    closes_on = timezone.localdate() + timedelta(days=days)
    return climate_actions.draft_climate_survey(drive, by=by, closes_on=closes_on, **facts)


def climate_survey_opened(drive, *, by, days=7):
    """The same, opened to all schools; there must be five at least."""
    survey = climate_survey_drafted(drive, by=by, days=days)
    climate_actions.open_climate_survey(survey, by=by)
    return survey


def climate_answered(survey, school, level, **levels):
    """A school answers with the level, and with others at positions named p1, p2, …"""
    chosen = {one.pk: levels.get(f"p{one.position}", level) for one in survey.statements.all()}
    turn = survey.turns.get(school=school)
    climate_actions.answer_climate_survey(turn, levels=chosen)


def exchange_event_begun(drive, *, by, days=0):
    """A forum of the drive that begins in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    fields = {"title": "เปิดบ้านวิชาการ", "programme": "เล่าเรื่อง", "place": "หอประชุม"}
    fields |= {"starts_on": day, "ends_on": day}
    return exchange_actions.plan_exchange_event(drive, by=by, practices=[], fields=fields)


def study_request_sent(drive, school, practice, *, by):
    """A school asks to see a practice of another, or without one for any mentor."""
    return request_actions.send_study_request(
        drive, school, by=by, text="อยากเห็นการจัดชั้น", practice=practice
    )


def cooperation_targets(term, school, *, by):
    """What the addresses of cooperation are asked for, with enough schools to ask in a survey."""
    drive = QualityDrive.objects.filter(academic_year=term.academic_year).first()
    drive = drive or drive_at_work(term, [], by=by)
    SchoolFactory.create_batch(5)
    fields = {"organisation": "วัด", "gives": "สถานที่", "sector": "community"}
    partner = Partner(drive=drive, starts_on=timezone.localdate())
    save_partner(partner, by=by, schools=[school], fields=fields)
    survey, year = climate_survey_opened(drive, by=by), drive.academic_year.year
    practice = GoodPractice.objects.get(round__school=school, state=PracticeState.SELECTED)
    exchange = exchange_event_begun(drive, by=by)
    takeaway = Takeaway(event=exchange, school=school)
    facts = {"text": "ก", "practice": None, "try_by": None}
    exchange_actions.save_takeaway(takeaway, by=by, **facts)
    return {
        "exchange_event": {"pk": exchange.pk},
        "takeaway_add": {"pk": exchange.pk, "school_pk": school.pk},
        "takeaway": {"pk": takeaway.pk},
        "drive_practice": {"year": year, "pk": practice.pk},
        "drive_school": {"year": year, "pk": school.pk},
        "study_request": {"pk": study_request_sent(drive, school, None, by=by).pk},
        "cooperation": {"year": year},
        "drive_partner": {"pk": partner.pk},
        "drive_event": {"pk": drive_event_planned(drive, [school], by=by).pk},
        "climate_survey": {"pk": survey.pk},
        "climate_draft": {"pk": climate_survey_drafted(drive, by=by).pk},
        "climate_answer": {"pk": survey.pk, "school_pk": school.pk},
    }
