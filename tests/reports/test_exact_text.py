"""Thai words are found in every paper as they are typed, by every reader, in every weight."""

from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from reports import actions as reports
from reports.paper_fonts import FACES, PaperFontsMissing, paper_font, sarabun_file
from reports.pdf import render_pdf
from supervision.practices import actions as practices
from tests import scenarios
from tests.factories import DutyFactory
from tests.pdf_readers import READERS
from tests.reports.conftest import PdfDocument

pytestmark = pytest.mark.db_agnostic

WORDS = ("คำสั่ง", "น้ำ", "กำหนด", "ทำ", "ที่", "ญี่ปุ่น", "ปั๊ม")
MORE_WORDS = ("ต่ำ", "ซ้ำ", "ลำดับ", "ปำ", "ฟ้ำ", "ฬำ", "ฟื้น", "เปลี่ยน", "ปี่", "ฝึก", "สิทธิ์", "ผู้")
SIZES = (9.4, 10.5, 12.5, 16, 28)  # points, of which papers use more
CONSONANTS = "กขงญฐดนปฝฟรษฬฮ"  # one of each shape that marks are placed over
PAPERS = (
    *("term", "year", "overview", "blank_form", "visit_form", "filled_form"),
    *("blank_needs", "needs"),
    *("letter", "plan", "certificate"),
    *("self_assessment", "indicator_set", "decision", "practice", "summary_record"),
    *("term_summary", "executive", "memo", "order", "profile"),
    *("drive_report", "agreement", "mentoring", "monitoring", "honour_certificate", "answers"),
)


@pytest.fixture(scope="session")
def drawn():
    """Papers by name, each drawn once."""
    return {}


@pytest.fixture
def office(cluster):
    """The name of the office stands on every paper."""
    cluster.area.name = " ".join(("สำนักงานเขต", *WORDS))
    cluster.area.save()


@pytest.fixture
def paper(drawn, request, db):
    def draw(name: str) -> bytes:
        if name not in drawn:
            request.getfixturevalue("office")
            drawn[name] = request.getfixturevalue(f"draw_{name}")
        return drawn[name]

    return draw


@pytest.fixture
def draw_term(prepared, issue):
    return PdfDocument(issue(prepared)).content


@pytest.fixture
def draw_year(year_prepared, issue):
    return PdfDocument(issue(year_prepared)).content


@pytest.fixture
def term_summary(agreed, cluster, group_director):
    """The summary of a cluster, put forward."""
    facts = {"number": "3/2569", "by": group_director}
    return reports.prepare_summary_report(agreed.term, cluster, **facts)


@pytest.fixture
def draw_term_summary(term_summary, issue):
    return PdfDocument(issue(term_summary)).content


@pytest.fixture
def draw_executive(term_summary, login, supervisor):
    return login(supervisor).get(reverse("report_executive", args=[term_summary.pk])).content


@pytest.fixture
def draw_memo(term_summary, login, supervisor):
    return login(supervisor).get(reverse("memo_paper", args=[term_summary.pk])).content


@pytest.fixture
def draw_order(login, clerk):
    duty = DutyFactory(text="ฝึกซ้ำ")
    return login(clerk).get(reverse("order_paper", args=[duty.officer.order_id])).content


@pytest.fixture
def draw_blank_form(login, supervisor, round_):
    url = reverse("blank_form", args=[round_.indicator_sets.get().pk])
    return login(supervisor).get(url).content


