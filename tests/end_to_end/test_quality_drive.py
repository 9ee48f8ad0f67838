"""One year's quality drive, walked by five people, each in a browser of their own.

The group director designs it, a school takes its baseline from last year, its director asks for a
change of the agreement before signing it, reports, answers, is ranked and objects; a meeting
honours the school. It ends in the report's PDF, a certificate that verifies, and next year's
draft. A second walk shows what goes on beside it: a visit that advises, a committee's report, an
exchange event. All schools are made up. What needs no browser is in the faster tests.
"""

import unicodedata
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from reports.certificates.models import Certificate
from schools.core.thai import numeric_date
from schools.enums import Role
from supervision.committees.enums import CommitteeKind
from supervision.criteria.models import Indicator, Standard
from supervision.improvement.models import Recommendation
from supervision.quality_drive.models import QualityDrive, Ranking
from tests import scenarios
from tests.drive_scenarios import drive_at_work
from tests.end_to_end.actor import LAPTOP, PHONE, Actor
from tests.factories import (
    AcademicYearFactory,
    CommitteeFactory,
    IndicatorSetFactory,
    MeetingFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)
from tests.personas import user_with_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHER_SCHOOLS = 11  # a school sees its place among ten others or more
SUPPORT = "จัดอบรมครูสอนอ่าน"
HONOUR_REASON = "นักเรียนอ่านออกทุกคน"
NEXT_PLAN = "ขยายมุมอ่านไปทุกชั้น"
OBSERVED = "ครูใช้สื่ออ่านหลากหลาย"
REFLECTION = "โรงเรียนได้แนวทางจัดมุมอ่าน"
MONITORED = "โรงเรียนในกลุ่มเริ่มจัดมุมอ่านแล้ว"
TAKEN_HOME = "นำการอ่านเช้าไปใช้ทุกชั้น"


@pytest.fixture
def indicator_set(db):
    """Three standards, so that the sample has indicators for all five dimensions."""
    found = IndicatorSetFactory()
    standard = Standard.objects.create(
        indicator_set=found, number=3, name="มาตรฐานทดสอบ 3", target=3
    )
    Indicator.objects.bulk_create(
        Indicator(
            standard=standard,
            position=position,
            code=f"3.{position}",
            text=f"ตัวชี้วัดทดสอบ 3.{position}",
        )
        for position in (1, 2)
    )
    return found


@pytest.fixture
def schools(cluster, school):
    names = [f"โรงเรียนตัวอย่าง {number:03}" for number in range(2, OTHER_SCHOOLS + 2)]
    return [school, *(SchoolFactory(name=name, cluster=cluster) for name in names)]


@pytest.fixture
def results(term, indicator_set, schools, supervisor, school_director):
    """Last year's visit of the school, and this year's of all schools, all signed."""
    year = AcademicYearFactory(year=term.academic_year.year - 1)
    opened = timezone.localdate() - timedelta(days=300)
    last_term = TermFactory(academic_year=year, number=2, opens_on=opened)
    AcademicYearFactory(year=term.academic_year.year + 1)
    visited(schools[0], last_term, indicator_set, 2, supervisor, school_director)
    for number, one in enumerate(schools):
        place = {"school": one}
        director = school_director
        if number:
            director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{number}", **place)
        visited(one, term, indicator_set, 2 + number % 3, supervisor, director)


def visited(school, term, indicator_set, level, supervisor, director):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[indicator_set])
    scenarios.self_assessment_confirmed(round_, by=director, level=level)
    scenarios.visit_signed(round_, by=supervisor, level=level)


@pytest.fixture
def cast(browser, live_server, results, supervisor, group_director, area_director, school_director):
    """The four, signed in; the school's director has a phone."""
    MeetingFactory(number=4)
    people = (group_director, supervisor, area_director, school_director)
    return signed_in(browser, live_server, people)


def signed_in(browser, live_server, people):
    """Each in a browser of their own, by their role; a school's director has a phone."""
    found = {}
    for user in people:
        [post] = user.appointments.all()
        viewport = PHONE if post.role == Role.SCHOOL_DIRECTOR else LAPTOP
        found[Role(post.role)] = Actor(browser, live_server.url, user, viewport)
    return found


