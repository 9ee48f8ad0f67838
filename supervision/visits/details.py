"""The details of a visit other than its day and its leader: form and page."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html

from schools.access import Permission
from schools.core.fields import ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm, form_field, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.needs.enums import SupervisionMode
from supervision.visits import actions
from supervision.visits.access import get_visit_or_404
from supervision.visits.actions import KIND_IS_FIXED
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import eligible_team_members, visit_clashes
from supervision.workflow.actions import ensure_allowed


class ClashCheckedForm(PortalForm):
    """A form that asks for confirmation where somebody is expected at two schools at once."""

    confirm_clash = forms.BooleanField(label="ยืนยันนัดหมาย แม้ตรงกับนัดหมายอื่น", required=False)

    def check_clashes(self, visit: Visit, people: Collection[User]) -> None:
        """Ask for confirmation only where these people have another visit at that time."""
        clashes = visit_clashes(visit, people)
        if not clashes:
            del self.fields["confirm_clash"]
        elif not self.cleaned_data.get("confirm_clash"):
            remedy = "โปรดเปลี่ยนเวลาหรือบุคคล หรือทำเครื่องหมายยืนยัน"
            self.add_error("confirm_clash", [f"{clash} {remedy}" for clash in clashes])


class VisitDetailsForm(ClashCheckedForm):
    """What a visit is about, how it is made, and who joins it."""

    kind = forms.ChoiceField(
        label="ประเภทการนิเทศ",
        choices=VisitKind,
        help_text="การสังเกตชั้นเรียนและการให้คำปรึกษาใช้แบบเฉพาะ และไม่นับเป็นการนิเทศขั้นที่ 4 ของรอบ",
    )
    mode = forms.ChoiceField(
        label="รูปแบบการนิเทศ", choices=SupervisionMode, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label="เรื่องที่นิเทศ",
        max_length=300,
        help_text="เช่น นิเทศ ติดตามการจัดการเรียนรู้ประจำภาคเรียน",
    )
    team = ListedRowsField(
        User.objects.none(),
        label="ผู้ร่วมนิเทศ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว โปรดเลือกใหม่"},
    )


class VisitEditForm(ConflictCheckedForm, VisitDetailsForm):
    """The details of a visit; once its record is begun, its kind is fixed.

    Whoever is in the team stays on offer, though they have left their post meanwhile.
    """

    field_order = ("kind", "mode", "purpose", "team", "confirm_clash")

    class Meta:
        model = Visit
        fields = ("kind", "mode", "purpose", "team")

    def __init__(self, *args: Any, instance: Visit, **kwargs: Any) -> None:
        self.before = list(instance.team.order_by("full_name"))
        kwargs["initial"] = {"team": [person.pk for person in self.before]}
        super().__init__(*args, instance=instance, **kwargs)
        self._offer_team(instance)
        if instance.state == VisitState.RECORDING:
            self._keep_kind(instance)
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def _offer_team(self, visit: Visit) -> None:
        field = form_field(self, "team", ListedRowsField)
        known = eligible_team_members(visit.round.school, timezone.localdate())
        people = User.objects.filter(Q(pk__in=known) | Q(pk__in=visit.team.all()))
        field.queryset = people.exclude(pk=visit.leader_id).order_by("full_name")
        raters = User.objects.filter(ratings__visit=visit, pk__in=field.queryset)
        if raters:
            named = " · ".join(map(str, raters))
            field.help_text = format_html("เริ่มให้คะแนนแล้ว จึงนำออกไม่ได้: {}", named)

    def _keep_kind(self, visit: Visit) -> None:
        field = form_field(self, "kind", forms.ChoiceField)
        field.choices = [(visit.kind, visit.get_kind_display())]
        field.help_text = KIND_IS_FIXED
        field.error_messages["invalid_choice"] = KIND_IS_FIXED

    def clean(self) -> dict[str, Any]:
        joining = [p for p in self.cleaned_data.get("team", ()) if p not in self.before]
        self.check_clashes(self.instance, joining)
        return super().clean()

    def _display_value(self, name: str) -> str:
        if name == "team":
            return " · ".join(map(str, self.before)) or "ว่าง"
        return super()._display_value(name)

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.compared_fields()}


def visit_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, actions.visit_update_action(visit))
    if request.method == "POST":
        return _save_details(request, visit)
    return _details_page(request, visit, VisitEditForm(instance=visit))


@transaction.atomic
def _save_details(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """The visit stays locked from the look at what others saved until the save itself."""
    actions.lock_visit(visit)
    form = VisitEditForm(request.POST, instance=visit)
    if form.is_valid():
        with refusal_as_form_error(form):
            changed = actions.update_visit_plan(visit, by=request.user, **form.details())
            done = "แก้ไขรายละเอียดนัดหมายแล้ว" if changed else "รายละเอียดนัดหมายคงเดิม ไม่มีสิ่งใดเปลี่ยน"
            return redirect_with_message(request, done, visit)
    return _details_page(request, visit, form)


def _details_page(request: SignedInRequest, visit: Visit, form: VisitEditForm) -> HttpResponse:
    context = {
        "visit": visit,
        "form": form,
        "here": "แก้ไขรายละเอียด",
        "heading": f"แก้ไขรายละเอียด{visit.label}",
        "effects": [
            "โรงเรียนเห็นรายละเอียดใหม่ ของเดิมและผู้แก้ไขเก็บไว้ในประวัติ",
            "วัน เวลา และหัวหน้าคณะนิเทศคงเดิม",
        ],
        "submit_label": "บันทึกรายละเอียด",
        "cancel_url": visit.get_absolute_url(),
    }
    return render(request, "visits/confirm_action.html", context)
