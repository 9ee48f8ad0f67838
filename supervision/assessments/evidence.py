"""Evidence (ร่องรอย/หลักฐาน): files and links that back an indicator or the whole sheet.

The actions come first, then what a sheet's page shows and sends, then the views: files are sent
to those who may see the sheet only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.file_responses import file_response
from schools.core.forms import PortalForm, PortalModelForm, post_data
from schools.core.http import SignedInRequest
from schools.core.json_posts import ApiError, ensure_same_user, json_post_view
from schools.core.uploads import SanitizedFile, delete_files_on_rollback, sanitize_upload
from schools.models import User
from supervision.assessments.edit_parsing import field_input_name, normalize_text
from supervision.assessments.enums import EvidenceKind, SheetKind
from supervision.assessments.journal import ensure_sheet_open, lock_open_sheet
from supervision.assessments.models import AnswerSheet, Evidence
from supervision.assessments.queries import (
    ensure_sheet_writer,
    get_visible_sheet,
    school_sheet_q,
    sheets_of_same_round,
)

# --- Actions ---

MAX_EVIDENCE_PER_FIELD = 30


def add_evidence_file(
    sheet: AnswerSheet,
    indicator: int | None,
    safe: SanitizedFile,
    *,
    by: User,
    id: UUID,
    caption: str = "",
    has_consent: bool = False,
) -> Evidence:
    """Add a photo or document in this place, unless this `id` is there already.

    Raises ActionRefused when the sheet is frozen or the place full; then no file is left behind.
    """
    kind = EvidenceKind.PHOTO if safe.small else EvidenceKind.DOCUMENT
    evidence_item = Evidence(
        id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by
    )
    evidence_item.name, evidence_item.size = safe.name, safe.content.size
    evidence_item.has_consent = has_consent and evidence_item.is_photo
    with delete_files_on_rollback(evidence_item.file, evidence_item.thumbnail):
        return _add(evidence_item, safe)


def add_evidence_link(
    sheet: AnswerSheet, indicator: int | None, url: str, *, by: User, id: UUID, caption: str = ""
) -> Evidence:
    """Add a link in this place, unless this `id` is there already.

    Raises ActionRefused when the sheet is frozen or the place full.
    """
    kind = EvidenceKind.LINK
    evidence_item = Evidence(
        id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by
    )
    evidence_item.url = url
    return _add(evidence_item)


@transaction.atomic
def _add(evidence_item: Evidence, safe: SanitizedFile | None = None) -> Evidence:
    lock_open_sheet(evidence_item.sheet)
    known = Evidence.objects.filter(pk=evidence_item.pk).first()
    if known:
        return _existing_evidence(known, evidence_item)
    _ensure_evidence_fits(evidence_item.sheet, evidence_item.indicator_id)
    evidence_item.at = timezone.now()
    if safe:
        evidence_item.file.save(f"{evidence_item.pk}{safe.suffix}", safe.content, save=False)
    if safe and safe.small:
        evidence_item.thumbnail.save(f"{evidence_item.pk}.small.jpg", safe.small, save=False)
    evidence_item.save(force_insert=True)
    return evidence_item


def _existing_evidence(known: Evidence, evidence_item: Evidence) -> Evidence:
    """The same id may come twice, but only for the same place."""
    if (known.sheet_id, known.indicator_id) != (evidence_item.sheet_id, evidence_item.indicator_id):
        raise ActionRefused("ระบบแยกไฟล์นี้จากไฟล์ก่อนหน้าไม่ได้ โปรดเปิดหน้านี้ใหม่แล้วแนบอีกครั้ง")
    ensure_evidence_present(known)
    return known


def _ensure_evidence_fits(sheet: AnswerSheet, indicator: int | None) -> None:
    is_there = (
        sheet.indicators().filter(pk=indicator).exists()
        if indicator
        else accepts_general_evidence(sheet)
    )
    if not is_there:
        raise ActionRefused("ตัวชี้วัดนี้ไม่อยู่ในชุดที่ใช้ประเมิน โปรดเปิดหน้านี้ใหม่")
    if sheet.evidence.present().filter(indicator=indicator).count() >= MAX_EVIDENCE_PER_FIELD:
        raise ActionRefused(
            f"ที่นี่มีหลักฐานครบ {MAX_EVIDENCE_PER_FIELD} รายการแล้ว "
            "โปรดนำรายการที่ไม่จำเป็นออก หรือรวมเป็นไฟล์เดียว"
        )


def accepts_general_evidence(sheet: AnswerSheet) -> bool:
    """Only a visit's sheet has a page for what belongs to no indicator."""
    return sheet.kind == SheetKind.VISIT


