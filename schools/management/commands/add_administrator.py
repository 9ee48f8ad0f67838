from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from schools.enums import AccessKind, Role
from schools.models import Post, User
from schools.people.access_log import record
from schools.people.forms import UserNameField


class Command(BaseCommand):
    """The first account of a portal, or one more when no administrator is left to sign in."""

    help = "เปิดบัญชีผู้ดูแลระบบคนแรก หรือคนใหม่เมื่อไม่เหลือผู้ดูแลระบบ ถามรหัสผ่านทางแป้นพิมพ์"

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", help="ชื่อผู้ใช้")
        parser.add_argument("full_name", help="ชื่อที่แสดง")

    def handle(self, *args, username: str, full_name: str, **options) -> None:
        try:
            username = UserNameField().clean(username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(f"มีชื่อผู้ใช้ {username} แล้ว โปรดใช้ชื่ออื่น")
        self._open(User(username=username, full_name=full_name), getpass("รหัสผ่าน: "))
        self.stdout.write(f"เปิดบัญชี {username} แล้ว เข้าสู่ระบบแล้วเปิดบัญชีของผู้อื่นที่เมนูทะเบียน")

    @transaction.atomic
    def _open(self, user: User, password: str) -> None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        today = timezone.localdate()
        Post.objects.create(user=user, role=Role.SYSTEM_ADMINISTRATOR, starts_on=today)
        record(AccessKind.ACCOUNT_OPENED, account=user, note="ผู้ดูแลระบบ ด้วยคำสั่งบนเครื่องแม่ข่าย")
