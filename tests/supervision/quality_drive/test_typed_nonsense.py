"""What nobody should type into the drive's forms: refused in words, and no page breaks."""

from datetime import date
from itertools import product

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from tests.sample_files import jpeg
from tests.test_access_table import (  # noqa: F401  # fixtures of every record
    PERSONAS,
    ROWS,
    personas,
    records,
)

ELSEWHERE = {("sheet_standard", one) for one in ("sheet", "visit_sheet")}  # take more arguments
DRIVE = "supervision.quality_drive."
LONG, HUGE = "ก" * 10_000, "9" * 20
PHOTO_BYTES = 40 * 1024 * 1024
# Which boxes take what; a form without such a box is not asked.
KINDS = {
    "long": forms.CharField,
    "number": (forms.DecimalField, forms.IntegerField),
    "christian era": forms.DateField,
    "photo": forms.FileField,
}


def drive_forms(records):  # noqa: F811
    """The address of each form of the drive, and a persona who may post there."""
    read = {(name, subject) for method, name, subject, _ in ROWS if method == "GET"}
    found = [
        (reverse(name, kwargs=records.get(subject, {})), PERSONAS[signs.index("o")])
        for method, name, subject, signs in ROWS
        if method == "POST" and "o" in signs and (name, subject) in read - ELSEWHERE
    ]
    return [(url, who) for url, who in found if resolve(url).func.__module__.startswith(DRIVE)]


def typed(box, kind):
    """What is sent for one box of a form: nonsense of this kind where the box takes it."""
    field = box.field
    if isinstance(field, forms.FileField):
        if kind != "photo":
            return None
        content = jpeg() + bytes(PHOTO_BYTES)
        return SimpleUploadedFile("ภาพ.jpg", content, content_type="image/jpeg")
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return [str(key) for key, _ in list(field.choices)[:1]]
    if isinstance(field, forms.ChoiceField):
        return next((str(key) for key, _ in flat(field.choices) if key), "")
    if isinstance(field, forms.DateField):
        return "1/6/2026" if kind == "christian era" else numeric_date(timezone.localdate())
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        return HUGE if kind == "number" else "3"
    if box.is_hidden:
        value = box.value()
        return numeric_date(value) if isinstance(value, date) else value
    return LONG if kind == "long" else "ก"


def flat(choices):
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]


def answer_to(client, url, kind):
    """The status of posting nonsense into the form of this page; None where it is none of ours."""
    page = client.get(url)
    if page.status_code != 200 or not (page.context or {}).get("form"):
        return None
    boxes = list(page.context["form"])
    if not any(isinstance(box.field, KINDS[kind]) for box in boxes):
        return None
    sent = {box.html_name: typed(box, kind) for box in boxes}
    sent = {name: value for name, value in sent.items() if value not in (None, [])}
    return client.post(url, sent).status_code


@pytest.mark.db_agnostic
def test_no_form_of_the_drive_breaks(personas, records):  # noqa: F811
    answers = {}
    for (url, who), kind in product(drive_forms(records), KINDS):
        client = Client(raise_request_exception=False)
        client.force_login(personas[who])
        with transaction.atomic():
            found = answer_to(client, url, kind)
            transaction.set_rollback(True)
        if found is not None:
            answers[url, kind] = found
    assert len(answers) > 40
    assert {key: code for key, code in answers.items() if code >= 500} == {}
