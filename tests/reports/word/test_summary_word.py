"""The summary of a term as a Word file, over all schools and over those of one cluster."""

import pytest
from django.urls import reverse

from reports import actions
from reports.data.summary import summary_report
from reports.models import IssuedDocument
from reports.typography import official_digits
from reports.word.context import document_context
from reports.word.render_process import TemplateFault
from reports.word.rendering import render_word
from schools.models import Term
from tests import scenarios
from tests.word_readers import open_word, word_headings, word_text, written_template

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]


def test_it_says_the_figures_of_the_summary(agreed, login, supervisor):
    figures = summary_report(agreed.term, None)
    content = (
        login(supervisor)
        .get(reverse("report_draft_word", args=["summary", agreed.term.pk]))
        .content
    )
    text = word_text(content)
    for standard in figures["figures"]["standards"]:
        assert official_digits(standard["visit"]["mean"]) in text
    for school in figures["schools"]:
        assert official_digits(school["school"]) in text
    assert "ส่วนที่ ๑ ผลการดำเนินงาน" in word_headings(content, 1)
    assert word_headings(content, 1)[-2:] == ["ผลรายโรงเรียน", "ภาคผนวก"]


def test_a_signed_one_says_whose_it_is(agreed, cluster, group_director, area_director):
    document = actions.prepare_summary_report(
        agreed.term, cluster, number="5/2569", by=group_director
    )
    actions.issue_report(document, by=area_director)
    text = word_text(render_word("summary", document_context(document), strict=True))
    assert official_digits(cluster.name) in text
    assert "จัดทำจากรายงานเลขที่ ๕/๒๕๖๙" in text


@pytest.mark.parametrize("of_cluster", [False, True])
def test_a_draft_can_be_had_before_it_is_put_forward(
    round_, cluster, login, supervisor, of_cluster
):
    target = f"{round_.term.pk}-{cluster.pk}" if of_cluster else round_.term.pk
    url = reverse("report_draft_word", args=["summary", target])
    assert "ร่างก่อนลงนาม" in word_text(login(supervisor).get(url).content)


@pytest.fixture
def with_emblem(round_, clerk):
    """What a summary's template reads while the office has an emblem."""
    scenarios.emblem_in_use(by=clerk)
    term = Term.objects.select_related("academic_year__area").get(pk=round_.term.pk)
    return document_context(IssuedDocument(kind="summary", term=term))


def test_the_emblem_is_on_the_cover(with_emblem):
    [emblem] = open_word(render_word("summary", with_emblem)).inline_shapes
    assert round(emblem.height.cm, 1) == 3


@pytest.mark.parametrize(
    "code", ["emblem.tpl.docx.save('x')", "(emblem|attr('tpl')).docx.save('x')"]
)
def test_a_template_cannot_use_the_picture_to_reach_further(with_emblem, code):
    with pytest.raises(TemplateFault, match="forbidden"):
        render_word("summary", with_emblem, template=written_template(f"{{{{ {code} }}}}"))
