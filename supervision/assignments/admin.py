"""Orders and their duties in the office's reference lists; they have no pages of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Q
from django.http import HttpRequest

from schools.admin_site import (
    ReferenceListAdmin,
    ReferenceListInline,
    buddhist_date_column,
    office_admin,
)
from schools.core.thai import short_date
from schools.models import Appointment
from supervision.assignments.models import Duty, OfficialOrder


class AppointmentField(forms.ModelChoiceField):
    """An appointment of the office with its holder; the past ones too, for old orders name them."""

    def label_from_instance(self, appointment: Appointment) -> str:
        until = f" ถึง {short_date(appointment.ends_on)}" if appointment.ends_on else ""
        return f"{appointment.user} · {appointment.title_with_place}{until}"


class DutyInline(ReferenceListInline):
    """The duties of an order's annex, each with the appointment it is given to."""

    model = Duty

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "appointment":
            appointments = Appointment.objects.filter(
                Q(school=None) | Q(duties__isnull=False)
            ).distinct()
            appointments = appointments.select_related("user", "school", "cluster").order_by(
                "user__sort_key"
            )
            kwargs |= {"form_class": AppointmentField, "queryset": appointments}
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name != "order":
            choices: Any = field.choices  # iterable once the field is made
            field.choices = list(choices)  # asked once, not again for each row
        return field


@admin.register(OfficialOrder, site=office_admin)
class OfficialOrderAdmin(ReferenceListAdmin):
    """Signed orders, with the text of the paper."""

    list_display = (
        "number",
        "subject",
        buddhist_date_column("ordered_on", "สั่ง ณ วันที่"),
        buddhist_date_column("effective_on", "ทั้งนี้ ตั้งแต่วันที่"),
    )
    search_fields = ("number", "subject")
    inlines = (DutyInline,)
