"""The unit's overview of all self-assessments, and the reminders that go out from it."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from supervision.assessments import reminder_messages
from supervision.assessments.models import Reminder
from supervision.assessments.overview import SelfAssessmentOverview, self_assessment_overview
from supervision.assessments.progress import SelfAssessmentRow


def self_assessment_reminder(request: SignedInRequest) -> HttpResponse:
    """The text for each cluster of the schools that the filters leave, or for one school."""
    found, rows = _awaited_rows(request)
    fresh = [row for row in rows if not row.reminded_today]
    may_mail, today = settings.MAIL_IS_SET_UP, timezone.localdate()
    addresses = (
        reminder_messages.reminder_addresses([row.school for row in fresh], today)
        if may_mail
        else {}
    )
    context = {
        "overview": found,
        "texts": reminder_messages.reminder_texts(
            fresh, found.term, addresses, one="school" in request.GET
        ),
        "already": [row for row in rows if row.reminded_today],
        "may_mail": may_mail,
        "back": _overview_url(request),
    }
    return render(request, "assessments/reminder.html", context)


def self_assessment_reminder_line(request: SignedInRequest) -> HttpResponse:
    """The person says that the text was sent in LINE."""
    _, rows = _awaited_rows(request)
    if request.method == "POST":
        chosen = _chosen(request, rows)
        done = reminder_messages.record_line_reminders(
            [row.round for row in chosen], by=request.user
        )
        _report_reminders(request, "บันทึกว่าเตือนทาง LINE แล้ว", done)
    return redirect(_overview_url(request))


def self_assessment_reminder_mail(request: SignedInRequest) -> HttpResponse:
    """Sends each chosen school that has an address a letter of its own."""
    found, rows = _awaited_rows(request)
    if request.method == "POST" and settings.MAIL_IS_SET_UP:
        today, chosen = timezone.localdate(), _chosen(request, rows)
        addresses = reminder_messages.reminder_addresses([row.school for row in chosen], today)
        letters = [
            reminder_messages.reminder_email(row, addresses[row.school.pk], found.term, today)
            for row in chosen
            if row.school.pk in addresses
        ]
        reply_to = found.term.academic_year.area.email
        done = reminder_messages.send_email_reminders(letters, by=request.user, reply_to=reply_to)
        _report_reminders(request, "กำลังส่งอีเมลเตือน", done)
    return redirect(_overview_url(request))


def _awaited_rows(
    request: SignedInRequest,
) -> tuple[SelfAssessmentOverview, list[SelfAssessmentRow]]:
    """The overview of the address, and those of its schools that this person may remind."""
    require_anywhere(request.user, Permission.REMIND_SCHOOL)
    found = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        raise Http404
    school = request.GET.get("school")
    return found, [r for r in found.to_remind if school in (None, str(r.school.pk))]


def _chosen(request: SignedInRequest, rows: Sequence[SelfAssessmentRow]) -> list[SelfAssessmentRow]:
    wanted = request.POST.getlist("round")
    return [row for row in rows if str(row.round.pk) in wanted]


def _report_reminders(request: SignedInRequest, what: str, done: Sequence[Reminder]) -> None:
    if done:
        messages.success(request, f"{what} {len(done)} โรงเรียน")
    else:
        messages.info(request, "ไม่มีโรงเรียนที่ต้องเตือนเพิ่ม เพราะวันนี้เตือนแล้ว หรือโรงเรียนยืนยันผลแล้ว")


def _overview_url(request: SignedInRequest) -> str:
    """Back to the overview with the filters it had."""
    filters = request.GET.copy()
    filters.pop("school", None)
    return f"{reverse('self_assessments')}?{filters.urlencode()}"
