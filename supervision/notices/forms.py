from django import forms

from schools.forms import PortalForm
from supervision.notices.enums import Kind


class ReadForm(PortalForm):
    """Up to which moment the page told the news that its reader has now read."""

    until = forms.DateTimeField()


class ChoiceForm(PortalForm):
    """Which notices a person wants; none at all is a choice too."""

    kinds = forms.MultipleChoiceField(
        label="แจ้งเตือนฉันเรื่อง",
        choices=Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