@pytest.fixture
def draw_visit_form(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    return login(supervisor).get(reverse("visit_form", args=[visit.pk])).content


@pytest.fixture
def draw_filled_form(login, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    return login(supervisor).get(reverse("visit_filled_form", args=[visit.pk])).content


@pytest.fixture
def draw_self_assessment(login, school_director, round_):
    confirmed = scenarios.self_assessment_confirmed(round_, by=school_director)
    url = reverse("self_assessment_filled_form", args=[confirmed.pk])
    return login(school_director).get(url).content


@pytest.fixture
def draw_indicator_set(login, supervisor, round_):
    url = reverse("indicator_set_paper", args=[round_.indicator_sets.get().pk])
    return login(supervisor).get(url).content


@pytest.fixture
def draw_decision(login, supervisor, agreed):
    return login(supervisor).get(reverse("decision_paper", args=[agreed.pk])).content


@pytest.fixture
def draw_profile(login, supervisor, agreed):
    url = reverse("school_profile_paper", args=[agreed.school_id])
    return login(supervisor).get(url).content


@pytest.fixture
def draw_practice(login, supervisor, round_):
    words = {"title": "ปั๊มน้ำ", "process": "ทำที่โรงเรียน", "outcome": "ใช้น้ำน้อยลง"}
    practice = practices.nominate_practice(round_, by=supervisor, **words)
    return login(supervisor).get(reverse("practice_paper", args=[practice.pk])).content


@pytest.fixture
def draw_summary_record(login, supervisor, agreed):
    return login(supervisor).get(reverse("summary_paper", args=[agreed.summary.pk])).content


@pytest.fixture
def draw_blank_needs(login, supervisor, campaign, round_):
    return login(supervisor).get(reverse("round_needs_form", args=[round_.pk])).content


@pytest.fixture
def draw_needs(login, supervisor, school_director, round_):
    scenarios.needs_submitted(round_, by=school_director)
    return login(supervisor).get(reverse("needs_paper", args=[round_.pk])).content


@pytest.fixture
def draw_letter(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    return login(supervisor).get(reverse("visit_notice_paper", args=[visit.pk])).content


@pytest.fixture
def draw_plan(login, supervisor, round_):
    scenarios.visit_planned(round_, by=supervisor)
    return login(supervisor).get(reverse("supervision_plan")).content


@pytest.fixture
def draw_certificate(login, supervisor, group_director, area_director, round_):
    certificate = scenarios.certificate_issued(
        round_, supervisor=supervisor, group_director=group_director, by=area_director
    )
    url = reverse("certificate_paper", args=[certificate.pk])
    return login(area_director).get(url).content


@pytest.fixture
def draw_drive_report(drive_report_prepared, issue):
    return PdfDocument(issue(drive_report_prepared)).content


@pytest.fixture
def draw_agreement(agreement_paper_url, login, group_director):
    return login(group_director).get(agreement_paper_url).content


@pytest.fixture
def draw_mentoring(mentoring_paper_url, login, group_director):
    return login(group_director).get(mentoring_paper_url).content


@pytest.fixture
def draw_monitoring(monitoring_paper_url, login, group_director):
    return login(group_director).get(monitoring_paper_url).content


@pytest.fixture
def draw_honour_certificate(honour_certificate_url, login, area_director):
    return login(area_director).get(honour_certificate_url).content


@pytest.fixture
def draw_answers(answers_paper_url, login, group_director):
    return login(group_director).get(answers_paper_url).content


@pytest.fixture
def draw_overview(login, area_director, agreed):
    return login(area_director).get(reverse("overview_pdf")).content


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_word_is_found_in_every_paper(name, read, paper):
    text = read(paper(name))
    assert [word for word in WORDS if word not in text] == []


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("weight", [400, 700])
def test_every_word_is_found_in_every_weight_and_size(weight, read):
    text = read(words_in_sizes(weight))
    found = {word: text.count(word) for word in (*WORDS, *MORE_WORDS)}
    assert found == dict.fromkeys(found, len(SIZES))


@cache
def words_in_sizes(weight: int) -> bytes:
    words = " ".join((*WORDS, *MORE_WORDS))
    lines = (f'<p style="font: {weight} {size}pt Nithet Paper">{words}</p>' for size in SIZES)
    return render_pdf(f'<html lang="th"><title>คำ</title>{"".join(lines)}')


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("consonant", CONSONANTS)
def test_the_letters_look_as_the_original_draws_them(consonant, face):
    text = "".join(consonant + signs for signs in ("ำ", "่ำ", "้ำ", "ี่", "ั๊", "ื้", "ิ์", "็"))
    ours, original = (drawn_letters(path, text) for path in (paper_font(face), sarabun_file(face)))
    assert ours.size == original.size
    assert ImageChops.difference(ours, original).getbbox() is None


def drawn_letters(font: Path, text: str) -> Image.Image:
    """As HarfBuzz places them, a pixel for each unit of the font."""
    assert features.check("raqm")
    face = ImageFont.truetype(font, size=1000, layout_engine=ImageFont.Layout.RAQM)
    image = Image.new("L", (round(face.getlength(text)) + 200, 1600))
    ImageDraw.Draw(image).text((100, 0), text, font=face, fill=255)
    return image


def test_the_fonts_are_built_the_same_each_time(settings, tmp_path):
    built = [paper_font(face).read_bytes() for face in FACES]
    settings.VAR = tmp_path
    call_command("build_fonts")
    assert [paper_font(face).read_bytes() for face in FACES] == built


def test_without_its_fonts_no_paper_is_drawn(settings, tmp_path):
    settings.VAR = tmp_path
    with pytest.raises(PaperFontsMissing, match=r"run manage\.py prepare"):
        render_pdf("<p>คำสั่ง</p>")
