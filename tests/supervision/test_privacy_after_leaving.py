"""What stays behind when somebody leaves: the computer, the post, the address in a phone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from supervision.calendar.feeds import create_calendar_feed
from tests import leak_canaries
from tests.crawler import addresses_of_words, crawl

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]


@pytest.mark.parametrize("way_out", ["account_logout", "admin:logout"])
def test_signing_out_empties_what_the_browser_keeps_for_its_back_button(
    login, administrator, client, way_out
):
    browser = login(administrator)
    assert "Clear-Site-Data" not in browser.get(reverse("home"))
    assert browser.post(reverse(way_out))["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.get(reverse("account_login"))
    assert "Clear-Site-Data" not in client.post(reverse("account_logout"))


@pytest.fixture
def leavers(request, round_):
    """Of the school and of the office, each with a mail address and a calendar in the phone."""
    leak_canaries.fill_round_with_canaries(round_, leak_canaries.participants(request))
    people = [request.getfixturevalue(name) for name in ("school_director", "supervisor")]
    for person in people:
        person.email = f"{person.username}@office.example"
        person.save()
    return {person: create_calendar_feed(by=person).token for person in people}


def test_no_mail_and_no_calendar_follow_who_has_left(client, leavers, school):
    call_command("send_digests", verbosity=0)
    told = crawl(client, *map(feed_url, leavers.values()))
    assert len(mail.outbox) == 2
    assert addresses_of_words([school.short_name], told)
    for person in leavers:
        person.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
        person.digests.all().delete()
    mail.outbox.clear()
    call_command("send_digests", verbosity=0)
    told = crawl(client, *map(feed_url, leavers.values()))
    assert mail.outbox == []
    assert addresses_of_words([school.short_name, *leak_canaries.SECRET_CANARIES], told) == {}


def feed_url(token):
    return reverse("calendar_feed", args=[token])
