"""What a school states laid beside what its results say, topic by topic, as pure functions.

Nothing here says that one is the cause of the other, and schools are never ranked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.db.models import TextChoices

from schools.core.status import StatusKind
from supervision.needs.models import NeedsFactsRule, NeedsTopic
from supervision.needs.scoring import AreaNeed


class NeedsMatch(TextChoices):
    """How a stated need and the results stand to each other; what is neither is left out."""

    STATED_AND_SEEN = "both", "ระบุและพบในผล"
    SEEN_ONLY = "seen", "พบในผล แต่ไม่ได้ระบุ"
    STATED_ONLY = "stated", "ระบุ แต่ไม่พบในผล"

    @property
    def kind(self) -> StatusKind:
        """The sign of the group: what both say, and what only the results say, waits for an act."""
        return MATCH_KINDS[self]


MATCH_KINDS = {
    NeedsMatch.STATED_AND_SEEN: StatusKind.YOURS,
    NeedsMatch.SEEN_ONLY: StatusKind.WAITING,
    NeedsMatch.STATED_ONLY: StatusKind.IDLE,
}


@dataclass(frozen=True)
class StatedNeeds:
    """What one school's survey says: each area with its levels and its rank, and its own words."""

    areas: Sequence[AreaNeed] = ()
    wants: Sequence[str] = ()
    remarks: str = ""


class SeenFact(Protocol):
    """One figure about a school: a learning result, a standard's mean or its open advice.

    `topics` are the pks of those it is about (`topics_about`); `words` says the figure with its
    year and what it is held against, `low_word` by what it counts as low.
    """

    @property
    def is_low(self) -> bool: ...

    @property
    def topics(self) -> Collection[int]: ...

    @property
    def words(self) -> str: ...

    @property
    def low_word(self) -> str: ...


@dataclass(frozen=True)
class TopicMatch:
    """One topic at one school: what is stated and what is seen, and how they stand together."""

    topic: NeedsTopic
    group: NeedsMatch
    areas: Sequence[AreaNeed]
    wants: Sequence[str]
    facts: Sequence[SeenFact]

    @property
    def low_facts(self) -> list[SeenFact]:
        """The figures by which the topic is seen."""
        return [fact for fact in self.facts if fact.is_low]

    @property
    def other_facts(self) -> list[SeenFact]:
        return [fact for fact in self.facts if not fact.is_low]


def match_needs(
    topics: Iterable[NeedsTopic],
    stated: StatedNeeds | None,
    facts: Sequence[SeenFact],
    rule: NeedsFactsRule,
) -> list[TopicMatch]:
    """The topics that one school states, or that its results show, in the order given.

    `stated` is None where the school has not sent its survey.
    """
    found = (_match(topic, stated or StatedNeeds(), facts, rule) for topic in topics)
    return [match for match in found if match]


def _match(
    topic: NeedsTopic, stated: StatedNeeds, facts: Sequence[SeenFact], rule: NeedsFactsRule
) -> TopicMatch | None:
    areas = [
        area
        for area in stated.areas
        if area.name in topic.area_names and is_stated_level(area, rule)
    ]
    wants = [text for text in (*stated.wants, stated.remarks) if topic.is_named_in([text])]
    about = [fact for fact in facts if topic.pk in fact.topics]
    group = group_of(is_stated=bool(areas or wants), is_seen=any(fact.is_low for fact in about))
    return TopicMatch(topic, group, areas, wants, about) if group else None


def group_of(*, is_stated: bool, is_seen: bool) -> NeedsMatch | None:
    """None where neither the school nor its results name the topic."""
    if is_seen:
        return NeedsMatch.STATED_AND_SEEN if is_stated else NeedsMatch.SEEN_ONLY
    return NeedsMatch.STATED_ONLY if is_stated else None


def is_stated_level(area: AreaNeed, rule: NeedsFactsRule) -> bool:
    """Whether the school gave the area the rule's level of problem or of need, or a higher one."""
    levels = [score.mean for score in (area.problem, area.need) if score.mean is not None]
    return any(level >= rule.stated_level for level in levels)


def topics_about(
    topics: Iterable[NeedsTopic],
    texts: Collection[str],
    *,
    learning_area_id: int | None = None,
    standard_name: str = "",
) -> frozenset[int]:
    """The pks of the topics that a figure is about.

    It is by its learning area, by the name of its standard, or by a topic's words in `texts`.
    """
    return frozenset(
        topic.pk
        for topic in topics
        if (learning_area_id and learning_area_id == topic.learning_area_id)
        or (standard_name and standard_name in topic.standard_names)
        or topic.is_named_in(texts)
    )


@dataclass(frozen=True)
class Comparison:
    """What a school's mean is held against: the area's schools together, and the country."""

    area_mean: Decimal | None = None
    area_sd: Decimal | None = None
    nation_mean: Decimal | None = None

    def lowest_usual(self, rule: NeedsFactsRule) -> Decimal | None:
        """The area's mean less the rule's number of S.D.; None where schools do not differ."""
        if self.area_mean is None or not self.area_sd:
            return None
        return self.area_mean - rule.sd_below * self.area_sd


def why_low(mean: Decimal, against: Comparison, rule: NeedsFactsRule) -> str:
    """By what the rule calls a school's mean low, in words; empty where it does not.

    It is low far below the area's mean, or below the country's. Far below is the rule's number of
    S.D. of the schools' means, that distance included. Where there is nothing to hold it against,
    nothing is low.
    """
    lowest_usual = against.lowest_usual(rule)
    nation = against.nation_mean if rule.counts_below_nation else None
    reasons = []
    if lowest_usual is not None and mean <= lowest_usual:
        reasons.append(f"ต่ำกว่าเขต {rule.sd_below} S.D.")
    if nation is not None and mean < nation:
        reasons.append("ต่ำกว่าประเทศ")
    return " และ".join(reasons)
