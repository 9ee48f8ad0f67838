"""Screen, Excel, CSV and API give the numbers that a naive count of a generated area gives.

The read models themselves, and the papers, are held against the same count in
tests/supervision/results/test_against_reference.py.
"""

import csv
import re
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.api.tokens import create_api_token
from reports.data.summary import summary_report
from reports.data.year_learning import learning_figures
from reports.enums import ApiScope
from schools.enums import EducationLevel, Role
from tests import results_reference as reference
from tests.exported_files import exported_tables
from tests.factories import ClusterFactory, LearningResultFactory, SchoolFactory, TermFactory
from tests.generated_area import BASIC, EARLY, areas, build_area
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

few_areas = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Of each school of an area: pupils tested, their mean in hundredths, in which of two clusters.
tested_schools = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10_000), st.booleans()), min_size=1, max_size=8
)
OVERALL = "ทุกมาตรฐาน"
OWN, VISIT = "โรงเรียน", "ศึกษานิเทศก์"


@contextmanager
def opened(plan):
    """The area of the plan, and a browser of somebody who sees all of it."""
    with transaction.atomic():
        built = build_area(plan)
        client = Client()
        client.force_login(built.reader)
        yield built, client
        transaction.set_rollback(True)


def label_of(standard) -> str:
    level, number = standard
    early = level == EducationLevel.EARLY_CHILDHOOD
    return f"ปฐมวัย {number} มาตรฐาน {number}" if early else f"{number} มาตรฐาน {number}"


def school_means(plan, built, term):
    """By school's name and standard (OVERALL: all together): the means of both sides."""
    found = {}
    for one in reference.judged_schools(plan, term):
        if one.record is None:
            continue
        name, standards = built.schools[one.school].name, reference.standards_of(one.planned)
        for key, asked in [(OVERALL, standards), *((label_of(s), [s]) for s in standards)]:
            own, visit = (
                reference.standard_mean(plan, levels, asked)
                for levels in (one.round.own, one.record.levels)
            )
            if (own, visit) != (None, None):
                found[name, key] = (own, visit)
    return found


def decimal(cell) -> Decimal | None:
    return None if cell in ("", None) else Decimal(str(round(cell, 4)))


