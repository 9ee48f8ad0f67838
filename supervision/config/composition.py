"""The composition root: what lower apps ask of higher ones is registered here, in one place."""

from django.core.checks import Tags, register

from reports.api.tokens import revoke_tokens_of_account
from reports.book.part_files import purge_part_files
from reports.certificates.actions import CERTIFICATE_NEWS
from reports.changed_results import reports_before_change
from reports.drafts import purge_drafts
from reports.papers.bundles import purge_bundles
from reports.papers.meeting_links import meeting_paper_links
from reports.papers.notice_actions import VISIT_NOTICE_NEWS
from reports.published import portal_dissemination_lines, published_selected_practices
from reports.steps import REPORT_NEWS, report_step_facts, report_todo_items
from schools.access import Permission
from schools.core.tables.kinds import import_kinds
from schools.imports.kinds import REGISTRY_TABLES
from schools.people.account_cleanup import account_cleanups
from schools.people.appointment_orders import appointment_orders
from schools.sign_in.two_factor import check_two_factor_roles
from supervision.assignments.consequences import order_consequences
from supervision.assignments.queries import orders_of_appointments
from supervision.assignments.work_officers import officers_of_work
from supervision.calendar.feeds import delete_calendar_feed
from supervision.calendar.queries import STEPS_DUE, due_entry_sources
from supervision.committees.order_members import update_members_by_order
from supervision.committees.queries import meeting_links, meeting_outcomes
from supervision.config.old_database import check_database_version
from supervision.criteria.meeting_outcomes import sets_of_meeting
from supervision.criteria.policy_focus import SET_FOCUS, set_focus_sources
from supervision.cycle.due_entries import due_entries
from supervision.cycle.needs_step import needs_facts
from supervision.cycle.step_facts import (
    assessment_facts,
    criteria_facts,
    decision_facts,
    summary_facts,
    visit_facts,
)
from supervision.cycle.steps import Step, steps_of_cycle
from supervision.cycle.todos import todo_sources
from supervision.improvement.advice_help import ADVICE_HELP, advice_help_sources
from supervision.improvement.drive_advice import drive_advice_sources
from supervision.improvement.external_advice import external_advice_of
from supervision.improvement.ledger import open_ledger_entries
from supervision.notices.actions import delete_notice_settings_of
from supervision.notices.enums import NoticeKind
from supervision.notices.news import NewsRecord, news_records
from supervision.operations.purge import purges
from supervision.operations.todos import health_todos
from supervision.practices.meeting_outcomes import decisions_of_meeting, practices_of_meeting
from supervision.practices.outdated_reports import outdated_report_sources
from supervision.profiles.external.advice_source import EXTERNAL_ADVICE, external_advice_sources
from supervision.profiles.focus.coverage import set_focus
from supervision.profiles.imports.kinds import LEARNING_RESULT_TABLES
from supervision.programmes.dissemination.register import dissemination_sources
from supervision.programmes.networks.advice_helps import advice_helps_of
from supervision.programmes.networks.published_practices import (
    PUBLISHED_PRACTICES,
    published_practice_sources,
)
from supervision.programmes.plans.sources import DRIVE_RESULTS, drive_result_sources
from supervision.quality_drive.agreements.signing import agreement_of_promise
from supervision.quality_drive.drives.plan_sources import drive_results_for_plan
from supervision.quality_drive.honours.meeting_links import honour_links
from supervision.quality_drive.meeting_outcomes import drive_outcomes
from supervision.quality_drive.mentoring.actions import MENTORING_RECORD, mentoring_advice_source
from supervision.quality_drive.models import Honour
from supervision.resolutions.meeting_links import resolution_links
from supervision.rounds.enums import CycleStep
from supervision.rounds.meeting_outcomes import method_outcomes
from supervision.standards.processes import (
    WORK_OFFICERS,
    StepKey,
    StepPage,
    step_pages,
    work_officers,
)
from supervision.visits.enums import VisitKind
from supervision.visits.recommendation_source import OPEN_RECOMMENDATIONS, recommendation_sources
from supervision.visits.records_of_kinds import records_of_kinds

