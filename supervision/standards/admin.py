"""Work groups and forms in the office's reference lists; they have no pages of their own."""

from django import forms
from django.contrib import admin

from schools.admin_site import ReferenceListAdmin, ReferenceListInline, office_admin
from supervision.standards.models import ManualForm, Work, WorkGroup


class WorkInline(ReferenceListInline):
    """The numbered works of a work group."""

    model = Work


@admin.register(WorkGroup, site=office_admin)
class WorkGroupAdmin(ReferenceListAdmin):
    """Sections of the supervision group, as the page of work standards lists them."""

    list_display = ("code", "name")
    inlines = (WorkInline,)


class ManualFormForm(forms.ModelForm):
    """A form that the manual names; it is used in one of the seven steps, or in none."""

    step = forms.IntegerField(label="ใช้ในขั้นที่", min_value=1, max_value=7, required=False)


@admin.register(ManualForm, site=office_admin)
class ManualFormAdmin(ReferenceListAdmin):
    """Forms of the manual, as the page of work standards lists them."""

    form = ManualFormForm
    list_display = ("code", "name", "process", "step")
