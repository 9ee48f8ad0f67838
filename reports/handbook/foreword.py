"""The foreword of a handbook: drafted from the manual's, written by the officer, kept."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from reports.handbook.models import Handbook
from reports.handbook.officers import OfficerYear, officer_in_year
from schools.core.forms import ConflictCheckedForm, post_data, redirect_with_message
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.standards.enums import PassageKind
from supervision.standards.models import ManualPassage

# What the manual's foreword says of its author and of their work group.
MANUAL_POSITION = "16"
MANUAL_AUTHOR = "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16 ตำแหน่ง ศึกษานิเทศก์ชำนาญการพิเศษ"
MANUAL_WORK_GROUP = "ในกลุ่มงานนิเทศ ติดตาม และประเมินผลระบบบริหารและจัดการศึกษา "


def handbook_of(of: OfficerYear) -> Handbook:
    """The officer's words of the year; not saved yet, with the draft, where there are none."""
    saved = Handbook.objects.filter(officer=of.officer, fiscal_year=of.fiscal_year).first()
    if saved:
        return saved
    return Handbook(officer=of.officer, fiscal_year=of.fiscal_year, foreword=drafted_foreword(of))


def drafted_foreword(of: OfficerYear) -> str:
    """The manual's foreword, a paragraph a line, with the officer in place of its author."""
    passages = ManualPassage.objects.filter(process="", kind=PassageKind.FOREWORD)
    text = "\n".join(passage.text for passage in passages)
    text = text.replace(MANUAL_AUTHOR, f"{of.officer} ตำแหน่ง {of.title}")
    return text if of.position_number == MANUAL_POSITION else text.replace(MANUAL_WORK_GROUP, "ใน")


def save_foreword(handbook: Handbook, *, by: User, foreword: str) -> Handbook:
    """Keep the foreword as typed; the history keeps what stood there before.

    Raises PermissionDenied for anybody but the officer.
    """
    if by != handbook.officer:
        raise PermissionDenied
    handbook.foreword = foreword
    save_with_history(handbook, by=by)
    return handbook


def earlier_forewords(handbook: Handbook) -> list[Any]:
    """What stood there before, newest first, each with who wrote it and when."""
    if handbook.pk is None:
        return []
    return list(handbook.history.select_related("history_user")[1:])


class ForewordForm(ConflictCheckedForm):
    """The words of the foreword."""

    class Meta:
        model = Handbook
        fields = ("foreword",)
        help_texts = {"foreword": "บรรทัดละย่อหน้า ชื่อและตำแหน่งผู้จัดทำพิมพ์ต่อท้ายให้"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["foreword"].widget.attrs["rows"] = 20


@transaction.atomic
def handbook_foreword(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """The officer writes; their account stays locked from the comparison to the save."""
    of = officer_in_year(request.user, year, officer)
    if of.officer != request.user:
        raise PermissionDenied
    if request.method == "POST":
        User.objects.select_for_update().get(pk=officer)
    handbook = handbook_of(of)
    form = ForewordForm(post_data(request), instance=copy(handbook))
    if form.is_valid():
        save_foreword(handbook, by=request.user, **form.cleaned_data)
        return redirect_with_message(request, "บันทึกคำนำแล้ว", "handbook", year, officer)
    context = {"of": of, "form": form, "earlier": earlier_forewords(handbook)}
    return render(request, "reports/handbook/foreword.html", context)
