"""What the components in templates/components need and a template cannot say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# U+FE0E keeps phones from drawing the warning sign as a coloured emoji.
GLYPHS = {"done": "✓", "mine": "●", "wait": "○", "late": "⚠\ufe0e", "idle": "–"}
# Made once: the area board shows a thousand of them.
GLYPH_HTML = {
    kind: format_html('<span class="g" aria-hidden="true">{}</span>', sign)
    for kind, sign in GLYPHS.items()
}
CELL = '<a class="cell {}" href="{}"><span class="no">{}</span>{}<span class="word">{}</span></a>'
UNLINKED_CELL = (
    '<span class="cell {}"><span class="no">{}</span>{}<span class="word">{}</span></span>'
)


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: what is wrong and where to go to put it right."""

    message: str
    label: str = ""
    target: str = ""


@register.filter
def glyph(kind: str) -> SafeString:
    """The sign of a status, silent for screen readers because a word follows."""
    return GLYPH_HTML[kind]


@register.filter
def signing_as(person: Any, capacity: str) -> str:
    """A signature in words: who signed and in which capacity, unless the name says it already."""
    name = str(person)
    return f"{name} ({capacity})" if capacity and capacity not in name else name


@register.filter
def board_cell(cell: Any) -> SafeString:
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
        yield FormError(message)
    for number, form in enumerate(formset.forms, start=1):
        yield from _errors_of_one(form, prefix=f"รายการที่ {number} ")


def _errors_of_one(form: BaseForm, prefix: str = "") -> Iterator[FormError]:
    for message in form.non_field_errors():
        yield FormError(message, label=prefix.strip())
    for field in form:
        for message in field.errors:
            yield FormError(message, label=f"{prefix}{field.label}", target=_input_id(field))


def _input_id(field: BoundField) -> str:
    # A group of radios or check boxes has no id of its own: go to its first one.
    return field.id_for_label or f"{field.auto_id}_0"
