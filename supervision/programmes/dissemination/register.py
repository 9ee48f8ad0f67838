"""The register of dissemination: what people recorded, and what the portal itself disseminated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models

from schools.core.fields import BuddhistYearField
from schools.core.forms import PortalForm
from schools.core.registry import Registry
from schools.core.thai import BE_OFFSET, fiscal_year, fiscal_year_days
from supervision.programmes.dissemination.enums import Audience, DisseminatedKind
from supervision.programmes.models.dissemination import Dissemination

PROCESS_CHOICES = (
    ("P1", "P1 พัฒนาระบบการนิเทศ"),
    ("P2", "P2 เครือข่ายการนิเทศ"),
    ("P3", "P3 นิเทศ ติดตาม และประเมินผล"),
)


class LineOrigin(models.TextChoices):
    """Where a line of the register comes from."""

    RECORDED = "recorded", "บันทึกในทะเบียน"
    PORTAL = "portal", "จากระบบนิเทศ"


@dataclass(frozen=True)
class DisseminationLine:
    """One line as the register shows it; what the portal did itself has no row of its own.

    `kind_word`, `audience_word` and `channel_word` are the words of their choices.
    """

    day: date
    title: str
    kind: str
    kind_word: str
    audience: str
    audience_word: str
    channel_word: str
    url: str
    receivers: str = ""
    letter: str = ""
    process: str = ""
    origin: LineOrigin = LineOrigin.PORTAL
    is_withdrawn: bool = False
    is_sample: bool = False


# What the apps above disseminated between two days, both inclusive.
dissemination_sources: Registry[str, Callable[[date, date], Sequence[DisseminationLine]]] = (
    Registry("register of dissemination")
)


class DisseminationFilter(PortalForm):
    """Filters of the register; what cannot be read filters nothing."""

    q = forms.CharField(label="ชื่อเรื่อง ผู้รับ หรือเลขที่หนังสือ", max_length=100, required=False)
    year = BuddhistYearField(label="เผยแพร่ในปี พ.ศ.", required=False)
    fiscal_year = BuddhistYearField(label="ผลของปีงบประมาณ", required=False)
    kind = forms.ChoiceField(
        label="สิ่งที่เผยแพร่", required=False, choices=[("", "ทุกชนิด"), *DisseminatedKind.choices]
    )
    audience = forms.ChoiceField(
        label="เผยแพร่ต่อ", required=False, choices=[("", "ทุกกลุ่ม"), *Audience.choices]
    )
    process = forms.ChoiceField(
        label="กระบวนงาน", required=False, choices=[("", "ทุกกระบวนงาน"), *PROCESS_CHOICES]
    )
    origin = forms.ChoiceField(
        label="ที่มา", required=False, choices=[("", "ทุกที่มา"), *LineOrigin.choices]
    )


def register_lines(form: DisseminationFilter) -> list[DisseminationLine]:
    """The lines that the filters ask for, newest first; a constant number of queries."""
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    asked = form.cleaned_data
    first, last = _days(asked)
    lines: list[DisseminationLine] = []
    if asked.get("origin") != LineOrigin.PORTAL:
        rows = Dissemination.objects.filter(disseminated_on__range=(first, last))
        lines += [recorded_line(row) for row in rows if _is_of_year(row, asked)]
    if asked.get("origin") != LineOrigin.RECORDED:
        first, last = _days_of_portal(asked, first, last)
        lines += [line for source in dissemination_sources for line in source(first, last)]
    found = [line for line in lines if _is_asked_for(line, asked)]
    return sorted(found, key=lambda line: line.day, reverse=True)


def recorded_line(row: Dissemination) -> DisseminationLine:
    return DisseminationLine(
        day=row.disseminated_on,
        title=row.title,
        kind=row.kind,
        kind_word=row.get_kind_display(),
        audience=row.audience,
        audience_word=row.get_audience_display(),
        channel_word=row.get_channel_display(),
        url=row.get_absolute_url(),
        receivers=row.receivers,
        letter=row.letter,
        process=row.process,
        origin=LineOrigin.RECORDED,
        is_withdrawn=row.is_withdrawn,
        is_sample=row.is_sample,
    )


def _days(asked: Mapping[str, Any]) -> tuple[date, date]:
    """The calendar year that was asked for, else all days."""
    if year := asked.get("year"):
        return date(year - BE_OFFSET, 1, 1), date(year - BE_OFFSET, 12, 31)
    return date.min, date.max


def _days_of_portal(asked: Mapping[str, Any], first: date, last: date) -> tuple[date, date]:
    """What the portal disseminated belongs to the fiscal year of its day."""
    if year := asked.get("fiscal_year"):
        begins, ends = fiscal_year_days(year)
        return max(first, begins), min(last, ends)
    return first, last


def _is_of_year(row: Dissemination, asked: Mapping[str, Any]) -> bool:
    """A recorded line says of which fiscal year it is, else its day does."""
    year = asked.get("fiscal_year")
    if not year:
        return True
    return year == (row.fiscal_year or fiscal_year(row.disseminated_on))


def _is_asked_for(line: DisseminationLine, asked: Mapping[str, Any]) -> bool:
    words = (asked.get("q") or "").casefold()
    said = f"{line.title} {line.receivers} {line.letter}".casefold()
    chosen = all(
        getattr(line, name) == asked[name]
        for name in ("kind", "audience", "process")
        if asked.get(name)
    )
    return chosen and words in said
