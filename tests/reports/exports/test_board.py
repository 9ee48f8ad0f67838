"""The area board as an Excel file."""

import pytest
from django.urls import reverse

from tests.exported_files import ExportedTable, exported_table
from tests.factories import RoundFactory, SchoolFactory


def table(client, query="") -> ExportedTable:
    return exported_table(client.get(reverse("board_export") + query))


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
    steps = found.headings[4:11]
    assert steps == [
        "1 ข้อมูล",
        "2 เกณฑ์",
        "3 ประเมินตนเอง",
        "4 นิเทศ",
        "5 พิจารณา",
        "6 ปรับปรุง",
        "7 รายงาน",
    ]
    assert found.column("โรงเรียน") == ["โรงเรียน=1+1", "โรงเรียนของเรา"]
    assert found.column("2 เกณฑ์") == ["รอกลุ่มนิเทศฯ", "เสร็จ"]
    assert found.column("3 ประเมินตนเอง") == ["ยังไม่ถึง", "รอโรงเรียน"]
    assert [[row[step] for step in steps] for row in found.rows] == words_on_screen(client)


def test_the_file_says_what_it_is_of(login, supervisor, two_schools, term, cluster):
    found = table(login(supervisor), f"?cluster={cluster.pk}&step=3")
    assert found.head == [
        "ความก้าวหน้า 7 ขั้นของโรงเรียน",
        "สพป.เลย เขต 3 · ภาคเรียนที่ 2/2569 · ข้อมูล ณ วันที่ 18 พฤศจิกายน 2569 เวลา 10.00\u00a0น.",
        "ตัวกรอง: กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา · ขั้นปัจจุบัน 3 ประเมินตนเอง",
        "1 แถวคือ 1 โรงเรียน รวม 0 แถว",
    ]


def test_filters_hold_in_the_file(login, supervisor, two_schools):
    found = table(login(supervisor), "?step=7")
    assert found.rows == []
    assert "โรงเรียน" in found.headings


def test_what_is_a_sample_says_so(login, supervisor, round_):
    round_.is_sample = True
    round_.save()
    assert table(login(supervisor)).column("ข้อมูลตัวอย่าง") == ["ตัวอย่าง"]


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(reverse("board_export")).status_code == 404
