"""All or nothing: whatever happens between the check and the last row, nothing is half saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from schools.imports import actions
from schools.imports.importers import school_register
from schools.imports.tasks import check_import, save_import
from schools.models import ClusterMembership, Import, School
from tests.concurrency.parallel import run_together
from tests.factories import AreaFactory, ClusterFactory, SchoolFactory
from tests.sample_files import stored_files
from tests.schools.imports import sample_tables

HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "อำเภอ"]
TWO = sample_tables.xlsx([HEAD, ["42030001", "บ้านหนึ่ง", "ด่านซ้าย"], ["42030002", "บ้านสอง", "ภูหลวง"]])


@pytest.fixture(autouse=True)
def area(db):
    return AreaFactory()


def test_a_task_that_runs_again_does_no_harm(send, save):
    import_ = send("schools", TWO)
    check_import.call(import_.pk)
    assert save(import_).state == "saved"
    for task in (check_import, save_import):
        task.call(import_.pk)
    import_.refresh_from_db()
    assert import_.state == "saved"
    assert School.history.count() == 2


def test_a_task_whose_import_was_taken_away_ends(db):
    check_import.call(4711)
    save_import.call(4711)


def test_a_fault_in_the_middle_leaves_nothing_and_is_told(send, login, clerk, monkeypatch):
    """The schools are written, what comes after them is not, for a reason nobody foresaw."""
    import_ = send("schools", TWO)
    calls = []

    def fail_after_the_schools(rows):
        calls.append(rows)
        if len(calls) == 2:
            assert School.objects.count() == 2
            raise RuntimeError("disk on fire")

    monkeypatch.setattr(school_register, "update_rows", fail_after_the_schools)
    Import.objects.filter(pk=import_.pk).update(state="saving")
    with pytest.raises(RuntimeError):
        save_import.call(import_.pk)
    import_.refresh_from_db()
    assert import_.state == "failed"
    assert "ไม่ได้บันทึกข้อมูลใด" in import_.report["failure"]
    assert "ไม่ได้บันทึกข้อมูลใด" in login(clerk).get(import_.get_absolute_url()).content.decode()
    assert not School.objects.exists()


def test_what_changed_since_the_check_is_shown_again_and_not_overwritten(send, save, login, clerk):
    school = SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001", district="เดิม")
    import_ = send("schools", TWO)
    school.district = "แก้บนหน้าจอ"
    school.save()
    import_ = save(import_)
    assert import_.state == "checked"
    school.refresh_from_db()
    assert school.district == "แก้บนหน้าจอ"
    page = login(clerk).get(import_.get_absolute_url()).content.decode()
    assert "ข้อมูลในระบบเปลี่ยนไปหลังจากตรวจไฟล์นี้" in page
    assert "แก้บนหน้าจอ →" in page
    assert save(import_).state == "saved"
    school.refresh_from_db()
    assert school.district == "ด่านซ้าย"


def test_what_became_impossible_since_the_check_is_refused(send, save, problems, login, clerk):
    import_ = send("schools", TWO)
    SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42039999")
    import_ = save(import_)
    ((row, _, message),) = problems(import_)
    assert row == 2
    assert "เป็นชื่อของโรงเรียนรหัส 42039999" in message
    assert School.objects.count() == 1
    assert (
        "ข้อมูลในระบบเปลี่ยนไปหลังจากตรวจไฟล์นี้"
        in login(clerk).get(import_.get_absolute_url()).content.decode()
    )


def test_nothing_is_left_behind_by_the_check(send):
    ClusterFactory(name="กลุ่มโรงเรียนโคกงาม")
    head = [*HEAD, "กลุ่มโรงเรียน", "ตั้งแต่วันที่"]
    row = ["42030001", "บ้านหนึ่ง", "ด่านซ้าย", "โคกงาม", "9/5/2567"]
    import_ = send("schools", sample_tables.xlsx([head, row]))
    assert import_.state == "checked"
    assert not School.objects.exists()
    assert not School.history.exists()
    assert not ClusterMembership.objects.exists()


def test_a_file_whose_row_fails_is_not_left_behind(clerk):
    file = SimpleUploadedFile("ทะเบียน.xlsx", TWO)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.upload_import_file(file, kind=None, by=clerk)
    assert stored_files() == set()


# --- Two at once, on real connections ---


def brought_in(content: bytes, by, name="ก.xlsx") -> Import:
    import_ = actions.upload_import_file(SimpleUploadedFile(name, content), kind="schools", by=by)
    import_.refresh_from_db()
    return import_


@pytest.mark.django_db(transaction=True)
def test_two_confirm_the_same_file(clerk):
    import_ = brought_in(TWO, clerk)
    first, second = run_together(
        *[lambda: actions.confirm_import(Import.objects.get(pk=import_.pk), by=clerk)] * 2
    )
    assert sorted([first, second]) == [False, True]
    import_.refresh_from_db()
    assert import_.state == "saved"
    assert School.history.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_save_the_same_schools(clerk, administrator):
    mine, theirs = brought_in(TWO, clerk), brought_in(TWO, administrator)
    run_together(
        lambda: actions.confirm_import(mine, by=clerk),
        lambda: actions.confirm_import(theirs, by=administrator),
    )
    states = sorted(Import.objects.values_list("state", flat=True))
    assert states == ["checked", "saved"]
    overtaken = Import.objects.get(state="checked")
    assert (overtaken.report["new"], overtaken.report["unchanged"]) == (0, 2)
    assert School.objects.count() == 2
