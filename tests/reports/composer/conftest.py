"""The report of a year, with people who write it."""

import pytest

from reports.composer import actions as composing
from reports.composer.actions import part_version_token
from reports.composer.sources import load_text_sources
from schools.enums import Role
from tests.personas import user_with_role


@pytest.fixture
def composition(round_):
    """The report of the round's year; nobody has written anything yet."""
    return composing.create_composition_of_year(round_.term.academic_year)


@pytest.fixture
def sources(composition):
    return load_text_sources(composition)


@pytest.fixture
def other_writer(db):
    return user_with_role(Role.GROUP_DIRECTOR, "second_writer")


@pytest.fixture
def save(composition, sources, group_director):
    """Save a text in a part as a page that has seen what stands there now."""

    def act(key, text, *, by=group_director, version=None):
        part = composition.parts.get(key=key)
        version = version or part_version_token(part)
        return composing.save_part_text(part, text=text, version=version, sources=sources, by=by)

    return act
