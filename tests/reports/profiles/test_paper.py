"""The profile on paper: one page, whatever is known of the school."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse

from schools.models import School
from supervision.improvement.models import Recommendation
from supervision.needs.models import NeedsSurvey
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import YearlyCountFactory
from tests.reports.conftest import normalized

pytestmark = pytest.mark.db_agnostic
LONG = "จัดกิจกรรมซ่อมเสริมการอ่านออกเขียนได้เป็นรายบุคคลโดยใช้แบบฝึกที่ครูพัฒนาขึ้นและบันทึกผลทุกสัปดาห์" * 3


def pages_of(client, school):
    response = client.get(reverse("school_profile_paper", args=[school.pk]))
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return [normalized(page.extract_text()) for page in reader.pages]


def test_a_new_school_has_a_page(login, school, supervisor):
    [text] = pages_of(login(supervisor), school)
    for words in ("โรงเรียนของเรา", "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว", "ยังไม่มีนัดหมาย"):
        assert normalized(words) in text


def test_the_longest_texts_stay_on_one_page(
    login, round_, supervisor, school_director, group_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    School.objects.filter(pk=round_.school_id).update(
        name="โรงเรียน" + "บ้านตัวอย่างชื่อยาว" * 6, phone="042-000000 " * 5, district="อ" * 90
    )
    YearlyCountFactory(school=round_.school, pupils=999)
    advice = round_.recommendations.get()
    for _ in range(9):
        advice.pk = None
        advice.save()
    Recommendation.objects.update(text=LONG)
    NeedsSurvey.objects.update(wanted_first=LONG[:300], wanted_second=LONG[:300])
    visit_on = scenarios.working_day() + timedelta(days=7)
    visits.plan_visit(round_, by=supervisor, visit_on=visit_on, purpose=LONG, leader=supervisor)
    [text] = pages_of(login(supervisor), round_.school)
    assert normalized("ยังไม่ปิดอีก ๖ ข้อ ดูต่อในระบบ") in text
