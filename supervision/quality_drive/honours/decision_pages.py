"""Honours before a meeting of ก.ต.ป.น.: many decided at once, then many released at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from schools.access import Permission, require
from schools.core.forms import PortalForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.version_token import version_token
from schools.models import User
from supervision.committees.meeting_field import MeetingForm
from supervision.committees.models import Meeting
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.honours import actions
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.honours.queries import honour_rows
from supervision.quality_drive.models import Honour, QualityDrive
from supervision.resolutions.meeting_table import recusal_notes

AWARD, DECLINE, RELEASE = "award", "decline", "release"


class HonourTableForm(PortalForm):
    """A row of a table: what the meeting resolves on one honour."""

    def __init__(self, *args: Any, honour: Honour, **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(honour.pk), **kwargs)
        self.honour = honour


class HonourResolutionForm(HonourTableForm):
    """What the meeting resolves on one proposal, for the reason that the page has shown."""

    reason_read = forms.CharField(widget=forms.HiddenInput, required=False)

    choice = forms.ChoiceField(
        label="มติ",
        choices=[("", "ยังไม่พิจารณา"), (AWARD, "ยกย่อง"), (DECLINE, "ไม่ยกย่อง")],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.CharField(
        label="เหตุผลที่ไม่ยกย่อง",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reason_read"] = version_token(self.honour.reason)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("choice"):
            self._check_reason_was_read(cleaned.get("reason_read", ""))
        if cleaned.get("choice") == DECLINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", "โปรดระบุเหตุผลที่ไม่ยกย่อง เก็บไว้ในสำนักงานเท่านั้น")
        return cleaned

    def _check_reason_was_read(self, read: str) -> None:
        """A reason that was put right since is shown first: it is what is published."""
        now = self.initial["reason_read"]
        if read != now:
            posted = QueryDict(mutable=True)
            posted.update(self.data)
            posted[self.add_prefix("reason_read")] = now
            self.data = posted
            raise ValidationError("มีผู้แก้ไขเหตุผลที่ยกย่องหลังจากที่คุณเปิดหน้านี้ โปรดอ่านอีกครั้ง แล้วบันทึกมติ")

    @property
    def choice_label(self) -> str:
        """The chosen resolution as people read it."""
        field = self.fields["choice"]
        return str(dict(field.choices)[self.cleaned_data["choice"]])  # type: ignore[attr-defined]


class HonourReleaseForm(HonourTableForm):
    """Whether the meeting releases one honour to the public."""

    choice = forms.ChoiceField(
        label="มติ",
        choices=[("", "ยังไม่เผยแพร่"), (RELEASE, "เผยแพร่")],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    @property
    def choice_label(self) -> str:
        return "เผยแพร่"


ResolutionForm = HonourResolutionForm | HonourReleaseForm


@dataclass(frozen=True, eq=False)
class HonourTableRow:
    """One honour before the meeting; the notes say who takes no part in deciding on its school."""

    honour: Honour
    form: ResolutionForm
    recusal_notes: Sequence[str] = ()

    @property
    def choice(self) -> str:
        return str(self.form.cleaned_data["choice"])


@dataclass(frozen=True)
class HonourTable:
    """One of the two tables: which honours wait there, and how one of them is recorded."""

    heading: str
    state: HonourState
    form_class: type[HonourResolutionForm] | type[HonourReleaseForm]
    record: Callable[[HonourTableRow, Meeting, User], None]
    warning: str
    empty_text: str


def _record_resolution(row: HonourTableRow, meeting: Meeting, by: User) -> None:
    if row.choice == AWARD:
        actions.award_honour(row.honour, by=by, meeting=meeting)
    else:
        reason = row.form.cleaned_data["reason"]
        actions.decline_honour(row.honour, by=by, meeting=meeting, reason=reason)


def _record_release(row: HonourTableRow, meeting: Meeting, by: User) -> None:
    actions.release_honour(row.honour, by=by, meeting=meeting)


DECISION_TABLE = HonourTable(
    heading="บันทึกมติยกย่องเชิดชูเกียรติ",
    state=HonourState.PROPOSED,
    form_class=HonourResolutionForm,
    record=_record_resolution,
    warning="โรงเรียนที่ได้รับการยกย่องเห็นรางวัลของตน โรงเรียนอื่นและสาธารณะยังไม่เห็นจนกว่าที่ประชุมมีมติให้เผยแพร่",
    empty_text="เสนอชื่อโรงเรียนก่อน รายการจะขึ้นที่นี่",
)
RELEASE_TABLE = HonourTable(
    heading="บันทึกมติเผยแพร่โรงเรียนที่ได้รับการยกย่อง",
    state=HonourState.AWARDED,
    form_class=HonourReleaseForm,
    record=_record_release,
    warning="ทุกคนที่เปิดเว็บไซต์เห็นชื่อโรงเรียน ประเภทรางวัล และเหตุผล",
    empty_text="รางวัลที่ที่ประชุมมีมติยกย่องและยังไม่เผยแพร่จะขึ้นที่นี่",
)


def honours_decide(request: SignedInRequest, year: int) -> HttpResponse:
    """What a meeting resolved on the proposals; asks once more before it records."""
    return _table_page(request, year, DECISION_TABLE)


def honours_release(request: SignedInRequest, year: int) -> HttpResponse:
    """What a meeting releases to the public, by a resolution of its own."""
    return _table_page(request, year, RELEASE_TABLE)


def _table_page(request: SignedInRequest, year: int, table: HonourTable) -> HttpResponse:
    drive = get_drive(request.user, year)
    require(request.user, Permission.RESOLVE_DRIVE)
    meeting_form = MeetingForm(post_data(request), initial=_named_meeting(request))
    rows = _rows(drive, request.user, table, request.POST if request.method == "POST" else None)
    context = {"drive": drive, "table": table, "meeting_form": meeting_form, "rows": rows}
    if request.method == "POST" and "edit" not in request.POST:
        valid = [meeting_form.is_valid(), *(row.form.is_valid() for row in rows)]
        chosen = [row for row in rows if row.form.is_valid() and row.choice]
        if all(valid) and chosen:
            return _confirmed(request, context, chosen)
        context["nothing_chosen"] = all(valid)
    return render(request, "quality_drive/honours/table.html", context)


def _named_meeting(request: HttpRequest) -> dict[str, str]:
    return {"meeting": request.GET["meeting"]} if "meeting" in request.GET else {}


def _rows(
    drive: QualityDrive, user: User, table: HonourTable, data: QueryDict | None
) -> list[HonourTableRow]:
    honours = honour_rows(user).filter(category__drive=drive, state=table.state)
    return [
        HonourTableRow(one, table.form_class(data, honour=one))
        for one in honours.order_by("category__position", "school__sort_key")
    ]


def _confirmed(
    request: SignedInRequest, context: Mapping[str, Any], chosen: Sequence[HonourTableRow]
) -> HttpResponse:
    """Ask before recording; then record each by the action of a single one."""
    table, meeting_form = context["table"], context["meeting_form"]
    meeting: Meeting = meeting_form.cleaned_data["meeting"]
    if "confirmed" not in request.POST:
        notes = recusal_notes(meeting)
        noted = [
            HonourTableRow(row.honour, row.form, notes.get(row.honour.school_id, ()))
            for row in chosen
        ]
        page = {**context, "meeting": meeting, "chosen": noted}
        return render(request, "quality_drive/honours/confirm.html", page)
    refused = [row for row in chosen if not _is_recorded(row, table, meeting, by=request.user)]
    if refused:
        recorded = len(chosen) - len(refused)
        page = {**context, "rows": refused, "recorded": recorded}
        return render(request, "quality_drive/honours/table.html", page)
    done, year = f"บันทึกมติแล้ว {len(chosen)} รายการ", context["drive"].academic_year.year
    return redirect_with_message(request, done, "drive_honours", year)


def _is_recorded(row: HonourTableRow, table: HonourTable, meeting: Meeting, *, by: User) -> bool:
    """Record one; its form has the reason where it was refused."""
    with refusal_as_form_error(row.form):
        table.record(row, meeting, by)
        return True
    return False
