"""People and their appointments from a table: a row for each appointment.

A row is known by its user name, role, place and day. Everything is written by the actions of
schools/people, so a file may do only what its sender may do on the pages.
"""

import re
import time
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schools.access import can_grant_role, can_manage_account
from schools.core.errors import ActionRefused
from schools.core.thai import arabic_digits, search_key, short_date
from schools.enums import AcademicStanding, Capacity, Role
from schools.imports import cell_parsers
from schools.imports.columns import PEOPLE_COLUMNS
from schools.imports.importers.school_register import clusters_by_key, find_cluster_by_name
from schools.imports.plan import ImportedChange, ImportPlan, ProgressCallback, RowReader
from schools.models import Appointment, Cluster, School, User
from schools.people import accounts, appointments
from schools.people.accounts import NATIONAL_ID_MESSAGE, UserNameField, has_national_id
from schools.people.appointment_rules import other_holders_of_signing_role

# Without Role.EXTERNAL_SYSTEM: the account of another office's system is opened one by one, by an
# administrator, and its words would not fit into Excel's list of choices (255 characters) either.
ROLE_WORDS = {
    Role.SUPERVISOR: ("ศึกษานิเทศก์", "ศน."),
    Role.WORK_GROUP_HEAD: ("หัวหน้ากลุ่มงาน",),
    Role.GROUP_DIRECTOR: (
        "ผู้อำนวยการกลุ่มนิเทศฯ",
        "ผู้อำนวยการกลุ่มนิเทศ",
        "ผอ.กลุ่มนิเทศฯ",
        "ผอ.กลุ่มนิเทศ",
        "ผู้อำนวยการกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
    ),
    Role.DEPUTY_AREA_DIRECTOR: (
        "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
        "รอง ผอ.สพป.",
        "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษา",
    ),
    Role.AREA_DIRECTOR: (
        "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
        "ผอ.สพป.",
        "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษา",
    ),
    Role.COMMITTEE_MEMBER: ("กรรมการ ก.ต.ป.น.", "ก.ต.ป.น."),
    Role.SUBCOMMITTEE_MEMBER: ("อนุกรรมการ อ.ก.ต.ป.น.", "อ.ก.ต.ป.น.", "อนุกรรมการ ก.ต.ป.น."),
    Role.CLUSTER_CHAIR: ("ประธานกลุ่มโรงเรียน", "ประธานกลุ่ม", "ประธานกลุ่มเครือข่าย"),
    Role.SCHOOL_DIRECTOR: (
        "ผู้อำนวยการโรงเรียน",
        "ผู้อำนวยการสถานศึกษา",
        "ผอ.โรงเรียน",
        "ผอ.รร.",
        "ผอ.สถานศึกษา",
    ),
    Role.ACADEMIC_TEACHER: ("ครูวิชาการ", "ครูฝ่ายวิชาการ", "หัวหน้าฝ่ายวิชาการ", "หัวหน้างานวิชาการ"),
    Role.CLERK: ("เจ้าหน้าที่งานธุรการ", "เจ้าหน้าที่ธุรการ", "ธุรการ", "งานธุรการ"),
    Role.SYSTEM_ADMINISTRATOR: ("ผู้ดูแลระบบ",),
}
UNNAMED_CAPACITY = "unnamed"
CAPACITY_WORDS: dict[str, Sequence[str]] = {
    "": ("ดำรงตำแหน่ง", "ไม่ใช่", "ไม่", "no", "false", "n", "0", "x", "-"),
    Capacity.ACTING: (Capacity.ACTING.label, "รักษาการตำแหน่ง"),
    Capacity.IN_PLACE_OF: (Capacity.IN_PLACE_OF.label, "รรท."),
    Capacity.ON_BEHALF_OF: (Capacity.ON_BEHALF_OF.label, "ปรท."),
    UNNAMED_CAPACITY: ("ใช่", "รักษาการ", "รรก.", "yes", "true", "y", "1", "✓", "/"),
}
_CAPACITY = re.compile(
    r"^(รักษาการในตำแหน่ง|รักษาการตำแหน่ง|รักษาราชการแทน|ปฏิบัติราชการแทน|รักษาการ|รรก\.|รรท\.|ปรท\.)\s*"
)
_DIRECTOR_OF = re.compile(r"^(?:ผู้อำนวยการโรงเรียน|ผอ\.\s?โรงเรียน|ผอ\.\s?รร\.)")

