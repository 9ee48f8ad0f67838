"""The unit takes up needs: topics ticked in the table, or a need of a school in other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from reports.needs_facts.rows import SchoolNeedsRow
from reports.needs_facts.school_page import match_schools, newest_campaign
from reports.needs_facts.seen_facts import load_seen_facts
from schools.access import Permission, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.http import SignedInRequest
from schools.models import School, Term, User
from supervision.needs.matching import TopicMatch
from supervision.needs.models import NeedsCampaign, NeedsTopic, TakenUpNeed
from supervision.needs.taken_up_actions import (
    NeedToTakeUp,
    people_who_lead_needs,
    take_up_needs,
)

MAX_PICKS = 200
REASON_LENGTH = 1000


class TakeUpForm(PortalForm):
    """Who answers for the needs, and why the unit takes them up."""

    lead = forms.ModelChoiceField(User.objects.none(), label="ผู้รับผิดชอบ", empty_label=None)
    reason = forms.CharField(
        label="เหตุผลหรือสิ่งที่จะทำ (ถ้ามี)",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea,
        help_text="โรงเรียนเห็นข้อความนี้",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"lead": person.pk}, **kwargs)
        people = people_who_lead_needs(timezone.localdate())
        form_field(self, "lead", forms.ModelChoiceField).queryset = people


class OtherNeedForm(TakeUpForm):
    """The same for a need that is no topic."""

    text = forms.CharField(
        label="ความต้องการ",
        max_length=300,
        help_text="เช่น ข้อความที่โรงเรียนเขียนไว้ในแบบสำรวจ",
        error_messages={"required": "โปรดระบุความต้องการที่รับไว้"},
    )
    field_order = ("text", "lead", "reason")


def needs_take_up(request: SignedInRequest) -> HttpResponse:
    """Asks who leads, and takes up every topic that was ticked."""
    require_anywhere(request.user, Permission.TAKE_UP_NEED)
    needs = _picked_needs(request)
    for need in needs:
        require(request.user, Permission.TAKE_UP_NEED, need.school.pk)
    many = len({need.school.pk for need in needs}) > 1
    list_url = reverse("needs_facts") + "?by=school"
    return confirm_action(
        request,
        partial(_take_up, request, needs),
        form=TakeUpForm(post_data(request), person=request.user),
        success_message="รับความต้องการไว้ติดตามแล้ว โรงเรียนได้รับแจ้ง",
        heading=f"รับความต้องการไว้ติดตาม {len(needs)} ประเด็น",
        effects=[
            "แสดงในหน้านัดหมาย หน้าการนิเทศ แบบนิเทศฉบับกระดาษ และข้อมูลที่ใช้วางแผน",
            "โรงเรียนได้รับแจ้งว่ากลุ่มนิเทศฯ รับไว้ และเห็นตัวเลขของวันนี้",
        ],
        submit_label="รับไว้ติดตาม",
        cancel_url=list_url if many else reverse("school_needs_facts", args=[needs[0].school.pk]),
        template="reports/needs_facts/take_up.html",
        needs=needs,
        picks=_picks(request),
        campaign=_sent(request).get("campaign", ""),
    )


def need_take_up_other(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for a need of the school in words of its own, and takes it up."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.TAKE_UP_NEED, school.pk)
    return confirm_action(
        request,
        partial(_take_up_other, request, school),
        form=OtherNeedForm(post_data(request), person=request.user),
        success_message="รับความต้องการไว้ติดตามแล้ว โรงเรียนได้รับแจ้ง",
        heading=f"รับความต้องการอื่นไว้ติดตาม {school.short_name}",
        submit_label="รับไว้ติดตาม",
        cancel_url=reverse("school_needs_facts", args=[school.pk]),
    )


def _take_up(
    request: SignedInRequest, needs: Sequence[NeedToTakeUp], *, lead: User, reason: str
) -> TakenUpNeed | None:
    """The need, where it is one, to go on to."""
    taken = take_up_needs(needs, by=request.user, term=_term(), lead=lead, reason=reason)
    return taken[0] if len(taken) == 1 else None


def _take_up_other(
    request: SignedInRequest, school: School, *, text: str, lead: User, reason: str
) -> TakenUpNeed | None:
    return _take_up(request, [NeedToTakeUp(school, text)], lead=lead, reason=reason)


def _term() -> Term:
    term = Term.objects.in_force(timezone.localdate())
    if term is None:
        raise ActionRefused("ยังไม่มีภาคเรียนในระบบ จึงรับความต้องการไม่ได้ โปรดให้เจ้าหน้าที่กำหนดภาคเรียนก่อน")
    return term


# --- What was ticked ---


def _sent(request: SignedInRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _picks(request: SignedInRequest) -> list[str]:
    return _sent(request).getlist("pick")[:MAX_PICKS]


def _picked_needs(request: SignedInRequest) -> list[NeedToTakeUp]:
    """The topics ticked, each with the figures of today that everybody may read.

    Raises Http404 for what is no school that the person sees, or no topic in use; ActionRefused
    where nothing was ticked.
    """
    pairs = [_pair(pick) for pick in _picks(request)]
    if not pairs:
        raise ActionRefused("ยังไม่ได้เลือกประเด็น โปรดทำเครื่องหมายหน้าประเด็นที่จะรับ แล้วกดรับไว้ติดตามอีกครั้ง")
    schools = _by_key(School.objects.visible_to(request.user), {school for school, _ in pairs})
    topics = _by_key(NeedsTopic.objects.in_use(), {topic for _, topic in pairs})
    public = load_public_facts(
        request.user, list(schools.values()), list(topics.values()), _campaign(request)
    )
    return [public.need(school, topics[topic]) for school, topic in dict.fromkeys(pairs)]


@dataclass(frozen=True)
class PublicFacts:
    """Schools' answers, by school, beside the figures that everybody may read who sees them."""

    schools: Mapping[int, SchoolNeedsRow]
    has_samples: bool

    def need(self, school_id: int, topic: NeedsTopic) -> NeedToTakeUp:
        """The topic of the school with its figures, as far as there are any."""
        found = self.schools[school_id]
        match = next((one for one in found.matches if one.topic == topic), None)
        facts = facts_text(match, has_sent=found.stated is not None) if match else ""
        return NeedToTakeUp(found.row.school, topic.name, topic, facts, self.has_samples)