@transaction.atomic
def update_evidence(evidence_item: Evidence, *, caption: str, has_consent: bool = False) -> None:
    """Say what it shows, and whether the people in a photo agreed.

    Raises ActionRefused when the sheet is frozen or the item was removed.
    """
    lock_open_sheet(evidence_item.sheet)
    evidence_item.refresh_from_db()
    ensure_evidence_present(evidence_item)
    evidence_item.caption = caption
    evidence_item.has_consent = has_consent and evidence_item.is_photo
    evidence_item.save(update_fields=["caption", "has_consent"])


def ensure_evidence_present(evidence_item: Evidence) -> None:
    """Raises ActionRefused when somebody has removed it meanwhile."""
    if evidence_item.removed_at:
        raise ActionRefused(f"{evidence_item.removed_by} นำหลักฐานนี้ออกไปแล้ว โปรดกลับไปที่แบบประเมิน")


@transaction.atomic
def remove_evidence(evidence_item: Evidence, *, by: User) -> None:
    """Take it off the sheet: the row stays as a trace, the file goes with its last owner.

    Removing it twice changes nothing. Raises ActionRefused when the sheet is frozen.
    """
    lock_open_sheet(evidence_item.sheet)
    evidence_item.refresh_from_db()
    if evidence_item.removed_at:
        return
    files = evidence_item.files
    owners = Evidence.objects.filter(file=evidence_item.file.name).exclude(pk=evidence_item.pk)
    evidence_item.file = evidence_item.thumbnail = ""
    evidence_item.removed_at, evidence_item.removed_by = timezone.now(), by
    evidence_item.save(update_fields=["file", "thumbnail", "removed_at", "removed_by"])
    if files and not owners.exists():
        transaction.on_commit(partial(_delete, files))


def copy_evidence(sheet: AnswerSheet, copy: AnswerSheet) -> None:
    """The copy of a sheet shows the same evidence; both name the same files."""
    evidence_items = list(sheet.evidence.present())
    for evidence_item in evidence_items:
        evidence_item.pk, evidence_item.sheet = uuid4(), copy
    Evidence.objects.bulk_create(evidence_items)


def _delete(files: Iterable[str]) -> None:
    for name in files:
        default_storage.delete(name)


# --- What a sheet's page shows ---

EvidenceByIndicator = Mapping[int | None, list[Evidence]]


