"""A school whose every secret is a word of its own: none of them reaches who has not signed in."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from reports import actions
from reports.models import IssuedDocument
from reports.rendering import attach_pdf
from schools.enums import Role
from supervision.calendar.feeds import create_calendar_feed
from tests import leak_canaries, scenarios
from tests.crawler import addresses_of_words, crawl, pdf_text
from tests.factories import RoundFactory, SchoolFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

PUBLIC = (reverse("published"), reverse("verify_form"), reverse("account_login"))
ISSUED_SCHOOLS = ("QZISSUEDONLY", "QZWITHDRAWN")
HIDDEN_SCHOOLS = (*ISSUED_SCHOOLS, "QZPREPARED")
POSTS = ("ผู้อำนวยการกลุ่ม", "ผู้อำนวยการโรงเรียน", "ผู้อำนวยการสำนักงาน", "ศึกษานิเทศก์ ")
PERSONS = (*leak_canaries.PARTICIPANT_NAMES, "(area_director)")
# Who made, checked and signed a report, by its kind.
SIGNERS = {
    "term": ("(supervisor)", "(group_director)", "(area_director)"),
    "year": ("(area_director)",),
}


@pytest.fixture
def people(request):
    return leak_canaries.participants(request)


@pytest.fixture
def hidden_reports(term, round_, cluster, people, area_director):
    """Reports of other schools: one signed, one published and withdrawn, one put forward."""
    documents = []
    for number, name in enumerate(HIDDEN_SCHOOLS, start=20):
        school = SchoolFactory(name=f"โรงเรียน{name}", cluster=cluster)
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{number}", school=school)
        sets = round_.indicator_sets.all()
        other = RoundFactory(school=school, term=term, indicator_sets=sets)
        scenarios.round_until_summary_agreed(
            other,
            supervisor=people.supervisor,
            director=director,
            group_director=people.group_director,
        )
        by = people.group_director
        documents.append(scenarios.report_prepared(other, by=by, number=f"{number}/2569"))
    for document in documents[:2]:
        actions.issue_report(document, by=area_director)
        attach_pdf(document.pk, b"%PDF-1.7")
    documents[1].refresh_from_db()
    actions.publish_report(documents[1], by=area_director)
    actions.withdraw_report(documents[1], by=area_director, reason="QZWITHDRAWNWHY")
    return documents


@pytest.fixture
def published(round_, people, area_director, hidden_reports, issue):
    """The marked school's report and the year's, both with their papers, published."""
    leak_canaries.fill_round_with_canaries(round_, people)
    term = issue(scenarios.report_prepared(round_, by=people.group_director))
    year = actions.prepare_year_report(
        round_.term.academic_year, number="9/2569", by=people.group_director
    )
    year = issue(year)
    for document in (term, year):
        actions.publish_report(document, by=area_director)
    return term, year


def pages_of(documents):
    """Where a visitor may look for these, published or not."""
    names = ("published_report", "verify")
    return [reverse(name, args=[document.code]) for document in documents for name in names]


def asks_to_sign_in_or_is_not_there(response) -> bool:
    location = response.headers.get("Location", "")
    is_asked = location.startswith((reverse("account_login"), "/admin/login/"))
    return is_asked or response.status_code in (401, 404, 405, 410)


@pytest.mark.db_agnostic
def test_a_visitor_reads_what_is_allowed_and_no_secret(
    client, login, group_director, published, hidden_reports
):
    starts = (*PUBLIC, *pages_of([*published, *hidden_reports]))
    told = crawl(client, *starts)
    secrets = (*leak_canaries.SECRET_CANARIES, "QZPREPARED", "QZWITHDRAWNWHY", *PERSONS, *POSTS)
    assert addresses_of_words(secrets, told) == {}
    assert addresses_of_words(ISSUED_SCHOOLS, told) == {
        name: [reverse("verify", args=[document.code])]
        for name, document in zip(ISSUED_SCHOOLS, hidden_reports, strict=False)
    }, "only who holds the paper, with its code, reads whose it is"
    assert set(
        addresses_of_words([*leak_canaries.PUBLIC_CANARIES, "โรงเรียนของเรา", "9/2569"], told)
    ) == {
        *leak_canaries.PUBLIC_CANARIES,
        "โรงเรียนของเรา",
        "9/2569",
    }
    read_inside = crawl(login(group_director), reverse("home"))
    for url in read_inside.keys() - told.keys():
        response = client.get(url)
        assert asks_to_sign_in_or_is_not_there(response), url
        assert "QZ" not in response.content.decode().replace(url, ""), url


def test_no_file_has_an_address_of_its_own(client, published):
    """Uploads and papers lie in one folder, which nothing serves."""
    kept = [str(path.relative_to(settings.MEDIA_ROOT)) for path in files_in(settings.MEDIA_ROOT)]
    assert {Path(name).parts[0] for name in kept} == {
        "documents",
        "evidence",
        "progress",
        "signed",
    }
    for name in kept:
        assert default_storage.exists(name)
        for folder in ("", "media/", "static/", "static/../media/", "reports/", "published/"):
            assert client.get(f"/{folder}{name}").status_code == 404


def files_in(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_a_paper_names_who_signs_it_and_no_other_and_carries_nothing_hidden(published):
    """It is for the school and the office, and goes from hand to hand all the same."""
    for document in published:
        text = read_paper(document)
        signers = SIGNERS[document.kind]
        assert [name for name in signers if name not in text] == []
        never = (*leak_canaries.OFFICE_CANARIES, *("QZDECLINEDTITLE", "QZWAITINGTITLE"))
        never += tuple(name for name in PERSONS if name not in signers)
        never += ("QZTEACHER", "QZLESSON", "QZOBSERVED", "QZCANCELLED", "QZPHOTO")
        assert [word for word in never if word in text] == []
        assert [word for word in ("QZSUMPOINTS", "QZRECOMMENDED") if word not in text] == []
        assert PdfReader(BytesIO(content_of(document))).attachments == {}


def test_an_observation_is_in_its_schools_report_and_not_in_the_year_report(published):
    term, year = map(read_paper, published)
    seen = ("QZSUBJECT", "QZSEENSTRENGTHS", "QZSEENPOINTS", "QZSEENADVICE")
    assert [word for word in seen if word not in term] == []
    assert [word for word in seen if word in year] == []


def content_of(document: IssuedDocument) -> bytes:
    with document.file.open() as file:
        return file.read()


def read_paper(document: IssuedDocument) -> str:
    return pdf_text(content_of(document))


def test_a_secret_address_of_a_calendar_tells_schools_and_days_only(client, people, published):
    """Whoever finds it reads no result, no purpose and no name."""
    for reader in (people.supervisor, people.school_director):
        feed = create_calendar_feed(by=reader)
        told = crawl(client, reverse("calendar_feed", args=[feed.token]))
        assert addresses_of_words((*leak_canaries.SECRET_CANARIES, *PERSONS), told) == {}
        assert "BEGIN:VEVENT" in "".join(told.values())
