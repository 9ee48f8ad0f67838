"""What all parts of the drive speak of: its dimensions and its steps."""

from django.db import models


class DimensionCode(models.TextChoices):
    """A dimension of quality; the label is what the manual's steps call it.

    The manual's headline 4Q has the first four; its steps, the agreement and result 2.5 have five.
    """

    STUDENT = "Q1", "นักเรียนคุณภาพ"
    TEACHER = "Q2", "ครูคุณภาพ"
    CLASSROOM = "Q3", "ห้องเรียนคุณภาพ"
    DIRECTOR = "Q4", "ผู้อำนวยการคุณภาพ"
    MANAGEMENT = "Q5", "การบริหารจัดการคุณภาพ"


class DriveStep(models.IntegerChoices):
    """The seven steps of TUMHOME, by number; the label is the step's name in the manual."""

    TEAMWORK = 1, "สร้างทีมงานร่วมพัฒนา"
    UNDERSTANDING = 2, "วิเคราะห์ปัญหาสู่ความเข้าใจ"
    MANAGEMENT = 3, "บริหารจัดการเร็วไวเชิงรุก"
    HAPPINESS = 4, "สุขกับงาน สานความร่วมมือ"
    OBJECTIVE = 5, "ยึดถือตามวัตถุประสงค์"
    MENTORING = 6, "ลงพื้นที่ให้คำปรึกษา"
    EVALUATION = 7, "ประเมินผลการพัฒนาสู่ความยั่งยืน"


STEP_LETTERS = dict(zip(DriveStep, "TUMHOME", strict=True))
