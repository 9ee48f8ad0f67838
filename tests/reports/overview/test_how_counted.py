"""Every figure of the overview says how it is counted."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PART = "reports/overview/how_counted.html"
TOPICS = re.findall('topic == "(.*?)"', (TEMPLATES / PART).read_text())


def explanation(topic: str) -> str:
    html = render_to_string(PART, {"topic": topic})
    return re.sub("<[^>]*>", "", html.partition("</summary>")[2]).strip()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_a_text_of_its_own(topic):
    assert len(explanation(topic)) > 40
    assert [other for other in TOPICS if explanation(other) == explanation(topic)] == [topic]


def test_pages_ask_only_for_topics_that_are_explained():
    pages = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    asked = re.findall(rf'"{PART}" with topic="(.*?)"', pages)
    assert set(asked) <= set(TOPICS)
