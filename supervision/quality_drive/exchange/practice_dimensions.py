"""Which dimensions of quality published practices answer, as the office reads them."""

from collections.abc import Collection, Mapping

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, can, require
from schools.core.forms import PortalForm, post_data, redirect_with_message
from schools.core.history import save_with_history, set_history_author
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.practices.models import GoodPractice
from supervision.programmes.networks.published_practices import published_practices
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import PracticeDimension

PRACTICES_ON_A_PAGE = 50


@transaction.atomic
def set_practice_dimensions(
    practice: GoodPractice, *, by: User, codes: Collection[DimensionCode]
) -> None:
    """Say which dimensions the practice answers, in place of what was said before."""
    GoodPractice.objects.select_for_update().get(pk=practice.pk)
    stored = {one.code: one for one in practice.quality_dimensions.all()}
    for code, row in stored.items():
        if code not in codes:
            set_history_author(row, by=by)
            row.delete()
    for code in codes:
        if code not in stored:
            save_with_history(PracticeDimension(practice=practice, code=code), by=by)


class PracticeDimensionsForm(PortalForm):
    """The dimensions that a practice answers; none is an answer too."""

    codes = forms.MultipleChoiceField(
        label="ตอบด้านคุณภาพ",
        choices=DimensionCode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="พิจารณาจากเนื้อหาของผลงาน ไม่ใช่จากผลการประเมินของโรงเรียน",
    )


def drive_practices(request: SignedInRequest, year: int) -> HttpResponse:
    """The published practices of schools, each with the dimensions that it answers."""
    drive = get_drive(request.user, year)
    require(request.user, Permission.VIEW_AREA)
    published = [one for one in published_practices() if one.school_id is not None]
    page = Paginator(published, PRACTICES_ON_A_PAGE).get_page(request.GET.get("page"))
    dimensions = _dimension_words([one.pk for one in page])
    context = {
        "drive": drive,
        "page": page,
        "rows": [(one, dimensions.get(one.pk, [])) for one in page],
        "may_edit": can(request.user, Permission.MANAGE_DRIVE),
    }
    return render(request, "quality_drive/exchange/practices.html", context)


def _dimension_words(practices: Collection[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in PracticeDimension.objects.filter(practice__in=practices).order_by("code"):
        found.setdefault(one.practice_id, []).append(str(one))
    return found


def practice_dimensions(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Say which dimensions one practice answers."""
    drive = get_drive(request.user, year)
    published = [one.pk for one in published_practices() if one.school_id is not None]
    practice = get_object_or_404(GoodPractice.objects.filter(pk__in=published), pk=pk)
    require(request.user, Permission.MANAGE_DRIVE)
    stored = [one.code for one in practice.quality_dimensions.all()]
    form = PracticeDimensionsForm(post_data(request), initial={"codes": stored})
    back_url = reverse("drive_practices", args=[year])
    if form.is_valid():
        codes = [DimensionCode(code) for code in form.cleaned_data["codes"]]
        with refusal_as_form_error(form):
            set_practice_dimensions(practice, by=request.user, codes=codes)
            return redirect_with_message(request, "บันทึกด้านของผลงานแล้ว", back_url)
    context = {
        "form": form,
        "drive": drive,
        "title": "ด้านคุณภาพของผลงาน",
        "lead": f"{practice} · {practice.owner_name}",
        "back_url": back_url,
    }
    return render(request, "quality_drive/cooperation/edit.html", context)
