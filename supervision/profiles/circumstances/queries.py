"""What schools are like on a day, as one reader may know it; of many schools in seven queries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q

from schools.access import Permission, can
from schools.core.thai import local_day, short_date
from schools.enums import Grade
from schools.models import School, User
from schools.school_sizes import PupilCount, confirmed_size_scheme, latest_counts, school_size
from supervision.profiles.circumstances.enums import CircumstanceKind, FactPart
from supervision.profiles.confirmation.enums import ConfirmationState
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS, may_see_result
from supervision.profiles.models import (
    Circumstance,
    DataConfirmation,
    SchoolFact,
    SchoolProject,
    TeacherWanted,
)
from supervision.profiles.models.circumstances import CHECK_EVERY, SchoolFactQuerySet

EXPANSION_SCHOOL = "โรงเรียนขยายโอกาสทางการศึกษา"


@dataclass(frozen=True)
class FactLine:
    """One fact of a school in words; `merged_from` names the school it was of before a merger.

    `may_edit` says whether the reader may change it, as long as the school is open.
    """

    part: FactPart
    fact: SchoolFact
    detail: str
    may_edit: bool
    merged_from: str = ""

    @property
    def title(self) -> str:
        return str(self.fact)

    @property
    def words(self) -> str:
        """All of it in one line; of a project in which years, too."""
        years = self.fact.years if isinstance(self.fact, SchoolProject) else ""
        return " ".join(filter(None, [self.title, self.detail, years]))

    @property
    def span(self) -> str:
        """From when to when it holds: in academic years for a project, else in days."""
        if isinstance(self.fact, SchoolProject):
            return self.fact.years
        since = f"ตั้งแต่ {short_date(self.fact.starts_on)}"
        return f"{since} ถึง {short_date(self.fact.ends_on)}" if self.fact.ends_on else since


@dataclass(frozen=True)
class SchoolCircumstances:
    """What a school is like on `day`: the facts recorded, and what the registry says.

    `size` is the word of the office's scheme, empty while scheme or pupils are unknown.
    `confirmed_on` is the day on which the school last confirmed all of its data.
    """

    school: School
    day: date
    size: str = ""
    counted: PupilCount | None = None
    confirmed_on: date | None = None
    lines: list[FactLine] = field(default_factory=list)

    def of(self, part: FactPart) -> list[FactLine]:
        """The facts of one part; circumstances in the order in which they are offered."""
        lines = [line for line in self.lines if line.part == part]
        if part == FactPart.CIRCUMSTANCES:
            kinds = CircumstanceKind.labels
            lines.sort(key=lambda line: kinds.index(line.title))
        return lines

    @property
    def circumstances(self) -> list[FactLine]:
        return self.of(FactPart.CIRCUMSTANCES)

    @property
    def projects(self) -> list[FactLine]:
        return self.of(FactPart.PROJECTS)

    @property
    def teachers(self) -> list[FactLine]:
        return self.of(FactPart.TEACHERS)

    @property
    def teaches_secondary(self) -> bool | None:
        """Whether it is an expansion school (ขยายโอกาส); None while its grades are unknown."""
        return None if self.school.last_grade is None else self.school.last_grade >= Grade.M1

    @property
    def registry_words(self) -> list[str]:
        """What the registry says of its kind, as far as it knows."""
        expansion = EXPANSION_SCHOOL if self.teaches_secondary else ""
        size = f"ขนาด{self.size}" if self.size else ""
        return [word for word in (size, expansion) if word]

    @property
    def checked_on(self) -> date | None:
        """When somebody last looked at all of it: the oldest check, or a confirmation since."""
        checks = [line.fact.checked_on for line in self.lines]
        known = [day for day in (min(checks, default=None), self.confirmed_on) if day]
        return max(known, default=None)

    @property
    def needs_check(self) -> bool:
        """Whether nobody has looked at it for over a year, or ever."""
        return self.checked_on is None or self.checked_on < self.day - CHECK_EVERY

    @property
    def is_sample(self) -> bool:
        return any(line.fact.is_sample for line in self.lines)


def load_circumstances(school: School, day: date, *, reader: User) -> SchoolCircumstances:
    """What one school is like on the day, as far as the reader may know."""
    return circumstances_of([school], day, reader=reader)[school.pk]


def circumstances_of(
    schools: Collection[School], day: date, *, reader: User
) -> dict[int, SchoolCircumstances]:
    """The same of many schools, by their keys."""
    found = _registry_knowledge(schools, day)
    for part, rows in _facts_of(Q(school__in=schools)).items():
        for fact in rows.in_force(day):
            found[fact.school_id].lines.extend(_line(part, fact, reader, fact.school_id))
    return found


def _registry_knowledge(schools: Collection[School], day: date) -> dict[int, SchoolCircumstances]:
    """What registry and confirmations say of each school; the facts are still to be added."""
    counts, scheme = latest_counts(schools), confirmed_size_scheme()
    confirmed = _confirmation_days(schools)
    return {
        school.pk: SchoolCircumstances(
            school,
            day,
            size=school_size(scheme, counts.get(school.pk)),
            counted=counts.get(school.pk),
            confirmed_on=confirmed.get(school.pk),
        )
        for school in schools
    }


def _confirmation_days(schools: Collection[School]) -> dict[int, date]:
    """The day on which each school last confirmed its data, circumstances among them."""
    rows = DataConfirmation.objects.filter(school__in=schools, state=ConfirmationState.CONFIRMED)
    latest = rows.order_by().values_list("school").annotate(Max("confirmed_at"))
    return {school: local_day(at) for school, at in latest}


def _facts_of(schools: Q) -> Mapping[FactPart, SchoolFactQuerySet]:
    """The facts of all times of these schools, each part with what its words need."""
    return {
        FactPart.CIRCUMSTANCES: Circumstance.objects.filter(schools).select_related("main_school"),
        FactPart.PROJECTS: SchoolProject.objects.filter(schools).select_related("kind"),
        FactPart.TEACHERS: TeacherWanted.objects.filter(schools).select_related("learning_area"),
    }


@dataclass(frozen=True)
class FactsOverTime:
    """What a school is like on a day, and what was before, newest first.

    All that was of schools merged into it stands among the earlier facts: whoever sees the school
    sees their past.
    """

    known: SchoolCircumstances
    earlier: Sequence[FactLine]


def facts_over_time(school: School, day: date, *, reader: User) -> FactsOverTime:
    """Both in one reading of the facts, for the school's page."""
    merged = {one.pk: _merger(one) for one in School.objects.became_part_of(school, day)}
    known = _registry_knowledge([school], day)[school.pk]
    earlier: list[FactLine] = []
    for part, rows in _facts_of(Q(school=school) | Q(school__in=merged)).items():
        for fact in rows:
            places, merger = (fact.school_id, school.pk), merged.get(fact.school_id, "")
            lines = _line(part, fact, reader, *places, merged_from=merger)
            if merger or fact.is_over(day):
                earlier.extend(lines)
            elif fact.is_in_force_on(day):
                known.lines.extend(lines)
    return FactsOverTime(known, sorted(earlier, key=lambda line: line.fact.starts_on, reverse=True))


