from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.forms import PortalForm, refusal_shown_in, saved_tag, typed
from schools.models import School
from schools.registry.queries import readable_schools, school_to_keep, the_office
from schools.registry.school import actions
from schools.registry.school.forms import (
    CloseForm,
    MergeForm,
    MoveForm,
    NewSchoolForm,
    ReopenForm,
    SchoolForm,
)
from schools.registry.school.queries import card_of, history_of
from schools.thai import long_date


def school_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the register knows of one school."""
    today, may_keep = timezone.localdate(), can(request.user, Permission.KEEP_REGISTRY)
    schools = readable_schools(request.user).with_cluster(today)
    school = get_object_or_404(schools.select_related("area", "merged_into"), pk=pk)
    context = {
        "school": school,
        "card": card_of(school, today),
        "is_open": school.is_open_on(today),
        "status": school.status_on(today),
        "may_keep": may_keep,
        "may_walk": can(request.user, Permission.VIEW_SCHOOL, school.pk),
        "changes": history_of(school) if may_keep else [],
    }
    return render(request, "schools/registry/card.html", context)


@transaction.atomic
def add_school(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    office = the_office(locked=request.method == "POST")
    form = NewSchoolForm(typed(request), instance=School(area=office))
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("cluster", "since")}
        actions.add_school(form.instance, by=request.user, **place)
        return _done(request, form.instance, f"เพิ่ม{form.instance}ในทะเบียนแล้ว")
    return _form_page(request, form, "", back=reverse("directory"))


@transaction.atomic
def edit_school(request: HttpRequest, pk: int) -> HttpResponse:
    the_office(locked=request.method == "POST")
    school = school_to_keep(request, pk, locked=request.method == "POST")
    name = school.short_name  # as stored: the form writes into its row
    form = SchoolForm(typed(request), instance=school)
    if form.is_valid():
        form.save()
        return _done(request, school, "บันทึกข้อมูลโรงเรียนแล้ว")
    return _form_page(request, form, name, back=reverse("school_card", args=[pk]))


def _form_page(request: HttpRequest, form: SchoolForm, name: str, *, back: str) -> HttpResponse:
    """Places typed before are offered, so that one place keeps one spelling."""
    places = {
        box: School.objects.exclude(**{box: ""}).values_list(box, flat=True).distinct()
        for box in ("sub_district", "district")
    }
    heading = f"แก้ไขข้อมูล {name}" if name else "เพิ่มโรงเรียน"
    context = {"form": form, "name": name, "heading": heading, "cancel_url": back}
    context["places"] = places
    return render(request, "schools/registry/school_form.html", context)


def move_school(request: HttpRequest, pk: int) -> HttpResponse:
    school, form = school_to_keep(request, pk), MoveForm(typed(request))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.move(school, by=request.user, **form.cleaned_data)
            return _done(request, school, f"บันทึกการย้ายไป{form.cleaned_data['cluster']}แล้ว")
    return _ask(
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


def undo_move(request: HttpRequest, pk: int) -> HttpResponse:
    school, form = school_to_keep(request, pk), PortalForm(typed(request))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.undo_move(school, by=request.user)
            return _done(request, school, "ยกเลิกการย้ายกลุ่มครั้งล่าสุดแล้ว")
    newest = school.memberships.select_related("cluster").first()
    return _ask(
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


def close_school(request: HttpRequest, pk: int) -> HttpResponse:
    school, form = school_to_keep(request, pk), CloseForm(typed(request))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.close(school, by=request.user, **form.cleaned_data)
            return _done(request, school, "บันทึกการเลิกโรงเรียนแล้ว")
    return _ask(
        request,
        school,
        form,
        heading=f"เลิกโรงเรียน {school.short_name}",
        effects=_effects_of_closing(school),
        submit_label="บันทึกการเลิกโรงเรียน",
        danger=True,
    )


def merge_school(request: HttpRequest, pk: int) -> HttpResponse:
    school = school_to_keep(request, pk)
    form = MergeForm(typed(request), school=school, today=timezone.localdate())
    if form.is_valid():
        with refusal_shown_in(form):
            actions.close(school, by=request.user, **form.cleaned_data)
            return _done(request, school, f"บันทึกการรวมกับ{form.cleaned_data['into']}แล้ว")
    return _ask(
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
        f"{post.printed_title} ({post.user})"
        for post in actions.posts_after(school, timezone.localdate())
    )
    return [
        "ตั้งแต่วันนั้น โรงเรียนไม่นับเป็นตัวหาร และไม่อยู่ในรายการให้เลือกเมื่อเปิดรอบใหม่",
        "รอบการนิเทศและรายงานที่มีอยู่ยังอ่านได้ตามเดิม",
        f"ตำแหน่งของโรงเรียนสิ้นสุดหนึ่งวันก่อนวันนั้น: {held}" if held else "ไม่มีตำแหน่งใดต้องสิ้นสุด",
        "หากบันทึกผิด ผู้ดูแลทะเบียนยกเลิกได้ภายหลัง",
    ]


def reopen_school(request: HttpRequest, pk: int) -> HttpResponse:
    school, form = school_to_keep(request, pk), ReopenForm(typed(request))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.reopen(school, by=request.user, **form.cleaned_data)
            return _done(request, school, f"{school}กลับมาเปิดสอนในทะเบียนแล้ว")
    return _ask(
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


def _done(request: HttpRequest, school: School, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags=saved_tag(request))
    return redirect("school_card", school.pk)


def _ask(request: HttpRequest, school: School, form: PortalForm, **page) -> HttpResponse:
    context = {"form": form, "cancel_url": reverse("school_card", args=[school.pk]), **page}
    return render(request, "components/confirm.html", context)
