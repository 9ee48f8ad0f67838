from django.db import models


class Result(models.TextChoices):
    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"


class PracticeState(models.TextChoices):
    NOMINATED = "nominated", "เสนอแล้ว รอพิจารณา"
    SELECTED = "selected", "ได้รับคัดเลือก"
    NOT_SELECTED = "not_selected", "ไม่ได้รับคัดเลือก"


class AwardLevel(models.TextChoices):
    """At which level a practice is a model for others, from near to far."""

    SCHOOL = "school", "ระดับโรงเรียน"
    CLUSTER = "cluster", "ระดับกลุ่มโรงเรียน"
    AREA = "area", "ระดับเขตพื้นที่การศึกษา"
    PROVINCE = "province", "ระดับจังหวัด"
    REGION = "region", "ระดับภาค"
    COUNTRY = "country", "ระดับประเทศ"
