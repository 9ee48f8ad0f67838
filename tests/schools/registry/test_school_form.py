"""The facts of a school: what is read from what people type, and what is refused with words."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from tests.factories import AreaFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(login, clerk):
    return login(clerk)


@pytest.fixture
def edit(client, school):
    """Save the school's form as its page offers it, with some boxes typed anew."""

    def save(by=client, version=None, **typed):
        url = reverse("school_edit", args=[school.pk])
        form = client.get(url).context["form"]
        sent = {box.html_name: box.value() for box in form}
        sent |= {"version": version or sent["version"]} | typed
        return by.post(url, {name: value for name, value in sent.items() if value is not None})

    return save


@pytest.fixture
def add(client):
    """Send the form of a new school."""

    def save(**typed):
        page = client.get(reverse("school_add"))
        return client.post(
            reverse("school_add"), {"version": page.context["form"]["version"].value(), **typed}
        )

    return save


def problems(response) -> str:
    assert response.status_code == 200
    return " ".join(m for errors in response.context["form"].errors.values() for m in errors)


def test_facts_are_saved_and_shown_on_the_card(client, edit, school):
    facts = {
        "obec_code": "42030001",
        "ministry_code": "1042030001",
        "sub_district": "โคกงาม",
        "district": "ด่านซ้าย",
        "position": "17.2764, 101.1486",
        "first_grade": Grade.K2,
        "last_grade": Grade.P6,
        "internet": "satellite",
        "has_electricity": "False",
        "phone": "042 000 000",
        "email": "school@example.org",
        "data_note": "รอตรวจ",
    }
    response = edit(**facts)
    assert response.url == reverse("school_card", args=[school.pk])
    page = " ".join(client.get(response.url).content.decode().split())
    for words in (
        *("42030001", "1042030001", "ตำบลโคกงาม อำเภอด่านซ้าย", "อ.2–ป.6", "ดาวเทียม", "รอตรวจ"),
        *("ไม่มีไฟฟ้าใช้", "042 000 000", "mailto:school@example.org"),
        "https://www.google.com/maps/search/?api=1&amp;query=17.276400,101.148600",
    ):
        assert words in page, words


def test_what_is_unknown_is_said_so(client, school):
    page = client.get(reverse("school_card", args=[school.pk])).content.decode()
    assert page.count("ยังไม่มีข้อมูล") >= 8
    assert "None" not in page


@pytest.mark.parametrize(
    ("box", "typed", "stored"),
    [
        ("obec_code", "๔๒๐๓ ๐๐๐๑", "42030001"),
        ("obec_code", "4203-0001", "42030001"),
        ("obec_code", "", None),
        ("name", "บ้านใหม่", "โรงเรียนบ้านใหม่"),
        ("name", " ร.ร. บ้าน  ใหม่ ", "โรงเรียนบ้าน ใหม่"),
        ("district", "อำเภอภูเรือ", "ภูเรือ"),
        ("sub_district", "ต. ท่าศาลา", "ท่าศาลา"),
    ],
)
def test_typed_in_many_ways(edit, school, box, typed, stored):
    assert edit(**{box: typed}).status_code == 302
    school.refresh_from_db()
    assert getattr(school, box) == stored


@pytest.mark.parametrize(
    "typed",
    ["17.27640012345678, 101.148599999999", "(17.2764, 101.1486)", "๑๗.๒๗๖๔ ๑๐๑.๑๔๘๖"],
)
def test_a_position_is_read_as_maps_copy_it(edit, school, typed):
    assert edit(position=typed).status_code == 302
    school.refresh_from_db()
    assert (school.latitude, school.longitude) == (Decimal("17.276400"), Decimal("101.148600"))


