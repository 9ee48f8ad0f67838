import pytest
from django.urls import reverse

from supervision.practices.enums import DecisionResult
from tests import scenarios

pytestmark = pytest.mark.django_db


def test_words_typed_into_a_form_that_came_too_late_are_shown(
    login, round_, supervisor, school_director, group_director
):
    """A colleague decided while this form was being filled in."""
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    sent = {
        "result": DecisionResult.ACHIEVED,
        "reason": "ผลสูงกว่าเกณฑ์ <b>ทุกด้าน</b>",
        "confirmed": "yes",
    }
    response = login(group_director).post(reverse("decision", args=[round_.pk]), sent)
    assert response.status_code == 409
    assert response.context["typed"] == ["ผลสูงกว่าเกณฑ์ <b>ทุกด้าน</b>"]
    assert "ผลสูงกว่าเกณฑ์ &lt;b&gt;ทุกด้าน" in response.content.decode()


def test_nothing_typed_shows_nothing(login, round_, supervisor, school_director):
    visit = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    response = login(supervisor).post(reverse("visit_sign", args=[visit.pk]))
    assert response.status_code == 409
    assert "ข้อความที่คุณพิมพ์ไว้" not in response.content.decode()
