"""One assessment by dimension, standard and point of focus: the same answers, the same figures."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schools.models import School
from supervision.criteria.models import Indicator, IndicatorSet, Standard
from supervision.profiles.models import EducationStandard, PolicyFocus
from supervision.quality_drive.crosswalk.actions import save_crosswalk_line
from supervision.quality_drive.crosswalk.answer_pages import (
    load_area_answers,
    load_drive_year,
    load_school_answers,
)
from supervision.quality_drive.crosswalk.answers import (
    AssessedIndicator,
    assessment_views,
    indicator_places,
)
from supervision.quality_drive.crosswalk.lines import Crosswalk
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    CrosswalkLine,
    DriveDimension,
    DriveIndicator,
    QualityDrive,
)
from supervision.quality_drive.scores import (
    DriveDesign,
    dimension_scores,
    load_design,
    load_signed_levels,
)
from supervision.results.school_terms import ALL_RESULTS, load_area_school_terms
from supervision.results.scores import load_scores
from tests.exported_files import exported_table
from tests.factories import (
    EducationStandardFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
)
from tests.pdf_readers import pdfium_text
from tests.scenarios import self_assessment_confirmed, visit_signed
from tests.school_facts import PolicyFocusFactory

# --- Views are permutations of the same answers ---

CODES = [*DimensionCode.values, ""]


@st.composite
def assessed(draw):
    """Indicators of one set, what each answers, what the drive chose, and the levels given."""
    count = draw(st.integers(1, 8))
    chosen = IndicatorSet(pk=1, name="ชุด", scale_id=1)
    standard = Standard(pk=1, indicator_set=chosen, number=1, name="ก")
    indicators = [
        Indicator(pk=n, standard=standard, position=n, code=str(n), text=f"ข้อ {n}", weight=1)
        for n in range(1, count + 1)
    ]
    standards = [EducationStandard(pk=n, level=2, number=n, name="ก") for n in (1, 2)]
    focuses = [PolicyFocus(pk=n, text=f"จุดเน้น {n}") for n in (1, 2)]
    keys = {one.pk: ("", 1, one.code, one.text) for one in indicators}
    lines, of_standard, of_focus = {}, {}, {}
    for one in indicators:
        code = draw(st.sampled_from(CODES))
        lines[keys[one.pk]] = CrosswalkLine(indicator=one, dimension_code=code)
        of_standard[keys[one.pk]] = draw(st.lists(st.sampled_from(standards), unique=True))
        of_focus[keys[one.pk]] = draw(st.lists(st.sampled_from(focuses), unique=True))
    table = Crosswalk(2569, standards, focuses, lines, of_standard, of_focus)
    levels = [
        AssessedIndicator(one, draw(st.none() | st.integers(1, 5)), draw(st.none() | st.just(3)))
        for one in indicators
    ]
    return _design(draw, indicators), table, levels


def _design(draw, indicators):
    dimensions = [
        DriveDimension(pk=n, code=code, name=code.label) for n, code in enumerate(DimensionCode)
    ]
    found = {one.code: [] for one in dimensions}
    for one in indicators:
        if draw(st.booleans()):
            dimension = draw(st.sampled_from(dimensions))
            row = DriveIndicator(pk=one.pk, dimension=dimension, indicator=one, weight=10)
            found[dimension.code].append(row)
    return DriveDesign(QualityDrive(), dimensions, found, scale=(1, 5), ranges={})


@given(assessed())
def test_views_hold_the_same_answers(case):
    design, table, lines = case
    places = indicator_places(design, table, [line.indicator for line in lines])
    views = assessment_views(design, table, lines, places, {})
    in_dimensions = [line for part in views.dimensions for line in part.lines]
    everywhere = [*in_dimensions, *views.without_dimension]
    assert sorted(everywhere, key=lambda line: line.indicator.pk) == lines  # each exactly once
    for part in (*views.standards, *views.focuses):
        pks = [line.indicator.pk for line in part.lines]
        assert len(pks) == len(set(pks))
        assert set(part.lines) <= set(lines)
    for line in views.without_standard:
        assert not any(line in part.lines for part in views.standards)


@given(assessed())
def test_a_dimension_has_the_drives_own_score(case):
    design, table, lines = case
    places = indicator_places(design, table, [line.indicator for line in lines])
    views = assessment_views(design, table, lines, places, {})
    levels = {line.indicator.pk: line.level for line in lines if line.level is not None}
    expected = [one.score for one in dimension_scores(design, levels)]
    assert [part.mean for part in views.dimensions] == expected


# --- The same figures as the overview ---


@pytest.fixture
def indicator_set(db):
    return IndicatorSetFactory()


@pytest.fixture
def indicators(indicator_set):
    rows = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return list(rows.order_by("standard__number", "position"))


@pytest.fixture
def crosswalk_lines(indicators, group_director):
    """Each standard of the set answers the announcement's of its number; one focus, one item."""
    standards = {number: EducationStandardFactory(number=number) for number in (1, 2)}
    Indicator.objects.filter(pk=indicators[0].pk).update(weight=3)
    for one in indicators:
        save_crosswalk_line(
            one,
            by=group_director,
            dimension_code="Q1" if one.code == "1.1" else "",
            education_standards=[standards[one.standard.number]],
        )
    focus = PolicyFocusFactory()
    focus.indicators.set(indicators[:1])
    return standards


@pytest.fixture
def in_year(drive, group_director):
    return load_drive_year(group_director, drive.academic_year.year)


def visited(school, term, indicator_set, *, director, supervisor, level, own=4):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[indicator_set])
    self_assessment_confirmed(round_, by=director, level=own)
    return visit_signed(round_, by=supervisor, level=level)


