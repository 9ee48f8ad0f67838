"""The orders that a database has by now: their duties get officers, kinds and days.

All of them were signed, for a draft could not be kept before. Duties of an order that rest on
appointments of one person, or of nobody, are one officer's; others are one officer's for each
person. Nothing is lost: the text of what an order replaces becomes its supersession, with the
order it names where the portal has that one.
"""

import re
from datetime import timedelta

from django.db import migrations

MANUAL_ORDER = "195/2567"
ORDER_NUMBER = re.compile(r"[0-9]+/[0-9]+")
STRAND_SIGN = " - สาระ "
KINDS_BY_ROLE = {
    "supervisor": "cluster",
    "work_group_head": "work_group_head",
    "committee_member": "area_committee",
    "subcommittee_member": "subcommittee",
    "cluster_chair": "cluster_chair",
}
# The duties of the manual's order by their numbers: the kind, and the work that one names.
MANUAL_DUTIES = {
    "5.1": ("work_group_head", ""),
    "5.1.1": ("work", "4.5.1"),
    "5.1.2": ("work", "4.5.2"),
    "5.1.3": ("work", "4.5.3"),
    "5.2": ("work_group_assistant", ""),
    "5.3": ("cluster", ""),
    "5.4": ("learning_area", ""),
    "5.5": ("project", ""),
    "5.6": ("project", ""),
    "5.7": ("other", ""),
}
# What the order says besides, for which there was no room before.
MANUAL_TEXTS = {
    "reason": (
        "ด้วย สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3 ได้กำหนดหน้าที่ความรับผิดชอบและมอบหมายงานบุคลากร"
        "ในกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา ให้ทั่วถึง ครอบคลุม เหมาะสมกับบทบาทหน้าที่ "
        "ความรับผิดชอบแต่ละคน และเพื่อให้การปฏิบัติราชการในสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3 "
        "ดำเนินการไปด้วยความเรียบร้อย รวดเร็ว เกิดประสิทธิภาพประสิทธิผล บังเกิดผลดีแก่ทางราชการ"
    ),
    "closing": "ให้ใช้กำหนดหน้าที่ความรับผิดชอบ ดังรายละเอียดแนบท้ายคำสั่งนี้",
    "annex_title": "รายละเอียดการกำหนดหน้าที่ความรับผิดชอบให้ข้าราชการ",
    "signatory_post": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3",
    "is_from_manual": True,
}
MANUAL_SUPERSEDES = (
    "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3 ที่ 54/2567 ลงวันที่ 22 มกราคม 2567 "
    "ของกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"
)
MANUAL_POST = {
    "position": 5,
    "printed_post": "ศึกษานิเทศก์",
    "position_number": "16",
    "academic_standing": "senior",
}


def add_officers(apps, schema_editor):
    orders = apps.get_model("assignments", "OfficialOrder")
    for order in orders.objects.order_by("effective_on", "pk"):
        _add_officers_of(apps, order)
        _add_supersession(apps, order)


def _add_officers_of(apps, order):
    officers = apps.get_model("assignments", "OrderOfficer").objects
    is_manual = order.number == MANUAL_ORDER
    duties = sorted(
        order.duties.select_related("appointment__user"),
        key=lambda duty: [int(part) for part in re.findall("[0-9]+", duty.code)],
    )
    people = {duty.appointment.user for duty in duties if duty.appointment}
    known = {}
    for position, duty in enumerate(duties, 1):
        user = duty.appointment.user if duty.appointment else None
        if len(people) == 1 and user is None:
            (user,) = people
        if user not in known:
            facts = MANUAL_POST if is_manual else _post_of(user, duty, len(known) + 1)
            known[user] = officers.create(order=order, user=user, **facts)
        _complete_duty(apps, duty, order, known[user], position, is_manual)
    if is_manual:
        orders = apps.get_model("assignments", "OfficialOrder")
        orders.objects.filter(pk=order.pk).update(**MANUAL_TEXTS)


def _post_of(user, duty, position):
    appointment = duty.appointment
    return {
        "position": position,
        "printed_name": user.full_name if user else "",
        "printed_post": (appointment.title if appointment else "") or "ผู้ปฏิบัติตามคำสั่ง",
        "position_number": appointment.position_number if appointment else "",
        "academic_standing": appointment.academic_standing if appointment else "",
    }


def _complete_duty(apps, duty, order, officer, position, is_manual):
    duty.officer, duty.position, duty.starts_on = officer, position, order.effective_on
    if is_manual and duty.code in MANUAL_DUTIES:
        duty.kind, work = MANUAL_DUTIES[duty.code]
        duty.work = apps.get_model("standards", "Work").objects.filter(code=work).first()
        if duty.kind == "project":
            duty.project = duty.text.replace("โครงการการ", "โครงการ", 1)
    elif duty.appointment:
        duty.kind = KINDS_BY_ROLE.get(duty.appointment.role, "other")
    if duty.appointment:
        duty.cluster = duty.appointment.cluster
    text, *strands = duty.text.split(STRAND_SIGN)
    if is_manual and strands:
        duty.text = text
        for number, strand in enumerate(strands, 1):
            duty.lines.create(position=number, text=f"สาระ {strand}")
    duty.save()


def _add_supersession(apps, order):
    if not order.supersedes:
        return
    orders = apps.get_model("assignments", "OfficialOrder")
    numbers = ORDER_NUMBER.findall(order.supersedes)
    older = orders.objects.filter(number__in=numbers, effective_on__lt=order.effective_on)
    replaced = older.exclude(pk=order.pk).first()
    text = MANUAL_SUPERSEDES if order.number == MANUAL_ORDER else order.supersedes
    order.supersessions.create(superseded=replaced, text=text)
    if replaced and replaced.state == "issued":
        last_day = order.effective_on - timedelta(days=1)
        replaced.state, replaced.ends_on = "superseded", last_day
        replaced.save(update_fields=["state", "ends_on"])
        replaced.duties.update(ends_on=last_day, ended_by=order)


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0002_officers_and_dated_duties"),
        ("standards", "0002_processes_and_passages"),
    ]

    operations = [migrations.RunPython(add_officers, migrations.RunPython.noop)]
