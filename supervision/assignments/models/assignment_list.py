from django.db import models

from supervision.assignments.models.orders import OrderOfficer


class ListedAssignment(models.Model):
    """One row of the manual's list of an officer's assigned work, as the manual prints it.

    `duty_code` is the number in the annex of what the row speaks of, `line` the line below that
    duty, counted from one. The rows of schools have neither.
    """

    officer = models.ForeignKey(OrderOfficer, models.CASCADE, related_name="listed_assignments")
    position = models.PositiveSmallIntegerField("ลำดับ")
    number = models.CharField("ข้อ", max_length=5)
    level = models.PositiveSmallIntegerField("ระดับ")
    text = models.CharField("ภาระงาน", max_length=300)
    duty_code = models.CharField("ข้อในแนบท้ายคำสั่ง", max_length=15, blank=True)
    line = models.PositiveSmallIntegerField("รายการย่อยที่", null=True)

    class Meta:
        verbose_name = "ภาระงานที่ได้รับมอบหมาย"
        verbose_name_plural = verbose_name
        ordering = ("officer", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("officer", "position"), name="one_listed_assignment_per_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def is_school(self) -> bool:
        return not self.duty_code
