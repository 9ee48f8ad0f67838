"""Recommendations that point to who or what can help, chosen by who edits the recommendation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.errors import ActionRefused
from schools.core.forms import redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.improvement.advice_help import AdviceHelpLine, AdviceHelpPanel
from supervision.improvement.models import Recommendation
from supervision.practices.models import GoodPractice
from supervision.programmes.models.networks import AdviceHelp
from supervision.programmes.networks.directory import HelpEntry, HelpFilter, find_help
from supervision.programmes.networks.published_practices import published_practices

PAGE_SIZE = 30
MAX_HELPS = 10


# --- Actions ---


@transaction.atomic
def add_advice_help(recommendation: Recommendation, *, by: User, entry: HelpEntry) -> AdviceHelp:
    """Let a recommendation point to an entry of the directory.

    Raises ActionRefused for one that it points to already, for too many, and once it is closed.
    """
    recommendation.refresh_from_db(from_queryset=Recommendation.objects.select_for_update())
    if not recommendation.is_open:
        raise ActionRefused("ข้อเสนอแนะนี้ปิดหรือถอนแล้ว จึงเพิ่มแหล่งช่วยเหลือไม่ได้")
    present = AdviceHelp.objects.filter(recommendation=recommendation, removed_at=None)
    if present.filter(**{entry.kind: entry.pk}).exists():
        raise ActionRefused(f"ข้อเสนอแนะนี้มี “{entry.title}” อยู่แล้ว")
    if present.count() >= MAX_HELPS:
        raise ActionRefused(f"ใส่แหล่งช่วยเหลือได้ไม่เกิน {MAX_HELPS} รายการ โปรดนำรายการที่ไม่จำเป็นออก")
    help_ = AdviceHelp(recommendation=recommendation, by=by, at=timezone.now())
    setattr(help_, f"{entry.kind}_id", entry.pk)
    help_.save()
    return help_


@transaction.atomic
def remove_advice_help(help_: AdviceHelp, *, by: User) -> None:
    """Take an entry off a recommendation; that it was there, and who took it off, stays."""
    help_.refresh_from_db(from_queryset=AdviceHelp.objects.select_for_update())
    if help_.removed_at:
        raise ActionRefused("นำรายการนี้ออกแล้ว โปรดเปิดหน้านี้ใหม่")
    help_.removed_at, help_.removed_by = timezone.now(), by
    help_.save(update_fields=["removed_at", "removed_by"])


# --- What the recommendation's page shows ---


def advice_helps_of(recommendation: Recommendation, reader: User) -> AdviceHelpPanel:
    """What it points to; who edits it may choose and remove."""
    school = recommendation.following_school.pk
    may_choose = can(reader, Permission.SUMMARISE, school) and recommendation.is_open
    helps = AdviceHelp.objects.filter(recommendation=recommendation, removed_at=None)
    related = ("member__school", "member__network", "source__school", "practice__round__school")
    lines = [_line(one, may_choose) for one in helps.select_related(*related)]
    url = reverse("advice_help_choose", args=[recommendation.pk]) if may_choose else ""
    return AdviceHelpPanel(lines, url)


def _line(help_: AdviceHelp, may_choose: bool) -> AdviceHelpLine:
    remove_url = reverse("advice_help_remove", args=[help_.pk]) if may_choose else ""
    return AdviceHelpLine(**_words(help_), remove_url=remove_url)


def _words(help_: AdviceHelp) -> dict[str, str]:
    if member := help_.member:
        url = f"{member.network.get_absolute_url()}#member-{member.pk}"
        return {"title": member.title, "place": member.place, "url": url}
    if source := help_.source:
        place = source.school.name
        return {"title": source.name, "place": place, "url": source.get_absolute_url()}
    return _practice_words(help_.practice)


def _practice_words(practice: GoodPractice | None) -> dict[str, str]:
    """A published practice; one that was taken back keeps its title and leads nowhere."""
    if practice is None:
        raise ValueError("advice points to a member, a source or a practice")
    urls = {one.pk: one.url for one in published_practices()}
    place = practice.school.name if practice.school else practice.owner_name
    return {"title": practice.title, "place": place, "url": urls.get(practice.pk, "")}


# --- Choosing ---


def advice_help_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Search the directory from a recommendation, near its school first; a POST takes an entry."""
    recommendation = _recommendation(request, pk)
    form, today = HelpFilter(request.GET), timezone.localdate()
    near = [recommendation.following_school.pk]
    entries = find_help(form, request.user, today, near_schools=near)
    if request.method == "POST":
        return _take(request, recommendation, entries)
    context = {
        "recommendation": recommendation,
        "form": form,
        "page": Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "programmes/networks/advice_help.html", context)


def _recommendation(request: SignedInRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user)
    recommendation = get_object_or_404(rows.select_related("school__merged_into"), pk=pk)
    require(request.user, Permission.SUMMARISE, recommendation.following_school.pk)
    return recommendation


def _take(
    request: SignedInRequest, recommendation: Recommendation, entries: list[HelpEntry]
) -> HttpResponse:
    chosen = {entry.key: entry for entry in entries}.get(request.POST.get("entry", ""))
    if chosen is None:
        raise ActionRefused("ไม่พบรายการที่เลือกในหน้านี้ โปรดค้นหาแล้วเลือกอีกครั้ง")
    add_advice_help(recommendation, by=request.user, entry=chosen)
    return redirect_with_message(request, f"เพิ่ม “{chosen.title}” แล้ว", recommendation)


@require_POST
def advice_help_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    helps = AdviceHelp.objects.select_related("recommendation__school__merged_into")
    seen = Recommendation.objects.visible_to(request.user)
    help_ = get_object_or_404(helps, pk=pk, recommendation__in=seen)
    require(request.user, Permission.SUMMARISE, help_.recommendation.following_school.pk)
    remove_advice_help(help_, by=request.user)
    messages.success(request, "นำแหล่งช่วยเหลือออกแล้ว")
    return redirect(help_.recommendation)
