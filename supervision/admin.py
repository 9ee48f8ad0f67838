"""The lists that rooms stand on. Records that move through states are not edited here."""

from django.contrib import admin

from schools.admin_site import RegistryAdmin, RegistryInline, be_date, office_admin
from supervision.assignments.models import Duty, OfficialOrder
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet, Scale, ScaleBand, ScaleLevel
from supervision.standards.models import ManualForm, Work, WorkGroup


class LevelInline(RegistryInline):
    model = ScaleLevel


class BandInline(RegistryInline):
    model = ScaleBand


@admin.register(Scale, site=office_admin)
class ScaleAdmin(RegistryAdmin):
    """A scale that ก.ต.ป.น. has endorsed with a set is frozen with it (DESIGN rule 4)."""

    list_display = ("name", "key", "provenance")
    inlines = (LevelInline, BandInline)

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and not is_endorsed(obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and not is_endorsed(obj)

    def get_inlines(self, request, obj):
        return () if is_endorsed(obj) else super().get_inlines(request, obj)


def is_endorsed(scale: Scale | None) -> bool:
    return (
        scale is not None
        and IndicatorSet.objects.filter(scale=scale).exclude(state=SetState.DRAFT).exists()
    )


class DutyInline(RegistryInline):
    model = Duty
    autocomplete_fields = ("post",)
    select_related = ("post__user",)


@admin.register(OfficialOrder, site=office_admin)
class OfficialOrderAdmin(RegistryAdmin):
    list_display = (
        "number",
        "subject",
        be_date("ordered_on", "สั่ง ณ วันที่"),
        be_date("effective_on", "ทั้งนี้ ตั้งแต่วันที่"),
    )
    search_fields = ("number", "subject")
    inlines = (DutyInline,)


class WorkInline(RegistryInline):
    model = Work


@admin.register(WorkGroup, site=office_admin)
class WorkGroupAdmin(RegistryAdmin):
    list_display = ("code", "name")
    inlines = (WorkInline,)


@admin.register(ManualForm, site=office_admin)
class ManualFormAdmin(RegistryAdmin):
    list_display = ("code", "name", "process", "step")
