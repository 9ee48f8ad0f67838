"""Two plans of fiscal years: the one that ended, with its results, and the one that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from schools.core.thai import fiscal_year, fiscal_year_days
from schools.models import School, User
from supervision.demo.office_days import at_ten, working_day
from supervision.demo.people import DemoPeople
from supervision.programmes.models import Activity, SupervisionPlan
from supervision.programmes.plans import activity_actions, plan_actions
from supervision.programmes.plans.activity_actions import (
    ActivityFacts,
    ActivityIndicatorResult,
    IndicatorFacts,
)
from supervision.programmes.plans.enums import ActivityIndicatorKind, ActivityKind
from supervision.standards.models import Work, WorkGroup

COUNTED, DESCRIBED = ActivityIndicatorKind.QUANTITATIVE, ActivityIndicatorKind.QUALITATIVE
DRAFTED_BEFORE, APPROVED_BEFORE = timedelta(days=20), timedelta(days=6)  # the year begins
EVERY_SCHOOL = 1000


@dataclass(frozen=True)
class SampleActivity:
    """An activity of the demonstration; days count from the first of the fiscal year."""

    title: str
    work: str
    kind: ActivityKind
    objective: str
    method: str
    first_day: int
    last_day: int
    budget: int
    indicators: Sequence[IndicatorFacts]
    schools: int = 0
    persons: str = ""
    project: str = ""
    by_group: bool = False


ACTIVITIES = (
    SampleActivity(
        title="พัฒนาระบบนิเทศภายในโรงเรียน (ตัวอย่าง)",
        work="4.5.1",
        kind=ActivityKind.SCHOOL_BASED,
        objective="ให้โรงเรียนมีแผนนิเทศภายในและนิเทศครูครบทุกคนในภาคเรียน",
        method="ประชุมเชิงปฏิบัติการ 1 วัน แล้วชี้แนะและเป็นพี่เลี้ยงที่โรงเรียน (Coaching & Mentoring)",
        first_day=33,
        last_day=140,
        budget=18000,
        indicators=(
            IndicatorFacts(COUNTED, "โรงเรียนที่มีแผนนิเทศภายใน", "ร้อยละ 100"),
            IndicatorFacts(DESCRIBED, "ครูนำผลการนิเทศไปปรับการสอน", "ระดับดีขึ้นไป"),
        ),
        schools=EVERY_SCHOOL,
    ),
    SampleActivity(
        title="นิเทศโรงเรียนวิถีพุทธ (ตัวอย่าง)",
        work="4.5.1",
        kind=ActivityKind.PROJECT_BASED,
        project="โรงเรียนวิถีพุทธ",
        objective="ให้โรงเรียนในโครงการจัดกิจกรรมตามแนวทางของโครงการอย่างต่อเนื่อง",
        method="นิเทศแบบมีส่วนร่วม ใช้แบบติดตามของโครงการ",
        first_day=60,
        last_day=100,
        budget=6000,
        indicators=(IndicatorFacts(COUNTED, "โรงเรียนที่ได้รับการนิเทศ", "2 ครั้งต่อโรงเรียน"),),
        schools=2,
    ),
    SampleActivity(
        title="ส่งเสริมเครือข่ายการนิเทศของกลุ่มโรงเรียน (ตัวอย่าง)",
        work="4.5.2",
        kind=ActivityKind.SCHOOL_BASED,
        objective="ให้ครูแกนนำของกลุ่มโรงเรียนช่วยเหลือกันด้านการสอน",
        method="เวทีแลกเปลี่ยนเรียนรู้ของครูแกนนำภาคเรียนละ 1 ครั้ง",
        first_day=75,
        last_day=76,
        budget=9500,
        indicators=(IndicatorFacts(COUNTED, "ครูแกนนำที่เข้าร่วม", "ไม่น้อยกว่า 15 คน"),),
        schools=EVERY_SCHOOL,
        persons="ครูแกนนำโรงเรียนละ 3 คน",
    ),
    SampleActivity(
        title="วิจัยผลของการชี้แนะต่อการสอนอ่านชั้น ป.1 (ตัวอย่าง)",
        work="4.5.4",
        kind=ActivityKind.RESEARCH,
        objective="ศึกษาว่าการชี้แนะรายบุคคลทำให้การสอนอ่านเปลี่ยนไปอย่างไร",
        method="วิจัยเชิงปฏิบัติการ เก็บข้อมูลด้วยแบบสังเกตชั้นเรียน",
        first_day=20,
        last_day=330,
        budget=0,
        indicators=(IndicatorFacts(DESCRIBED, "รายงานวิจัยที่เผยแพร่ได้", "1 เรื่อง"),),
        persons="ครูผู้สอนชั้น ป.1 จำนวน 5 คน",
    ),
    SampleActivity(
        title="เตรียมความพร้อมการประกันคุณภาพภายใน (ตัวอย่าง)",
        work="4.6.1",
        kind=ActivityKind.OTHER,
        objective="ให้โรงเรียนจัดทำรายงานการประเมินตนเองได้ตามมาตรฐานการศึกษา",
        method="คลินิกให้คำปรึกษา และคู่มือการเขียนรายงาน",
        first_day=150,
        last_day=152,
        budget=4200,
        indicators=(IndicatorFacts(COUNTED, "โรงเรียนที่ส่งรายงานทันกำหนด", "ร้อยละ 100"),),
        schools=EVERY_SCHOOL,
        by_group=True,
    ),
    SampleActivity(
        title="จัดระบบแฟ้มเอกสารของกลุ่มนิเทศฯ (ตัวอย่าง)",
        work="4.1",
        kind=ActivityKind.OTHER,
        objective="ให้ค้นหนังสือและหลักฐานการนิเทศของทุกกลุ่มงานได้ภายในวันเดียว",
        method="จัดแฟ้มตามเลขที่งานของคู่มือ",
        first_day=40,
        last_day=60,
        budget=0,
        indicators=(IndicatorFacts(DESCRIBED, "ทะเบียนแฟ้มของทุกกลุ่มงาน", "1 ชุด"),),
        persons="บุคลากรของกลุ่มนิเทศฯ ทุกคน",
        by_group=True,
    ),
)
ANALYSIS = (
    "ปีนี้กลุ่มนิเทศฯ รับผิดชอบงานตามคู่มือ 4.1–4.7 โรงเรียนส่วนใหญ่ยังไม่มีแผนนิเทศภายในที่ต่อเนื่อง "
    "และขอรับการนิเทศด้านการจัดการเรียนรู้มากที่สุด (ตัวอย่าง)"
)
AIMS = (
    "1. โรงเรียนทุกแห่งมีระบบนิเทศภายในที่ดำเนินการได้จริง\n"
    "2. ครูได้รับการนิเทศและการชี้แนะอย่างน้อยภาคเรียนละ 1 ครั้ง\n"
    "3. ครูแกนนำช่วยเหลือกันในกลุ่มโรงเรียน (ตัวอย่าง)"
)
SOURCES = (
    ("นโยบายและจุดเน้นของปี (ตัวอย่าง)", "ประกาศของหน่วยงานต้นสังกัด"),
    ("ครูขอรับการนิเทศด้านการวัดและประเมินผล (ตัวอย่าง)", "จากการประชุมกลุ่มโรงเรียน"),
)
RESULT = "ดำเนินการได้ตามแผน ผู้เข้าร่วมนำไปใช้ที่โรงเรียนของตน และรายงานผลกลับมา (ตัวอย่าง)"
LESSONS = "ควรนัดหมายโรงเรียนล่วงหน้าตั้งแต่ต้นภาคเรียน และให้ครูแกนนำเป็นผู้ชี้แนะร่วม (ตัวอย่าง)"
PROBLEMS = "โรงเรียนบนพื้นที่สูงเดินทางลำบากในฤดูฝน (ตัวอย่าง)"


def create_year_plans(people: DemoPeople, schools: Sequence[School], today: date) -> None:
    """The plan of the fiscal year before, and that of the present one as far as it has come."""
    year = fiscal_year(today)
    for one in (year - 1, year):
        _carry_out(_approved_plan(one, people, schools), people, today)


def _approved_plan(year: int, people: DemoPeople, schools: Sequence[School]) -> SupervisionPlan:
    first, _ = fiscal_year_days(year)
    with at_ten(working_day(first - DRAFTED_BEFORE)):
        plan = plan_actions.draft_plan(
            year, by=people.group, analysis=ANALYSIS, aims=AIMS, is_sample=True
        )
        for text, detail in SOURCES:
            plan_actions.add_plan_source(plan, by=people.group, text=text, detail=detail)
        for sample in ACTIVITIES:
            _plan(plan, sample, people, schools)
        plan_actions.propose_plan(plan, by=people.group)
    with at_ten(working_day(first - APPROVED_BEFORE)):
        plan_actions.approve_plan(plan, by=people.area)
    return plan


def _plan(
    plan: SupervisionPlan, sample: SampleActivity, people: DemoPeople, schools: Sequence[School]
) -> None:
    first, _ = fiscal_year_days(plan.fiscal_year)
    owner = _owner(sample, people)
    fields = {
        "title": sample.title,
        "kind": sample.kind,
        "project": sample.project,
        "work": Work.objects.filter(code=sample.work).first(),
        "work_group": WorkGroup.objects.filter(code=sample.work).first(),
        "objective": sample.objective,
        "method": sample.method,
        "target_text": sample.persons,
        "starts_on": first + timedelta(days=sample.first_day),
        "ends_on": first + timedelta(days=sample.last_day),
        "budget_planned": Decimal(sample.budget),
        "owner": owner,
    }
    facts = ActivityFacts(fields, schools[: sample.schools], [], sample.indicators)
    source = plan.sources.first() if sample.work == "4.5.1" else None
    activity_actions.plan_activity(plan, facts, by=people.group, source=source)


def _owner(sample: SampleActivity, people: DemoPeople) -> User:
    return people.group if sample.by_group else people.supervisor


def _carry_out(plan: SupervisionPlan, people: DemoPeople, today: date) -> None:
    """What has begun by today is begun and noted, what has ended has its result."""
    for activity in plan.activities.select_related("owner", "plan"):
        middle = activity.starts_on + (activity.ends_on - activity.starts_on) / 2
        if activity.starts_on <= today:
            with at_ten(activity.starts_on):
                activity_actions.begin_activity(activity, by=activity.owner)
        if middle < today and activity.starts_on != activity.ends_on:
            _note(activity, middle)
        if activity.ends_on < today - timedelta(days=3):
            _finish(activity)


def _note(activity: Activity, day: date) -> None:
    with at_ten(day):
        activity_actions.record_activity_progress(
            activity,
            by=activity.owner,
            noted_on=day,
            percent=50,
            text="ดำเนินการแล้วครึ่งหนึ่งตามกำหนดการ (ตัวอย่าง)",
        )


def _finish(activity: Activity) -> None:
    """All but one indicator reach their target."""
    results = [
        ActivityIndicatorResult(row.pk, _result_of(row.target), is_achieved=row.position == 1)
        for row in activity.indicators.all()
    ]
    with at_ten(activity.ends_on + timedelta(days=2)):
        activity_actions.finish_activity(
            activity,
            by=activity.owner,
            indicators=results,
            result=RESULT,
            problems=PROBLEMS,
            lessons=LESSONS,
            budget_spent=activity.budget_planned * Decimal("0.95"),
        )


def _result_of(target: str) -> str:
    return f"เป็นไปตามเป้าหมาย ({target})" if "ร้อยละ" in target else "ดำเนินการแล้ว"
