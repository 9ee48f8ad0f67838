"""Form 7.2 (เกณฑ์ ตัวชี้วัดความสำเร็จ): one version of an indicator set with its rubric."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.methods import methods_figures
from reports.data.schema import AreaHeading, MethodsFigures
from reports.data.signers import PaperSigner, acting_signer
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.access import Permission
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.criteria.enums import IndicatorSetAction
from supervision.criteria.models import IndicatorSet, ScaleBand, ScaleLevel
from supervision.criteria.queries import StandardPart, indicator_set_parts
from supervision.rounds.methods import methods_beside_set
from supervision.workflow.queries import last_transition

# Of more levels the columns would be too narrow to read: their texts stand below each other.
MOST_LEVEL_COLUMNS = 5


@dataclass(frozen=True)
class IndicatorSetPaper(OfficePaper):
    """Form 7.2 of one version; a draft until ก.ต.ป.น. has endorsed it."""

    template = "reports/paper/indicator_set.html"
    name = "เกณฑ์ ตัวชี้วัดความสำเร็จของการบริหารและการจัดการศึกษาของสถานศึกษา"

    indicator_set: IndicatorSet
    area: AreaHeading
    levels: Sequence[ScaleLevel]
    bands: Sequence[ScaleBand]
    parts: Sequence[StandardPart]
    methods: Sequence[MethodsFigures]
    signers: Sequence[PaperSigner]
    printed_at: datetime

    @property
    def title(self) -> str:
        return f"{self.title_prefix}แบบ 7.2 {self.indicator_set}"

    @property
    def watermark(self) -> str:
        return "" if self.indicator_set.is_endorsed else DRAFT_WORD

    @property
    def is_sample(self) -> bool:
        return self.indicator_set.is_sample

    @property
    def indicator_count(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def has_level_columns(self) -> bool:
        """One for each level; not for many levels, nor where no indicator has words for them."""
        has_words = any(line.levels for part in self.parts for line in part.lines)
        return has_words and len(self.levels) <= MOST_LEVEL_COLUMNS

    @property
    def has_level_descriptions(self) -> bool:
        return any(level.description for level in self.levels)

    @property
    def has_hints(self) -> bool:
        return any(line.indicator.evidence_hint for part in self.parts for line in part.lines)

    @property
    def column_count(self) -> int:
        return 2 + (len(self.levels) if self.has_level_columns else 1) + self.has_hints


def indicator_set_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version to whom its page shows it."""
    sets = IndicatorSet.objects.visible_to(request.user)
    sets = sets.select_related("scale", "endorsed_by", "meeting")
    return paper_response(indicator_set_paper(get_object_or_404(sets, pk=pk)))


def indicator_set_paper(indicator_set: IndicatorSet) -> IndicatorSetPaper:
    levels = list(indicator_set.scale.levels.all())
    return IndicatorSetPaper(
        indicator_set=indicator_set,
        area=area_heading(Area.objects.get()),
        levels=levels,
        bands=list(indicator_set.scale.bands.all()),
        parts=indicator_set_parts(indicator_set, levels),
        methods=methods_figures(methods_beside_set(indicator_set)),
        signers=[_proposing_signer(indicator_set), _endorsing_signer(indicator_set)],
        printed_at=timezone.now(),
    )


def _proposing_signer(indicator_set: IndicatorSet) -> PaperSigner:
    duty, sent = "ผู้เสนอ", last_transition(indicator_set, IndicatorSetAction.SUBMIT)
    if sent is None:
        return PaperSigner(duty)
    return acting_signer(duty, sent.by, Permission.PREPARE_CRITERIA, "เสนอ", sent.at)


def _endorsing_signer(indicator_set: IndicatorSet) -> PaperSigner:
    duty, person = "ผู้บันทึกความเห็นชอบของ ก.ต.ป.น.", indicator_set.endorsed_by
    if person is None or indicator_set.endorsed_at is None:
        return PaperSigner(duty)
    at = indicator_set.endorsed_at
    return acting_signer(duty, person, Permission.ENDORSE_CRITERIA, "บันทึก", at)