ROW = re.compile(r'<tr role="row">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r'data-label="(.*?)">(.*?)</td>', re.DOTALL)


def shown_standards(html: str) -> dict[str, dict[str, str]]:
    """The standards on the page of results: the words of each cell by its heading."""
    found = {}
    for row in ROW.findall(html):
        link = re.search(r'<a href="/overview/standards/[^"]*">(.*?)</a>', row)
        if link:
            found[link[1]] = {
                name: " ".join(strip_tags(text).split()) for name, text in CELL.findall(row)
            }
    return found


@given(areas())
@few_areas
def test_the_page_of_results(plan):
    with opened(plan) as (built, client):
        for at, term in enumerate(built.terms):
            page = client.get(reverse("overview_results"), {"term": term.pk})
            rows, expected = reference.judged_schools(plan, at), {}
            for standard in [(EducationLevel.BASIC, n) for n in BASIC] + [
                (EducationLevel.EARLY_CHILDHOOD, n) for n in EARLY
            ]:
                means = reference.means(plan, rows, standard)
                if means.visit or means.own:
                    sides = reference.mean_of(means.visit), reference.deviation_of(means.visit)
                    expected[label_of(standard)] = sides
            shown = shown_standards(page.content.decode())
            found = {
                label: (number_in(cells["ค่าเฉลี่ย"]), number_in(cells["S.D."]))
                for label, cells in shown.items()
            }
            assert found == expected
            visited = sum(one.record is not None for one in rows)
            said = f"{visited} โรงเรียนที่ลงนามแล้ว จาก {len(rows)}"
            assert said in " ".join(strip_tags(page.content.decode()).split())


def number_in(words: str) -> Decimal | None:
    return Decimal(words) if words[:1].isdigit() else None


@given(areas())
@few_areas
def test_the_summary_of_a_term_over_all_schools_and_over_each_cluster(plan):
    """As the page of results counts them with the cluster as a filter."""
    with opened(plan) as (built, _):
        for at, term in enumerate(built.terms):
            for number, cluster in [(None, None), *enumerate(built.clusters)]:
                every = reference.judged_schools(plan, at)
                rows = [row for row in every if number in (None, row.cluster)]
                figures = summary_report(term, cluster)
                assert figures["figures"]["schools"] == len(figures["schools"]) == len(rows)
                visited = sum(row.record is not None for row in rows)
                assert figures["figures"]["visited"] == visited
                for row in figures["figures"]["standards"]:
                    level = EducationLevel.EARLY_CHILDHOOD if row["level"] else EducationLevel.BASIC
                    means = reference.means(plan, rows, (level, row["number"]))
                    for side, values in (("visit", means.visit), ("own", means.own)):
                        assert row[side]["n"] == len(values)
                        mean = row[side]["mean"]
                        assert (Decimal(mean) if mean else None) == reference.mean_of(values)
                overall = reference.means(plan, rows).visit
                lines = [Decimal(line["mean"]) for line in figures["schools"] if line["mean"]]
                assert sorted(lines) == sorted(overall)


@given(areas())
@few_areas
def test_the_score_matrix(plan):
    with opened(plan) as (built, client):
        for at, term in enumerate(built.terms):
            tables = exported_tables(client.get(reverse("matrix_export"), {"term": term.pk}))
            expected, found = school_means(plan, built, at), {}
            table = tables["คะแนนรายมาตรฐาน"]
            keys = [h.rpartition(": ")[0] for h in table.headings if h.endswith(f": {VISIT}")]
            for row in table.rows:
                for key in keys:
                    means = decimal(row[f"{key}: {OWN}"]), decimal(row[f"{key}: {VISIT}"])
                    if means != (None, None):
                        found[row["โรงเรียน"], key] = means
            assert found == expected


@given(areas())
@few_areas
def test_the_workbook_of_the_term(plan):
    with opened(plan) as (built, client):
        for at, term in enumerate(built.terms):
            tables = exported_tables(client.get(reverse("overview_workbook"), {"term": term.pk}))
            rows = reference.judged_schools(plan, at)
            figures = {row["รายการ"]: row["ภาคเรียนนี้"] for row in tables["ภาพรวม"].rows}
            assert figures["โรงเรียนทั้งหมด"] == len(rows)
            assert figures["นิเทศแล้ว"] == sum(one.record is not None for one in rows)
            overall = reference.means(plan, rows)
            assert decimal(figures["ค่าเฉลี่ยของศึกษานิเทศก์"]) == reference.mean_of(overall.visit)
            assert decimal(figures["ค่าเฉลี่ยของโรงเรียน"]) == reference.mean_of(overall.own)
            for row in tables["ผลรายมาตรฐาน"].rows:
                early = row["ระดับ"] == "ปฐมวัย"
                level = EducationLevel.EARLY_CHILDHOOD if early else EducationLevel.BASIC
                means = reference.means(plan, rows, (level, int(row["มาตรฐานที่"])))
                for side, values in ((VISIT, means.visit), (OWN, means.own)):
                    assert decimal(row[f"{side} ค่าเฉลี่ย"]) == reference.mean_of(values)
                    assert decimal(row[f"{side} S.D."]) == reference.deviation_of(values)


@given(areas())
@few_areas
def test_the_answers_as_csv(plan):
    with opened(plan) as (built, client):
        for at, term in enumerate(built.terms):
            response = client.get(reverse("answers_export"), {"term": term.pk})
            text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
            sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
            for row in csv.DictReader(StringIO(text)):
                if row["นับเป็นผลของภาคเรียน"] == "1" and row["ระดับ"]:
                    early = "ปฐมวัย " if row["ระดับการศึกษา"] == "ปฐมวัย" else ""
                    standard = f"{early}{row['มาตรฐานที่']} {row['มาตรฐาน']}"
                    for key in (OVERALL, standard):
                        pair = sums[row["โรงเรียน"], key, row["ฝ่าย"]]
                        pair[0] += Fraction(row["น้ำหนัก"]) * int(row["ระดับ"])
                        pair[1] += Fraction(row["น้ำหนัก"])
            found = {
                key: reference.rounded(total / weight) for key, (total, weight) in sums.items()
            }
            expected = {
                (name, key, side): mean
                for (name, key), means in school_means(plan, built, at).items()
                for side, mean in zip((OWN, VISIT), means, strict=True)
                if mean is not None
            }
            assert found == expected


@given(areas())
@few_areas
def test_the_results_of_the_api(plan):
    with opened(plan) as (built, _):
        token = create_api_token(
            by=built.reader,
            account=user_with_role(Role.EXTERNAL_SYSTEM, "system"),
            receiver="หน่วยงานทดสอบ",
            purpose="ทดสอบ",
            scopes=ApiScope.values,
            expires_on=timezone.localdate() + timedelta(days=1),
            rate_limit=60,
        )
        client = Client(headers={"Authorization": f"Bearer {token.secret}"})
        names = {school.pk: school.name for school in built.schools}
        for at, term in enumerate(built.terms):
            answer = client.get("/api/v1/results", {"term": term.pk, "limit": 500}).json()
            found = {
                (
                    names[item["school"]],
                    f"{item['level']} {item['standard']} {item['standard_name']}".strip(),
                ): (decimal(item["school_mean"]), decimal(item["supervisor_mean"]))
                for item in answer["items"]
            }
            expected = school_means(plan, built, at)
            assert found == {key: means for key, means in expected.items() if key[1] != OVERALL}
            assert answer["count"] == len(found)


def weighted(results) -> Decimal | None:
    """The mean of all pupils of the schools with three or more, counted one by one."""
    counted = [(tested, Fraction(mean, 100)) for tested, mean, _ in results if tested >= 3]
    pupils = sum(tested for tested, _ in counted)
    return reference.rounded(sum(n * mean for n, mean in counted) / pupils) if pupils else None


def in_text(mean: Decimal | None) -> str | None:
    return None if mean is None else f"{mean:.2f}"


@given(tested_schools)
@few_areas
def test_learning_results_on_the_page_in_the_workbook_and_in_the_year_report(results):
    with transaction.atomic():
        term = TermFactory()
        clusters = {at: ClusterFactory(name=f"กลุ่ม {at}") for at in (False, True)}
        for tested, mean, cluster in results:
            LearningResultFactory(
                school=SchoolFactory(cluster=clusters[cluster]),
                academic_year=term.academic_year,
                tested=tested,
                mean=Decimal(mean) / 100 if tested else None,
            )
        client = Client()
        client.force_login(user_with_role(Role.AREA_DIRECTOR, "area"))
        expected = weighted(results)

        [row] = client.get(reverse("overview_learning")).context["chosen"].subjects
        [kind] = learning_figures(term.academic_year, None)["kinds"]
        [subject] = kind["subjects"]
        assert row.sum.mean == expected
        assert subject["mean"] == in_text(expected)
        small = sum(tested < 3 for tested, _, _ in results)
        assert row.sum.left_out == subject["left_out"] == small

        of_clusters = {
            row["cluster"]: row["means"][0]["mean"] for row in kind["blocks"][0]["clusters"]
        }
        for at, cluster in clusters.items():
            mean = weighted([one for one in results if one[2] == at])
            assert of_clusters.get(cluster.name) == in_text(mean)

        sheet = exported_tables(client.get(reverse("overview_workbook")))["ผลการเรียนรู้"]
        shown = [row for row in sheet.rows if row["เข้าสอบ"] != "น้อยกว่า 3 คน"]
        assert len(sheet.rows) - len(shown) == small
        cells = [(int(row["เข้าสอบ"]), round(row["ค่าเฉลี่ย"] * 100), None) for row in shown]
        assert weighted(cells) == expected
        transaction.set_rollback(True)
