"""The topics by which needs are laid beside results, and the rule of what counts: office's data."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, can, require
from schools.core.errors import unique_violation_as_refusal
from schools.core.forms import (
    ConflictCheckedForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Standard
from supervision.needs.models import NeedsArea, NeedsFactsRule, NeedsTopic

MAX_WORDS = 40
SHORTEST_WORD = 3  # shorter ones stand inside too many others
TICKED_NAMES = ("area_names", "standard_names")


class NeedsTopicForm(ConflictCheckedForm):
    """One topic: its learning area, its words a line each, its survey areas and standards."""

    words = forms.CharField(
        label="คำที่ใช้จับคู่",
        help_text=("บรรทัดละ 1 คำ ระบบค้นในสิ่งที่โรงเรียนต้องการ ข้อคิดเห็น ชื่อการทดสอบ และข้อเสนอแนะ เช่น คณิต"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    area_names = forms.MultipleChoiceField(
        label="ด้านในแบบสำรวจ",
        help_text="ระดับสภาพปัญหาและความต้องการของด้านเหล่านี้นับเป็นประเด็นนี้",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    standard_names = forms.MultipleChoiceField(
        label="มาตรฐาน",
        help_text="ผลการนิเทศของมาตรฐานเหล่านี้นับเป็นประเด็นนี้ ทุกฉบับของชุดตัวชี้วัดที่ใช้ชื่อเดียวกัน",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = NeedsTopic
        fields = (
            *("name", "position", "learning_area", "words", *TICKED_NAMES),
            *("provenance", "is_active"),
        )
        help_texts = {
            "position": "ลำดับที่แสดงในตาราง",
            "learning_area": "ผลการทดสอบของกลุ่มสาระนี้นับเป็นประเด็นนี้",
            "is_active": "ประเด็นที่เลิกใช้ไม่แสดงในตาราง ความต้องการที่รับไว้แล้วยังอยู่",
        }

    def __init__(self, *args: Any, instance: NeedsTopic, **kwargs: Any) -> None:
        initial = {"words": "\n".join(instance.words)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        area = form_field(self, "learning_area", forms.ModelChoiceField)
        area.empty_label = "ไม่ใช่กลุ่มสาระการเรียนรู้"
        self._offer("area_names", NeedsArea.objects.values_list("name", flat=True))
        self._offer("standard_names", _standard_names())

    def _offer(self, name: str, offered: Iterable[str]) -> None:
        """The names in use today, and those that the topic has from before."""
        names = dict.fromkeys([*offered, *getattr(self.instance, name)])
        form_field(self, name, forms.MultipleChoiceField).choices = [(one, one) for one in names]

    def clean_words(self) -> list[str]:
        typed = (line.strip() for line in self.cleaned_data["words"].splitlines())
        words = list(dict.fromkeys(word for word in typed if word))
        if len(words) > MAX_WORDS:
            raise ValidationError(f"มี {len(words)} คำ โปรดลดให้ไม่เกิน {MAX_WORDS} คำ")
        if short := [word for word in words if len(word) < SHORTEST_WORD]:
            raise ValidationError(
                f"“{short[0]}” สั้นเกินไปจนตรงกับคำอื่นที่ไม่เกี่ยวข้อง โปรดใช้คำที่ยาวตั้งแต่ {SHORTEST_WORD} ตัวอักษร"
            )
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        told_by = ("learning_area", "words", *TICKED_NAMES)
        if not self.errors and not any(cleaned.get(name) for name in told_by):
            self.add_error("words", "โปรดระบุอย่างน้อย 1 อย่าง: กลุ่มสาระ คำ ด้าน หรือมาตรฐาน จึงจับคู่ได้")
        return cleaned

    def _display_value(self, name: str) -> str:
        """Ticked names as people read them."""
        if name in TICKED_NAMES:
            return " · ".join(self.stored[name] or ()) or "ว่าง"
        return super()._display_value(name)


def _standard_names() -> Iterable[str]:
    standards = Standard.objects.filter(indicator_set__use=SetUse.ROUND)
    return standards.order_by("-indicator_set__level", "number").values_list("name", flat=True)


class NeedsFactsRuleForm(ConflictCheckedForm):
    """What counts as a stated need, and as a low result."""

    class Meta:
        model = NeedsFactsRule
        fields = (
            *("stated_level", "sd_below"),
            *("counts_below_nation", "counts_below_target", "counts_open_advice"),
        )
        widgets = {"stated_level": forms.RadioSelect}
        help_texts = {
            "stated_level": "โรงเรียนให้ระดับนี้ขึ้นไป นับเป็นความต้องการที่ระบุ",
            "sd_below": "S.D. ของค่าเฉลี่ยรายโรงเรียนในเขต 0 คือ ต่ำกว่าหรือเท่ากับค่าเฉลี่ยของเขต",
        }


def needs_topics(request: SignedInRequest) -> HttpResponse:
    """All topics, and the rule: whoever reads the table may see what it goes by."""
    require(request.user, Permission.VIEW_AREA)
    may_edit = can(request.user, Permission.MANAGE_PROFILES)
    context = {
        "topics": NeedsTopic.objects.select_related("learning_area"),
        "rule": NeedsFactsRule.in_force(),
        "may_edit": may_edit,
        "add_url": reverse("needs_topic_add") if may_edit else "",
    }
    return render(request, "needs/topics.html", context)


def needs_topic_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    topic = NeedsTopic(position=NeedsTopic.objects.count() + 1)
    return _topic_page(request, topic, "เพิ่มประเด็น")


@transaction.atomic
def needs_topic_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    topic = get_object_or_404(lock_rows_on_post(request, NeedsTopic.objects), pk=pk)
    return _topic_page(request, topic, f"แก้ไขประเด็น {topic}")


def _topic_page(request: SignedInRequest, topic: NeedsTopic, heading: str) -> HttpResponse:
    form = NeedsTopicForm(post_data(request), instance=topic)
    if form.is_valid():
        with refusal_as_form_error(form):
            save_needs_topic(form.instance, by=request.user)
            return redirect_with_message(request, f"บันทึกประเด็น{topic} แล้ว", "needs_topics")
    return render(request, "needs/topic.html", {"form": form, "heading": heading})


@transaction.atomic
def needs_facts_rule(request: SignedInRequest) -> HttpResponse:
    """Sets the rule, which is one row of the office from then on."""
    require(request.user, Permission.MANAGE_PROFILES)
    rule = lock_rows_on_post(request, NeedsFactsRule.objects).first() or NeedsFactsRule()
    form = NeedsFactsRuleForm(post_data(request), instance=rule)
    if form.is_valid():
        save_needs_facts_rule(form.instance, by=request.user)
        return redirect_with_message(request, "บันทึกเกณฑ์แล้ว", "needs_topics")
    return render(request, "needs/topic.html", {"form": form, "heading": "แก้ไขเกณฑ์ที่นับ"})


def save_needs_topic(topic: NeedsTopic, *, by: User) -> None:
    """Save a topic, new or changed. Raises ActionRefused where another has the name."""
    with unique_violation_as_refusal(f"มีประเด็นชื่อ “{topic.name}” แล้ว โปรดใช้ชื่ออื่น"):
        save_with_history(topic, by=by)


@transaction.atomic
def save_needs_facts_rule(rule: NeedsFactsRule, *, by: User) -> None:
    """Save the office's one rule."""
    save_with_history(rule, by=by)
