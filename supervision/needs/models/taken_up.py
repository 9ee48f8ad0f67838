from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.models import School, Term
from supervision.needs.enums import TakenUpNeedAction, TakenUpNeedState
from supervision.needs.models.topics import NeedsTopic
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

ENDED_NEED_STATES = (TakenUpNeedState.DONE, TakenUpNeedState.WITHDRAWN)


class TakenUpNeedQuerySet(SchoolScopedQuerySet):
    """Needs of schools that the unit has taken up."""

    def still_open(self) -> Self:
        """Those that the unit works on."""
        return self.filter(state=TakenUpNeedState.OPEN)

    def not_withdrawn(self) -> Self:
        """Those that the unit works on or has worked on."""
        return self.exclude(state=TakenUpNeedState.WITHDRAWN)


class TakenUpNeed(WorkflowModel):
    """A need of one school that the unit takes up in a term, to plan by it and visit for it.

    `facts` are the figures beside it on that day, as everybody may read them who sees the
    school: neither small groups nor external findings. A need in the school's own words, of no
    topic, has none.
    """

    TRANSITIONS = {
        TakenUpNeedAction.TAKE_UP: TransitionRule(
            "รับความต้องการไว้ติดตาม", ("",), TakenUpNeedState.OPEN
        ),
        TakenUpNeedAction.CHANGE_LEAD: TransitionRule(
            "เปลี่ยนผู้รับผิดชอบความต้องการที่รับไว้", (TakenUpNeedState.OPEN,), TakenUpNeedState.OPEN
        ),
        TakenUpNeedAction.FINISH: TransitionRule(
            "บันทึกว่าดำเนินการตามความต้องการแล้ว", (TakenUpNeedState.OPEN,), TakenUpNeedState.DONE
        ),
        TakenUpNeedAction.WITHDRAW: TransitionRule(
            "ถอนความต้องการที่รับไว้",
            (TakenUpNeedState.OPEN,),
            TakenUpNeedState.WITHDRAWN,
            needs_reason=True,
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="taken_up_needs")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+", verbose_name="ภาคเรียน")
    state = models.CharField("สถานะ", max_length=20, choices=TakenUpNeedState)
    topic = models.ForeignKey(
        NeedsTopic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ประเด็น"
    )
    text = models.CharField("ความต้องการ", max_length=300)
    facts = models.TextField("ข้อมูลในวันที่รับ", blank=True)
    reason = models.TextField("เหตุผลที่รับ", blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ผู้รับผิดชอบ"
    )
    taken_up_at = models.DateTimeField("รับเมื่อ")
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ผู้รับ"
    )
    # What was done; of one withdrawn, why.
    outcome = models.TextField("สิ่งที่ดำเนินการ", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = TakenUpNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "ความต้องการที่รับไว้ติดตาม"
        verbose_name_plural = verbose_name
        ordering = ("-taken_up_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "topic"),
                condition=Q(state=TakenUpNeedState.OPEN),
                name="one_open_need_per_school_and_topic",
                violation_error_message="รับประเด็นนี้ของโรงเรียนไว้แล้ว และยังดำเนินการอยู่",
            ),
            fields_required_in_states(
                "ended_need_names_who_and_when", ENDED_NEED_STATES, "ended_at", "ended_by"
            ),
            models.CheckConstraint(
                condition=Q(state=TakenUpNeedState.OPEN) ^ ~Q(outcome=""),
                name="ended_need_says_what_came_of_it",
                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ หรือเหตุผลที่ถอน",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="taken_up_need_says_what",
                violation_error_message="โปรดระบุความต้องการ",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return cached_url("taken_up_need", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == TakenUpNeedState.OPEN
