"""A school's profile in a real Chromium: its parts arrive, sound for a screen reader, whole."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests import scenarios
from tests.browser import complaints_of, sign_in
from tests.factories import (
    AcademicYearFactory,
    ExternalAssessmentFactory,
    LearningResultFactory,
    YearlyCountFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def known_school(round_, supervisor, school_director, group_director):
    """Our school with something of everything."""
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    YearlyCountFactory(school=round_.school, pupils=20)
    for year in (2567, 2568):
        LearningResultFactory(
            school=round_.school, academic_year=AcademicYearFactory(year=year), shares=(20, 80)
        )
    ExternalAssessmentFactory(school=round_.school)
    return round_.school


def test_it_loads_its_parts_sound_and_whole(page, live_server, login, supervisor, known_school):
    complaints = complaints_of(page)
    sign_in(page, login(supervisor), live_server.url)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + reverse("school_profile", args=[known_school.pk]))
        page.locator("#findings #learning").wait_for()
        page.locator("#background #circumstances").wait_for()
        for summary in page.locator("main summary").all():
            summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
