"""What the portal had as typed numbers and days of meetings becomes meetings, nothing lost."""

from datetime import date, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.utils import timezone

from supervision.committees.models import Meeting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

migration = import_module("supervision.practices.migrations.0005_meetings_on_record")
FIRST, SECOND = date(2026, 6, 5), date(2026, 6, 19)


@pytest.fixture
def by(db):
    return UserFactory()


def recorded(typed, day, by, count=1):
    """What was typed beside so many decisions."""
    facts = {"decided_by_id": by.pk, "decided_at": timezone.make_aware(datetime(2026, 7, 1))}
    return {(migration._as_read(typed), day): [SimpleNamespace(meeting_no=typed, **facts)] * count}


def meetings_of(records):
    """Made as the migration makes them, by what was typed and the day."""
    numbered = migration._days_with_number(records)
    committee = migration._area_committee(apps, FIRST)
    return {
        key: Meeting.objects.get(pk=migration._meeting(apps, committee, *key, rows, numbered).pk)
        for key, rows in records.items()
    }


def test_a_number_is_read_in_thai_digits_with_spaces_and_the_sample_mark(by):
    records = recorded("๒/๒๕๖๙", FIRST, by) | recorded("3 / 2569 (ตัวอย่าง)", SECOND, by)
    first, second = meetings_of(records).values()
    assert (first.label, first.held_on, first.is_sample) == ("2/2569", FIRST, False)
    assert (second.label, second.is_sample, second.is_closed) == ("3/2569", True, True)


def test_of_several_days_the_one_named_most_has_the_number(by):
    records = recorded("2/2569", FIRST, by) | recorded("2/2569", SECOND, by, count=3)
    other, usual = meetings_of(records).values()
    assert (usual.number, usual.year) == (2, 2569)
    assert (other.number, other.recorded_as, other.label) == (None, "2/2569", "2/2569")
    assert {other.held_on, usual.held_on} == {FIRST, SECOND}


@pytest.mark.parametrize("typed", ["ครั้งพิเศษ", "2569", "0/2569", "4/2026"])
def test_what_is_no_number_is_kept_as_it_was_typed(typed, by):
    (meeting,) = meetings_of(recorded(typed, FIRST, by)).values()
    assert (meeting.number, meeting.label, meeting.year) == (None, typed, 2569)
