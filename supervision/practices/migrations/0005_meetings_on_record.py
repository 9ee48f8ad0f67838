import re
from collections import Counter, defaultdict

from django.db import migrations

AREA, CLOSED = "area", "closed"
NAME = "คณะกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา (ก.ต.ป.น.)"
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
NUMBER = re.compile(r"^(?:ครั้งที่)?(\d{1,3})/(2[45]\d\d)(?:\(ตัวอย่าง\))?$")
BE_OFFSET = 543


def make_meetings(apps, schema_editor):
    """Each number and day on record of ก.ต.ป.น. becomes a meeting that is over.

    A number that is no N/year, or that has several days, is kept as it was typed: of several
    days the one named most often has the number.
    """
    records = _records(apps)
    if not records:
        return
    numbered = _days_with_number(records)
    committee = _area_committee(apps, min(day for _, day in records))
    for (typed, day), rows in sorted(records.items(), key=lambda item: (item[0][1], item[0][0])):
        meeting = _meeting(apps, committee, typed, day, rows, numbered)
        for row in rows:
            type(row).objects.filter(pk=row.pk).update(meeting=meeting)


def _records(apps):
    """Decisions and endorsed sets by the number as it reads, and the day."""
    found = defaultdict(list)
    decisions = apps.get_model("practices", "Decision").objects.order_by("pk")
    sets = apps.get_model("criteria", "IndicatorSet").objects.exclude(meeting_on=None)
    for row in [*sets.order_by("pk"), *decisions]:
        found[_as_read(row.meeting_no), row.meeting_on].append(row)
    return found


def _as_read(typed):
    """Spaces and Thai digits make no other number."""
    return "".join(typed.translate(THAI_DIGITS).split())


def _number(typed):
    found = NUMBER.match(typed)
    number = int(found[1]) if found else 0
    return (number, int(found[2])) if number else None


def _days_with_number(records):
    """The day that has each number, by the number: that of most records, of these the first."""
    counts = defaultdict(Counter)
    for (typed, day), rows in records.items():
        if number := _number(typed):
            counts[number][day] += len(rows)
    return {number: min(days, key=lambda day: (-days[day], day)) for number, days in counts.items()}


def _area_committee(apps, first_day):
    committees = apps.get_model("committees", "Committee").objects
    found = committees.filter(kind=AREA).order_by("pk").first()
    return found or committees.create(kind=AREA, name=NAME, starts_on=first_day)


def _meeting(apps, committee, typed, day, rows, numbered):
    """The meeting of these records, with its number where it has one for itself."""
    meetings = apps.get_model("committees", "Meeting").objects
    number, recorder = _number(typed), _recorder(rows[0])
    has_number = number is not None and numbered[number] == day
    facts = {
        "committee": committee,
        "number": number[0] if has_number else None,
        "year": number[1] if number else day.year + BE_OFFSET,
        "held_on": day,
    }
    if has_number and (made := meetings.filter(**facts).first()):
        return made
    return meetings.create(
        **facts,
        recorded_as="" if has_number else rows[0].meeting_no or "ไม่ได้ระบุ",
        state=CLOSED,
        is_sample="ตัวอย่าง" in typed,
        closed_by_id=recorder[0],
        closed_at=recorder[1],
    )


def _recorder(row):
    """Who recorded it first in the portal, and when."""
    if hasattr(row, "decided_at"):
        return row.decided_by_id, row.decided_at
    return row.endorsed_by_id, row.endorsed_at


class Migration(migrations.Migration):
    """The meetings that decisions and sets named by a typed number become rows."""

    dependencies = [
        ("criteria", "0002_meeting"),
        ("practices", "0004_decision_meeting"),
    ]

    operations = [migrations.RunPython(make_meetings, migrations.RunPython.noop)]
