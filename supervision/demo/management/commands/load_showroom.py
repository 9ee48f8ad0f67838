"""Load the showroom: an area of plainly invented schools over some years, for looking at pages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from schools.models import Area, User
from supervision.demo.accounts import account_lines
from supervision.demo.showroom.loading import is_showroom_loaded, load_showroom

DEFAULT_SCHOOLS, DEFAULT_YEARS = 130, 5
OTHER_DATA = "ฐานข้อมูลนี้มีข้อมูลอื่นแล้ว โรงเรียนตัวอย่างต้องอยู่ในฐานข้อมูลของตนเอง โปรดใช้ฐานข้อมูลว่าง"


class Command(BaseCommand):
    """Made once; a second run changes nothing. It never joins other data."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=int, default=DEFAULT_SCHOOLS)
        parser.add_argument("--years", type=int, default=DEFAULT_YEARS)

    def handle(self, *, schools: int, years: int, **options: Any) -> None:
        if settings.MODE not in ("demo", "test"):
            raise CommandError("ข้อมูลสาธิตใช้ได้เฉพาะ MODE=demo")
        if schools < 1 or years < 1:
            raise CommandError("จำนวนโรงเรียนและจำนวนปีต้องตั้งแต่ 1 ขึ้นไป")
        if not is_showroom_loaded():
            if User.objects.exists() or Area.objects.exists():
                raise CommandError(OTHER_DATA)
            self.stdout.write(f"กำลังสร้างโรงเรียนตัวอย่าง {schools} โรงเรียน {years} ปี โปรดรอสักครู่")
            load_showroom(schools, years)
        self.stdout.write("\n".join(account_lines()))
