"""Two of the office keep one list: nobody overwrites what they have not seen, or names it twice."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.thai import numeric_date
from supervision.criteria.content import content_of
from supervision.criteria.drafting import actions as drafting
from supervision.criteria.models import IndicatorSet
from supervision.criteria.tables.workbook import workbook_of
from supervision.needs.models import NeedsFrame
from tests.factories import (
    IndicatorSetFactory,
    ScaleFactory,
)
from tests.two_at_once.acts import during, together

pytestmark = pytest.mark.django_db(transaction=True)


def opened(client, url):
    """A page's form as it stands now, ready to be sent."""
    sent = {box.html_name: box.value() for box in client.get(url).context["form"]}
    sent = {k: numeric_date(v) if isinstance(v, date) else v for k, v in sent.items()}
    return {k: v for k, v in sent.items() if v is not None}


def codes(outcomes):
    """How each page was answered: 302 saved, 200 told at the form."""
    return sorted(getattr(outcome, "status_code", outcome) for outcome in outcomes)


def test_a_table_is_brought_back_while_a_colleague_writes(group_director, login):
    draft, page = IndicatorSetFactory(draft=True), login(group_director)
    file = SimpleUploadedFile("ชุด.xlsx", workbook_of(draft, content_of(draft)))
    preview = page.post(reverse("indicator_set_import", args=[draft.pk]), {"file": file}).context
    standard = draft.standards.get(number=1)
    late = during(
        lambda: drafting.write_standard(standard, facts={"name": "คำของเขา"}),
        lambda: page.post(preview["save_url"], {"file": preview["file"], "seen": preview["seen"]}),
    )
    assert late.context["overtaken"]
    assert draft.standards.get(number=1).name == "คำของเขา"


def test_two_begin_a_set_of_one_name(group_director, login):
    url = reverse("indicator_set_add")
    typed = {"name": "ชุดจุดเน้น", "level": 0, "use": "round", "scale": ScaleFactory().pk}
    pages = login(group_director), login(group_director)
    outcomes = together(*(lambda page=page: page.post(url, typed) for page in pages))
    assert codes(outcomes) == [200, 302]
    told = next(one for one in outcomes if one.status_code == 200).content.decode()
    assert "โปรดใช้ชื่ออื่น" in told
    assert "ชุดจุดเน้น" in told
    assert IndicatorSet.objects.count() == 1


def test_two_write_a_frame_of_one_name(group_director, login):
    url, pages = reverse("needs_frame_new"), (login(group_director), login(group_director))
    outcomes = together(
        lambda: pages[0].post(url, {"name": "จุดเน้น", "areas": "วิชาการ"}),
        lambda: pages[1].post(url, {"name": "จุดเน้น", "areas": "บุคคล"}),
    )
    assert codes(outcomes) == [200, 302]
    told = next(one for one in outcomes if one.status_code == 200).content.decode()
    assert "โปรดใช้ชื่ออื่น" in told
    kept = NeedsFrame.objects.get().areas.get().name
    assert {"วิชาการ": "บุคคล", "บุคคล": "วิชาการ"}[kept] in told
