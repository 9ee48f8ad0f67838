"""Rows for tests. Defaults never surprise; states are Traits built by plain rows.

Records that move through states are made by the portal's own actions in tests/scenarios.py.
"""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from schools.enums import EducationLevel, Grade, Role
from schools.models import (
    AcademicYear,
    Appointment,
    Area,
    Cluster,
    ClusterMembership,
    GradeCount,
    School,
    SizeBand,
    SizeScheme,
    Term,
    User,
    YearlyCount,
)
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import (
    Duty,
    ListedAssignment,
    OfficialOrder,
    OrderOfficer,
)
from supervision.committees.enums import CommitteeKind, MeetingState
from supervision.committees.models import Committee, CommitteeMember, Meeting
from supervision.criteria.enums import SetState
from supervision.criteria.models import (
    Indicator,
    IndicatorSet,
    Scale,
    ScaleBand,
    ScaleLevel,
    Standard,
)
from supervision.needs.models import NeedsArea, NeedsCampaign, NeedsTopic, SurveyTemplate
from supervision.profiles.external.enums import ExternalAssessmentState
from supervision.profiles.models import (
    EducationStandard,
    ExternalAssessment,
    LearningResult,
    LevelShare,
    TestKind,
    TestLevel,
    TestSubject,
)
from supervision.programmes.dissemination.enums import (
    Audience,
    DisseminatedKind,
    DisseminationChannel,
    DisseminationState,
)
from supervision.programmes.models import (
    Dissemination,
    Forum,
    LearningSource,
    Network,
    NetworkMember,
)
from supervision.programmes.networks.enums import (
    ForumState,
    MemberRole,
    NetworkKind,
    SourceKind,
)
from supervision.rounds.models import Round, StepDeadline
from supervision.standards.models import Work, WorkGroup, WorkProcess

LEVELS = ((5, "ยอดเยี่ยม"), (4, "ดีเลิศ"), (3, "ดี"), (2, "ปานกลาง"), (1, "กำลังพัฒนา"))
BANDS = (
    ("4.50", "5.00", "ยอดเยี่ยม"),
    ("3.50", "4.49", "ดีเลิศ"),
    ("2.50", "3.49", "ดี"),
    ("1.50", "2.49", "ปานกลาง"),
    ("1.00", "1.49", "กำลังพัฒนา"),
)
SIZES = (("เล็ก", 1, 120), ("กลาง", 121, 600), ("ใหญ่", 601, None))
LONG_AGO = date(2024, 5, 9)


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area
        django_get_or_create = ("short_name",)

    name = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3"
    short_name = "สพป.เลย เขต 3"
    group_name = "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster

    area = factory.SubFactory(AreaFactory)
    name = factory.Sequence(lambda n: f"กลุ่มโรงเรียนทดสอบ {n}")


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School
        skip_postgeneration_save = True

    area = factory.SubFactory(AreaFactory)
    name = factory.Sequence(lambda n: f"โรงเรียนทดสอบ {n}")

    @factory.post_generation
    def cluster(self, create, cluster):
        if cluster:
            ClusterMembership.objects.create(school=self, cluster=cluster, starts_on=LONG_AGO)


class AcademicYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AcademicYear
        django_get_or_create = ("area", "year")

    area = factory.SubFactory(AreaFactory)
    year = 2569


class TermFactory(factory.django.DjangoModelFactory):
    """A term that is in force today, whatever the day."""

    class Meta:
        model = Term
        django_get_or_create = ("academic_year", "number")

    academic_year = factory.SubFactory(AcademicYearFactory)
    number = 2
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    closes_on = factory.LazyAttribute(lambda term: term.opens_on + timedelta(days=150))


class YearlyCountFactory(factory.django.DjangoModelFactory):
    """A school's numbers of one year: so many `pupils`, all of them boys of ป.1."""

    class Meta:
        model = YearlyCount
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    academic_year = factory.SubFactory(AcademicYearFactory)

    @factory.post_generation
    def pupils(self, create, pupils):
        GradeCount.objects.create(count=self, grade=Grade.P1, boys=pupils or 0, girls=0)


