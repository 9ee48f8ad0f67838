from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.notices.digests import send_digests
from supervision.operations.models import Job, record_run


class Command(BaseCommand):
    """Mails everybody what waits for them; run once a day, early (cron or a systemd timer)."""

    help = "ส่งอีเมลสรุปงานที่รอประจำวัน ถึงผู้ที่มีอีเมลและไม่ได้ปิดไว้"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_IS_SET_UP:
            raise CommandError("ยังไม่ได้ตั้งค่าอีเมล โปรดกำหนด EMAIL_URL ก่อน")
        sent, refused = send_digests(timezone.localdate())
        if refused:
            raise CommandError(
                f"ส่งแล้ว {sent} ฉบับ ส่งไม่ได้ {refused} ฉบับ โปรดตรวจอีเมลของผู้ใช้ที่ระบุในบันทึกของระบบ "
                "คำสั่งนี้จะลองส่งอีกเมื่อทำงานครั้งต่อไป"
            )
        record_run(Job.MAIL)
        self.stdout.write(f"ส่งแล้ว {sent} ฉบับ")
