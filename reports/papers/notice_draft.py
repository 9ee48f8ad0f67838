"""The letter that announces a visit, as the system drafts it from the appointment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reports.data.signers import VISITING_ROLES, PaperSigner, office_signer
from reports.papers.models import VisitNotice
from schools.access import Permission
from schools.core.thai import weekday_date
from schools.models import Appointment, Area
from supervision.needs.enums import SupervisionMode
from supervision.visits.models import Visit

OBSERVATION_FORM = "แบบสังเกตชั้นเรียน จำนวน 1 ฉบับ"
VISIT_FORM = "แบบนิเทศ (แบบ 7.3) จำนวน 1 ฉบับ"
CLOSING = "จึงเรียนมาเพื่อโปรดทราบ และอำนวยความสะดวกแก่คณะนิเทศ"
PLACES = {
    SupervisionMode.ON_SITE: "ณ {school}",
    SupervisionMode.ONLINE: "ด้วยระบบประชุมทางไกล",
    SupervisionMode.HYBRID: "ณ {school} และด้วยระบบประชุมทางไกล",
}

NOTICE_WORDS = (
    *("number", "dated_on", "subject", "addressee", "references", "enclosures"),
    *("body", "closing", "signer_name", "signer_post", "contact"),
)
"""The fields of a letter that people write."""

Posts = Mapping[int, Sequence[Appointment]]  # a person's posts by the person's key


def drafted_notices(visits: Sequence[Visit]) -> list[VisitNotice]:
    """A letter for each visit, not saved yet; what the office must supply is left empty.

    The visits come with their school's area, leader and team; it takes two queries.
    """
    people = {person for visit in visits for person in (visit.leader, *visit.team.all())}
    posts: dict[int, list[Appointment]] = {person.pk: [] for person in people}
    for post in Appointment.objects.filter(user__in=people, role__in=VISITING_ROLES):
        posts[post.user_id].append(post)
    signer = office_signer(Permission.ISSUE_REPORT)
    return [_draft(visit, posts, signer) for visit in visits]


def drafted_words(visit: Visit) -> dict[str, Any]:
    """What `save_visit_notice` takes, where nobody changes the system's words."""
    [draft] = drafted_notices([visit])
    return {name: getattr(draft, name) for name in NOTICE_WORDS}


def _draft(visit: Visit, posts: Posts, signer: PaperSigner) -> VisitNotice:
    area, school = visit.round.school.area, visit.round.school
    return VisitNotice(
        visit=visit,
        number=f"{area.letter_code}/" if area.letter_code else "",
        subject="แจ้งกำหนดการนิเทศสถานศึกษา",
        addressee=f"ผู้อำนวยการ{school.name}",
        enclosures=_enclosures(visit),
        body="\n".join(_paragraphs(visit, area, posts)),
        closing=CLOSING,
        signer_name=signer.name,
        signer_post="\n".join(signer.post_lines),
        contact="\n".join(filter(None, [area.group_name, area.phone and f"โทร. {area.phone}"])),
        appointment=appointment_text(visit),
    )


def _enclosures(visit: Visit) -> str:
    """The form that will be filled in; there is none for mentoring."""
    if visit.is_mentoring:
        return ""
    return OBSERVATION_FORM if visit.is_observation else VISIT_FORM


def appointment_text(visit: Visit) -> str:
    """Day, time, mode, subject and team in a line, to see whether they changed meanwhile."""
    people = [str(visit.leader), *sorted(str(person) for person in visit.team.all())]
    return " · ".join([_when(visit), visit.get_mode_display(), visit.purpose, ", ".join(people)])


def _when(visit: Visit) -> str:
    return f"{weekday_date(visit.visit_on)} {visit.times and f'เวลา {visit.times}'}".strip()


def _paragraphs(visit: Visit, area: Area, posts: Posts) -> list[str]:
    school = visit.round.school.name
    place = PLACES[SupervisionMode(visit.mode)].format(school=school)
    return [
        f"ด้วย{area.name} กำหนดนิเทศ ติดตาม และประเมินผลการจัดการศึกษาของสถานศึกษาในสังกัด "
        f"ภาคเรียนที่ {visit.round.term} ครั้งที่ {visit.number} เรื่อง {visit.purpose}",
        f"ในการนี้ ขอแจ้งกำหนดการนิเทศ{school} ใน{_when(visit)} {place} โดยมีคณะนิเทศ ดังนี้",
        *_numbered(_members(visit, posts)),
        "ขอให้โรงเรียนเตรียมการ ดังนี้",
        *_numbered(_preparations(visit)),
    ]


def _numbered(lines: Iterable[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]


def _members(visit: Visit, posts: Posts) -> list[str]:
    """The leader and the team, each with the post by which they go that day."""
    people = [(visit.leader, "หัวหน้าคณะนิเทศ")]
    people += [(person, "ผู้ร่วมนิเทศ") for person in visit.team.all()]
    lines = []
    for person, duty in people:
        held = (post for post in posts[person.pk] if post.is_in_force_on(visit.visit_on))
        title = next((post.printed_title for post in held), "")
        named = str(person) if title in str(person) else f"{person} {title}"
        lines.append(f"{named} {duty}")
    return lines


def _preparations(visit: Visit) -> list[str]:
    """What the school gets ready; a lesson that is observed asks for less."""
    if visit.is_observation:
        asked = ["แผนการจัดการเรียนรู้ของชั้นเรียนที่รับการสังเกต", "ครูผู้รับการสังเกตชั้นเรียน"]
    elif visit.is_mentoring:
        asked = [
            "ผลการดำเนินงานตามบันทึกข้อตกลงและเรื่องที่ต้องการคำปรึกษา",
            "ผู้บริหาร ครู และผู้เกี่ยวข้องร่วมสะท้อนผล",
        ]
    else:
        asked = [
            "ผลการประเมินตนเอง พร้อมร่องรอยหลักฐานตามตัวชี้วัด",
            "ผลการดำเนินงานตามข้อเสนอแนะครั้งก่อน (ถ้ามี)",
            "ผู้บริหาร ครูวิชาการ และผู้เกี่ยวข้องร่วมให้ข้อมูล",
        ]
    online = visit.mode != SupervisionMode.ON_SITE
    return [*asked, "อุปกรณ์และสัญญาณสำหรับการประชุมทางไกล"] if online else asked
