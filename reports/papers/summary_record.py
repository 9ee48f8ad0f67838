"""The summary of a round with its ledger of recommendations on paper (step 6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.facts import RECOMMENDATION_ORIGIN
from reports.data.schema import RecommendationRow
from reports.data.signers import PaperSigner, acting_signer, director_signer, recorded_signer
from reports.data.term import recommendation_row
from reports.papers.office_paper import DRAFT_WORD, SchoolPaper, paper_response, round_title
from schools.access import Permission
from schools.core.http import SignedInRequest
from schools.models import Cluster, User
from supervision.improvement.enums import SummaryAction, SummaryState
from supervision.improvement.models import AgreedSummaryVersion, Recommendation, Summary
from supervision.rounds.models import Round
from supervision.workflow.queries import last_transition

NOT_AGREED = "รอโรงเรียนเห็นชอบ"


@dataclass(frozen=True)
class SummaryPaper(SchoolPaper):
    """What school and unit agreed, or are about to, with every recommendation.

    `texts` are those that the reader may read by now; `asked` says why changes were asked for.
    """

    template = "reports/paper/summary_record.html"
    name = "สรุปผลการนิเทศและข้อเสนอแนะ"

    summary: Summary
    texts: Summary | AgreedSummaryVersion
    cluster: Cluster | None
    asked: str
    lines: Sequence[RecommendationRow]
    withdrawn_count: int

    @property
    def title(self) -> str:
        return f"{self.title_prefix}สรุปผลการนิเทศ {round_title(self.summary.round)}"

    @property
    def watermark(self) -> str:
        return "" if self.texts.agreed_at else DRAFT_WORD


def summary_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """A summary to whom its page shows it, in the words that it shows them."""
    related = ("round__school__area", "round__term__academic_year", "agreed_by")
    summaries = Summary.objects.visible_to(request.user).select_related(*related)
    return paper_response(summary_paper(get_object_or_404(summaries, pk=pk), reader=request.user))


def summary_paper(summary: Summary, *, reader: User) -> SummaryPaper:
    """The summary as this reader may read it by now."""
    round_, texts = summary.round, summary.version_for(reader)
    given = Recommendation.objects.visible_to(reader).filter(round=round_)
    advice = list(given.select_related(*RECOMMENDATION_ORIGIN))
    return SummaryPaper(
        school=round_.school,
        is_sample=round_.is_sample,
        signers=[_summarising_signer(summary, texts), _agreeing_signer(summary, texts)],
        printed_at=timezone.now(),
        summary=summary,
        texts=texts,
        cluster=round_.school.cluster_on(timezone.localdate()),
        asked=_asked(summary),
        lines=[_line(one, round_) for one in advice if not one.is_withdrawn],
        withdrawn_count=sum(one.is_withdrawn for one in advice),
    )


def _line(recommendation: Recommendation, round_: Round) -> RecommendationRow:
    row = recommendation_row(recommendation, round_, timezone.localdate())
    if not recommendation.is_agreed:
        row["state"] = NOT_AGREED
    return row


def _asked(summary: Summary) -> str:
    """Why the school or the unit last asked for changes; empty once it is agreed."""
    if summary.state == SummaryState.AGREED:
        return ""
    last = last_transition(summary, SummaryAction.RETURN, SummaryAction.REOPEN)
    return last.reason if last else ""


def _summarising_signer(summary: Summary, texts: Summary | AgreedSummaryVersion) -> PaperSigner:
    """Who put these texts before the school; nobody has, of a draft."""
    duty = "ผู้สรุปผล"
    proposed = last_transition(summary, SummaryAction.PROPOSE, until=texts.agreed_at)
    is_draft = texts is summary and summary.state == SummaryState.DRAFT
    if proposed is None or is_draft:
        return PaperSigner(duty)
    school = summary.round.school
    return acting_signer(duty, proposed.by, Permission.SUMMARISE, "เสนอ", proposed.at, school)


def _agreeing_signer(summary: Summary, texts: Summary | AgreedSummaryVersion) -> PaperSigner:
    duty = "ผู้เห็นชอบ"
    if texts.agreed_at is None:
        return director_signer(duty, summary.round.school)
    return recorded_signer(duty, texts.agreed_by, texts.agreed_as, "เห็นชอบ", texts.agreed_at)
