from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.models import School, Term
from schools.querysets import SchoolScoped
from supervision.needs.enums import Level, Mode, SurveyState
from supervision.workflow.models import Move, Stated, filled_in_states


class NeedsArea(models.Model):
    """An area of work that the survey asks about; data, because offices use other lists."""

    position = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField("ด้าน", max_length=100, unique=True)

    class Meta:
        verbose_name = "ด้านที่สำรวจ"
        verbose_name_plural = verbose_name
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class NeedsSurvey(Stated):
    """A school's survey of problems and needs for one term (form 7.1, step 1).

    It belongs to the term, not to a round: a second round begins at step 2.
    """

    MOVES = {
        "start": Move("เริ่มกรอก", ("",), SurveyState.DRAFT),
        "submit": Move("ส่งแบบสำรวจ", (SurveyState.DRAFT,), SurveyState.SUBMITTED),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="needs_surveys")
    term = models.ForeignKey(Term, models.PROTECT, related_name="needs_surveys")
    state = models.CharField("สถานะ", max_length=20, choices=SurveyState)
    most_wanted = models.TextField("สิ่งที่ต้องการมากที่สุด", blank=True)
    preferred_on = models.DateField("วันที่สะดวกรับการนิเทศ", null=True, blank=True)
    preferred_mode = models.CharField("รูปแบบที่ต้องการ", max_length=20, choices=Mode, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SchoolScoped.as_manager()

    class Meta:
        verbose_name = "แบบสำรวจสภาพปัญหาและความต้องการ"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("school", "term"), name="one_survey_per_term"),
            filled_in_states(
                "submitted_survey_names_who_and_when",
                [SurveyState.SUBMITTED],
                "submitted_at",
                "submitted_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} ภาคเรียนที่ {self.term}"


class NeedsItem(models.Model):
    """One area's problem level and need level, each 1 to 5, empty while drafting."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="items")
    area = models.ForeignKey(NeedsArea, models.PROTECT, related_name="+")
    problem_level = models.PositiveSmallIntegerField(
        "สภาพปัญหา", choices=Level, null=True, blank=True
    )
    need_level = models.PositiveSmallIntegerField(
        "ความต้องการ", choices=Level, null=True, blank=True
    )

    class Meta:
        ordering = ("area__position",)
        constraints = (
            models.UniqueConstraint(fields=("survey", "area"), name="one_item_per_area"),
            models.CheckConstraint(
                condition=(Q(problem_level=None) | Q(problem_level__in=Level.values))
                & (Q(need_level=None) | Q(need_level__in=Level.values)),
                name="needs_levels_are_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return str(self.area)
