from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.models import Term, User
from supervision.practices.enums import AwardLevel, Result
from supervision.practices.models import Decision, GoodPractice, PracticeReview
from supervision.practices.queries import deciding
from supervision.rounds.actions import open_next
from supervision.rounds.models import Round
from supervision.workflow.actions import begin, check, move
from supervision.workflow.errors import Refused


@transaction.atomic
def decide(
    round_: Round,
    *,
    by: User,
    result: Result,
    reason: str,
    meeting_no: str,
    meeting_on: date,
    will_change: str = "",
) -> Decision:
    """Decide บรรลุ or ไม่บรรลุ for the round, once; ไม่บรรลุ opens the next round.

    Raises Refused before the school has acknowledged a visit, when the round is decided
    already, and when ไม่บรรลุ does not say what will change.
    """
    round_.lock()
    check_can_decide(round_)
    check_will_change(result, will_change)
    decision = Decision(
        round=round_,
        reason=reason.strip(),
        meeting_no=meeting_no,
        meeting_on=meeting_on,
        decided_by=by,
        decided_as=capacity_of(by, Permission.DECIDE, round_.school_id),
        decided_at=timezone.now(),
    )
    begin(decision, "achieve" if result == Result.ACHIEVED else "not_achieve", by=by)
    if result == Result.NOT_ACHIEVED:
        open_next(round_, will_change=will_change.strip(), by=by)
    return decision


def check_can_decide(round_: Round) -> None:
    """Raises Refused before the school has acknowledged a visit, and once decided."""
    if why_not := deciding(round_).why_not:
        raise Refused(why_not)


def check_will_change(result: str, will_change: str) -> None:
    """Raises Refused where another round begins and nobody says what will be different."""
    if result == Result.NOT_ACHIEVED and not will_change.strip():
        raise Refused("ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ เพื่อให้รอบถัดไปเริ่มได้ถูกจุด")


@transaction.atomic
def nominate(round_: Round, *, by: User, title: str, **words: str) -> GoodPractice:
    """Put a good practice of this round forward; a school or a supervisor may.

    `words` are its parts: background, objectives, process, outcome, success_factors, lessons,
    dissemination.

    Raises Refused when the round has one of this title: a form sent twice makes one.
    """
    round_.lock()
    check_term_goes_on(round_, today=timezone.localdate())
    practice = GoodPractice(round=round_, title=title, nominated_by=by, **words)
    _check_title(practice, title)
    begin(practice, "nominate", by=by)
    return practice


def check_term_goes_on(round_: Round, *, today: date) -> None:
    """Practices are found in the term they are told in. Raises Refused once another has opened."""
    now = Term.objects.in_force(today)
    if now and now.opens_on > round_.term.opens_on:
        raise Refused(f"ภาคเรียนที่ {round_.term} ผ่านไปแล้ว โปรดเสนอในรอบของภาคเรียนที่ {now}")


@transaction.atomic
def edit(practice: GoodPractice, *, by: User, title: str, **words: str) -> None:
    """Put the nomination right while it waits.

    Raises Refused once it was decided on, and when the round has another of this title.
    """
    practice.round.lock()
    _check_title(practice, title)
    move(practice, "edit", by=by, title=title, **words)


def _check_title(practice: GoodPractice, title: str) -> None:
    """Each practice of a round has its own."""
    others = practice.round.practices.exclude(pk=practice.pk)
    if others.filter(title=title).exists():
        raise Refused(f"รอบนี้เสนอผลงาน “{title}” ไว้แล้ว โปรดใช้ชื่ออื่น")


@transaction.atomic
def review(practice: GoodPractice, *, by: User, score: int, comment: str) -> PracticeReview:
    """A reviewer's points (0–100) and comment; until the choice is made they may be changed."""
    practice.refresh_from_db(from_queryset=GoodPractice.objects.select_for_update())
    check(practice, "select")
    facts = {"score": score, "comment": comment.strip(), "at": timezone.now()}
    row, _ = practice.reviews.update_or_create(reviewer=by, defaults=facts)
    return row


def select(practice: GoodPractice, *, by: User, level: AwardLevel = AwardLevel.AREA) -> None:
    """Choose a nominated practice as a model for other schools, at a level."""
    move(practice, "select", by=by, level=level, selected_by=by, selected_at=timezone.now())


def decline(practice: GoodPractice, *, by: User, reason: str) -> None:
    """Say why a nominated practice is not chosen."""
    move(practice, "decline", by=by, reason=reason)
