"""What the API sends and takes, as its OpenAPI page shows it.

No schema has a field for a person: neither names, nor telephone numbers, nor e-mail addresses.
"""

from datetime import date

from ninja import Field, Schema

from reports.api.paging import Key, PageQuery
from reports.enums import DocumentKind
from supervision.improvement.enums import Assignee, RecommendationState

KIND_IN_WORDS = (
    "term: รายงานของโรงเรียน summary: รายงานสรุปรายภาคเรียน year: ประจำปีการศึกษา "
    "drive: การขับเคลื่อนคุณภาพการศึกษา"
)
OLDEST_YEAR, LATEST_YEAR = 2400, 2700  # of the Buddhist Era, as AcademicYear allows them

# --- Asked for ---


class SchoolQuery(PageQuery):
    """Which schools are asked for."""

    cluster: Key | None = Field(None, description="เฉพาะโรงเรียนในกลุ่มโรงเรียนนี้วันนี้ (id)")
    is_open: bool | None = Field(None, description="true: เปิดสอนอยู่ false: เลิกหรือรวมแล้ว")


class ResultQuery(PageQuery):
    """Of which terms and which school results are asked for; without a term of the present one."""

    term: Key | None = Field(
        None, description="ภาคเรียน (id) ถ้าไม่ระบุทั้งภาคเรียนและปีการศึกษา คือภาคเรียนปัจจุบัน"
    )
    academic_year: int | None = Field(
        None, ge=OLDEST_YEAR, le=LATEST_YEAR, description="ทุกภาคเรียนของปีการศึกษา พ.ศ. นี้"
    )
    school: Key | None = Field(None, description="โรงเรียน (id)")


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
    kind: DocumentKind | None = Field(None, description=KIND_IN_WORDS)
    school: Key | None = Field(None, description="โรงเรียน (id) เฉพาะรายงานของโรงเรียน")


# --- Sent ---


class ParameterProblem(Schema):
    """A parameter that was not understood."""

    name: str = Field(description="ชื่อพารามิเตอร์")
    problem: str = Field(description="สิ่งที่ต้องแก้ไข")


class ApiProblem(Schema):
    """Why a request was not answered."""

    detail: str = Field(description="เหตุผลเป็นภาษาไทย")
    parameters: list[ParameterProblem] = Field(description="พารามิเตอร์ที่ไม่ถูกต้อง ถ้ามี")


class TermItem(Schema):
    """One term of an academic year."""

    id: int = Field(description="เลขอ้างอิงในพอร์ทัล ไม่เปลี่ยน")
    academic_year: int = Field(description="ปีการศึกษา พ.ศ.")
    number: int = Field(description="ภาคเรียนที่")
    opens_on: date = Field(description="วันเปิดภาคเรียน")
    closes_on: date = Field(description="วันปิดภาคเรียน คือวันแรกที่ไม่มีการเรียน")


class ClusterItem(Schema):
    """A cluster of schools."""

    id: int = Field(description="เลขอ้างอิงในพอร์ทัล ไม่เปลี่ยน")
    name: str = Field(description="ชื่อกลุ่มโรงเรียน")


class SchoolItem(Schema):
    """One school of the register."""

    id: int = Field(description="เลขอ้างอิงในพอร์ทัล ไม่เปลี่ยน")
    name: str = Field(description="ชื่อโรงเรียน")
    obec_code: str | None = Field(description="รหัสโรงเรียน 8 หลัก")
    ministry_code: str | None = Field(description="รหัสสถานศึกษา 10 หลัก")
    sub_district: str = Field(description="ตำบล ว่างเมื่อไม่ทราบ")
    district: str = Field(description="อำเภอ ว่างเมื่อไม่ทราบ")
    grades: str = Field(description="ชั้นที่เปิดสอน เช่น อ.2–ป.6 ว่างเมื่อไม่ทราบ")
    latitude: float | None = Field(description="ละติจูด")
    longitude: float | None = Field(description="ลองจิจูด")
    cluster: ClusterItem | None = Field(description="กลุ่มโรงเรียนที่สังกัดวันนี้")
    closed_on: date | None = Field(description="วันแรกที่เลิกหรือรวม ว่างเมื่อเปิดสอนอยู่")


