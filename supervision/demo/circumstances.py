"""Circumstances, projects, teachers wanted and policies of the demonstration, all samples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from simple_history.utils import bulk_create_with_history

from schools.core.thai import academic_year, academic_year_days, fiscal_year
from schools.models import School, User
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.focus.actions import copy_focus_year
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import (
    Circumstance,
    PolicyFocus,
    ProjectKind,
    SchoolFact,
    SchoolProject,
    TeacherWanted,
)

Fact = TypeVar("Fact", bound=SchoolFact)

SAMPLE_SOURCE = "ข้อมูลตัวอย่าง"
RECENT, STALE = timedelta(days=20), timedelta(days=420)
BEGAN_BEFORE, ENDED_BEFORE = timedelta(days=900), timedelta(days=250)
# Every so many schools are alike; the last of each row has nothing recorded yet.
ALIKE = 5
SUBJECTS = ("ภาษาอังกฤษ", "ปฐมวัย", "ดนตรี", "คอมพิวเตอร์")
POLICIES = (
    (PolicyOrigin.OBEC, "การอ่านออกเขียนได้ของนักเรียน", "การอ่าน"),
    (PolicyOrigin.OBEC, "การจัดการเรียนรู้เชิงรุก (Active Learning)", "ปฏิบัติจริง"),
    (PolicyOrigin.OBEC, "การจัดการเรียนรู้ประวัติศาสตร์และหน้าที่พลเมือง", "ความเป็นไทย"),
    (PolicyOrigin.MINISTRY, "ความปลอดภัยในสถานศึกษา", ""),
    (PolicyOrigin.AREA, "การนิเทศภายในโดยใช้โรงเรียนเป็นฐาน", ""),
)
POLICY_SOURCE = "ตัวอย่าง โปรดแทนด้วยประกาศของปี"


@dataclass(frozen=True)
class FactMaker:
    """Makes the facts of schools as `by` would have recorded them by `today`."""

    by: User
    today: date

    def make_all(self, schools: Sequence[School]) -> None:
        """Some facts of each school, but of every fifth."""
        described = [(n, one) for n, one in enumerate(schools) if n % ALIKE != ALIKE - 1]
        projects = list(ProjectKind.objects.all())
        circumstances = [row for n, one in described for row in self._circumstances(n, one)]
        self._save(Circumstance, circumstances)
        self._save(SchoolProject, [self._project(n, one, projects) for n, one in described])
        self._save(TeacherWanted, [self._teacher(n, one) for n, one in described])

    def _save(self, model: type[Fact], rows: list[Fact]) -> None:
        bulk_create_with_history(rows, model, default_user=self.by)

    def _facts(self, n: int, school: School) -> dict[str, Any]:
        """What every fact of a school has; one of each row of schools was not checked lately."""
        return {
            "school": school,
            "starts_on": self.today - BEGAN_BEFORE,
            "source": SAMPLE_SOURCE,
            "checked_on": self.today - (STALE if n % ALIKE == 3 else RECENT),
            "checked_by": self.by,
            "is_sample": True,
        }

    def _circumstances(self, n: int, school: School) -> Iterator[Circumstance]:
        facts = self._facts(n, school)
        if n % ALIKE in (0, 3):
            detail = "ป.1 กับ ป.2, ป.3 กับ ป.4"
            yield Circumstance(kind=CircumstanceKind.MIXED_CLASSES, detail=detail, **facts)
        if n % ALIKE in (0, 1):
            yield Circumstance(kind=CircumstanceKind.DLTV, detail="ทุกชั้น", **facts)
        if n % ALIKE == 1:
            yield Circumstance(kind=CircumstanceKind.INCLUSION, pupils=1 + n % 7, **facts)
        if n % ALIKE == 2:
            yield Circumstance(
                kind=CircumstanceKind.SPECIAL_AREA, detail="บนภูเขา หน้าฝนเดินทางลำบาก", **facts
            )
            facts["ends_on"] = self.today - ENDED_BEFORE
            yield Circumstance(kind=CircumstanceKind.DLIT, **facts)

    def _project(self, n: int, school: School, kinds: Sequence[ProjectKind]) -> SchoolProject:
        facts = self._facts(n, school)
        since = academic_year(self.today) - n % 3
        facts["starts_on"] = academic_year_days(since)[0]
        return SchoolProject(kind=kinds[n % len(kinds)], **facts)

    def _teacher(self, n: int, school: School) -> TeacherWanted:
        subject = SUBJECTS[n % len(SUBJECTS)]
        return TeacherWanted(subject_text=subject, number=1 + n % 2, **self._facts(n, school))


def create_policies(*, by: User, today: date) -> None:
    """Policies of the last fiscal year and of this one, linked to indicators where they fit."""
    in_use = Indicator.objects.filter(standard__indicator_set__in=IndicatorSet.objects.approved())
    year = fiscal_year(today)
    for position, (origin, text, word) in enumerate(POLICIES, 1):
        focus = PolicyFocus.objects.create(
            fiscal_year=year - 1,
            origin=origin,
            position=position,
            text=text,
            source=POLICY_SOURCE,
            is_sample=True,
        )
        if word:
            focus.indicators.set(in_use.filter(text__contains=word))
    copy_focus_year(by=by, from_year=year - 1, to_year=year)
