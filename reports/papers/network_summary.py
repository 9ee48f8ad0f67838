"""The summary of the unit's work on networks in a fiscal year (manual P2, step 4), PDF and Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, office_signer
from reports.papers.office_paper import OfficePaper, paper_response
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.thai import FIRST_BE_YEAR, LAST_BE_YEAR, short_date
from schools.models import Area, User
from supervision.programmes.networks.enums import ForumState
from supervision.programmes.networks.steps import network_steps
from supervision.programmes.networks.year_networks import YearNetworks, load_year_networks


@dataclass(frozen=True)
class SummaryColumn:
    """A column: its head, its width in centimetres (16 in all), and its width's class in the PDF.

    A column without a class gets what the others leave.
    """

    head: str
    width: float
    css_class: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class SummaryTable:
    """One table of the summary; each row begins with its place. `empty` stands where none is."""

    title: str
    columns: Sequence[SummaryColumn]
    rows: Sequence[Sequence[str]]
    empty: str


PLACE = SummaryColumn("ที่", 1.1, "w-place", is_number=True)


@dataclass(frozen=True)
class NetworkSummaryPaper(OfficePaper):
    """What there was of networks in a fiscal year (BE), as the portal knows it on `today`."""

    template = "reports/paper/network_summary.html"
    name = "สรุปผลการส่งเสริมสนับสนุนเครือข่ายการนิเทศ"

    found: YearNetworks
    tables: Sequence[SummaryTable]
    signers: Sequence[PaperSigner]
    area: AreaHeading
    today: date

    @property
    def year(self) -> int:
        return self.found.fiscal_year

    @property
    def title(self) -> str:
        return f"{self.name} ปีงบประมาณ {self.year}"

    @property
    def is_sample(self) -> bool:
        return self.found.has_samples

    @property
    def introduction(self) -> str:
        """The figures of the year in one paragraph."""
        found = self.found
        return (
            f"ในปีงบประมาณ {self.year} มีเครือข่ายการนิเทศที่ดำเนินการอยู่ {len(found.networks)} เครือข่าย "
            f"จัดตั้งในปีนี้ {len(found.new_networks)} เครือข่าย สมาชิก {found.members} ราย "
            f"แหล่งเรียนรู้ {len(found.sources)} แห่ง จัดเวทีวิชาการแล้ว {len(found.held_forums)} ครั้ง "
            f"ผู้เข้าร่วมรวม {found.attendance:,} คน และเผยแพร่ผลงาน {len(found.disseminations)} รายการ"
        )


def network_summary(request: SignedInRequest, year: int) -> HttpResponse:
    """To all who see the steps of the year."""
    return paper_response(network_summary_paper(request.user, year))


def network_summary_paper(reader: User, year: int) -> NetworkSummaryPaper:
    """Raises PermissionDenied for who does not see the area, Http404 for no year of our time."""
    require(reader, Permission.VIEW_AREA)
    if not FIRST_BE_YEAR <= year <= LAST_BE_YEAR:
        raise Http404
    found = load_year_networks(year)
    return NetworkSummaryPaper(
        found=found,
        tables=[_steps(found), _networks(found), _sources(found), *_activity_tables(found)],
        signers=[
            office_signer(Permission.MANAGE_PLAN, "ผู้สรุปรายงาน"),
            office_signer(Permission.APPROVE_PLAN, "ผู้เห็นชอบรายงาน"),
        ],
        area=area_heading(Area.objects.get()),
        today=timezone.localdate(),
    )


def _steps(found: YearNetworks) -> SummaryTable:
    columns = [
        SummaryColumn("ขั้น", 1.1, "w-place", is_number=True),
        SummaryColumn("ขั้นตอนตามคู่มือ", 7.3),
        SummaryColumn("ข้อเท็จจริงของปี", 5.1),
        SummaryColumn("สถานะ", 2.5, "w-owner"),
    ]
    rows = [(step.no, step.title, step.detail, step.word) for step in network_steps(found)]
    return SummaryTable("การดำเนินงานตามขั้นตอน", columns, rows, "")


def _networks(found: YearNetworks) -> SummaryTable:
    columns = [
        PLACE,
        SummaryColumn("เครือข่าย", 3.75),
        SummaryColumn("ประเภท", 4.2, "w-school"),
        SummaryColumn("จัดตั้งเมื่อ", 2.95, "w-date"),
        SummaryColumn("สมาชิก", 2.0, "w-wide", is_number=True),
        SummaryColumn("โรงเรียน", 2.0, "w-wide", is_number=True),
    ]
    rows = [
        (
            network.name,
            network.get_kind_display(),
            short_date(network.starts_on),
            str(network.member_count),
            str(network.school_count),
        )
        for network in found.networks
    ]
    return _numbered("เครือข่ายการนิเทศ", columns, rows, "ยังไม่มีเครือข่ายที่ดำเนินการในปีนี้")


def _sources(found: YearNetworks) -> SummaryTable:
    columns = [
        PLACE,
        SummaryColumn("แหล่งเรียนรู้", 4.2),
        SummaryColumn("โรงเรียน", 4.6, "w-school"),
        SummaryColumn("เรื่องที่เรียนรู้ได้", 3.15),
        SummaryColumn("ตั้งแต่วันที่", 2.95, "w-date"),
    ]
    rows = [
        (source.name, source.school.name, source.topics, short_date(source.starts_on))
        for source in found.sources
    ]
    return _numbered("แหล่งเรียนรู้ (ข้อ 3.1)", columns, rows, "ยังไม่มีแหล่งเรียนรู้ในปีนี้")


def _activity_tables(found: YearNetworks) -> list[SummaryTable]:
    """What was done: forums, activities of the plan, dissemination."""
    return [_forums(found), _activities(found), _disseminations(found)]


def _forums(found: YearNetworks) -> SummaryTable:
    columns = [
        PLACE,
        SummaryColumn("เวทีวิชาการ", 3.9),
        SummaryColumn("วันที่และสถานที่", 4.6, "w-school"),
        SummaryColumn("ผู้เข้าร่วม (คน)", 1.6, "w-wide", is_number=True),
        SummaryColumn("สิ่งที่แลกเปลี่ยนเรียนรู้", 4.8),
    ]
    rows = [
        (
            forum.title,
            f"{short_date(forum.starts_on)} {forum.place}",
            f"{forum.attendance_total:,}" if forum.state == ForumState.HELD else "",
            forum.shared or forum.get_state_display(),
        )
        for forum in found.forums
    ]
    return _numbered("เวทีวิชาการ (ข้อ 3.2)", columns, rows, "ยังไม่มีเวทีวิชาการในปีนี้")


def _activities(found: YearNetworks) -> SummaryTable:
    columns = [
        PLACE,
        SummaryColumn("กิจกรรมในแผน", 3.9),
        SummaryColumn("ผู้รับผิดชอบ", 2.95, "w-date"),
        SummaryColumn("สถานะ", 2.5, "w-owner"),
        SummaryColumn("ผลและสิ่งที่ได้เรียนรู้", 5.55),
    ]
    rows = [
        (
            activity.title,
            str(activity.owner),
            activity.get_state_display(),
            "\n".join(text for text in (activity.result, activity.lessons) if text),
        )
        for activity in found.activities
    ]
    return _numbered("กิจกรรมเครือข่ายในแผนของปี", columns, rows, "ยังไม่มีกิจกรรมของงาน 4.5.2 ในแผน")


def _disseminations(found: YearNetworks) -> SummaryTable:
    columns = [
        PLACE,
        SummaryColumn("เรื่องที่เผยแพร่", 4.2),
        SummaryColumn("เผยแพร่ต่อ", 4.6, "w-school"),
        SummaryColumn("เมื่อวันที่", 2.95, "w-date"),
        SummaryColumn("หนังสือ", 3.15),
    ]
    rows = [
        (
            line.title,
            line.receivers or line.get_audience_display(),
            short_date(line.disseminated_on),
            f"ที่ {line.letter}" if line.letter else line.get_channel_display(),
        )
        for line in found.disseminations
    ]
    return _numbered("การเผยแพร่ (ขั้นที่ 4)", columns, rows, "ยังไม่มีในทะเบียนเผยแพร่")


def _numbered(
    title: str,
    columns: Sequence[SummaryColumn],
    rows: Sequence[Sequence[str]],
    empty: str,
) -> SummaryTable:
    placed = [(str(place), *row) for place, row in enumerate(rows, start=1)]
    return SummaryTable(title, columns, placed, empty)
