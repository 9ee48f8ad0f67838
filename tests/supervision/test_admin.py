"""The reference lists: for the holder of the administrator's post, and nobody else."""

from copy import deepcopy
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.admin_site import office_admin
from schools.core.thai import short_date
from schools.enums import Role
from schools.models import Appointment, Area, SizeScheme, User
from supervision.assignments.models import LEARNING_AREAS_SOURCE, LearningArea
from supervision.profiles.models import EducationStandard
from supervision.standards.models import ManualForm, WorkGroup
from tests.personas import ROLES_OF_PEOPLE

pytestmark = pytest.mark.django_db

KEPT = [SizeScheme, LearningArea, WorkGroup, ManualForm, EducationStandard]
# What has pages and actions of its own; the back office must be no way around them.
ELSEWHERE = """
    auth/group auth/permission schools/user schools/appointment schools/area schools/cluster
    schools/clustermembership schools/school schools/academicyear schools/term
    schools/yearlycount supervision/scale supervision/indicatorset supervision/transition
    assignments/officialorder assignments/duty
"""


@pytest.fixture(autouse=True)
def djangos_own_templates(settings):
    """Django's admin templates lean on undefined names; ours are held to account elsewhere."""
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    del settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"]


@pytest.fixture
def manual():
    call_command("load_manual")


def url(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def rows(prefix: str, *sent: dict, initial: int = 0) -> dict:
    """The rows of an inline as the page sends them."""
    form = {f"{prefix}-TOTAL_FORMS": len(sent), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(sent):
        form |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return form


# --- Who comes in, and what is there ---


def test_it_checks_the_appointment_not_djangos_flags(login, supervisor):
    User.objects.filter(pk=supervisor.pk).update(is_staff=True, is_superuser=True)
    assert login(User.objects.get(pk=supervisor.pk)).get("/admin/").status_code == 403


@pytest.mark.parametrize(
    "role", [role for role in ROLES_OF_PEOPLE if role != Role.SYSTEM_ADMINISTRATOR]
)
@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/login/?next=/admin/", "/admin/schools/sizescheme/"]
)
def test_others_are_refused_and_never_sent_round_in_a_circle(login, request, role, page):
    response = login(request.getfixturevalue(role.value)).get(page, follow=True)
    assert response.status_code == 403


def test_who_has_not_signed_in_meets_the_portals_own_page():
    response = Client().get("/admin/schools/sizescheme/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/schools/sizescheme/"
    assert "account/login.html" in [template.name for template in response.templates]


def test_a_former_administrator_is_refused(login, administrator):
    Appointment.objects.filter(user=administrator).update(ends_on=date(2025, 1, 1))
    assert login(administrator).get("/admin/").status_code == 403


def test_only_lists_without_pages_of_their_own_are_here():
    assert set(office_admin._registry) == set(KEPT)


@pytest.mark.parametrize("model", ELSEWHERE.split())
def test_it_is_no_way_around_the_verbs(login, administrator, manual, model):
    client = login(administrator)
    assert client.get(f"/admin/{model}/").status_code == 404
    for page in ("add/", "1/change/", "1/delete/", "1/history/"):
        assert client.get(f"/admin/{model}/{page}").status_code == 404
        assert client.post(f"/admin/{model}/{page}", {"post": "yes"}).status_code == 404


def test_the_admin_site_adds_no_second_director(
    login, administrator, school_director, supervisor, school
):
    form = {"user": supervisor.pk, "role": Role.SCHOOL_DIRECTOR, "school": school.pk}
    login(administrator).post("/admin/schools/post/add/", form | {"starts_on": "9/5/2567"})
    assert Appointment.objects.get(role=Role.SCHOOL_DIRECTOR, school=school).user == school_director


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_every_page_opens(login, administrator, manual, model):
    client, row = login(administrator), model.objects.first()
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "add")).status_code == 200
    for page in ("change", "delete", "history"):
        assert client.get(url(model, page, row.pk)).status_code == 200


def test_passwords_and_signing_out_are_the_portals_own(login, administrator):
    client = login(administrator)
    assert client.get("/admin/password_change/").url == "/accounts/password/"
    assert client.post("/admin/logout/").url == "/accounts/login/"
    assert client.get("/").status_code == 302


