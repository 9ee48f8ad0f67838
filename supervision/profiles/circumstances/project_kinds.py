"""The projects that schools may say they take part in: the manual's, and the office's own."""

from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.errors import unique_violation_as_refusal
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.profiles.models import ProjectKind


class ProjectKindForm(ConflictCheckedForm):
    """A project to choose from: its name, where that comes from, whether it is offered."""

    class Meta:
        model = ProjectKind
        fields = ("name", "provenance", "position", "is_active")
        help_texts = {
            "provenance": "นโยบาย หนังสือ หรือคู่มือที่กล่าวถึงโครงการนี้",
            "is_active": "เอาออกเมื่อไม่มีโรงเรียนเข้าร่วมเพิ่มอีก รายการของโรงเรียนที่บันทึกไว้ยังคงอยู่",
        }


@transaction.atomic
def save_project_kind(kind: ProjectKind, *, by: User) -> ProjectKind:
    """Raises ActionRefused where another project has the name."""
    with unique_violation_as_refusal(f"มีโครงการ “{kind}” แล้ว โปรดใช้ชื่ออื่น"):
        save_with_history(kind, by=by)
    return kind


def project_kinds(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    counted = ProjectKind.objects.annotate(schools=Count("school_projects__school", distinct=True))
    kinds = counted.order_by("position", "pk")  # which grouping drops
    return render(request, "profiles/circumstances/project_kinds.html", {"kinds": kinds})


def project_kind_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    return _edit(request, ProjectKind(position=ProjectKind.objects.count() + 1))


@transaction.atomic
def project_kind_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    return _edit(request, get_object_or_404(lock_rows_on_post(request, ProjectKind.objects), pk=pk))


def _edit(request: SignedInRequest, kind: ProjectKind) -> HttpResponse:
    form = ProjectKindForm(post_data(request), instance=kind)
    if form.is_valid():
        with refusal_as_form_error(form):
            save_project_kind(form.instance, by=request.user)
            return redirect_with_message(request, f"บันทึก “{form.instance}” แล้ว", "project_kinds")
    context = {
        "form": form,
        "title": "แก้ไขโครงการ" if kind.pk else "เพิ่มโครงการ",
        "back_url": reverse("project_kinds"),
    }
    return render(request, "profiles/circumstances/form.html", context)
