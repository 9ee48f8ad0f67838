import sys
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from schools.enums import AccessKind, Role
from schools.models import Appointment, User
from schools.people.access_log import log_access_event
from schools.people.accounts import UserNameField


class Command(BaseCommand):
    """The first account of a portal, or one more when no administrator is left to sign in."""

    help = (
        "เปิดบัญชีผู้ดูแลระบบคนแรก หรือคนใหม่เมื่อไม่เหลือผู้ดูแลระบบ "
        "ถามรหัสผ่านสองครั้งทางแป้นพิมพ์ หรืออ่านหนึ่งบรรทัดจาก stdin เมื่อไม่มีแป้นพิมพ์"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="ชื่อผู้ใช้")
        parser.add_argument("full_name", help="ชื่อที่แสดง")

    def handle(self, *args: object, username: str, full_name: str, **options: object) -> None:
        try:
            username = UserNameField().clean(username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(f"มีชื่อผู้ใช้ {username} แล้ว โปรดใช้ชื่ออื่น")
        self._open(User(username=username, full_name=full_name), read_password())
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
        Appointment.objects.create(user=user, role=Role.SYSTEM_ADMINISTRATOR, starts_on=today)
        log_access_event(
            AccessKind.ACCOUNT_OPENED, account=user, note="ผู้ดูแลระบบ ด้วยคำสั่งบนเครื่องแม่ข่าย"
        )


def read_password() -> str:
    """Typed twice alike, or the first line of what a script sends. Raises CommandError."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise CommandError("ไม่มีแป้นพิมพ์ให้ถามรหัสผ่าน โปรดส่งรหัสผ่านหนึ่งบรรทัดทาง stdin")
        return password
    password = getpass("รหัสผ่าน: ")
    if password != getpass("รหัสผ่านอีกครั้ง: "):
        raise CommandError("รหัสผ่านสองครั้งไม่ตรงกัน จึงยังไม่เปิดบัญชี โปรดสั่งใหม่")
    return password
