from collections.abc import Iterable, Mapping

from django import forms

from schools.core.forms import PortalForm
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign

NOT_STARTED = "not_begun"
# The sign of each state, and how the unit calls it.
STATE_DISPLAY = {
    NOT_STARTED: ("ยังไม่เริ่ม", "wait"),
    SurveyState.DRAFT: ("กำลังกรอก", "wait"),
    SurveyState.RETURNED: ("ส่งกลับให้แก้ไข", "mine"),
    SurveyState.SUBMITTED: ("ส่งแล้ว", "done"),
}
ALL_STATES, NOT_SUBMITTED, SUBMITTED_LATE = "", "missing", "late"
# The counts on top, each a filter: name in the address, words, kind of its sign.
STATE_FILTERS = (
    (ALL_STATES, "ทั้งหมด", "idle"),
    (NOT_SUBMITTED, "ยังไม่ส่ง", "wait"),
    *((str(stage), word, kind) for stage, (word, kind) in reversed(STATE_DISPLAY.items())),
    (SUBMITTED_LATE, "ส่งช้ากว่ากำหนด", "late"),
)


class NeedsFilterForm(PortalForm):
    """Which survey and whose answers; a value nobody offered is named as an error and left out."""

    campaign = forms.ChoiceField(label="แบบสำรวจ", required=False)
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    state = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[count[:2] for count in STATE_FILTERS],
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args,
        campaigns: Iterable[NeedsCampaign],
        clusters: Mapping[int, str],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].choices = [(one.pk, one.period) for one in campaigns]
        self.fields["cluster"].choices = [("", "ทุกกลุ่ม"), *clusters.items()]


class WantsFilterForm(NeedsFilterForm):
    """The same with words to look for."""

    words = forms.CharField(
        label="ค้นหา",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