parse_role_word = cell_parsers.choice_parser(ROLE_WORDS)
parse_capacity_word = cell_parsers.choice_parser(CAPACITY_WORDS)


@dataclass(frozen=True)
class ParsedRole:
    """What the cell ตำแหน่ง says: the role, and sometimes more."""

    role: Role
    capacity: str = ""
    standing: str = ""

    def named(self, capacity: str | None) -> str | None:
        """The capacity, where "รักษาการ" alone leaves it to the role which one is meant."""
        if capacity != UNNAMED_CAPACITY:
            return capacity
        heads_office = self.role == Role.AREA_DIRECTOR
        return Capacity.IN_PLACE_OF if heads_office else Capacity.ACTING


def parse_role(text: str) -> ParsedRole:
    """ศน., ศึกษานิเทศก์ชำนาญการพิเศษ, รักษาการในตำแหน่งผู้อำนวยการโรงเรียน …"""
    bare = _CAPACITY.sub("", text)
    found = _CAPACITY.match(text)
    capacity = parse_capacity_word(found[1]) if found else ""
    for standing in sorted(AcademicStanding, key=lambda s: len(s.label), reverse=True):
        without = bare.removesuffix(standing.label).rstrip()
        if without != bare:
            return ParsedRole(parse_role_word(without), capacity, standing)
    if _DIRECTOR_OF.match(bare):
        return ParsedRole(Role.SCHOOL_DIRECTOR, capacity)
    return ParsedRole(parse_role_word(bare), capacity)


NO_STANDING = "none"
STANDING_WORDS: dict[str, Sequence[str]] = {
    **{standing: (standing.label,) for standing in AcademicStanding},
    NO_STANDING: ("ไม่มี", "-", "ไม่มีวิทยฐานะ"),
}
PAUSE_SECONDS = 0.01  # seconds between two groups of rows, in which others write
START_DAY_MISSING_MESSAGE = "โปรดใส่วันที่เริ่มดำรงตำแหน่ง เช่น 1/10/2569"


def reject_national_id(
    reader: cell_parsers.CellParser[cell_parsers.Fact],
) -> cell_parsers.CellParser[cell_parsers.Fact]:
    """The 13-digit number has no place in the register."""

    def read(text: str) -> cell_parsers.Fact:
        if has_national_id(text):
            raise ValidationError(NATIONAL_ID_MESSAGE)
        return reader(text)

    return read


def parse_username(text: str) -> str:
    return UserNameField().clean(arabic_digits(text))


@dataclass(frozen=True)
class PersonImportRow:
    """What one row states of a person and one of their appointments."""

    line: RowReader
    username: str
    account: Mapping[str, str]
    parsed_role: ParsedRole | None
    school: School | None
    cluster: Cluster | None
    starts_on: date | None
    ends_on: date | None
    capacity: str | None
    words: Mapping[str, str]

    @property
    def role(self) -> Role:
        """The role it names; rows that name none are problems and are never asked."""
        if self.parsed_role is None:
            raise ValueError(f"row {self.line.number} names no role")
        return self.parsed_role.role

    @property
    def keys(self) -> tuple[Hashable, Hashable]:
        """What it is about: a person, and a role at a place."""
        return self.username, (self.role, self.school, self.cluster)

    def is_about(self, appointment: Appointment) -> bool:
        """The same role at the same place."""
        here = (self.role, self.school, self.cluster)
        return here == (appointment.role, appointment.school, appointment.cluster)

    def new_appointment(self, starts_on: date) -> Appointment:
        """The appointment that the row gives, not saved yet and of nobody."""
        return Appointment(
            role=self.role,
            school=self.school,
            cluster=self.cluster,
            starts_on=starts_on,
            ends_on=self.ends_on,
            capacity=self.capacity or "",
            **self.words,
        )


