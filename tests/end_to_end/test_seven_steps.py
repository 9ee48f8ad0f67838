"""One school of the manual goes through all seven steps, each by the right person in a browser.

On the way the self-assessment is returned with a reason, the first round ends in ไม่บรรลุ, a
second round achieves, and the year-end report is read from its PDF.
"""

import unicodedata
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from schools.core.thai import numeric_date
from schools.enums import Role
from schools.models import Cluster, School, Term
from supervision.rounds.models import Round
from tests import scenarios
from tests.end_to_end.actor import LAPTOP, PHONE, Actor
from tests.personas import ROLES_OF_PEOPLE, user_with_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHOOL = "บ้านโคกงาม"


@pytest.fixture
def actors(browser, live_server):
    """Whoever the steps need, signed in when first asked for."""
    call_command("load_manual", verbosity=0)
    school = School.objects.get(name=f"โรงเรียน{SCHOOL}")
    cluster = Cluster.objects.get()
    places = {
        Role.SUPERVISOR: {"cluster": cluster},
        Role.SUBCOMMITTEE_MEMBER: {"cluster": cluster},
        Role.CLUSTER_CHAIR: {"cluster": cluster},
        Role.SCHOOL_DIRECTOR: {"school": school},
        Role.ACADEMIC_TEACHER: {"school": school},
    }
    users = {
        role: user_with_role(role, role.value, **places.get(role, {})) for role in ROLES_OF_PEOPLE
    }

    def sign_in(viewport):
        return {r: Actor(browser, live_server.url, user, viewport) for r, user in users.items()}

    return sign_in


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_school_completes_all_seven_steps(actors, viewport):
    cast = actors(viewport)
    open_a_meeting(cast)
    open_the_term(cast)
    open_the_survey(cast)
    answer_the_survey(cast)
    ask_for_data(cast)
    confirm_the_data(cast)
    assess(cast, level=3)
    return_and_confirm_again(cast)
    visit(cast, level=2)
    decide_not_achieved(cast)
    choose_criteria_again(cast)
    assess(cast, level=4)
    visit(cast, level=4)
    decide_achieved(cast)
    agree_summary(cast)
    issue_term_report(cast)
    text = issue_year_report(cast)
    for words in (SCHOOL, "ไม่บรรลุ", "อ่านออกเขียนได้ด้วยนิทานพื้นบ้าน", "จัดทำแผนนิเทศภายในรายเดือน"):
        assert searchable(words) in text


def today() -> str:
    return numeric_date(timezone.localdate())


def open_a_meeting(cast):
    """ก.ต.ป.น. with its first member meets today; what it decides names this meeting."""
    group = cast[Role.GROUP_DIRECTOR]
    group.open("/committees/new/")
    group.choose("ก.ต.ป.น.")
    group.write("ชื่อคณะกรรมการ", "คณะกรรมการทดสอบ")
    group.write("ตั้งแต่วันที่", today())
    group.press("บันทึก")
    group.follow("เพิ่มกรรมการ")
    group.write("ตำแหน่ง", "กรรมการทดสอบ")
    group.write("ตั้งแต่วันที่", today())
    group.press("บันทึก")
    group.follow("นัดประชุม")
    group.write("วันที่ประชุม", today())
    group.press("นัดประชุม")
    group.follow("เปิดประชุม")
    group.press("เปิดประชุม")


def open_the_term(cast):
    """Step 2 before all: the set is endorsed by ก.ต.ป.น. and the term's rounds are opened."""
    group, committee = cast[Role.GROUP_DIRECTOR], cast[Role.COMMITTEE_MEMBER]
    for actor in (group, committee):
        actor.open("/criteria/")
        actor.follow("ขั้นพื้นฐาน")
        if actor is group:
            actor.follow("เสนอ ก.ต.ป.น.")
            actor.press("เสนอ ก.ต.ป.น.")
    committee.follow("บันทึกความเห็นชอบ")
    committee.press("บันทึกความเห็นชอบ")
    committee.sees("เห็นชอบแล้ว")
    group.open(f"/terms/{Term.objects.in_force(timezone.localdate()).pk}/open/")
    group.page.get_by_role("checkbox").last.check()
    group.press("เปิดรอบ 5 โรงเรียน")


def open_the_survey(cast):
    """Step 1: the unit asks every school, for this term."""
    group = cast[Role.GROUP_DIRECTOR]
    group.open_todo("เปิดแบบสำรวจ")
    group.page.get_by_role("radio", name="ภาคเรียนที่").check()
    group.page.get_by_role("radio", name="งาน 4 ด้าน").check()
    group.press("เปิดแบบสำรวจ")
    group.sees("เปิดแบบสำรวจสภาพปัญหาและความต้องการ")


def answer_the_survey(cast):
    teacher = cast[Role.ACADEMIC_TEACHER]
    teacher.open_todo("กรอกแบบสำรวจ")
    for fieldset in teacher.page.locator("fieldset.levels").all():
        fieldset.locator("input[type=radio]").nth(1).check()
    teacher.write("สิ่งที่ต้องการมากที่สุด", "สื่อการเรียนรู้ภาษาไทย")
    teacher.press("ส่งแบบสำรวจ")
    teacher.sees("ส่งแล้ว")


