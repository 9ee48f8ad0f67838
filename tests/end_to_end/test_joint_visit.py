"""One visit in three browsers: two supervisors on their phones, the director on a laptop.

Each supervisor rates alone, the leader settles one record and signs it, the school acknowledges;
then the record is amended. Whoever acts on an old page is told, and loses nothing. The three have
their pages open side by side and take turns; that they may act in the same moment is proved in
tests/concurrency.
"""

import pytest
from playwright.sync_api import expect

from schools.core.thai import numeric_date
from schools.enums import Role
from supervision.visits.models import Visit
from tests import scenarios
from tests.end_to_end.actor import LAPTOP, PHONE, Actor
from tests.personas import user_with_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FINDING = "เยี่ยมชั้นเรียนแล้วพบกิจกรรมเพียงชั้นเดียว"
COMMENT = "โรงเรียนจะจัดกิจกรรมให้ครบทุกชั้น"
REASON = "กรอกระดับข้อ 1.1 คลาดเคลื่อน"


@pytest.fixture
def leader(browser, live_server, supervisor, round_, school_director):
    """At a school that gave itself ดีเลิศ (4) throughout."""
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director, level=4)
    return Actor(browser, live_server.url, supervisor, PHONE)


@pytest.fixture
def second(browser, live_server, cluster):
    user = user_with_role(Role.SUPERVISOR, "second_supervisor", cluster=cluster)
    return Actor(browser, live_server.url, user, PHONE)


@pytest.fixture
def director(browser, live_server, school_director):
    return Actor(browser, live_server.url, school_director, LAPTOP)


def test_one_visit_in_three_browsers(leader, second, director):
    plan_joint_visit(leader, second, director)
    rate_side_by_side(leader, second)
    hand_in(leader, second)
    reconcile_ratings(leader)
    explain_the_wide_gap(leader)
    sign(leader, second)
    edit_after_signature(second)
    acknowledge(director, leader)
    revise_record(leader)
    acknowledge_new_version(director)
    read_the_first_version(leader, director)


def test_a_half_filled_visit_is_called_off(leader, second, director):
    plan_joint_visit(leader, second, director)
    start_record(second)
    cancel_visit(leader)
    edit_after_cancellation(second)
    see_why_and_nothing_else(director)


def visit(version=1) -> Visit:
    return Visit.objects.get(version=version)


def plan_joint_visit(leader, second, director):
    """All three have the visit's page open from now on; the school does not read the record yet."""
    leader.open_todo("นัดหมายการนิเทศ")
    leader.write("วันที่นิเทศ", numeric_date(scenarios.working_day()))
    leader.write("เรื่องที่นิเทศ", "นิเทศประจำภาคเรียน")
    leader.page.get_by_label("second_supervisor").check()
    leader.press("บันทึกนัดหมาย")
    leader.press("เริ่มบันทึกการนิเทศ")
    for actor in (leader, second, director):
        actor.open(visit().get_absolute_url())
    director.sees("โรงเรียนอ่านผลการนิเทศได้เมื่อ")


def rate_side_by_side(leader, second):
    """Now one phone and now the other; they see the second indicator differently."""
    levels = {leader: (4, 3, 5, 2), second: (4, 4, 5, 2)}
    for rater in levels:
        rater.press("ให้คะแนนของตนเอง")
    for part, onward in enumerate(("ถัดไป มาตรฐานที่ 2 ›", "กลับไปส่งคะแนน ›")):
        for number in (0, 1):
            for rater, given in levels.items():
                rater.rate_indicator(number, given[2 * part + number])
        for rater in levels:
            rater.wait_until_saved()
            rater.press(onward)


def hand_in(leader, second):
    """The second supervisor's page is open twice, and sends twice."""
    for rater in (leader, second):
        rater.follow("ส่งคะแนน")
        rater.sees("เมื่อส่งแล้วจะแก้ไขคะแนนของคุณไม่ได้")
        rater.check_accessibility()
    forgotten = second.another_tab()
    for rater in (second, leader, forgotten):
        rater.press("ส่งคะแนน")
    second.sees("คุณส่งคะแนนแล้ว")
    forgotten.sees("ส่งคะแนนของคุณแล้ว จึงส่งซ้ำไม่ได้")


def reconcile_ratings(leader):
    """What both found alike is taken over; the rest is the leader's to settle."""
    leader.follow("เทียบคะแนนของผู้ร่วมนิเทศ")
    leader.sees("ต่างกัน 1 ระดับ")
    leader.check_accessibility()
    leader.press("ใช้ระดับที่ตรงกัน 3 ข้อ")
    leader.sees("เหลือ 1 ข้อที่คุณต้องพิจารณาเอง")
    leader.follow("สรุปข้อนี้ 1.2")
    leader.rate_indicator(1, 3)
    leader.wait_until_saved()


def explain_the_wide_gap(leader):
    """Both gave 2 where the school gave 4: the signature waits for a finding."""
    for page in ("ratings", "sign"):
        leader.open(f"{visit().get_absolute_url()}{page}/")
        leader.sees("ต่างจากโรงเรียนตั้งแต่ 2 ระดับ โปรดเขียนข้อค้นพบ")
    leader.sees("ยังลงนามไม่ได้")
    leader.follow("2.2")
    leader.page.get_by_label("ข้อค้นพบ").last.fill(FINDING)
    leader.wait_until_saved()