def load_public_facts(
    user: User,
    schools: Sequence[School],
    topics: Sequence[NeedsTopic],
    campaign: NeedsCampaign | None,
) -> PublicFacts:
    """The figures of today."""
    facts = load_seen_facts(user, schools, topics, timezone.localdate(), for_everybody=True)
    found = match_schools(schools, campaign, facts)
    is_sample = facts.learning.has_samples or (campaign is not None and campaign.is_sample)
    return PublicFacts({one.row.school.pk: one for one in found}, is_sample)


def _pair(pick: str) -> tuple[int, int]:
    school, _, topic = pick.partition("-")
    if not (school.isdecimal() and topic.isdecimal()):
        raise Http404
    return int(school), int(topic)


def _by_key(rows: Any, keys: set[int]) -> dict[int, Any]:
    found = {row.pk: row for row in rows if row.pk in keys}
    if len(found) < len(keys):
        raise Http404
    return found


def _campaign(request: SignedInRequest) -> NeedsCampaign | None:
    """The survey of the page on which the topics were ticked; else the newest."""
    asked = _sent(request).get("campaign", "")
    found = NeedsCampaign.objects.filter(pk=asked).first() if asked.isdecimal() else None
    return found or newest_campaign(timezone.localdate())


def facts_text(match: TopicMatch, *, has_sent: bool) -> str:
    """What is stated and what is seen, a line each, as it is kept with the need."""
    lines = [
        f"{area.name}: สภาพปัญหาระดับ {area.problem.mean:.0f} ความต้องการระดับ {area.need.mean:.0f}"
        f" เร่งด่วนอันดับ {area.rank} ของโรงเรียน"
        for area in match.areas
    ]
    lines += [f"โรงเรียนเขียนว่า “{text}”" for text in match.wants]
    if not lines:
        lines = ["โรงเรียนไม่ได้ระบุในแบบสำรวจ" if has_sent else "โรงเรียนยังไม่ส่งแบบสำรวจ"]
    lines += [f"{fact.words} {fact.low_word}" for fact in match.low_facts]
    return "\n".join([*lines, *(fact.words for fact in match.other_facts)])
