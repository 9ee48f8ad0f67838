"""Learning sources: listed, entered, put right, ended, and their evidence."""

from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    PortalForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.registry.queries import registry_changes_among
from supervision.programmes.file_form import ProgrammeFileForm
from supervision.programmes.models.networks import LearningSource
from supervision.programmes.networks import actions
from supervision.programmes.networks.enums import SourceKind
from supervision.programmes.networks.files import save_network_file
from supervision.programmes.networks.forms import (
    SHOW_ALL,
    SHOWN_CHOICES,
    EndForm,
    LearningSourceForm,
)

PAGE_SIZE = 50
SOURCE_FACTS = (
    *("kind", "name", "school", "network", "topics", "description"),
    *("starts_on", "ends_on"),
)


class LearningSourceFilter(PortalForm):
    """Filters of the list of learning sources; what cannot be read filters nothing."""

    q = forms.CharField(label="ชื่อ เรื่อง หรือโรงเรียน", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *SourceKind.choices]
    )
    show = forms.ChoiceField(label="แสดง", required=False, choices=SHOWN_CHOICES)

    def apply(self, rows: QuerySet[LearningSource]) -> QuerySet[LearningSource]:
        self.is_valid()  # a filter that is not understood shows its message and asks for nothing
        asked = self.cleaned_data
        if words := asked.get("q"):
            rows = rows.filter(
                Q(name__icontains=words)
                | Q(topics__icontains=words)
                | Q(school__name__icontains=words)
            )
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        return (
            rows
            if asked.get("show") == SHOW_ALL
            else rows.exclude(ends_on__lt=timezone.localdate())
        )


def learning_source_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    form = LearningSourceFilter(request.GET)
    rows = form.apply(LearningSource.objects.select_related("school", "network"))
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "add_url": reverse("learning_source_add") if may_edit else "",
    }
    return render(request, "programmes/networks/sources.html", context)


def learning_source_page(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    return _page(request, _source(pk), ProgrammeFileForm())


def _source(pk: int) -> LearningSource:
    return get_object_or_404(LearningSource.objects.select_related("school", "network"), pk=pk)


def _page(
    request: SignedInRequest, source: LearningSource, form: ProgrammeFileForm
) -> HttpResponse:
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    records = LearningSource.history.filter(id=source.pk).select_related("school", "network")
    context = {
        "source": source,
        "learning_areas": source.learning_areas.all(),
        "files": source.files.visible_to(request.user).select_related("by"),
        "form": form if may_edit and source.ends_on is None else None,
        "may_edit": may_edit,
        "changes": (
            registry_changes_among(records, *SOURCE_FACTS, called=lambda row: "แหล่งเรียนรู้")
            if may_edit
            else []
        ),
    }
    return render(request, "programmes/networks/source.html", context)


def learning_source_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, None)


@transaction.atomic
def learning_source_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = lock_rows_on_post(request, LearningSource.objects)
    source = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, source)


def _edit(request: SignedInRequest, source: LearningSource | None) -> HttpResponse:
    form = LearningSourceForm(post_data(request), instance=source)
    if form.is_valid():
        with refusal_as_form_error(form):
            saved = actions.save_source(form.instance, by=request.user, fields=form.cleaned_data)
            return redirect_with_message(request, f"บันทึก {saved} แล้ว", saved)
    context = {
        "form": form,
        "title": f"แก้ไข {source}" if source else "เพิ่มแหล่งเรียนรู้",
        "lead": "แสดงให้ทุกโรงเรียนค้นหาได้ โปรดได้รับความยินยอมจากโรงเรียนก่อนบันทึก",
        "back_url": source.get_absolute_url() if source else reverse("learning_sources"),
        "back_label": str(source or "แหล่งเรียนรู้"),
    }
    return render(request, "programmes/networks/edit.html", context)


def learning_source_end(request: SignedInRequest, pk: int) -> HttpResponse:
    source = _source(pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return confirm_action(
        request,
        partial(actions.end_dated_row, source, by=request.user),
        form=EndForm(post_data(request), initial={"ends_on": timezone.localdate()}),
        success_message="บันทึกการสิ้นสุดของแหล่งเรียนรู้แล้ว",
        heading=f"สิ้นสุดการเป็นแหล่งเรียนรู้ {source}",
        effects=["ไม่แสดงในหน้าค้นหาผู้ช่วยเหลืออีก ข้อมูลเดิมและเหตุผลเก็บไว้ดูย้อนหลังได้"],
        submit_label="บันทึกการสิ้นสุด",
        cancel_url=source.get_absolute_url(),
        danger=True,
    )


def source_file_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a file; a GET, as after signing in again, leads to the learning source."""
    source = _source(pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    if request.method != "POST":
        return redirect(source)
    form = ProgrammeFileForm(request.POST, request.FILES)
    return save_network_file(request, source, form) or _page(request, source, form)
