"""The page on which a part is written: who reads it, who writes, and what it says of both."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.composer import actions as composing
from reports.composer.enums import PartKey
from reports.composer.markup import MAX_TEXT_LENGTH
from reports.composer.models import Composition, PartVersion
from reports.composer.queries import composition_parts

TEXT = "ครูไม่ครบชั้นใน **{schools}**"


@pytest.fixture
def address(round_):
    """The address of a page of the year's report: `address("save", key="discussion")`."""

    def of(name: str = "part", **more) -> str:
        year = round_.term.academic_year.year
        return reverse(f"compose_{name}", kwargs={"year": year, "key": PartKey.DISCUSSION} | more)

    return of


@pytest.fixture
def post_text(login, address, group_director):
    """Send a text as the page's script does."""

    def send(text, *, by=group_director, version=None, user=None, unanswered=""):
        page = login(by)
        if version is None:
            version = page.get(address()).context["form"].initial["version"]
        sent = {"user": user or by.pk, "text": text, "version": version, "unanswered": unanswered}
        return page.post(address("save"), data=sent, content_type="application/json")

    return send


def test_the_first_part_comes_first(login, group_director, round_):
    year = round_.term.academic_year.year
    response = login(group_director).get(reverse("compose", kwargs={"year": year}))
    assert response.url == reverse("compose_part", kwargs={"year": year, "key": "foreword"})


def test_looking_begins_nothing(login, group_director, address):
    page = login(group_director).get(address())
    assert "ร่างโดยระบบ ยังไม่มีผู้แก้ไข" in page.text
    assert page.context["form"].initial["text"]
    assert not Composition.objects.exists()


def test_every_part_has_its_page(login, group_director, composition):
    for part in composition_parts(composition):
        for name in ("part", "preview", "history"):
            kwargs = {"year": composition.academic_year.year, "key": part.key}
            page = login(group_director).get(reverse(f"compose_{name}", kwargs=kwargs))
            assert page.status_code == 200
            assert part.get_key_display() in page.text


def test_an_unknown_part_or_year_is_not_found(login, group_director, address):
    for url in (address(key="next_steps"), address(key="nothing"), address(year=2500)):
        assert login(group_director).get(url).status_code == 404


def test_the_list_of_parts_says_how_far_each_is(login, group_director, address, save):
    save(PartKey.DISCUSSION, TEXT)
    rows = login(group_director).get(address(key="foreword")).context["rows"]
    words = {row.heading.key: row.status.word for row in rows if row.status}
    assert words["discussion"] == "เขียนแล้ว"
    assert words["foreword"] == "ร่างของระบบ"
    assert words["results"] == "สร้างจากข้อมูล"
    assert [row.heading.label for row in rows if not row.url] == ["บทที่ 4", "บทที่ 5"]


def test_what_is_missing_leads_to_the_parts(login, group_director, address):
    page = login(group_director).get(address())
    items = [item for line in page.context["checklist"] for item in line.items]
    assert address(key="method") in {item.url for item in items}
    assert f'href="{address(key="method")}"' in page.text


def test_a_part_left_out_stands_last_without_a_number(login, group_director, address, composition):
    composing.set_part_included(composition.parts.get(key="introduction"), is_included=False)
    rows = login(group_director).get(address()).context["rows"]
    assert (rows[-1].heading.key, rows[-1].heading.label) == ("introduction", "")
    assert next(row.heading.label for row in rows if row.heading.key == "method") == "บทที่ 1"


def test_who_reads_the_reports_reads_the_texts(login, deputy_area_director, address, save):
    save(PartKey.DISCUSSION, TEXT)
    page = login(deputy_area_director).get(address())
    assert "อ่านอย่างเดียว" in page.text
    assert "<strong>" in page.text
    assert "<textarea" not in page.text


def test_nobody_writes_while_the_report_waits_for_its_signature(
    login, group_director, address, year_prepared, post_text
):
    page = login(group_director).get(address())
    assert "รอลงนาม" in page.text
    assert "<textarea" not in page.text
    answer = post_text("ก", version="ก")
    assert answer.status_code == 409
    assert "รอลงนาม" in answer.json()["message"]
    assert not PartVersion.objects.exists()


# --- Saved while it is typed ---


def test_what_is_typed_is_saved_and_says_so(post_text, address, login, group_director):
    answer = post_text(TEXT)
    assert answer.status_code == 200
    assert f"แก้โดย{group_director}" in answer.json()["written_by"]
    page = login(group_director).get(address())
    assert page.context["form"].initial == {"text": TEXT, "version": answer.json()["version"]}
    assert [version.text for version in PartVersion.objects.all()] == [TEXT]


def test_two_people_at_once_lose_nothing(post_text, other_writer, group_director):
    seen = post_text("ของคนแรก").json()["version"]
    post_text("ของคนที่สอง", by=other_writer)
    answer = post_text("ของคนแรก ต่อ", version=seen)
    assert answer.status_code == 409
    other = answer.json()["other"]
    assert other["text"] == "ของคนที่สอง"
    assert str(other_writer) in other["by"]
    kept = PartVersion.objects.get(is_set_aside=True)
    assert (kept.text, kept.by) == ("ของคนแรก ต่อ", group_director)
    assert post_text("ของคนแรก ต่อ", version=other["version"]).status_code == 200


def test_ones_own_text_of_another_device_is_not_overwritten(post_text):
    seen = post_text("เดิม").json()["version"]
    post_text("จากเครื่องอื่น")
    answer = post_text("เดิม ต่อ", version=seen)
    assert (answer.status_code, answer.json()["other"]["text"]) == (409, "จากเครื่องอื่น")


