from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from schools.models import Term
from supervision.visits.models.visits import Visit

# A visit late in a term can be acknowledged, and thought about, for so long after its end.
ANSWERED_AFTER_TERM = timedelta(days=30)


class AgreementLevel(models.IntegerChoices):
    """How far a school agrees with a statement about a visit."""

    MOST = 5, "มากที่สุด"
    MUCH = 4, "มาก"
    MEDIUM = 3, "ปานกลาง"
    LITTLE = 2, "น้อย"
    LEAST = 1, "น้อยที่สุด"


COMMENT_LABEL = "ข้อความถึงกลุ่มนิเทศฯ (ถ้ามี)"
STATEMENTS = {
    "met_needs": "การนิเทศครั้งนี้ตรงกับความต้องการของโรงเรียน",
    "advice_usable": "ข้อเสนอแนะนำไปใช้ได้จริง",
    "good_friend": "ผู้นิเทศให้คำแนะนำอย่างกัลยาณมิตร",
}


def answers_end_on(term: Term) -> date:
    """The last day on which schools say how content they were with visits of the term."""
    return term.closes_on + ANSWERED_AFTER_TERM


def _statement(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        STATEMENTS[name],
        choices=AgreementLevel,
        null=True,
        blank=True,
    )


class VisitSatisfactionQuerySet(models.QuerySet):
    """What schools thought of visits; read only as figures of many, and by the school itself."""

    def of_visit(self, visit: Visit) -> Self:
        """That of the visit, whichever version of its record was answered on."""
        return self.filter(visit__round=visit.round_id, visit__number=visit.number)

    def answered(self) -> Self:
        """Those that a school answered rather than skipped."""
        return self.filter(is_skipped=False)


def _answered_q() -> Q:
    """Every statement has a level; an empty one would pass a bare question for its range."""
    levels = {f"{name}__in": AgreementLevel.values for name in STATEMENTS}
    return Q(is_skipped=False, **levels) & Q(**{f"{name}__isnull": False for name in STATEMENTS})


class VisitSatisfaction(models.Model):
    """How content a school was with one visit, if its director cared to say.

    Kept apart from the visit's record, and without who answered or when: it stands in no paper,
    file, log or answer of the API. The manual's quality standard is ทุกภาคส่วนมีความพึงพอใจ; the
    statements are worded by the portal.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="satisfaction")
    met_needs = _statement("met_needs")
    advice_usable = _statement("advice_usable")
    good_friend = _statement("good_friend")
    comment = models.CharField(COMMENT_LABEL, max_length=300, blank=True)
    is_skipped = models.BooleanField("ไม่ตอบ", default=False)

    objects = VisitSatisfactionQuerySet.as_manager()

    class Meta:
        verbose_name = "ความพึงพอใจต่อการนิเทศ"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=_answered_q()
                | Q(is_skipped=True, comment="", **dict.fromkeys(STATEMENTS)),
                name="visit_satisfaction_is_answered_or_skipped",
            ),
        )

    def __str__(self) -> str:
        return f"ความพึงพอใจต่อ{self.visit.label}"
