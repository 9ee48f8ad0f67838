"""How the portal is: asked by the administrator's page, their home page and monitors."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from schools.core.status import StatusKind
from schools.core.thai import short_date
from supervision.operations.models import Job, JobRun

WORKER_SILENT = timedelta(minutes=2)
QUEUE_LATE = timedelta(minutes=15)
BACKUP_LATE = timedelta(hours=36)
MAIL_LATE = timedelta(hours=36)
DISK_LOW, DISK_FULL = 2 * 1024**3, 200 * 1024**2  # bytes free
NEVER_SUCCEEDED = "ยังไม่เคยสำเร็จ"


class HealthStatus(StrEnum):
    """From good to bad, in the words of `/health/`."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


HEALTH_PILLS = {
    HealthStatus.OK: (StatusKind.DONE, "ปกติ"),
    HealthStatus.WARNING: (StatusKind.YOURS, "ควรตรวจสอบ"),
    HealthStatus.FAILED: (StatusKind.LATE, "ขัดข้อง"),
}


@dataclass(frozen=True)
class HealthCheck:
    """One thing that was looked at: how it is, what was found, and what to do about it."""

    key: str
    label: str
    health: HealthStatus
    found: str
    remedy: str = ""

    @property
    def needs_remedy(self) -> bool:
        return bool(self.remedy) and self.health != HealthStatus.OK

    @property
    def word(self) -> str:
        return HEALTH_PILLS[self.health][1]

    @property
    def kind(self) -> StatusKind:
        return HEALTH_PILLS[self.health][0]


def run_health_checks() -> list[HealthCheck]:
    """All checks in two queries; when the database is away only it and the disk are reported."""
    now = timezone.now()
    try:
        runs = dict(JobRun.objects.values_list("job", "done_at"))
        oldest = _oldest_waiting(now)
    except (DatabaseError, InterfaceError):
        return [_database(HealthStatus.FAILED), _disk()]
    return [
        _database(HealthStatus.OK),
        _disk(),
        _worker(runs, now),
        _queue(oldest, now),
        _backup(runs, now),
        _mail(runs, now),
    ]


def worst_status(found: Sequence[HealthCheck]) -> HealthStatus:
    order = list(HealthStatus)
    return max((check.health for check in found), key=order.index)


def _oldest_waiting(now: datetime) -> datetime | None:
    waiting = DBTaskResult.objects.ready().filter(run_after__lte=now)
    return waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()


def _database(health: HealthStatus) -> HealthCheck:
    found = "เชื่อมต่อได้" if health == HealthStatus.OK else "เชื่อมต่อไม่ได้"
    return HealthCheck("database", "ฐานข้อมูล", health, found, "ตรวจว่าเครื่องแม่ข่ายฐานข้อมูลทำงานอยู่")


def _disk() -> HealthCheck:
    usage = shutil.disk_usage(settings.VAR)
    health = HealthStatus.WARNING if usage.free < DISK_LOW else HealthStatus.OK
    health = HealthStatus.FAILED if usage.free < DISK_FULL else health
    found = f"เหลือ {usage.free / 1024**3:,.1f} GB จาก {usage.total / 1024**3:,.0f} GB"
    return HealthCheck("disk", "พื้นที่จัดเก็บ", health, found, "เพิ่มพื้นที่ หรือย้ายไฟล์สำรองเก่าไปเก็บที่อื่น")


def _worker(runs: Mapping[str, datetime], now: datetime) -> HealthCheck:
    health = _late(runs, Job.WORKER, now, WORKER_SILENT, HealthStatus.FAILED)
    found = _when(runs, Job.WORKER, now)
    remedy = "เอกสารและการนำเข้าจะค้างอยู่ โปรดเริ่มบริการงานเบื้องหลัง (run_worker) ใหม่"
    return HealthCheck("worker", "งานเบื้องหลัง", health, found, remedy)


def _queue(oldest: datetime | None, now: datetime) -> HealthCheck:
    is_late = oldest is not None and now - oldest > QUEUE_LATE
    found = f"งานที่รอนานที่สุดรอมาแล้ว {_span(now - oldest)}" if oldest else "ไม่มีงานค้าง"
    remedy = "ตรวจว่างานเบื้องหลังทำงานอยู่ และไม่มีงานใหญ่ค้าง"
    return HealthCheck(
        "queue", "คิวงาน", HealthStatus.WARNING if is_late else HealthStatus.OK, found, remedy
    )


def _backup(runs: Mapping[str, datetime], now: datetime) -> HealthCheck:
    health = _late(runs, Job.BACKUP, now, BACKUP_LATE, HealthStatus.WARNING)
    remedy = "สั่ง manage.py backup แล้วตั้งเวลาสำรองข้อมูลทุกวัน"
    return HealthCheck("backup", "สำรองข้อมูล", health, _when(runs, Job.BACKUP, now), remedy)


def _mail(runs: Mapping[str, datetime], now: datetime) -> HealthCheck:
    if not settings.MAIL_IS_SET_UP:
        return HealthCheck("mail", "อีเมล", HealthStatus.OK, "ไม่ได้ตั้งค่า พอร์ทัลจึงไม่ส่งอีเมล")
    health = _late(runs, Job.MAIL, now, MAIL_LATE, HealthStatus.WARNING)
    remedy = "ตรวจ EMAIL_URL แล้วตั้งเวลาคำสั่ง send_digests ทุกเช้า"
    return HealthCheck("mail", "อีเมลสรุปงาน", health, _when(runs, Job.MAIL, now), remedy)


def _late(
    runs: Mapping[str, datetime], job: Job, now: datetime, most: timedelta, otherwise: HealthStatus
) -> HealthStatus:
    is_late = job not in runs or now - runs[job] > most
    return otherwise if is_late else HealthStatus.OK


def _when(runs: Mapping[str, datetime], job: Job, now: datetime) -> str:
    if job not in runs:
        return NEVER_SUCCEEDED
    done = timezone.localtime(runs[job])
    return f"สำเร็จล่าสุด {short_date(done.date())} {done:%H.%M} น. ({_span(now - done)}ที่แล้ว)"


def _span(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} นาที"
    return f"{minutes // 60} ชั่วโมง" if minutes < 48 * 60 else f"{minutes // 1440} วัน"
