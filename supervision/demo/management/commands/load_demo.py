"""Load the demonstration: people by appointment, two finished terms and the one in force."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schools.models import User
from supervision.demo.accounts import account_lines
from supervision.demo.loading import MissingReferenceData, load_demo_data
from supervision.rounds.models import Round

OFFICE_DATA = "ฐานข้อมูลนี้มีข้อมูลของสำนักงานแล้ว จึงไม่โหลดข้อมูลสาธิตทับ โปรดใช้ฐานข้อมูลว่าง"


class Command(BaseCommand):
    """Made once; a second run changes nothing. It never joins an office's own data."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        if settings.MODE not in ("demo", "test"):
            raise CommandError("ข้อมูลสาธิตใช้ได้เฉพาะ MODE=demo")
        if not Round.objects.filter(is_sample=True).exists():
            self.load()
        self.stdout.write("\n".join(account_lines()))

    def load(self) -> None:
        if User.objects.exists() or Round.objects.exists():
            raise CommandError(OFFICE_DATA)
        try:
            load_demo_data()
        except MissingReferenceData as missing:
            raise CommandError("ยังไม่มีข้อมูลตามคู่มือ โปรดเรียก load_manual ก่อน") from missing
