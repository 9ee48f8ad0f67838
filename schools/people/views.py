from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from schools.access import Permission, capacity_of, may_keep, require, signs_for_the_office
from schools.forms import PortalForm, refusal_shown_in, saved_tag, typed
from schools.models import Post, User
from schools.people import actions
from schools.people.forms import (
    AccountForm,
    EndForm,
    MoveForm,
    OpenAccountForm,
    PasswordsForm,
    PostForm,
    WordsForm,
)
from schools.people.links import LinkSlip
from schools.people.queries import (
    WITH_PLACES,
    filter_of,
    history_of,
    people_asked_for,
    posts_of,
    rows_of,
)
from schools.people.second_factor import has_second_factor, may_remove_second_factor
from schools.thai import long_date

A_PAGE = 50
# A password takes a fifth of a second to be kept safely: so many are issued in one answer.
AT_ONCE = 20


def _person(request: HttpRequest, pk: int, *, to_change: bool = True) -> User:
    """The person, if this keeper may see them and, where a change is meant, touch the account."""
    require(request.user, Permission.KEEP_REGISTRY)
    person = get_object_or_404(User.objects.prefetch_related(WITH_PLACES), pk=pk)
    if to_change and not may_keep(request.user, person):
        raise PermissionDenied
    return person


def _post(request: HttpRequest, pk: int, **which: Any) -> Post:
    require(request.user, Permission.KEEP_REGISTRY)
    posts = Post.objects.filter(**which).select_related("user", "school", "cluster")
    post = get_object_or_404(posts.prefetch_related("user__posts"), pk=pk)
    if not may_keep(request.user, post.user):
        raise PermissionDenied
    return post


def _back(request: HttpRequest, person_pk: int, told: str) -> HttpResponse:
    messages.success(request, told, extra_tags=saved_tag(request))
    return redirect("person", person_pk)


def _done(form: BaseForm, verb: Callable[[], Any]) -> bool:
    """Whether the form was good and the verb was done; a refusal stands in the form."""
    if not form.is_valid():
        return False
    with refusal_shown_in(form):
        verb()
    return form.is_valid()


def people(request: HttpRequest) -> HttpResponse:
    """The office's people, as the filters ask."""
    require(request.user, Permission.KEEP_REGISTRY)
    today, form = timezone.localdate(), filter_of(request.GET.dict())
    found = people_asked_for(form.cleaned_data, today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page, request.user, today),
        "is_filtered": any(form.cleaned_data.values()),
        "all_ticked": "all" in request.GET,
    }
    return render(request, "schools/people/list.html", context)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk, to_change=False)
    context = {
        "person": found,
        "posts": posts_of(found, timezone.localdate()),
        "may_keep": may_keep(request.user, found),
        "is_me": found.pk == request.user.pk,
        "signs": signs_for_the_office(found),
        "link": found.password_links.first(),
        "may_remove_second_factor": has_second_factor(found)
        and may_remove_second_factor(request.user, found),
        "history": history_of(found),
    }
    return render(request, "schools/people/person.html", context)