def sign(leader, second):
    """The leader's page is open twice, and the second supervisor has the record open too."""
    second.open(visit().sheet.get_absolute_url())
    leader.open(visit().get_absolute_url())
    leader.follow("ลงนามบันทึกการนิเทศ")
    forgotten = leader.another_tab()
    leader.press("ลงนาม")
    leader.sees("รอผู้อำนวยการโรงเรียนรับทราบ")
    forgotten.press("ลงนาม")
    forgotten.sees("ลงนามบันทึกการนิเทศไปแล้วโดย")


def edit_after_signature(second):
    """Words after the signature are no part of the record, and kept; nobody signs again."""
    second.write("จุดเด่น", "ครูเตรียมการสอนดี")
    second.sees("แบบประเมินนี้ปิดแล้ว")
    second.follow("เปิดหน้าบันทึก")
    second.sees("ข้อความต่อไปนี้ส่งมาถึงภายหลัง จึงไม่เป็นส่วนหนึ่งของบันทึกการนิเทศ")
    second.sees("ครูเตรียมการสอนดี")
    second.check_accessibility()
    second.open(f"{visit().get_absolute_url()}sign/")
    second.sees("ลงนามบันทึกการนิเทศไปแล้วโดย")


def acknowledge(director, leader):
    """The leader's page still waits for it."""
    director.open_todo("รับทราบผลการนิเทศ")
    director.sees("ผลการนิเทศเทียบการประเมินตนเอง")
    director.follow("รับทราบผลการนิเทศ")
    director.write("ความเห็น", COMMENT)
    director.press("รับทราบ")
    director.sees(COMMENT)
    leader.page.reload()
    leader.sees(COMMENT)


def revise_record(leader):
    leader.follow("แก้ไขเป็นฉบับใหม่")
    leader.write("เหตุผล", REASON)
    leader.press("เริ่มฉบับแก้ไข")
    leader.follow("แก้ไขบันทึก")
    with leader.page.expect_navigation():
        leader.page.get_by_role("button", name="มาตรฐานที่ 1").click()
    leader.rate_indicator(0, 5)
    leader.wait_until_saved()
    leader.open(visit(2).get_absolute_url())
    leader.follow("ลงนามบันทึกการนิเทศ")
    leader.press("ลงนาม")


def acknowledge_new_version(director):
    director.open_todo("รับทราบ")
    director.sees(REASON)
    director.follow("รับทราบผลการนิเทศ")
    director.press("รับทราบ")
    director.sees("โรงเรียนรับทราบแล้ว")
    director.check_accessibility()


def read_the_first_version(leader, director):
    """It says what it said, and its raters' scores are the office's to read for ever."""
    for actor in (leader, director):
        actor.open(visit().get_absolute_url())
        actor.sees("ฉบับนี้เก็บไว้เป็นหลักฐาน")
        actor.sees(COMMENT)
        actor.follow("ดูคะแนน ข้อค้นพบ และหลักฐานทุกข้อ")
        actor.follow("มาตรฐานที่ 1")
        expect(actor.page.locator(".chosen").first).to_contain_text("ดีเลิศ")
    leader.open(f"{visit().get_absolute_url()}ratings/")
    said = leader.page.locator(".rated-indicator").nth(1)
    expect(said).to_contain_text("ศึกษานิเทศก์ (supervisor) ดี")
    expect(said).to_contain_text("ศึกษานิเทศก์ (second_supervisor) ดีเลิศ")


# --- Called off ---


def start_record(second):
    second.follow("บันทึกการนิเทศต่อ")
    second.rate_indicator(0, 3)
    second.page.get_by_label("ข้อค้นพบ").first.fill(FINDING)
    second.wait_until_saved()


def cancel_visit(leader):
    leader.page.get_by_text("เปลี่ยนแปลงนัดหมาย").click()
    leader.follow("ยกเลิกการนิเทศ")
    leader.sees("เก็บให้กลุ่มนิเทศฯ อ่านเท่านั้น")
    leader.write("เหตุผล", "น้ำท่วมทางเข้าโรงเรียน")
    leader.press("ยกเลิกการนิเทศ")
    leader.follow("ดูคะแนน ข้อค้นพบ และหลักฐานทุกข้อ")
    leader.sees(FINDING)


def edit_after_cancellation(second):
    """The words came too late: the page says so, and they are kept with the record."""
    second.page.get_by_label("ข้อค้นพบ").last.fill("พิมพ์ต่อหลังยกเลิก")
    second.sees("แบบประเมินนี้ปิดแล้ว")
    second.page.reload()
    second.sees("ยกเลิกแล้ว แก้ไขไม่ได้")
    second.open(visit().get_absolute_url())
    second.sees("พิมพ์ต่อหลังยกเลิก")


def see_why_and_nothing_else(director):
    director.page.reload()
    director.sees("น้ำท่วมทางเข้าโรงเรียน")
    expect(director.page.get_by_text(FINDING)).to_have_count(0)
    expect(director.page.get_by_text("พิมพ์ต่อหลังยกเลิก")).to_have_count(0)
    assert director.page.goto(visit().sheet.get_absolute_url()).status == 404
