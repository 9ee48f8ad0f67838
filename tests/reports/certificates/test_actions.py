"""Certificates are numbered, signed once, and cancelled with a reason."""

import pytest

from reports.certificates.actions import cancel_certificate
from reports.certificates.models import Certificate
from reports.certificates.queries import next_certificate_number, practices_without_certificate
from schools.core.errors import ActionRefused
from supervision.practices import actions as practices
from supervision.practices.enums import PracticeKind
from supervision.workflow.queries import workflow_history
from tests.factories import WorkProcessFactory

pytestmark = pytest.mark.django_db


def test_several_are_given_numbers_that_follow(give, practice, other_practice, area_director):
    first, second = give(practice, other_practice, first_number=7)
    assert (first.printed_number, second.printed_number) == ("7/2569", "8/2569")
    assert first.recipient == practice.round.school.name
    assert first.level == "ระดับเขตพื้นที่การศึกษา"
    assert first.frozen["signer"]["name"] == str(area_director)
    assert first.code != second.code
    assert next_certificate_number(2569) == 9
    assert next_certificate_number(2570) == 1
    assert not practices_without_certificate()


def test_the_maker_of_the_unit_s_own_practice_gets_its_certificate(
    give, term, supervisor, group_director, school_director
):
    practice = practices.nominate_unit_practice(
        by=supervisor,
        kind=PracticeKind.HANDBOOK,
        work=WorkProcessFactory().work,
        title="คู่มือนิเทศ",
        process="ก",
        outcome="ข",
    )
    practices.select_practice(practice, by=group_director)
    [given] = give(practice)
    assert given.recipient == str(supervisor)
    assert given.frozen["term"] == f"ภาคเรียนที่ {term.number} ปีการศึกษา {term.academic_year}"
    assert not Certificate.objects.visible_to(school_director).exists()
    assert Certificate.objects.visible_to(supervisor).exists()


def test_a_number_is_given_once(give, practice, other_practice):
    give(practice, first_number=5)
    with pytest.raises(ActionRefused) as refused:
        give(other_practice, first_number=5)
    assert "เลขที่ 5/2569 ใช้แล้ว" in str(refused.value.field_errors)
    assert Certificate.objects.count() == 1


def test_a_practice_has_one_certificate_in_force(give, practice, certificate, area_director):
    with pytest.raises(ActionRefused, match="มีเกียรติบัตรแล้ว"):
        give(practice, first_number=2)
    cancel_certificate(certificate, by=area_director, reason="พิมพ์ชื่อผลงานผิด")
    [again] = give(practice, first_number=2)
    assert (again.number, certificate.is_cancelled) == (2, True)
    assert workflow_history(certificate)[0].reason == "พิมพ์ชื่อผลงานผิด"


def test_a_cancelled_number_is_not_given_again(give, practice, certificate, area_director):
    cancel_certificate(certificate, by=area_director, reason="ผิด")
    with pytest.raises(ActionRefused):
        give(practice, first_number=certificate.number)


def test_a_cancellation_says_why_and_happens_once(certificate, area_director):
    with pytest.raises(ActionRefused):
        cancel_certificate(certificate, by=area_director, reason=" ")
    cancel_certificate(certificate, by=area_director, reason="ผิด")
    with pytest.raises(ActionRefused):
        cancel_certificate(certificate, by=area_director, reason="ผิด")


def test_only_a_selected_practice_gets_one(give, round_, supervisor):
    nominated = practices.nominate_practice(
        round_, by=supervisor, title="ก", process="ข", outcome="ค"
    )
    with pytest.raises(ActionRefused, match="ไม่ได้รับคัดเลือก"):
        give(nominated)
