"""Networks, learning sources, forums and lines of the register, all marked as samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schools.core.thai import fiscal_year
from schools.models import School, User
from supervision.assignments.models import LearningArea
from supervision.demo.office_days import at_ten
from supervision.improvement.models import Recommendation
from supervision.programmes.dissemination.actions import record_dissemination
from supervision.programmes.dissemination.enums import (
    Audience,
    DisseminatedKind,
    DisseminationChannel,
)
from supervision.programmes.models import (
    Forum,
    LearningSource,
    Network,
    NetworkMember,
)
from supervision.programmes.models.networks import NETWORK_WORK
from supervision.programmes.networks import actions, forum_actions
from supervision.programmes.networks.advice_helps import add_advice_help
from supervision.programmes.networks.directory import HelpFilter, find_help
from supervision.programmes.networks.enums import MemberRole, NetworkKind, SourceKind
from supervision.programmes.networks.year_networks import NETWORK_PROCESS
from supervision.standards.models import Work

FORMED_BEFORE = timedelta(days=300)
HELD_BEFORE, HELD_AFTER = timedelta(days=35), timedelta(days=12)
# Kind, name, purpose, and of how many of the schools it is.
NETWORKS = (
    (
        NetworkKind.PERSONS,
        "เครือข่ายครูแกนนำการอ่านออกเขียนได้ (ตัวอย่าง)",
        "แลกเปลี่ยนวิธีสอนอ่านและเขียน ชั้น ป.1–ป.3 ระหว่างโรงเรียน",
        4,
    ),
    (
        NetworkKind.SCHOOLS,
        "เครือข่ายนิเทศภายในโรงเรียนขนาดเล็ก (ตัวอย่าง)",
        "ร่วมกันนิเทศภายในและใช้ครูร่วมกันในสาระที่ขาดครู",
        5,
    ),
    (
        NetworkKind.COMMUNITY,
        "เครือข่ายชุมชนเพื่อการเรียนรู้ (ตัวอย่าง)",
        "นำภูมิปัญญาท้องถิ่นมาจัดการเรียนรู้ในโรงเรียน",
        3,
    ),
    (
        NetworkKind.DIRECTOR_CLUB,
        "ชมรมผู้บริหารสถานศึกษา (ตัวอย่าง)",
        "แลกเปลี่ยนการบริหารจัดการศึกษาและการนิเทศภายใน",
        5,
    ),
)
# Place of its network and of its school above, role, subject, topics, learning area.
MEMBERS = (
    (0, 0, MemberRole.LEAD_TEACHER, "ภาษาไทย", "การอ่านออกเขียนได้ นิทานพาอ่าน", "ภาษาไทย"),
    (0, 1, MemberRole.MODEL_TEACHER, "คณิตศาสตร์", "การคิดเลขเร็ว สื่อทำมือ", "คณิตศาสตร์"),
    (1, 2, MemberRole.DIRECTOR, "", "การนิเทศภายใน การบริหารโรงเรียนขนาดเล็ก PLC", ""),
    (2, 3, MemberRole.WISDOM_TEACHER, "ศิลปะและหัตถกรรม", "งานจักสาน การทอผ้าพื้นเมือง", ""),
    (3, 4, MemberRole.DIRECTOR, "", "ระบบประกันคุณภาพภายในสถานศึกษา", ""),
)
COMMUNITY_PLACE = "ชุมชนรอบโรงเรียน (ตัวอย่าง)"
SOURCES = (
    (0, SourceKind.CLASSROOM, "ห้องเรียนแห่งการอ่าน (ตัวอย่าง)", "มุมอ่าน นิทาน การอ่านออกเสียง"),
    (2, SourceKind.LABORATORY, "ห้องปฏิบัติการวิทยาศาสตร์ (ตัวอย่าง)", "การทดลองอย่างง่าย โครงงาน"),
)
ATTENDANCE: Mapping[str, int] = {
    MemberRole.LEAD_TEACHER: 12,
    MemberRole.TEACHER: 18,
    MemberRole.DIRECTOR: 5,
    MemberRole.SUPERVISOR: 3,
}
SHARED = "ครูแกนนำสาธิตวิธีสอนอ่านแบบแจกลูกสะกดคำ แต่ละโรงเรียนเลือก 1 วิธีไปใช้และนัดสะท้อนผลในเวทีครั้งต่อไป"


@dataclass(frozen=True)
class NetworkMaker:
    """Makes them of these schools, by who leads the unit, counted from today."""

    by: User
    schools: Sequence[School]
    today: date

    def make_all(self) -> None:
        networks = [self._network(*facts) for facts in NETWORKS]
        for of, school, role, *words in MEMBERS:
            self._member(networks[of], self._school(school), role, *words)
        self._community_member(networks[2])
        for source in SOURCES:
            self._source(networks[1], *source)
        self._forums(networks[0])
        self._disseminate()
        self._point_to_help()

    def _school(self, place: int) -> School:
        return self.schools[place % len(self.schools)]

    def _network(self, kind: NetworkKind, name: str, purpose: str, schools: int) -> Network:
        facts = {
            "kind": kind,
            "name": name,
            "purpose": purpose,
            "work": Work.objects.get(code=NETWORK_WORK),
            "starts_on": self.today - FORMED_BEFORE,
        }
        network = Network(is_sample=True)
        chosen = self.schools[:schools]
        return actions.save_network(network, by=self.by, schools=chosen, fields=facts)

    def _member(
        self,
        network: Network,
        school: School,
        role: MemberRole,
        subject: str,
        topics: str,
        area: str,
    ) -> None:
        areas = LearningArea.objects.filter(name__contains=area) if area else []
        facts = {"role": role, "subject": subject, "school": school, "topics": topics}
        many = {"learning_areas": areas, "works": []}
        member = NetworkMember(network=network, starts_on=network.starts_on)
        actions.save_member(member, by=self.by, fields=facts | many)

    def _community_member(self, network: Network) -> None:
        facts = {"role": MemberRole.COMMUNITY, "organisation": COMMUNITY_PLACE}
        many = {"topics": "ประวัติท้องถิ่น", "learning_areas": [], "works": []}
        member = NetworkMember(network=network, starts_on=network.starts_on)
        actions.save_member(member, by=self.by, fields=facts | many)

    def _source(
        self, network: Network, school: int, kind: SourceKind, name: str, topics: str
    ) -> None:
        facts = {
            "kind": kind,
            "name": name,
            "school": self._school(school),
            "network": network,
            "topics": topics,
            "starts_on": network.starts_on,
            "learning_areas": [],
        }
        actions.save_source(LearningSource(is_sample=True), by=self.by, fields=facts)

    def _forums(self, network: Network) -> None:
        """One that was held, and one to come."""
        held_on = self.today - HELD_BEFORE
        with at_ten(held_on - timedelta(days=14)):
            held = self._forum(network, "เวทีครูแกนนำการอ่าน ครั้งที่ 1 (ตัวอย่าง)", held_on)
        with at_ten(held_on + timedelta(days=1)):
            forum_actions.record_forum(held, by=self.by, shared=SHARED, attendance=ATTENDANCE)
        coming = self.today + HELD_AFTER
        self._forum(network, "เวทีครูแกนนำการอ่าน ครั้งที่ 2 (ตัวอย่าง)", coming)

    def _forum(self, network: Network, title: str, day: date) -> Forum:
        facts = {
            "title": title,
            "programme": "09.00 น. สาธิตการสอน\n10.30 น. แลกเปลี่ยนเป็นกลุ่มสาระ\n13.00 น. วางแผนนำไปใช้",
            "starts_on": day,
            "ends_on": day,
            "place": "ห้องประชุมสำนักงานเขตพื้นที่การศึกษา",
            "network": network,
            "is_sample": True,
        }
        return forum_actions.plan_forum(by=self.by, practices=[], fields=facts)

    def _disseminate(self) -> None:
        """The summary of the fiscal year before, and a method that schools got at a meeting."""
        day = self.today - timedelta(days=20)
        with at_ten(day):
            record_dissemination(
                by=self.by,
                fields={
                    "kind": DisseminatedKind.SUMMARY,
                    "title": "สรุปผลการส่งเสริมเครือข่ายการนิเทศ (ตัวอย่าง)",
                    "audience": Audience.PARENT_AGENCY,
                    "receivers": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
                    "channel": DisseminationChannel.LETTER,
                    "disseminated_on": day,
                    "letter_number": "ตัวอย่าง 1",
                    "letter_on": day,
                    "process": NETWORK_PROCESS,
                    "fiscal_year": fiscal_year(self.today) - 1,
                    "is_sample": True,
                },
            )
            record_dissemination(
                by=self.by,
                fields={
                    "kind": DisseminatedKind.METHOD,
                    "title": "ชุดสื่อการสอนอ่านแบบแจกลูกสะกดคำ (ตัวอย่าง)",
                    "audience": Audience.SCHOOLS,
                    "receivers": "โรงเรียนในเครือข่ายครูแกนนำ",
                    "channel": DisseminationChannel.MEETING,
                    "disseminated_on": day,
                    "is_sample": True,
                },
            )

    def _point_to_help(self) -> None:
        """One open recommendation says who can help with it."""
        advice = Recommendation.objects.agreed().still_open().first()
        if advice is None:
            return
        found = find_help(
            HelpFilter({"kind": "member"}),
            self.by,
            self.today,
            near_schools=[advice.school_id],
        )
        add_advice_help(advice, by=self.by, entry=found[0])
