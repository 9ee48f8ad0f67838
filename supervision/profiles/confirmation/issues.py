"""Whose it is to answer what a school reported as wrong."""

from django.db.models import Q

from schools.access import Permission, can, rights_of
from schools.models import User
from supervision.profiles.confirmation.data_kinds import (
    DATA_KIND_RULES,
    DataKeeper,
    kinds_answered_with,
)
from supervision.profiles.confirmation.enums import DataKind, IssueState
from supervision.profiles.models import DataIssue
from supervision.profiles.querysets import ProfileQuerySet

ANSWERING_PERMISSIONS = frozenset(
    rule.answered_with for rule in DATA_KIND_RULES.values() if rule.keeper != DataKeeper.SCHOOL
)


def keeps_data_of(user: User, issue: DataIssue) -> bool:
    """Whether the person puts right the kind of data that the issue is about."""
    permission = DATA_KIND_RULES[DataKind(issue.data_kind)].answered_with
    return can(user, permission, issue.school_id)


def may_answer_issue(user: User, issue: DataIssue) -> bool:
    """Whether the issue waits, and for this person among others."""
    return issue.is_open and keeps_data_of(user, issue)


def answers_issues(user: User) -> bool:
    """Whether any issue could ever wait for the person: who reads no school's data has none."""
    rights = rights_of(user)
    reads = rights.allows_anywhere(Permission.VIEW_PROFILE)
    return reads and any(map(rights.allows_anywhere, ANSWERING_PERMISSIONS))


def issues_to_answer(user: User) -> ProfileQuerySet:
    """Open issues that wait for this person."""
    rights = rights_of(user)
    waiting = Q(pk__in=[])
    for permission in ANSWERING_PERMISSIONS:
        of_kinds = Q(data_kind__in=kinds_answered_with(permission))
        if rights.allows(permission):
            waiting |= of_kinds
        else:
            waiting |= of_kinds & Q(school__in=rights.schools(permission))
    return DataIssue.objects.visible_to(user).filter(waiting, state=IssueState.OPEN)
