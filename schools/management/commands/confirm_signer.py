from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.models import User
from schools.people.signers import confirm_signing_from_command_line


class Command(BaseCommand):
    """The last resort where nobody in the office is left to confirm who signs for it."""

    help = "ยืนยันผู้ลงนามของบัญชีหนึ่ง เมื่อไม่มีผู้ใดในสำนักงานยืนยันได้ บันทึกไว้ในบันทึกการเข้าใช้"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="ชื่อผู้ใช้ของผู้ลงนาม")

    def handle(self, *args: object, username: str, **options: object) -> None:
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError(f"ไม่มีชื่อผู้ใช้ {username} โปรดตรวจตัวสะกด")
        appointments = confirm_signing_from_command_line(person)
        if not appointments:
            raise CommandError(f"บัญชี {username} ไม่มีตำแหน่งที่รอการยืนยัน")
        for appointment in appointments:
            self.stdout.write(f"ยืนยันแล้ว: {person} {appointment.title_with_place}")
