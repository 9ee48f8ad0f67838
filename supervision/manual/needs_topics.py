"""The topics that an office begins with to lay needs beside results: ours, and its own then."""

from typing import Any

from supervision.assignments.models import LearningArea
from supervision.needs.models import NeedsTopic


def load_needs_topics(data: dict[str, Any]) -> None:
    """Load them only while the office has none: it changes the list as a whole."""
    if NeedsTopic.objects.exists():
        return
    areas = {area.name: area for area in LearningArea.objects.all()}
    NeedsTopic.objects.bulk_create(
        NeedsTopic(
            name=facts["name"],
            position=position,
            learning_area=areas.get(facts.get("learning_area", "")),
            words=facts.get("words", []),
            area_names=facts.get("areas", []),
            standard_names=facts.get("standards", []),
            provenance=data["provenance"],
        )
        for position, facts in enumerate(data["topics"], 1)
    )
