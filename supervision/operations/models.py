from django.db import models
from django.utils import timezone


class Job(models.TextChoices):
    """What the portal has to do again and again; each leaves a trace when it is done."""

    WORKER = "worker", "งานเบื้องหลัง"
    BACKUP = "backup", "สำรองข้อมูล"
    MAIL = "mail", "ส่งอีเมลสรุปงาน"
    PURGE = "purge", "ลบไฟล์และข้อมูลที่หมดอายุ"


class JobRun(models.Model):
    """When a recurring job of the portal last went well; one row for each job."""

    job = models.CharField("งาน", max_length=20, choices=Job, primary_key=True)
    done_at = models.DateTimeField("สำเร็จล่าสุด")

    class Meta:
        verbose_name = "งานประจำของระบบ"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.get_job_display()


def record_run(job: Job) -> None:
    """Note that the job has just gone well."""
    JobRun.objects.bulk_create(
        [JobRun(job=job, done_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["job"],
        update_fields=["done_at"],
    )
