"""Two people write the same part of a report at once: both texts are kept."""

import pytest

from reports.composer import actions as composing
from reports.composer.actions import part_version_token
from reports.composer.enums import PartKey
from reports.composer.models import Composition, CompositionPart
from reports.composer.sources import load_text_sources
from tests.concurrency.parallel import reloaded, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_save_one_part(round_, group_director, area_director):
    composition = composing.create_composition_of_year(round_.term.academic_year)
    part = composition.parts.get(key=PartKey.DISCUSSION)
    sources, seen = load_text_sources(composition), part_version_token(part)

    def save(text, by):
        return lambda: composing.save_part_text(
            reloaded(part), text=text, version=seen, sources=sources, by=by
        )

    outcomes = run_together(save("ของคนหนึ่ง", group_director), save("ของอีกคน", area_director))
    aside = [outcome.set_aside for outcome in outcomes if outcome.set_aside]
    assert len(aside) == 1
    stored = CompositionPart.objects.get(pk=part.pk)
    assert {stored.text, aside[0].text} == {"ของคนหนึ่ง", "ของอีกคน"}
    assert stored.versions.count() == 2


def test_two_begin_one_report(round_):
    year = round_.term.academic_year
    run_together(*[lambda: composing.create_composition_of_year(reloaded(year))] * 2)
    assert Composition.objects.count() == 1
    assert CompositionPart.objects.count() == 11