class ResultItem(Schema):
    """One standard of one school in one term, by the visit that counts for the term."""

    term: int = Field(description="ภาคเรียน (id)")
    school: int = Field(description="โรงเรียน (id)")
    round: int = Field(description="รอบที่ ในภาคเรียน")
    visited_on: date = Field(description="วันที่นิเทศ")
    level: str = Field(description="ปฐมวัย หรือว่างเมื่อเป็นขั้นพื้นฐาน")
    standard: int = Field(description="มาตรฐานที่")
    standard_name: str = Field(description="ชื่อมาตรฐาน")
    indicators: int = Field(description="จำนวนตัวชี้วัดที่ศึกษานิเทศก์ให้ระดับ")
    supervisor_mean: float | None = Field(description="ค่าเฉลี่ยของศึกษานิเทศก์ ทศนิยม 2 ตำแหน่ง")
    school_mean: float | None = Field(description="ค่าเฉลี่ยที่โรงเรียนประเมินตนเองในรอบเดียวกัน")
    gap: float | None = Field(description="ศึกษานิเทศก์ลบโรงเรียน ติดลบคือโรงเรียนประเมินตนเองสูงกว่า")
    meaning: str = Field(description="การแปลผลของค่าเฉลี่ยของศึกษานิเทศก์")
    achieved: bool | None = Field(description="ถึงค่าเป้าหมายหรือไม่ ว่างเมื่อไม่กำหนดค่าเป้าหมาย")
    is_sample: bool = Field(description="ข้อมูลตัวอย่าง ไม่ใช่ผลจริง")


class AnswerItem(Schema):
    """One indicator of one school in one term, as the supervisor and the school judged it."""

    term: int = Field(description="ภาคเรียน (id)")
    school: int = Field(description="โรงเรียน (id)")
    round: int = Field(description="รอบที่ ในภาคเรียน")
    level: str = Field(description="ปฐมวัย หรือว่างเมื่อเป็นขั้นพื้นฐาน")
    standard: int = Field(description="มาตรฐานที่")
    indicator: str = Field(description="เลขที่ตัวชี้วัด")
    indicator_text: str = Field(description="ข้อความของตัวชี้วัด")
    supervisor_level: int | None = Field(description="ระดับที่ศึกษานิเทศก์ให้ ว่างเมื่อไม่ประเมินข้อนี้")
    school_level: int | None = Field(description="ระดับที่โรงเรียนประเมินตนเอง ว่างเมื่อไม่มี")
    gap: int | None = Field(description="ศึกษานิเทศก์ลบโรงเรียน")
    is_sample: bool = Field(description="ข้อมูลตัวอย่าง ไม่ใช่ผลจริง")


class RecommendationItem(Schema):
    """One recommendation that the school has agreed to and nobody has withdrawn."""

    id: int = Field(description="เลขอ้างอิงในพอร์ทัล ไม่เปลี่ยน")
    school: int = Field(description="โรงเรียน (id)")
    term: int = Field(description="ภาคเรียน (id)")
    round: int = Field(description="รอบที่ ในภาคเรียน")
    indicator: str | None = Field(description="รหัสตัวชี้วัดที่เกี่ยวข้อง")
    text: str = Field(description="ข้อเสนอแนะ")
    assignee: Assignee = Field(description="ตำแหน่งที่รับผิดชอบ")
    assignee_label: str = Field(description="ชื่อตำแหน่งที่รับผิดชอบ")
    agreed_on: date = Field(description="วันที่โรงเรียนเห็นชอบ")
    due_on: date = Field(description="กำหนดเสร็จ")
    state: RecommendationState = Field(description="สถานะของข้อเสนอแนะ")
    state_label: str = Field(description="คำของสถานะ")
    is_overdue: bool = Field(description="เลยกำหนดเสร็จและยังไม่รายงานว่าเสร็จ")
    closed_on: date | None = Field(description="วันที่ปิดโดยมีหลักฐาน")


class DocumentItem(Schema):
    """One issued report as the register has it, without what it says."""

    id: int = Field(description="เลขอ้างอิงในพอร์ทัล ไม่เปลี่ยน")
    number: str = Field(description="เลขที่")
    title: str = Field(description="ชื่อรายงาน")
    kind: DocumentKind = Field(description=KIND_IN_WORDS)
    school: int | None = Field(description="โรงเรียน (id) เฉพาะรายงานของโรงเรียน")
    cluster: int | None = Field(description="กลุ่มโรงเรียน (id) เฉพาะรายงานสรุปของกลุ่มโรงเรียน")
    term: int | None = Field(description="ภาคเรียน (id) ว่างในรายงานประจำปีการศึกษา")
    academic_year: int = Field(description="ปีการศึกษา พ.ศ.")
    version: int = Field(description="ฉบับที่ 1 คือฉบับแรก ตั้งแต่ 2 คือฉบับแก้ไข")
    issued_on: date = Field(description="วันที่ลงนาม")
    is_published: bool = Field(description="เผยแพร่ต่อสาธารณะอยู่")
    is_replaced: bool = Field(description="มีฉบับแก้ไขที่ลงนามแล้ว")
    verify_url: str = Field(description="หน้าตรวจสอบเอกสาร")
    sha256: str | None = Field(description="SHA-256 ของไฟล์ PDF ว่างระหว่างจัดทำไฟล์")
