"""What the manual's texts are, and the symbols of its flow charts."""

from django.db import models


class PassageKind(models.TextChoices):
    """Under which heading of the manual a text stands, in the manual's order."""

    FOREWORD = "foreword", "คำนำ"
    DUTY = "duty", "งานตามหน้าที่ ความรับผิดชอบตามมาตรฐานตำแหน่ง"
    MISSION = "mission", "งานตามขอบข่าย ภารกิจของกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"
    KNOWLEDGE = "knowledge", "ภารกิจ สาระความรู้ และลักษณะงานที่ปฏิบัติ"
    STRUCTURE = "structure", "โครงสร้างกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"
    QUALITY_DRIVE = "quality_drive", "ขั้นตอนการขับเคลื่อนการพัฒนาคุณภาพการศึกษา"
    TABLE_WORK = "table_work", "งาน / เรื่อง"
    TABLE_STEP = "table_step", "ขั้นตอนการปฏิบัติงานตามตารางภารกิจ"
    TABLE_PERSON = "table_person", "บุคคล / หน่วยงานที่เกี่ยวข้อง"
    OBJECTIVE = "objective", "วัตถุประสงค์"
    SCOPE = "scope", "ขอบเขตของงาน"
    DEFINITION = "definition", "คำจำกัดความ"
    PROCEDURE = "procedure", "ขั้นตอนการปฏิบัติงาน"
    REFERENCE = "reference", "เอกสาร/หลักฐานอ้างอิง"
    SHEET_OBJECTIVE = "sheet_objective", "วัตถุประสงค์ในแบบสรุปมาตรฐานงาน"
    SHEET_REFERENCE = "sheet_reference", "เอกสารอ้างอิงในแบบสรุปมาตรฐานงาน"


class FlowSymbol(models.TextChoices):
    """A shape of a flow chart and what the manual says it stands for."""

    TERMINATOR = "terminator", "จุดเริ่มต้นหรือสิ้นสุดกระบวนการ"
    ACTIVITY = "activity", "กิจกรรมงานหรือการปฏิบัติ"
    DECISION = "decision", "การตัดสินใจ"
