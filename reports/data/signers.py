"""Who signs a filled form: as the record says, or who is to sign and has not yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from schools.enums import Role
from schools.models import Appointment, School, User
from supervision.assessments.models import SelfAssessment
from supervision.visits.models import Visit
from supervision.visits.queries import TEAM_ROLES

VISITING_ROLES = (*TEAM_ROLES, Role.SUBCOMMITTEE_MEMBER)


@dataclass(frozen=True)
class PaperSigner:
    """Who signs the paper in which duty: in the portal at `at`, or by hand if that is None.

    Without a name both name and post are written by hand.
    """

    duty: str
    name: str = ""
    post: str = ""
    verb: str = ""
    at: datetime | None = None


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
        return PaperSigner(duty, str(visit.signed_by), visit.signed_as, "ลงนาม", visit.signed_at)
    return PaperSigner(duty, str(visit.leader), posts.get(visit.leader_id, ""))


def _receiving_signer(visit: Visit) -> PaperSigner:
    duty = "ผู้รับการนิเทศ"
    if visit.acknowledged_at:
        name, post = str(visit.acknowledged_by), visit.acknowledged_as
        return PaperSigner(duty, name, post, "รับทราบ", visit.acknowledged_at)
    return _director_signer(duty, visit.round.school)


def confirming_signer(assessment: SelfAssessment) -> PaperSigner:
    """The school's director, who confirmed it or is to."""
    duty = "ผู้ยืนยันผลการประเมินตนเอง"
    if assessment.confirmed_at:
        name, post = str(assessment.confirmed_by), assessment.confirmed_as
        return PaperSigner(duty, name, post, "ยืนยัน", assessment.confirmed_at)
    return _director_signer(duty, assessment.round.school)


def _director_signer(duty: str, school: School) -> PaperSigner:
    """The school's director of today; a school without one leaves room for who signs."""
    held = Appointment.objects.in_force(timezone.localdate())
    director = held.filter(role=Role.SCHOOL_DIRECTOR, school=school).select_related(
        "user", "school"
    )
    found = director.first()
    return PaperSigner(duty, str(found.user), found.printed_title) if found else PaperSigner(duty)


def _visiting_posts(people: Sequence[User], on: date) -> dict[int, str]:
    """The post by which each of these people goes on a visit that day, by the person's key."""
    held = Appointment.objects.in_force(on).filter(user__in=people, role__in=VISITING_ROLES)
    return {post.user_id: post.printed_title for post in held.reverse()}