@pytest.fixture
def companions(
    browser,
    live_server,
    term,
    round_,
    cluster,
    supervisor,
    group_director,
    subcommittee_member,
    school_director,
):
    """Who work beside each other in a drive that ก.ต.ป.น. has endorsed."""
    drive_at_work(term, [], by=group_director)
    facts = {"kind": CommitteeKind.SUBCOMMITTEE, "cluster": cluster}
    CommitteeFactory(name="อ.ก.ต.ป.น. ของเรา", **facts)
    people = (group_director, supervisor, subcommittee_member, school_director)
    return signed_in(browser, live_server, people)


def test_a_year_of_the_quality_drive(cast, term):
    year = term.academic_year.year
    design_and_endorse(cast, year)
    take_the_baseline_from_last_year(cast, year)
    agree(cast, year)
    report_progress(cast)
    answer_the_climate_survey(cast, year)
    rank_and_hear_the_school(cast)
    honour(cast)
    certify(cast)
    text = report(cast, year)
    for words in ("ตัวอย่าง", HONOUR_REASON, NEXT_PLAN):
        assert searchable(words) in text
    begin_next_year(cast, year)


def test_what_goes_on_beside_the_agreements(companions, term):
    year = term.academic_year.year
    advise_and_look_back(companions, year)
    report_of_the_subcommittee(companions, year)
    exchange(companions, year)


def soon(days=7) -> str:
    return numeric_date(timezone.localdate() + timedelta(days=days))


def choose_meeting(actor):
    actor.page.locator("main select[name=meeting]").select_option(index=1)


def design_and_endorse(cast, year):
    """The group director begins with samples, then names the meeting that endorsed them."""
    group = cast[Role.GROUP_DIRECTOR]
    group.open("/drives/")
    group.follow("เริ่มการขับเคลื่อนของปี")
    group.page.locator("main select").select_option(label=str(year))
    group.page.locator("main form button[type=submit]").click()
    group.sees("ยังไม่มีตัวชี้วัด")
    group.follow("ใช้ตัวชี้วัดตัวอย่าง")
    group.press("ใช้ตัวชี้วัดตัวอย่าง")
    group.follow("บันทึกมติเห็นชอบ")
    choose_meeting(group)
    group.press("บันทึกมติเห็นชอบ")
    group.sees("บันทึกมติเห็นชอบการขับเคลื่อนแล้ว")
    group.check_accessibility()


def take_the_baseline_from_last_year(cast, year):
    supervisor, director = cast[Role.SUPERVISOR], cast[Role.SCHOOL_DIRECTOR]
    supervisor.open_todo("รวบรวมข้อมูลฐานของโรงเรียนในความรับผิดชอบ")
    supervisor.follow("ของเรา")
    supervisor.follow("ใช้ผลปีก่อนทั้งหมด")
    supervisor.press("ใช้ผลปีก่อนทั้งหมด")
    supervisor.follow("เขียนปัญหา ความต้องการ และแผน")
    for label in ("สภาพปัญหา", "ความต้องการ", "สาเหตุ", "แผนการขับเคลื่อนของโรงเรียน"):
        supervisor.write(label, f"{label}ของการอ่าน")
    supervisor.press("บันทึก")
    director.open_todo("ยืนยันข้อมูลฐานของโรงเรียน")
    director.follow("ยืนยันข้อมูลฐาน")
    director.press("ยืนยันข้อมูลฐาน")
    director.sees("โรงเรียนยืนยันแล้ว")
    director.check_accessibility()


