"""A year's report before the year is over is called interim, unless a reason is given."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from reports import actions
from reports.drafts import draft_snapshot
from reports.enums import DocumentKind
from reports.interim import interim_reasons
from reports.models import INTERIM_TITLE, IssuedDocument
from schools.models import Term

WHY = "ก.ต.ป.น. มีมติให้รายงานเต็มปีก่อนปิดภาคเรียน"


@pytest.fixture
def year(issued):
    """A year whose only school has its report; the term is not closed yet."""
    return issued.round.term.academic_year


@pytest.fixture
def over(year):
    """The same year once its term has closed."""
    closed = timezone.localdate() - timedelta(days=1)
    Term.objects.filter(academic_year=year).update(closes_on=closed)
    return year


def prepare(year, by, **more) -> IssuedDocument:
    return actions.prepare_year_report(year, number="2/2569", by=by, **more)


def test_a_year_is_over_once_its_terms_are_closed_and_reported(year, more_schools, over):
    assert interim_reasons(over, timezone.localdate()) == []
    [reason] = interim_reasons(over, timezone.localdate() - timedelta(days=3))
    assert "ยังไม่ปิด" in reason
    more_schools(4)
    assert interim_reasons(over, timezone.localdate()) == [
        "ยังมี 1 รอบการนิเทศที่ยังไม่ออกรายงานรายภาคเรียน"
    ]


def test_before_the_year_is_over_the_report_is_interim(year, group_director, issue):
    document = prepare(year, group_director)
    assert document.is_interim
    assert str(document) == f"{INTERIM_TITLE} {year}"
    assert issue(document).frozen["document"]["title"] == INTERIM_TITLE


def test_a_draft_is_called_what_the_report_would_be(year):
    document = IssuedDocument(kind=DocumentKind.YEAR, academic_year=year)
    assert draft_snapshot(document)["document"]["title"] == INTERIM_TITLE


def test_after_it_the_report_is_that_of_the_year(over, group_director):
    assert prepare(over, group_director).title == "รายงานผลการนิเทศประจำปีการศึกษา"


def test_a_reason_saves_the_title_and_is_shown(year, login, group_director):
    client = login(group_director)
    url = reverse("year_report", args=[year.year])
    assert INTERIM_TITLE in client.get(url).content.decode()
    client.post(url, {"number": "2/2569", "not_interim_reason": WHY})
    document = IssuedDocument.objects.get(academic_year=year)
    assert (document.is_interim, document.not_interim_reason) == (False, WHY)
    assert WHY in client.get(document.get_absolute_url()).content.decode()


def test_no_reason_is_asked_for_once_the_year_is_over(over, login, group_director):
    page = login(group_director).get(reverse("year_report", args=[over.year]))
    assert "not_interim_reason" not in page.context["form"].fields


def test_a_returned_report_may_be_given_a_reason(year, login, group_director, area_director):
    document = prepare(year, group_director)
    actions.return_report_for_correction(document, by=area_director, reason="ขอใช้ชื่อเต็มปี")
    url = reverse("report_prepare_again", args=[document.pk])
    login(group_director).post(url, {"number": "2/2569", "not_interim_reason": WHY})
    document.refresh_from_db()
    assert not document.is_interim
    assert document.not_interim_reason == WHY


def test_a_returned_report_is_that_of_the_year_once_it_is_over(year, group_director, area_director):
    document = prepare(year, group_director)
    actions.return_report_for_correction(document, by=area_director, reason="รอสิ้นปี")
    Term.objects.filter(academic_year=year).update(closes_on=timezone.localdate())
    actions.prepare_report_again(document, number="2/2569", by=group_director)
    document.refresh_from_db()
    assert not document.is_interim


def test_a_corrected_version_keeps_the_reason(year, group_director, issue):
    document = issue(prepare(year, group_director, not_interim_reason=WHY))
    following = actions.revise_report(document, number="3/2569", reason="แก้คำผิด", by=group_director)
    assert (following.is_interim, following.not_interim_reason) == (False, WHY)


def test_the_database_knows_no_interim_term_report(issued):
    with pytest.raises(IntegrityError):
        IssuedDocument.objects.filter(pk=issued.pk).update(is_interim=True)
