"""What all schools answered to one campaign, as the unit reads it: progress, needs, wants, days."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q

from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import Area, School, User
from schools.registry.reminder_texts import reminder_by_clusters, words_of_due_day
from schools.registry.school_lists import (
    ALL_STATES,
    ClusterFilterForm,
    ClusterGroup,
    StateCount,
    StateFilter,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
    state_counts,
    state_filter_field,
)
from supervision.needs.enums import SupervisionMode, SurveyState
from supervision.needs.models import NeedsCampaign, NeedsItem, NeedsSurvey
from supervision.needs.scoring import AreaNeed, ProblemAndNeed, rank_area_needs
from supervision.rounds.models import Round

NOT_STARTED = "not_begun"
# The sign of each state, and how the unit calls it.
STATE_DISPLAY = {
    NOT_STARTED: ("ยังไม่เริ่ม", StatusKind.WAITING),
    SurveyState.DRAFT: ("กำลังกรอก", StatusKind.WAITING),
    SurveyState.RETURNED: ("ส่งกลับให้แก้ไข", StatusKind.YOURS),
    SurveyState.SUBMITTED: ("ส่งแล้ว", StatusKind.DONE),
}
NOT_SUBMITTED, SUBMITTED_LATE = "missing", "late"
# The counts on top of the page.
NEEDS_STATE_FILTERS = (
    StateFilter(ALL_STATES, "ทั้งหมด", StatusKind.IDLE),
    StateFilter(NOT_SUBMITTED, "ยังไม่ส่ง", StatusKind.WAITING),
    *(StateFilter(str(s), word, kind) for s, (word, kind) in reversed(STATE_DISPLAY.items())),
    StateFilter(SUBMITTED_LATE, "ส่งช้ากว่ากำหนด", StatusKind.LATE),
)
HIDDEN_WHEN_EMPTY = tuple(state.key for state in NEEDS_STATE_FILTERS if state.key != ALL_STATES)


class NeedsFilterForm(ClusterFilterForm):
    """Which survey and whose answers."""

    campaign = forms.ChoiceField(label="แบบสำรวจ", required=False)
    state = state_filter_field(NEEDS_STATE_FILTERS)
    field_order: Sequence[str] = ("campaign", "cluster")

    def __init__(self, *args: Any, campaigns: Iterable[NeedsCampaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("campaign", [(one.pk, one.period) for one in campaigns])


class WantsFilterForm(NeedsFilterForm):
    """The same with words to look for."""

    words = forms.CharField(
        label="ค้นหา",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


@dataclass(frozen=True)
class NeedsRow:
    """One school (with its cluster) and what it answered.

    `url` leads to its survey, or to the school while it has no round.
    """

    school: School
    survey: NeedsSurvey | None
    url: str

    @property
    def stage(self) -> str:
        return self.survey.state if self.survey else NOT_STARTED

    @property
    def word(self) -> str:
        return STATE_DISPLAY[self.stage][0]

    @property
    def kind(self) -> str:
        return STATE_DISPLAY[self.stage][1]

    @property
    def has_submitted(self) -> bool:
        return self.stage == SurveyState.SUBMITTED

    @property
    def is_late(self) -> bool:
        return self.survey is not None and self.survey.is_late

    def is_in_state(self, state: str) -> bool:
        if state == SUBMITTED_LATE:
            return self.is_late
        if state == NOT_SUBMITTED:
            return not self.has_submitted
        return state in (ALL_STATES, self.stage)


@dataclass(frozen=True)
class NeedsClusterGroup(ClusterGroup[NeedsRow]):
    """One cluster with the rows shown of it, and how many of all its schools have submitted."""

    @property
    def sent(self) -> int:
        return sum(row.has_submitted for row in self.all_rows)


@dataclass(frozen=True)
class PreferredDay:
    """A day on which schools would like to be visited; None gathers those that named none."""

    day: date | None
    schools: Sequence[School]


@dataclass(frozen=True)
class NeedsResults:
    """One survey, of all `campaigns` newest first, over the schools that the cluster leaves."""

    campaign: NeedsCampaign
    form: NeedsFilterForm
    rows: Sequence[NeedsRow]
    campaigns: Sequence[NeedsCampaign]

    @property
    def sent(self) -> list[NeedsRow]:
        return [row for row in self.rows if row.has_submitted]

    @property
    def missing(self) -> list[NeedsRow]:
        return [row for row in self.rows if not row.has_submitted]

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL_STATES)

    @property
    def counts(self) -> list[StateCount]:
        return state_counts(
            self.rows,
            NEEDS_STATE_FILTERS,
            self.state,
            NeedsRow.is_in_state,
            hidden_when_empty=HIDDEN_WHEN_EMPTY,
        )

    @property
    def groups(self) -> list[NeedsClusterGroup]:
        """The clusters of the rows that the state leaves."""
        shown = [row for row in self.rows if row.is_in_state(self.state)]
        return group_by_cluster(shown, self.rows, NeedsClusterGroup)

    @property
    def missing_groups(self) -> list[NeedsClusterGroup]:
        return group_by_cluster(self.missing, self.rows, NeedsClusterGroup)

    @cached_property
    def needs(self) -> list[AreaNeed]:
        """Areas ranked by urgency, over the surveys that were handed in."""
        return rank_area_needs(levels_by_area(row.survey for row in self.sent if row.survey))

    @property
    def wants(self) -> list[NeedsRow]:
        """Schools whose wants or remarks have the words looked for; all who sent, without any."""
        words = self.form.cleaned_data.get("words", "").casefold()
        return [row for row in self.sent if words in _words_of(row)]

    @property
    def modes(self) -> list[tuple[str, int]]:
        """How many schools would like which way of supervising."""
        chosen = Counter(row.survey.preferred_mode for row in self.sent if row.survey)
        named = [(str(mode.label), chosen[mode]) for mode in SupervisionMode]
        return [*named, ("ไม่ได้ระบุ", chosen[""])] if chosen[""] else named

    @property
    def days(self) -> list[PreferredDay]:
        found: dict[date | None, list[School]] = {}
        for row in self.sent:
            found.setdefault(row.survey.preferred_on if row.survey else None, []).append(row.school)
        days = sorted(found, key=lambda day: day or date.max)
        return [PreferredDay(day, found[day]) for day in days]


def levels_by_area(surveys: Iterable[NeedsSurvey]) -> dict[str, list[ProblemAndNeed]]:
    """By area in the order of the template: a pair of levels for each survey."""
    items = NeedsItem.objects.filter(survey__in=[survey.pk for survey in surveys])
    found: dict[str, list[ProblemAndNeed]] = {}
    for name, *levels in items.order_by("area__position").values_list(*LEVEL_FIELDS):
        found.setdefault(name, []).append((levels[0], levels[1]))
    return found


LEVEL_FIELDS = ("area__name", "problem_level", "need_level")


def needs_results(
    user: User,
    asked: Mapping[str, str],
    today: date,
    form_class: Callable[..., NeedsFilterForm] = NeedsFilterForm,
    *,
    leads_to_surveys: bool = True,
) -> NeedsResults | None:
    """The survey that the filters ask for, else the newest; None before the first.

    Rows that do not lead to surveys lead to the schools, a query less.
    """
    campaigns = list(
        NeedsCampaign.objects.with_last_day().select_related("survey_template", *PERIOD_RELATIONS)
    )
    if not campaigns:
        return None
    campaign = next(
        (one for one in campaigns if str(one.pk) == asked.get("campaign")), campaigns[0]
    )
    rows = needs_rows(user, campaign, today, leads_to_surveys=leads_to_surveys)
    filters: Any = {**asked, "campaign": str(campaign.pk)}
    form = form_class(filters, campaigns=campaigns, clusters=cluster_names(rows))
    form.is_valid()
    cluster = form.cleaned_data.get("cluster")
    kept = [row for row in rows if is_in_cluster(row, cluster)]
    return NeedsResults(campaign, form, kept, campaigns)


PERIOD_RELATIONS = ("term__academic_year", "academic_year")


def needs_rows(
    user: User, campaign: NeedsCampaign, today: date, *, leads_to_surveys: bool = True
) -> list[NeedsRow]:
    """Every school that is asked, by cluster and name.

    A school that closed or merged counts only if it had answered: by the last day of the
    survey's term or year, or by today.
    """
    surveys = {survey.school_id: survey for survey in campaign.surveys.all()}
    day = min(today, campaign.last_day)
    sent = [pk for pk, survey in surveys.items() if survey.state == SurveyState.SUBMITTED]
    schools = School.objects.visible_to(user).with_cluster(day)
    schools = schools.filter(Q(pk__in=sent) | Q(closed_on=None) | Q(closed_on__gt=day))
    rounds = _rounds_of(campaign) if leads_to_surveys else {}
    return [
        NeedsRow(school, surveys.get(school.pk), _url(school, rounds))
        for school in sorted(schools, key=list_position)
    ]


def _rounds_of(campaign: NeedsCampaign) -> dict[int, int]:
    """Each school's latest round that the survey covers."""
    rounds = Round.objects.filter(term__academic_year=campaign.academic_year_id)
    if campaign.term_id:
        rounds = rounds.filter(term=campaign.term_id)
    return dict(rounds.order_by("term__opens_on", "number").values_list("school", "pk"))


def _url(school: School, rounds: Mapping[int, int]) -> str:
    round_pk = rounds.get(school.pk)
    return cached_url("needs", round_pk) if round_pk else cached_url("school", school.pk)


def _words_of(row: NeedsRow) -> str:
    survey = row.survey
    texts = [*survey.wanted, survey.remarks, row.school.name] if survey else []
    return "\n".join(texts).casefold()


REMINDER_CLOSING = "ทำทางโทรศัพท์ได้ บันทึกร่างไว้แล้วกลับมาทำต่อได้\nหากส่งแล้ว ขอขอบคุณเป็นอย่างยิ่ง"


def needs_reminder_text(results: NeedsResults, area: Area, today: date) -> str:
    """Who is still missing, cluster by cluster, and by when; nothing when all have answered."""
    campaign = results.campaign
    return reminder_by_clusters(
        results.missing_groups,
        greeting="เรียน ผู้อำนวยการโรงเรียนและครูวิชาการ",
        request=f"ตอบ{campaign} {words_of_due_day(campaign.closes_on, today)}",
        area=area,
        closing=REMINDER_CLOSING,
    )
