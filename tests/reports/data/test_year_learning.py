"""Learning results in the report of a year: sums, clusters, years, in book, screen and numbers."""

from decimal import Decimal

import pytest
from django.utils import timezone

from reports.composer.sources import text_sources
from reports.data.year import year_report
from reports.data.year_learning import learning_figures
from supervision.profiles.learning.enums import DataOwner, ReferenceScope
from supervision.profiles.models import ReferenceResult
from tests.factories import (
    AcademicYearFactory,
    ClusterFactory,
    LearningResultFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)
from tests.reports.conftest import document_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(term):
    return term.academic_year


def result(school, year, tested, mean, shares=(), **subject):
    return LearningResultFactory(
        school=school,
        academic_year=AcademicYearFactory(year=year),
        subject=TestSubjectFactory(**subject),
        tested=tested,
        mean=Decimal(mean),
        shares=[Decimal(share) for share in shares],
    )


@pytest.fixture
def results(school, cluster):
    """NT of two years: our school, one of its cluster with two pupils, one of another cluster."""
    small = SchoolFactory(cluster=cluster)
    far = SchoolFactory(cluster=ClusterFactory(name="กลุ่มโรงเรียนริมน้ำ"))
    result(school, 2568, 10, "50", (20, 30, 30, 20))
    result(school, 2569, 30, "40", (10, 20, 30, 40))
    result(small, 2569, 2, "100", (100, 0, 0, 0))
    return result(far, 2569, 10, "60", (50, 50, 0, 0))


def test_sums_leave_out_fewer_than_three_and_say_so(year, results):
    [kind] = learning_figures(year, None)["kinds"]
    [subject] = kind["subjects"]
    assert (kind["year"], subject["mean"], subject["tested"]) == (2569, "45.00", 40)
    assert (subject["schools"], subject["left_out"]) == (2, 1)
    assert (subject["change"], subject["change_schools"]) == ("−10.00", 1)
    levels = {level["label"]: level["percent"] for level in subject["levels"]}
    assert next(iter(levels.items())) == ("ปรับปรุง", "30.00")
    assert levels["ดีมาก"] == "20.00"


def test_clusters_and_years_stand_beside_what_supervisors_saw(year, results, cluster):
    term = {"term": "1/2569", "clusters": [{"group": cluster.name, "visit": {"mean": "3.20"}}]}
    [kind] = learning_figures(year, term)["kinds"]
    [block] = kind["blocks"]
    rows = {row["cluster"]: (row["visit"], row["means"][0]) for row in block["clusters"]}
    assert rows == {
        cluster.name: ("3.20", {"mean": "40.00", "schools": 1}),
        "กลุ่มโรงเรียนริมน้ำ": (None, {"mean": "60.00", "schools": 1}),
    }
    assert block["trend"]["terms"] == ["2568", "2569"]
    assert block["trend"]["lines"] == [{"label": "ภาษาไทย", "means": ["50.00", "45.00"]}]


def test_the_country_is_named_and_a_later_year_is_not_known(year, results):
    ReferenceResult.objects.create(
        academic_year=results.academic_year,
        subject=results.subject,
        scope=ReferenceScope.NATION,
        mean=Decimal("47.50"),
        updated_at=timezone.now(),
    )
    result(results.school, 2570, 10, "99")
    [kind] = learning_figures(year, None)["kinds"]
    [subject] = kind["subjects"]
    assert (kind["year"], subject["nation"]) == (2569, "47.50")


def test_many_subjects_of_a_grade_are_cut_into_charts_of_four(year, school):
    for name in "กขคงจ":
        result(school, 2569, 10, "50", name=name)
    [kind] = learning_figures(year, None)["kinds"]
    assert [len(block["subjects"]) for block in kind["blocks"]] == [4, 1]
    assert [block["trend"] for block in kind["blocks"]] == [None, None]


def test_what_schools_examine_is_not_compared_by_cluster(year, school):
    own = TestKindFactory(name="ผลสัมฤทธิ์", entered_by=DataOwner.SCHOOL)
    result(school, 2569, 10, "70", kind=own)
    [kind] = learning_figures(year, None)["kinds"]
    assert (kind["blocks"], kind["subjects"][0]["mean"]) == ([], "70.00")


def test_book_screen_and_texts_say_the_same(agreed, results):
    report = year_report(agreed.term.academic_year)
    text = document_text(report)
    assert "ผลการเรียนรู้ของผู้เรียน" in text
    assert "๔๕.๐๐" in text
    assert "๑๐๐.๐๐" not in text
    assert "ไม่ได้แสดงว่าสิ่งใดเป็นเหตุของสิ่งใด" in text
    values = text_sources(report).values
    assert values[f"learning.{results.subject_id}"] == "45.00"


def test_what_is_recalled_says_so(agreed, school):
    result(school, 2569, 10, "70", kind=TestKindFactory(name="ทดสอบ", is_from_memory=True))
    assert "ยังไม่ได้เทียบกับเอกสารต้นฉบับ" in document_text(year_report(agreed.term.academic_year))


def test_papers_of_before_have_no_learning_results(agreed, results):
    report = year_report(agreed.term.academic_year)
    del report["learning"]
    assert "ผลการเรียนรู้ของผู้เรียน" not in document_text(report)
    assert not [key for key in text_sources(report).values if key.startswith("learning")]


def test_the_scale_of_the_years_holds_the_full_score(year, school):
    full = {
        "name": "รวม",
        "full_score": Decimal("37.5"),
        "kind": TestKindFactory(score_kind="score"),
    }
    result(school, 2568, 10, "37.4", **full)
    result(school, 2569, 10, "37.5", **full)
    [kind] = learning_figures(year, None)["kinds"]
    assert kind["blocks"][0]["trend"]["top"] == 38
