"""Nobody reads of a school that is not theirs, and the school nothing that is the office's own.

tests/test_access_table.py says who may open which address; here somebody reads all that can be
reached and asked for, and looks for words that stand in one school's records only.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.actions import issue_report
from reports.certificates.actions import issue_certificates
from reports.papers.bundles import make_bundle
from reports.papers.models import PaperBundle
from reports.rendering import render_document
from schools.enums import Role
from tests import leak_canaries, scenarios
from tests.crawler import addresses_of_words, crawl, response_text
from tests.factories import ClusterFactory
from tests.personas import user_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

HOME = reverse("todos")
NUMBER = "QZNUMBER"


@pytest.fixture
def canary_round(request, round_):
    """With its report before the area director: put forward, not signed."""
    people = leak_canaries.participants(request)
    leak_canaries.fill_round_with_canaries(round_, people)
    scenarios.report_prepared(round_, by=people.group_director, number=NUMBER)
    return round_


@pytest.fixture
def former_director(school):
    """Who left the school yesterday, and whose account is still open."""
    user = user_with_role(Role.SCHOOL_DIRECTOR, "former_director", school=school)
    user.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    return user


@pytest.fixture
def other_chair(db):
    return user_with_role(Role.CLUSTER_CHAIR, "other_chair", cluster=ClusterFactory())


@pytest.fixture
def other_subcommittee(db):
    return user_with_role(Role.SUBCOMMITTEE_MEMBER, "other_subcommittee", cluster=ClusterFactory())


# How each stands to the marked school; the area's own people read it all.
STRANGERS = ("outsider_director", "former_director", "other_chair", "other_subcommittee")
BY_NAME_ONLY = ("cluster_chair", "administrator")
REPORT_PAPERS = ("report", "report_file", "report_word")
# Of each step one word that its paper has to show the school.
IN_PAPERS = (
    *("QZWANTED", "QZOWNNOTE", "QZFINDING", "QZOBSERVED", "QZDECISION", "QZPROCESS"),
    *("QZSUMSTRENGTHS", "QZRECOMMENDED", "QZCHOSENTITLE", NUMBER),
)
OF_THE_SCHOOL = ("school_director", "academic_teacher")


def bundle_text(client, round_) -> str:
    """All papers of the round that this person may open, as one file."""
    client.post(reverse("bundle_create", args=[round_.term_id]), {"school": round_.school_id})
    bundle = PaperBundle.objects.latest("asked_at")
    make_bundle.call(bundle.pk)
    return response_text(client.get(reverse("bundle_file", args=[bundle.pk])))


def test_a_signed_report_and_a_bundle_tell_a_school_nothing_of_the_office(
    login, settings, tmp_path, canary_round, school_director, area_director
):
    settings.BOOK_PARTS_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    report = canary_round.reports.get()
    issue_report(report, by=area_director)
    render_document.call(report.pk)
    certificates = issue_certificates(
        list(canary_round.practices.filter(state="selected")),
        by=area_director,
        given_on=timezone.localdate(),
        first_number=1,
    )
    client = login(school_director)
    addresses = [reverse(name, args=[report.pk]) for name in REPORT_PAPERS]
    addresses.append(reverse("certificate_paper", args=[certificates[0].pk]))
    told = {url: response_text(client.get(url)) for url in addresses}
    told["bundle"] = bundle_text(client, canary_round)
    assert addresses_of_words(leak_canaries.OFFICE_CANARIES, told) == {}
    in_bundle = addresses_of_words(IN_PAPERS, {"bundle": told["bundle"]})
    assert set(in_bundle) == set(IN_PAPERS)
    assert NUMBER in told[addresses[1]]


def test_each_reads_what_is_theirs(request, login, canary_round, school, group_director):
    """Followed by links from home, and asked for at every address where somebody read a secret."""
    secrets = (*leak_canaries.SECRET_CANARIES, *leak_canaries.PUBLIC_CANARIES, NUMBER)
    told = crawl(login(group_director), HOME)
    assert set(addresses_of_words(secrets, told)) == set(secrets), (
        "somebody must be able to read each"
    )
    addresses = [
        url
        for url, text in told.items()
        if any(word in text for word in secrets) and not any(word in url for word in secrets)
    ]  # a search shows the words that it was asked for

    def read_by(who):
        return crawl(login(request.getfixturevalue(who)), HOME, *addresses)

    for who in STRANGERS:
        assert addresses_of_words((*secrets, school.short_name), read_by(who)) == {}, who
    for who in BY_NAME_ONLY:
        assert addresses_of_words(secrets, read_by(who)) == {}, who
    for who in OF_THE_SCHOOL:
        found = addresses_of_words(leak_canaries.SECRET_CANARIES, read_by(who))
        assert set(found) == set(leak_canaries.SCHOOL_CANARIES), who
