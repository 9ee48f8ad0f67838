"""What the demonstration's unit decides and makes itself: tools and methods, its own practices."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from schools.models import Term
from supervision.demo.committees import sample_meeting
from supervision.demo.endorsed_sets import OBSERVATION_FORM
from supervision.demo.office_days import at_ten
from supervision.demo.people import DemoPeople
from supervision.practices import actions as practices
from supervision.practices.enums import PracticeKind
from supervision.rounds.enums import SupervisionMethod
from supervision.rounds.methods import endorse_methods, save_methods
from supervision.standards.models import SUPERVISION_PROCESS, ManualForm, Work

METHODS = (SupervisionMethod.ON_SITE, SupervisionMethod.OBSERVATION, SupervisionMethod.COACHING)
METHODS_TEXT = (
    "ศึกษานิเทศก์นัดหมายล่วงหน้า ลงพื้นที่ร่วมกับ อ.ก.ต.ป.น. สังเกตชั้นเรียนอย่างน้อย 1 ห้อง "
    "และสะท้อนผลกับผู้อำนวยการและครูก่อนกลับ (ตัวอย่าง)"
)
METHOD: Mapping[str, Any] = {
    "kind": PracticeKind.METHOD,
    "title": "นิเทศชั้นเรียนด้วยคลิปการสอน 15 นาที (ตัวอย่าง)",
    "background": "โรงเรียนบนพื้นที่ภูเขาเดินทางไกล ลงพื้นที่ได้ไม่ครบทุกห้อง",
    "objectives": "ให้ครูได้รับข้อเสนอแนะจากการสอนจริงทุกภาคเรียน",
    "process": "ครูบันทึกการสอน 15 นาที ส่งให้ศึกษานิเทศก์ดูล่วงหน้า แล้วสนทนาสะท้อนผลออนไลน์ 30 นาที",
    "outcome": "ครูร้อยละ 80 ของกลุ่มทดลองปรับแผนการสอนตามข้อเสนอแนะภายใน 2 สัปดาห์",
    "lessons": "ข้อตกลงเรื่องการเก็บคลิปต้องชัดเจนก่อนเริ่ม",
}
HANDBOOK: Mapping[str, Any] = {
    "kind": PracticeKind.HANDBOOK,
    "title": "คู่มือครูพี่เลี้ยงสำหรับโรงเรียนขนาดเล็ก (ตัวอย่าง)",
    "process": "รวบรวมคำถามที่ครูถามบ่อย เขียนเป็น 12 เรื่อง ทดลองใช้ 3 โรงเรียน แล้วปรับแก้",
    "outcome": "ครูพี่เลี้ยงใช้เป็นแนวสนทนากับครูใหม่ได้เอง",
}


def set_term_methods(term: Term, people: DemoPeople) -> None:
    """The tools and methods of a term, endorsed in the week before it opens."""
    forms = ManualForm.objects.filter(process=SUPERVISION_PROCESS)
    with at_ten(term.opens_on - timedelta(days=14)):
        row = save_methods(
            term,
            None,
            by=people.group,
            methods=METHODS,
            tools=[*map(str, forms), OBSERVATION_FORM],
            description=METHODS_TEXT,
            is_sample=True,
        )
    with at_ten(term.opens_on - timedelta(days=7)):
        meeting = sample_meeting(timezone.localdate(), by=people.group)
        endorse_methods(row, by=people.committee, meeting=meeting)


def create_unit_practices(people: DemoPeople) -> None:
    """A method of the unit that was selected, and a handbook that waits."""
    work = Work.objects.get(code="4.5.1")
    facts: dict[str, Any] = {"work": work, "by": people.supervisor, "is_sample": True}
    method = practices.nominate_unit_practice(**facts, **METHOD)
    practices.review_practice(
        method, by=people.committee, score=88, comment="ทำได้จริงในพื้นที่ภูเขา (ตัวอย่าง)"
    )
    practices.select_practice(method, by=people.group)
    practices.nominate_unit_practice(**facts, **HANDBOOK)
