"""What is followed up of an external assessment's recommendations; a higher app keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schools.core.registry import Registry
from schools.core.status import StatusKind
from schools.models import User
from supervision.profiles.models import ExternalAssessment

EXTERNAL_ADVICE = "recommendations of external assessments"


@dataclass(frozen=True)
class ExternalAdviceLine:
    """One recommendation of an assessment: who carries it out by when, and how far it is."""

    text: str
    url: str
    assignee: str
    due_on: date
    kind: StatusKind
    word: str


@dataclass(frozen=True)
class ExternalAdvicePanel:
    """Recommendations of one assessment, none of them withdrawn, as its page shows them.

    `add_url` is the page that records one more; empty for who may not.
    """

    lines: Sequence[ExternalAdviceLine]
    add_url: str = ""


external_advice_sources: Registry[
    str, Callable[[ExternalAssessment, User], ExternalAdvicePanel]
] = Registry("external assessments")


def external_advice_panel(assessment: ExternalAssessment, reader: User) -> ExternalAdvicePanel:
    """What the page of an assessment, which the reader may see, shows of its recommendations."""
    return external_advice_sources.get(EXTERNAL_ADVICE)(assessment, reader)