def test_an_answer_that_was_lost_is_no_conflict(post_text):
    seen = post_text("เดิม").json()["version"]
    post_text("เดิม ต่อ", version=seen)
    assert post_text("เดิม ต่อไป", version=seen, unanswered="เดิม ต่อ").status_code == 200
    assert [version.text for version in PartVersion.objects.all()] == ["เดิม ต่อไป"]


@pytest.mark.parametrize("text", ["ก" * (MAX_TEXT_LENGTH + 1), "{no.such.number}"])
def test_a_text_that_cannot_be_kept_says_why(post_text, text):
    answer = post_text(text)
    assert answer.status_code == 409
    assert answer.json()["message"].startswith(("ข้อความยาวเกิน", "ไม่มีตัวเลขชื่อ"))


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"user": 1}', '{"user": "1", "text": "", "version": ""}', "[" * 5000],
)
def test_what_no_page_of_ours_sends_is_not_read(login, group_director, address, body):
    answer = login(group_director).post(address("save"), data=body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_page_of_somebody_else_saves_nothing(post_text, other_writer):
    answer = post_text(TEXT, user=other_writer.pk)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")


def test_who_only_reads_saves_nothing(post_text, deputy_area_director, composition):
    answer = post_text(TEXT, by=deputy_area_director, version="ก")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_right")


def test_an_ended_session_says_so(client, address):
    answer = client.post(address("save"), data=json.dumps({}), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


# --- Without a script ---


def send_form(client, url, text, version=None):
    if version is None:
        version = client.get(url).context["form"].initial["version"]
    return client.post(url, {"text": text, "version": version}, follow=True)


def test_the_form_saves_the_text(login, group_director, address):
    page = send_form(login(group_director), address(), TEXT)
    assert "บันทึกข้อความแล้ว" in page.text
    assert page.context["form"].initial["text"] == TEXT


def test_the_form_shows_the_other_text_and_saves_at_the_next_try(
    login, group_director, other_writer, address
):
    client = login(group_director)
    seen = client.get(address()).context["form"].initial["version"]
    send_form(login(other_writer), address(), "ของคนที่สอง")
    page = send_form(client, address(), "ของคนแรก", seen)
    assert "มีการบันทึกส่วนนี้จากหน้าอื่นระหว่างที่คุณเขียน" in page.text
    assert "ของคนที่สอง" in page.text
    form = page.context["form"]
    assert form["text"].value() == "ของคนแรก"
    page = send_form(client, address(), "ของคนแรก", form["version"].value())
    assert "บันทึกข้อความแล้ว" in page.text


def test_the_form_keeps_a_refused_text(login, group_director, address):
    page = send_form(login(group_director), address(), "{no.such.number}")
    assert "ไม่มีตัวเลขชื่อ {no.such.number}" in page.text
    assert page.context["form"]["text"].value() == "{no.such.number}"


# --- Numbers and preview ---


def test_a_number_typed_over_is_warned_about_until_it_follows_the_data(
    login, group_director, address, save
):
    save(PartKey.DISCUSSION, "มี {schools|92 โรงเรียน}")
    client = login(group_director)
    page = client.get(address())
    assert "“92 โรงเรียน” ในย่อหน้าที่ 1 ไม่ตรงกับข้อมูลขณะนี้" in page.text
    sent = {"number": "schools", "typed": "92 โรงเรียน"}
    page = client.post(address("use_number"), sent, follow=True)
    assert page.context["form"].initial["text"] == "มี {schools}"
    assert not page.context["warnings"]


def test_the_page_lists_the_numbers_with_what_they_say_now(login, group_director, address):
    numbers = login(group_director).get(address()).context["numbers"]
    assert "1 โรงเรียน" in {number.text for number in numbers if number.key == "schools"}


def test_the_preview_is_as_the_paper_prints_it(login, group_director, address, save):
    save(PartKey.DISCUSSION, f"{TEXT}\n\n- หนึ่ง\n- สอง")
    preview = login(group_director).get(address("preview")).text
    assert "<strong>๑ โรงเรียน</strong>" in " ".join(preview.split())
    assert preview.count("<li>") == 2
    assert "ตารางและแผนภูมิ" in login(group_director).get(address("preview", key="results")).text


@pytest.fixture
def cost_of(login, group_director):
    """How many queries a page takes; without what was kept of the figures unless `is_warm`."""
    client = login(group_director)
    client.get(reverse("help"))  # the first page of a session writes when it was renewed

    def count(url: str, *, is_warm: bool = False) -> int:
        if not is_warm:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
            return len(queries)

    return count


def test_the_page_costs_the_same_for_more_schools(address, more_schools, cost_of):
    more_schools(4)
    cost = cost_of(address())
    more_schools(4, 3)
    assert cost_of(address()) == cost


def test_while_somebody_writes_a_page_costs_little(address, post_text, more_schools, cost_of):
    more_schools(4, 3)
    post_text(TEXT)
    for name in ("part", "preview", "history"):
        assert cost_of(address(name), is_warm=True) <= 15


@pytest.mark.parametrize("is_of_cluster", [False, True])
def test_the_summary_of_a_term_is_written_the_same_way(
    login, group_director, round_, cluster, is_of_cluster
):
    client, kwargs = login(group_director), {"pk": round_.term_id}
    if is_of_cluster:
        kwargs["cluster_pk"] = cluster.pk
    url = reverse("compose_part", kwargs=kwargs | {"key": "next_steps"})
    assert client.get(reverse("compose", kwargs=kwargs)).url.endswith("/compose/executive/")
    page = send_form(client, url, "ติดตามโรงเรียนที่ยังไม่บรรลุ")
    assert "บันทึกข้อความแล้ว" in page.text
    assert (cluster.name in page.text) == is_of_cluster
    assert client.get(page.context["urls"]["prepare"]).status_code == 200
