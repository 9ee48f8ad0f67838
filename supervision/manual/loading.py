"""Puts the manual's own data into the database, without touching what an office changed since.

Every row has a key that an office has no reason to change (a code, a number, a year) and is
only made when no row has that key; nothing is ever updated. Where only the name could be the
key, any name the row has ever borne counts (its history), so a corrected or removed name does
not come back. Lists that an office rearranges as a whole (survey_templates of the needs survey,
indicator sets) are loaded only while there are none. What hangs on a row (levels, duties) is
made with it alone.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from schools.core.thai import academic_year
from schools.enums import EducationLevel
from schools.models import (
    AcademicYear,
    Area,
    Cluster,
    ClusterMembership,
    School,
    SizeBand,
    SizeScheme,
    Term,
)
from schools.models.calendar import usual_terms
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import (
    Duty,
    DutyLine,
    LearningArea,
    LearningStrand,
    ListedAssignment,
    OfficialOrder,
    OrderOfficer,
)
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import (
    Indicator,
    IndicatorSet,
    Rubric,
    Scale,
    ScaleBand,
    ScaleLevel,
    Standard,
)
from supervision.manual.crosswalk_sample import load_crosswalk_sample
from supervision.manual.kinds_of_tests import load_kinds_of_tests
from supervision.manual.needs_topics import load_needs_topics
from supervision.needs.models import NeedsArea, SurveyTemplate
from supervision.practices.models import PracticeCriterion
from supervision.profiles.models import EducationStandard, ProjectKind
from supervision.standards.models import (
    MANUAL_FISCAL_YEAR,
    FlowEdge,
    FlowNode,
    ManualForm,
    ManualPassage,
    PrintedSheetRow,
    StepSheet,
    Work,
    WorkGroup,
    WorkProcess,
)

DATA = Path(__file__).parent / "data"
FIRST_YEAR = 2566
# The manual names the cluster's schools on 9 May 2567 and does not say since when they belong
# to it. We take the first year that is loaded, so that its results are counted in the cluster.
MEMBERS_SINCE = date(2023, 5, 16)


@transaction.atomic
def load_manual() -> None:
    """Load all of it; a second run changes nothing."""
    load_manual_lists(_load_area(_read("area")))


@transaction.atomic
def load_manual_lists(area: Area) -> None:
    """Load what the manual has for an office whatever its schools: lists, sheets, forms, sets."""
    _load_school_sizes(_read("school_sizes"))
    _load_calendar(area)
    _load_standards(_read("manual"))
    _load_handbook(_read("handbook"))
    _load_order(_read("order"))
    _load_assignment_list(_read("assignment_list"))
    _load_scales(_read("scales"))
    _load_survey_templates(_read("needs"))
    _load_indicator_sets(_read("indicator_sets"), SetUse.ROUND)
    _load_indicator_sets(_read("observation_forms"), SetUse.OBSERVATION)
    _load_practice_criteria(_read("practice_criteria"))
    load_kinds_of_tests(_read("kinds_of_tests"))
    _load_project_kinds(_read("project_kinds"))
    _load_education_standards(_read("education_standards"))
    load_needs_topics(_read("needs_topics"))
    load_crosswalk_sample(_read("crosswalk"))


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _load_area(data: dict) -> Area:
    """One portal serves one area office, whatever it is called now."""
    area = Area.objects.first() or Area.objects.create(**data["area"])
    facts = data["cluster"]
    if not _has_ever_existed(Cluster, facts["name"]):
        schools = facts.pop("schools")
        cluster = Cluster.objects.create(area=area, **facts)
        for school in schools:
            _load_school(school, cluster)
    return area


def _load_school(facts: dict, cluster: Cluster) -> None:
    if _has_ever_existed(School, facts["name"]):
        return
    school = School.objects.create(area=cluster.area, **facts)
    ClusterMembership.objects.create(
        school=school, cluster=cluster, starts_on=MEMBERS_SINCE, start_is_assumed=True
    )


def _has_ever_existed(model: type[Cluster] | type[School] | type[ProjectKind], name: str) -> bool:
    """Whether a row bears the name, or bore it before an office corrected or removed it."""
    now, ever = model._base_manager.filter(name=name), model.history.filter(name=name)
    return now.exists() or ever.exists()


def _load_school_sizes(data: dict) -> None:
    """All are offered and none is chosen: the office must say which one it uses."""
    for facts in data["school_sizes"]:
        bands = facts.pop("bands")
        scheme, is_new = SizeScheme.objects.get_or_create(key=facts["key"], defaults=facts)
        if is_new:
            SizeBand.objects.bulk_create(SizeBand(scheme=scheme, **band) for band in bands)


def _load_calendar(area: Area) -> None:
    """Years up to the present one, each with its terms while it has none."""
    for year in range(FIRST_YEAR, academic_year(timezone.localdate()) + 1):
        row, _ = AcademicYear.objects.get_or_create(area=area, year=year)
        if not row.terms.exists():
            Term.objects.bulk_create(usual_terms_of(row))


def usual_terms_of(year: AcademicYear) -> list[Term]:
    return [
        Term(academic_year=year, number=number, opens_on=opens, closes_on=closes)
        for number, (opens, closes) in usual_terms(year.year).items()
    ]


def _load_standards(data: dict) -> None:
    for group in data["work_groups"]:
        row, _ = WorkGroup.objects.get_or_create(
            code=group["code"], defaults={"name": group["name"]}
        )
        for work in group["works"]:
            defaults = {"work_group": row, "name": work["name"]}
            Work.objects.get_or_create(code=work["code"], defaults=defaults)
    for sheet in data["step_sheets"]:
        StepSheet.objects.get_or_create(
            process=sheet["process"],
            number=sheet["number"],
            fiscal_year=MANUAL_FISCAL_YEAR,
            defaults=sheet,
        )
    _load_printed_rows(data["printed_rows"])
    for form in data["forms"]:
        ManualForm.objects.get_or_create(process=form["process"], code=form["code"], defaults=form)


def _load_printed_rows(rows: list[dict]) -> None:
    """The sheets' rows to the letter; nobody changes them."""
    sheets = StepSheet.objects.filter(fiscal_year=MANUAL_FISCAL_YEAR)
    steps = {(sheet.process, sheet.number): sheet for sheet in sheets}
    PrintedSheetRow.objects.bulk_create(
        (
            PrintedSheetRow(
                position=position, step=steps[row.pop("process"), row.pop("step")], **row
            )
            for position, row in enumerate(rows, 1)
        ),
        ignore_conflicts=True,
    )


