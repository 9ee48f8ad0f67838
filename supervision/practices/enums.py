from django.db import models


class DecisionResult(models.TextChoices):
    """How a round ends in step 5; after ไม่บรรลุ another begins at step 2."""

    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"


class PracticeState(models.TextChoices):
    """What became of a practice that was put forward as a model for others."""

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
