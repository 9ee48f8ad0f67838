"""A school's results on its pages, and the form in which they are typed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from supervision.profiles.learning.enums import DataOwner, ReferenceScope
from supervision.profiles.learning.references import ReferenceEntry, save_reference_results
from supervision.profiles.models import EarlierLearningResult, LearningResult, TestKind
from tests.factories import (
    AcademicYearFactory,
    LearningResultFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)

YEAR = 2569


@pytest.fixture
def subject(school):
    AcademicYearFactory(year=YEAR)
    return TestSubjectFactory()


def edit_url(school, kind):
    return reverse("school_learning_edit", args=[school.pk, YEAR, kind.pk])


def typed(client, school, subject, shares=(), **figures):
    """The form as the page has it, with these boxes filled in anew."""
    form = client.get(edit_url(school, subject.kind)).context["form"]
    boxes = {box.html_name: box.value() for box in form if box.value() is not None}
    new = {
        name if name in form.fields else f"{name}_{subject.pk}": value
        for name, value in figures.items()
    }
    levels = subject.kind.levels.all()
    new |= {
        f"share_{subject.pk}_{level.pk}": share
        for level, share in zip(levels, shares, strict=False)
    }
    return {"source": "แบบรายงาน"} | boxes | new


def send(client, school, subject, **figures):
    data = typed(client, school, subject, **figures)
    return client.post(edit_url(school, subject.kind), data, follow=True)


def test_results_are_typed_with_thai_digits_and_numbers_of_pupils(login, clerk, school, subject):
    page = send(
        login(clerk),
        school,
        subject,
        enrolled="๑๒",
        tested="๘",
        mean="๖๑.๒๕",
        sd="12.5",
        shares=("4", "2", "2", ""),
        as_of="31/3/2570",
    )
    row = LearningResult.objects.get()
    assert (row.enrolled, row.tested, row.mean, row.sd) == (12, 8, Decimal("61.25"), 12.5)
    assert [share.percent for share in row.shares.all()] == [50, 25, 25, 0]
    assert (row.source, row.updated_by, row.is_sample) == ("แบบรายงาน", clerk, False)
    text = page.content.decode()
    assert "61.25" in text
    assert "ดีมาก 50.00" in text


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"tested": "13", "enrolled": "12"}, "ไม่เกินจำนวนผู้เรียนทั้งหมด"),
        ({"tested": "12", "mean": "101"}, "ต้องไม่เกิน 100"),
        ({"tested": "12", "shares": ("50", "20")}, "รวมได้ 100"),
        ({"mean": "50"}, "โปรดกรอกจำนวนเข้าสอบ"),
        ({"tested": "สิบ"}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"tested": "12", "source": ""}, "โปรดระบุแหล่งข้อมูล"),
        ({"tested": "12", "as_of": "31/3/2027"}, "เป็น ค.ศ."),
    ],
)
def test_figures_that_cannot_be_true_are_asked_about(
    login, clerk, school, subject, figures, message
):
    assert message in send(login(clerk), school, subject, **figures).content.decode()
    assert not LearningResult.objects.exists()


def test_a_change_of_a_national_result_gives_its_reason_and_is_shown(
    login, clerk, supervisor, school, subject
):
    LearningResultFactory(school=school, subject=subject, is_sample=False)
    client = login(clerk)
    assert "โปรดระบุเหตุผล" in send(client, school, subject, mean="16.25").content.decode()
    send(client, school, subject, mean="16.25", reason="พิมพ์สลับหลัก")
    row = LearningResult.objects.get()
    assert (row.mean, row.source) == (Decimal("16.25"), "ตารางผลสอบของสำนักงาน")
    year_url = reverse("school_learning_year", args=[school.pk, YEAR])
    page = login(supervisor).get(year_url).content.decode()
    assert "พิมพ์สลับหลัก" in page
    assert "ค่าเฉลี่ย 61.25" in page


def test_an_emptied_row_is_deleted_and_an_untouched_one_kept(login, clerk, school, subject):
    other = TestSubjectFactory(name="คณิตศาสตร์")
    LearningResultFactory(school=school, subject=subject, is_sample=True)
    kept = LearningResultFactory(school=school, subject=other, is_sample=True)
    send(login(clerk), school, subject, enrolled="", tested="", mean="", reason="ผลของโรงเรียนอื่น")
    assert LearningResult.objects.get() == kept
    assert LearningResult.objects.get().is_sample
    assert EarlierLearningResult.objects.get().was_deleted


def test_what_another_saved_meanwhile_is_not_overwritten(login, clerk, school, subject):
    LearningResultFactory(school=school, subject=subject)
    client = login(clerk)
    data = typed(client, school, subject, mean="50", reason="แก้")
    LearningResult.objects.update(mean=Decimal("40"))
    page = client.post(edit_url(school, subject.kind), data).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “40.00”" in page
    assert LearningResult.objects.get().mean == 40


def test_a_clerk_replaces_a_result_of_two_pupils_without_seeing_it(login, clerk, school, subject):
    LearningResultFactory(school=school, subject=subject, tested=2, mean=Decimal("37.77"))
    client = login(clerk)
    page = client.get(edit_url(school, subject.kind)).content.decode()
    assert "น้อยกว่า 3 คน" in page
    assert "37.77" not in page
    send(client, school, subject, reason="ไม่เปลี่ยน")
    assert LearningResult.objects.get().tested == 2
    send(client, school, subject, tested="12", mean="55", reason="นับใหม่")
    assert LearningResult.objects.get().tested == 12
    changes = client.get(reverse("school_learning_year", args=[school.pk, YEAR])).content.decode()
    assert "เดิม: น้อยกว่า 3 คน" in changes
    assert "37.77" not in changes


def test_schools_type_what_is_theirs_and_see_the_rest(login, school_director, school, subject):
    own = TestSubjectFactory(kind=TestKindFactory(name="การอ่าน", entered_by=DataOwner.SCHOOL))
    client = login(school_director)
    year_page = client.get(reverse("school_learning_year", args=[school.pk, YEAR]))
    assert [kind.name for kind in year_page.context["kinds_to_enter"]] == ["การอ่าน"]
    send(client, school, own, tested="9")
    send(client, school, own, tested="8")  # its own result needs no reason
    assert LearningResult.objects.get().tested == 8


def test_a_school_is_asked_for_the_grades_that_it_teaches(login, clerk, school, subject):
    sixth = TestSubjectFactory(grade=Grade.P6)
    School.objects.update(first_grade=Grade.P1, last_grade=Grade.P3)
    form = login(clerk).get(edit_url(school, subject.kind)).context["form"]
    assert form.subjects == [subject]
    School.objects.update(first_grade=None, last_grade=None)
    form = login(clerk).get(edit_url(school, subject.kind)).context["form"]
    assert form.subjects == [subject, sixth]


def test_a_retired_kind_takes_no_results(login, clerk, school, subject):
    TestKind.objects.update(is_active=False)
    assert "เลิกใช้แล้ว" in send(login(clerk), school, subject, tested="9").content.decode()


def test_the_years_stand_beside_each_other_with_the_country_and_merged_schools(
    login, supervisor, clerk, school, subject
):
    merged = SchoolFactory(name="โรงเรียนเดิม", merged_into=school, closed_on="2026-05-16")
    LearningResultFactory(school=merged, academic_year__year=2568, subject=subject, mean=44)
    row = LearningResultFactory(school=school, subject=subject)
    facts = {"year_id": row.academic_year_id, "subject_id": subject.pk}
    save_reference_results(
        [ReferenceEntry(**facts, scope=ReferenceScope.NATION, mean=Decimal("52.5"))], by=clerk
    )
    page = login(supervisor).get(reverse("school_learning", args=[school.pk])).content.decode()
    for words in ("61.25", "ประเทศ 52.50", "44.00", "จากโรงเรียนเดิม (รวมเมื่อ 16 พ.ค. 2569)"):
        assert words in page
    own = login(supervisor).get(reverse("school_learning", args=[merged.pk]))
    assert own.status_code == 200


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("school_director", True),
        ("supervisor", True),
        ("clerk", False),
        ("other_supervisor", False),
        ("committee_member", False),
        ("area_director", False),
        ("subcommittee_member", False),
    ],
)
def test_a_result_of_two_pupils_is_on_no_page_of_those_it_does_not_belong_to(
    request, login, school, subject, reader, seen
):
    LearningResultFactory(
        school=school, subject=subject, tested=2, mean=Decimal("37.77"), shares=(50, 50, 0, 0)
    )
    client = login(request.getfixturevalue(reader))
    for name, args in (
        ("school_learning", [school.pk]),
        ("school_learning_year", [school.pk, YEAR]),
    ):
        page = client.get(reverse(name, args=args)).content.decode()
        assert ("37.77" in page) == seen
        assert ("น้อยกว่า 3 คน</" in page) != seen


def test_pages_take_as_many_queries_for_three_results_as_for_one(
    login, supervisor, school, subject, django_assert_max_num_queries
):
    client = login(supervisor)
    urls = [
        reverse("school_learning", args=[school.pk]),
        reverse("school_learning_year", args=[school.pk, YEAR]),
    ]
    LearningResultFactory(school=school, subject=subject, shares=(25, 25, 25, 25))
    counts = []
    for url in urls:
        with django_assert_max_num_queries(15) as few:
            client.get(url)
        counts.append(len(few))
    for name in ("คณิตศาสตร์", "รวม"):
        LearningResultFactory(school=school, subject__name=name, shares=(25, 25, 25, 25))
    for url, few in zip(urls, counts, strict=True):
        with django_assert_max_num_queries(few):
            client.get(url)
