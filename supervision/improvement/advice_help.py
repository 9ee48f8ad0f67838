"""Who or what can help with a recommendation; a higher app keeps it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schools.core.registry import Registry
from schools.models import User
from supervision.improvement.models import Recommendation

ADVICE_HELP = "help with a recommendation"


@dataclass(frozen=True)
class AdviceHelpLine:
    """One who or one thing that can help, where it stands, and the address that takes it off.

    `remove_url` is empty for who may not choose.
    """

    title: str
    place: str
    url: str
    remove_url: str = ""


@dataclass(frozen=True)
class AdviceHelpPanel:
    """What a recommendation points to, and the address of the page that chooses; empty for most."""

    lines: Sequence[AdviceHelpLine]
    choose_url: str = ""


advice_help_sources: Registry[str, Callable[[Recommendation, User], AdviceHelpPanel]] = Registry(
    "recommendations"
)


def advice_help_panel(recommendation: Recommendation, reader: User) -> AdviceHelpPanel:
    """What the recommendation's page shows its reader."""
    return advice_help_sources.get(ADVICE_HELP)(recommendation, reader)
