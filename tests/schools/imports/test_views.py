"""The pages of an import, as the keeper of the registry meets them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from schools.core.tables.kinds import import_kinds
from schools.core.tables.reading import read_sheets
from schools.models import Import, School
from tests.factories import AreaFactory, SchoolFactory
from tests.schools.imports import sample_tables

pytestmark = pytest.mark.django_db

HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "อำเภอ"]
GOOD = sample_tables.xlsx([HEAD, ["42030001", "บ้านหนึ่ง", "ด่านซ้าย"]])
WRONG = sample_tables.xlsx([HEAD, ["4203001", "บ้านหนึ่ง", "ด่านซ้าย"]])


@pytest.fixture(autouse=True)
def area():
    return AreaFactory()


def text_of(response) -> str:
    return response.content.decode()


def act(import_, name):
    return reverse(f"import_{name}", args=[import_.pk])


def in_work(import_, status=TaskResultStatus.RUNNING, state="reading"):
    """As while a worker has it, or had it."""
    Import.objects.filter(pk=import_.pk).update(state=state, done=50, total=130)
    task = {"reading": "check_import", "saving": "save_import"}[state]
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [import_.pk], "kwargs": {}},
        task_path=f"schools.imports.tasks.{task}",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=["here"],
    )


# --- Bringing a file in ---


def test_the_cards_and_what_came_before(send, login, clerk):
    page = text_of(login(clerk).get(reverse("imports")))
    assert [kind.label in page for kind in import_kinds] == [True] * 4
    assert "ยังไม่เคยนำเข้าไฟล์" in page
    send("schools", GOOD, name="โรงเรียน 2569.xlsx")
    page = text_of(login(clerk).get(reverse("imports")))
    assert "ทะเบียนโรงเรียน · โรงเรียน 2569.xlsx" in page
    assert "ตรวจแล้ว ยังไม่บันทึก" in page


def test_the_list_asks_as_often_for_one_import_as_for_many(send, login, clerk):
    keeper = login(clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            keeper.get(reverse("imports"))
        return len(captured)

    send("schools", GOOD)
    queries()  # the first request of a session writes it
    one = queries()
    for _ in range(3):
        send("schools", GOOD)
    assert queries() == one <= 15


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "โปรดเลือกไฟล์ที่จะนำเข้า"),
        ({"file": SimpleUploadedFile("ก.xlsx", b"")}, "ไฟล์นี้ไม่มีข้อมูล"),
        ({"file": SimpleUploadedFile("ก.xlsx", bytes(3 * 1024 * 1024))}, "ระบบรับได้ไม่เกิน 2 MB"),
        (
            {"file": SimpleUploadedFile("ก.xlsx", bytes(2 * 1024 * 1024 + 1))},
            "ไฟล์นี้ใหญ่ 2.1 MB ระบบรับได้ไม่เกิน 2 MB",
        ),
    ],
)
def test_a_file_that_cannot_come_in(login, clerk, settings, sent, message):
    settings.IMPORT_MAX_BYTES = 2 * 1024 * 1024
    response = login(clerk).post(reverse("import_upload", args=["counts"]), sent)
    assert message in text_of(response)
    assert 'href="#id_counts_file"' in text_of(response)
    assert not Import.objects.exists()


def test_no_other_kind_can_be_brought_in(login, clerk):
    assert login(clerk).get("/registry/imports/new/others/").status_code == 404
    assert login(clerk).get("/registry/imports/template/others/").status_code == 404


def test_who_signed_in_again_is_led_back_to_the_cards(login, clerk):
    response = login(clerk).get(reverse("import_upload", args=["schools"]))
    assert response["Location"] == reverse("imports")


def test_the_stored_file_has_a_name_nobody_can_guess(send, settings):
    import_ = send("schools", GOOD, name="นายสมมติ 1100200300400.xlsx")
    assert import_.file.name.startswith("imports/")
    assert "1100200300400" not in import_.file.name
    assert import_.name == "นายสมมติ (ตัวเลข 13 หลัก).xlsx"


# --- Looking at it and saving it ---


def test_the_preview_says_what_will_change_and_changes_nothing(send, login, clerk):
    school = SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001", district="เดิม")
    import_ = send("schools", GOOD)
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "ยืนยันบันทึก 1 รายการ" in page
    assert "42030001 โรงเรียนบ้านหนึ่ง" in page
    assert "เดิม →" in page
    school.refresh_from_db()
    assert school.district == "เดิม"


def test_confirming_twice_saves_once(send, save, login, clerk, django_capture_on_commit_callbacks):
    import_ = save(send("schools", GOOD))
    assert import_.state == "saved"
    with django_capture_on_commit_callbacks(execute=True) as again:
        response = login(clerk).post(act(import_, "confirm"))
    assert again == []
    assert response["Location"] == import_.get_absolute_url()
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "บันทึกข้อมูลแล้ว" in page
    assert School.history.count() == 1


def test_a_file_that_changes_nothing_has_nothing_to_confirm(send, login, clerk):
    SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001", district="ด่านซ้าย")
    import_ = send("schools", GOOD)
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "จึงไม่มีอะไรต้องบันทึก" in page
    assert "ยืนยันบันทึก" not in page
    answer = text_of(login(clerk).post(act(import_, "confirm"), follow=True))
    assert "ไฟล์นี้ยังบันทึกไม่ได้" in answer


def test_only_who_brought_it_in_confirms(send, login, administrator):
    import_ = send("schools", GOOD)
    page = text_of(login(administrator).get(import_.get_absolute_url()))
    assert "ยืนยันบันทึก" not in page
    for name in ("confirm", "resume", "discard"):
        assert login(administrator).post(act(import_, name)).status_code == 403
    import_.refresh_from_db()
    assert import_.state == "checked"


def test_every_problem_on_the_page_and_as_a_table(send, login, clerk):
    rows = [[f"420300{n:02}9"[:7], f"=บ้าน {n}", ""] for n in range(60)]
    import_ = send("schools", sample_tables.xlsx([HEAD, *rows]), name="ทะเบียน.xlsx")
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "มีข้อที่ต้องแก้ไข" in page
    assert "หน้า 1 จาก" in page
    assert "รหัสโรงเรียน 8 หลัก (คอลัมน์ A)" in page
    assert "ยืนยันบันทึก" not in page
    response = login(clerk).get(act(import_, "problems"))
    sheet = read_sheets(response.content)[0]
    assert sheet.rows[0].cells == ["แถว", "คอลัมน์", "ข้อมูลในช่อง", "สิ่งที่ต้องแก้ไข"]
    assert len(sheet.rows) == 1 + import_.report["problem_count"]
    assert sheet.rows[1].cells[:2] == ["2", "รหัสโรงเรียน 8 หลัก (คอลัมน์ A)"]


def test_an_uploaded_file_is_downloaded_by_a_registrar_only(send, login, clerk, group_director):
    import_ = send("schools", GOOD, name="ทะเบียน.xlsx")
    response = login(clerk).get(act(import_, "file"))
    assert response.getvalue() == GOOD
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Cache-Control"] == "private, no-store"
    assert "attachment" in response["Content-Disposition"]
    assert login(group_director).get(act(import_, "file")).status_code == 404
    assert login(clerk).get(f"/media/{import_.file.name}").status_code == 404


def test_new_accounts_lead_to_their_passwords(saved, login, clerk):
    head = ["ชื่อผู้ใช้", "ชื่อ-สกุล", "ตำแหน่ง", "ตั้งแต่วันที่"]
    import_ = saved(
        "people", sample_tables.xlsx([head, ["sornor16", "ศน. ตัวอย่าง", "ศน.", "1/10/2568"]])
    )
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "ออกรหัสผ่านให้ผู้ใช้ใหม่ 1 คน" in page
    (person,) = import_.report["opened"]
    slips = login(clerk).get(reverse("people_passwords"), {"person": person})
    assert "ศน. ตัวอย่าง" in text_of(slips)


# --- While it is worked on ---


@pytest.mark.parametrize(
    ("state", "words"), [("reading", "กำลังตรวจไฟล์"), ("saving", "กำลังบันทึกข้อมูล")]
)
def test_progress_is_shown_and_asked_for_again(send, login, clerk, state, words):
    import_ = send("schools", GOOD)
    in_work(import_, state=state)
    url = import_.get_absolute_url()
    page = text_of(login(clerk).get(url))
    assert words in page
    assert '<progress class="meter" max="130" value="50"' in page
    assert "ตรวจแล้ว 50 จาก 130 แถว" in page
    assert f'hx-get="{url}"' in page
    part = text_of(login(clerk).get(url, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="import-state"')


@pytest.mark.parametrize("state", ["reading", "saving"])
def test_work_that_a_dead_worker_left_can_go_on(
    send, login, clerk, django_capture_on_commit_callbacks, state
):
    import_ = send("schools", GOOD)
    in_work(import_, TaskResultStatus.FAILED, state)
    page = text_of(login(clerk).get(import_.get_absolute_url()))
    assert "งานหยุดกลางคัน" in page
    assert "hx-get" not in page
    with django_capture_on_commit_callbacks(execute=True):
        login(clerk).post(act(import_, "resume"))
    import_.refresh_from_db()
    assert import_.state == {"reading": "checked", "saving": "saved"}[state]


def test_work_under_way_is_not_begun_twice(send, login, clerk, django_capture_on_commit_callbacks):
    import_ = send("schools", GOOD)
    in_work(import_)
    with django_capture_on_commit_callbacks() as begun:
        login(clerk).post(act(import_, "resume"))
    assert begun == []
    assert "กำลังทำงานหรือบันทึกแล้ว" in text_of(login(clerk).post(act(import_, "discard"), follow=True))


# --- Taking it away ---


@pytest.mark.parametrize("content", [GOOD, WRONG, b"MZ\x90"])
def test_a_file_that_was_not_saved_can_be_taken_away(
    send, login, clerk, django_capture_on_commit_callbacks, content
):
    import_ = send("schools", content)
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(login(clerk).post(act(import_, "discard"), follow=True))
    assert "ลบไฟล์ที่นำเข้าแล้ว" in page
    assert not Import.objects.exists()
    assert not import_.file.storage.exists(import_.file.name)


def test_a_saved_file_stays_in_the_list(saved, login, clerk):
    import_ = saved("schools", GOOD)
    login(clerk).post(act(import_, "discard"))
    assert Import.objects.get() == import_


def test_files_go_after_a_month(send, saved, login, clerk):
    waiting, done = send("schools", GOOD), saved("schools", GOOD)
    stored = [(i.file.storage, i.file.name) for i in (waiting, done)]
    Import.objects.update(at=timezone.now() - timedelta(days=31))
    send("schools", WRONG)
    for storage, name in stored:
        assert not storage.exists(name)
    waiting.refresh_from_db()
    assert (waiting.report["changes"], waiting.report["new"]) == ([], 1)
    page = text_of(login(clerk).get(waiting.get_absolute_url()))
    assert "ถูกลบแล้วเพราะนำเข้ามาเกิน 30 วัน" in page
    assert "ยืนยันบันทึก" not in page
    answer = text_of(login(clerk).post(act(waiting, "confirm"), follow=True))
    assert "ถูกลบแล้วเพราะนำเข้ามาเกิน 30 วัน" in answer
    assert login(clerk).get(act(waiting, "file")).status_code == 404


# --- Who may not ---


def test_wrong_roles(send, login, group_director, school_director, client):
    import_ = send("schools", GOOD)
    assert login(school_director).get(reverse("imports")).status_code == 403
    for user in (group_director, school_director):
        upload = login(user).post(reverse("import_upload", args=["schools"]), {})
        assert upload.status_code == 403
        assert login(user).get(reverse("import_template", args=["schools"])).status_code == 403
        assert login(user).get(import_.get_absolute_url()).status_code == 404
        assert login(user).post(act(import_, "confirm")).status_code == 404
    assert client.get(reverse("imports")).status_code == 302


# --- The empty tables ---


def test_the_table_of_schools_holds_the_register_and_comes_back_unchanged(send, login, clerk):
    SchoolFactory(
        name="โรงเรียนบ้านหนึ่ง",
        obec_code="42030001",
        first_grade=2,
        last_grade=9,
        has_electricity=True,
        latitude="17.276400",
        longitude="101.148600",
        internet="fibre",
    )
    template = login(clerk).get(reverse("import_template", args=["schools"])).content
    import_ = send("schools", template)
    assert (import_.state, import_.report.get("unchanged")) == ("checked", 1)
    assert import_.report["ignored"] == []


def test_the_table_of_numbers_is_understood_once_it_is_filled_in(send, login, clerk):
    SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001")
    template = login(clerk).get(reverse("import_template", args=["counts"])).content
    heading = read_sheets(template)[0].rows
    assert heading[0].cells[4:7] == ["อ.1"] * 3
    assert heading[2].cells[:3] == ["42030001", "โรงเรียนบ้านหนึ่ง", "2569"]
    assert "ไม่มีแถวใดในตารางที่มีข้อมูล" in send("counts", template).report["failure"]
    numbers = ["42030001", "", "2569", "10/6/2569", *[1] * 36, 2, 3]
    filled = [[*heading[0].cells], [*heading[1].cells], numbers]
    import_ = send("counts", sample_tables.xlsx(filled))
    assert (import_.report["new"], import_.report["ignored"]) == (1, [])


def test_the_table_of_people_is_understood(send, login, clerk):
    template = login(clerk).get(reverse("import_template", args=["people"])).content
    assert "ไม่มีข้อมูลใต้หัวตาราง" in send("people", template).report["failure"]
