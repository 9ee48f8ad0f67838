"""What all schools answered to one survey, as the unit reads it: progress, needs, wants, days."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Q

from schools.links import link
from schools.models import School, User
from supervision.needs.enums import Mode, SurveyState
from supervision.needs.models import NeedsCampaign, NeedsItem, NeedsSurvey
from supervision.needs.results_forms import (
    ALL,
    COUNTS,
    LATE,
    MISSING,
    NOT_BEGUN,
    STAGES,
    ResultsFilter,
)
from supervision.needs.scoring import AreaNeed, Levels, area_needs
from supervision.rounds.models import Round

NO_CLUSTER = "ยังไม่ระบุกลุ่มโรงเรียน"


@dataclass(frozen=True)
class Row:
    """One school (with its cluster) and what it answered.

    `url` leads to its survey, or to the school while it has no round.
    """

    school: Any
    survey: NeedsSurvey | None
    url: str

    @property
    def stage(self) -> str:
        return self.survey.state if self.survey else NOT_BEGUN

    @property
    def word(self) -> str:
        return STAGES[self.stage][0]

    @property
    def kind(self) -> str:
        return STAGES[self.stage][1]

    @property
    def has_sent(self) -> bool:
        return self.stage == SurveyState.SUBMITTED

    @property
    def is_late(self) -> bool:
        return self.survey is not None and self.survey.is_late

    def is_at(self, state: str) -> bool:
        if state == LATE:
            return self.is_late
        if state == MISSING:
            return not self.has_sent
        return state in (ALL, self.stage)


@dataclass(frozen=True)
class Group:
    """One cluster with the rows shown of it, and how many of all its schools have sent."""

    name: str
    rows: Sequence[Row]
    every: Sequence[Row]

    @property
    def sent(self) -> int:
        return sum(row.has_sent for row in self.every)


@dataclass(frozen=True)
class Count:
    """So many schools at one state; pressing it shows them."""

    key: str
    word: str
    kind: str
    schools: int
    is_chosen: bool


@dataclass(frozen=True)
class PreferredDay:
    """A day on which schools would like to be visited; None gathers those that named none."""

    day: date | None
    schools: Sequence[School]


@dataclass(frozen=True)
class Results:
    """One survey over the schools that the cluster filter leaves."""

    campaign: NeedsCampaign
    form: ResultsFilter
    rows: Sequence[Row]

    @property
    def sent(self) -> list[Row]:
        return [row for row in self.rows if row.has_sent]

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if not row.has_sent]

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL)

    @property
    def counts(self) -> list[Count]:
        found = [
            Count(key, word, kind, sum(row.is_at(key) for row in self.rows), key == self.state)
            for key, word, kind in COUNTS
        ]
        return [one for one in found if one.schools or one.is_chosen or one.key == ALL]

    @property
    def groups(self) -> list[Group]:
        """The clusters of the rows that the state leaves."""
        shown = [row for row in self.rows if row.is_at(self.state)]
        return [_group(rows, self.rows) for rows in _by_cluster(shown)]

    @property
    def missing_groups(self) -> list[Group]:
        return [_group(rows, self.rows) for rows in _by_cluster(self.missing)]

    @cached_property
    def needs(self) -> list[AreaNeed]:
        """Areas ranked by urgency, over the surveys that were handed in."""
        return area_needs(levels_of(row.survey for row in self.sent if row.survey))

    @property
    def wants(self) -> list[Row]:
        """Schools whose wants or remarks have the words looked for; all who sent, without any."""
        words = self.form.cleaned_data.get("words", "").casefold()
        return [row for row in self.sent if words in _words_of(row)]

    @property
    def modes(self) -> list[tuple[str, int]]:
        """How many schools would like which way of supervising."""
        chosen = Counter(row.survey.preferred_mode for row in self.sent if row.survey)
        named = [(str(mode.label), chosen[mode]) for mode in Mode]
        return [*named, ("ไม่ได้ระบุ", chosen[""])] if chosen[""] else named

    @property
    def days(self) -> list[PreferredDay]:
        found: dict[date | None, list[School]] = {}
        for row in self.sent:
            found.setdefault(row.survey and row.survey.preferred_on, []).append(row.school)
        days = sorted(found, key=lambda day: day or date.max)
        return [PreferredDay(day, found[day]) for day in days]


def levels_of(surveys: Iterable[NeedsSurvey]) -> dict[str, list[Levels]]:
    """By area in the order of the frame: the levels of every survey, each a complete pair."""
    items = NeedsItem.objects.filter(survey__in=[survey.pk for survey in surveys])
    found: dict[str, list[Levels]] = {}
    for name, *levels in items.order_by("area__position").values_list(*LEVELS):
        found.setdefault(name, []).append((levels[0], levels[1]))
    return found


LEVELS = ("area__name", "problem_level", "need_level")


def results_of(
    user: User,
    asked: Mapping[str, str],
    today: date,
    form_class: type[ResultsFilter] = ResultsFilter,
) -> Results | None:
    """The survey that the filters ask for, else the newest; None before the first."""
    campaigns = list(NeedsCampaign.objects.with_last_day().select_related("frame", *PERIOD))
    if not campaigns:
        return None
    campaign = next(
        (one for one in campaigns if str(one.pk) == asked.get("campaign")), campaigns[0]
    )
    rows = rows_of(user, campaign, today)
    clusters = {row.school.cluster_pk: row.school.cluster_name for row in rows}
    clusters.pop(None, None)
    filters: Any = {**asked, "campaign": str(campaign.pk)}
    form = form_class(filters, campaigns=campaigns, clusters=clusters)
    form.is_valid()
    cluster = form.cleaned_data.get("cluster")
    kept = [row for row in rows if cluster in ("", None, str(row.school.cluster_pk))]
    return Results(campaign, form, kept)


PERIOD = ("term__academic_year", "academic_year")


def rows_of(user: User, campaign: NeedsCampaign, today: date) -> list[Row]:
    """Every school that is asked, by cluster and name.

    A school that closed or merged counts only if it had answered: by the last day of the
    survey's term or year, or by today.
    """
    surveys = {survey.school_id: survey for survey in campaign.surveys.all()}
    day = min(today, campaign.last_day)
    sent = [pk for pk, survey in surveys.items() if survey.state == SurveyState.SUBMITTED]
    schools = School.objects.visible_to(user).with_cluster(day)
    schools = schools.filter(Q(pk__in=sent) | Q(closed_on=None) | Q(closed_on__gt=day))
    rounds = _rounds_of(campaign)
    return [
        Row(school, surveys.get(school.pk), _url(school, rounds))
        for school in sorted(schools, key=_place)
    ]


def _rounds_of(campaign: NeedsCampaign) -> dict[int, int]:
    """Each school's latest round that the survey covers."""
    rounds = Round.objects.filter(term__academic_year=campaign.academic_year_id)
    if campaign.term_id:
        rounds = rounds.filter(term=campaign.term_id)
    return dict(rounds.order_by("term__opens_on", "number").values_list("school", "pk"))


def _url(school: School, rounds: Mapping[int, int]) -> str:
    round_pk = rounds.get(school.pk)
    return link("needs", round_pk) if round_pk else link("school", school.pk)


def _place(school: Any) -> tuple[bool, str, str]:
    return (school.cluster_pk is None, school.cluster_key or "", school.sort_key)


def _by_cluster(rows: Sequence[Row]) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row.school.cluster_pk)]


def _group(shown: Sequence[Row], rows: Sequence[Row]) -> Group:
    cluster = shown[0].school.cluster_pk
    every = [row for row in rows if row.school.cluster_pk == cluster]
    return Group(shown[0].school.cluster_name or NO_CLUSTER, shown, every)


def _words_of(row: Row) -> str:
    survey = row.survey
    texts = [*survey.wanted, survey.remarks, row.school.name] if survey else []
    return "\n".join(texts).casefold()