def test_who_changed_what_is_told_in_thai_with_our_years(login, administrator, manual):
    form = {"process": "P3", "code": "7.9", "name": "แบบติดตาม", "step": "6"}
    client = login(administrator)
    assert client.post(url(ManualForm, "add"), form).status_code == 302
    added = ManualForm.objects.get(code="7.9")
    text = client.get(url(ManualForm, "history", added.pk)).content.decode()
    assert administrator.full_name in text
    assert short_date(timezone.localdate()) in text


# --- Ways to call schools small or large ---


@pytest.fixture
def save_scheme(login, administrator, manual):
    def post(*bands):
        form = {"name": "เกณฑ์ของสำนักงาน", "provenance": "ประกาศของสำนักงาน"}
        return login(administrator).post(url(SizeScheme, "add"), form | rows("bands", *bands))

    return post


def band(label, low, high=""):
    return {"label": label, "low": low, "high": high}


def test_an_office_adds_its_own_scheme(save_scheme):
    assert save_scheme(band("ใหญ่", 121), band("เล็ก", 0, 120)).status_code == 302
    scheme = SizeScheme.objects.get(name="เกณฑ์ของสำนักงาน")
    assert [scheme.size_of(pupils) for pupils in (120, 121)] == ["เล็ก", "ใหญ่"]
    assert scheme.key.startswith("office-")


@pytest.mark.parametrize("low", [0, 120])
def test_no_school_has_two_sizes(save_scheme, low):
    response = save_scheme(band("เล็ก", 1, 120), band("กลาง", low, 600))
    text = response.content.decode()
    assert "ซ้อนกัน" in text
    assert "“เล็ก”" in text
    assert "“กลาง”" in text
    assert not SizeScheme.objects.filter(name="เกณฑ์ของสำนักงาน").exists()


def test_an_open_end_takes_all_that_are_larger(save_scheme):
    response = save_scheme(band("ใหญ่", 121), band("ใหญ่พิเศษ", 1500))
    assert "ซ้อนกัน" in response.content.decode()


def test_a_scheme_without_bands_tells_no_size(save_scheme):
    assert "โปรดกรอกช่วงขนาด" in save_scheme().content.decode()


def test_the_scheme_in_use_is_not_deleted(login, administrator, manual):
    area = Area.objects.get()
    area.size_scheme = SizeScheme.objects.first()
    area.save()
    login(administrator).post(url(SizeScheme, "delete", area.size_scheme.pk), {"post": "yes"})
    assert SizeScheme.objects.filter(pk=area.size_scheme.pk).exists()


# --- Learning areas ---


def test_a_strand_is_added_to_its_learning_area(login, administrator, manual):
    area = LearningArea.objects.get(name="ภาษาไทย")
    form = {"name": area.name, "position": area.position}
    form |= rows("strands", {"learning_area": area.pk, "name": "การอ่าน", "position": 1})
    assert login(administrator).post(url(LearningArea, "change", area.pk), form).status_code == 302
    assert area.strands.get().name == "การอ่าน"
    listed = login(administrator).get(url(LearningArea, "changelist")).content.decode()
    assert LEARNING_AREAS_SOURCE in listed


# --- Work groups and forms of the manual ---


def test_a_work_is_added_to_its_group(login, administrator, manual):
    group = WorkGroup.objects.first()
    form = {"code": group.code, "name": group.name}
    form |= rows("works", {"work_group": group.pk, "code": "4.1.99", "name": "งานใหม่"})
    assert login(administrator).post(url(WorkGroup, "change", group.pk), form).status_code == 302
    assert group.works.filter(code="4.1.99").exists()


@pytest.mark.parametrize("step", ["0", "8"])
def test_a_form_is_used_in_one_of_the_seven_steps(login, administrator, step):
    form = {"process": "P3", "code": "7.9", "name": "แบบใหม่", "step": step}
    response = login(administrator).post(url(ManualForm, "add"), form)
    assert "step" in response.context["adminform"].form.errors
    assert not ManualForm.objects.exists()
