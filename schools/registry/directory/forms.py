from collections.abc import Iterable

from django import forms
from django.db import models

from schools.core.forms import PortalForm
from schools.enums import Grade, Internet
from schools.models import SizeScheme


class SchoolStatusFilter(models.TextChoices):
    """Which schools the directory lists: those that teach, unless asked otherwise."""

    OPEN = "open", "เปิดสอน"
    CLOSED = "closed", "เลิก"
    MERGED = "merged", "รวมกับโรงเรียนอื่น"
    ALL = "all", "ทั้งหมด"


class SchoolLevel(models.TextChoices):
    """The levels by which an office sorts its schools."""

    KINDERGARTEN = "kindergarten", "ปฐมวัย"
    PRIMARY = "primary", "ประถมศึกษา"
    SECONDARY = "secondary", "มัธยมศึกษาตอนต้น"


class RegistryGap(models.TextChoices):
    """What the register may not know yet of a school."""

    CODE = "code", "รหัสโรงเรียน 8 หลัก"
    CLUSTER = "cluster", "กลุ่มโรงเรียน"
    DISTRICT = "district", "อำเภอ"
    GRADES = "grades", "ชั้นที่เปิดสอน"
    POSITION = "position", "พิกัด"
    INTERNET = "internet", "อินเทอร์เน็ต"
    PUPILS = "pupils", "จำนวนนักเรียนปีนี้"
    DIRECTOR = "director", "ผู้อำนวยการโรงเรียน"


GRADES_BY_LEVEL = {
    SchoolLevel.KINDERGARTEN: (Grade.K1, Grade.K3),
    SchoolLevel.PRIMARY: (Grade.P1, Grade.P6),
    SchoolLevel.SECONDARY: (Grade.M1, Grade.M3),
}


class DirectoryFilterForm(PortalForm):
    """What the directory shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="ชื่อหรือรหัสโรงเรียน",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    size = forms.ChoiceField(label="ขนาด", required=False)
    level = forms.ChoiceField(
        label="ระดับที่เปิดสอน",
        required=False,
        choices=[("", "ทุกระดับ"), *SchoolLevel.choices],
    )
    internet = forms.ChoiceField(
        label="อินเทอร์เน็ต",
        required=False,
        choices=[("", "ทุกแบบ"), *Internet.choices],
    )
    gap = forms.ChoiceField(
        label="ข้อมูลที่ยังขาด", required=False, choices=[("", "ไม่กรอง"), *RegistryGap.choices]
    )
    status = forms.ChoiceField(label="สถานะ", required=False, choices=SchoolStatusFilter)

    def __init__(
        self,
        *args,
        clusters: Iterable[tuple[int, str]],
        districts: Iterable[str],
        scheme: SizeScheme | None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("cluster", "ทุกกลุ่ม", clusters)
        self._offer("district", "ทุกอำเภอ", [(name, name) for name in districts])
        if scheme is None:  # without a scheme no school has a size
            del self.fields["size"]
        else:
            self._offer("size", "ทุกขนาด", [(b.label, b.label) for b in scheme.bands.all()])

    def _offer(self, name: str, everything: str, choices: Iterable[tuple]) -> None:
        self.fields[name].choices = [("", everything), *choices]