def _load_handbook(data: dict) -> None:
    """Processes with their flow, and the texts; nobody changes them."""
    works = {work.code: work for work in Work.objects.all()}
    for process in data["processes"]:
        defaults = {**process, "work": works[process["work"]]}
        WorkProcess.objects.get_or_create(code=process["code"], defaults=defaults)
    ManualPassage.objects.bulk_create(
        (
            ManualPassage(position=position, **passage)
            for position, passage in enumerate(data["passages"], 1)
        ),
        ignore_conflicts=True,
    )
    nodes = (FlowNode(**node) for node in data["flow_nodes"])
    FlowNode.objects.bulk_create(nodes, ignore_conflicts=True)
    edges = (FlowEdge(**edge) for edge in data["flow_edges"])
    FlowEdge.objects.bulk_create(edges, ignore_conflicts=True)


def _load_order(data: dict) -> None:
    """The order with its one officer, who is nobody of ours; the manual leaves out the others."""
    areas = _load_learning_areas(data["learning_areas"])
    facts = data["order"] | {"state": OrderState.ISSUED, "is_from_manual": True}
    order, is_new = OfficialOrder.objects.get_or_create(number=facts["number"], defaults=facts)
    if not is_new:
        return
    order.supersessions.create(text=data["supersedes"])
    officer = order.officers.create(**data["officer"])
    for position, duty in enumerate(data["duties"], 1):
        lines, places = duty.pop("lines", []), _places_of_duty(duty, areas)
        row = officer.duties.create(
            position=position, starts_on=order.effective_on, **duty | places
        )
        DutyLine.objects.bulk_create(
            DutyLine(duty=row, position=number, text=line) for number, line in enumerate(lines, 1)
        )


def _load_assignment_list(data: dict) -> None:
    """What the manual lists beside the annex, for the officer of the manual's order."""
    officer = OrderOfficer.objects.filter(
        order__number=data["order"], order__is_from_manual=True
    ).first()
    if officer and not officer.listed_assignments.exists():
        ListedAssignment.objects.bulk_create(
            ListedAssignment(
                officer=officer, position=position, duty_code=row.pop("duty", ""), **row
            )
            for position, row in enumerate(data["rows"], 1)
        )


def _load_learning_areas(rows: list[dict]) -> dict[str, LearningArea]:
    """By name; only while the office has none, which it may rearrange."""
    if not LearningArea.objects.exists():
        for position, facts in enumerate(rows, 1):
            area = LearningArea.objects.create(name=facts["name"], position=position)
            LearningStrand.objects.bulk_create(
                LearningStrand(learning_area=area, name=name, position=number)
                for number, name in enumerate(facts.get("strands", ()), 1)
            )
        _link_learning_area_of_older_database()
    return {area.name: area for area in LearningArea.objects.all()}


