"""Taking a lost second factor off somebody's account, so that they can set up another."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from schools.access import Permission, can, can_manage_account, require
from schools.core.http import SignedInRequest
from schools.enums import AccessKind
from schools.models import User
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.lookup import confirm_person_action


def has_second_factor(person: User) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def can_remove_second_factor(user: User, person: User) -> bool:
    """An administrator's, and nobody their own: that they do on their own page."""
    return can(user, Permission.ADMINISTER) and can_manage_account(user, person)


@transaction.atomic
def remove_second_factor(person: User, *, by: User) -> None:
    """Let the password alone be enough again; the person reads of it on home and by mail."""
    User.objects.select_for_update().get(pk=person.pk)
    if not can_remove_second_factor(by, person):
        raise PermissionDenied
    if Authenticator.objects.filter(user=person).delete()[0]:
        log_access_event(AccessKind.SECOND_FACTOR_REMOVED, account=person, by=by)
        notify_account_holder_by_mail(person, f"{by} เอาการยืนยันตัวตนขั้นที่สองของบัญชีของคุณออกแล้ว")


def person_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, and then remove."""
    require(request.user, Permission.ADMINISTER)
    person = get_object_or_404(User.objects.prefetch_related("appointments"), pk=pk)
    if not can_remove_second_factor(request.user, person):
        raise PermissionDenied
    return confirm_person_action(
        request,
        partial(remove_second_factor, person, by=request.user),
        person,
        success_message=f"เอาการยืนยันตัวตนขั้นที่สองของ {person} ออกแล้ว",
        heading=f"เอาการยืนยันตัวตนขั้นที่สองของ {person} ออก",
        submit_label="เอาออก",
        effects=[
            "ใช้เมื่อเจ้าของบัญชีทำโทรศัพท์หรือกุญแจหาย และไม่มีรหัสกู้คืน โปรดยืนยันกับเจ้าของบัญชีด้วยตนเองก่อน",
            "เข้าสู่ระบบได้ด้วยรหัสผ่านอย่างเดียว จนกว่าเจ้าของบัญชีจะตั้งใหม่",
            "เจ้าของบัญชีทราบเมื่อเข้าสู่ระบบครั้งต่อไป และมีในบันทึกการเข้าใช้",
        ],
        danger=True,
    )
