from collections.abc import Callable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value

from schools.core.errors import deleted_record_as_refusal
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.enums import EducationLevel
from schools.models import School, Term
from schools.models.area import FIRST_BASIC_GRADE
from supervision.criteria.models import IndicatorSet, IndicatorSetQuerySet, Scale


class RoundQuerySet(SchoolScopedQuerySet):
    """Rounds of all terms; a school has more than one in a term after ไม่บรรลุ."""

    def for_term(self, term: Term | None) -> Self:
        return self.filter(term=term)

    def current(self) -> Self:
        """The latest round of each school's term: nothing follows it."""
        return self.filter(next_round=None)

    def lacking_sets(self) -> Self:
        """Rounds without a set of a level that their school teaches, as `uncovered_levels` says.

        One whose scores were confirmed or signed keeps the sets it was judged by.
        """
        return self.with_lacking_sets().filter(lacks_sets=True)

    def with_lacking_sets(self) -> Self:
        """Each with `lacks_sets`, and `waits_for_endorsement` where no set is there to give."""
        has_scores = Q(criteria_chosen_at__isnull=False, sheets__frozen_at__isnull=False)
        scored = Exists(Round.objects.filter(has_scores, pk=OuterRef("pk")))
        own, none = _uncovered(_given, "school__"), _uncovered(_given_or_endorsed, "school__")
        return self.annotate(
            lacks_sets=ExpressionWrapper(own & ~scored, models.BooleanField()),
            waits_for_endorsement=ExpressionWrapper(none, models.BooleanField()),
        )

    def with_unopened_counts(self, term: Term, today: date) -> Self:
        """Each with `unopened` schools of the term, and `held_back`: those that lack a set."""
        unopened = School.objects.open_on(today).exclude(rounds__term=term)
        return self.annotate(
            unopened=_count_of_schools(unopened),
            held_back=_count_of_schools(unopened.filter(lacks_endorsed_set_q())),
        )


def _count_of_schools(schools: models.QuerySet[School]) -> Subquery:
    every = schools.order_by().annotate(every=Value(1)).values("every")
    return Subquery(every.annotate(count=Count("pk")).values("count"))


def lacks_endorsed_set_q() -> Q:
    """Schools that teach a level for which no set is endorsed: they cannot have a round yet."""
    return _uncovered(_endorsed)


def _uncovered(has: Callable[[EducationLevel], Q], path: str = "") -> Q:
    """Which schools teach a level that `has` says nothing of; `levels_of` in SQL."""
    last, first = f"{path}last_grade", f"{path}first_grade"
    basic = Q(**{last: None}) | Q(**{f"{last}__gte": FIRST_BASIC_GRADE})
    early = Q(**{f"{first}__isnull": False, f"{first}__lt": FIRST_BASIC_GRADE})
    lacks_basic = basic & ~has(EducationLevel.BASIC)
    return lacks_basic | (early & ~has(EducationLevel.EARLY_CHILDHOOD))


def _given(level: EducationLevel) -> Q:
    return Q(Exists(_sets_for(level).filter(rounds=OuterRef("pk"))))


def _endorsed(level: EducationLevel) -> Q:
    return Q(Exists(_sets_for(level).approved()))


def _given_or_endorsed(level: EducationLevel) -> Q:
    return _given(level) | _endorsed(level)


def _sets_for(level: EducationLevel) -> IndicatorSetQuerySet:
    return IndicatorSet.objects.filter(level__in=(EducationLevel.ANY, level))


class Round(models.Model):
    """One school's pass through the seven steps in one term.

    It uses one indicator set for each level the school teaches, all on one scale.
    A round after ไม่บรรลุ names the one before, which keeps its result for ever. Where the
    round stands is never stored here, only asked of the facts.
    """

    # Loaded by RoundQuerySet.with_lacking_sets:
    lacks_sets: bool
    waits_for_endorsement: bool
    # Loaded by methods.with_methods:
    methods_state: str | None
    methods_chosen: list[str] | None
    methods_tools: list[str] | None
    # Loaded by RoundQuerySet.with_unopened_counts:
    unopened: int | None
    held_back: int | None

    school = models.ForeignKey(School, models.PROTECT, related_name="rounds")
    term = models.ForeignKey(Term, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("รอบที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_round"
    )
    planned_changes = models.TextField("สิ่งที่จะปรับในรอบนี้", blank=True)
    indicator_sets = models.ManyToManyField(
        IndicatorSet, related_name="rounds", blank=True, verbose_name="ชุดตัวชี้วัด"
    )
    criteria_chosen_at = models.DateTimeField(null=True, blank=True)
    criteria_chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "รอบการนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("-term__opens_on", "school__sort_key", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "term", "number"),
                name="one_round_per_number",
                violation_error_message="โรงเรียนนี้มีรอบนี้ในภาคเรียนนี้แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="later_round_names_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(criteria_chosen_at=None, criteria_chosen_by=None)
                | Q(criteria_chosen_at__isnull=False, criteria_chosen_by__isnull=False),
                name="chosen_criteria_name_their_chooser",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} ภาคเรียนที่ {self.term} รอบที่ {self.number}"

    def get_absolute_url(self) -> str:
        return cached_url("round", self.pk)

    def lock(self) -> None:
        """Hold the round until the transaction ends: acts that judge each other take turns.

        Raises ActionRefused once the round was taken back.
        """
        with deleted_record_as_refusal():
            self.refresh_from_db(from_queryset=Round.objects.select_for_update())

    @property
    def has_criteria(self) -> bool:
        """Whether step 2 is settled: sets endorsed by ก.ต.ป.น. were chosen, once for all."""
        return self.criteria_chosen_at is not None

    @property
    def scale(self) -> Scale:
        """The one scale that all sets of the round share. Raises IndexError before step 2."""
        return self.indicator_sets.all()[0].scale
