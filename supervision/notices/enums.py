from django.db import models


class NoticeKind(models.TextChoices):
    """What a notice is about; its receiver may switch any of them off."""

    DUE = "due", "งานที่รอฉันและวันครบกำหนด"
    NEEDS = "needs", "แบบสำรวจสภาพปัญหาและความต้องการ"
    DATA = "data", "ข้อมูลของโรงเรียนและการยืนยันข้อมูล"
    ASSESSMENT = "assessment", "การประเมินตนเอง"
    VISIT = "visit", "นัดหมายและบันทึกการนิเทศ"
    DECISION = "decision", "ผลการพิจารณาและวิธีปฏิบัติที่เป็นเลิศ"
    IMPROVEMENT = "improvement", "สรุปผลและข้อเสนอแนะ"
    DRIVE = "drive", "การขับเคลื่อนคุณภาพและบันทึกข้อตกลง"
    REPORT = "report", "รายงาน"
    DIGEST = "digest", "อีเมลสรุปประจำวัน"