@pytest.mark.parametrize(
    ("box", "typed", "message"),
    [
        ("obec_code", "1042030001", "โปรดย้ายไปกรอกในช่อง “รหัสสถานศึกษา 10 หลัก”"),
        ("ministry_code", "42030001", "โปรดย้ายไปกรอกในช่อง “รหัสโรงเรียน 8 หลัก”"),
        ("obec_code", "4203001", "ต้องมี 8 หลัก แต่พิมพ์มา 7 หลัก"),
        ("obec_code", "4203000A", "ต้องเป็นตัวเลขล้วน"),
        ("obec_code", "9" * 10_000, "แต่พิมพ์มา 10,000 หลัก"),
        ("obec_code", "4203\x000001", "ต้องเป็นตัวเลขล้วน"),
        ("name", "บ้าน\x00ใหม่", "มีอักขระที่มองไม่เห็น"),
        ("name", "โรงเรียน", "โปรดกรอกชื่อโรงเรียนต่อจากคำว่าโรงเรียน"),
        ("name", "ก" * 145, "ยาวเกิน 150 ตัวอักษร"),
        ("name", "", "โปรดกรอกชื่อโรงเรียน"),
        ("position", "101.1486, 17.2764", "ละติจูดกับลองจิจูดสลับกัน"),
        ("position", "48.85, 2.35", "นอกประเทศไทย"),
        ("position", "ริมแม่น้ำ", "อ่านพิกัดไม่ได้"),
        ("position", "nan, inf", "อ่านพิกัดไม่ได้"),
        ("last_grade", Grade.P6, "ให้ครบทั้งสองช่อง"),
        ("email", "ไม่ใช่อีเมล", "อีเมล"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_kept_in_the_box(edit, school, box, typed, message):
    response = edit(**{box: typed})
    assert message in problems(response)
    assert response.context["form"][box].value() == str(typed)
    school.refresh_from_db()
    assert school.name == "โรงเรียนของเรา"


def test_grades_go_upwards(edit):
    assert "ต้องไม่ต่ำกว่าชั้นต่ำสุด" in problems(edit(first_grade=Grade.P6, last_grade=Grade.P1))


def test_a_code_or_name_of_another_school_is_refused_by_its_name(edit, other_school):
    School.objects.filter(pk=other_school.pk).update(obec_code="42030002")
    assert "รหัส 42030002 เป็นของโรงเรียนอื่นแล้ว" in problems(edit(obec_code="42030002"))
    assert "มีโรงเรียนอื่นอยู่ในทะเบียนแล้ว" in problems(edit(name="โรงเรียน อื่น"))


def test_a_code_of_another_area_is_shown_as_doubtful_and_not_refused(client, edit, school):
    type(school.area).objects.update(code="4203")
    assert edit(obec_code="42010001").status_code == 302
    page = client.get(reverse("school_card", args=[school.pk])).content.decode()
    assert "ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ 4203" in page


def test_two_clerks_do_not_overwrite_each_other(client, edit, login, administrator, school):
    version = (
        client.get(reverse("school_edit", args=[school.pk])).context["form"]["version"].value()
    )
    assert edit(by=login(administrator), internet="sim", phone="1").status_code == 302
    response = edit(version=version, phone="2", internet="")
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ซิมโทรศัพท์เคลื่อนที่”" in problems(response)
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “1”" in problems(response)
    school.refresh_from_db()
    assert school.phone == "1"
    assert edit(version=response.context["form"]["version"].value(), phone="2").status_code == 302


def test_a_position_is_not_overwritten_unseen_either(client, edit, school):
    version = (
        client.get(reverse("school_edit", args=[school.pk])).context["form"]["version"].value()
    )
    edit(position="17.2764, 101.1486")
    response = edit(version=version, position="17.3, 101.2")
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “17.276400, 101.148600”" in problems(response)


def test_the_card_tells_the_registrar_who_changed_what(client, edit, school, login, supervisor):
    edit(phone="042")
    card = reverse("school_card", args=[school.pk])
    page = client.get(card).content.decode()
    assert "แก้ไขโทรศัพท์" in page
    assert "โทรศัพท์: ว่าง → 042" in page
    assert "เพิ่มในทะเบียน" in page
    assert "แก้ไขโทรศัพท์" not in login(supervisor).get(card).content.decode()


def test_a_school_is_added_with_its_cluster(client, add, cluster):
    response = add(name="บ้านใหม่", cluster=cluster.pk, since="16/5/2567")
    school = School.objects.get(name="โรงเรียนบ้านใหม่")
    assert response.url == reverse("school_card", args=[school.pk])
    assert school.memberships.get().cluster == cluster
    assert "กลุ่มโรงเรียนของเรา" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("since", "message"), [("", "โปรดกรอกวันที่เริ่มสังกัด"), ("16/5/2024", "ปี 2024 เป็น ค.ศ.")]
)
def test_a_cluster_needs_its_first_day(add, cluster, since, message):
    assert message in problems(add(name="บ้านใหม่", cluster=cluster.pk, since=since))
    assert not School.objects.filter(name="โรงเรียนบ้านใหม่").exists()


def test_the_form_offers_places_typed_before(client, school):
    AreaFactory()
    SchoolFactory(district="ภูเรือ")
    page = client.get(reverse("school_add")).content.decode()
    assert '<option value="ภูเรือ">' in page


@pytest.mark.parametrize("name", ["school_edit", "school_counts", "school_move", "school_close"])
def test_who_only_sees_the_school_may_not_keep_it(
    login, supervisor, outsider_director, school, name
):
    url = reverse(name, args=[school.pk])
    assert login(supervisor).get(url).status_code == 403
    assert login(outsider_director).get(url).status_code == 404


def test_steps_profile_and_card_of_a_school_lead_to_each_other(login, supervisor, round_, school):
    names = ("school", "school_profile", "school_card")
    steps, profile, card = (reverse(name, args=[school.pk]) for name in names)
    client = login(supervisor)
    for page, link in ((steps, profile), (profile, card), (card, steps)):
        assert f'href="{link}"' in client.get(page).content.decode()


def test_who_keeps_the_registry_without_seeing_schools_is_not_led_to_a_404(
    login, administrator, school
):
    page = login(administrator).get(reverse("school_card", args=[school.pk])).content.decode()
    assert reverse("school", args=[school.pk]) + '"' not in page
