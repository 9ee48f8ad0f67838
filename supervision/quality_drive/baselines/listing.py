"""The baselines of all schools in a drive, as the filters in the address ask for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from schools.core.status import StatusKind
from schools.core.thai import search_key
from schools.core.url_cache import cached_url
from schools.models import School, User
from schools.registry.school_lists import (
    ALL_STATES,
    ClusterGroup,
    SchoolSearchForm,
    StateCount,
    StateFilter,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
    state_counts,
    state_filter_field,
)
from supervision.quality_drive.baselines.enums import BaselineState
from supervision.quality_drive.baselines.queries import (
    Baseline,
    dimensions_without_baseline,
    load_baselines,
)
from supervision.quality_drive.models import QualityDrive, SchoolDrive
from supervision.quality_drive.scores import DriveDesign, load_design

NOT_BEGUN, INCOMPLETE = "not_begun", "incomplete"
BASELINE_DISPLAY = {
    NOT_BEGUN: ("ยังไม่เริ่ม", StatusKind.WAITING),
    BaselineState.DRAFT: (BaselineState.DRAFT.label, StatusKind.WAITING),
    BaselineState.CONFIRMED: (BaselineState.CONFIRMED.label, StatusKind.DONE),
}
BASELINE_STATE_FILTERS = (
    StateFilter(ALL_STATES, "ทั้งหมด", StatusKind.IDLE),
    *(StateFilter(str(s), word, kind) for s, (word, kind) in BASELINE_DISPLAY.items()),
    StateFilter(INCOMPLETE, "ยังขาดบางด้าน", StatusKind.YOURS),
)


class BaselineFilterForm(SchoolSearchForm):
    """Which schools' baselines are shown."""

    state = state_filter_field(BASELINE_STATE_FILTERS)


@dataclass(frozen=True)
class BaselineRow:
    """One school (with its cluster) and how far its baseline is.

    `missing` names the dimensions without any; `known` counts indicators with one of `wanted`.
    """

    school: School
    school_drive: SchoolDrive | None
    known: int
    wanted: int
    missing: Sequence[str]
    url: str
    is_open: bool

    @property
    def stage(self) -> str:
        return self.school_drive.state if self.school_drive else NOT_BEGUN

    @property
    def word(self) -> str:
        return BASELINE_DISPLAY[self.stage][0]

    @property
    def kind(self) -> StatusKind:
        return BASELINE_DISPLAY[self.stage][1]

    @property
    def may_take_last_year(self) -> bool:
        """Whether some indicator has none yet, and the baseline is still open."""
        return self.is_open and self.stage != BaselineState.CONFIRMED and self.known < self.wanted

    def is_in_state(self, state: str) -> bool:
        if state == INCOMPLETE:
            return bool(self.missing)
        return state in (ALL_STATES, self.stage)


@dataclass(frozen=True)
class BaselineGroup(ClusterGroup[BaselineRow]):
    """One cluster with the rows shown of it, and how many of all its schools have confirmed."""

    @property
    def confirmed(self) -> int:
        return sum(row.stage == BaselineState.CONFIRMED for row in self.all_rows)


@dataclass(frozen=True)
class BaselineListing:
    """The baselines of a drive over the schools that the filters leave."""

    drive: QualityDrive
    design: DriveDesign
    form: BaselineFilterForm
    rows: Sequence[BaselineRow]

    @property
    def confirmed(self) -> int:
        return sum(row.stage == BaselineState.CONFIRMED for row in self.rows)

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL_STATES)

    @property
    def counts(self) -> list[StateCount]:
        return state_counts(
            self.rows,
            BASELINE_STATE_FILTERS,
            self.state,
            BaselineRow.is_in_state,
            hidden_when_empty=(INCOMPLETE,),
        )

    @property
    def shown(self) -> list[BaselineRow]:
        return [row for row in self.rows if row.is_in_state(self.state)]

    @property
    def groups(self) -> list[BaselineGroup]:
        """The clusters of the rows that the state leaves."""
        return group_by_cluster(self.shown, self.rows, BaselineGroup)

    @property
    def is_sample(self) -> bool:
        return self.drive.is_sample or any(
            row.school_drive and row.school_drive.is_sample for row in self.rows
        )


def load_baseline_listing(
    user: User, drive: QualityDrive, asked: Mapping[str, str], today: date
) -> BaselineListing:
    """The schools open in the drive's year that the person sees, with their baselines."""
    design = load_design(drive)
    stored = {row.school_id: row for row in SchoolDrive.objects.filter(drive=drive)}
    schools = schools_in_drive(user, drive, stored, today)
    baselines = load_baselines(drive, schools)
    rows = [
        _row(design, school, stored.get(school.pk), baselines.get(school.pk, {}), today)
        for school in schools
    ]
    form = BaselineFilterForm(asked, clusters=cluster_names(rows))
    form.is_valid()
    return BaselineListing(drive, design, form, _filtered(rows, form.cleaned_data))


def schools_in_drive(
    user: User, drive: QualityDrive, with_rows: Iterable[int], today: date
) -> list[School]:
    """The schools of the area that a drive concerns, with their clusters, in the lists' order.

    Those open today, or on the year's last day once it is over, and of the others those that
    have rows of their own in it (`with_rows`, pks).
    """
    terms = drive.academic_year.terms.order_by("-closes_on").values_list("closes_on", flat=True)
    day = min([today, *terms[:1]])
    concerned = Q(closed_on=None) | Q(closed_on__gt=day) | Q(pk__in=list(with_rows))
    schools = School.objects.visible_to(user).with_cluster(day).filter(concerned)
    return sorted(schools, key=list_position)


def _row(
    design: DriveDesign,
    school: School,
    school_drive: SchoolDrive | None,
    known: Mapping[int, Baseline],
    today: date,
) -> BaselineRow:
    return BaselineRow(
        school=school,
        school_drive=school_drive,
        known=len(known),
        wanted=len(design.indicators),
        missing=dimensions_without_baseline(design, known),
        url=cached_url("school_baseline", design.drive.academic_year.year, school.pk),
        is_open=school.is_open_on(today),
    )


def _filtered(rows: Iterable[BaselineRow], asked: Mapping[str, Any]) -> list[BaselineRow]:
    words = search_key(asked.get("words", ""))
    return [
        row
        for row in rows
        if is_in_cluster(row, asked.get("cluster")) and words in search_key(row.school.name)
    ]
