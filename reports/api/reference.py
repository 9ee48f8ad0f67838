"""The page on which developers of other offices' systems read what the API offers.

It is drawn from the API's own description (OpenAPI), so the two cannot differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from reports.api.operations import OPERATIONS, portal_api
from reports.api.paging import LONGEST_PAGE
from schools.access import Permission, require
from schools.core.http import SignedInRequest

Description = Mapping[str, Any]

KIND_LABELS = {
    "integer": "จำนวนเต็ม",
    "number": "ทศนิยม",
    "string": "ข้อความ",
    "boolean": "true หรือ false",
    "null": "ว่าง (null)",
    "array": "รายการ",
}


@dataclass(frozen=True)
class ReferenceField:
    """A parameter that may be sent, or a field of an item that is answered."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class ReferenceOperation:
    """One thing that a system may ask for; `is_list` says that its answer comes in pages."""

    address: str
    summary: str
    scope: str
    description: str
    is_list: bool
    parameters: Sequence[ReferenceField]
    fields: Sequence[ReferenceField]


def api_reference(request: SignedInRequest) -> HttpResponse:
    """The operations with what may be asked and what is answered."""
    require(request.user, Permission.ADMINISTER)
    context = {
        "address": settings.SITE_URL + reverse("api:api-root"),
        "longest_page": LONGEST_PAGE,
        "operations": reference_operations(),
    }
    return render(request, "reports/api/reference.html", context)


def reference_operations() -> list[ReferenceOperation]:
    """As the API describes itself, in its order."""
    described = portal_api.get_openapi_schema()
    components = described["components"]["schemas"]
    paths = zip(OPERATIONS, described["paths"].items(), strict=True)
    return [
        _operation(address, methods["get"], one.scope.label, components)
        for one, (address, methods) in paths
    ]


def _operation(
    address: str, described: Description, scope: str, components: Description
) -> ReferenceOperation:
    answer = described["responses"][200]["content"]["application/json"]["schema"]
    item = _component(answer, components)
    is_list = "items" in item["properties"]
    if is_list:
        item = _component(item["properties"]["items"]["items"], components)
    return ReferenceOperation(
        address=address,
        summary=described["summary"],
        scope=scope,
        description=described["description"],
        is_list=is_list,
        parameters=[_parameter(one, components) for one in described["parameters"]],
        fields=_fields(item, components),
    )


def _parameter(one: Description, components: Description) -> ReferenceField:
    """A parameter that may be left out is null to the description; nobody sends that word."""
    schema = one["schema"]
    values = [value for value in schema.get("anyOf", [schema]) if value.get("type") != "null"]
    return ReferenceField(one["name"], _kind({"anyOf": values}, components), one["description"])


def _fields(item: Description, components: Description) -> list[ReferenceField]:
    return [
        ReferenceField(name, _kind(field, components), field["description"])
        for name, field in item["properties"].items()
    ]


def _component(reference: Description, components: Description) -> Description:
    """What a $ref names."""
    return components[reference["$ref"].rsplit("/", 1)[-1]]


def _kind(schema: Description, components: Description) -> str:
    """What values it takes, in words."""
    if "anyOf" in schema:
        return " หรือ".join(_kind(one, components) for one in schema["anyOf"])
    if "$ref" in schema:
        return _kind(_component(schema, components), components)
    if "enum" in schema:
        return "ค่าใดค่าหนึ่งใน " + ", ".join(schema["enum"])
    if "properties" in schema:
        return "{" + ", ".join(schema["properties"]) + "}"
    if schema.get("format") == "date":
        return "วันที่"
    return KIND_LABELS[schema["type"]]
