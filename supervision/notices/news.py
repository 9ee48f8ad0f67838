"""News: what others did at a person's schools, asked of the one log of transitions.

Nothing is sent into a box, so news cannot disagree with the records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone

from schools.access import Permission, can, rights_of
from schools.core.registry import Registry
from schools.core.status import StatusKind
from schools.core.thai import short_moment
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.assessments.enums import SelfAssessmentAction
from supervision.assessments.models import SelfAssessment
from supervision.cycle.home import own_schools
from supervision.improvement.enums import RecommendationAction, SummaryAction
from supervision.improvement.models import Recommendation, Summary
from supervision.needs.enums import SurveyAction
from supervision.needs.models import NeedsSurvey, TakenUpNeed
from supervision.notices.enums import NoticeKind
from supervision.practices.enums import PracticeAction
from supervision.practices.models import Decision, GoodPractice
from supervision.profiles.models import (
    AnnualReport,
    DataConfirmation,
    DataIssue,
    ExternalAssessment,
)
from supervision.profiles.sar.enums import AnnualReportAction
from supervision.quality_drive.agreements.enums import AgreementAction
from supervision.quality_drive.exchange.enums import StudyRequestAction
from supervision.quality_drive.models import Agreement, RankingObjection, StudyRequest
from supervision.visits.enums import VisitAction
from supervision.visits.models import Visit
from supervision.workflow.enums import TransitionAction
from supervision.workflow.models import Transition, WorkflowModel

NEWS_PERIOD = timedelta(days=30)
MAX_NEWS = 100
# Who of the office or of another school acted is no matter of a school that is only concerned.
OFFICE = "กลุ่มนิเทศฯ"


@dataclass(frozen=True)
class NewsRecord:
    """A kind of record that makes news.

    `name` is what people call it where an action does not say it; `page` the URL name of its
    own page, by its key, `school_page` that of a page by the school's key (neither: the
    school's page shows it). Beginnings and drafts, the `silent` actions, are nobody else's
    news; what they lead to is. Only who holds the `permission` at the school hears of it; where
    that depends on the record, `rows_of` gives the records that a person may see.
    """

    model: type[WorkflowModel]
    kind: NoticeKind
    name: str = ""
    page: str = ""
    school_page: str = ""
    permission: Permission = Permission.VIEW_SCHOOL
    silent: tuple[TransitionAction, ...] = ()
    rows_of: Callable[[User], QuerySet] | None = None
    rows_elsewhere: Callable[[Iterable[int]], QuerySet] | None = None
    titles_elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def record_type(self) -> str:
        """As the log of transitions names the model."""
        return self.model._meta.label_lower

    def hidden_actions(self, *, from_school: bool) -> list[str]:
        """Actions that are no news; a school does not hear of those the office keeps to itself."""
        office = [name for name, rule in self.model.TRANSITIONS.items() if rule.office_only]
        return [*self.silent, *(office if from_school else [])]

    def page_of(self, row: Transition) -> str:
        """Where the person reads more."""
        if self.page:
            return cached_url(self.page, row.record_id)
        return cached_url(self.school_page or "school", row.school_id)


NEWS_RECORDS = (
    NewsRecord(NeedsSurvey, NoticeKind.NEEDS, "แบบสำรวจ", silent=(SurveyAction.START,)),
    NewsRecord(TakenUpNeed, NoticeKind.NEEDS, "ความต้องการที่รับไว้ติดตาม", "taken_up_need"),
    NewsRecord(
        DataConfirmation,
        NoticeKind.DATA,
        school_page="data_confirmation",
        permission=Permission.VIEW_PROFILE,
    ),
    NewsRecord(
        DataIssue,
        NoticeKind.DATA,
        school_page="data_confirmation",
        permission=Permission.VIEW_PROFILE,
    ),
    NewsRecord(
        AnnualReport,
        NoticeKind.DATA,
        "SAR",
        school_page="school_annual_reports",
        permission=Permission.VIEW_PROFILE,
        silent=(AnnualReportAction.START,),
    ),
    NewsRecord(
        ExternalAssessment,
        NoticeKind.DATA,
        school_page="school_external_assessments",
        permission=Permission.VIEW_PROFILE,
    ),
    NewsRecord(
        SelfAssessment,
        NoticeKind.ASSESSMENT,
        "ประเมินตนเอง",
        "self_assessment",
        silent=(SelfAssessmentAction.START,),
    ),
    NewsRecord(
        Visit,
        NoticeKind.VISIT,
        page="visit",
        silent=(VisitAction.REVISE_RECORD, VisitAction.RECORD, VisitAction.ADOPT_AGREED),
    ),
    NewsRecord(Decision, NoticeKind.DECISION),
    NewsRecord(
        GoodPractice,
        NoticeKind.DECISION,
        "วิธีปฏิบัติที่เป็นเลิศ",
        "practice",
        silent=(PracticeAction.EDIT,),
    ),
    NewsRecord(
        Summary,
        NoticeKind.IMPROVEMENT,
        "สรุปผล",
        "summary",
        silent=(SummaryAction.DRAFT, SummaryAction.EDIT),
    ),
    NewsRecord(
        StudyRequest,
        NoticeKind.IMPROVEMENT,
        "ศึกษาดูงานและพี่เลี้ยง",
        "study_request",
        rows_elsewhere=lambda schools: StudyRequest.objects.arranged_with(schools),
        titles_elsewhere={
            StudyRequestAction.ARRANGE: "นัดหมายกับโรงเรียนของคุณ",
            StudyRequestAction.DECLINE: "ยกเลิกนัดหมายกับโรงเรียนของคุณ",
            StudyRequestAction.WITHDRAW: "ยกเลิกนัดหมายกับโรงเรียนของคุณ",
        },
    ),
    NewsRecord(
        Recommendation,
        NoticeKind.IMPROVEMENT,
        "ข้อเสนอแนะ",
        "recommendation",
        silent=(RecommendationAction.GIVE, RecommendationAction.EDIT),
        rows_of=lambda user: Recommendation.objects.visible_to(user),
    ),
    NewsRecord(
        RankingObjection,
        NoticeKind.DECISION,
        "ข้อทักท้วงลำดับของโรงเรียน",
        "ranking_objection",
        rows_of=lambda user: RankingObjection.objects.visible_to(user),
    ),
    NewsRecord(
        Agreement,
        NoticeKind.DRIVE,
        "บันทึกข้อตกลง",
        "agreement",
        silent=(
            AgreementAction.DRAFT,
            AgreementAction.REVISE,
            AgreementAction.EDIT,
            AgreementAction.SUPERSEDE,
        ),
        rows_of=lambda user: Agreement.objects.visible_to(user),
    ),
)

# By the record type of the log; apps above this one add their own records.
news_records: Registry[str, NewsRecord] = Registry("records that make news")
for _record in NEWS_RECORDS:
    news_records.register(_record.record_type, _record)


@dataclass(frozen=True)
class NewsRow:
    """One thing that somebody else did at a school this person has to do with."""

    title: str
    record: str
    school: str
    by: str
    at: datetime
    url: str
    is_new: bool

    kind = StatusKind.YOURS

    @property
    def word(self) -> str:
        return "ใหม่" if self.is_new else ""

    @property
    def subject(self) -> str:
        """The school, and what was done to what: most acts name their record themselves."""
        named = self.title if self.record in self.title else f"{self.title} ({self.record})"
        return f"{self.school}: {named}"

    @property
    def detail(self) -> str:
        return f"{self.by} · {short_moment(self.at)}"

    @property
    def line_text(self) -> str:
        return f"{self.subject} โดย{self.by} เมื่อ {short_moment(self.at)}\n{absolute_url(self.url)}"


def absolute_url(url: str) -> str:
    """The address as it opens from outside the portal."""
    return f"{settings.SITE_URL}{url}"


def news_of(
    user: User, muted: Iterable[str], *, since: datetime | None
) -> tuple[list[NewsRow], int]:
    """The newest of what others did at the person's schools, and how much of all is new."""
    wanted = [record for record in news_records if record.kind not in set(muted)]
    rows = _transitions(user, wanted).filter(at__gte=timezone.now() - NEWS_PERIOD)
    new = Count("pk", filter=Q(at__gt=since) if since else None)
    counted = rows.exclude(by=user).annotate(new=Window(new))  # before the cut below
    newest = list(counted.select_related("school", "by").order_by("-at")[:MAX_NEWS])
    return [_news(row, user, since) for row in newest], newest[0].new if newest else 0


