from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.notices.actions import send_digests


class Command(BaseCommand):
    """Mails everybody what waits for them; run once a day, early (cron or a systemd timer)."""

    help = "ส่งอีเมลสรุปงานที่รอประจำวัน ถึงผู้ที่มีอีเมลและไม่ได้ปิดไว้"

    def handle(self, *args, **options) -> None:
        sent = send_digests(timezone.localdate())
        self.stdout.write(f"ส่งแล้ว {sent} ฉบับ")
