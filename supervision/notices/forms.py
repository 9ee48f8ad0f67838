from django import forms

from schools.core.forms import PortalForm
from supervision.notices.enums import NoticeKind


class NoticesReadForm(PortalForm):
    """Up to which moment the page showed the news that its reader has now read."""

    until = forms.DateTimeField()


class NoticeSettingsForm(PortalForm):
    """Which notices a person wants; none at all is a choice too."""

    kinds = forms.MultipleChoiceField(
        label="แจ้งเตือนฉันเรื่อง",
        choices=NoticeKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
