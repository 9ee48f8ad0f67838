"""Who signs a paper: as the record says, or who is to sign and has not yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from reports.data.schema import RegisterEntry, Signer
from reports.models import IssuedDocument
from schools.access import Permission, roles_with
from schools.core.thai import local_day
from schools.enums import Role
from schools.models import Appointment, School, User
from schools.models.people import signature_lines
from supervision.assessments.models import SelfAssessment
from supervision.needs.models import NeedsSurvey
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import TEAM_ROLES, decision_moment, scoring_visit

VISITING_ROLES = (*TEAM_ROLES, Role.SUBCOMMITTEE_MEMBER)


@dataclass(frozen=True)
class PaperSigner:
    """Who signs the paper in which duty: in the portal at `at`, or by hand if that is None.

    Without a name both name and post are written by hand. `post` is a printed title with its
    capacity.
    """

    duty: str
    name: str = ""
    post: str = ""
    verb: str = ""
    at: datetime | None = None

    @property
    def post_lines(self) -> list[str]:
        """The lines under the name, without what the name says already, as in the demonstration."""
        if self.post in self.name:
            return []
        return signature_lines(self.post.removeprefix(self.name).strip())


def recorded_signer(
    duty: str, person: User | None, post: str, verb: str, at: datetime
) -> PaperSigner:
    """Who signed a record in the portal, by the name that was registered at that moment."""
    return PaperSigner(duty, registered_name(person, at) if person else "", post, verb, at)


def acting_signer(
    duty: str,
    person: User,
    permission: Permission,
    verb: str,
    at: datetime,
    school: School | None = None,
) -> PaperSigner:
    """Who acted in the portal, where the record keeps no post: by the one that allowed it then."""
    held = Appointment.objects.in_force(local_day(at)).filter(
        Q(school=None) | Q(school=school), user=person, role__in=roles_with(permission)
    )
    post = held.select_related("school").first()
    return recorded_signer(duty, person, post.printed_title if post else "", verb, at)


def registered_name(person: User, at: datetime) -> str:
    """The person's name in the register at that moment, whatever it became since."""
    names = person.history.all()  # newest first
    name = names.filter(history_date__lte=at).first() or names.last()
    return name.full_name if name else person.full_name


# --- Of a visit and a self-assessment ---


def visit_signers(visit: Visit, team: Sequence[User]) -> list[PaperSigner]:
    """The leader, each of the team, and who received the visit for the school."""
    posts = _visiting_posts([visit.leader, *team], visit.visit_on)
    return [
        _leading_signer(visit, posts),
        *(PaperSigner("ผู้ร่วมนิเทศ", str(person), posts.get(person.pk, "")) for person in team),
        _receiving_signer(visit),
    ]


def _leading_signer(visit: Visit, posts: Mapping[int, str]) -> PaperSigner:
    duty = "หัวหน้าคณะนิเทศ"
    if visit.signed_at:
        return recorded_signer(duty, visit.signed_by, visit.signed_as, "ลงนาม", visit.signed_at)
    return PaperSigner(duty, str(visit.leader), posts.get(visit.leader_id, ""))


def _receiving_signer(visit: Visit) -> PaperSigner:
    duty = "ผู้รับการนิเทศ"
    if visit.acknowledged_at:
        name, post = visit.acknowledged_by, visit.acknowledged_as
        return recorded_signer(duty, name, post, "รับทราบ", visit.acknowledged_at)
    return director_signer(duty, visit.round.school)


def confirming_signer(assessment: SelfAssessment) -> PaperSigner:
    """The school's director, who confirmed it or is to."""
    duty = "ผู้ยืนยันผลการประเมินตนเอง"
    if assessment.confirmed_at:
        name, post = assessment.confirmed_by, assessment.confirmed_as
        return recorded_signer(duty, name, post, "ยืนยัน", assessment.confirmed_at)
    return director_signer(duty, assessment.round.school)


def director_signer(duty: str, school: School) -> PaperSigner:
    """The school's director of today; a school without one leaves room for who signs."""
    held = Appointment.objects.in_force(timezone.localdate())
    director = held.filter(role=Role.SCHOOL_DIRECTOR, school=school).select_related(
        "user", "school"
    )
    return _awaited(duty, director.first())


