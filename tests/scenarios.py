"""Takes a round to a step of the cycle by the portal's own actions, as people would."""

import uuid
from calendar import FRIDAY
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from reports import actions as reports
from reports.certificates.actions import issue_certificates
from reports.papers.notice_actions import save_visit_notice
from reports.papers.notice_draft import drafted_words
from schools.core.thai import fiscal_year
from schools.core.uploads import SanitizedFile
from schools.models import Emblem
from schools.registry.emblem import change_emblem
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField, SheetKind
from supervision.assessments.evidence import add_evidence_file
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import sheet_indicators
from supervision.assessments.version_tokens import sheet_version_token
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.needs import actions as needs
from supervision.needs.models import NeedsCampaign
from supervision.needs.taken_up_actions import NeedToTakeUp, take_up_needs
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.profiles.confirmation import actions as confirmation
from supervision.programmes.plans import activity_actions, plan_actions
from supervision.programmes.plans.activity_actions import ActivityFacts, IndicatorFacts
from supervision.programmes.plans.enums import ActivityIndicatorKind, ActivityKind
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests.factories import AreaFactory, MeetingFactory, NeedsCampaignFactory, WorkFactory
from tests.sample_files import jpeg


def standard_url(sheet_id, number):
    """The page of the sheet's first, second … standard."""
    sets = AnswerSheet.objects.get(pk=sheet_id).round.indicator_sets.all()
    standards = [standard for chosen in sets for standard in chosen.standards.all()]
    pk = standards[number - 1].pk if number <= len(standards) else 0
    return reverse("sheet_standard", args=[sheet_id, pk])


def shown_version(sheet):
    """What the page that asks before the sheet is closed sends, as the sheet stands now."""
    return {"version": str(sheet_version_token(sheet))}


def backdate_rounds(days):
    """Every round was opened, and its sets were chosen, so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    Round.objects.update(opened_at=moment)
    Round.objects.exclude(criteria_chosen_at=None).update(criteria_chosen_at=moment)


def fill_sheet(sheet, level, *, by, note="ข้อค้นพบจากการทดสอบ"):
    """Every indicator at one level, with a note; on a school's own sheet with evidence too."""
    edits = []
    for indicator in sheet_indicators(sheet):
        if sheet.kind == SheetKind.SELF:
            text = "บันทึกการประชุมครู"
            edits.append(SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.EVIDENCE, text))
        edits.append(SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, str(level)))
        edits.append(SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, note))
    assert record_edits(sheet, edits, by=by) == {}


def needs_campaign_for(round_):
    """The survey that asks in the round's term, opened now unless it was before."""
    return NeedsCampaign.objects.covering(round_.term) or NeedsCampaignFactory(term=round_.term)


def needs_submitted(round_, *, by):
    survey = needs.start_needs_survey(round_.school, needs_campaign_for(round_), by=by)
    survey.items.update(problem_level=4, need_level=5)
    survey.wanted_first = "สื่อการเรียนรู้ภาษาไทย"
    survey.save()
    needs.submit_needs_survey(survey, by=by)
    return survey


def data_asked_for(term, *, by, **days):
    """The unit asks the term's schools to confirm their data, from today on."""
    days = {"opens_on": timezone.localdate()} | days
    return confirmation.open_confirmation_request(term, by=by, **days)


def data_confirmed(school, asked, *, by):
    return confirmation.confirm_data(school, asked, by=by)


def need_taken_up(school, term, *, by, topic=None, text="คณิตศาสตร์", **more):
    """A need of the school that the unit works on, led by who took it up."""
    need = NeedToTakeUp(school, text, topic, "โรงเรียนเขียนว่า “ครูคณิต”")
    return take_up_needs([need], by=by, term=term, lead=by, **more)[0]


def self_assessment_confirmed(round_, *, by, level=4):
    assessment = assessments.start_self_assessment(round_, by=by)
    fill_sheet(assessment.sheet, level, by=by)
    assessments.confirm_self_assessment(assessment, by=by)
    return assessment


def working_day():
    """Today, or the Friday before: who plans for a weekend is asked whether it is meant."""
    today = timezone.localdate()
    return today - timedelta(days=max(0, today.weekday() - FRIDAY))


def visit_planned(round_, *, by):
    return visits.plan_visit(
        round_, by=by, visit_on=timezone.localdate(), purpose="นิเทศประจำภาคเรียน", leader=by
    )


def visit_notice_written(visit, *, by, **words):
    """The letter to the school, in the system's words but for these."""
    return save_visit_notice(visit, by=by, **drafted_words(visit) | words)


def visit_signed(round_, *, by, level=4, strengths="ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ"):
    visit = visit_planned(round_, by=by)
    visits.start_visit_record(visit, by=by)
    fill_sheet(visit.sheet, level, by=by)
    texts = {
        AnswerField.STRENGTHS: strengths,
        AnswerField.IMPROVEMENT_POINTS: "การวัดผลระหว่างเรียน",
        AnswerField.ADVICE: "จัดกิจกรรมชุมชนแห่งการเรียนรู้ทางวิชาชีพ",
    }
    record_edits(
        visit.sheet,
        [SubmittedEdit(uuid.uuid4(), None, field, text) for field, text in texts.items()],
        by=by,
    )
    visits.sign_visit(visit, by=by)
    return visit


def visit_acknowledged(round_, *, supervisor, director, **record):
    visit = visit_signed(round_, by=supervisor, **record)
    visits.acknowledge_visit(visit, by=director)
    return visit


def round_decided(round_, *, by, result=DecisionResult.ACHIEVED, meeting=None, **more):
    return practices.decide_round(
        round_,
        by=by,
        result=result,
        reason="ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด",
        meeting=meeting or MeetingFactory(),
        **{"against_reason": "ที่ประชุมเห็นหลักฐานเพิ่มเติม"} | more,
    )


