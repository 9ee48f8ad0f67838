"""The area board as an Excel file."""

from io import BytesIO

import pandas as pd
import pytest

from tests.factories import RoundFactory, SchoolFactory

URL = "/board/export/"


def table(client, query="") -> pd.DataFrame:
    response = client.get(URL + query)
    assert response.status_code == 200
    assert ".xlsx" in response["Content-Disposition"]
    return pd.read_excel(BytesIO(response.content), engine="calamine", dtype=str)


@pytest.fixture
def two_schools(term, cluster, round_):
    RoundFactory(school=SchoolFactory(name="โรงเรียน=1+1", cluster=cluster), term=term, bare=True)


def test_the_file_says_what_the_screen_says(login, supervisor, two_schools):
    found = table(login(supervisor))
    assert list(found["โรงเรียน"]) == ["โรงเรียน=1+1", "โรงเรียนของเรา"]
    assert list(found["2 เกณฑ์"]) == ["ยังไม่ถึง", "เสร็จ"]
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
