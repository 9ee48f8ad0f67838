import io
from datetime import time

import pypdf
from django.urls import reverse
from django.utils import timezone

from supervision.criteria.enums import SetUse
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from tests import walk
from tests.factories import IndicatorSetFactory
from tests.reports.conftest import squeeze


def text_of(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return squeeze("".join(page.extract_text() for page in pages))


def test_any_set_is_printed_blank_with_all_its_indicators(login, supervisor, round_):
    chosen = round_.indicator_sets.get()
    text = text_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    for words in ("แบบนิเทศ ติดตาม และสรุปผล", "ตัวชี้วัดทดสอบ ๑.๑", "ตัวชี้วัดทดสอบ ๒.๒", "ผู้รับการนิเทศ"):
        assert squeeze(words) in text
    for label in ("จุดเด่น", "จุดควรพัฒนา", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ", "ความต้องการรับการสนับสนุน"):
        assert squeeze(label) in text


def test_a_draft_is_printed_for_who_may_read_it(login, supervisor, school_director):
    url = reverse("blank_form", args=[IndicatorSetFactory(draft=True).pk])
    assert login(supervisor).get(url).status_code == 200
    assert login(school_director).get(url).status_code == 404


def test_a_visits_form_has_its_head_filled(login, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    text = text_of(login(supervisor).get(reverse("visit_form", args=[visit.pk])))
    for words in (round_.school.name, visit.purpose, str(visit.leader), "ตัวชี้วัดทดสอบ ๑.๑"):
        assert squeeze(words) in text


def test_a_form_holds_every_set_of_the_round(login, supervisor, round_):
    round_.indicator_sets.add(IndicatorSetFactory(name="ชุดปฐมวัยทดสอบ", level=1))
    visit = walk.visit_planned(round_, by=supervisor)
    text = text_of(login(supervisor).get(reverse("visit_form", args=[visit.pk])))
    assert squeeze("ชุดปฐมวัยทดสอบ ฉบับที่ ๑") in text
    assert squeeze("ปฐมวัย มาตรฐานที่ ๑") in text


def test_a_classroom_observation_is_printed_as_what_it_is(login, supervisor):
    chosen = IndicatorSetFactory(name="แบบสังเกต (ตัวอย่าง)", use=SetUse.OBSERVATION, is_sample=True)
    text = text_of(login(supervisor).get(reverse("blank_form", args=[chosen.pk])))
    for words in ("แบบสังเกตชั้นเรียน", "ครูผู้รับการสังเกต", "เรื่องที่สอน"):
        assert squeeze(words) in text
    assert squeeze("แบบนิเทศ ติดตาม และสรุปผล") not in text
    assert squeeze("(ตัวอย่าง) ฉบับที่ ๑ (ตัวอย่าง)") not in text


def test_a_classroom_observation_has_no_form_7_3(login, supervisor, round_):
    facts = {"visit_on": timezone.localdate(), "purpose": "สังเกต", "kind": VisitKind.CLASSROOM}
    visit = visits.plan(round_, by=supervisor, leader=supervisor, **facts)
    client = login(supervisor)
    url = reverse("visit_form", args=[visit.pk])
    assert url not in client.get(visit.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 404


def test_a_form_says_the_hours_of_the_visit(login, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    visit.starts_at, visit.ends_at = time(9, 30), time(15)
    visit.save()
    text = text_of(login(supervisor).get(reverse("visit_form", args=[visit.pk])))
    assert squeeze("เวลา ๐๙.๓๐–๑๕.๐๐ น.") in text
