from django.db import models

# Said where learning areas are shown; the manual's order has one of them in charge.
LEARNING_AREAS_SOURCE = (
    "ที่มาของกลุ่มสาระการเรียนรู้: หลักสูตรแกนกลางการศึกษาขั้นพื้นฐาน 2551 "
    "คู่มือระบุชื่อไว้เฉพาะสังคมศึกษา ศาสนาและวัฒนธรรม"
)


class LearningArea(models.Model):
    """A learning area (กลุ่มสาระการเรียนรู้) of the core curriculum, which somebody has in charge.

    The eight of the core curriculum of 2551 are loaded; the office may rename them.
    """

    name = models.CharField("กลุ่มสาระการเรียนรู้", max_length=100, unique=True)
    position = models.PositiveSmallIntegerField("ลำดับที่", unique=True)

    class Meta:
        verbose_name = "กลุ่มสาระการเรียนรู้"
        verbose_name_plural = verbose_name
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class LearningStrand(models.Model):
    """A strand (สาระ) of a learning area, as far as the office keeps it.

    Only the three that the manual's order names are loaded.
    """

    learning_area = models.ForeignKey(LearningArea, models.CASCADE, related_name="strands")
    name = models.CharField("สาระ", max_length=150)
    position = models.PositiveSmallIntegerField("ลำดับที่")

    class Meta:
        verbose_name = "สาระ"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("learning_area", "name"), name="one_strand_per_name_and_area"
            ),
        )

    def __str__(self) -> str:
        return self.name