class SizeSchemeFactory(factory.django.DjangoModelFactory):
    """The office calls its schools เล็ก up to 120 pupils, กลาง up to 600, ใหญ่ beyond."""

    class Meta:
        model = SizeScheme
        django_get_or_create = ("key",)
        skip_postgeneration_save = True

    key = "test_3"
    name = "เกณฑ์ทดสอบ"
    provenance = "ทดสอบ"

    @factory.post_generation
    def bands(self, create, extracted):
        for label, low, high in SIZES:
            SizeBand.objects.create(scheme=self, label=label, low=low, high=high)
        area = AreaFactory()
        area.size_scheme = self
        area.save()


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.LazyAttribute(lambda user: f"ผู้ใช้ {user.username}")
    password = factory.django.Password("ทดสอบ-รหัสผ่าน-1")


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    role = Role.SUPERVISOR
    starts_on = LONG_AGO


class ScaleFactory(factory.django.DjangoModelFactory):
    """The five quality levels with their bands."""

    class Meta:
        model = Scale
        django_get_or_create = ("key",)
        skip_postgeneration_save = True

    key = "iqa_quality_5"
    name = "ระดับคุณภาพ 5 ระดับ"

    @factory.post_generation
    def levels(self, create, extracted):
        if create and not self.levels.exists():
            ScaleLevel.objects.bulk_create(
                ScaleLevel(scale=self, value=value, label=label) for value, label in LEVELS
            )
            ScaleBand.objects.bulk_create(
                ScaleBand(scale=self, low=Decimal(low), high=Decimal(high), label=label)
                for low, high, label in BANDS
            )


class CommitteeFactory(factory.django.DjangoModelFactory):
    """The area's ก.ต.ป.น., of which there is one."""

    class Meta:
        model = Committee
        django_get_or_create = ("kind", "cluster")

    kind = CommitteeKind.AREA
    cluster = None
    name = "ก.ต.ป.น. ทดสอบ"
    starts_on = LONG_AGO


class CommitteeMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    committee = factory.SubFactory(CommitteeFactory)
    post = factory.Sequence(lambda n: f"กรรมการคนที่ {n}")
    starts_on = LONG_AGO


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting of ก.ต.ป.น. that is over, unless said otherwise."""

    class Meta:
        model = Meeting
        django_get_or_create = ("committee", "number", "year")

    class Params:
        planned = factory.Trait(state=MeetingState.PLANNED, closed_at=None, closed_by=None)
        open = factory.Trait(state=MeetingState.OPEN, closed_at=None, closed_by=None)

    committee = factory.SubFactory(CommitteeFactory)
    number = 3
    year = 2569
    held_on = factory.LazyFunction(timezone.localdate)
    state = MeetingState.CLOSED
    closed_at = factory.LazyFunction(timezone.now)
    closed_by = factory.SubFactory(UserFactory)


class IndicatorSetFactory(factory.django.DjangoModelFactory):
    """Two standards of two indicators each; approved unless said otherwise."""

    class Meta:
        model = IndicatorSet
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(
            state=SetState.DRAFT,
            meeting=None,
            endorsed_by=None,
            endorsed_at=None,
        )

    name = factory.Sequence(lambda n: f"ชุดตัวชี้วัดทดสอบ {n}")
    scale = factory.SubFactory(ScaleFactory)
    state = SetState.APPROVED
    meeting = factory.SubFactory(MeetingFactory, number=1, held_on=date(2026, 5, 1))
    endorsed_by = factory.SubFactory(UserFactory)
    endorsed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def standards(self, create, extracted):
        for number in (1, 2):
            standard = Standard.objects.create(
                indicator_set=self, number=number, name=f"มาตรฐานทดสอบ {number}", target=3
            )
            Indicator.objects.bulk_create(
                Indicator(
                    standard=standard,
                    position=position,
                    code=f"{number}.{position}",
                    text=f"ตัวชี้วัดทดสอบ {number}.{position}",
                )
                for position in (1, 2)
            )


class RoundFactory(factory.django.DjangoModelFactory):
    """A first round in the term in force, with criteria chosen unless `bare`."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    class Params:
        bare = factory.Trait(criteria_chosen_at=None, criteria_chosen_by=None)

    school = factory.SubFactory(SchoolFactory)
    term = factory.SubFactory(TermFactory)
    criteria_chosen_at = factory.LazyFunction(timezone.now)
    criteria_chosen_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(timezone.now)
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def indicator_sets(self, create, chosen):
        if create and self.criteria_chosen_at:
            self.indicator_sets.set(chosen or [IndicatorSetFactory()])


class StepDeadlineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StepDeadline

    term = factory.SubFactory(TermFactory)
    step = 3
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class SurveyTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SurveyTemplate
        django_get_or_create = ("name",)

    name = "กรอบทดสอบ"


class NeedsAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedsArea

    survey_template = factory.SubFactory(SurveyTemplateFactory)
    position = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"ด้านทดสอบ {n}")


class NeedsTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedsTopic

    name = factory.Sequence(lambda n: f"ประเด็นที่ {n}")
    position = factory.Sequence(lambda n: n)
    words = ["คณิต"]


class NeedsCampaignFactory(factory.django.DjangoModelFactory):
    """The survey of one term, open since the term opened; `of_year` asks for the whole year."""

    class Meta:
        model = NeedsCampaign

    class Params:
        of_year = factory.Trait(term=None)

    term = factory.SubFactory(TermFactory)
    academic_year = factory.LazyAttribute(
        lambda campaign: campaign.term.academic_year if campaign.term else AcademicYearFactory()
    )
    survey_template = factory.SubFactory(SurveyTemplateFactory)
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=20))
    opened_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(timezone.now)


class WorkFactory(factory.django.DjangoModelFactory):
    """Work 4.5.1, which process P1 describes."""

    class Meta:
        model = Work
        django_get_or_create = ("code",)

    code = "4.5.1"
    name = "งานส่งเสริมและพัฒนาระบบการนิเทศ"

    @factory.lazy_attribute
    def work_group(self):
        return WorkGroup.objects.get_or_create(code="4.5", name="กลุ่มงานนิเทศ")[0]


class WorkProcessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkProcess
        django_get_or_create = ("code",)

    code = "P3"
    name = "งานนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"

    @factory.lazy_attribute
    def work(self):
        group, _ = WorkGroup.objects.get_or_create(code="4.5", name="กลุ่มงานนิเทศ")
        return Work.objects.get_or_create(work_group=group, code="4.5.3", name="งานนิเทศ ติดตาม")[0]


class OfficialOrderFactory(factory.django.DjangoModelFactory):
    """An order that has been in force for a long time; `draft` has no number and no days yet."""

    class Meta:
        model = OfficialOrder

    class Params:
        draft = factory.Trait(state=OrderState.DRAFT, number="", ordered_on=None, effective_on=None)

    state = OrderState.ISSUED
    number = factory.Sequence(lambda n: f"{n + 1}/2567")
    subject = "กำหนดหน้าที่ความรับผิดชอบ"
    ordered_on = LONG_AGO
    effective_on = LONG_AGO


class OrderOfficerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrderOfficer

    order = factory.SubFactory(OfficialOrderFactory)
    position = factory.Sequence(lambda n: n + 1)
    printed_post = "ศึกษานิเทศก์"


class DutyFactory(factory.django.DjangoModelFactory):
    """A duty since the day of its order."""

    class Meta:
        model = Duty

    officer = factory.SubFactory(OrderOfficerFactory)
    position = factory.Sequence(lambda n: n + 1)
    code = factory.LazyAttribute(lambda duty: f"{duty.officer.position}.{duty.position}")
    kind = DutyKind.OTHER
    text = "ปฏิบัติงานอื่น ๆ ตามที่ผู้บังคับบัญชามอบหมาย"
    starts_on = factory.LazyAttribute(lambda duty: duty.officer.order.effective_on)


class ListedAssignmentFactory(factory.django.DjangoModelFactory):
    """A row of the manual's list beside the annex of an order."""

    class Meta:
        model = ListedAssignment

    officer = factory.SubFactory(OrderOfficerFactory)
    position = factory.Sequence(lambda n: n + 1)
    number = "1."
    level = 1
    text = "ปฏิบัติงานอื่นๆ ตามที่ผู้บังคับบัญชามอบหมาย"
    duty_code = "5.7"