@dataclass(frozen=True)
class AttachPanel:
    """The panel of one place; what was typed there and could not be taken stands in it."""

    indicator: int | None
    caption: str = ""
    url: str = ""
    has_consent: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The end of its names: `evidence-12`, or `evidence` on the whole sheet."""
        return field_input_name(self.indicator, "evidence")

    @property
    def names(self) -> dict[str, str]:
        return {
            name: field_input_name(self.indicator, name) for name in ("file", "url", "words", "yes")
        }


def evidence_by_indicator(
    sheet: AnswerSheet, places: Collection[int | None]
) -> tuple[EvidenceByIndicator, EvidenceByIndicator]:
    """The evidence of these fields on the sheet, and the school's own beside a visit's."""
    which = Q(pk=sheet.pk) | school_sheet_q(sheet) if sheet.is_of_visit else Q(pk=sheet.pk)
    here = Q(indicator=None) if None in places else Q(indicator__in=places)
    mine: EvidenceByIndicator = defaultdict(list)
    school: EvidenceByIndicator = defaultdict(list)
    for evidence_item in Evidence.objects.present().filter(
        here, sheet__in=sheets_of_same_round(sheet, which)
    ):
        (mine if evidence_item.sheet_id == sheet.pk else school)[evidence_item.indicator_id].append(
            evidence_item
        )
    return mine, school


# --- Forms ---

HTTPS_REQUIRED = "ลิงก์ต้องขึ้นต้นด้วย https:// โปรดเปิดหน้าเว็บนั้นแล้วคัดลอกที่อยู่จากช่องที่อยู่ของเบราว์เซอร์"
CONSENT_HELP_TEXT = (
    "ภาพที่เห็นหน้าเป็นข้อมูลส่วนบุคคล หากยังไม่ได้รับความยินยอม ภาพจะใช้ภายในระบบนี้เท่านั้น และเผยแพร่ไม่ได้"
)


class EvidenceForm(PortalForm):
    """One evidence item as a page sends it: a file or a link, with what is said of it."""

    id = forms.UUIDField()
    indicator = forms.IntegerField(required=False)
    file = forms.FileField(required=False, allow_empty_file=True)
    url = forms.URLField(
        label="ลิงก์",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": HTTPS_REQUIRED},
    )
    caption = forms.CharField(label="คำอธิบาย", required=False, max_length=300)
    has_consent = forms.BooleanField(required=False)

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload is not None else None

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if url and not url.startswith("https://"):
            raise ValidationError(HTTPS_REQUIRED)
        return url

    def clean(self) -> dict:
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data["url"]:
            raise ValidationError("ยังไม่ได้เลือกไฟล์หรือใส่ลิงก์ โปรดเลือกไฟล์หรือวางลิงก์แล้วกดแนบอีกครั้ง")
        return self.cleaned_data

    def save_evidence(self, sheet: AnswerSheet, *, by: User) -> Evidence:
        """Add what was sent to the sheet. Raises ActionRefused as the actions do."""
        sent = self.cleaned_data
        said = {"by": by, "id": sent["id"], "caption": normalize_text(sent["caption"])}
        if sent["file"]:
            said["has_consent"] = sent["has_consent"]
            return add_evidence_file(sheet, sent["indicator"], sent["file"], **said)
        return add_evidence_link(sheet, sent["indicator"], sent["url"], **said)

    def save_or_errors(self, sheet: AnswerSheet, *, by: User) -> list[str]:
        """Add what was sent to the sheet; returns the reasons why it was not, in Thai."""
        if self.is_valid():
            try:
                self.save_evidence(sheet, by=by)
            except ActionRefused as refused:
                return [str(refused)]
        return [str(message) for messages in self.errors.values() for message in messages]


class EvidenceCaptionForm(PortalModelForm):
    """What is said of an evidence item that is there already."""

    class Meta:
        model = Evidence
        fields = ("caption", "has_consent")
        help_texts = {"has_consent": CONSENT_HELP_TEXT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_photo:
            del self.fields["has_consent"]


# --- The form of a page without script ---


def attach_posted_evidence(
    request: SignedInRequest, sheet: AnswerSheet, places: Iterable[int | None], token: UUID
) -> tuple[int, dict[int | None, AttachPanel]]:
    """Add what a form without script sent; returns how many, and the panels not taken, by place."""
    added, left = 0, dict[int | None, AttachPanel]()
    for place in places:
        sent = _posted_forms(request, place, token)
        problems = [form.save_or_errors(sheet, by=request.user) for form in sent]
        added += problems.count([])
        if any(problems):
            names = AttachPanel(place).names
            words, url = (request.POST.get(names[name], "") for name in ("words", "url"))
            told = [problem for found in problems for problem in found]
            left[place] = AttachPanel(place, words, url, names["yes"] in request.POST, told)
    return added, left


def _posted_forms(request: SignedInRequest, place: int | None, token: UUID) -> list[EvidenceForm]:
    """Each file and the link of one place.

    The id is made of the page's token, the place and the file: the same form sent twice adds
    nothing.
    """
    names = AttachPanel(place).names
    caption = request.POST.get(names["words"], "")
    said = {
        "indicator": place,
        "caption": caption,
        "has_consent": names["yes"] in request.POST,
    }
    url = request.POST.get(names["url"], "").strip()
    forms_ = []
    for number, file in enumerate(request.FILES.getlist(names["file"])):
        id_ = uuid5(token, f"{names['file']}:{number}:{file.name}:{file.size}")
        forms_.append(EvidenceForm({"id": id_} | said, {"file": file}))
    if url or (caption.strip() and not forms_):
        forms_.append(
            EvidenceForm({"id": uuid5(token, f"{names['url']}:{url}"), "url": url} | said)
        )
    return forms_


# --- Views: files ---

EVIDENCE_RELATED = ("sheet__round__school", "sheet__rating", "indicator")
ONE_YEAR_IN_SECONDS = 365 * 24 * 60 * 60


def evidence_file(request: SignedInRequest, pk: str) -> FileResponse:
    rows = Evidence.objects.visible_to(request.user).exclude(kind=EvidenceKind.LINK)
    evidence_item = get_object_or_404(rows, pk=pk)
    return _cached_file_response(evidence_item.file, evidence_item.name, "private, no-store")


def evidence_small(request: SignedInRequest, pk: str) -> FileResponse:
    """A photo's small picture; it never changes, so the browser may keep it."""
    rows = Evidence.objects.visible_to(request.user).filter(kind=EvidenceKind.PHOTO)
    evidence_item = get_object_or_404(rows, pk=pk)
    return _cached_file_response(
        evidence_item.thumbnail,
        evidence_item.name,
        f"private, max-age={ONE_YEAR_IN_SECONDS}, immutable",
    )


