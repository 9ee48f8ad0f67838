"""The unit's overview of all self-assessments, and the reminders that go out from it."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require_anywhere
from supervision.assessments import reminding
from supervision.assessments.overview import Overview, overview_of
from supervision.assessments.progress import Row
from supervision.assessments.reminders import Reminder


def overview_page(request: HttpRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    found = overview_of(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        return render(request, "assessments/overview_empty.html")
    context = {"overview": found, "form": found.form, "moment": timezone.now()}
    return render(request, "assessments/overview.html", context)


def reminder_page(request: HttpRequest) -> HttpResponse:
    """The text for each cluster of the schools that the filters leave, or for one school."""
    found, rows = _asked(request)
    fresh = [row for row in rows if not row.reminded_today]
    may_mail, today = settings.MAIL_IS_SET_UP, timezone.localdate()
    addresses = reminding.addresses_of([row.school for row in fresh], today) if may_mail else {}
    context = {
        "overview": found,
        "texts": reminding.texts_for(fresh, found.term, addresses, one="school" in request.GET),
        "already": [row for row in rows if row.reminded_today],
        "may_mail": may_mail,
        "back": _overview_url(request),
    }
    return render(request, "assessments/reminder.html", context)


def note_reminded(request: HttpRequest) -> HttpResponse:
    """The person says that the text was sent in LINE."""
    _, rows = _asked(request)
    if request.method == "POST":
        chosen = _chosen(request, rows)
        done = reminding.note_line([row.round for row in chosen], by=request.user)
        _tell(request, "บันทึกว่าเตือนทาง LINE แล้ว", done)
    return redirect(_overview_url(request))


def mail_reminders(request: HttpRequest) -> HttpResponse:
    """Sends each chosen school that has an address a letter of its own."""
    found, rows = _asked(request)
    if request.method == "POST" and settings.MAIL_IS_SET_UP:
        today, chosen = timezone.localdate(), _chosen(request, rows)
        addresses = reminding.addresses_of([row.school for row in chosen], today)
        letters = [
            reminding.letter_to(row, addresses[row.school.pk], found.term, today)
            for row in chosen
            if row.school.pk in addresses
        ]
        reply_to = found.term.academic_year.area.email
        done = reminding.send_letters(letters, by=request.user, reply_to=reply_to)
        _tell(request, "กำลังส่งอีเมลเตือน", done)
    return redirect(_overview_url(request))


def _asked(request: HttpRequest) -> tuple[Overview, list[Row]]:
    """The overview of the address, and those of its schools that this person may remind."""
    require_anywhere(request.user, Permission.REMIND_SCHOOL)
    found = overview_of(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        raise Http404
    school = request.GET.get("school")
    return found, [r for r in found.to_remind if school in (None, str(r.school.pk))]


def _chosen(request: HttpRequest, rows: Sequence[Row]) -> list[Row]:
    wanted = request.POST.getlist("round")
    return [row for row in rows if str(row.round.pk) in wanted]


def _tell(request: HttpRequest, what: str, done: Sequence[Reminder]) -> None:
    if done:
        messages.success(request, f"{what} {len(done)} โรงเรียน")
    else:
        messages.info(request, "ไม่มีโรงเรียนที่ต้องเตือนเพิ่ม เพราะวันนี้เตือนแล้ว หรือโรงเรียนยืนยันผลแล้ว")


def _overview_url(request: HttpRequest) -> str:
    """Back to the overview with the filters it had."""
    filters = request.GET.copy()
    filters.pop("school", None)
    return f"{reverse('self_assessments')}?{filters.urlencode()}"
