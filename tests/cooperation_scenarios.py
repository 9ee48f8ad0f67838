"""Events, climate surveys and exchange of a drive, made by the portal's own actions."""

from datetime import timedelta

from django.utils import timezone

from supervision.quality_drive.cooperation import climate_actions, event_actions
from supervision.quality_drive.cooperation.partner_actions import save_partner
from supervision.quality_drive.models import Partner, QualityDrive
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


def cooperation_targets(term, school, *, by):
    """What the addresses of cooperation are asked for, with enough schools to ask in a survey."""
    drive = QualityDrive.objects.filter(academic_year=term.academic_year).first()
    drive = drive or drive_at_work(term, [], by=by)
    SchoolFactory.create_batch(5)
    fields = {"organisation": "วัด", "gives": "สถานที่", "sector": "community"}
    partner = Partner(drive=drive, starts_on=timezone.localdate())
    save_partner(partner, by=by, schools=[school], fields=fields)
    survey = climate_survey_opened(drive, by=by)
    return {
        "cooperation": {"year": drive.academic_year.year},
        "drive_partner": {"pk": partner.pk},
        "drive_event": {"pk": drive_event_planned(drive, [school], by=by).pk},
        "climate_survey": {"pk": survey.pk},
        "climate_draft": {"pk": climate_survey_drafted(drive, by=by).pk},
        "climate_answer": {"pk": survey.pk, "school_pk": school.pk},
    }