def agree(cast, year):
    """Drafted, sent back, changed, signed by both; what the office promised is owed from then."""
    supervisor, director = cast[Role.SUPERVISOR], cast[Role.SCHOOL_DIRECTOR]
    supervisor.open(f"/drives/{year}/agreements/")
    supervisor.follow("ของเรา")
    supervisor.press("ร่างบันทึกข้อตกลง")
    supervisor.follow("เพิ่มการสนับสนุน")
    supervisor.write("การสนับสนุนของสำนักงาน", SUPPORT)
    supervisor.page.locator("input[name=assignee][value=supervisor]").check()
    supervisor.write("กำหนดเสร็จ", soon(30))
    supervisor.press("บันทึก")
    propose(supervisor)
    director.open_todo("ลงนามบันทึกข้อตกลง")
    director.follow("ขอให้ปรับ")
    director.write("เหตุผล", "ขอลดค่าเป้าหมายด้านนักเรียน")
    director.press("ส่งกลับให้ปรับ")
    supervisor.open_todo("ปรับและเสนอบันทึกข้อตกลง")
    supervisor.sees("ขอลดค่าเป้าหมายด้านนักเรียน")
    supervisor.follow("แก้ไขข้อตกลงและค่าเป้าหมาย")
    supervisor.page.locator("input[name^=target_]").first.fill("2.50")
    supervisor.press("บันทึกร่าง")
    propose(supervisor)
    director.open_todo("ลงนามบันทึกข้อตกลง")
    director.sees("3.00 → 2.50")
    director.check_accessibility()
    director.follow("ลงนาม")
    director.press("ลงนาม")
    sign_all(cast[Role.AREA_DIRECTOR], year)
    assert Recommendation.objects.get(text=SUPPORT).due_on is not None


def propose(supervisor):
    supervisor.follow("เสนอโรงเรียน")
    supervisor.press("เสนอโรงเรียน")


def sign_all(area, year):
    area.open(f"/drives/{year}/agreements/")
    area.follow("ลงนามที่รอ 1 ฉบับ")
    area.press("ลงนาม")
    area.sees("ลงนามครบ 1 จาก")


def report_progress(cast):
    """From the school's own page of the drive, on a phone."""
    director = cast[Role.SCHOOL_DIRECTOR]
    drive = QualityDrive.objects.get()
    director.open(drive.get_absolute_url())
    director.follow("การขับเคลื่อนของโรงเรียน")
    director.sees(SUPPORT)
    director.sees("สำนักงานรับไว้")
    director.check_accessibility()
    director.follow("รายงานความก้าวหน้า")
    director.page.locator("input[type=radio][name$=level][value='3']").first.check()
    director.write("สิ่งที่ดำเนินการ", "จัดมุมอ่านทุกห้อง")
    director.press("บันทึกความก้าวหน้า")
    director.sees("บันทึกความก้าวหน้าด้านนักเรียนคุณภาพแล้ว")


def answer_the_climate_survey(cast, year):
    group, director = cast[Role.GROUP_DIRECTOR], cast[Role.SCHOOL_DIRECTOR]
    group.open(f"/drives/{year}/climate/add/")
    group.write("ตอบได้ถึงวันที่", soon())
    group.press("บันทึก")
    group.follow("เปิดแบบสำรวจ")
    group.press("เปิดแบบสำรวจ")
    director.open_todo("ตอบแบบสำรวจบรรยากาศ")
    director.follow("ตอบแบบสำรวจ")
    for box in director.page.locator("main input[type=radio][value='4']").all():
        box.check()
    director.check_accessibility()
    director.press("ส่งคำตอบ")


def rank_and_hear_the_school(cast):
    """Computed, shown, objected to, kept; endorsed once the days for objections are over."""
    group, director = cast[Role.GROUP_DIRECTOR], cast[Role.SCHOOL_DIRECTOR]
    group.open(QualityDrive.objects.get().get_absolute_url())
    group.follow("การจัดลำดับคุณภาพโรงเรียน")
    group.follow("คำนวณลำดับ")
    group.press("คำนวณลำดับ")
    group.check_accessibility()
    group.follow("แจ้งผลแก่โรงเรียน")
    group.write("รับข้อทักท้วงถึงวันที่", soon())
    group.press("แจ้งผลแก่โรงเรียน")
    director.open_todo("ดูผลการจัดลำดับของโรงเรียน")
    director.sees("จาก 12 โรงเรียน")
    director.check_accessibility()
    director.follow("ยื่นข้อทักท้วง")
    director.write("ข้อทักท้วง", "ระดับข้อ 1.1 ไม่ตรงกับบันทึกการนิเทศ")
    director.press("ยื่นข้อทักท้วง")
    group.open_todo("ตอบข้อทักท้วง")
    group.follow("ตอบว่าคงผลเดิม")
    group.write("คำตอบถึงโรงเรียน", "ตรวจกับบันทึกการนิเทศแล้วตรงกัน")
    group.press("บันทึกคำตอบ")
    yesterday = timezone.localdate() - timedelta(days=1)
    Ranking.objects.update(objections_until=yesterday)
    group.open(f"{QualityDrive.objects.get().get_absolute_url()}ranking/finish/")
    choose_meeting(group)
    group.press("บันทึกมติ")
    group.sees("บันทึกมติรับรองลำดับแล้ว")


