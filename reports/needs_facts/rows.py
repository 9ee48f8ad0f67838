"""Stated needs beside results, as the filters ask: a row each, and counts by topic and cluster."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db import models

from reports.needs_facts.seen_facts import SeenFacts, load_seen_facts
from schools.access import Permission, can
from schools.core.thai import search_key
from schools.core.url_cache import cached_url
from schools.models import School, Term, User
from schools.registry.school_lists import NO_CLUSTER
from supervision.needs.matching import NeedsMatch, StatedNeeds, TopicMatch, match_needs
from supervision.needs.models import NeedsItem, NeedsTopic, TakenUpNeed
from supervision.needs.results import NeedsFilterForm, NeedsResults, NeedsRow
from supervision.needs.scoring import ProblemAndNeed, rank_area_needs

OTHER_FACTS_SHOWN = 3  # of those that are not low, in a row of the table


class NeedsFactsView(models.TextChoices):
    """By what the page is laid out."""

    AREA = "area", "ทั้งเขต"
    CLUSTER = "cluster", "รายกลุ่มโรงเรียน"
    SCHOOL = "school", "รายโรงเรียน"


class NeedsFactsFilterForm(NeedsFilterForm):
    """Which survey, whose, which topic, and how need and results stand together."""

    by = forms.ChoiceField(label="แสดง", required=False, choices=NeedsFactsView)
    topic = forms.ChoiceField(label="ประเด็น", required=False)
    group = forms.ChoiceField(
        label="กลุ่ม", required=False, choices=[("", "ทุกกลุ่ม"), *NeedsMatch.choices]
    )
    words = forms.CharField(label="ค้นหาโรงเรียน", required=False, max_length=100)
    field_order = ("campaign", "by", "cluster", "topic", "group", "words")

    def __init__(self, *args: Any, topics: Iterable[NeedsTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("topic", [("", "ทุกประเด็น"), *((one.pk, one.name) for one in topics)])


@dataclass(frozen=True)
class SchoolNeedsRow:
    """One school, what its survey says (None while it has sent none), and its topics."""

    row: NeedsRow
    stated: StatedNeeds | None
    matches: Sequence[TopicMatch]


@dataclass(frozen=True)
class NeedsFactsRow:
    """One topic of one school as the table shows it; `taken_up` is what the unit works on."""

    school: School
    has_sent: bool
    match: TopicMatch
    taken_up: TakenUpNeed | None
    may_take_up: bool

    @property
    def pick(self) -> str:
        """What the tick box of the row sends."""
        return f"{self.school.pk}-{self.match.topic.pk}"

    @property
    def url(self) -> str:
        return cached_url("school_needs_facts", self.school.pk)

    @property
    def other_facts(self) -> Sequence[Any]:
        return self.match.other_facts[:OTHER_FACTS_SHOWN]

    @property
    def more_facts(self) -> int:
        """How many figures that are not low the row leaves out."""
        return max(0, len(self.match.other_facts) - OTHER_FACTS_SHOWN)


@dataclass(frozen=True)
class TopicCount:
    """How many schools of a group are in each relation to one topic, and what they reached."""

    topic: NeedsTopic
    counts: Mapping[NeedsMatch, int]
    facts: Sequence[str]

    @property
    def by_group(self) -> list[tuple[NeedsMatch, int]]:
        """Each group with its number of schools, in the order of the table's columns."""
        return [(group, self.counts.get(group, 0)) for group in NeedsMatch]


@dataclass(frozen=True)
class ClusterTopics:
    """The topics of one cluster; of the whole area without a name."""

    cluster_pk: int | None
    name: str
    schools: int
    topics: Sequence[TopicCount]

    @property
    def key(self) -> str:
        """Its name in the page's addresses."""
        return f"cluster-{self.cluster_pk or 0}"


