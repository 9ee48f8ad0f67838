"""The office's reference lists that have no pages of their own: orders, work groups, forms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Q
from django.http import HttpRequest

from schools.admin_site import ListAdmin, ListInline, be_date, office_admin
from schools.models import Post
from schools.thai import short_date
from supervision.assignments.models import Duty, OfficialOrder
from supervision.standards.models import ManualForm, Work, WorkGroup


class PostField(forms.ModelChoiceField):
    """A post of the office with its holder; the past ones too, for old orders name them."""

    def label_from_instance(self, post: Post) -> str:
        until = f" ถึง {short_date(post.ends_on)}" if post.ends_on else ""
        return f"{post.user} · {post.in_full}{until}"


class DutyInline(ListInline):
    """The duties of an order's annex, each with the post it is given to."""

    model = Duty

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        if db_field.name == "post":
            posts = Post.objects.filter(Q(school=None) | Q(duties__isnull=False)).distinct()
            posts = posts.select_related("user", "school", "cluster").order_by("user__sort_key")
            kwargs |= {"form_class": PostField, "queryset": posts}
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name != "order":
            field.choices = list(field.choices)  # asked once, not again for each row
        return field


@admin.register(OfficialOrder, site=office_admin)
class OfficialOrderAdmin(ListAdmin):
    """Signed orders, written down here as they stand on paper."""

    list_display = (
        "number",
        "subject",
        be_date("ordered_on", "สั่ง ณ วันที่"),
        be_date("effective_on", "ทั้งนี้ ตั้งแต่วันที่"),
    )
    search_fields = ("number", "subject")
    inlines = (DutyInline,)


class WorkInline(ListInline):
    """The numbered works of a work group."""

    model = Work


@admin.register(WorkGroup, site=office_admin)
class WorkGroupAdmin(ListAdmin):
    """Sections of the supervision group, as the page of work standards lists them."""

    list_display = ("code", "name")
    inlines = (WorkInline,)


class ManualFormForm(forms.ModelForm):
    """A form that the manual names; it is used in one of the seven steps, or in none."""

    step = forms.IntegerField(label="ใช้ในขั้นที่", min_value=1, max_value=7, required=False)


@admin.register(ManualForm, site=office_admin)
class ManualFormAdmin(ListAdmin):
    """Forms of the manual, as the page of work standards lists them."""

    form = ManualFormForm
    list_display = ("code", "name", "process", "step")