def _cached_file_response(file: FieldFile, name: str, cache: str) -> FileResponse:
    response = file_response(file, name)
    response["Cache-Control"] = cache
    return response


# --- Views: actions on one evidence item ---


@json_post_view
def sheet_evidence(request: SignedInRequest, pk: int) -> dict:
    """One file or link from the page's script; the answer is its line in the list."""
    sheet = get_visible_sheet(request, pk)
    user = request.POST.get("user", "")
    ensure_same_user(request, int(user) if user.isdecimal() else 0)
    ensure_sheet_writer(request, sheet)
    ensure_sheet_open(sheet)  # before a photo is drawn
    form = EvidenceForm(request.POST, request.FILES)
    if problems := form.save_or_errors(sheet, by=request.user):
        raise ApiError(422, "unfit", " ".join(problems))
    evidence_item = Evidence.objects.get(pk=form.cleaned_data["id"])
    context = {"evidence_item": evidence_item, "may_write": True}
    return {
        "id": str(evidence_item.pk),
        "html": render_to_string("assessments/evidence_item.html", context),
    }


def evidence_edit(request: SignedInRequest, pk: str) -> HttpResponse:
    evidence_item = _get_writable_evidence(request, pk)
    return confirm_action(
        request,
        partial(update_evidence, evidence_item),
        form=EvidenceCaptionForm(post_data(request), instance=evidence_item),
        success_message="บันทึกคำอธิบายแล้ว",
        template="assessments/evidence_edit.html",
        evidence_item=evidence_item,
        heading="คำอธิบายหลักฐาน",
        submit_label="บันทึก",
        cancel_url=evidence_item.get_sheet_url(),
    )


def evidence_remove(request: SignedInRequest, pk: str) -> HttpResponse:
    evidence_item = _get_writable_evidence(request, pk)
    return confirm_action(
        request,
        partial(remove_evidence, evidence_item, by=request.user),
        success_message="นำหลักฐานออกแล้ว",
        template="assessments/evidence_remove.html",
        evidence_item=evidence_item,
        heading="นำหลักฐานนี้ออก",
        effects=["ผู้อ่านแบบประเมินไม่เห็นหลักฐานนี้อีก", "ระบบเก็บไว้เพียงว่าใครนำออกเมื่อใด"],
        irreversible="" if evidence_item.is_link else "ไฟล์ถูกลบ หากต้องการใช้อีกต้องแนบใหม่",
        danger=True,
        submit_label="นำออก",
        cancel_url=evidence_item.get_sheet_url(),
    )


def _get_writable_evidence(request: SignedInRequest, pk: str) -> Evidence:
    """An evidence item on an open sheet that is this person's to write.

    Raises Http404, PermissionDenied or, when the sheet is frozen, ActionRefused.
    """
    evidence_items = Evidence.objects.visible_to(request.user).select_related(*EVIDENCE_RELATED)
    evidence_item = get_object_or_404(evidence_items, pk=pk)
    if not evidence_item.sheet.is_assigned_to(request.user):
        raise PermissionDenied
    ensure_sheet_open(evidence_item.sheet)
    return evidence_item