@pytest.fixture
def two_visited(school, other_school, term, indicator_set, school_director, supervisor):
    people = {"director": school_director, "supervisor": supervisor}
    visited(school, term, indicator_set, level=4, own=5, **people)
    visited(other_school, term, indicator_set, level=3, **people)


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_a_standard_has_the_overviews_mean(in_year, term, school, group_director):
    today = timezone.localdate()
    rows = load_area_school_terms(School.objects.all(), [term], today)
    overview = load_scores(rows, ALL_RESULTS).scores_of_school(school.pk)[term.pk]
    by_number = {one.standard.number: one.visit for one in overview if one.standard}
    answers = load_school_answers(
        group_director, load_drive_year(group_director, 2569), school, today
    )
    assert {part.about.number: part.mean for part in answers.views.standards} == by_number
    area = load_area_answers(group_director, in_year, today)
    table = load_scores(rows, ALL_RESULTS)
    for part, standard in zip(area.standards, table.standards, strict=True):
        means = table.frame[table.frame["standard"] == table.standards.index(standard)]["visit"]
        assert part.mean == Decimal(int(means.sum())) / 100 / 2
    assert (area.assessed, area.schools) == (2, 2)
    assert [row.schools for row in area.standards] == [2, 2]


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_a_dimension_has_the_score_that_ranking_reads(drive, in_year, term, school, group_director):
    today, design = timezone.localdate(), load_design(drive)
    signed = load_signed_levels(design, [school], [term], today)[school.pk]
    scores = dimension_scores(design, {pk: one.level for pk, one in signed.items()})
    answers = load_school_answers(
        group_director, load_drive_year(group_director, 2569), school, today
    )
    assert [part.mean for part in answers.views.dimensions] == [one.score for one in scores]


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_the_page_says_where_all_comes_from(login, drive, school, school_director):
    url = reverse("school_answers", args=[drive.academic_year.year, school.pk])
    text = login(school_director).get(url).content.decode()
    assert "บันทึกการนิเทศที่ลงนามแล้ว" in text
    assert "แบบประเมินตนเอง ภาคเรียนที่" in text
    assert "ยังไม่มีตัวชี้วัดตอบ" in text  # the fifth dimension has none
    assert "4.00" in text
    assert "5.00" in text


def test_before_any_answer_the_page_names_what_is_missing(
    login, drive, school, school_director, crosswalk_lines
):
    url = reverse("school_answers", args=[drive.academic_year.year, school.pk])
    text = login(school_director).get(url).content.decode()
    assert "ยังไม่มีผลในปีการศึกษานี้" in text
    assert "ยังไม่มีคำตอบ" in text
    paper = reverse("school_answers_paper", args=[drive.academic_year.year, school.pk])
    assert login(school_director).get(paper).status_code == 409


def test_a_draft_of_the_visit_is_not_told(
    in_year, school, term, indicator_set, school_director, supervisor
):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[indicator_set])
    assessment = self_assessment_confirmed(round_, by=school_director, level=4)
    answers = load_school_answers(
        supervisor, load_drive_year(supervisor, 2569), school, timezone.localdate()
    )
    assert {line.own for line in answers.assessment.lines} == {4}
    assert {line.level for line in answers.assessment.lines} == {None}
    assert answers.assessment.own.sheet_id == assessment.sheet_id


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_a_closed_school_counts_where_it_was_visited(in_year, school, other_school, group_director):
    School.objects.filter(pk=other_school.pk).update(
        closed_on=timezone.localdate(), merged_into=school
    )
    SchoolFactory(closed_on=timezone.localdate())
    area = load_area_answers(group_director, in_year, timezone.localdate())
    assert (area.assessed, area.schools) == (2, 2)


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_schools_learn_nothing_of_others(login, drive, school, other_school, school_director):
    client, year = login(school_director), drive.academic_year.year
    for name in ("school_answers", "school_answers_export", "school_answers_paper"):
        assert client.get(reverse(name, args=[year, other_school.pk])).status_code == 404
    for name in ("area_answers", "area_answers_export"):
        assert client.get(reverse(name, args=[year])).status_code == 403


@pytest.mark.usefixtures("two_visited", "crosswalk_lines")
def test_paper_and_files_say_what_the_page_says(login, drive, school, group_director):
    client, year = login(group_director), drive.academic_year.year
    paper = client.get(reverse("school_answers_paper", args=[year, school.pk]))
    text = pdfium_text(paper.content)
    assert "ตามมาตรฐานการศึกษา (SAR)" in text
    answers = client.get(reverse("school_answers_export", args=[year, school.pk]))
    assert "ยังไม่มีตัวชี้วัดตอบ" in str(exported_table(answers).rows)
    area = client.get(reverse("area_answers_export", args=[year]))
    assert "ดีเลิศ" in str(exported_table(area).rows)


@pytest.mark.usefixtures("crosswalk_lines")
def test_pages_cost_the_same_for_more_schools(
    login,
    drive,
    school,
    term,
    indicator_set,
    supervisor,
    school_director,
    group_director,
    django_assert_max_num_queries,
):
    people = {"director": school_director, "supervisor": supervisor}
    client, year = login(group_director), drive.academic_year.year
    urls = [
        reverse("area_answers", args=[year]),
        reverse("school_answers", args=[year, school.pk]),
    ]
    visited(school, term, indicator_set, level=4, **people)
    client.get(urls[0])
    counts = []
    for _ in range(2):
        for url in urls:
            with django_assert_max_num_queries(15) as asked:
                client.get(url)
            counts.append(len(asked))
        for _ in range(2):
            visited(SchoolFactory(), term, indicator_set, level=3, **people)
    assert counts[:2] == counts[2:]
