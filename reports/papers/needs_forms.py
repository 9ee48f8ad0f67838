"""Form 7.1 (แบบสำรวจสภาพปัญหาและความต้องการ): blank, and as a school filled it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, survey_signers
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, SchoolPaper, paper_response
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.models import Area, Cluster, School
from supervision.needs.enums import NeedsLevel, SupervisionMode, SurveyState
from supervision.needs.models import (
    NeedsArea,
    NeedsCampaign,
    NeedsItem,
    NeedsSurvey,
    SurveyTemplate,
)
from supervision.needs.queries import get_survey_of_round
from supervision.needs.scoring import AreaNeed, rank_area_needs
from supervision.rounds.models import Round
from supervision.workflow.queries import last_transition

NEEDS_FORM_HEADING = ("แบบสำรวจสภาพปัญหาและความต้องการ", "เกี่ยวกับการบริหารและการจัดการศึกษา")
NEEDS_FORM_NAME = "".join(NEEDS_FORM_HEADING)


@dataclass(frozen=True)
class BlankNeedsForm(OfficePaper):
    """Form 7.1 with nothing answered; `school` and `campaign` fill in its head where known."""

    template = "reports/paper/needs_blank.html"
    name, heading_lines = NEEDS_FORM_NAME, NEEDS_FORM_HEADING
    signers = (PaperSigner("ผู้กรอกแบบสำรวจ"), PaperSigner("ผู้บริหารสถานศึกษา"))

    survey_template: SurveyTemplate
    areas: Sequence[NeedsArea]
    area: AreaHeading
    school: School | None = None
    campaign: NeedsCampaign | None = None

    @property
    def title(self) -> str:
        of = f"{self.school.short_name} {self.period}" if self.school else self.survey_template
        return f"แบบ 7.1 {of}"

    @property
    def period(self) -> str:
        return self.campaign.period if self.campaign else ""

    @property
    def cluster(self) -> Cluster | None:
        return (
            self.school.cluster_on(self.campaign.opens_on)
            if self.school and self.campaign
            else None
        )

    @property
    def is_sample(self) -> bool:
        return self.campaign is not None and self.campaign.is_sample

    @property
    def school_names(self) -> list[str]:
        return [self.school.name] if self.school else []

    @property
    def levels(self) -> list[NeedsLevel]:
        return list(NeedsLevel)

    @property
    def modes(self) -> list[str]:
        return SupervisionMode.labels


@dataclass(frozen=True)
class NeedsLine:
    """One area of work with its levels in words, its priority index and its rank by that."""

    name: str
    problem: str
    need: str
    index: Decimal | None
    rank: int | None


@dataclass(frozen=True)
class NeedsPaper(SchoolPaper):
    """Form 7.1 as far as the school has filled it in; `reason` says why it was sent back."""

    template = "reports/paper/needs.html"
    name, heading_lines = NEEDS_FORM_NAME, NEEDS_FORM_HEADING

    survey: NeedsSurvey
    cluster: Cluster | None
    lines: Sequence[NeedsLine]
    reason: str

    @property
    def title(self) -> str:
        period = self.survey.campaign.period
        return f"{self.title_prefix}แบบ 7.1 {self.school.short_name} {period}"

    @property
    def watermark(self) -> str:
        return "" if self.survey.state == SurveyState.SUBMITTED else DRAFT_WORD

    @property
    def levels(self) -> list[NeedsLevel]:
        return list(NeedsLevel)


# --- Views ---


def blank_needs_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of one list of areas, for any school."""
    require(request.user, Permission.PREPARE_CRITERIA)
    return paper_response(blank_needs_paper(get_object_or_404(SurveyTemplate, pk=pk)))


def round_needs_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The blank form of the survey that asks a round's school."""
    round_ = _visible_round(request, pk)
    campaign = NeedsCampaign.objects.covering(round_.term)
    if campaign is None:
        raise Http404
    paper = blank_needs_paper(campaign.survey_template, school=round_.school, campaign=campaign)
    return paper_response(paper)


def filled_needs_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The survey of a round's school to whom its page shows it, from the first answer on."""
    survey = get_survey_of_round(_visible_round(request, pk))
    if survey is None:
        raise Http404
    return paper_response(needs_paper(survey))


def _visible_round(request: SignedInRequest, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("school__area", "term__academic_year"), pk=pk)


# --- What the papers are made of ---


def blank_needs_paper(
    survey_template: SurveyTemplate,
    *,
    school: School | None = None,
    campaign: NeedsCampaign | None = None,
) -> BlankNeedsForm:
    return BlankNeedsForm(
        survey_template=survey_template,
        areas=list(survey_template.areas.all()),
        area=area_heading(school.area if school else Area.objects.get()),
        school=school,
        campaign=campaign,
    )


def needs_paper(survey: NeedsSurvey) -> NeedsPaper:
    """All of the survey, for anybody who sees the school."""
    last = last_transition(survey) if survey.state == SurveyState.RETURNED else None
    return NeedsPaper(
        school=survey.school,
        is_sample=survey.campaign.is_sample,
        signers=survey_signers(survey),
        printed_at=timezone.now(),
        survey=survey,
        cluster=survey.school.cluster_on(survey.campaign.opens_on),
        lines=_lines(list(survey.items.select_related("area"))),
        reason=last.reason if last else "",
    )


def _lines(items: Sequence[NeedsItem]) -> list[NeedsLine]:
    """In the order of the form; an area without both levels has no priority yet."""
    levels = {
        item.area.name: [(item.problem_level, item.need_level)]
        for item in items
        if item.problem_level is not None and item.need_level is not None
    }
    ranked = {area.name: area for area in rank_area_needs(levels)}
    return [_line(item, ranked) for item in items]


def _line(item: NeedsItem, ranked: Mapping[str, AreaNeed]) -> NeedsLine:
    name = item.area.name
    area = ranked.get(name)
    return NeedsLine(
        name,
        _level_words(item.problem_level),
        _level_words(item.need_level),
        area.index if area else None,
        area.rank if area else None,
    )


def _level_words(level: int | None) -> str:
    return "–" if level is None else f"{level} {NeedsLevel(level).label}"
