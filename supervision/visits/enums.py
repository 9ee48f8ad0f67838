from django.db import models


class VisitState(models.TextChoices):
    PLANNED = "planned", "นัดหมายแล้ว"
    RECORDING = "recording", "กำลังบันทึก"
    SIGNED = "signed", "ศึกษานิเทศก์ลงนามแล้ว"
    ACKNOWLEDGED = "acknowledged", "โรงเรียนรับทราบแล้ว"