class NetworkFactory(factory.django.DjangoModelFactory):
    """A network of persons that has been at work for a long time."""

    class Meta:
        model = Network

    kind = NetworkKind.PERSONS
    name = factory.Sequence(lambda n: f"เครือข่ายครูแกนนำ {n}")
    purpose = "แลกเปลี่ยนเรียนรู้"
    work = factory.SubFactory(WorkFactory, code="4.5.2", name="งานส่งเสริมสนับสนุนเครือข่ายการนิเทศ")
    starts_on = LONG_AGO


class NetworkMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkMember

    network = factory.SubFactory(NetworkFactory)
    role = MemberRole.LEAD_TEACHER
    subject = "ภาษาไทย"
    school = factory.SubFactory(SchoolFactory)
    topics = "การอ่านออกเขียนได้"
    starts_on = LONG_AGO


class LearningSourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LearningSource

    kind = SourceKind.CLASSROOM
    name = factory.Sequence(lambda n: f"ห้องเรียนแห่งการอ่าน {n}")
    school = factory.SubFactory(SchoolFactory)
    topics = "มุมอ่านในชั้นเรียน"
    starts_on = LONG_AGO


class ForumFactory(factory.django.DjangoModelFactory):
    """A forum that is to be held in a week."""

    class Meta:
        model = Forum

    state = ForumState.PLANNED
    title = "เวทีแลกเปลี่ยนเรียนรู้"
    programme = "นำเสนอผลงานและสะท้อนผล"
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    ends_on = factory.LazyAttribute(lambda forum: forum.starts_on)
    place = "ห้องประชุมสำนักงาน"
    created_by = factory.SubFactory(UserFactory)


class DisseminationFactory(factory.django.DjangoModelFactory):
    """What was sent to the parent agency by letter."""

    class Meta:
        model = Dissemination

    state = DisseminationState.RECORDED
    kind = DisseminatedKind.SUMMARY
    title = "สรุปผลงานเครือข่ายการนิเทศ"
    audience = Audience.PARENT_AGENCY
    channel = DisseminationChannel.LETTER
    disseminated_on = factory.LazyFunction(timezone.localdate)
    letter_number = "ศธ 04001/1"
    letter_on = factory.LazyAttribute(lambda line: line.disseminated_on)
    recorded_by = factory.SubFactory(UserFactory)


class TestKindFactory(factory.django.DjangoModelFactory):
    """NT: a test with percentages and four levels, whose results the office enters."""

    class Meta:
        model = TestKind
        django_get_or_create = ("name",)
        skip_postgeneration_save = True

    name = "NT"
    long_name = "การประเมินคุณภาพผู้เรียน"
    position = 1

    @factory.post_generation
    def levels(self, create, extracted):
        if not self.levels.exists():
            for position, name in enumerate(("ดีมาก", "ดี", "พอใช้", "ปรับปรุง"), 1):
                TestLevel.objects.create(kind=self, position=position, name=name)


class TestSubjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TestSubject
        django_get_or_create = ("kind", "grade", "name")

    kind = factory.SubFactory(TestKindFactory)
    grade = Grade.P3
    name = "ภาษาไทย"


class LearningResultFactory(factory.django.DjangoModelFactory):
    """Twenty pupils of a school, 61.25 per cent on average; `shares` in the order of levels."""

    class Meta:
        model = LearningResult
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    academic_year = factory.SubFactory(AcademicYearFactory)
    subject = factory.SubFactory(TestSubjectFactory)
    tested = 20
    mean = Decimal("61.25")
    source = "ตารางผลสอบของสำนักงาน"
    updated_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def shares(self, create, shares):
        for level, percent in zip(self.subject.kind.levels.all(), shares or (), strict=False):
            LevelShare.objects.create(result=self, level=level, percent=percent)


class EducationStandardFactory(factory.django.DjangoModelFactory):
    """A standard of basic education by which schools report each year."""

    class Meta:
        model = EducationStandard

    level = EducationLevel.BASIC
    number = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda one: f"คุณภาพด้านที่ {one.number}")
    first_year = 2561


class ExternalAssessmentFactory(factory.django.DjangoModelFactory):
    """A school as an agency from outside assessed it."""

    class Meta:
        model = ExternalAssessment

    school = factory.SubFactory(SchoolFactory)
    state = ExternalAssessmentState.RECORDED
    agency = "สมศ."
    round_name = "รอบห้า"
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)