class PersonImportPlan(ImportPlan):
    """Accounts that the file opens or puts right, and appointments that it gives, words anew or
    ends."""

    # --- Reading ---

    def read_rows(self, on_progress: ProgressCallback) -> Iterator[PersonImportRow]:
        self.clusters = clusters_by_key()
        schools = list(School.objects.all())
        self.by_code = {school.obec_code: school for school in schools if school.obec_code}
        self.by_name = {search_key(school.name): school for school in schools}
        self.called: dict[str, tuple[str, int]] = {}
        for line in self.lines(on_progress):
            yield self.read_row(line)

    def read_row(self, line: RowReader) -> PersonImportRow:
        name = line.read_required(
            "username", reject_national_id(parse_username), "โปรดใส่ชื่อผู้ใช้ หรือลบแถวนี้"
        )
        parsed_role = line.read_required("role", parse_role, "โปรดใส่ตำแหน่ง เช่น ผู้อำนวยการโรงเรียน")
        full_name = line.read("full_name", reject_national_id(cell_parsers.text_parser(150)))
        self.check_one_name_per_person(line, name, full_name)
        school = self.read_school(line)
        cluster = line.read("cluster", lambda text: find_cluster_by_name(self.clusters, text))
        starts_on = line.read("starts_on", cell_parsers.parse_day)
        if parsed_role:
            which = (
                name,
                parsed_role.role,
                school and school.pk,
                cluster and cluster.pk,
                starts_on,
            )
            line.check_unique("username", which)
        account = {"full_name": full_name, "email": line.read("email", cell_parsers.parse_email)}
        return PersonImportRow(
            line=line,
            username=name,
            account={key: text for key, text in account.items() if text},
            parsed_role=parsed_role,
            school=school,
            cluster=cluster,
            starts_on=starts_on,
            ends_on=line.read("ends_on", cell_parsers.parse_day),
            capacity=self.read_capacity(line, parsed_role),
            words=dict(self.read_words(line, parsed_role)),
        )

    def read_capacity(self, line: RowReader, parsed_role: ParsedRole | None) -> str | None:
        """What its own column says, else the cell of the role; None where neither says anything."""
        said = line.read("capacity", parse_capacity_word)
        if parsed_role is None:
            return said
        return parsed_role.named((parsed_role.capacity or None) if said is None else said)

    def read_words(
        self, line: RowReader, parsed_role: ParsedRole | None
    ) -> Iterator[tuple[str, str]]:
        for name in ("title", "own_title"):
            if title := line.read(name, reject_national_id(cell_parsers.text_parser(150))):
                yield name, title
        number = line.read("position_number", reject_national_id(cell_parsers.text_parser(20)))
        if number:
            yield "position_number", cell_parsers.normalize_digits(number)
        standing = line.read("academic_standing", cell_parsers.choice_parser(STANDING_WORDS))
        if standing := standing or (parsed_role.standing if parsed_role else ""):
            yield "academic_standing", "" if standing == NO_STANDING else standing

    def check_one_name_per_person(
        self, line: RowReader, name: str | None, full_name: str | None
    ) -> None:
        """A person of several appointments has several rows, but one name."""
        if name and full_name:
            called, row = self.called.setdefault(name, (full_name, line.number))
            if called != full_name:
                line.problem("full_name", f"ชื่อผู้ใช้นี้ในแถว {row} ชื่อ {called} โปรดใช้ชื่อเดียวกันทุกแถว")

    def read_school(self, line: RowReader) -> School | None:
        """By its code, by its name, or by both if they agree."""
        coded = line.read("school", self.school_by_code)
        if coded is None:
            return line.read("school_name", self.school_by_name)
        line.check_name_matches(coded, "school_name")
        return coded

    def school_by_code(self, text: str) -> School:
        code = cell_parsers.code_parser(8)(text)
        if code not in self.by_code:
            raise ValidationError("ไม่พบรหัสนี้ในทะเบียนโรงเรียน โปรดตรวจรหัส หรือนำเข้าทะเบียนโรงเรียนก่อน")
        return self.by_code[code]

    def school_by_name(self, text: str) -> School:
        if search_key(text) not in self.by_name:
            raise ValidationError("ไม่พบชื่อนี้ในทะเบียนโรงเรียน โปรดตรวจตัวสะกด หรือใส่รหัสโรงเรียน 8 หลัก")
        return self.by_name[search_key(text)]

    # --- Writing ---

    def compare_rows(self, *, by: User, locked: bool) -> None:
        """By the verbs of schools/people: what they write stays at saving; a check undoes it.

        It is undone after each group of rows that touch each other, so that others write between.
        """
        self.by = by
        people = User.objects.prefetch_related("appointments__school", "appointments__cluster")
        self.people = {person.username.lower(): person for person in people}
        for rows in dependent_row_groups(self.rows):
            with transaction.atomic():
                self.record_each_change(rows, self.write_row_atomically)
                transaction.set_rollback(not locked)
            if not locked:
                time.sleep(PAUSE_SECONDS)
        self.changes.sort(key=lambda change: change.row)

    def save_rows(self) -> None:
        """The verbs have written everything while it was compared."""

    def write_row_atomically(self, row: PersonImportRow) -> ImportedChange:
        with transaction.atomic():
            return self.write_row(row)

    def write_row(self, row: PersonImportRow) -> ImportedChange:
        if not can_grant_role(self.by, row.role):
            raise ValidationError(
                {"role": "ตำแหน่งนี้ให้ได้เฉพาะผู้ดูแลระบบ โปรดให้ผู้ดูแลระบบเป็นผู้นำเข้า หรือลบแถวนี้"}
            )
        person = self.people.get(row.username)
        if person is None:
            return self.open_account(row)
        self.check_may_keep(person)
        change = ImportedChange(row.line.number, f"{person.username} {person}", is_new=False)
        self.update_account(person, row, change)
        self.apply_appointment(person, row, change)
        return change

    def check_may_keep(self, person: User) -> None:
        if person == self.by:
            raise ValidationError({"username": "เป็นบัญชีของคุณเอง ซึ่งต้องให้ผู้อื่นแก้ไข โปรดลบแถวนี้"})
        if not can_manage_account(self.by, person):
            raise ValidationError(
                {"username": "เป็นบัญชีของผู้ดูแลระบบหรือเจ้าหน้าที่งานธุรการ ซึ่งแก้ไขได้เฉพาะผู้ดูแลระบบ โปรดลบแถวนี้"}
            )

    def check_no_other_signer(self, appointment: Appointment) -> None:
        """A second signer is asked about one by one, on the page of the person."""
        if others := other_holders_of_signing_role(appointment):
            raise ValidationError(
                {
                    "role": f"{others[0].user} ดำรงตำแหน่งนี้อยู่แล้ว โปรดให้ตำแหน่งนั้นสิ้นสุดก่อน "
                    "หรือลบแถวนี้แล้วเพิ่มผู้ดำรงตำแหน่งคนที่สองที่หน้าบุคคลและตำแหน่ง"
                }
            )

    def open_account(self, row: PersonImportRow) -> ImportedChange:
        if "full_name" not in row.account:
            raise ValidationError({"full_name": "ผู้ใช้ใหม่ต้องมีชื่อ โปรดใส่ชื่อ-สกุลที่แสดง"})
        if row.starts_on is None:
            raise ValidationError({"starts_on": START_DAY_MISSING_MESSAGE})
        person = User(username=row.username, **row.account)
        appointment = row.new_appointment(row.starts_on)
        change = ImportedChange(row.line.number, f"{person.username} {person}", is_new=True)
        self.check_no_other_signer(appointment)
        accounts.open_account(person, appointment, by=self.by)
        self.people[row.username] = person
        self.opened.append(person)
        change.lines.append((PEOPLE_COLUMNS["role"], "", appointment_summary(appointment)))
        return change

    def update_account(self, person: User, row: PersonImportRow, change: ImportedChange) -> None:
        before = {"full_name": person.full_name, "email": person.email}
        after = {**before, **row.account}
        if after != before:
            change.lines += [
                (PEOPLE_COLUMNS[key], before[key], after[key])
                for key in after
                if after[key] != before[key]
            ]
            accounts.update_account(person, by=self.by, **after)

    def apply_appointment(self, person: User, row: PersonImportRow, change: ImportedChange) -> None:
        """The appointment that the row is about, given where the person does not hold it yet."""
        held = [one for one in person.appointments.all() if row.is_about(one)]
        if row.starts_on:
            held = [one for one in held if one.starts_on == row.starts_on]
        else:
            held = [one for one in held if not one.is_over(timezone.localdate())]
        if held:
            self.update_appointment(held[-1], row, change)
        elif row.starts_on is None:
            raise ValidationError({"starts_on": START_DAY_MISSING_MESSAGE})
        else:
            appointment = row.new_appointment(row.starts_on)
            appointment.user = person
            self.check_no_other_signer(appointment)
            appointments.create_appointment(appointment, by=self.by)
            change.lines.append((PEOPLE_COLUMNS["role"], "", appointment_summary(appointment)))

    def update_appointment(
        self, appointment: Appointment, row: PersonImportRow, change: ImportedChange
    ) -> None:
        if row.capacity not in (None, appointment.capacity):
            registered = appointment.get_capacity_display() or CAPACITY_WORDS[""][0]
            raise ValidationError(
                {
                    "capacity": f"ทะเบียนระบุว่า{registered} "
                    "โปรดสิ้นสุดตำแหน่งเดิมก่อน แล้วเพิ่มตำแหน่งใหม่ตามวันที่เริ่ม"
                }
            )
        words = {key: text for key, text in row.words.items() if getattr(appointment, key) != text}
        if words:
            change.lines += [
                (PEOPLE_COLUMNS[key], getattr(appointment, key), text)
                for key, text in words.items()
            ]
            appointments.update_appointment_title(appointment, by=self.by, **words)
        if row.ends_on not in (None, appointment.ends_on):
            old = short_date(appointment.ends_on) if appointment.ends_on else ""
            self.end_appointment(appointment, row.ends_on)
            change.lines.append((PEOPLE_COLUMNS["ends_on"], old, short_date(row.ends_on)))

    def end_appointment(self, appointment: Appointment, last_day: date) -> None:
        try:
            appointments.end_appointment(appointment, by=self.by, last_day=last_day)
        except ActionRefused as refusal:
            raise ActionRefused(field_errors={"ends_on": str(refusal)}) from refusal


def dependent_row_groups(rows: Sequence[PersonImportRow]) -> list[list[PersonImportRow]]:
    """Rows that may depend on each other: of one person, or of one role at one place.

    An appointment that ends makes room for the one that follows, whatever the order of the rows.
    """
    group_of: dict[Hashable, list[PersonImportRow]] = {}
    for row in rows:
        found = {id(group_of[key]): group_of[key] for key in row.keys if key in group_of}
        group, *others = sorted(found.values(), key=len, reverse=True) or [[]]
        for joined in (*others, [row]):
            group += joined
            group_of |= {key: group for each in joined for key in each.keys}
    groups = {id(group): group for group in group_of.values()}.values()
    return [
        sorted(group, key=lambda row: (row.ends_on is None, row.line.number)) for group in groups
    ]


def appointment_summary(appointment: Appointment) -> str:
    until = f" ถึง {short_date(appointment.ends_on)}" if appointment.ends_on else ""
    return f"{appointment.title_with_place} ตั้งแต่ {short_date(appointment.starts_on)}{until}"
