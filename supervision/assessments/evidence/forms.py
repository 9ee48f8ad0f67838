from collections.abc import Iterable
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError

from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, PortalModelForm
from schools.core.http import SignedInRequest
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.models import User
from supervision.assessments.edit_parsing import normalize_text
from supervision.assessments.evidence import actions
from supervision.assessments.evidence.page import AttachPanel
from supervision.assessments.models import AnswerSheet, Evidence

HTTPS_REQUIRED = "ลิงก์ต้องขึ้นต้นด้วย https:// โปรดเปิดหน้าเว็บนั้นแล้วคัดลอกที่อยู่จากช่องที่อยู่ของเบราว์เซอร์"
CONSENT_HELP_TEXT = (
    "ภาพที่เห็นหน้าเป็นข้อมูลส่วนบุคคล หากยังไม่ได้รับความยินยอม ภาพจะใช้ภายในระบบนี้เท่านั้น และเผยแพร่ไม่ได้"
)


class EvidenceForm(PortalForm):
    """One piece of evidence as a page sends it: a file or a link, with what is said of it."""

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
        """Raises Refused as the verbs do."""
        sent = self.cleaned_data
        said = {"by": by, "id": sent["id"], "caption": normalize_text(sent["caption"])}
        if sent["file"]:
            said["has_consent"] = sent["has_consent"]
            return actions.add_evidence_file(sheet, sent["indicator"], sent["file"], **said)
        return actions.add_evidence_link(sheet, sent["indicator"], sent["url"], **said)

    def save_or_errors(self, sheet: AnswerSheet, *, by: User) -> list[str]:
        """Keep it, or tell why not."""
        if self.is_valid():
            try:
                self.save_evidence(sheet, by=by)
            except ActionRefused as refused:
                return [str(refused)]
        return [message for messages in self.errors.values() for message in messages]


class EvidenceCaptionForm(PortalModelForm):
    """What is said of a piece that is there already."""

    class Meta:
        model = Evidence
        fields = ("caption", "has_consent")
        help_texts = {"has_consent": CONSENT_HELP_TEXT}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_photo:
            del self.fields["has_consent"]


# --- The form of a page without script ---


def attach_posted_evidence(
    request: SignedInRequest, sheet: AnswerSheet, places: Iterable[int | None], token: UUID
) -> tuple[int, dict[int | None, AttachPanel]]:
    """How many pieces were added, and the panels of the places where one was not."""
    added, left = 0, {}
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
    said = {
        "indicator": place,
        "caption": request.POST.get(names["words"], ""),
        "has_consent": names["yes"] in request.POST,
    }
    url = request.POST.get(names["url"], "").strip()
    forms_ = []
    for number, file in enumerate(request.FILES.getlist(names["file"])):
        id_ = uuid5(token, f"{names['file']}:{number}:{file.name}:{file.size}")
        forms_.append(EvidenceForm({"id": id_} | said, {"file": file}))
    if url or (said["caption"].strip() and not forms_):
        forms_.append(
            EvidenceForm({"id": uuid5(token, f"{names['url']}:{url}"), "url": url} | said)
        )
    return forms_