@dataclass(frozen=True)
class NeedsFacts:
    """Stated needs beside results, over the schools that the filters leave."""

    results: NeedsResults
    facts: SeenFacts
    schools: Sequence[SchoolNeedsRow]

    @property
    def asked(self) -> dict[str, Any]:
        return self.results.form.cleaned_data

    @property
    def view(self) -> NeedsFactsView:
        return NeedsFactsView(self.asked.get("by") or NeedsFactsView.AREA)

    @property
    def topics(self) -> list[NeedsTopic]:
        """The topic that the filter asks for, else all in use."""
        chosen = self.asked.get("topic")
        return [one for one in self.facts.topics if not chosen or str(one.pk) == chosen]

    @cached_property
    def shown(self) -> list[tuple[SchoolNeedsRow, TopicMatch]]:
        """The topics of the schools that topic, group and words leave, in the list's order."""
        words = search_key(self.asked.get("words") or "")
        group, topics = self.asked.get("group"), self.topics
        return [
            (one, match)
            for one in self.schools
            if words in search_key(one.row.school.name)
            for match in one.matches
            if group in ("", None, match.group) and match.topic in topics
        ]

    @cached_property
    def area(self) -> ClusterTopics:
        """All schools together."""
        return self._counted(None, "", self.schools)

    @property
    def clusters(self) -> list[ClusterTopics]:
        """Cluster by cluster, in the order of the list."""
        members: dict[int | None, list[SchoolNeedsRow]] = defaultdict(list)
        for one in self.schools:
            members[one.row.school.cluster_pk].append(one)
        return [
            self._counted(pk, found[0].row.school.cluster_name or NO_CLUSTER, found)
            for pk, found in members.items()
        ]

    def _counted(
        self, pk: int | None, name: str, schools: Collection[SchoolNeedsRow]
    ) -> ClusterTopics:
        counts: dict[int, Counter[NeedsMatch]] = defaultdict(Counter)
        for one in schools:
            for match in one.matches:
                counts[match.topic.pk][match.group] += 1
        pks = {one.row.school.pk for one in schools}
        learning = self.facts.learning
        topics = [
            TopicCount(topic, counts[topic.pk], learning.group_words(topic, pks))
            for topic in self.topics
            if counts[topic.pk]
        ]
        return ClusterTopics(pk, name, len(schools), topics)


def load_needs_facts(
    user: User, results: NeedsResults, topics: Sequence[NeedsTopic], today: date
) -> NeedsFacts:
    """The schools of a survey, each with what it states beside its results."""
    schools = [row.school for row in results.rows]
    day = min(today, results.campaign.last_day)
    facts = load_seen_facts(user, schools, topics, day, terms=_terms_of(results))
    stated = stated_needs(results.rows)
    return NeedsFacts(
        results,
        facts,
        [match_school(row, stated.get(row.school.pk), facts) for row in results.rows],
    )


def _terms_of(results: NeedsResults) -> list[Term]:
    """The term of the survey and that of the one before it; none where they ask for years."""
    asked = [one for one in results.campaigns if one.opens_on <= results.campaign.opens_on]
    return [one.term for one in asked[:2] if one.term]


def match_school(row: NeedsRow, stated: StatedNeeds | None, facts: SeenFacts) -> SchoolNeedsRow:
    """One school's topics."""
    seen = facts.of_school(row.school.pk)
    return SchoolNeedsRow(row, stated, match_needs(facts.topics, stated, seen, facts.rule))


def stated_needs(rows: Iterable[NeedsRow]) -> dict[int, StatedNeeds]:
    """What the schools that have sent their survey state, by school."""
    surveys = {row.school.pk: row.survey for row in rows if row.survey and row.has_submitted}
    levels = _levels_by_school([survey.pk for survey in surveys.values()])
    return {
        school: StatedNeeds(rank_area_needs(levels.get(school, {})), survey.wanted, survey.remarks)
        for school, survey in surveys.items()
    }


def _levels_by_school(surveys: Collection[int]) -> dict[int, dict[str, list[ProblemAndNeed]]]:
    items = NeedsItem.objects.filter(survey__in=surveys).order_by("area__position")
    columns = ("survey__school", "area__name", "problem_level", "need_level")
    found: dict[int, dict[str, list[ProblemAndNeed]]] = defaultdict(dict)
    for school, area, problem, need in items.values_list(*columns):
        found[school][area] = [(problem, need)]
    return found


def facts_rows(
    user: User, shown: Sequence[tuple[SchoolNeedsRow, TopicMatch]]
) -> list[NeedsFactsRow]:
    """Rows of the table, each with what the unit took up, and whether the person may take it up."""
    schools = {one.row.school.pk for one, _ in shown}
    open_needs = TakenUpNeed.objects.still_open().filter(school__in=schools).select_related("lead")
    taken = {(need.school_id, need.topic_id): need for need in open_needs}
    found = []
    for one, match in shown:
        school = one.row.school
        need = taken.get((school.pk, match.topic.pk))
        may = need is None and can(user, Permission.TAKE_UP_NEED, school.pk)
        found.append(NeedsFactsRow(school, one.stated is not None, match, need, may))
    return found