STEPS = (
    Step(CycleStep.NEEDS, "ข้อมูล", needs_facts),
    Step(CycleStep.CRITERIA, "เกณฑ์", criteria_facts),
    Step(CycleStep.SELF_ASSESSMENT, "ประเมินตนเอง", assessment_facts),
    Step(CycleStep.VISIT, "นิเทศ", visit_facts),
    Step(CycleStep.DECISION, "พิจารณา", decision_facts),
    Step(CycleStep.SUMMARY, "ปรับปรุง", summary_facts),
    Step(CycleStep.REPORT, "รายงาน", report_step_facts),
)
STEP_PAGES = (
    StepPage(StepKey("P1", 1), "plan_steps", "ข้อมูลที่ใช้วางแผน", Permission.VIEW_AREA),
    StepPage(StepKey("P1", 2), "needs_progress", "ความต้องการ", Permission.VIEW_AREA),
    StepPage(StepKey("P1", 3), "year_plans", "แผนงาน", Permission.VIEW_AREA),
    StepPage(StepKey("P1", 4), "activities", "กิจกรรมตามแผน", Permission.VIEW_AREA),
    StepPage(StepKey("P1", 5), "activities", "ผลของกิจกรรม", Permission.VIEW_AREA),
    StepPage(StepKey("P1", 6), "plan_steps", "สรุปและเผยแพร่", Permission.VIEW_AREA),
    StepPage(StepKey("P3", CycleStep.NEEDS), "needs_progress", "ความต้องการ", Permission.VIEW_AREA),
    StepPage(StepKey("P3", CycleStep.CRITERIA), "criteria", "เกณฑ์", Permission.VIEW_AREA),
    StepPage(
        StepKey("P3", CycleStep.SELF_ASSESSMENT),
        "self_assessments",
        "ประเมินตนเอง",
        Permission.VIEW_PROGRESS,
    ),
    StepPage(StepKey("P3", CycleStep.VISIT), "visits", "การนิเทศ", Permission.VIEW_SCHOOL),
    StepPage(
        StepKey("P3", CycleStep.DECISION), "practices", "วิธีปฏิบัติที่เป็นเลิศ", Permission.VIEW_SCHOOL
    ),
    StepPage(
        StepKey("P3", CycleStep.SUMMARY), "recommendations", "ข้อเสนอแนะ", Permission.VIEW_SCHOOL
    ),
    StepPage(StepKey("P3", CycleStep.REPORT), "reports", "รายงาน", Permission.VIEW_SCHOOL),
    StepPage(StepKey("P3", CycleStep.REPORT), "year_plans", "แผนงานปีต่อไป", Permission.VIEW_AREA),
    StepPage(StepKey("P2", 1), "networks", "เครือข่าย", Permission.VIEW_SCHOOL),
    StepPage(StepKey("P2", 2), "network_steps", "ขั้นตอนของงานเครือข่าย", Permission.VIEW_AREA),
    StepPage(StepKey("P2", 3), "forums", "เวทีวิชาการ", Permission.VIEW_SCHOOL),
    StepPage(StepKey("P2", 4), "dissemination_register", "ทะเบียนเผยแพร่", Permission.VIEW_AREA),
)

# A school hears of its own honour once a meeting awarded it; of others nobody but the office does.
HONOUR_NEWS = NewsRecord(
    Honour,
    NoticeKind.DECISION,
    "ยกย่องเชิดชูเกียรติ",
    "honour",
    rows_of=lambda user: Honour.objects.visible_to(user),
)


def connect_apps() -> None:
    """Called once, when all apps are loaded."""
    register(check_two_factor_roles)
    register(check_database_version, Tags.database)
    for kind in (*REGISTRY_TABLES, LEARNING_RESULT_TABLES):
        import_kinds.register(kind.name, kind)
    for step in STEPS:
        steps_of_cycle.register(step.number, step)
    for page in STEP_PAGES:
        step_pages.register((page.key, page.url_name), page)
    work_officers.register(WORK_OFFICERS, officers_of_work)
    recommendation_sources.register(OPEN_RECOMMENDATIONS, open_ledger_entries)
    advice_help_sources.register(ADVICE_HELP, advice_helps_of)
    external_advice_sources.register(EXTERNAL_ADVICE, external_advice_of)
    drive_advice_sources.register("agreements", agreement_of_promise)
    published_practice_sources.register(PUBLISHED_PRACTICES, published_selected_practices)
    dissemination_sources.register("reports", portal_dissemination_lines)
    order_consequences.register("committee members", update_members_by_order)
    set_focus_sources.register(SET_FOCUS, set_focus)
    meeting_outcomes.register("indicator sets", sets_of_meeting)
    meeting_outcomes.register("tools and methods", method_outcomes)
    meeting_outcomes.register("decisions", decisions_of_meeting)
    meeting_outcomes.register("practices", practices_of_meeting)
    meeting_outcomes.register("quality drives", drive_outcomes)
    drive_result_sources.register(DRIVE_RESULTS, drive_results_for_plan)
    drive_advice_sources.register("mentoring", mentoring_advice_source)
    records_of_kinds.register(VisitKind.MENTORING, MENTORING_RECORD)
    outdated_report_sources.register("reports", reports_before_change)
    meeting_links.register("resolutions", resolution_links)
    meeting_links.register("honours", honour_links)
    meeting_links.register("papers", meeting_paper_links)
    due_entry_sources.register(STEPS_DUE, due_entries)
    todo_sources.register("system health", health_todos)
    todo_sources.register("reports", report_todo_items)
    appointment_orders.register("orders", orders_of_appointments)
    for record in (REPORT_NEWS, VISIT_NOTICE_NEWS, CERTIFICATE_NEWS, HONOUR_NEWS):
        news_records.register(record.record_type, record)
    account_cleanups.register("calendar feed", lambda person, by: delete_calendar_feed(person))
    account_cleanups.register(
        "notice settings", lambda person, by: delete_notice_settings_of(person)
    )
    account_cleanups.register("API tokens", revoke_tokens_of_account)
    purges.register("drafts", ("drafts", purge_drafts))
    purges.register("bundles", ("bundles of papers", purge_bundles))
    purges.register("book parts", ("book parts", purge_part_files))
