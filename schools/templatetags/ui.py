"""What the components in templates/components need and a template cannot say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from schools.core.status import StatusKind

register = template.Library()

# Made once: the area board shows a thousand of them.
GLYPH_HTML = {
    kind: format_html('<span class="g" aria-hidden="true">{}</span>', kind.glyph)
    for kind in StatusKind
}
CELL = '<a class="cell {}" href="{}"><span class="no">{}</span>{}<span class="word">{}</span></a>'
UNLINKED_CELL = (
    '<span class="cell {}"><span class="no">{}</span>{}<span class="word">{}</span></span>'
)


class BoardCellView(Protocol):
    """A cell of the area board as its filter reads it: sign, word, step and where it leads."""

    @property
    def kind(self) -> StatusKind: ...
    @property
    def word(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def no(self) -> int: ...


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: what is wrong and where to go to put it right."""

    message: str
    label: str = ""
    target: str = ""


@register.filter
def glyph(kind: str) -> SafeString:
    """The sign of a status, silent for screen readers because a word follows."""
    return GLYPH_HTML[StatusKind(kind)]


@register.filter
def signing_as(person: object, capacity: str) -> str:
    """A signature in words: who signed and in which capacity, unless the name says it already."""
    name = str(person)
    return f"{name} ({capacity})" if capacity and capacity not in name else name


@register.filter
def board_cell(cell: BoardCellView) -> SafeString:
    """One cell of the area board; as variables of a template these took half of the page's time."""
    if not cell.url:
        return format_html(UNLINKED_CELL, cell.kind, cell.no, GLYPH_HTML[cell.kind], cell.word)
    return format_html(CELL, cell.kind, cell.url, cell.no, GLYPH_HTML[cell.kind], cell.word)


@register.filter
def form_errors(form: BaseForm | BaseFormSet) -> list[FormError]:
    """Every error of a form or formset, in the order of the fields on the page."""
    if isinstance(form, BaseFormSet):
        return list(_formset_errors(form))
    return list(_errors_of_one(form))


def _formset_errors(formset: BaseFormSet) -> Iterator[FormError]:
    for message in formset.non_form_errors():
        yield FormError(str(message))
    for number, form in enumerate(formset.forms, start=1):
        yield from _errors_of_one(form, prefix=f"รายการที่ {number} ")


def _errors_of_one(form: BaseForm, prefix: str = "") -> Iterator[FormError]:
    for message in form.non_field_errors():
        yield FormError(str(message), label=prefix.strip())
    for field in form:
        for message in field.errors:
            yield FormError(str(message), label=f"{prefix}{field.label}", target=_input_id(field))


def _input_id(field: BoundField) -> str:
    # A group of radios or check boxes has no id of its own: go to its first one.
    return field.id_for_label or f"{field.auto_id}_0"