def open_account(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    form = OpenAccountForm(typed(request), by=request.user)
    if form.is_bound and form.is_valid():
        opened = form.person()
        beside = form.cleaned_data["beside"]
        if _done(
            form,
            lambda: actions.open_account(opened, form.post_of(), by=request.user, beside=beside),
        ):
            told = f"เปิดบัญชีให้ {opened} แล้ว ขั้นต่อไปคือออกรหัสผ่านหรือลิงก์ตั้งรหัสผ่าน"
            messages.success(request, told, extra_tags=saved_tag(request))
            return redirect(f"{reverse('people_passwords')}?{urlencode({'person': opened.pk})}")
    return render(request, "schools/people/open.html", {"form": form})


def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    known = {"full_name": found.full_name, "email": found.email}
    form = AccountForm(typed(request), initial=known)
    if _done(form, lambda: actions.amend_account(found, by=request.user, **form.cleaned_data)):
        return _back(request, pk, "บันทึกข้อมูลบัญชีแล้ว")
    return _ask(request, form, found, "แก้ไขข้อมูลบัญชี", "บันทึก")


def _ask(
    request: HttpRequest, form: BaseForm, person: User, heading: str, label: str, **more: Any
) -> HttpResponse:
    context = {
        "heading": heading,
        "form": form,
        "submit_label": label,
        "cancel_url": reverse("person", args=[person.pk]),
    }
    return render(request, "schools/people/ask.html", context | {"person": person} | more)


def close_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    form = PortalForm(typed(request))
    if _done(form, lambda: actions.close_account(found, by=request.user)):
        return _back(request, pk, f"ปิดบัญชีของ {found} แล้ว")
    effects = [
        "เข้าสู่ระบบไม่ได้อีก และถูกออกจากระบบทันทีในทุกเครื่อง",
        "ตำแหน่ง งาน และลายมือชื่อที่ผ่านมาคงอยู่ ตำแหน่งที่ยังไม่สิ้นสุดโปรดระบุวันสิ้นสุดแยกต่างหาก",
        "เปิดใช้อีกครั้งได้ภายหลัง",
    ]
    more = {"effects": effects, "danger": True}
    return _ask(request, form, found, f"ปิดบัญชีของ {found}", "ปิดบัญชี", **more)


def reopen_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    form = PortalForm(typed(request))
    if _done(form, lambda: actions.reopen_account(found, by=request.user)):
        told = f"เปิดใช้บัญชีของ {found} อีกครั้งแล้ว ขั้นต่อไปคือออกรหัสผ่านให้ใหม่"
        return _back(request, pk, told)
    effects = [
        "รหัสผ่านเดิมและที่อยู่ปฏิทินเดิมใช้ไม่ได้อีก โปรดออกรหัสผ่านให้ใหม่ในขั้นต่อไป",
        "สิทธิ์เป็นไปตามตำแหน่งที่มีผลในวันที่เข้าใช้",
    ]
    heading = f"เปิดใช้บัญชีของ {found} อีกครั้ง"
    return _ask(request, form, found, heading, "เปิดใช้บัญชี", effects=effects)


def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    form = PostForm(typed(request), by=request.user)
    if _done(
        form,
        lambda: actions.give_post(
            form.post_of(found), by=request.user, beside=form.cleaned_data["beside"]
        ),
    ):
        return _back(request, pk, "เพิ่มตำแหน่งแล้ว สิทธิ์มีผลตั้งแต่วันเริ่มตำแหน่ง")
    return render(request, "schools/people/give.html", {"form": form, "person": found})


def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    known = {name: getattr(post, name) for name in WordsForm.base_fields}
    form = WordsForm(typed(request), initial=known)
    if _done(form, lambda: actions.reword_post(post, by=request.user, **form.cleaned_data)):
        return _back(request, post.user_id, "แก้ไขตำแหน่งแล้ว เอกสารที่ลงนามไปก่อนหน้านี้ไม่เปลี่ยน")
    return _ask(request, form, post.user, f"แก้ไขตำแหน่ง {post.in_full}", "บันทึก")


def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    form = EndForm(typed(request), initial={"last_day": post.ends_on})
    if _done(form, lambda: actions.end_post(post, by=request.user, **form.cleaned_data)):
        return _back(request, post.user_id, f"ตำแหน่งสิ้นสุด {long_date(post.ends_on)}")
    effects = [
        "สิทธิ์ของตำแหน่งนี้มีถึงวันที่ระบุ รวมวันนั้น",
        "สิ่งที่ลงนามหรือบันทึกไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
    ]
    heading = f"สิ้นสุดตำแหน่ง: {post.in_full}"
    return _ask(request, form, post.user, heading, "บันทึกวันสิ้นสุด", effects=effects)


def move_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk, school__isnull=False)
    form = MoveForm(typed(request))
    if _done(form, lambda: actions.move(post, form.post(), by=request.user)):
        return _back(
            request, post.user_id, f"ย้าย {post.user} แล้ว ตำแหน่งเดิมสิ้นสุด {long_date(post.ends_on)}"
        )
    effects = [
        f"ตำแหน่งที่{post.school}สิ้นสุดในวันก่อนวันเริ่มที่โรงเรียนใหม่",
        "ตั้งแต่วันเริ่ม เห็นและทำงานของโรงเรียนใหม่ ไม่เห็นของโรงเรียนเดิม",
        "สิ่งที่ลงนามไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
    ]
    heading = f"ย้าย {post.user} ไปโรงเรียนอื่น"
    return _ask(request, form, post.user, heading, "บันทึกการย้าย", effects=effects)


def withdraw_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    form = PortalForm(typed(request))
    if _done(form, lambda: actions.withdraw_post(post, by=request.user)):
        return _back(request, post.user_id, "ยกเลิกตำแหน่งที่ยังไม่เริ่มแล้ว")
    effects = ["ตำแหน่งนี้จะไม่เริ่ม และไม่อยู่ในรายการตำแหน่งอีก ประวัติยังบอกว่าใครยกเลิกเมื่อใด"]
    more = {"effects": effects, "danger": True}
    heading = f"ยกเลิกตำแหน่งที่ยังไม่เริ่ม: {post.in_full}"
    return _ask(request, form, post.user, heading, "ยกเลิกตำแหน่ง", **more)


def passwords(request: HttpRequest) -> HttpResponse:
    """Asks first; the answer to the POST is the only page that ever shows the passwords.

    Of many people the first get theirs, and the page asks for the others until all have.
    """
    require(request.user, Permission.KEEP_REGISTRY)
    form = PasswordsForm(request.POST if request.method == "POST" else request.GET)
    people = _chosen(request, form)
    if form.is_valid() and form.cleaned_data["seen"] and request.method == "POST":
        now, later, seen = people[:AT_ONCE], people[AT_ONCE:], form.cleaned_data["seen"]
        with refusal_shown_in(form):
            slips = actions.issue_passwords(now, by=request.user, seen=seen)
            return _slips(request, slips, later, form.cleaned_data["issued"] or 0)
    context = {
        "form": form,
        "people": people,
        "signing": list(filter(signs_for_the_office, people)),
        "seen": actions.seen_passwords(people[:AT_ONCE]),
    }
    response = render(request, "schools/people/passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest, form: PasswordsForm) -> list[User]:
    if not form.is_valid():
        return []
    chosen = form.cleaned_data["person"].prefetch_related(WITH_PLACES)
    chosen = list(chosen.order_by("sort_key", "pk"))
    if not all(may_keep(request.user, person) for person in chosen):
        raise PermissionDenied
    return chosen


def _slips(
    request: HttpRequest,
    slips: list[actions.Slip | LinkSlip],
    later: list[User],
    before: int,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "slips": [(slip, posts_of(slip.person, today).present) for slip in slips],
        "issued": before + len(slips),
        "every": before + len(slips) + len(later),
        "later": later,
        "seen": actions.seen_passwords(later[:AT_ONCE]),
        "address": settings.SITE_URL,
        "issued_as": capacity_of(request.user, Permission.KEEP_REGISTRY),
        "moment": timezone.now(),
    }
    response = render(request, "schools/people/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response
