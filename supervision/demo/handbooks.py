"""A foreword that an officer wrote, marked as a sample; that of position 16 stays the manual's."""

from datetime import date

from reports.handbook.foreword import handbook_of, save_foreword
from reports.handbook.officers import posts_of_officer
from schools.core.thai import fiscal_year
from schools.models import User

FOREWORD = (
    "คู่มือปฏิบัติงานฉบับนี้ จัดทำขึ้นเพื่อใช้เป็นแนวทางบริหารงานของกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา "
    "ให้ศึกษานิเทศก์และผู้เกี่ยวข้องเข้าใจบทบาท หน้าที่ และขั้นตอนการปฏิบัติงานตรงกัน (ข้อความตัวอย่าง)\n"
    "ขอขอบคุณศึกษานิเทศก์ทุกคนที่ร่วมให้ข้อคิดเห็นในการจัดทำคู่มือฉบับนี้ (ข้อความตัวอย่าง)"
)


def write_sample_foreword(officer: User, today: date) -> None:
    """In the handbook of the present fiscal year."""
    of = posts_of_officer(officer, fiscal_year(today))
    save_foreword(handbook_of(of), by=officer, foreword=FOREWORD)
