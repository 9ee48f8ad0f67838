"""The administrator keeps who and where: the back office tells nothing of what was judged."""

from copy import deepcopy

import pytest
from django.urls import reverse

from schools.models import AcademicYear, School, Term
from tests import walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def djangos_own_templates(settings):
    """Django's admin templates lean on undefined names; ours are held to account elsewhere."""
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    del settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"]


@pytest.fixture
def decided(round_, supervisor, school_director, group_director):
    walk.until_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


@pytest.mark.parametrize("model", [School, Term, AcademicYear])
def test_what_stands_in_the_way_of_deleting_is_counted_not_told(
    login, administrator, decided, model
):
    row = model.objects.first()
    page = reverse(f"admin:schools_{model._meta.model_name}_delete", args=[row.pk])
    for response in (login(administrator).get(page), login(administrator).post(page)):
        text = response.content.decode()
        assert "รายการ</li>" in text
        assert [told for told in ("achieve", "รอบที่ 1", "supervision.") if told in text] == []
    assert model.objects.filter(pk=row.pk).exists()


def test_many_at_once_are_told_as_little(login, administrator, decided, school):
    sent = {"action": "delete_selected", "_selected_action": school.pk}
    text = login(administrator).post(reverse("admin:schools_school_changelist"), sent)
    assert "รอบการนิเทศ 1 รายการ" in text.content.decode()
    assert "achieve" not in text.content.decode()


def test_what_nothing_stands_on_is_deleted_as_before(login, administrator, decided):
    extra = School.objects.create(area=decided.school.area, name="โรงเรียนที่พิมพ์ผิด")
    page = reverse("admin:schools_school_delete", args=[extra.pk])
    login(administrator).post(page, {"post": "yes"})
    assert not School.objects.filter(pk=extra.pk).exists()
