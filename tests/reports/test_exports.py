"""What a screen shows, as an Excel file."""

from io import BytesIO

import pandas as pd
import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from tests.factories import RoundFactory, SchoolFactory, YearlyCountFactory

URL = "/board/export/"


def table(client, query="", url=URL) -> pd.DataFrame:
    response = client.get(url + query)
    assert response.status_code == 200
    assert ".xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    return pd.read_excel(BytesIO(response.content), engine="calamine", dtype=str)


def words_on_screen(client) -> list[list[str]]:
    """Of each school in order, the word at each step."""
    board = client.get(reverse("board")).context["board"]
    return [[cell.word for cell in row.cells] for group in board.groups for row in group.rows]


@pytest.fixture
def two_schools(term, cluster, round_):
    RoundFactory(school=SchoolFactory(name="โรงเรียน=1+1", cluster=cluster), term=term, bare=True)


def test_the_file_says_what_the_screen_says(login, supervisor, two_schools):
    client = login(supervisor)
    found = table(client)
    assert list(found["โรงเรียน"]) == ["โรงเรียน=1+1", "โรงเรียนของเรา"]
    assert list(found["2 เกณฑ์"]) == ["รอกลุ่มนิเทศฯ", "เสร็จ"]
    assert list(found["3 ประเมินตนเอง"]) == ["ยังไม่ถึง", "รอโรงเรียน"]
    assert found.iloc[:, 3:].to_numpy().tolist() == words_on_screen(client)
    assert list(found.columns[3:]) == [
        "1 ข้อมูล",
        "2 เกณฑ์",
        "3 ประเมินตนเอง",
        "4 นิเทศ",
        "5 พิจารณา",
        "6 ปรับปรุง",
        "7 รายงาน",
    ]


def test_filters_hold_in_the_file(login, supervisor, two_schools):
    assert table(login(supervisor), "?step=7").empty


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


# --- The directory of schools ---


def test_the_directory_comes_as_it_is_shown(login, supervisor, school, other_school):
    facts = {"obec_code": "42030001", "first_grade": Grade.K2, "last_grade": Grade.P6}
    School.objects.filter(pk=school.pk).update(has_electricity=True, **facts)
    YearlyCountFactory(school=school, pupils=86, is_sample=True)
    found = table(login(supervisor), "?q=42030001", url=reverse("directory_export"))
    (row,) = found.to_dict("records")
    assert row["รหัสโรงเรียน 8 หลัก"] == "42030001"
    assert (row["ชั้นต่ำสุด"], row["ชั้นสูงสุด"], row["ไฟฟ้า"]) == ("อ.2", "ป.6", "มี")
    assert (row["นักเรียน (คน)"], row["ปีการศึกษาที่นับ"]) == ("86", "2569 (ตัวอย่าง)")


def test_a_directory_without_rows_is_still_a_file(login, clerk):
    assert table(login(clerk), "?q=ไม่มี", url=reverse("directory_export")).empty
