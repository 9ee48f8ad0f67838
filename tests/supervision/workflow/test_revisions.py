"""What a new version of a frozen record copies is said field by field."""

import pytest
from django.apps import apps

from supervision.workflow.models import RevisableModel

REVISABLE = [model for model in apps.get_models() if issubclass(model, RevisableModel)]


@pytest.mark.parametrize("model", REVISABLE)
def test_every_field_is_either_copied_or_set_anew(model):
    fields = {
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not field.primary_key
    }
    named = (*model.REVISION_COPIES, *model.REVISION_RESETS)
    assert sorted(named) == sorted(fields)


def test_every_record_with_versions_says_what_a_new_one_copies():
    versioned = {model for model in apps.get_models() if hasattr(model, "next_version")}
    assert versioned == {model for model in REVISABLE if hasattr(model, "previous")}
    assert len(REVISABLE) > len(versioned), "a summary keeps its agreed versions in another table"
