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
from reports.tasks import attach
from schools.enums import Role
from supervision.calendar.actions import open_feed
from tests import marked, walk
from tests.cast import person
from tests.factories import RoundFactory, SchoolFactory
from tests.reader import everything_read_by, pdf_text, where

pytestmark = pytest.mark.django_db

PUBLIC = (reverse("published"), reverse("verify_form"), reverse("account_login"))
ISSUED_SCHOOLS = ("QZISSUEDONLY", "QZWITHDRAWN")
HIDDEN_SCHOOLS = (*ISSUED_SCHOOLS, "QZPREPARED")
POSTS = ("ผู้อำนวยการกลุ่ม", "ผู้อำนวยการโรงเรียน", "ผู้อำนวยการสำนักงาน", "ศึกษานิเทศก์ ")
PERSONS = (*marked.NAMES, "(area_director)")


@pytest.fixture
def people(request):
    return marked.people_of(request)


@pytest.fixture
def hidden_reports(term, round_, cluster, people, area_director):
    """Reports of other schools: one signed, one published and withdrawn, one put forward."""
    documents = []
    for number, name in enumerate(HIDDEN_SCHOOLS, start=20):
        school = SchoolFactory(name=f"โรงเรียน{name}", cluster=cluster)
        director = person(Role.SCHOOL_DIRECTOR, f"director{number}", school=school)
        sets = round_.indicator_sets.all()
        other = RoundFactory(school=school, term=term, indicator_sets=sets)
        walk.until_agreed(
            other,
            supervisor=people.supervisor,
            director=director,
            group_director=people.group_director,
        )
        by = people.group_director
        documents.append(walk.report_prepared(other, by=by, number=f"{number}/2569"))
    for document in documents[:2]:
        actions.issue(document, by=area_director)
        attach(document.pk, b"%PDF-1.7")
    documents[1].refresh_from_db()
    actions.publish(documents[1], by=area_director)
    actions.withdraw(documents[1], by=area_director, reason="QZWITHDRAWNWHY")
    return documents


@pytest.fixture
def published(round_, people, area_director, hidden_reports, issue):
    """The marked school's report and the year's, both with their papers, published."""
    marked.walked(round_, people)
    term = issue(walk.report_prepared(round_, by=people.group_director))
    year = actions.prepare_year_report(
        round_.term.academic_year, number="9/2569", by=people.group_director
    )
    year = issue(year)
    for document in (term, year):
        actions.publish(document, by=area_director)
    return term, year


def pages_of(documents):
    """Where a visitor may look for these, published or not."""
    names = ("published_report", "verify")
    return [reverse(name, args=[document.code]) for document in documents for name in names]


def asks_to_sign_in_or_is_not_there(response) -> bool:
    location = response.headers.get("Location", "")
    is_asked = location.startswith((reverse("account_login"), "/admin/login/"))
    return is_asked or response.status_code in (401, 404, 405, 410)


def test_a_visitor_reads_what_is_allowed_and_no_secret(
    client, login, group_director, published, hidden_reports
):
    starts = (*PUBLIC, *pages_of([*published, *hidden_reports]))
    told = everything_read_by(client, *starts)
    secrets = (*marked.SECRETS, "QZPREPARED", "QZWITHDRAWNWHY", *PERSONS, *POSTS)
    assert where(secrets, told) == {}
    assert where(ISSUED_SCHOOLS, told) == {
        name: [reverse("verify", args=[document.code])]
        for name, document in zip(ISSUED_SCHOOLS, hidden_reports, strict=False)
    }, "only who holds the paper, with its code, reads whose it is"
    assert set(where([*marked.ALLOWED, "โรงเรียนของเรา", "9/2569"], told)) == {
        *marked.ALLOWED,
        "โรงเรียนของเรา",
        "9/2569",
    }
    read_inside = everything_read_by(login(group_director), reverse("home"))
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


def test_a_paper_names_posts_and_no_person_and_carries_nothing_hidden(published):
    """It is for the school and the office, and goes from hand to hand all the same."""
    for document in published:
        text = read_paper(document)
        never = (*marked.OFFICE_ONLY, *PERSONS, *("QZDECLINEDTITLE", "QZWAITINGTITLE"))
        never += ("QZTEACHER", "QZLESSON", "QZOBSERVED", "QZCANCELLED", "QZPHOTO")
        assert [word for word in never if word in text] == []
        assert [word for word in ("QZSUMPOINTS", "QZRECOMMENDED") if word not in text] == []
        assert PdfReader(BytesIO(content_of(document))).attachments == {}


def test_a_classroom_observed_stands_in_its_schools_report_and_in_no_book(published):
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
        feed = open_feed(by=reader)
        told = everything_read_by(client, reverse("calendar_feed", args=[feed.token]))
        assert where((*marked.SECRETS, *PERSONS), told) == {}
        assert "BEGIN:VEVENT" in "".join(told.values())