def visiting_signer(duty: str, person: User, on: date) -> PaperSigner:
    """One who goes on visits, with the post held on that day."""
    return PaperSigner(duty, str(person), _visiting_posts([person], on).get(person.pk, ""))


def _visiting_posts(people: Sequence[User], on: date) -> dict[int, str]:
    """The post by which each of these people goes on a visit that day, by the person's key."""
    held = Appointment.objects.in_force(on).filter(user__in=people, role__in=VISITING_ROLES)
    return {post.user_id: post.printed_title for post in held.reverse()}


def survey_signers(survey: NeedsSurvey) -> list[PaperSigner]:
    """Who answered form 7.1 for the school, and its director unless that is the same person."""
    duty, person, at = "ผู้กรอกแบบสำรวจ", survey.submitted_by, survey.submitted_at
    director = director_signer("ผู้บริหารสถานศึกษา", survey.school)
    if person is None or at is None:
        return [PaperSigner(duty), director]
    sender = acting_signer(duty, person, Permission.ANSWER_NEEDS, "ส่ง", at, survey.school)
    return [sender] if sender.name == director.name else [sender, director]


# --- Of what the office issues ---


def office_signer(permission: Permission, duty: str = "") -> PaperSigner:
    """Who may sign this for the office today, the holder of the position before a stand-in."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(
        role__in=roles_with(permission), signing_withheld_at=None, user__is_active=True
    )
    return _awaited(duty, held.order_by("capacity", "starts_on").select_related("user").first())


def _awaited(duty: str, appointment: Appointment | None) -> PaperSigner:
    if appointment is None:
        return PaperSigner(duty)
    return PaperSigner(duty, str(appointment.user), appointment.printed_title)


def report_preparers(document: IssuedDocument) -> list[PaperSigner]:
    """Who made a report and who checked it before it was put before the area director.

    Nobody has checked what is not put forward yet.
    """
    if document.pk is None:
        return _report_authors(document.round)
    by, post, at = document.prepared_by, document.prepared_as, document.prepared_at
    checked = recorded_signer("ผู้ตรวจสอบ", by, post, "เสนอลงนาม", at)
    return [*_report_authors(document.round), checked]


def _report_authors(round_: Round | None) -> list[PaperSigner]:
    """Of a school's report, the leader of the visit that counts, who signed its record."""
    if round_ is None:
        return []
    visits = Visit.objects.in_force().filter(round=round_).select_related("signed_by")
    in_order = list(visits.order_by("number", "version"))
    visit = scoring_visit(in_order, decision_moment(round_))
    if visit is None or visit.signed_at is None:
        return []
    verb = "ลงนามบันทึกการนิเทศ"
    return [recorded_signer("ผู้จัดทำ", visit.signed_by, visit.signed_as, verb, visit.signed_at)]


# --- Kept in a snapshot ---


def frozen_signer(signer: PaperSigner) -> Signer:
    """The signer as a snapshot keeps them."""
    return {
        "duty": signer.duty,
        "name": signer.name,
        "post_lines": signer.post_lines,
        "verb": signer.verb,
        "at": timezone.localtime(signer.at).isoformat() if signer.at else None,
    }


def issuing_signer(document: RegisterEntry) -> PaperSigner:
    """Who signed an issued document; of papers before template 5 only the post is known."""
    if "signer" in document:
        return _signer_of_snapshot(document["signer"])
    at = datetime.fromisoformat(document["issued_at"])
    return PaperSigner("", "", document["issued_as"], "ลงนาม", at)


def preparing_signers(document: RegisterEntry) -> list[PaperSigner]:
    """Who made and who checked an issued document; none in papers before template 5."""
    return [_signer_of_snapshot(signer) for signer in document.get("preparers", [])]


def _signer_of_snapshot(signer: Signer) -> PaperSigner:
    at = datetime.fromisoformat(signer["at"]) if signer["at"] else None
    post = " ".join(signer["post_lines"]) or signer["name"]
    return PaperSigner(signer["duty"], signer["name"], post, signer["verb"], at)