def _link_learning_area_of_older_database() -> None:
    """The order of a database that had no learning areas names the one with strands."""
    duties = Duty.objects.filter(kind=DutyKind.LEARNING_AREA, officer__order__is_from_manual=True)
    duties.update(learning_area=LearningArea.objects.filter(strands__isnull=False).first())


def _places_of_duty(duty: dict, areas: Mapping[str, LearningArea]) -> dict[str, Any]:
    """The rows that the duty names by code or name, as far as the office still has them."""
    return {
        "work_group": WorkGroup.objects.filter(code=duty.get("work_group")).first(),
        "work": Work.objects.filter(code=duty.get("work")).first(),
        "cluster": Cluster.objects.filter(name=duty.get("cluster")).first(),
        "learning_area": areas.get(duty.get("learning_area", "")),
    }


def _load_scales(data: dict) -> None:
    for facts in data["scales"]:
        levels, bands = facts.pop("levels"), facts.pop("bands")
        scale, is_new = Scale.objects.get_or_create(key=facts["key"], defaults=facts)
        if is_new:
            ScaleLevel.objects.bulk_create(ScaleLevel(scale=scale, **level) for level in levels)
            ScaleBand.objects.bulk_create(ScaleBand(scale=scale, **band) for band in bands)


def _load_survey_templates(data: dict) -> None:
    """Which lists of areas a needs survey may ask about; the unit makes its own beside them."""
    if SurveyTemplate.objects.exists():
        return
    for facts in data["survey_templates"]:
        areas = facts.pop("areas")
        survey_template = SurveyTemplate.objects.create(**facts)
        NeedsArea.objects.bulk_create(
            NeedsArea(survey_template=survey_template, position=position, name=name)
            for position, name in enumerate(areas, 1)
        )


def _load_practice_criteria(data: dict) -> None:
    """A sample of the list by which practices are scored, for the office to replace by its own."""
    if PracticeCriterion.objects.exists():
        return
    PracticeCriterion.objects.bulk_create(
        PracticeCriterion(position=position, is_sample=True, **facts)
        for position, facts in enumerate(data["practice_criteria"], 1)
    )


def _load_project_kinds(data: dict) -> None:
    """The projects that the manual names, for schools to say in which they take part."""
    for position, facts in enumerate(data["project_kinds"], 1):
        if not _has_ever_existed(ProjectKind, facts["name"]):
            ProjectKind.objects.create(position=position, **facts)


def _load_education_standards(data: dict) -> None:
    """The standards of each announcement while none of its level and year is there."""
    for facts in data["education_standards"]:
        key = {"level": EducationLevel[facts["level"]], "first_year": facts["first_year"]}
        if EducationStandard.objects.filter(**key).exists():
            continue
        EducationStandard.objects.bulk_create(
            EducationStandard(**key, number=number, name=name, provenance=facts["provenance"])
            for number, name in enumerate(facts["standards"], 1)
        )


def _load_indicator_sets(data: dict, use: SetUse) -> None:
    """Drafts: only ก.ต.ป.น. makes a set of them that rounds or observations can use."""
    if IndicatorSet.objects.filter(use=use).exists():
        return
    for facts in data["indicator_sets"]:
        indicator_set = IndicatorSet.objects.create(
            name=facts["name"],
            level=EducationLevel[facts["level"]],
            use=use,
            scale=Scale.objects.get(key=facts["scale"]),
            provenance=facts["provenance"],
            is_sample=True,  # the targets and the observation's sentences are ours
            is_borrowed=use == SetUse.ROUND,
            state=SetState.DRAFT,
        )
        for standard in facts["standards"]:
            _load_standard(indicator_set, standard, facts["target"])


def _load_standard(indicator_set: IndicatorSet, facts: dict, target: str | None) -> None:
    standard = Standard.objects.create(
        indicator_set=indicator_set, number=facts["number"], name=facts["name"], target=target
    )
    levels = {level.value: level for level in indicator_set.scale.levels.all()}
    for position, indicator in enumerate(facts["indicators"], 1):
        texts = indicator.pop("levels")
        row = Indicator.objects.create(standard=standard, position=position, **indicator)
        Rubric.objects.bulk_create(
            Rubric(indicator=row, level=levels[value], text=text) for value, text in texts.items()
        )
