"""The names of the columns of each kind of table: our own, and those that offices use."""

import re
from functools import lru_cache

from schools.core.tables.layout import TOTAL_PREFIX, TableLayout, heading_key, recognise_by_words
from schools.enums import Grade
from schools.imports.cell_parsers import grade_or_none

# --- Schools ---

SCHOOL_COLUMNS = {
    "obec_code": "รหัสโรงเรียน 8 หลัก",
    "ministry_code": "รหัสสถานศึกษา 10 หลัก",
    "name": "ชื่อโรงเรียน",
    "sub_district": "ตำบล",
    "district": "อำเภอ",
    "cluster": "กลุ่มโรงเรียน",
    "since": "ตั้งแต่วันที่",
    "grades": "ระดับที่เปิดสอน",
    "first_grade": "ชั้นต่ำสุด",
    "last_grade": "ชั้นสูงสุด",
    "latitude": "ละติจูด",
    "longitude": "ลองจิจูด",
    "internet": "อินเทอร์เน็ต",
    "has_electricity": "ไฟฟ้า",
    "phone": "โทรศัพท์",
    "email": "อีเมล",
    "status": "สถานะ",
}
SCHOOL_COLUMN_SYNONYMS = {
    "obec_code": ("รหัส 8 หลัก", "รหัสโรงเรียน", "รหัส", "รหัส SMIS", "SMIS", "รหัส OBEC", "รหัส DMC"),
    "ministry_code": ("รหัส 10 หลัก", "รหัสโรงเรียน 10 หลัก", "รหัสกระทรวง", "รหัสสถานศึกษา"),
    "name": ("ชื่อสถานศึกษา", "โรงเรียน", "สถานศึกษา", "ชื่อ"),
    "sub_district": ("แขวง", "ตำบล/แขวง"),
    "district": ("เขต", "อำเภอ/เขต"),
    "cluster": ("กลุ่ม", "ศูนย์เครือข่าย", "กลุ่มเครือข่าย", "กลุ่มเครือข่ายโรงเรียน", "เครือข่าย"),
    "since": ("สังกัดกลุ่มตั้งแต่วันที่", "วันที่สังกัด", "สังกัดตั้งแต่", "ตั้งแต่"),
    "grades": ("ระดับชั้นที่เปิดสอน", "ชั้นที่เปิดสอน", "ระดับ", "ระดับชั้น", "เปิดสอนระดับ", "เปิดสอน"),
    "first_grade": ("ชั้นต่ำสุดที่เปิดสอน", "เปิดสอนตั้งแต่ชั้น"),
    "last_grade": ("ชั้นสูงสุดที่เปิดสอน", "ถึงชั้น"),
    "latitude": ("latitude", "lat", "พิกัด N"),
    "longitude": ("longitude", "long", "lng", "lon", "พิกัด E"),
    "internet": ("ระบบอินเทอร์เน็ต", "ประเภทอินเทอร์เน็ต", "internet"),
    "has_electricity": ("มีไฟฟ้าใช้", "ระบบไฟฟ้า", "ไฟฟ้า มี/ไม่มี"),
    "phone": ("เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "โทร", "เบอร์โทร"),
    "email": ("e-mail", "อีเมล์", "ที่อยู่อีเมล"),
    "status": ("สถานะโรงเรียน",),
}


def missing_school_columns(found: frozenset[str]) -> list[str]:
    if "obec_code" not in found:
        return [SCHOOL_COLUMNS["obec_code"]]
    return [] if len(found) > 1 else [SCHOOL_COLUMNS["name"]]


MAX_SCHOOL_ROWS = 3_000
SCHOOLS_LAYOUT = TableLayout(
    title="ทะเบียนโรงเรียน",
    keys=("obec_code",),
    recognise=recognise_by_words(
        {key: (label, *SCHOOL_COLUMN_SYNONYMS[key]) for key, label in SCHOOL_COLUMNS.items()}
    ),
    missing=missing_school_columns,
    labels=SCHOOL_COLUMNS,
    most_rows=MAX_SCHOOL_ROWS,
)


# --- Yearly numbers ---

COUNT_COLUMNS = {
    "obec_code": SCHOOL_COLUMNS["obec_code"],
    "name": SCHOOL_COLUMNS["name"],
    "year": "ปีการศึกษา",
    "counted_on": "ข้อมูล ณ วันที่",
    "grade": "ชั้น",
    "boys": "ชาย",
    "girls": "หญิง",
    "rooms": "ห้องเรียน",
    "male_teachers": "ครูชาย",
    "female_teachers": "ครูหญิง",
    "is_sample": "ที่มา",
}
COUNT_COLUMNS |= {
    f"{what}:{grade}": f"{grade.label} {COUNT_COLUMNS[what]}"
    for grade in Grade
    for what in ("boys", "girls", "rooms")
}
COUNT_COLUMN_SYNONYMS = {
    "obec_code": SCHOOL_COLUMN_SYNONYMS["obec_code"],
    "name": SCHOOL_COLUMN_SYNONYMS["name"],
    "year": ("ปี", "ปี พ.ศ.", "พ.ศ."),
    "counted_on": ("ณ วันที่", "วันที่", "วันที่เก็บข้อมูล", "ข้อมูลวันที่"),
    "grade": ("ชั้นเรียน", "ระดับชั้น", "ชั้นที่"),
}
_fixed_count_columns = recognise_by_words(
    {key: (COUNT_COLUMNS[key], *also) for key, also in COUNT_COLUMN_SYNONYMS.items()}
)
_NOT_THE_GRADE = re.compile("ชาย|หญิง|ห้องเรียน|ห้อง|จำนวน|นักเรียน|รวม|ทั้งสิ้น|ทั้งหมด|คน|[ชญ]$")
_COUNT_WORDS = re.compile(
    "(?:จำนวน|นักเรียน|ครู|ผู้สอน|ข้าราชการ|บุคลากร|ทางการศึกษา|และ|ชาย|หญิง|ห้อง|เรียน|รวม|ยอด|ทั้งหมด|ทั้งสิ้น"
    "|ระดับ|ชั้น|ทุก|เพศ|คน|อนุบาล|ปฐมวัย|ก่อน|ประถม|มัธยม|ศึกษา|ตอนต้น|[ชญ]$)+"
)
TEACHERS_BY_SEX = {"boys": "male_teachers", "girls": "female_teachers"}
_TOTALS = re.compile("รวม|ทั้งหมด|ทั้งสิ้น")
LEVEL_CODE_BY_WORD = {"อนุบาล": "K", "ปฐมวัย": "K", "ก่อนประถม": "K", "ประถม": "P", "มัธยม": "M"}


@lru_cache(maxsize=10_000)
def recognise_count_column(lines: tuple[str, ...]) -> str | None:
    """อ.2 over ชาย, "ป.1 หญิง", a total of any of these, or one of the fixed columns.

    A total's key is sum:<what>:<of>; of one grade, of a level (K, P, M) or of everything.
    """
    together = heading_key("".join(lines))
    if grade := next(filter(None, map(_grade_in, (*reversed(lines), "".join(lines)))), None):
        return _grade_count_key(together, grade)
    if fixed := _fixed_count_columns(lines):
        return fixed
    if not _COUNT_WORDS.fullmatch(together):
        return None
    if "ครู" in together or "บุคลากร" in together:
        return _teacher_count_key(together)
    return _pupil_count_key(together)


def _grade_count_key(heading: str, grade: Grade) -> str:
    counted = _what_is_counted(heading)
    is_total = counted is None or _TOTALS.search(heading)
    return _total_key(counted, grade) if is_total else f"{counted}:{grade}"


def _teacher_count_key(heading: str) -> str:
    counted = _what_is_counted(heading) or ""
    is_total = counted not in TEACHERS_BY_SEX or _TOTALS.search(heading)
    return f"{TOTAL_PREFIX}teachers:{counted}" if is_total else TEACHERS_BY_SEX[counted]


def _pupil_count_key(heading: str) -> str:
    """Pupils or rooms of a level, or of one grade that another column names."""
    counted = _what_is_counted(heading)
    level = next((code for word, code in LEVEL_CODE_BY_WORD.items() if word in heading), "")
    if counted is None or level or _TOTALS.search(heading):
        return _total_key(counted, level)
    return counted


def _total_key(counted: str | None, of: Grade | str) -> str:
    return f"{TOTAL_PREFIX}{counted or 'pupils'}:{of}"


def _what_is_counted(heading: str) -> str | None:
    if "ห้อง" in heading:
        return "rooms"
    if "ชาย" in heading or heading.endswith("ช"):
        return "boys"
    return "girls" if "หญิง" in heading or heading.endswith("ญ") else None


def _grade_in(text: str) -> Grade | None:
    return grade_or_none(_NOT_THE_GRADE.sub("", heading_key(text)))


def missing_count_columns(found: frozenset[str]) -> list[str]:
    missing = [] if "obec_code" in found else [COUNT_COLUMNS["obec_code"]]
    long = {"grade", "boys", "girls"}
    wide = any(key.startswith("boys:") for key in found)
    if not (wide or long <= found or {"male_teachers", "female_teachers"} <= found):
        missing.append("จำนวนนักเรียนชายและหญิงรายชั้น")
    return missing


COUNTS_LAYOUT = TableLayout(
    title="จำนวนนักเรียนและครูรายปี",
    keys=("obec_code",),
    recognise=recognise_count_column,
    missing=missing_count_columns,
    labels=COUNT_COLUMNS,
)

# --- People and their appointments ---

PEOPLE_COLUMNS = {
    "username": "ชื่อผู้ใช้",
    "full_name": "ชื่อ-สกุลที่แสดง",
    "role": "ตำแหน่ง",
    "school": "รหัสโรงเรียน",
    "school_name": SCHOOL_COLUMNS["name"],
    "cluster": SCHOOL_COLUMNS["cluster"],
    "starts_on": "ตั้งแต่วันที่",
    "ends_on": "ถึงวันที่",
    "capacity": "รักษาการหรือทำการแทน",
    "own_title": "ตำแหน่งเดิม",
    "title": "ชื่อตำแหน่ง",
    "position_number": "ตำแหน่งเลขที่",
    "academic_standing": "วิทยฐานะ",
    "email": SCHOOL_COLUMNS["email"],
}
PEOPLE_COLUMN_SYNONYMS = {
    "username": ("username", "user name", "ชื่อผู้ใช้งาน", "บัญชีผู้ใช้", "user"),
    "full_name": ("ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อและนามสกุล", "ชื่อที่แสดง", "ชื่อ", "ชื่อสกุล"),
    "role": ("บทบาท", "หน้าที่"),
    "school": SCHOOL_COLUMN_SYNONYMS["obec_code"] + (SCHOOL_COLUMNS["obec_code"],),
    "school_name": ("โรงเรียน", "สถานศึกษา", "ชื่อสถานศึกษา"),
    "cluster": SCHOOL_COLUMN_SYNONYMS["cluster"],
    "starts_on": ("วันที่เริ่ม", "วันเริ่ม", "เริ่มวันที่", "ตั้งแต่", "วันที่ดำรงตำแหน่ง", "วันที่รับตำแหน่ง"),
    "ends_on": ("วันที่สิ้นสุด", "วันสิ้นสุด", "สิ้นสุดวันที่", "ถึง"),
    "capacity": ("รักษาการ", "รักษาการในตำแหน่ง", "รักษาราชการแทน", "ลักษณะการดำรงตำแหน่ง"),
    "own_title": ("ตำแหน่งเดิมของผู้ทำการแทน",),
    "title": ("ตำแหน่งที่พิมพ์ในเอกสาร", "ตำแหน่งในเอกสาร"),
    "position_number": ("เลขที่ตำแหน่ง", "เลขตำแหน่ง"),
    "academic_standing": (),
    "email": SCHOOL_COLUMN_SYNONYMS["email"],
}


def missing_people_columns(found: frozenset[str]) -> list[str]:
    return [PEOPLE_COLUMNS[key] for key in ("username", "role") if key not in found]


MAX_PEOPLE_ROWS = 400  # each row is some ten queries of the verbs, in one transaction
PEOPLE_LAYOUT = TableLayout(
    title="บุคคลและตำแหน่ง",
    keys=("username",),
    recognise=recognise_by_words(
        {key: (label, *PEOPLE_COLUMN_SYNONYMS[key]) for key, label in PEOPLE_COLUMNS.items()}
    ),
    missing=missing_people_columns,
    labels=PEOPLE_COLUMNS,
    most_rows=MAX_PEOPLE_ROWS,
)
