from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.models import Term
from supervision.rounds.enums import CycleStep
from supervision.rounds.models.rounds import Round

MAX_TURN_DAYS = 60


class StepDeadline(models.Model):
    """From when and by when the unit asks every school of a term to do a step.

    The window guides and marks, it never shuts: the manual asks for steps 3 to 6 every term
    and names no days, and a step refused for its day would keep the school from all that
    follow. What comes early or late is taken; late is said in days wherever it shows.
    """

    term = models.ForeignKey(Term, models.CASCADE, related_name="deadlines")
    step = models.PositiveSmallIntegerField("ขั้นที่")
    opens_on = models.DateField("วันที่เริ่ม", null=True, blank=True)
    due_on = models.DateField("กำหนดเสร็จ")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กำหนดเสร็จของขั้น"
        verbose_name_plural = verbose_name
        ordering = ("term", "step")
        constraints = (
            models.UniqueConstraint(fields=("term", "step"), name="one_deadline_per_step"),
            models.CheckConstraint(
                condition=Q(step__in=CycleStep.values), name="deadline_is_for_one_of_seven_steps"
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(opens_on__lte=F("due_on")),
                name="step_opens_before_it_is_due",
                violation_error_message="วันที่เริ่มต้องไม่หลังกำหนดเสร็จ",
            ),
        )

    def __str__(self) -> str:
        return f"ขั้นที่ {self.step} ภาคเรียนที่ {self.term}"


class RoundDeadline(models.Model):
    """From when and by when one round is asked for a step, in place of the days of its term.

    A round that is opened late and one after ไม่บรรลุ get days of their own, which the system
    proposes (`is_proposed`) until a person sets others. Without a day by when to be done the
    round has none for the step, whatever its term says.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="deadlines")
    step = models.PositiveSmallIntegerField("ขั้นที่")
    opens_on = models.DateField("วันที่เริ่ม", null=True, blank=True)
    due_on = models.DateField("กำหนดเสร็จ", null=True, blank=True)
    is_proposed = models.BooleanField("ระบบเสนอ", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กำหนดเสร็จของขั้นในรอบ"
        verbose_name_plural = verbose_name
        ordering = ("round", "step")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "step"), name="one_deadline_per_step_of_a_round"
            ),
            models.CheckConstraint(
                condition=Q(step__in=CycleStep.values),
                name="round_deadline_is_for_one_of_seven_steps",
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(due_on__isnull=False, opens_on__lte=F("due_on")),
                name="step_of_a_round_opens_before_it_is_due",
                violation_error_message="วันที่เริ่มต้องไม่หลังกำหนดเสร็จ",
            ),
        )

    def __str__(self) -> str:
        return f"ขั้นที่ {self.step} {self.round}"


class TurnAllowance(models.Model):
    """How many days a person has at least, from the day a step comes to them, in one term.

    A term without a row uses `USUAL_TURN_DAYS`, which is assumed and says so on the page.
    """

    term = models.OneToOneField(Term, models.CASCADE, related_name="turn_allowance")
    days = models.PositiveSmallIntegerField("จำนวนวันนับแต่ถึงลำดับ")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "จำนวนวันนับแต่ถึงลำดับ"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(days__gte=1) & Q(days__lte=MAX_TURN_DAYS),
                name="turn_days_are_one_to_sixty",
                violation_error_message=f"จำนวนวันต้องอยู่ระหว่าง 1 ถึง {MAX_TURN_DAYS}",
            ),
        )

    def __str__(self) -> str:
        return f"{self.days} วัน ภาคเรียนที่ {self.term}"
