"""Schools report progress on the drive's indicators."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.criteria.models import Indicator
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import DriveIndicator, DriveProgress, QualityDrive
from tests.drive_scenarios import drive_at_work, progress_reported
from tests.factories import IndicatorSetFactory
from tests.sample_files import PDF, jpeg, stored_files


@pytest.fixture
def drive(round_, term, group_director):
    """The first of its dimensions has two indicators."""
    sets = [round_.indicator_sets.get(), IndicatorSetFactory()]
    indicators = Indicator.objects.filter(standard__indicator_set__in=sets)
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def url(drive, school):
    return reverse("drive_progress_report", args=[drive.academic_year.year, school.pk])


@pytest.fixture
def pair(drive):
    """The indicators of the first dimension."""
    return list(DriveIndicator.objects.filter(dimension__drive=drive, dimension__code="Q1"))


def card(indicator, **fields):
    filled = {"level": "3", "text": "จัดมุมอ่านทุกห้อง"} | fields
    return {f"i{indicator.pk}-{name}": value for name, value in filled.items()}


def test_several_indicators_in_one_go(url, pair, login, academic_teacher):
    first, second = pair
    data = card(first) | card(second, level="4", evidence="แฟ้มผลงาน")
    response = login(academic_teacher).post(url, data)
    assert response.status_code == 302
    assert response.url == f"{url}?dimension=Q2"  # on to the next dimension
    rows = DriveProgress.objects.order_by("pk").values_list("drive_indicator", "value", "evidence")
    assert list(rows) == [(first.pk, 3, ""), (second.pk, 4, "แฟ้มผลงาน")]


def test_a_card_left_empty_reports_nothing(url, pair, login, school_director):
    login(school_director).post(url, card(pair[1]))
    assert DriveProgress.objects.get().drive_indicator == pair[1]


def test_after_the_last_dimension_to_the_schools_page(drive, school, url, login, school_director):
    last = DriveIndicator.objects.get(dimension__drive=drive, dimension__code="Q5")
    response = login(school_director).post(f"{url}?dimension=Q5", card(last))
    assert response.url == reverse("school_drive", args=[drive.academic_year.year, school.pk])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": ""}, "โปรดกรอกสิ่งที่ดำเนินการ"),
        ({"level": ""}, "โปรดเลือกระดับที่โรงเรียนทำได้ในขณะนี้"),
        ({"level": "99"}, "โปรดเลือกระดับที่โรงเรียนทำได้ในขณะนี้จากรายการ"),
        ({"text": "ก" * 2001}, "ยาวเกิน 2,000 ตัวอักษร"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(url, pair, login, school_director, fields, message):
    data = card(pair[0], **fields) | card(pair[1], text="ครูทำวิจัยในชั้นเรียน")
    html = login(school_director).post(url, data).content.decode()
    assert message in html
    assert "ครูทำวิจัยในชั้นเรียน" in html
    assert not DriveProgress.objects.exists()


def test_nothing_filled_in_is_said(url, login, school_director):
    html = login(school_director).post(url, {}).content.decode()
    assert "โปรดรายงานอย่างน้อยหนึ่งตัวชี้วัด" in html


def test_a_second_press_is_refused_and_says_so(url, pair, login, school_director):
    client = login(school_director)
    client.post(url, card(pair[0]))
    html = client.post(url, card(pair[0])).content.decode()
    assert "รายงานนี้บันทึกไว้แล้ววันนี้" in html
    assert DriveProgress.objects.count() == 1


def test_a_later_report_stands_beside_the_first(url, pair, login, school_director):
    client = login(school_director)
    client.post(url, card(pair[0]))
    client.post(url, card(pair[0], level="4"))
    assert [row.value for row in DriveProgress.objects.all()] == [3, 4]


def test_a_photo_is_kept_with_its_consent(url, pair, login, school_director):
    photo = SimpleUploadedFile("IMG_1.jpg", jpeg())
    login(school_director).post(url, card(pair[0], file=photo, has_consent="on"))
    row = DriveProgress.objects.get()
    assert (row.file_name, row.has_photo, row.has_consent) == ("IMG_1.jpg", True, True)


def test_consent_means_nothing_for_a_document(url, pair, login, school_director):
    document = SimpleUploadedFile("แผน.pdf", PDF)
    login(school_director).post(url, card(pair[0], file=document, has_consent="on"))
    assert not DriveProgress.objects.get().has_consent


def test_a_file_that_does_not_come_in_is_named(url, pair, login, school_director):
    other = SimpleUploadedFile("a.exe", b"MZ")
    html = login(school_director).post(url, card(pair[0], file=other)).content.decode()
    assert "a.exe" in html
    assert not DriveProgress.objects.exists()


def test_a_refused_report_leaves_no_file(drive, school, school_director):
    progress_reported(drive, school, by=school_director, with_file=True)
    before = stored_files()
    with pytest.raises(ActionRefused, match="บันทึกไว้แล้ววันนี้"):
        progress_reported(drive, school, by=school_director, with_file=True)
    assert stored_files() == before


def test_other_roles_may_not(url, login, supervisor, outsider_director, subcommittee_member):
    assert login(supervisor).get(url).status_code == 403
    assert login(subcommittee_member).get(url).status_code == 403
    assert login(outsider_director).get(url).status_code == 404


def test_a_drive_that_is_over_takes_no_report(drive, url, pair, login, school_director):
    QualityDrive.objects.update(state=DriveState.CLOSED)
    assert login(school_director).post(url, card(pair[0])).status_code == 409
    assert not DriveProgress.objects.exists()


def test_the_action_itself_refuses_a_school_that_has_closed(drive, school, school_director):
    school.closed_on = school.memberships.get().starts_on
    school.save()
    with pytest.raises(ActionRefused, match="เลิกหรือรวมแล้ว"):
        progress_reported(drive, school, by=school_director)


def test_a_dimension_nobody_knows_shows_the_first(url, login, school_director):
    assert login(school_director).get(f"{url}?dimension=Q9").status_code == 200


def test_value_is_on_the_scale(drive, school, school_director):
    [row] = progress_reported(drive, school, by=school_director, value="4.00")
    assert row.value == Decimal(4)
