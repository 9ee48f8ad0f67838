"""The back office: for the holder of the administrator's post, and nobody else."""

from copy import deepcopy
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.admin_site import office_admin
from schools.enums import Role
from schools.models import Post, School, User
from schools.thai import short_date
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet, Scale
from supervision.workflow.models import Stated, Transition
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MODELS = list(office_admin._registry)
PASSWORD = "รหัสผ่านใหม่-2569"


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


def test_it_asks_the_post_not_djangos_flags(login, supervisor):
    User.objects.filter(pk=supervisor.pk).update(is_staff=True, is_superuser=True)
    assert login(User.objects.get(pk=supervisor.pk)).get("/admin/").status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
@pytest.mark.parametrize("page", ["/admin/", "/admin/login/?next=/admin/", "/admin/schools/user/"])
def test_others_are_refused_and_never_sent_round_in_a_circle(login, request, role, page):
    response = login(request.getfixturevalue(role.value)).get(page, follow=True)
    assert response.status_code == 403


def test_who_has_not_signed_in_meets_the_portals_own_page():
    response = Client().get("/admin/schools/school/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/schools/school/"
    assert "account/login.html" in [template.name for template in response.templates]


def test_a_former_administrator_is_refused(login, administrator):
    Post.objects.filter(user=administrator).update(ends_on=date(2025, 1, 1))
    assert login(administrator).get("/admin/").status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_every_page_opens(login, administrator, manual, model, page):
    response = login(administrator).get(url(model, page))
    assert response.status_code == (403 if (model.__name__, page) == ("Area", "add") else 200)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_opens(login, administrator, manual, model):
    row = model.objects.first()
    if row:
        assert login(administrator).get(url(model, "change", row.pk)).status_code == 200


def test_records_that_move_through_states_are_not_here():
    assert not [model for model in MODELS if issubclass(model, Stated) or model is Transition]


def test_a_new_person_gets_a_post_and_signs_in(login, administrator, manual):
    school = School.objects.first()
    form = {
        "username": "newdirector",
        "full_name": "ผู้อำนวยการโรงเรียน",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **management_form("posts", 1),
        "posts-0-role": Role.SCHOOL_DIRECTOR,
        "posts-0-school": school.pk,
        "posts-0-starts_on": "9/5/2567",
    }
    client = login(administrator)
    assert client.post(url(User, "add"), form).status_code == 302
    user = User.objects.get(username="newdirector")
    post = Post.objects.get(user=user)
    assert (post.starts_on, post.school) == (date(2024, 5, 9), school)
    assert post.history.get().history_user == administrator
    answer = Client().post("/accounts/login/", {"login": "newdirector", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_common_era_year_is_refused(login, administrator, manual):
    form = {
        "user": administrator.pk,
        "role": Role.CLERK,
        "starts_on": "9/5/2024",
    }
    response = login(administrator).post(url(Post, "add"), form)
    assert response.status_code == 200
    assert "2567" in str(response.context["adminform"].form.errors["starts_on"])
    assert Post.objects.filter(role=Role.CLERK).count() == 0


def test_a_post_at_the_wrong_place_is_refused(login, administrator, manual):
    form = {"user": administrator.pk, "role": Role.SCHOOL_DIRECTOR, "starts_on": "9/5/2567"}
    response = login(administrator).post(url(Post, "add"), form)
    assert "ตำแหน่งในโรงเรียนต้องระบุโรงเรียน" in response.content.decode()


def test_a_password_is_set_anew(login, administrator):
    user = UserFactory(username="forgetful")
    page = reverse("admin:auth_user_password_change", args=[user.pk])
    form = {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"}
    assert login(administrator).post(page, form).status_code == 302
    assert authenticate(username="forgetful", password=PASSWORD) == user


def test_the_password_page_speaks_thai_only(login, administrator):
    page = reverse("admin:auth_user_password_change", args=[administrator.pk])
    text = login(administrator).get(page).content.decode()
    assert "ตั้งรหัสผ่านใหม่" in text
    assert "authentication" not in text


def test_a_weak_password_is_refused_in_thai(login, administrator):
    user = UserFactory(username="forgetful")
    page = reverse("admin:auth_user_password_change", args=[user.pk])
    form = {"password1": "12345", "password2": "12345", "set-password": "1"}
    response = login(administrator).post(page, form)
    assert response.status_code == 200
    assert "รหัสผ่าน" in str(response.context["form"].errors)


def test_nobody_is_removed(login, administrator):
    user = UserFactory()
    assert login(administrator).post(url(User, "delete", user.pk)).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_a_schools_changes_are_kept_and_shown(login, administrator, manual):
    school = School.objects.get(name="โรงเรียนบ้านหนองสนุ่น")
    form = {
        "area": school.area_id,
        "name": "โรงเรียนบ้านหนองสนุ่น",
        "obec_code": "42030001",
        **management_form("memberships", 0),
    }
    client = login(administrator)
    assert client.post(url(School, "change", school.pk), form).status_code == 302
    text = client.get(url(School, "history", school.pk)).content.decode()
    assert "42030001" in text
    assert administrator.full_name in text
    assert short_date(timezone.localdate()) in text


def test_an_endorsed_scale_is_frozen(login, administrator, manual):
    scale = Scale.objects.get(key="iqa_quality_5")
    IndicatorSet.objects.filter(scale=scale).update(state=SetState.IN_REVIEW)
    client = login(administrator)
    assert client.get(url(Scale, "change", scale.pk)).status_code == 200
    assert client.post(url(Scale, "change", scale.pk), {"name": "อื่น"}).status_code == 403
    assert client.post(url(Scale, "delete", scale.pk), {"post": "yes"}).status_code == 403


def test_passwords_and_signing_out_are_the_portals_own(login, administrator):
    client = login(administrator)
    assert client.get("/admin/password_change/").url == "/accounts/password/"
    assert client.post("/admin/logout/").url == "/accounts/login/"
    assert client.get("/").status_code == 302


def management_form(prefix: str, total: int) -> dict[str, int]:
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}