def _merger(school: School) -> str:
    return f"จาก{school} (รวมเมื่อ {short_date(school.closed_on)})" if school.closed_on else ""


def _line(
    part: FactPart, fact: SchoolFact, reader: User, *school_ids: int, merged_from: str = ""
) -> Iterator[FactLine]:
    """The fact in words, as what these schools' readers may know; nothing for who may not."""
    if may_know_fact(reader, fact, *school_ids):
        may_edit = not merged_from and may_edit_fact(reader, fact)
        yield FactLine(part, fact, fact_detail(fact, reader, *school_ids), may_edit, merged_from)


def may_know_fact(reader: User, fact: SchoolFact, *school_ids: int) -> bool:
    """Whether the reader may know of it: pupils included are no matter for who looks on."""
    if not is_about_pupils(fact):
        return True
    return any(can(reader, Permission.VIEW_PROFILE, school) for school in school_ids)


def is_about_pupils(fact: SchoolFact) -> bool:
    """Whether it counts pupils who learn by inclusion."""
    return isinstance(fact, Circumstance) and fact.kind == CircumstanceKind.INCLUSION


def may_edit_fact(user: User, fact: SchoolFact) -> bool:
    """Whether the person may change it; a number of pupils only who may see any number."""
    needed = Permission.VIEW_SMALL_RESULTS if is_about_pupils(fact) else Permission.EDIT_PROFILE
    return can(user, needed, fact.school_id)


def fact_detail(fact: SchoolFact, reader: User, *school_ids: int) -> str:
    """What the fact says besides its title; fewer than three pupils only to who may know them."""
    if isinstance(fact, TeacherWanted):
        return f"{fact.number} คน"
    if isinstance(fact, Circumstance) and fact.pupils is not None:
        shown = may_see_result(reader, fact.pupils, *school_ids)
        return f"นักเรียน {f'{fact.pupils:,} คน' if shown else SMALL_GROUP_WORDS}"
    if isinstance(fact, Circumstance) and fact.main_school:
        return " · ".join(filter(None, [f"สาขาของ{fact.main_school}", fact.detail]))
    return fact.detail if isinstance(fact, Circumstance | SchoolProject) else ""
