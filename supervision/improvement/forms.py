from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm
from schools.core.thai import short_date
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.models import Cluster, Term
from supervision.assessments.evidence import CONSENT_HELP_TEXT
from supervision.criteria.models import Indicator
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import ProgressReport, Recommendation, Summary
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import acknowledged_visits

MAX_TEXT_LENGTH = 4000
MAX_DUE_AHEAD = timedelta(days=2 * 366)  # beyond it the year was mistyped


class SummaryForm(ConflictCheckedForm):
    """The summary's three texts; any may stay empty while it is a draft."""

    class Meta:
        model = Summary
        fields = ("strengths", "improvement_points", "guidelines")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields:
            self.fields[name].widget.attrs["rows"] = 6

    def clean(self) -> dict:
        for name in self._meta.fields:
            if len(self.cleaned_data.get(name) or "") > MAX_TEXT_LENGTH:
                self.add_error(name, f"ข้อความยาวเกิน {MAX_TEXT_LENGTH:,} ตัวอักษร โปรดย่อให้สั้นลง")
        return super().clean()


class VisitChoiceField(forms.ModelChoiceField):
    """One of a school's visits, told by its day."""

    def label_from_instance(self, visit: Visit) -> str:
        return f"รอบที่ {visit.round.number} {visit.label} วันที่ {short_date(visit.visit_on)}"


class RecommendationForm(PortalForm):
    """One piece of advice, who sees it through, and by when."""

    text = forms.CharField(
        label="ข้อเสนอแนะ",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ข้อเสนอแนะยาวเกิน 2,000 ตัวอักษร โปรดแยกเป็นหลายข้อ"},
    )
    assignee = forms.ChoiceField(
        label="ผู้รับผิดชอบ",
        choices=Assignee,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "โปรดเลือกผู้รับผิดชอบจากรายการ"},
    )
    due_on = BuddhistDateField(label="กำหนดเสร็จ")
    visit = VisitChoiceField(
        Visit.objects.none(),
        label="มาจากการนิเทศ",
        empty_label=None,
        error_messages={"invalid_choice": "โปรดเลือกการนิเทศที่ให้ข้อเสนอแนะจากรายการ"},
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label="มาจากตัวชี้วัด (ถ้ามี)",
        required=False,
        empty_label="ไม่ระบุตัวชี้วัด",
    )

    def __init__(
        self, *args, round_: Round, recommendation: Recommendation | None = None, **kwargs
    ) -> None:
        if recommendation:
            names = ("text", "assignee", "due_on", "visit", "indicator")
            kwargs["initial"] = {name: getattr(recommendation, name) for name in names}
        super().__init__(*args, **kwargs)
        self._offer_visits(acknowledged_visits(round_).select_related("round"))
        of_round = Indicator.objects.filter(standard__indicator_set__rounds=round_)
        self.fields["indicator"].queryset = of_round

    def _offer_visits(self, visits: QuerySet[Visit]) -> None:
        """Nobody is asked to choose from one."""
        if len(visits) < 2:
            del self.fields["visit"]
            return
        self.fields["visit"].queryset = visits
        self.initial.setdefault("visit", visits.last())

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise ValidationError("กำหนดเสร็จผ่านมาแล้ว โปรดระบุวันนี้หรือวันต่อไป")
        if due_on > timezone.localdate() + MAX_DUE_AHEAD:
            raise ValidationError("กำหนดเสร็จอยู่เกิน 2 ปีข้างหน้า โปรดตรวจสอบปี พ.ศ.")
        return due_on


class LedgerView(TextChoices):
    """Which part of the ledger is shown."""

    OPEN = "open", "ที่ยังไม่ปิด"
    LATE = "late", "เกินกำหนด"
    DONE = "done", "รายงานว่าเสร็จ รอตรวจ"
    CLOSED = "closed", "ปิดแล้ว"
    ALL = "all", "ทั้งหมด"


class LedgerFilter(PortalForm):
    """Filters of the ledger; what is not understood asks for nothing."""

    show = forms.ChoiceField(label="แสดง", choices=LedgerView, required=False)
    assignee = forms.ChoiceField(
        label="ผู้รับผิดชอบ", choices=[("", "ทุกตำแหน่ง"), *Assignee.choices], required=False
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียน", required=False, empty_label="ทุกกลุ่ม"
    )
    term = forms.ModelChoiceField(
        Term.objects.select_related("academic_year"),
        label="ให้ในภาคเรียน",
        required=False,
        empty_label="ทุกภาคเรียน",
    )
    q = forms.CharField(label="ค้นหา", max_length=100, required=False)


class ProgressReportForm(PortalForm):
    """What was done so far about a recommendation; a photo or paper may show it."""

    text = forms.CharField(
        label="สิ่งที่ดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรแล้ว เมื่อใด ผลเป็นอย่างไร",
        error_messages={"max_length": "ข้อความยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    is_done = forms.BooleanField(label="ดำเนินการเสร็จแล้ว ขอให้ศึกษานิเทศก์ตรวจ", required=False)
    file = forms.FileField(
        label="ไฟล์หลักฐาน (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="ภาพถ่าย PDF หรือเอกสาร 1 ไฟล์ ภาพถ่ายถูกย่อก่อนส่ง",
    )
    has_consent = forms.BooleanField(
        label=ProgressReport._meta.get_field("has_consent").verbose_name,
        required=False,
        help_text=CONSENT_HELP_TEXT,
    )

    def __init__(self, *args, recommendation: Recommendation, **kwargs) -> None:
        """Once it is reported as done, that stands until the supervisor has looked."""
        super().__init__(*args, **kwargs)
        if recommendation.state == RecommendationState.DONE:
            del self.fields["is_done"]

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None


class RecommendationCloseForm(PortalForm):
    """What was done about a recommendation, how one can see it, and at which visit it was seen."""

    on_visit = forms.ModelChoiceField(
        Visit.objects.none(),
        label="ตรวจพบในการนิเทศ (ถ้ามี)",
        required=False,
        empty_label="ไม่ได้ตรวจในการนิเทศ",
    )
    proof = forms.CharField(
        label="หลักฐานการดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรไปแล้ว ดูได้จากที่ใด เช่น แผนนิเทศภายใน ภาพกิจกรรม รายงานการประชุม",
        error_messages={
            "required": "โปรดระบุหลักฐานการดำเนินการก่อนปิดข้อเสนอแนะ",
            "max_length": "หลักฐานยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )

    def __init__(self, *args, recommendation: Recommendation, **kwargs) -> None:
        """Any visit of the school since the advice was given may have seen the proof."""
        super().__init__(*args, **kwargs)
        visits = Visit.objects.not_cancelled().exclude(state=VisitState.PLANNED)
        self.fields["on_visit"].queryset = visits.filter(
            round__school=recommendation.round.school_id,
            visit_on__gte=recommendation.round.term.opens_on,
        ).select_related("round__school", "round__term__academic_year")
