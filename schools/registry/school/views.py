from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.forms import PortalForm, clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import long_date
from schools.models import School
from schools.registry.queries import get_area, get_school_for_edit, registry_readable_schools
from schools.registry.school import actions
from schools.registry.school.forms import (
    NewSchoolForm,
    SchoolCloseForm,
    SchoolClusterForm,
    SchoolForm,
    SchoolMergeForm,
    SchoolReopenForm,
)
from schools.registry.school.queries import load_school_card, school_history


def school_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything the register knows of one school."""
    today, can_edit_registry = timezone.localdate(), can(request.user, Permission.EDIT_REGISTRY)
    schools = registry_readable_schools(request.user).with_cluster(today)
    school = get_object_or_404(schools.select_related("area", "merged_into"), pk=pk)
    context = {
        "school": school,
        "card": load_school_card(school, today),
        "is_open": school.is_open_on(today),
        "status": school.status_on(today),
        "can_edit_registry": can_edit_registry,
        "can_view_rounds": can(request.user, Permission.VIEW_SCHOOL, school.pk),
        "changes": school_history(school) if can_edit_registry else [],
    }
    return render(request, "schools/registry/school_card.html", context)


@transaction.atomic
def school_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    office = get_area(locked=request.method == "POST")
    form = NewSchoolForm(post_data(request), instance=School(area=office))
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("cluster", "since")}
        actions.create_school(form.instance, by=request.user, **place)
        return _redirect_to_school(request, form.instance, f"เพิ่ม{form.instance}ในทะเบียนแล้ว")
    return _form_page(request, form, "", back=reverse("directory"))


@transaction.atomic
def school_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    get_area(locked=request.method == "POST")
    school = get_school_for_edit(request, pk, locked=request.method == "POST")
    name = school.short_name  # as stored: the form writes into its row
    form = SchoolForm(post_data(request), instance=school)
    if form.is_valid():
        actions.update_school(form.instance, by=request.user)
        return _redirect_to_school(request, school, "บันทึกข้อมูลโรงเรียนแล้ว")
    return _form_page(request, form, name, back=reverse("school_card", args=[pk]))


def _form_page(request: SignedInRequest, form: SchoolForm, name: str, *, back: str) -> HttpResponse:
    """Places typed before are offered, so that one place keeps one spelling."""
    places = {
        box: School.objects.exclude(**{box: ""}).values_list(box, flat=True).distinct()
        for box in ("sub_district", "district")
    }
    heading = f"แก้ไขข้อมูล {name}" if name else "เพิ่มโรงเรียน"
    context = {"form": form, "name": name, "heading": heading, "cancel_url": back}
    context["places"] = places
    return render(request, "schools/registry/school_form.html", context)


def school_move(request: SignedInRequest, pk: int) -> HttpResponse:
    school, form = get_school_for_edit(request, pk), SchoolClusterForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.change_school_cluster(school, by=request.user, **form.cleaned_data)
            return _redirect_to_school(
                request, school, f"บันทึกการย้ายไป{form.cleaned_data['cluster']}แล้ว"
            )
    return _confirm_page(
        request,
        school,
        form,
        heading=f"ย้ายกลุ่มโรงเรียน {school.short_name}",
        effects=[
            "การสังกัดกลุ่มเดิมสิ้นสุดหนึ่งวันก่อนวันที่ย้าย และยังอยู่ในประวัติ",
            "ผลของภาคเรียนที่ผ่านมายังนับในกลุ่มเดิม",
        ],
        submit_label="บันทึกการย้าย",
    )


def school_move_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    school, form = get_school_for_edit(request, pk), PortalForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.undo_cluster_change(school, by=request.user)
            return _redirect_to_school(request, school, "ยกเลิกการย้ายกลุ่มครั้งล่าสุดแล้ว")
    newest = school.memberships.select_related("cluster").first()
    return _confirm_page(
        request,
        school,
        form,
        heading=f"ยกเลิกการย้ายกลุ่มครั้งล่าสุด {school.short_name}",
        effects=[
            f"นำการสังกัด{newest.cluster}ตั้งแต่ {long_date(newest.starts_on)} ออกจากทะเบียน"
            if newest
            else "โรงเรียนนี้ยังไม่เคยสังกัดกลุ่มใด",
            "ถ้าการย้ายครั้งนั้นทำให้กลุ่มเดิมสิ้นสุด โรงเรียนกลับไปสังกัดกลุ่มเดิม",
        ],
        submit_label="ยกเลิกการย้าย",
    )


def school_close(request: SignedInRequest, pk: int) -> HttpResponse:
    school, form = get_school_for_edit(request, pk), SchoolCloseForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.close_or_merge_school(school, by=request.user, **form.cleaned_data)
            return _redirect_to_school(request, school, "บันทึกการเลิกโรงเรียนแล้ว")
    return _confirm_page(
        request,
        school,
        form,
        heading=f"เลิกโรงเรียน {school.short_name}",
        effects=_effects_of_closing(school),
        submit_label="บันทึกการเลิกโรงเรียน",
        danger=True,
    )


def school_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request, pk)
    form = SchoolMergeForm(post_data(request), school=school, today=timezone.localdate())
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.close_or_merge_school(school, by=request.user, **form.cleaned_data)
            return _redirect_to_school(
                request, school, f"บันทึกการรวมกับ{form.cleaned_data['into']}แล้ว"
            )
    return _confirm_page(
        request,
        school,
        form,
        heading=f"รวม {school.short_name} กับโรงเรียนอื่น",
        effects=[
            *_effects_of_closing(school),
            "จำนวนนักเรียนของโรงเรียนที่รับรวมไม่เปลี่ยนเอง โปรดกรอกตามที่นับได้จริง",
        ],
        submit_label="บันทึกการรวมโรงเรียน",
        danger=True,
    )


def _effects_of_closing(school: School) -> list[str]:
    held = ", ".join(
        f"{appointment.printed_title} ({appointment.user})"
        for appointment in actions.appointments_ending_after(school, timezone.localdate())
    )
    return [
        "ตั้งแต่วันนั้น โรงเรียนไม่นับเป็นตัวหาร และไม่อยู่ในรายการให้เลือกเมื่อเปิดรอบใหม่",
        "รอบการนิเทศและรายงานที่มีอยู่ยังอ่านได้ตามเดิม",
        f"ตำแหน่งของโรงเรียนสิ้นสุดหนึ่งวันก่อนวันนั้น: {held}" if held else "ไม่มีตำแหน่งใดต้องสิ้นสุด",
        "หากบันทึกผิด ผู้ดูแลทะเบียนยกเลิกได้ภายหลัง",
    ]


def school_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    school, form = get_school_for_edit(request, pk), SchoolReopenForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.undo_school_closure(school, by=request.user, **form.cleaned_data)
            return _redirect_to_school(request, school, f"{school}กลับมาเปิดสอนในทะเบียนแล้ว")
    return _confirm_page(
        request,
        school,
        form,
        heading=f"ยกเลิกการเลิกหรือรวม {school.short_name}",
        effects=[
            "โรงเรียนกลับมาเปิดสอนในทะเบียน เหมือนไม่เคยบันทึกการเลิกหรือรวม",
            "ตำแหน่งที่สิ้นสุดเพราะการเลิกหรือรวมกลับมามีผลตามเดิม",
        ],
        submit_label="ยกเลิกการเลิกหรือรวม",
    )


def _redirect_to_school(request: SignedInRequest, school: School, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags=clear_draft_tag(request))
    return redirect("school_card", school.pk)


def _confirm_page(
    request: SignedInRequest, school: School, form: PortalForm, **page
) -> HttpResponse:
    context = {"form": form, "cancel_url": reverse("school_card", args=[school.pk]), **page}
    return render(request, "components/confirm.html", context)
