"""A bundle of papers: what is in it, for whom it is made, and how long it is kept."""

import io
import uuid
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from reports.actions import issue_report
from reports.papers.bundles import ask_for_bundle, make_bundle, purge_bundles
from reports.papers.models import PaperBundle
from reports.papers.needs_forms import NEEDS_FORM_NAME
from schools.core.errors import ActionRefused
from schools.core.thai import thai_digits
from schools.enums import Role
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.criteria.models import Indicator
from supervision.visits import actions as visits
from supervision.visits.queries import SUMMARISED_FIELDS
from tests import scenarios
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import AppointmentFactory, RoundFactory, SchoolFactory
from tests.pdf_readers import READERS, images_on
from tests.reports.conftest import normalized


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BOOK_PARTS_ROOT = tmp_path / "parts"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(scope="session")
def made():
    """A bundle for all readers, made for the first of them."""
    return {}


@pytest.fixture
def neighbour(cluster, term):
    """Another school of the cluster with a round of the term."""
    school = SchoolFactory(name="โรงเรียนเพื่อนบ้าน", cluster=cluster)
    return RoundFactory(school=school, term=term)


def create(client, term, **asked) -> PaperBundle:
    """Ask on the page, and let the worker make it."""
    before = PaperBundle.objects.count()
    response = client.post(reverse("bundle_create", args=[term.pk]), asked)
    assert response.status_code == 302
    assert PaperBundle.objects.count() <= before + 1
    bundle = PaperBundle.objects.latest("asked_at")
    make_bundle.call(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def pdf_of(client, bundle) -> bytes:
    response = client.get(reverse("bundle_file", args=[bundle.pk]))
    assert response["Cache-Control"] == "private, no-store"
    return response.getvalue()


def texts_of(pdf: bytes) -> list[str]:
    return [normalized(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def bookmarks_of(pdf: bytes) -> list[str]:
    found = []
    for entry in pypdf.PdfReader(io.BytesIO(pdf)).outline:
        found += [mark.title for mark in entry] if isinstance(entry, list) else [entry.title]
    return found


@pytest.mark.db_agnostic
def test_all_papers_of_a_school_are_one_file_with_a_list(
    login, supervisor, school_director, round_, term
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_signed(round_, by=supervisor)
    client = login(supervisor)
    pdf = pdf_of(client, create(client, term, school=round_.school_id))
    marks, texts = bookmarks_of(pdf), texts_of(pdf)
    starts = ("ข้อมูลโรงเรียน", "แบบ 7.1", "แบบ 7.2", "แบบประเมินตนเอง", "แบบ 7.3")
    assert marks[0] == round_.school.name
    assert [mark.startswith(start) for mark, start in zip(marks[1:], starts, strict=True)] == [
        True
    ] * 5
    assert all(normalized(thai_digits(mark)) in texts[0] for mark in marks)
    assert normalized(NEEDS_FORM_NAME) in texts[2]
    title = pypdf.PdfReader(io.BytesIO(pdf)).metadata.title
    assert title == thai_digits(f"ชุดเอกสารการนิเทศ {round_.school.name} ภาคเรียนที่ {term}")


@pytest.mark.db_agnostic
def test_pages_are_numbered_through_and_the_list_leads_to_them(login, supervisor, round_, term):
    scenarios.visit_signed(round_, by=supervisor)
    client = login(supervisor)
    pdf = pdf_of(client, create(client, term, school=round_.school_id))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    labels = [thai_digits(number) for number in range(1, len(reader.pages) + 1)]
    assert reader.page_labels == labels
    assert all(text.endswith(label) for text, label in zip(texts_of(pdf), labels, strict=True))
    places = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    targets = [note.get_object()["/Dest"][0] for note in reader.pages[0]["/Annots"]]
    found = dict.fromkeys(places[target.indirect_reference] for target in targets)
    assert list(found) == [1, 2, 4]  # the school's profile, form 7.2 and form 7.3
    assert normalized("แบบนิเทศ ติดตาม และสรุปผล") in texts_of(pdf)[4]


def test_a_cluster_is_bundled_with_what_its_schools_share_once(
    login, supervisor, group_director, round_, neighbour, term
):
    neighbour.indicator_sets.set(round_.indicator_sets.all())
    scenarios.visit_signed(round_, by=supervisor)
    client = login(supervisor)
    cluster = round_.school.memberships.get().cluster
    page = client.get(reverse("term_papers", args=[term.pk])).content.decode()
    assert "รวมทั้งกลุ่ม 2 โรงเรียน" in page
    bundle = create(client, term, cluster=cluster.pk)
    assert bundle.subject == cluster.name
    marks = bookmarks_of(pdf_of(client, bundle))
    assert sum(mark.startswith("แบบ 7.2") for mark in marks) == 1
    assert create(client, term, school=bundle.school_keys) == bundle


@pytest.mark.db_agnostic
@pytest.mark.parametrize("read", READERS)
def test_words_are_found_as_they_are_typed(login, supervisor, round_, term, made, read):
    if not made:
        scenarios.visit_signed(round_, by=supervisor)
        client = login(supervisor)
        made["pdf"] = pdf_of(client, create(client, term, school=round_.school_id))
    text = read(made["pdf"])
    for word in ("ชุดเอกสารการนิเทศ", "สำนักงาน", "ตำแหน่ง", "ข้อค้นพบ"):
        assert word in text


def test_a_bundle_holds_what_its_asker_may_open_and_no_more(
    login, supervisor, school_director, round_, term
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    scenarios.visit_notice_written(visit, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    office, school = login(supervisor), login(school_director)
    ours = bookmarks_of(pdf_of(office, create(office, term, school=round_.school_id)))
    theirs = bookmarks_of(pdf_of(school, create(school, term, school=round_.school_id)))
    assert any(mark.startswith("หนังสือแจ้ง") for mark in ours)
    assert any(mark.startswith("แบบ 7.3") for mark in ours)
    assert not any(mark.startswith(("หนังสือแจ้ง", "แบบ 7.3")) for mark in theirs)


@pytest.mark.db_agnostic
def test_an_issued_report_is_in_it_with_its_photos(
    login, supervisor, school_director, group_director, area_director, round_, term
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    scenarios.add_photo(visit.sheet, by=supervisor, caption="มุมอ่าน", has_consent=True)
    words = [SubmittedEdit(uuid.uuid4(), None, field, "ครูร่วมมือ") for field in SUMMARISED_FIELDS]
    record_edits(visit.sheet, words, by=supervisor)
    visits.sign_visit(visit, by=supervisor)
    visits.acknowledge_visit(visit, by=school_director)
    scenarios.round_decided(round_, by=group_director)
    scenarios.summary_agreed(round_, supervisor=supervisor, director=school_director)
    issue_report(scenarios.report_prepared(round_, by=group_director), by=area_director)
    client = login(school_director)
    pdf = pdf_of(client, create(client, term, school=round_.school_id))
    assert bookmarks_of(pdf)[-1].startswith("รายงานผลการนิเทศรายภาคเรียน เลขที่ 1/2569")
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    shown = [page for page in pages if images_on(page)]
    assert ["มุมอ่าน" in page.extract_text() for page in shown] == [True, True]


def test_nobody_bundles_or_opens_what_is_not_theirs(
    login, supervisor, school_director, outsider_director, cluster_chair, round_, term
):
    bundle = create(login(school_director), term, school=round_.school_id)
    for name in ("bundle", "bundle_cancel", "bundle_file"):
        url = reverse(name, args=[bundle.pk])
        assert login(supervisor).get(url).status_code == 404
        assert login(supervisor).post(url).status_code == 404
    stranger = login(outsider_director)
    asked = {"school": round_.school_id}
    assert stranger.post(reverse("bundle_create", args=[term.pk]), asked).status_code == 409
    page = stranger.get(reverse("term_papers", args=[term.pk]))
    assert round_.school.short_name not in page.content.decode()
    chair = login(cluster_chair)
    assert chair.post(reverse("bundle_create", args=[term.pk]), asked).status_code == 403
    assert PaperBundle.objects.count() == 1


def test_who_holds_other_appointments_asks_anew(login, school_director, round_, term):
    client = login(school_director)
    bundle = create(client, term, school=round_.school_id)
    url = reverse("bundle_file", args=[bundle.pk])
    assert pdf_of(client, bundle)
    AppointmentFactory(
        user=school_director,
        role=Role.CLUSTER_CHAIR,
        cluster=round_.school.cluster_on(timezone.localdate()),
    )
    assert client.get(url).status_code == 409
    assert "โปรดขอใหม่" in client.get(bundle.get_absolute_url()).content.decode()


def test_asking_anew_by_fewer_rights_opens_nothing_that_was_made_by_more(
    login, supervisor, round_, term
):
    client = login(supervisor)
    bundle = create(client, term, school=round_.school_id)
    assert pdf_of(client, bundle)
    supervisor.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    AppointmentFactory(user=supervisor, role=Role.ACADEMIC_TEACHER, school=round_.school)
    client.post(reverse("bundle_create", args=[term.pk]), {"school": round_.school_id})
    assert client.get(reverse("bundle_file", args=[bundle.pk])).status_code == 409


@pytest.mark.parametrize("reader", ["subcommittee_member", "supervisor"])
def test_a_school_that_left_the_cluster_takes_its_papers_along(
    request, login, reader, round_, term
):
    """A supervisor still sees the school, but not all that is known of it."""
    client = login(request.getfixturevalue(reader))
    bundle = create(client, term, school=round_.school_id)
    assert pdf_of(client, bundle)
    round_.school.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("bundle_file", args=[bundle.pk])).status_code == 409


def test_a_bundle_is_waited_for_cancelled_and_asked_for_again(
    login, supervisor, round_, term, django_capture_on_commit_callbacks
):
    client = login(supervisor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("bundle_create", args=[term.pk]), {"school": round_.school_id})
    bundle = PaperBundle.objects.get()
    client.post(reverse("bundle_create", args=[term.pk]), {"school": round_.school_id})
    bundle.refresh_from_db()
    assert bundle.attempt == 1  # who presses twice gets the same
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "กำลังรวมเอกสาร" in page
    client.post(reverse("bundle_cancel", args=[bundle.pk]))
    make_bundle.call(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name) == ("cancelled", "")
    assert client.get(reverse("bundle_file", args=[bundle.pk])).status_code == 404
    assert create(client, term, school=round_.school_id).state == "done"


@pytest.mark.parametrize("count", [0, 41])
def test_none_and_too_many_schools_are_refused(supervisor, term, count):
    schools = [SchoolFactory.build(pk=number) for number in range(count)]
    with pytest.raises(ActionRefused, match="1 ถึง 40"):
        ask_for_bundle(term, schools, by=supervisor, subject="ก")


def test_old_bundles_are_purged_with_their_files(login, supervisor, round_, term):
    client = login(supervisor)
    bundle = create(client, term, school=round_.school_id)
    file = Path(bundle.file.path)
    assert file.exists()
    assert purge_bundles() == 0
    PaperBundle.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert purge_bundles() == 1
    assert not file.exists()


def test_signed_agreements_of_a_drive_are_one_pdf(login, round_, neighbour, group_director, term):
    used = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used)
    drive = drive_at_work(term, indicators, by=group_director)
    url = reverse("agreements_bundle", args=[drive.academic_year.year])
    client = login(group_director)
    assert client.post(url).status_code == 409, "nobody has signed"
    agreement_in_force(drive, round_.school, by=group_director)
    assert client.post(url).status_code == 302
    bundle = PaperBundle.objects.get()
    make_bundle.call(bundle.pk)
    page = client.get(bundle.get_absolute_url()).text
    assert f'action="{url}"' in page
    text = "".join(texts_of(pdf_of(client, bundle)))
    assert normalized(round_.school.name) in text
    assert normalized(neighbour.school.name) not in text
    assert normalized("บันทึกข้อตกลงความร่วมมือ") in text
