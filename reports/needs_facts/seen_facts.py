"""What results say of schools, as figures that a stated need is laid beside.

Of learning results see learning_table.py; here are those of supervision, and open advice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.needs_facts.learning_table import LearningTable, load_learning_table
from schools.models import School, Term, User
from supervision.improvement.models import Recommendation
from supervision.needs.matching import SeenFact, topics_about
from supervision.needs.models import NeedsFactsRule, NeedsTopic
from supervision.results.school_terms import (
    ALL_RESULTS,
    last_term_with_results,
    load_school_terms,
)
from supervision.results.scores import SchoolScore, load_scores


@dataclass(frozen=True)
class StandardFact:
    """A school's mean of one standard in the latest term with results."""

    score: SchoolScore
    term: str
    is_low: bool
    topics: Collection[int]

    low_word = "ต่ำกว่าเป้าหมาย"

    @property
    def words(self) -> str:
        target = f" (เป้าหมาย {self.score.target})" if self.score.target is not None else ""
        name = self.score.standard.label if self.score.standard else ""
        return f"มาตรฐานที่ {name} ภาคเรียนที่ {self.term} ได้ {self.score.visit}{target}"


@dataclass(frozen=True)
class AdviceFact:
    """A school's recommendations about one topic that nobody has closed."""

    count: int
    is_low: bool
    topics: Collection[int]

    low_word = "ยังไม่ปิด"

    @property
    def words(self) -> str:
        return f"ข้อเสนอแนะในประเด็นนี้ {self.count} ข้อ"


@dataclass(frozen=True)
class SeenFacts:
    """What results say of some schools, by school, and the topics and the rule it goes by."""

    topics: Sequence[NeedsTopic]
    rule: NeedsFactsRule
    learning: LearningTable
    standards: Mapping[int, Sequence[StandardFact]]
    advice: Mapping[int, Sequence[AdviceFact]]

    def of_school(self, school_id: int) -> list[SeenFact]:
        """All figures of one school."""
        found: list[SeenFact] = [*self.learning.of_school(school_id)]
        return [*found, *self.standards.get(school_id, ()), *self.advice.get(school_id, ())]


def load_seen_facts(
    user: User,
    schools: Sequence[School],
    topics: Sequence[NeedsTopic],
    day: date,
    *,
    terms: Sequence[Term] = (),
    for_everybody: bool = False,
) -> SeenFacts:
    """What was known of the schools by the day, as the person may read it.

    Results of supervision are those of the first of `terms` that has any, without terms of the
    latest term with results.

    With `for_everybody`, only what all may read who see the school, for a text that is kept:
    advice from outside is left out, and so is the area's mean where it is of few schools.
    """
    rule = NeedsFactsRule.in_force()
    return SeenFacts(
        topics,
        rule,
        load_learning_table(user, topics, rule, day, for_everybody=for_everybody),
        _standards(user, schools, topics, rule, terms or _last_term(day), day),
        _advice(user, schools, topics, rule, for_everybody=for_everybody),
    )


# --- Results of supervision ---


def _standards(
    user: User,
    schools: Sequence[School],
    topics: Sequence[NeedsTopic],
    rule: NeedsFactsRule,
    terms: Sequence[Term],
    day: date,
) -> dict[int, list[StandardFact]]:
    """By school, of the first of the terms that has results."""
    of_terms = load_school_terms(user, schools, terms, day, with_clusters=False)
    term = next((one.term for one in of_terms if one.is_visited), None)
    if term is None:
        return {}
    rows = [one for one in of_terms if one.term == term]
    about: dict[str, frozenset[int]] = {}
    found: dict[int, list[StandardFact]] = defaultdict(list)
    for score in load_scores(rows, ALL_RESULTS).school_scores(term.pk):
        if score.standard is None or score.visit is None:
            continue
        name = score.standard.name
        if name not in about:
            about[name] = topics_about(topics, (name,), standard_name=name)
        is_low = rule.counts_below_target and score.achieved is False
        found[score.school_id].append(StandardFact(score, str(term), is_low, about[name]))
    return found


def _last_term(day: date) -> list[Term]:
    term = last_term_with_results(day)
    return [term] if term else []


def _advice(
    user: User,
    schools: Iterable[School],
    topics: Sequence[NeedsTopic],
    rule: NeedsFactsRule,
    *,
    for_everybody: bool,
) -> dict[int, list[AdviceFact]]:
    """By school, how many recommendations about each topic nobody has closed."""
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    if for_everybody:
        rows = rows.of_rounds()
    rows = rows.filter(school__in=[school.pk for school in schools])
    counted: dict[tuple[int, int], int] = defaultdict(int)
    for school, text, standard in rows.order_by().values_list(
        "school", "text", "indicator__standard__name"
    ):
        for topic in topics_about(topics, (text,), standard_name=standard or ""):
            counted[school, topic] += 1
    found: dict[int, list[AdviceFact]] = defaultdict(list)
    for (school, topic), count in counted.items():
        found[school].append(AdviceFact(count, rule.counts_open_advice, frozenset({topic})))
    return found