def ask_for_data(cast):
    """The unit asks every school to confirm what is known of it."""
    group = cast[Role.GROUP_DIRECTOR]
    group.open("/profiles/")
    group.follow("ขอให้โรงเรียนยืนยันข้อมูล")
    group.press("ขอให้ยืนยันข้อมูล")
    group.sees("ยืนยันแล้ว 0 จาก 5 โรงเรียน")


def confirm_the_data(cast):
    """The teacher looks through them and the director confirms, but for what is reported."""
    teacher, director = cast[Role.ACADEMIC_TEACHER], cast[Role.SCHOOL_DIRECTOR]
    teacher.open_todo("ตรวจและยืนยันข้อมูล")
    teacher.follow("ข้อมูลไม่ถูกต้อง จำนวนนักเรียนและห้องเรียน")
    teacher.write("สิ่งที่ไม่ถูกต้อง", "ยังไม่มีจำนวนนักเรียนของปีนี้")
    teacher.write("ที่ถูกต้องคือ", "50 คน ตามข้อมูล DMC")
    teacher.press("แจ้งข้อมูลไม่ถูกต้อง")
    teacher.press("ตรวจแล้ว แจ้งผู้อำนวยการให้ยืนยัน")
    director.open_todo("ยืนยันข้อมูล")
    director.follow("ยืนยันข้อมูล")
    director.press("ยืนยันข้อมูล")
    director.sees("ยกเว้น ยังไม่มีจำนวนนักเรียนของปีนี้ ที่แจ้งแก้ไขแล้ว")


def assess(cast, *, level):
    """The academic teacher drafts, the director confirms."""
    teacher = cast[Role.ACADEMIC_TEACHER]
    teacher.open_todo("เริ่มประเมินตนเอง")
    teacher.press("เริ่มประเมิน")
    teacher.rate_all_indicators(level)
    confirm(cast)


def confirm(cast):
    director = cast[Role.SCHOOL_DIRECTOR]
    director.open_todo("ยืนยันผลการประเมินตนเอง")
    director.follow("ยืนยันผลการประเมินตนเอง")
    director.sees("ยังขาดหลักฐาน")
    director.page.get_by_label("ยืนยันทั้งที่ยังขาดหลักฐาน").check()
    director.press("ยืนยันผล")
    director.sees("ยืนยันแล้ว")


def return_and_confirm_again(cast):
    supervisor, teacher = cast[Role.SUPERVISOR], cast[Role.ACADEMIC_TEACHER]
    supervisor.open(latest_round().get_absolute_url())
    supervisor.follow("โรงเรียนประเมินตนเอง")
    supervisor.follow("ส่งกลับให้แก้ไข")
    supervisor.press("ส่งกลับให้แก้ไข")
    supervisor.sees("โปรดระบุเหตุผล")
    supervisor.write("เหตุผล", "โปรดเพิ่มร่องรอยของตัวชี้วัดแรก")
    supervisor.press("ส่งกลับให้แก้ไข")
    teacher.open_todo("แก้ไขตามที่ส่งกลับ")
    teacher.sees("โปรดเพิ่มร่องรอยของตัวชี้วัดแรก")
    teacher.follow("ตรวจทานและแก้ไข")
    teacher.write("ร่องรอย/หลักฐาน", "แฟ้มผลการอ่านรายบุคคล")
    teacher.wait_until_saved()
    confirm(cast)


def visit(cast, *, level):
    """The supervisor plans, records and signs; the director acknowledges."""
    supervisor, director = cast[Role.SUPERVISOR], cast[Role.SCHOOL_DIRECTOR]
    supervisor.open_todo("นัดหมายการนิเทศ")
    supervisor.write("วันที่นิเทศ", numeric_date(scenarios.working_day()))
    supervisor.write("เรื่องที่นิเทศ", "นิเทศประจำภาคเรียน")
    supervisor.press("บันทึกนัดหมาย")
    supervisor.press("เริ่มบันทึกการนิเทศ")
    supervisor.rate_all_indicators(level)
    explain_a_wide_gap(supervisor)
    supervisor.press("ถัดไป ข้อความสรุป ›")
    supervisor.write("จุดเด่น", "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ")
    supervisor.write("จุดควรพัฒนา", "การวัดผลระหว่างเรียน")
    supervisor.write("ข้อเสนอแนะ", "จัดกิจกรรมชุมชนแห่งการเรียนรู้ทางวิชาชีพ")
    supervisor.wait_until_saved()
    supervisor.press("กลับไปบันทึกการนิเทศ ›")
    supervisor.follow("ลงนามบันทึกการนิเทศ")
    supervisor.press("ลงนาม")
    director.open_todo("รับทราบผลการนิเทศ")
    director.follow("รับทราบผลการนิเทศ")
    director.press("รับทราบ")
    director.sees("รับทราบแล้ว")


