"""What the API sends and takes, as its OpenAPI page shows it.

No schema has a field for a person: neither names, nor telephone numbers, nor e-mail addresses.
"""

from datetime import date

from ninja import Field, Schema

from reports.api.paging import Key, PageQuery
from reports.enums import DocumentKind
from supervision.improvement.enums import Assignee, RecommendationState

OLDEST_YEAR, LATEST_YEAR = 2400, 2700  # of the Buddhist Era, as AcademicYear allows them

# --- Asked for ---


class SchoolQuery(PageQuery):
    """Which schools are asked for."""

    cluster: Key | None = Field(None, description="เฉพาะโรงเรียนในกลุ่มโรงเรียนนี้วันนี้ (id)")
    is_open: bool | None = Field(None, description="true: เปิดสอนอยู่ false: เลิกหรือรวมแล้ว")


class RecommendationQuery(PageQuery):
    """Which recommendations are asked for."""

    term: Key | None = Field(None, description="ภาคเรียน (id)")
    school: Key | None = Field(None, description="โรงเรียน (id)")
    state: RecommendationState | None = Field(None, description="สถานะของข้อเสนอแนะ")


class DocumentQuery(PageQuery):
    """Which issued documents are asked for."""

    academic_year: int | None = Field(
        None, ge=OLDEST_YEAR, le=LATEST_YEAR, description="ปีการศึกษา พ.ศ. เช่น 2569"
    )
    kind: DocumentKind | None = Field(None, description="term: รายภาคเรียน year: ประจำปีการศึกษา")
    school: Key | None = Field(None, description="โรงเรียน (id) เฉพาะรายงานรายภาคเรียน")


# --- Sent ---


class ParameterProblem(Schema):
    """A parameter that was not understood."""

    name: str
    problem: str


class ApiProblem(Schema):
    """Why a request was not answered."""

    detail: str = Field(description="เหตุผลเป็นภาษาไทย")
    parameters: list[ParameterProblem] = Field(description="พารามิเตอร์ที่ไม่ถูกต้อง ถ้ามี")


class TermItem(Schema):
    """One term of an academic year."""

    id: int
    academic_year: int = Field(description="ปีการศึกษา พ.ศ.")
    number: int = Field(description="ภาคเรียนที่")
    opens_on: date = Field(description="วันเปิดภาคเรียน")
    closes_on: date = Field(description="วันปิดภาคเรียน คือวันแรกที่ไม่มีการเรียน")


class ClusterItem(Schema):
    """A cluster of schools."""

    id: int
    name: str


class SchoolItem(Schema):
    """One school of the register."""

    id: int
    name: str
    obec_code: str | None = Field(description="รหัสโรงเรียน 8 หลัก")
    ministry_code: str | None = Field(description="รหัสสถานศึกษา 10 หลัก")
    sub_district: str = Field(description="ตำบล ว่างเมื่อไม่ทราบ")
    district: str = Field(description="อำเภอ ว่างเมื่อไม่ทราบ")
    grades: str = Field(description="ชั้นที่เปิดสอน เช่น อ.2–ป.6 ว่างเมื่อไม่ทราบ")
    latitude: float | None
    longitude: float | None
    cluster: ClusterItem | None = Field(description="กลุ่มโรงเรียนที่สังกัดวันนี้")
    closed_on: date | None = Field(description="วันแรกที่เลิกหรือรวม ว่างเมื่อเปิดสอนอยู่")


class RecommendationItem(Schema):
    """One recommendation that the school has agreed to and nobody has withdrawn."""

    id: int
    school: int
    term: int
    round: int = Field(description="รอบที่ ในภาคเรียน")
    indicator: str | None = Field(description="รหัสตัวชี้วัดที่เกี่ยวข้อง")
    text: str = Field(description="ข้อเสนอแนะ")
    assignee: Assignee = Field(description="ตำแหน่งที่รับผิดชอบ")
    assignee_label: str
    agreed_on: date = Field(description="วันที่โรงเรียนเห็นชอบ")
    due_on: date = Field(description="กำหนดเสร็จ")
    state: RecommendationState
    state_label: str
    is_overdue: bool = Field(description="เลยกำหนดเสร็จและยังไม่รายงานว่าเสร็จ")
    closed_on: date | None = Field(description="วันที่ปิดโดยมีหลักฐาน")


class DocumentItem(Schema):
    """One issued report as the register has it, without what it says."""

    id: int
    number: str = Field(description="เลขที่")
    title: str
    kind: DocumentKind
    school: int | None = Field(description="โรงเรียน (id) ว่างในรายงานประจำปีการศึกษา")
    term: int | None = Field(description="ภาคเรียน (id) ว่างในรายงานประจำปีการศึกษา")
    academic_year: int = Field(description="ปีการศึกษา พ.ศ.")
    version: int = Field(description="ฉบับที่ 1 คือฉบับแรก ตั้งแต่ 2 คือฉบับแก้ไข")
    issued_on: date = Field(description="วันที่ลงนาม")
    is_published: bool = Field(description="เผยแพร่ต่อสาธารณะอยู่")
    is_replaced: bool = Field(description="มีฉบับแก้ไขที่ลงนามแล้ว")
    verify_url: str = Field(description="หน้าตรวจสอบเอกสาร")
    sha256: str | None = Field(description="SHA-256 ของไฟล์ PDF ว่างระหว่างจัดทำไฟล์")
