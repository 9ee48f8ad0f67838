"""What developers of other offices' systems read about the API."""

import re

import pytest
from django.urls import reverse

from reports.api.operations import OPERATIONS
from reports.api.reference import reference_operations

THAI = re.compile("[ก-๛]")


def test_every_operation_parameter_and_field_is_explained_in_thai():
    operations = reference_operations()
    assert len(operations) == len(OPERATIONS)
    for operation in operations:
        assert THAI.search(operation.summary)
        assert THAI.search(operation.description)
        assert operation.fields
        for field in (*operation.parameters, *operation.fields):
            assert THAI.search(field.meaning) or field.name == "sha256", field


def test_values_are_told_in_words():
    by_address = {operation.address: operation for operation in reference_operations()}
    school = {field.name: field.kind for field in by_address["/api/v1/schools/{school}"].fields}
    assert school["id"] == "จำนวนเต็ม"
    assert school["cluster"] == "{id, name} หรือว่าง (null)"
    assert school["closed_on"] == "วันที่ หรือว่าง (null)"
    asked = {field.name: field.kind for field in by_address["/api/v1/documents"].parameters}
    assert asked["kind"] == "ค่าใดค่าหนึ่งใน term, summary, year, drive"


@pytest.mark.django_db
def test_the_page_shows_all_of_it_without_a_script(login, administrator):
    page = login(administrator).get(reverse("api_reference")).content.decode()
    for operation in OPERATIONS:
        assert f"GET /api/v1{operation.address}" in page
    assert "supervisor_mean" in page
    assert reverse("api:openapi") in page