def explain_a_wide_gap(supervisor):
    """A gap of two levels asks for a finding at once."""
    card = supervisor.page.locator("section.indicator").first
    chosen = card.locator("input[type=radio]:checked").get_attribute("value")
    card.locator("input[type=radio][value='1']").check()
    supervisor.sees("ต่างจากโรงเรียน")
    card.get_by_label("ข้อค้นพบ").fill("พบกิจกรรมเฉพาะบางชั้น")
    supervisor.wait_until_saved()
    card.locator(f"input[type=radio][value='{chosen}']").check()
    supervisor.wait_until_saved()


def decide(cast, result, **more):
    group = cast[Role.GROUP_DIRECTOR]
    group.open_todo("พิจารณาผล")
    group.choose(result)
    for label, text in more.items():
        group.write(label, text)
    group.write("เหตุผล", f"ผลการนิเทศ{result}ตามเกณฑ์")
    group.press("ตรวจก่อนบันทึก")
    group.press("ยืนยันผลการพิจารณา")


def decide_not_achieved(cast):
    decide(cast, "ไม่บรรลุ", สิ่งที่จะปรับในรอบถัดไป="ปรับวิธีการนิเทศเป็นรายชั้นเรียน")
    assert latest_round().number == 2
    assert latest_round().previous.decision.is_achieved is False


def choose_criteria_again(cast):
    group = cast[Role.GROUP_DIRECTOR]
    group.open_todo("กำหนดชุดตัวชี้วัด")
    group.sees("ปรับวิธีการนิเทศเป็นรายชั้นเรียน")
    group.page.get_by_role("checkbox").first.check()
    group.press("กำหนดชุดตัวชี้วัด")


def decide_achieved(cast):
    decide(cast, "บรรลุ")
    supervisor, group = cast[Role.SUPERVISOR], cast[Role.GROUP_DIRECTOR]
    supervisor.open(f"/rounds/{latest_round().pk}/decision/")
    supervisor.follow("เสนอวิธีปฏิบัติที่เป็นเลิศ")
    supervisor.write("ชื่อผลงาน", "อ่านออกเขียนได้ด้วยนิทานพื้นบ้าน")
    supervisor.write("กระบวนการ", "วางแผน ปฏิบัติ ตรวจสอบ และปรับปรุงร่วมกับชุมชน")
    supervisor.write("ผลที่เกิดขึ้น", "นักเรียนอ่านคล่องขึ้นทุกชั้น")
    supervisor.press("เสนอผลงาน")
    group.open(supervisor.page.url)
    group.follow("คัดเลือก")
    group.choose("ระดับเขตพื้นที่การศึกษา")
    group.press("คัดเลือก")
    group.sees("ระดับเขตพื้นที่การศึกษา")


def agree_summary(cast):
    supervisor, director = cast[Role.SUPERVISOR], cast[Role.SCHOOL_DIRECTOR]
    supervisor.open_todo("สรุปผลการนิเทศ")
    supervisor.press("เริ่มสรุปผล")
    supervisor.follow("เพิ่มข้อเสนอแนะ")
    supervisor.write("ข้อเสนอแนะ", "จัดทำแผนนิเทศภายในรายเดือน")
    supervisor.page.get_by_label("ผู้อำนวยการโรงเรียน").check()
    supervisor.write("กำหนดเสร็จ", numeric_date(timezone.localdate() + timedelta(days=30)))
    supervisor.press("บันทึกข้อเสนอแนะ")
    supervisor.press("เสนอโรงเรียน")
    supervisor.press("เสนอโรงเรียน")
    director.open_todo("เห็นชอบสรุปผล")
    director.follow("เห็นชอบสรุปผล")
    director.press("เห็นชอบ")
    director.sees("เห็นชอบร่วมกันแล้ว")


def issue_term_report(cast):
    group, area = cast[Role.GROUP_DIRECTOR], cast[Role.AREA_DIRECTOR]
    group.open_todo("เสนอรายงาน")
    group.write("เลขที่รายงาน", "1/2569")
    group.press("เสนอ ผอ.สพป. ลงนาม")
    sign(area)


def issue_year_report(cast) -> str:
    """The text of the year-end report's PDF, as a reader's search would find it."""
    group, area = cast[Role.GROUP_DIRECTOR], cast[Role.AREA_DIRECTOR]
    group.open(f"/reports/years/{latest_round().term.academic_year.year}/")
    group.write("เลขที่รายงาน", "2/2569")
    group.press("เสนอ ผอ.สพป. ลงนาม")
    sign(area)
    area.follow("เผยแพร่สรุปผล")
    area.press("เผยแพร่")
    area.sees("เผยแพร่แล้ว")
    pages = PdfReader(area.download("ดาวน์โหลด PDF")).pages
    return searchable("".join(page.extract_text() for page in pages))


def searchable(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def sign(area):
    area.open_todo("ลงนามออกรายงาน")
    area.follow("ลงนามออกรายงาน")
    area.press("ลงนามออกรายงาน")
    area.sees("ดาวน์โหลด PDF")


def latest_round() -> Round:
    return Round.objects.filter(school__name=f"โรงเรียน{SCHOOL}").order_by("-number").first()
