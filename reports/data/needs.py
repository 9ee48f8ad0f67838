"""Needs surveys in figures: for the year report, and as a workbook beside the screen."""

from collections.abc import Sequence

from reports.data.facts import LoadedRound, submitted_needs_survey
from reports.data.scores import two_decimals
from reports.data.year_schema import NeedsAverage, NeedsFigures
from schools.core.thai import short_date
from supervision.needs.models import NeedsItem, NeedsSurvey
from supervision.needs.results import NeedsResults, NeedsRow
from supervision.needs.scoring import AreaNeed, ProblemAndNeed, rank_area_needs

# --- For the year report ---


def needs_figures(rounds: Sequence[LoadedRound]) -> list[NeedsFigures]:
    """Each survey of the year once, whichever terms it covers, over the schools that answered."""
    surveys = {survey.pk: survey for survey in map(submitted_needs_survey, rounds) if survey}
    campaigns = {survey.campaign_id: survey.campaign for survey in surveys.values()}
    answered = [
        (campaign, [s for s in surveys.values() if s.campaign_id == campaign.pk])
        for campaign in sorted(campaigns.values(), key=lambda one: (one.opens_on, one.pk))
    ]
    return [
        {
            "period": campaign.period,
            "survey_template": campaign.survey_template.name,
            "schools": len(found),
            "areas": [_average(area) for area in rank_area_needs(_levels_by_area(found))],
        }
        for campaign, found in answered
    ]


def _levels_by_area(surveys: Sequence[NeedsSurvey]) -> dict[str, list[ProblemAndNeed]]:
    items = [item for survey in surveys for item in survey.items.all()]
    found: dict[str, list[ProblemAndNeed]] = {}
    for item in sorted(items, key=lambda item: item.area.position):
        if item.problem_level is not None and item.need_level is not None:
            levels = (item.problem_level, item.need_level)
            found.setdefault(item.area.name, []).append(levels)
    return found


def _average(area: AreaNeed) -> NeedsAverage:
    return {
        "rank": area.rank,
        "area": area.name,
        "n": area.n,
        "problem": two_decimals(area.problem.mean),
        "problem_sd": two_decimals(area.problem.sd),
        "need": two_decimals(area.need.mean),
        "need_sd": two_decimals(area.need.sd),
        "index": two_decimals(area.index),
    }


# --- As a workbook ---

NeedsWorkbookRow = dict[str, str | int | float | None]
LevelsByArea = dict[str, tuple[int | None, int | None]]  # by area: problem and need level


def needs_workbook_sheets(results: NeedsResults) -> dict[str, list[NeedsWorkbookRow]]:
    """The workbook's sheets: areas ranked, and one row a school."""
    return {"สรุปรายด้าน": _areas(results), "รายโรงเรียน": _schools(results)}


def _areas(results: NeedsResults) -> list[NeedsWorkbookRow]:
    return [
        {
            "อันดับ": area.rank,
            "ด้าน": area.name,
            "PNI modified": _number(area.index),
            "จำนวนโรงเรียน": area.n,
            "สภาพปัญหา ค่าเฉลี่ย": _number(area.problem.mean),
            "สภาพปัญหา S.D.": _number(area.problem.sd),
            "ความต้องการ ค่าเฉลี่ย": _number(area.need.mean),
            "ความต้องการ S.D.": _number(area.need.sd),
        }
        for area in results.needs
    ]


def _number(value: object) -> float | None:
    """Rounded already; Excel keeps it as it is read."""
    return None if value is None else float(str(value))


def _schools(results: NeedsResults) -> list[NeedsWorkbookRow]:
    """Who has not sent stands there too, with nothing but the state: a draft is not for others."""
    levels = _levels(results)
    areas = [area.name for area in results.campaign.survey_template.areas.all()]
    return [
        {
            "กลุ่มโรงเรียน": row.school.cluster_name or "",
            "โรงเรียน": row.school.name,
            "สถานะ": row.word,
            "ส่งเมื่อ": _sent_on(row),
            "ส่งช้ากว่ากำหนด": "ใช่" if row.is_late else "",
            **_levels_of(levels.get(row.school.pk, {}), areas),
            **_wishes(row),
        }
        for row in results.rows
    ]


def _sent_on(row: NeedsRow) -> str:
    sent_at = row.survey and row.survey.submitted_at
    return short_date(sent_at) if sent_at else ""


def _levels(results: NeedsResults) -> dict[int, LevelsByArea]:
    """By school and area, of the surveys that were handed in."""
    surveys = [row.survey for row in results.sent]
    items = NeedsItem.objects.filter(survey__in=surveys).values_list(
        "survey__school", "area__name", "problem_level", "need_level"
    )
    found: dict[int, LevelsByArea] = {}
    for school, area, problem, need in items:
        found.setdefault(school, {})[area] = (problem, need)
    return found


def _levels_of(levels: LevelsByArea, areas: list[str]) -> NeedsWorkbookRow:
    cells: NeedsWorkbookRow = {}
    for area in areas:
        problem, need = levels.get(area, (None, None))
        cells |= {f"{area}: สภาพปัญหา": problem, f"{area}: ความต้องการ": need}
    return cells


def _wishes(row: NeedsRow) -> NeedsWorkbookRow:
    survey = row.survey if row.has_submitted else None
    wanted = [*survey.wanted, "", "", ""] if survey else ["", "", ""]
    return {
        "ต้องการอันดับ 1": wanted[0],
        "ต้องการอันดับ 2": wanted[1],
        "ต้องการอันดับ 3": wanted[2],
        "วันที่สะดวก": short_date(survey.preferred_on) if survey and survey.preferred_on else "",
        "รูปแบบที่ต้องการ": survey.get_preferred_mode_display() if survey else "",
        "ข้อคิดเห็นเพิ่มเติม": survey.remarks if survey else "",
    }
