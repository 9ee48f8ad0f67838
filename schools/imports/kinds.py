"""The tables that the registry itself takes in: schools, their yearly numbers, and people."""

from schools.access import Permission
from schools.core.tables.kinds import ImportKind
from schools.imports.columns import COUNTS_LAYOUT, PEOPLE_LAYOUT, SCHOOLS_LAYOUT
from schools.imports.importers.people import PersonImportPlan
from schools.imports.importers.school_register import SchoolImportPlan
from schools.imports.importers.yearly_counts import CountImportPlan
from schools.imports.workbooks import (
    blank_counts_workbook,
    blank_people_workbook,
    blank_schools_workbook,
)

SCHOOL_TABLES = ImportKind(
    name="schools",
    label=SCHOOLS_LAYOUT.title,
    description=("เพิ่มโรงเรียน หรือแก้ไขข้อมูลตามรหัส 8 หลัก รวมทั้งกลุ่มที่สังกัด แบบฟอร์มมีโรงเรียนในทะเบียนให้แล้ว"),
    permission=Permission.EDIT_REGISTRY,
    layout=lambda: SCHOOLS_LAYOUT,
    plan=SchoolImportPlan,
    blank_workbook=blank_schools_workbook,
)
COUNT_TABLES = ImportKind(
    name="counts",
    label=COUNTS_LAYOUT.title,
    description=(
        "จำนวนนักเรียนและห้องเรียนรายชั้น กับจำนวนครู ปีเดียวหรือหลายปีในไฟล์เดียว แบบฟอร์มมีรหัสและชื่อโรงเรียนให้แล้ว"
    ),
    permission=Permission.EDIT_REGISTRY,
    layout=lambda: COUNTS_LAYOUT,
    plan=CountImportPlan,
    blank_workbook=blank_counts_workbook,
)
PEOPLE_TABLES = ImportKind(
    name="people",
    label=PEOPLE_LAYOUT.title,
    description="เปิดบัญชีผู้ใช้ และเริ่มหรือสิ้นสุดตำแหน่ง ผู้มีหลายตำแหน่งใส่ตำแหน่งละแถว",
    permission=Permission.EDIT_REGISTRY,
    layout=lambda: PEOPLE_LAYOUT,
    plan=PersonImportPlan,
    blank_workbook=blank_people_workbook,
)
REGISTRY_TABLES = (SCHOOL_TABLES, COUNT_TABLES, PEOPLE_TABLES)
