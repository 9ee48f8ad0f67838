from django.urls import path, re_path, register_converter

from reports.drafts import DRAFT_ADDRESS
from reports.word import (
    agreement,
    downloads,
    handbook,
    network_summary,
    plan_summary,
    standard_sheet,
    template_pages,
)
from reports.word.enums import WordTemplateKind


class WordTemplateKindConverter:
    """A kind of report in an address."""

    regex = "|".join(WordTemplateKind.values)

    def to_python(self, value: str) -> WordTemplateKind:
        return WordTemplateKind(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(WordTemplateKindConverter, "word_kind")

urlpatterns = [
    path("drives/agreements/<int:pk>/word/", agreement.agreement_word, name="agreement_word"),
    path("reports/<int:pk>/word/", downloads.report_word, name="report_word"),
    path("reports/<int:pk>/memo/word/", downloads.memo_word, name="memo_word"),
    path("meetings/<int:pk>/minutes/word/", downloads.minutes_word, name="minutes_word"),
    path("orders/<int:pk>/word/", downloads.order_word, name="order_word"),
    re_path(rf"{DRAFT_ADDRESS}word/$", downloads.report_draft_word, name="report_draft_word"),
    path(
        "standards/<str:code>/<int:year>/sheet.docx",
        standard_sheet.standard_sheet_word,
        name="standard_sheet_word",
    ),
    path(
        "handbooks/<int:year>/<int:officer>/handbook.docx",
        handbook.handbook_word,
        name="handbook_word",
    ),
    path(
        "networks/<int:year>/summary.docx",
        network_summary.network_summary_word,
        name="network_summary_word",
    ),
    path("plans/<int:pk>/summary.docx", plan_summary.plan_summary_word, name="plan_summary_word"),
    path("reports/word/", template_pages.word_templates, name="word_templates"),
    path("reports/word/<word_kind:kind>/", template_pages.word_template, name="word_template"),
    path(
        "reports/word/<word_kind:kind>/default/",
        template_pages.word_template_default,
        name="word_template_default",
    ),
    path(
        "reports/word/<word_kind:kind>/reset/",
        template_pages.word_template_reset,
        name="word_template_reset",
    ),
    path(
        "reports/word/versions/<int:pk>/",
        template_pages.word_template_file,
        name="word_template_file",
    ),
]
