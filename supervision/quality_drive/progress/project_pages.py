"""The pages of a school's own projects: one project with its reports, its form, its next report."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from schools.access import Permission, can, require
from schools.core.forms import (
    ConflictCheckedForm,
    clear_draft_tag,
    lock_rows_on_post,
    post_data,
    redirect_after_form,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.quality_drive.models import QualityDrive, SchoolProject
from supervision.quality_drive.progress import projects
from supervision.quality_drive.progress.report_forms import ProjectReportForm
from supervision.quality_drive.progress.reporting import NewProgress, report_drive_progress
from supervision.quality_drive.progress.school_page import get_school_of_drive


class SchoolProjectOfDriveForm(ConflictCheckedForm):
    """What a school does of its own, and by which number it will know."""

    class Meta:
        model = SchoolProject
        fields = (
            *("dimension_code", "title", "indicator_text", "unit"),
            *("baseline", "target", "is_lower_better"),
        )
        widgets = {"dimension_code": forms.RadioSelect}
        help_texts = {
            "title": "เช่น มุมอ่านคละชั้น ป.1–ป.3",
            "indicator_text": "นับอะไร เช่น นักเรียนที่อ่านคล่องตามเกณฑ์ของโรงเรียน",
            "unit": "เช่น คน ร้อยละ เล่ม ครั้ง",
            "baseline": "เว้นว่างไว้หากยังไม่ทราบ",
            "is_lower_better": "เช่น จำนวนนักเรียนที่อ่านไม่ออก ค่าที่น้อยลงคือดีขึ้น",
        }


def drive_project_new(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Add a project of the school's own."""
    drive, school = get_school_of_drive(request.user, year, pk)
    require(request.user, Permission.REPORT_PROGRESS, pk)
    form = SchoolProjectOfDriveForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            project = projects.create_school_project(
                drive, school, by=request.user, fields=form.cleaned_data
            )
            message = "เพิ่มโครงการของโรงเรียนแล้ว"
            return redirect_with_message(request, message, "drive_project", project.pk)
    context = {"form": form, "school": school, "heading": "เพิ่มโครงการของโรงเรียน"}
    context["back_url"] = reverse("school_drive", args=[year, pk])
    return render(request, "quality_drive/drive_project_form.html", context)


def _get_project(request: SignedInRequest, pk: int) -> SchoolProject:
    """The project, if the person sees its school and its drive; else 404."""
    rows = SchoolProject.objects.visible_to(request.user).select_related("school_drive__school")
    project = get_object_or_404(rows, pk=pk)
    drives = QualityDrive.objects.visible_to(request.user).select_related("academic_year")
    project.school_drive.drive = get_object_or_404(drives, pk=project.school_drive.drive_id)
    return project


def drive_project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One project and what was reported on it."""
    return _project_page(request, _get_project(request, pk), None)


def _project_page(
    request: SignedInRequest, project: SchoolProject, form: ProjectReportForm | None
) -> HttpResponse:
    school_drive = project.school_drive
    reports = list(project.progress.select_related("by"))
    may_report = school_drive.drive.is_at_work and can(
        request.user, Permission.REPORT_PROGRESS, school_drive.school_id
    )
    context = {
        "line": projects.ProjectLine(project, reports),
        "project": project,
        "school_drive": school_drive,
        "form": form or (ProjectReportForm(project=project) if may_report else None),
        "may_edit": may_report and not reports,
    }
    return render(request, "quality_drive/drive_project.html", context)


@transaction.atomic
def drive_project_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a project that nobody has reported on yet."""
    get_object_or_404(lock_rows_on_post(request, SchoolProject.objects), pk=pk)
    project = _get_project(request, pk)
    school = project.school_drive.school
    require(request.user, Permission.REPORT_PROGRESS, school.pk)
    projects.check_can_update_project(project)
    form = SchoolProjectOfDriveForm(post_data(request), instance=project)
    if form.is_valid():
        with refusal_as_form_error(form):
            projects.update_school_project(project, by=request.user, fields=form.cleaned_data)
            return redirect_with_message(request, "บันทึกโครงการแล้ว", "drive_project", pk)
    context = {"form": form, "school": school, "heading": "แก้ไขโครงการของโรงเรียน"}
    context["back_url"] = reverse("drive_project", args=[pk])
    return render(request, "quality_drive/drive_project_form.html", context)


def drive_project_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save a report on the project; a GET, as after signing in again, leads to the project."""
    project = _get_project(request, pk)
    school_drive = project.school_drive
    require(request.user, Permission.REPORT_PROGRESS, school_drive.school_id)
    if request.method != "POST":
        return redirect("drive_project", pk)
    form = ProjectReportForm(request.POST, request.FILES, project=project)
    if form.is_valid():
        with refusal_as_form_error(form):
            report_drive_progress(
                school_drive.drive,
                school_drive.school,
                by=request.user,
                reports=[NewProgress(project, **form.cleaned_data)],
            )
            kept = clear_draft_tag(request, f"drive-project-{pk}")
            messages.success(request, "บันทึกความก้าวหน้าแล้ว", extra_tags=kept)
            return redirect_after_form(request, "drive_project", pk)
    return _project_page(request, project, form)
