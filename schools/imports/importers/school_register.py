"""The school register from a table: one school a row, known by its 8-digit code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.history import set_history_author
from schools.core.tables.reading import UnreadableTableError
from schools.core.thai import search_key, short_date, sort_key
from schools.enums import Grade, Internet
from schools.imports import cell_parsers
from schools.imports.bulk_writes import create_rows, update_rows
from schools.imports.columns import SCHOOL_COLUMNS
from schools.imports.plan import ImportedChange, ImportPlan, ProgressCallback, RowReader
from schools.models import Area, Cluster, ClusterMembership, School, User
from schools.registry import school_fields
from schools.registry.school_changes import memberships_changed_by_move, new_membership

INTERNET_WORDS = {
    Internet.FIBRE: (
        Internet.FIBRE.label,
        "ไฟเบอร์",
        "ไฟเบอร์ออปติก",
        "fiber",
        "fibre",
        "fttx",
        "ใยแก้ว",
    ),
    Internet.SIM: (Internet.SIM.label, "ซิม", "sim", "4g", "5g", "มือถือ", "โทรศัพท์มือถือ"),
    Internet.SATELLITE: (Internet.SATELLITE.label, "satellite", "จานดาวเทียม"),
    Internet.NONE: (Internet.NONE.label, "ไม่มี", "none", "-"),
}
OPEN, CLOSED, MERGED = "เปิดสอน", "เลิก", "รวม"
STATUS_WORDS = {
    OPEN: (OPEN, "เปิด", "เปิดทำการ", "ดำเนินการ", "ปกติ"),
    CLOSED: (CLOSED, "เลิกสถานศึกษา", "ปิด", "ยุบ", "ยุบเลิก"),
    MERGED: (MERGED, "รวมสถานศึกษา", "ยุบรวม"),
}
MEMBERSHIP_DAY_MISSING_MESSAGE = "โปรดระบุวันที่เริ่มสังกัดกลุ่มโรงเรียน เช่น 16/5/2569"
CLUSTER_NAME_PREFIXES = ("กลุ่มเครือข่าย", "ศูนย์เครือข่าย", "เครือข่าย", "กลุ่ม", "โรงเรียน")


def cluster_name_key(name: str) -> str:
    """โคกงาม, กลุ่มโคกงาม and กลุ่มโรงเรียนโคกงาม are one cluster."""
    for word in CLUSTER_NAME_PREFIXES:
        name = name.removeprefix(word).strip()
    return search_key(name)


def clusters_by_key() -> dict[str, Cluster]:
    return {cluster_name_key(cluster.name): cluster for cluster in Cluster.objects.all()}


def find_cluster_by_name(clusters: Mapping[str, Cluster], text: str) -> Cluster:
    try:
        return clusters[cluster_name_key(text)]
    except KeyError:
        raise ValidationError(
            f"ไม่พบ “{text}” ในทะเบียนกลุ่มโรงเรียน โปรดตรวจตัวสะกด หรือเพิ่มกลุ่มโรงเรียนนี้ก่อน"
        ) from None


PARSER_BY_COLUMN: Mapping[str, cell_parsers.CellParser] = {
    "ministry_code": cell_parsers.code_parser(10),
    "name": cell_parsers.text_parser(150, school_fields.normalize_school_name),
    "sub_district": cell_parsers.text_parser(100, school_fields.normalize_sub_district),
    "district": cell_parsers.text_parser(100, school_fields.normalize_district),
    "first_grade": cell_parsers.parse_grade,
    "last_grade": cell_parsers.parse_grade,
    "latitude": cell_parsers.degrees_parser(5, 21, "17.4812", "ลองจิจูด"),
    "longitude": cell_parsers.degrees_parser(97, 106, "101.1532", "ละติจูด"),
    "internet": cell_parsers.choice_parser(INTERNET_WORDS),
    "has_electricity": cell_parsers.parse_has_or_not,
    "phone": cell_parsers.parse_phone,
    "email": cell_parsers.parse_email,
}
PAIRED_COLUMNS = (("first_grade", "last_grade"), ("latitude", "longitude"))


def display_school_value(field: str, value: Any) -> str:
    """A school's fact as the preview shows it."""
    if value is None or value == "":
        return ""
    if field in ("first_grade", "last_grade"):
        return Grade(value).label
    if field == "internet":
        return Internet(value).label
    if field == "has_electricity":
        return "มี" if value else "ไม่มี"
    return str(value)


