from django.db import models


class Result(models.TextChoices):
    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"


class PracticeState(models.TextChoices):
    NOMINATED = "nominated", "เสนอแล้ว"
    SELECTED = "selected", "ได้รับคัดเลือก"
