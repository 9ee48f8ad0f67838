"""Forms 7.1–7.3 of P1, blank to be filled by hand and filled in for an activity; 7.4 blank.

The manual gives only the names of these forms. What they ask is ours, as each says on its face.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner
from reports.data.year_plan import ReportedActivity
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.programmes.models import Activity, ActivityProgress
from supervision.programmes.plans.activity_list import with_activity_columns
from supervision.programmes.plans.activity_pages import ACTIVITY_FORM_CODES

SUMMARY_CODE = "7.4"
BLANK_INDICATORS = 4


@dataclass(frozen=True)
class FormContent:
    """What a form asks: its name in the manual, sample items to be rated, and open questions."""

    name: str
    items: Sequence[str] = ()
    questions: Sequence[str] = ()


FORMS: Mapping[str, FormContent] = {
    "7.1": FormContent(
        "แบบนิเทศ ติดตามการพัฒนาระบบการนิเทศและกระบวนการเรียนรู้ การจัดการเรียนการสอน",
        (
            "โรงเรียนมีแผนนิเทศภายในและปฏิทินที่ครูรับรู้",
            "ผู้บริหารและครูแกนนำนิเทศชั้นเรียนตามแผน",
            "ครูจัดกระบวนการเรียนรู้ที่ผู้เรียนได้ลงมือปฏิบัติ",
            "ครูวัดและประเมินผลระหว่างเรียน และนำผลไปปรับการสอน",
            "โรงเรียนใช้สื่อ นวัตกรรม หรือแหล่งเรียนรู้สนับสนุนการสอน",
            "ผลการนิเทศครั้งก่อนได้รับการปรับปรุง",
        ),
        ("สิ่งที่ดำเนินการและข้อค้นพบ", "ปัญหาและอุปสรรค", "ข้อเสนอแนะต่อโรงเรียน"),
    ),
    "7.2": FormContent(
        "แบบประเมินผลการพัฒนาระบบการนิเทศและการจัดการเรียนรู้ในสถานศึกษา",
        (
            "ระบบนิเทศภายใน: มีคณะทำงาน แผน และเครื่องมือ",
            "ระบบนิเทศภายใน: นิเทศครูครบทุกคนตามแผน",
            "ระบบนิเทศภายใน: มีการสะท้อนผลและติดตามการปรับปรุง",
            "การสร้างเครือข่ายการนิเทศ: มีเครือข่ายภายในและภายนอกโรงเรียน",
            "การสร้างเครือข่ายการนิเทศ: แลกเปลี่ยนเรียนรู้อย่างต่อเนื่อง",
            "การจัดการเรียนรู้: ผลการเรียนรู้ของผู้เรียนดีขึ้น",
        ),
        ("ผลการพัฒนา", "สิ่งที่ควรพัฒนาต่อไป"),
    ),
    "7.3": FormContent(
        "แบบประเมินผลโครงการนิเทศ",
        (
            "วัตถุประสงค์ของโครงการสอดคล้องกับความต้องการของโรงเรียน",
            "วิธีการและเครื่องมือเหมาะสมกับกลุ่มเป้าหมาย",
            "ระยะเวลาและงบประมาณเหมาะสม",
            "ผู้เข้าร่วมนำความรู้ไปใช้ได้จริง",
            "โครงการบรรลุวัตถุประสงค์",
        ),
        ("ผลการดำเนินโครงการ", "ปัญหาและอุปสรรค", "สิ่งที่ได้เรียนรู้และแนวทางพัฒนาต่อไป"),
    ),
    SUMMARY_CODE: FormContent(
        "เอกสารสรุปรายงานผลการดำเนินงานพัฒนาระบบการนิเทศและการจัดกระบวนการเรียนรู้",
        questions=(
            "ข้อมูลที่ใช้วางแผนและเป้าหมาย",
            "กิจกรรมที่ดำเนินการ งบประมาณที่ตั้งไว้และที่ใช้",
            "ผลตามตัวชี้วัด",
            "ปัญหาและอุปสรรค",
            "สิ่งที่ได้เรียนรู้และข้อเสนอแนะ",
        ),
    ),
}
SCHOOL_FORMS = ("7.1", "7.2")


@dataclass(frozen=True)
class FormAnswer:
    """An open question with what the activity's record says to it; empty is left to be written."""

    question: str
    text: str = ""


@dataclass(frozen=True)
class ActivityFormPaper(OfficePaper):
    """One form of P1; without an activity it is blank."""

    template = "reports/paper/activity_form.html"

    code: str
    area: AreaHeading
    row: ReportedActivity | None
    answers: Sequence[FormAnswer]
    signers: Sequence[PaperSigner]
    printed_at: datetime

    @property
    def content(self) -> FormContent:
        return FORMS[self.code]

    @property
    def name(self) -> str:
        return self.content.name

    @property
    def title(self) -> str:
        of = f" {self.row.activity}" if self.row else ""
        return f"{self.title_prefix}แบบ P1 {self.code}{of}"

    @property
    def watermark(self) -> str:
        return DRAFT_WORD if self.row and not self.row.activity.is_done else ""

    @property
    def is_sample(self) -> bool:
        return self.row is not None and self.row.activity.plan.is_sample

    @property
    def is_of_school(self) -> bool:
        return self.code in SCHOOL_FORMS

    @property
    def levels(self) -> list[int]:
        """The levels of the sample items, the highest first."""
        return [5, 4, 3, 2, 1]

    @property
    def blank_lines(self) -> range:
        """Empty lines of the table of indicators of a blank form."""
        return range(BLANK_INDICATORS)


def blank_activity_form(request: SignedInRequest, code: str) -> HttpResponse:
    """A form to be filled by hand, for who sees the plans."""
    require(request.user, Permission.VIEW_AREA)
    if code not in FORMS:
        raise Http404
    answers = [FormAnswer(question) for question in FORMS[code].questions]
    return paper_response(_form(code, None, answers))


def activity_form(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """A form filled in from the record of an activity, as far as it has come."""
    rows = with_activity_columns(Activity.objects.visible_to(request.user))
    activity = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.VIEW_AREA)
    if code not in ACTIVITY_FORM_CODES:
        raise Http404
    row = ReportedActivity(1, activity, list(activity.indicators.all()))
    texts = _record_texts(activity)[code]
    answers = [
        FormAnswer(question, text)
        for question, text in zip(FORMS[code].questions, texts, strict=True)
    ]
    return paper_response(_form(code, row, answers))


def _record_texts(activity: Activity) -> dict[str, tuple[str, ...]]:
    """What the record says to the questions of each form, in their order."""
    notes = "\n".join(map(_note, activity.progress.all()))
    return {
        "7.1": (notes, activity.problems, activity.lessons),
        "7.2": (activity.result, activity.lessons),
        "7.3": (activity.result, activity.problems, activity.lessons),
    }


def _note(note: ActivityProgress) -> str:
    return f"ร้อยละ {note.percent}: {note.text}"


def _form(
    code: str, row: ReportedActivity | None, answers: Sequence[FormAnswer]
) -> ActivityFormPaper:
    signers = [PaperSigner("ผู้นิเทศ/ผู้ประเมิน", str(row.activity.owner) if row else "")]
    if code in SCHOOL_FORMS:
        signers.append(PaperSigner("ผู้รับการนิเทศ"))
    area = area_heading(Area.objects.get())
    return ActivityFormPaper(code, area, row, answers, signers, timezone.now())
