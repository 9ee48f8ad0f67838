"""How the pages of activities, forums and learning sources ask for a file."""

from django import forms

from schools.core.forms import PortalForm
from schools.core.uploads import SanitizedFile, sanitize_upload
from supervision.assessments.evidence import CONSENT_HELP_TEXT
from supervision.programmes.models import ActivityEvidence


class ProgrammeFileForm(PortalForm):
    """A file with what it shows, and the consent of the people in a photo."""

    caption = forms.CharField(label="คำอธิบาย", max_length=200)
    file = forms.FileField(
        label="ไฟล์",
        max_length=None,
        help_text="ภาพถ่าย PDF หรือเอกสาร 1 ไฟล์ ภาพถ่ายถูกย่อก่อนส่ง",
    )
    has_consent = forms.BooleanField(
        label=ActivityEvidence._meta.get_field("has_consent").verbose_name,
        required=False,
        help_text=CONSENT_HELP_TEXT,
    )

    def clean_file(self) -> SanitizedFile:
        return sanitize_upload(self.cleaned_data["file"])
