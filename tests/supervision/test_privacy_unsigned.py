"""What the office has not signed: neither the school nor the public hears what is said of it."""

import pytest
from django.urls import reverse

from reports import actions
from reports.rendering import attach_pdf
from tests import scenarios
from tests.crawler import addresses_of_words, response_text

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

WHY = ("QZRETURNEDWHY", "QZREVISEDWHY")
OF_THE_SCHOOL = ("school_director", "academic_teacher")
PUBLIC = ("published_report", "verify")


def told_by(client, *addresses):
    """What each of these pages says."""
    return {address: response_text(client.get(address)) for address in addresses}


def pages_of(round_):
    """Where a school hears of its reports."""
    names = ("round_history", "round", "term_report")
    own = [reverse(name, args=[round_.pk]) for name in names]
    return [*own, *(reverse(name) for name in ("home", "notices", "reports"))]


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


@pytest.fixture
def returned(agreed, group_director, area_director):
    report = scenarios.report_prepared(agreed, by=group_director)
    actions.return_report_for_correction(report, by=area_director, reason=WHY[0])
    return report


@pytest.fixture
def replaced(returned, group_director, area_director):
    """Signed and published at last; a corrected version of it waits for the signature."""
    by = group_director
    actions.prepare_report_again(returned, number="QZSIGNED", by=by)
    actions.issue_report(returned, by=area_director)
    attach_pdf(returned.pk, b"%PDF-1.7")
    returned.refresh_from_db()
    actions.publish_report(returned, by=area_director)
    return actions.revise_report(returned, number="QZNEXTNUMBER", reason=WHY[1], by=by)


@pytest.mark.parametrize("who", OF_THE_SCHOOL)
def test_why_a_report_was_not_signed_stays_in_the_office(
    request, login, agreed, returned, area_director, who
):
    history = reverse("round_history", args=[agreed.pk])
    assert WHY[0] in login(area_director).get(history).content.decode()
    told = told_by(login(request.getfixturevalue(who)), *pages_of(agreed))
    assert addresses_of_words(WHY, told) == {}
    assert "ลงนามบันทึกการนิเทศ" in told[history]


def test_a_correction_that_is_not_signed_is_nowhere_but_in_the_office(
    request, login, client, agreed, returned, replaced
):
    page = reverse("report", args=[replaced.pk])
    for who in OF_THE_SCHOOL:
        browser = login(request.getfixturevalue(who))
        assert addresses_of_words((WHY[1],), told_by(browser, *pages_of(agreed))) == {}, who
        assert browser.get(page).status_code == 404
    public = [reverse(name, args=[r.code]) for r in (returned, replaced) for name in PUBLIC]
    told = told_by(client, reverse("published"), *public)
    assert addresses_of_words((*WHY, replaced.number), told) == {}


def test_what_was_replaced_is_public_no_more(client, returned, replaced, area_director):
    address = reverse("published_report", args=[returned.code])
    assert client.get(address).status_code == 200
    actions.issue_report(replaced, by=area_director)
    attach_pdf(replaced.pk, b"%PDF-1.7")
    told = told_by(client, reverse("published"), address)
    assert client.get(address).status_code == 410
    assert addresses_of_words((*WHY, returned.number), told) == {}
    old_paper = client.get(reverse("verify", args=[returned.code])).content.decode()
    assert "มีฉบับแก้ไขแทนแล้ว" in old_paper
    assert [why for why in WHY if why in old_paper] == []


def test_the_school_gets_no_news_of_a_report_that_is_not_signed(
    login, school_director, group_director, returned, area_director
):
    def told(person):
        news = login(person).get(reverse("notices")).context["notices"].news
        return [line.title for line in news if "รายงาน" in f"{line.title} {line.record}"]

    assert told(group_director)
    assert told(school_director) == []
    actions.prepare_report_again(returned, number="2/2569", by=group_director)
    actions.issue_report(returned, by=area_director)
    assert told(school_director) == ["ลงนามออกรายงาน"]
