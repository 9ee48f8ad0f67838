"""The one list of the registry without pages of its own: ways to call schools small or large."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from schools.admin_site import ReferenceListAdmin, ReferenceListInline, office_admin
from schools.models import SizeBand, SizeScheme


class SizeBandFormSet(BaseInlineFormSet):
    """A school has one size, so no two bands of a scheme hold the same number of pupils."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        filled = [form for form in self.forms if form.cleaned_data]
        bands = [form.instance for form in filled if form not in self.deleted_forms]
        if not bands:
            raise ValidationError("โปรดกรอกช่วงขนาดอย่างน้อยหนึ่งช่วง")
        for lower, upper in pairwise(sorted(bands, key=lambda band: band.low)):
            if lower.contains(upper.low):
                raise ValidationError(
                    f"ช่วง “{lower}” กับ “{upper}” ซ้อนกัน โปรดแก้จำนวนนักเรียนของช่วงใดช่วงหนึ่ง"
                )


class SizeBandInline(ReferenceListInline):
    """The sizes of a scheme, from how many to how many pupils each goes."""

    model = SizeBand
    formset = SizeBandFormSet


@admin.register(SizeScheme, site=office_admin)
class SizeSchemeAdmin(ReferenceListAdmin):
    """Which one is in use, the office says on its own page of the registry."""

    list_display = ("name", "provenance")
    fields = ("name", "provenance")
    inlines = (SizeBandInline,)

    def save_model(
        self, request: HttpRequest, obj: SizeScheme, form: ModelForm, change: Any
    ) -> None:
        """The key tells the office's own schemes from those that come with the portal."""
        obj.key = obj.key or f"office-{uuid4().hex[:12]}"
        super().save_model(request, obj, form, change)