@dataclass(frozen=True)
class SchoolImportRow:
    """What one row states: only what its cells say."""

    line: RowReader
    code: str
    facts: Mapping[str, Any]
    cluster: Cluster | None
    since: date | None
    status: str | None


class UniqueValueHolders:
    """Which school has a name or a code, while the rows of the table change them in turn."""

    def __init__(self) -> None:
        self.school_of: dict[str, School] = {}
        self.value_of: dict[int, str] = {}

    def other(self, school: School, value: str | None) -> School | None:
        """Another school that has this value."""
        found = self.school_of.get(value) if value else None
        return None if found is school else found

    def note(self, school: School, value: str | None) -> None:
        """The school has this value from now on, and no other."""
        self.school_of.pop(self.value_of.pop(id(school), ""), None)
        if value:
            self.school_of[value], self.value_of[id(school)] = school, value


class SchoolImportPlan(ImportPlan):
    """Schools that the file adds or changes."""

    def read_rows(self, on_progress: ProgressCallback) -> Iterator[SchoolImportRow]:
        self.clusters = clusters_by_key()
        for line in self.lines(on_progress):
            yield self.read_row(line)

    def read_row(self, line: RowReader) -> SchoolImportRow:
        code = line.read_required(
            "obec_code", cell_parsers.code_parser(8), "โปรดใส่รหัสโรงเรียน 8 หลัก หรือลบแถวนี้"
        )
        line.check_unique("obec_code", code)
        facts = {key: line.read(key, reader) for key, reader in PARSER_BY_COLUMN.items()}
        if taught := line.read("grades", cell_parsers.parse_grade_range):
            facts["first_grade"], facts["last_grade"] = taught
        stated = {key: value for key, value in facts.items() if value is not None}
        return SchoolImportRow(
            line=line,
            code=code,
            facts={"obec_code": code, **stated},
            cluster=line.read("cluster", lambda text: find_cluster_by_name(self.clusters, text)),
            since=line.read("since", cell_parsers.parse_day),
            status=line.read("status", cell_parsers.choice_parser(STATUS_WORDS)),
        )

    def compare_rows(self, *, by: User, locked: bool) -> None:
        area = Area.objects.first()
        if area is None:
            raise UnreadableTableError("ยังไม่มีข้อมูลสำนักงานเขตพื้นที่ในระบบ โปรดแจ้งผู้ดูแลระบบ")
        self.by, self.today, self.area = by, timezone.localdate(), area
        rows = School.objects.select_for_update() if locked else School.objects.all()
        schools = list(rows.order_by("pk").prefetch_related("memberships__cluster"))
        self.by_code = {school.obec_code: school for school in schools if school.obec_code}
        self.without_code = {search_key(s.name): s for s in schools if not s.obec_code}
        self.names, self.ministry_codes = UniqueValueHolders(), UniqueValueHolders()
        for school in schools:
            self.note_holder(school)
        self.added: list[School] = []
        self.updated: list[School] = []
        self.joined: list[ClusterMembership] = []
        self.ended: list[ClusterMembership] = []
        self.record_each_change(self.rows, self.compare_row)

    def save_rows(self) -> None:
        """What ends or gives a name free comes before what begins or takes it."""
        update_rows(self.updated)
        create_rows(self.added)
        update_rows(self.ended)
        create_rows(self.joined)

    def note_holder(self, school: School) -> None:
        self.names.note(school, sort_key(school.name))
        self.ministry_codes.note(school, school.ministry_code)

    def compare_row(self, row: SchoolImportRow) -> ImportedChange:
        name = search_key(row.facts.get("name", ""))
        school = self.by_code.get(row.code) or self.without_code.pop(name, None)
        return self.update_school(school, row) if school else self.create_school(row)

    def update_school(self, school: School, row: SchoolImportRow) -> ImportedChange:
        first = "" if school.obec_code else " (โรงเรียนเดิมที่ยังไม่มีรหัส)"
        change = ImportedChange(row.line.number, f"{row.code} {school}{first}", is_new=False)
        self.apply_row(school, row, change)
        if change.lines:
            set_history_author(school, by=self.by, reason=self.reason)
            self.updated.append(school)
        if row.cluster:
            self.move_to_cluster(school, row, row.cluster, change)
        return change

    def create_school(self, row: SchoolImportRow) -> ImportedChange:
        if "name" not in row.facts:
            raise ValidationError(
                {"obec_code": "ไม่พบรหัสนี้ในทะเบียน โปรดตรวจรหัส ถ้าเป็นโรงเรียนใหม่โปรดใส่ชื่อโรงเรียนด้วย"}
            )
        school = School(area=self.area)
        change = ImportedChange(row.line.number, f"{row.code} {row.facts['name']}", is_new=True)
        self.apply_row(school, row, change)
        if row.cluster and row.since is None:
            raise ValidationError({"since": MEMBERSHIP_DAY_MISSING_MESSAGE})
        set_history_author(school, by=self.by, reason=self.reason)
        self.added.append(school)
        if row.cluster and row.since:
            self.add_signed_memberships(new_membership(school, row.cluster, row.since))
            change.lines.append(_cluster_line(row.cluster, row.since, before=""))
        return change

    def add_signed_memberships(self, *memberships: ClusterMembership) -> None:
        for membership in memberships:
            set_history_author(membership, by=self.by)
            (self.ended if membership.pk else self.joined).append(membership)

    def apply_row(self, school: School, row: SchoolImportRow, change: ImportedChange) -> None:
        """Let the school be as the row says, noting what differs."""
        for key, value in row.facts.items():
            old = getattr(school, key)
            if old != value:
                change.lines.append(
                    (
                        SCHOOL_COLUMNS[key],
                        display_school_value(key, old),
                        display_school_value(key, value),
                    )
                )
                setattr(school, key, value)
        self.check_paired_columns(school)
        self.check_others(school)
        self.check_status(school, row)
        self.note_holder(school)
        if self.area.code and not row.code.startswith(self.area.code):
            office = f"ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ {self.area.code} โปรดตรวจกับทะเบียนของ สพฐ."
            row.line.warn("obec_code", office)

    def check_paired_columns(self, school: School) -> None:
        for one, other in PAIRED_COLUMNS:
            missing = [key for key in (one, other) if getattr(school, key) is None]
            if len(missing) == 1:
                both = f"ต้องมีทั้ง{SCHOOL_COLUMNS[one]}และ{SCHOOL_COLUMNS[other]} โปรดใส่ให้ครบ"
                raise ValidationError({missing[0]: both})
        first, last = school.first_grade, school.last_grade
        if first is not None and last is not None and first > last:
            raise ValidationError({"last_grade": "ต่ำกว่าชั้นต่ำสุด โปรดตรวจทั้งสองช่อง"})

    def check_others(self, school: School) -> None:
        """No other school has its name or its ministry code."""
        if other := self.names.other(school, sort_key(school.name)):
            whose = f"รหัส {other.obec_code} " if other.obec_code else "ที่ยังไม่มีรหัส"
            raise ValidationError({"name": f"เป็นชื่อของโรงเรียน{whose}แล้ว โปรดตรวจชื่อหรือรหัส"})
        if other := self.ministry_codes.other(school, school.ministry_code):
            raise ValidationError({"ministry_code": f"เป็นรหัสของ{other}แล้ว โปรดตรวจรหัส"})

    def check_status(self, school: School, row: SchoolImportRow) -> None:
        """Closing has its day and its consequences, so it is done on the school's own page."""
        status = school.status_on(self.today)
        if row.status and row.status != status:
            raise ValidationError(
                {
                    "status": f"ทะเบียนระบุว่า “{status}” การเลิก รวม หรือเปิดอีกครั้งต้องมีวันที่ "
                    "โปรดบันทึกที่หน้าทะเบียนของโรงเรียน แล้วเว้นช่องนี้ว่าง"
                }
            )

    def move_to_cluster(
        self, school: School, row: SchoolImportRow, cluster: Cluster, change: ImportedChange
    ) -> None:
        """Let the school belong to the row's cluster, if it does not yet."""
        last = next(iter(school.memberships.all()), None)
        if last and last.cluster == cluster and last.ends_on is None:
            if row.since not in (None, last.starts_on):
                stays = f"สังกัดกลุ่มนี้ตั้งแต่ {short_date(last.starts_on)} แล้ว วันที่ในทะเบียนคงเดิม"
                row.line.warn("since", stays)
            return
        if row.since is None:
            raise ValidationError({"since": MEMBERSHIP_DAY_MISSING_MESSAGE})
        old = str(last.cluster) if last and last.is_in_force_on(row.since) else ""
        self.add_signed_memberships(*memberships_changed_by_move(school, last, cluster, row.since))
        change.lines.append(_cluster_line(cluster, row.since, before=old))


def _cluster_line(cluster: Cluster, since: date, *, before: str) -> tuple[str, str, str]:
    return SCHOOL_COLUMNS["cluster"], before, f"{cluster} ตั้งแต่ {short_date(since)}"
