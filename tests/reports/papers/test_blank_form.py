import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest
import weasyprint
from django.urls import reverse
from django.utils import timezone

from reports.papers.blank_form import visit_form_paper
from reports.pdf import render_pdf
from schools.core.thai import thai_digits
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Indicator
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import IndicatorSetFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of

pytestmark = pytest.mark.db_agnostic


def words_of(visit) -> str:
    """What the form of the visit says, before it is drawn."""
    html = visit_form_paper(Visit.objects.get(pk=visit.pk)).as_html()
    return normalized(re.sub("<[^>]*>", "", html).replace("\u2060", ""))


def test_any_set_is_printed_blank_with_all_its_indicators(login, supervisor, round_):
    chosen = round_.indicator_sets.get()
    text = text_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    for words in ("แบบนิเทศ ติดตาม และสรุปผล", "ตัวชี้วัดทดสอบ ๑.๑", "ตัวชี้วัดทดสอบ ๒.๒", "ผู้รับการนิเทศ"):
        assert normalized(words) in text
    for label in ("จุดเด่น", "จุดควรพัฒนา", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ", "ความต้องการรับการสนับสนุน"):
        assert normalized(label) in text


def test_a_draft_is_printed_for_who_may_read_it(login, supervisor, school_director):
    url = reverse("blank_form", args=[IndicatorSetFactory(draft=True).pk])
    assert login(supervisor).get(url).status_code == 200
    assert login(school_director).get(url).status_code == 404


def test_a_visits_form_has_its_head_filled(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    text = text_of(login(supervisor).get(reverse("visit_form", args=[visit.pk])))
    for words in (round_.school.name, visit.purpose, str(visit.leader), "ตัวชี้วัดทดสอบ ๑.๑"):
        assert normalized(words) in text


def test_a_form_holds_every_set_of_the_round(supervisor, round_):
    round_.indicator_sets.add(IndicatorSetFactory(name="ชุดปฐมวัยทดสอบ", level=1))
    text = words_of(scenarios.visit_planned(round_, by=supervisor))
    assert normalized("ชุดปฐมวัยทดสอบ ฉบับที่ ๑") in text
    assert normalized("ปฐมวัย มาตรฐานที่ ๑") in text


def test_a_classroom_observation_is_printed_as_what_it_is(login, supervisor):
    chosen = IndicatorSetFactory(name="แบบสังเกต (ตัวอย่าง)", use=SetUse.OBSERVATION, is_sample=True)
    text = text_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    for words in ("แบบสังเกตชั้นเรียน", "ครูผู้รับการสังเกต", "เรื่องที่สอน"):
        assert normalized(words) in text
    assert normalized("แบบนิเทศ ติดตาม และสรุปผล") not in text
    assert normalized("(ตัวอย่าง) ฉบับที่ ๑ (ตัวอย่าง)") not in text


def test_a_classroom_observation_has_no_form_7_3(login, supervisor, round_):
    facts = {"visit_on": timezone.localdate(), "purpose": "สังเกต", "kind": VisitKind.CLASSROOM}
    visit = visits.plan_visit(round_, by=supervisor, leader=supervisor, **facts)
    client = login(supervisor)
    url = reverse("visit_form", args=[visit.pk])
    assert url not in client.get(visit.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 404


def test_the_hours_of_the_visit_stay_on_one_line(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visit.visit_on, visit.starts_at, visit.ends_at = date(2026, 11, 28), time(9, 30), time(15)
    visit.save()
    page = pages_of(login(supervisor).get(reverse("visit_form", args=[visit.pk])))[0]
    lines = [normalized(line) for line in page.extract_text().splitlines()]
    assert any(normalized("๒๘ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๓๐–๑๕.๐๐ น.") in line for line in lines)


def test_a_blank_form_has_room_for_a_team_of_three_to_sign(login, supervisor, round_):
    chosen = round_.indicator_sets.get()
    pages = pages_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    last = normalized(pages[-1].extract_text())
    assert last.count("หัวหน้าคณะนิเทศ") == 1
    assert last.count("ผู้ร่วมนิเทศ") == 2
    for words in ("ลงชื่อ", "ตำแหน่ง", "วันที่"):
        assert last.count(normalized(words)) == 4


def test_each_of_the_team_signs_over_their_own_name(supervisor, other_supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visit.team.add(other_supervisor)
    text = words_of(visit)
    for person in (supervisor, other_supervisor):
        assert normalized(f"({person})") in text
    assert text.count("ลงชื่อ") == 3


@pytest.mark.parametrize("more", [3, 5, 8])
def test_a_form_of_any_length_is_fit_to_write_on(login, supervisor, round_, more):
    """Lying pages of one font, a head on each table, the signatures under the school's word."""
    chosen = round_.indicator_sets.get()
    standard = chosen.standards.last()
    Indicator.objects.bulk_create(
        Indicator(standard=standard, position=n, code=f"3.{n}", text="ตัวชี้วัดที่เพิ่ม")
        for n in range(3, 3 + more)
    )
    pages = pages_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    texts = [normalized(page.extract_text()) for page in pages]
    for number, (page, text) in enumerate(zip(pages, texts, strict=True), start=1):
        assert page.mediabox.width > page.mediabox.height
        assert {"Nithet-Paper"} == {
            font.split("+")[-1].removesuffix("-Bold") for font in fonts_of(page)
        }
        assert thai_digits(f"หน้า{number}/{len(pages)}") in text
        assert ("ตัวชี้วัดที่เพิ่ม" in text) <= ("ประเด็น/ตัวชี้วัด" in text)
    signed = [text for text in texts if "ลงชื่อ" in text]
    assert len(signed) == 1
    assert normalized("ความต้องการรับการสนับสนุน ความเห็นของผู้รับการนิเทศ") in signed[0]


def fonts_of(page) -> set[str]:
    return {font["/BaseFont"].partition("+")[2] for font in page["/Resources"]["/Font"].values()}


def test_the_schools_own_levels_are_printed_next_to_the_empty_ones(
    supervisor, school_director, round_
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    assert normalized("ตัวชี้วัดทดสอบ ๑.๑๓") not in words_of(visit)
    scenarios.self_assessment_confirmed(round_, by=school_director, level=3)
    assert normalized("ตัวชี้วัดทดสอบ ๑.๑๓") in words_of(visit)


def test_a_process_draws_one_paper_at_a_time(monkeypatch):
    """Eight forms asked for at once must not keep all other pages waiting."""
    drawing, most = [], []
    draw = weasyprint.HTML.write_pdf

    def watched(self, *args, **kwargs):
        drawing.append(self)
        most.append(len(drawing))
        try:
            return draw(self, *args, **kwargs)
        finally:
            drawing.remove(self)

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", watched)
    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(render_pdf, ["<p>แบบฟอร์ม</p>"] * 4))
    assert all(paper.startswith(b"%PDF") for paper in papers)
    assert max(most) == 1
