"""What a drive came to, as a source of the office's plan for the next year (E, 7.4)."""

from django.db.models import Q
from django.utils.text import Truncator

from schools.models import User
from supervision.programmes.plans.enums import PlanSourceKind
from supervision.programmes.plans.sources import SourceCandidate, SourceGroup
from supervision.quality_drive.models import ExpectedResult, QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES

LONGEST_TEXT, LONGEST_DETAIL = 400, 300  # with the year it fits in a plan's source


def drive_results_for_plan(user: User) -> SourceGroup:
    """What the newest drive with a word on it came to: what comes next, then each result.

    One query; a drive without expected results has no word.
    """
    drives = QualityDrive.objects.visible_to(user).filter(state__in=AT_WORK_STATES)
    has_words = ~Q(next_plan="") | Q(
        pk__in=ExpectedResult.objects.exclude(result="").values("drive")
    )
    newest = drives.filter(has_words).values("pk")[:1]
    rows = ExpectedResult.objects.filter(drive=newest).select_related("drive__academic_year")
    found = list(rows.order_by("code"))
    if not found:
        return SourceGroup(PlanSourceKind.DRIVE, "", [])
    drive = found[0].drive
    said = [("สิ่งที่นำไปวางแผนปีต่อไป", drive.next_plan)]
    said += [(str(one), one.result) for one in found]
    candidates = [
        SourceCandidate(
            PlanSourceKind.DRIVE,
            f"{Truncator(text).chars(LONGEST_TEXT)} (การขับเคลื่อน ปีการศึกษา {drive.academic_year})",
            Truncator(words).chars(LONGEST_DETAIL),
        )
        for text, words in said
        if words
    ]
    return SourceGroup(PlanSourceKind.DRIVE, f"ปีการศึกษา {drive.academic_year}", candidates)