def honour(cast):
    """A meeting honours the school, and releases it to the public."""
    group = cast[Role.GROUP_DIRECTOR]
    group.open(QualityDrive.objects.get().get_absolute_url())
    group.follow("ยกย่องเชิดชูเกียรติ")
    group.press("เริ่มจากประเภทตัวอย่าง")
    group.follow("เสนอชื่อโรงเรียน")
    group.page.locator("main select[name=category]").select_option(index=1)
    group.page.locator("main select[name=school]").select_option(label="โรงเรียนของเรา")
    group.write("เหตุผลที่ยกย่อง", HONOUR_REASON)
    group.press("เสนอชื่อ")
    group.follow("บันทึกมติ ก.ต.ป.น.")
    record_resolution(group)
    group.follow("บันทึกมติเผยแพร่")
    record_resolution(group)
    group.check_accessibility()
    group.follow("หน้าเผยแพร่ต่อสาธารณะ")
    group.sees(HONOUR_REASON)


def record_resolution(group):
    choose_meeting(group)
    group.page.locator("main select[name$=choice]").first.select_option(index=1)
    group.press("ตรวจก่อนบันทึกมติ")
    group.press("บันทึกมติ")


def certify(cast):
    """The area director signs it; whoever holds it can check it without signing in."""
    area = cast[Role.AREA_DIRECTOR]
    area.open("/certificates/issue/honours/")
    area.page.locator("input[name=honours]").first.check()
    area.press("ลงนามออกเกียรติบัตร")
    visitor = cast[Role.SUPERVISOR].page.context.browser.new_context().new_page()
    address = area.page.url.split("/certificates/")[0]
    visitor.goto(f"{address}{reverse('verify', args=[Certificate.objects.get().code])}")
    assert "โรงเรียนของเรา" in visitor.locator("main").inner_text()


def report(cast, year) -> str:
    """The text of the signed report's PDF, as a reader's search would find it."""
    group, area = cast[Role.GROUP_DIRECTOR], cast[Role.AREA_DIRECTOR]
    group.open(QualityDrive.objects.get().get_absolute_url())
    group.follow("เขียนสิ่งที่นำไปวางแผน")
    group.write("สิ่งที่นำไปวางแผนปีต่อไป", NEXT_PLAN)
    group.press("บันทึก")
    group.follow("เปิดรายงาน")
    group.check_accessibility()
    group.write("เลขที่รายงาน", f"3/{year}")
    group.press("เสนอ ผอ.สพป. ลงนาม")
    area.open_todo("ลงนามออกรายงาน")
    area.follow("ลงนามออกรายงาน")
    area.press("ลงนามออกรายงาน")
    pages = PdfReader(area.download("ดาวน์โหลด PDF")).pages
    return searchable("".join(page.extract_text() for page in pages))


