"""The composition root: what lower apps ask of higher ones is registered here, in one place."""

from django.core.checks import Tags, register

from reports.steps import report_step_facts
from reports.steps import report_todo_items as reports_waiting
from schools.people.account_cleanup import register_account_cleanup
from schools.sign_in.two_factor import check_two_factor_roles
from supervision.calendar.actions import delete_calendar_feed_of
from supervision.calendar.queries import register_due_entries
from supervision.config.old_database import check_database_version
from supervision.cycle.due_entries import due_entries
from supervision.cycle.steps import register_report_step
from supervision.cycle.todos import register_todo_source
from supervision.improvement.ledger import open_ledger_entries
from supervision.notices.actions import delete_notice_settings_of
from supervision.operations.todos import health_todos
from supervision.visits.recommendation_source import register_recommendation_source


def connect_apps() -> None:
    """Called once, when all apps are loaded."""
    register(check_two_factor_roles)
    register(check_database_version, Tags.database)
    register_recommendation_source(open_ledger_entries)
    register_due_entries(due_entries)
    register_account_cleanup("calendar feed", delete_calendar_feed_of)
    register_account_cleanup("notice settings", delete_notice_settings_of)
    register_report_step(report_step_facts)
    register_todo_source(health_todos)
    register_todo_source(reports_waiting)