def _transitions(user: User, wanted: Iterable[NewsRecord]) -> QuerySet[Transition]:
    """Of the wanted records, at the schools one works at or has in charge; else everywhere."""
    rights = rights_of(user)
    own = own_schools(rights)
    from_school = not rights.allows(Permission.VIEW_AREA)
    news = elsewhere = Q(pk__in=[])
    for record in wanted:
        hidden = record.hidden_actions(from_school=from_school)
        told = Q(record_type=record.record_type) & ~Q(verb__in=hidden)
        if not rights.allows(record.permission):
            told &= Q(school__in=rights.schools(record.permission))
        if record.rows_of:
            told &= Q(record_id__in=record.rows_of(user).order_by().values("pk"))
        news |= told
        if record.rows_elsewhere:
            concerned = record.rows_elsewhere(own).order_by().values("pk")
            elsewhere |= Q(
                record_type=record.record_type,
                verb__in=record.titles_elsewhere,
                record_id__in=concerned,
            )
    rows = Transition.objects.visible_to(user).exclude(school=None).filter(news)
    if own and not rights.allows(Permission.OPEN_ROUNDS):
        rows = rows.filter(school__in=own)
    return rows | Transition.objects.filter(elsewhere)


def _news(row: Transition, user: User, since: datetime | None) -> NewsRow:
    record = news_records.get(row.record_type)
    is_elsewhere = not can(user, Permission.VIEW_SCHOOL, row.school_id)
    title = record.model.TRANSITIONS[row.verb].label
    return NewsRow(
        title=record.titles_elsewhere[row.verb] if is_elsewhere else title,
        record=record.name,
        school=row.school.short_name if row.school else "",
        by=OFFICE if is_elsewhere else str(row.by),
        at=row.at,
        url=record.page_of(row),
        is_new=since is None or row.at > since,
    )