def summary_agreed(round_, *, supervisor, director):
    summary = improvement.start_summary(round_, by=supervisor)
    improvement.create_recommendation(
        summary,
        by=supervisor,
        text="จัดทำแผนนิเทศภายในรายเดือน",
        assignee=Assignee.SCHOOL_DIRECTOR,
        due_on=timezone.localdate() + timedelta(days=30),
    )
    improvement.propose_summary(summary, by=supervisor)
    improvement.agree_to_summary(summary, by=director)
    return summary


def round_until_summary_agreed(round_, *, supervisor, director, group_director, level=4):
    """Steps 1 to 6, achieved."""
    needs_submitted(round_, by=director)
    self_assessment_confirmed(round_, by=director, level=level)
    visit_acknowledged(round_, supervisor=supervisor, director=director, level=level)
    round_decided(round_, by=group_director)
    return summary_agreed(round_, supervisor=supervisor, director=director)


def report_prepared(round_, *, by, number="1/2569"):
    return reports.prepare_term_report(round_, number=number, by=by)


def report_published(round_, *, by, signer):
    """The round's report, signed and published; its file took no time to make."""
    report = report_prepared(round_, by=by)
    reports.issue_report(report, by=signer)
    report.sha256 = "0" * 64
    report.file.save("report.pdf", ContentFile(b"%PDF-1.7"))
    reports.publish_report(report, by=signer)
    return report


def emblem_in_use(*, by, colour="#16305a") -> Emblem:
    """The office prints a plain picture of that colour as its emblem."""
    picture = SanitizedFile("emblem.jpg", ContentFile(jpeg(40, 30, colour)))
    area = AreaFactory()
    change_emblem(area, picture, by=by)
    return area.emblem


def practice_selected(round_, *, supervisor, group_director, title="ห้องเรียนแห่งการอ่าน"):
    """A good practice of the round, nominated and selected."""
    practice = practices.nominate_practice(
        round_, by=supervisor, title=title, process="ทำ", outcome="ดี"
    )
    practices.select_practice(practice, by=group_director)
    return practice


def certificate_issued(round_, *, supervisor, group_director, by):
    """The certificate of a selected practice of the round."""
    practice = practice_selected(round_, supervisor=supervisor, group_director=group_director)
    today = timezone.localdate()
    [certificate] = issue_certificates([practice], by=by, given_on=today, first_number=1)
    return certificate


def add_photo(sheet, *, by, caption="", has_consent=False, indicator=None):
    """A photo in this place of the sheet, or of the whole sheet."""
    photo = SanitizedFile(
        "IMG_0001.jpg", ContentFile(jpeg(400, 300), "a.jpg"), ContentFile(jpeg(), "b.jpg")
    )
    return add_evidence_file(
        sheet, indicator, photo, by=by, id=uuid.uuid4(), caption=caption, has_consent=has_consent
    )


def plan_drafted(*, by, year=None):
    """The plan of the fiscal year, with what it rests on, without activities."""
    year = year or fiscal_year(timezone.localdate())
    plan = plan_actions.draft_plan(year, by=by, aims="ครูได้รับการนิเทศครบทุกคน")
    plan_actions.add_plan_source(plan, by=by, text="นโยบายการอ่านของปีนี้")
    return plan


def activity_facts(*, owner, schools=(), **fields):
    """An activity as its form describes it: this week, with one indicator."""
    today = timezone.localdate()
    facts = {
        "title": "นิเทศการอ่าน",
        "kind": ActivityKind.SCHOOL_BASED,
        "project": "",
        "work": WorkFactory(),
        "work_group": None,
        "learning_area": None,
        "duty": None,
        "objective": "ครูสอนอ่านได้ผล",
        "method": "",
        "target_text": "" if schools else "ครู 10 คน",
        "starts_on": today,
        "ends_on": today + timedelta(days=6),
        "budget_planned": Decimal(1000),
        "owner": owner,
    }
    indicator = IndicatorFacts(ActivityIndicatorKind.QUANTITATIVE, "ครูที่ร่วม", "ร้อยละ 80")
    return ActivityFacts(facts | fields, list(schools), [], [indicator])


def activity_planned(plan, *, by, schools=(), reason="", **fields):
    facts = activity_facts(owner=fields.pop("owner", by), schools=schools, **fields)
    return activity_actions.plan_activity(plan, facts, by=by, reason=reason)


def plan_approved(*, group_director, area_director, owner=None, schools=()):
    """The plan of the fiscal year with one activity, approved."""
    plan = plan_drafted(by=group_director)
    activity_planned(plan, by=owner or group_director, schools=schools)
    plan_actions.propose_plan(plan, by=group_director)
    plan_actions.approve_plan(plan, by=area_director)
    return plan


def activity_finished(activity, *, by, **results):
    """Its result recorded, each indicator achieved."""
    facts = {"result": "ครูทุกคนนำไปใช้", "problems": "", "lessons": "", "budget_spent": Decimal(900)}
    rows = [
        activity_actions.ActivityIndicatorResult(row.pk, "ร้อยละ 85", True)
        for row in activity.indicators.all()
    ]
    activity_actions.finish_activity(activity, by=by, indicators=rows, **facts | results)


def activity_evidence_added(activity, *, by):
    picture = ContentFile(jpeg(), "photo.jpg")
    safe = SanitizedFile("ภาพกิจกรรม.jpg", picture, small=ContentFile(jpeg(), "small.jpg"))
    return activity_actions.add_activity_evidence(
        activity, by=by, caption="ภาพการนิเทศ", file=safe, has_consent=False
    )
