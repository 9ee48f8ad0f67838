"""What people write in the column ตำแหน่ง, and which role each of it is."""

import re
from dataclasses import dataclass

from schools.enums import AcademicStanding, Role
from schools.imports import cell_parsers

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
_ACTING = re.compile(r"^(?:รักษาการในตำแหน่ง|รักษาการตำแหน่ง|รักษาราชการแทน|รักษาการ|รรก\.)\s*")
_DIRECTOR_OF = re.compile(r"^(?:ผู้อำนวยการโรงเรียน|ผอ\.\s?โรงเรียน|ผอ\.\s?รร\.)")

parse_role_word = cell_parsers.choice_parser(ROLE_WORDS)


@dataclass(frozen=True)
class ParsedRole:
    """What the cell ตำแหน่ง says: the role, and sometimes more."""

    role: Role
    acting: bool = False
    standing: str = ""


def parse_role(text: str) -> ParsedRole:
    """ศน., ศึกษานิเทศก์ชำนาญการพิเศษ, รักษาการในตำแหน่งผู้อำนวยการโรงเรียน …"""
    bare = _ACTING.sub("", text)
    acting = bare != text
    for standing in sorted(AcademicStanding, key=lambda s: len(s.label), reverse=True):
        without = bare.removesuffix(standing.label).rstrip()
        if without != bare:
            return ParsedRole(parse_role_word(without), acting, standing)
    if _DIRECTOR_OF.match(bare):
        return ParsedRole(Role.SCHOOL_DIRECTOR, acting)
    return ParsedRole(parse_role_word(bare), acting)
