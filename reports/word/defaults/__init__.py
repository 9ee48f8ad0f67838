"""The Word templates that the portal brings, one module a kind of report."""

from collections.abc import Callable, Mapping

from reports.word.defaults.term import term_template

DEFAULT_TEMPLATES: Mapping[str, Callable[[], bytes]] = {"term": term_template}
