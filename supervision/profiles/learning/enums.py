from django.db import models


class ScoreKind(models.TextChoices):
    """In what a test gives its mean: of 100, or of the full score of each subject."""

    PERCENT = "percent", "ร้อยละ"
    SCORE = "score", "คะแนนดิบจากคะแนนเต็มของวิชา"


class DataOwner(models.TextChoices):
    """Who enters the results of a test."""

    OFFICE = "office", "สำนักงานเขตพื้นที่การศึกษา"
    SCHOOL = "school", "โรงเรียน"


class ReferenceScope(models.TextChoices):
    """Of which pupils a value is, beside which the results of a school are read."""

    AREA = "area", "เขตพื้นที่"
    PROVINCE = "province", "จังหวัด"
    AGENCY = "agency", "สังกัด สพฐ."
    NATION = "nation", "ประเทศ"
