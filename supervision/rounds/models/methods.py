from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import Term, User
from supervision.committees.models import Meeting
from supervision.rounds.enums import MethodsAction, MethodsState, SupervisionMethod
from supervision.rounds.models.rounds import Round
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class SupervisionMethodsQuerySet(models.QuerySet["SupervisionMethods"]):
    """Tools and methods of terms, and of single rounds that differ from their term."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts for who sees the area; endorsed ones for all who see a school, a round's there."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_AREA):
            return self
        if not rights.allows_anywhere(Permission.VIEW_SCHOOL):
            return self.none()
        seen = Round.objects.visible_to(user)
        return self.endorsed().filter(Q(round=None) | Q(round__in=seen))

    def endorsed(self) -> Self:
        return self.filter(state=MethodsState.ENDORSED)


class SupervisionMethods(WorkflowModel):
    """The tools and methods of supervision (เครื่องมือและวิธีการนิเทศ) of step 2.

    A term has one for all its rounds; a round that differs has its own. `tools` are names: forms of
    the manual, observation forms, and what else is used. ก.ต.ป.น. endorses them in a meeting, after
    which they change only by being opened again with a reason.
    """

    TRANSITIONS = {
        MethodsAction.DRAFT: TransitionRule("กำหนดเครื่องมือและวิธีการนิเทศ", ("",), MethodsState.DRAFT),
        MethodsAction.UPDATE: TransitionRule(
            "แก้ไขเครื่องมือและวิธีการนิเทศ", (MethodsState.DRAFT,), MethodsState.DRAFT
        ),
        MethodsAction.ENDORSE: TransitionRule(
            "เห็นชอบเครื่องมือและวิธีการนิเทศ", (MethodsState.DRAFT,), MethodsState.ENDORSED
        ),
        MethodsAction.REOPEN: TransitionRule(
            "เปิดแก้ไขเครื่องมือและวิธีการนิเทศ",
            (MethodsState.ENDORSED,),
            MethodsState.DRAFT,
            needs_reason=True,
        ),
        MethodsAction.DELETE: TransitionRule(
            "ใช้ตามภาคเรียน", (MethodsState.DRAFT,), MethodsState.DRAFT
        ),
    }

    term = models.ForeignKey(Term, models.PROTECT, related_name="supervision_methods")
    round = models.OneToOneField(
        Round, models.CASCADE, null=True, blank=True, related_name="own_methods"
    )
    state = models.CharField("สถานะ", max_length=20, choices=MethodsState)
    methods = models.JSONField("วิธีการนิเทศ", default=list)
    tools = models.JSONField("เครื่องมือ", default=list, blank=True)
    description = models.TextField("คำอธิบายวิธีการ", blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="endorsed_methods"
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    endorsed_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = SupervisionMethodsQuerySet.as_manager()

    class Meta:
        verbose_name = "เครื่องมือและวิธีการนิเทศ"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("term",), condition=Q(round=None), name="one_methods_per_term"
            ),
            fields_required_in_states(
                "endorsed_methods_name_their_meeting",
                [MethodsState.ENDORSED],
                "meeting",
                "endorsed_by",
                "endorsed_at",
            ),
        )

    def __str__(self) -> str:
        whose = f"{self.round}" if self.round else f"ภาคเรียนที่ {self.term}"
        return f"เครื่องมือและวิธีการนิเทศ {whose}"

    def get_absolute_url(self) -> str:
        """Of the page of its round, or of its term."""
        if self.round_id:
            return cached_url("round_methods", self.round_id)
        return cached_url("term_methods", self.term_id)

    @property
    def is_endorsed(self) -> bool:
        return self.state == MethodsState.ENDORSED

    @property
    def method_names(self) -> list[str]:
        """The methods in words, in the order in which they are offered."""
        return [one.label for one in SupervisionMethod if one.value in self.methods]

    @property
    def in_words(self) -> str:
        """The methods, and how many tools there are, in one line."""
        tools = f" เครื่องมือ {len(self.tools)} รายการ" if self.tools else ""
        return f"{', '.join(self.method_names)}{tools}"