def searchable(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def begin_next_year(cast, year):
    group = cast[Role.GROUP_DIRECTOR]
    group.open(f"/drives/{year}/")
    group.follow("เริ่มการขับเคลื่อนของปีต่อไป")
    group.press("เริ่มร่างของปีต่อไป")
    group.sees(f"เริ่มจากการขับเคลื่อน ปีการศึกษา {year}")
    group.sees(NEXT_PLAN)
    assert QualityDrive.objects.get(academic_year__year=year + 1).is_draft


# --- Beside the agreements ---


def advise_and_look_back(cast, year):
    """A visit that advises: the supervisor looks back on it, then the school does."""
    supervisor, director = cast[Role.SUPERVISOR], cast[Role.SCHOOL_DIRECTOR]
    supervisor.open(f"/drives/{year}/mentoring/")
    supervisor.follow("นัดหมาย โรงเรียนของเรา")
    supervisor.write("วันที่นิเทศ", numeric_date(scenarios.working_day()))
    supervisor.write("เรื่องที่นิเทศ", "ให้คำปรึกษาการอ่าน")
    supervisor.page.get_by_label("subcommittee_member").check()
    supervisor.press("บันทึกนัดหมาย")
    supervisor.follow("บันทึกการให้คำปรึกษา")
    supervisor.press("เริ่มบันทึกการให้คำปรึกษา")
    supervisor.choose("ห้องเรียนคุณภาพ")
    supervisor.write("สิ่งที่พบ", OBSERVED)
    supervisor.write("การสะท้อนผลของผู้นิเทศ", "ควรเชื่อมกับชีวิตจริง")
    supervisor.write("สิ่งที่จะทำต่อไปร่วมกัน", "นัดติดตามเดือนหน้า")
    supervisor.check_accessibility()
    supervisor.press("บันทึก")
    supervisor.follow("ลงนามบันทึก")
    supervisor.press("ลงนาม")
    director.open_todo("รับทราบและสะท้อนผลการให้คำปรึกษา")
    director.follow("บันทึกการให้คำปรึกษา")
    director.sees(OBSERVED)
    director.check_accessibility()
    director.follow("รับทราบและสะท้อนผล")
    director.write("การสะท้อนผลของผู้รับการนิเทศ", REFLECTION)
    director.press("รับทราบ")
    supervisor.page.reload()
    supervisor.sees(REFLECTION)


def report_of_the_subcommittee(cast, year):
    """A member of the cluster's อ.ก.ต.ป.น. reports on its schools; the office reads it."""
    member, group = cast[Role.SUBCOMMITTEE_MEMBER], cast[Role.GROUP_DIRECTOR]
    member.open(f"/drives/{year}/")
    member.follow("รายงานการติดตามของคณะ")
    member.follow("เขียนรายงาน")
    member.write("ตั้งแต่วันที่", soon(-30))
    member.write("ถึงวันที่", soon(0))
    member.write("ความก้าวหน้าที่พบ", MONITORED)
    member.write("ข้อเสนอแนะต่อสำนักงาน", "ขอสื่ออ่านเพิ่ม")
    member.press("บันทึก")
    member.check_accessibility()
    member.open_todo("ส่งรายงานการติดตาม")
    member.follow("รายงานสำนักงาน")
    member.press("รายงานสำนักงาน")
    member.sees("รายงานสำนักงานแล้ว")
    group.open(f"/drives/{year}/monitoring/")
    group.follow("อ.ก.ต.ป.น.")
    group.sees(MONITORED)


def exchange(cast, year):
    """An event of today; what a school takes home from it, the office reads."""
    group, director = cast[Role.GROUP_DIRECTOR], cast[Role.SCHOOL_DIRECTOR]
    group.open(f"/drives/{year}/exchange/")
    group.follow("กำหนดจัดเวทีใหม่")
    for label, words in {"ชื่อ": "เวทีอ่านออก", "กำหนดการ": "เล่าเรื่องที่ทำได้ดี"}.items():
        group.write(label, words)
    group.write("ตั้งแต่วันที่", soon(0))
    group.write("สถานที่", "หอประชุม")
    group.press("บันทึก")
    group.check_accessibility()
    director.open(f"/drives/{year}/exchange/")
    director.follow("เวทีอ่านออก")
    director.follow("บันทึกสิ่งที่")
    director.write("สิ่งที่ได้เรียนรู้และจะนำไปใช้", TAKEN_HOME)
    director.press("บันทึก")
    director.check_accessibility()
    group.page.reload()
    group.sees(TAKEN_HOME)
