from django.db import models


class Outline(models.TextChoices):
    """How the parts of a report are gathered under numbered headings."""

    CHAPTERS = "chapters", "แบ่งเป็นบท"
    PARTS = "parts", "แบ่งเป็นส่วน"


class PartKey(models.TextChoices):
    """A part of a report that has a text of its own; the label is its heading."""

    FOREWORD = "foreword", "คำนำ"
    EXECUTIVE = "executive", "บทสรุปผู้บริหาร"
    INTRODUCTION = "introduction", "บทนำและบริบท"
    METHOD = "method", "วิธีดำเนินการ"
    MODEL = "model", "รูปแบบและเป้าหมายการขับเคลื่อน"
    STEPS = "steps", "การดำเนินงานตามขั้นตอน"
    DIMENSIONS = "dimensions", "ผลการพัฒนารายด้าน"
    EXPECTED = "expected", "ผลที่คาดหวังและผลที่เกิดขึ้น"
    SUPPORT = "support", "การสนับสนุน การให้คำปรึกษา และการติดตาม"
    SHARING = "sharing", "การยกย่องเชิดชูเกียรติและการแลกเปลี่ยนเรียนรู้"
    RESULTS = "results", "ผลการดำเนินงาน"
    DISCUSSION = "discussion", "อภิปรายผล"
    OBSTACLES = "obstacles", "ปัญหาและอุปสรรค"
    PROPOSALS = "proposals", "ข้อเสนอแนะ"
    NEXT_YEAR = "next_year", "แผนการนิเทศปีการศึกษาถัดไป"
    NEXT_DRIVE = "next_drive", "การขับเคลื่อนปีการศึกษาถัดไป"
    NEXT_STEPS = "next_steps", "การดำเนินงานต่อไป"
    SCHOOLS = "schools", "ผลรายโรงเรียน"
    APPENDIX = "appendix", "ภาคผนวก"
