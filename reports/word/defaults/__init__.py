"""The Word templates that the portal brings, one module a kind of report."""

from collections.abc import Callable, Mapping

from reports.word.defaults.drive import drive_template
from reports.word.defaults.memo import memo_template
from reports.word.defaults.minutes import minutes_template
from reports.word.defaults.order import order_template
from reports.word.defaults.summary import summary_template
from reports.word.defaults.term import term_template
from reports.word.defaults.year import year_template

DEFAULT_TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "term": term_template,
    "summary": summary_template,
    "year": year_template,
    "drive": drive_template,
    "memo": memo_template,
    "order": order_template,
    "minutes": minutes_template,
}
