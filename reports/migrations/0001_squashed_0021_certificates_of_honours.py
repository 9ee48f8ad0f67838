import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import reports.book.models
import reports.models
import reports.papers.models
import reports.verification
import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_api_token"),
        ("reports", "0003_composition"),
        ("reports", "0004_summary_reports"),
        ("reports", "0005_report_preparer"),
        ("reports", "0006_visit_notice"),
        ("reports", "0007_cover_number"),
        ("reports", "0008_certificate"),
        ("reports", "0009_office_word_template"),
        ("reports", "0010_interim_reports"),
        ("reports", "0011_memo"),
        ("reports", "0012_memo_word_template"),
        ("reports", "0013_book_job"),
        ("reports", "0014_paper_bundle"),
        ("reports", "0015_drafts_of_summaries"),
        ("reports", "0016_handbook"),
        ("reports", "0017_order_word_template"),
        ("reports", "0018_handbook_job"),
        ("reports", "0019_minutes_word_template"),
        ("reports", "0020_drive_reports"),
        ("reports", "0021_certificates_of_honours"),
    ]

    initial = True

    dependencies = [
        ("practices", "0001_initial"),
        ("practices", "0007_result_corrections"),
        ("quality_drive", "0001_initial"),
        ("rounds", "0001_initial"),
        ("rounds", "0002_supervision_methods"),
        ("schools", "0001_initial"),
        ("schools", "0002_external_system"),
        ("schools", "0005_emblem"),
        ("schools", "0007_import_questions"),
        ("schools", "__first__"),
        ("visits", "0001_initial"),
        ("workflow", "0001_initial"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "receiver",
                            models.CharField(max_length=200, verbose_name="หน่วยงานผู้รับข้อมูล"),
                        ),
                        ("purpose", models.CharField(max_length=500, verbose_name="วัตถุประสงค์")),
                        ("scopes", models.JSONField(verbose_name="ข้อมูลที่อ่านได้")),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("prefix", models.CharField(max_length=16, verbose_name="ขึ้นต้นด้วย")),
                        ("expires_on", models.DateField(verbose_name="ใช้ได้ถึงวันที่")),
                        (
                            "rate_limit",
                            models.PositiveSmallIntegerField(
                                default=60, verbose_name="จำนวนครั้งต่อนาที"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="เปิดเมื่อ")),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="เพิกถอนเมื่อ"),
                        ),
                        (
                            "revoke_reason",
                            models.CharField(
                                blank=True, max_length=2000, verbose_name="เหตุผลที่เพิกถอน"
                            ),
                        ),
                        (
                            "last_used_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ใช้ครั้งล่าสุด"),
                        ),
                        ("uses_in_minute", models.PositiveIntegerField(default=0)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="บัญชีของระบบ",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "โทเคนของระบบของหน่วยงานอื่น",
                        "verbose_name_plural": "โทเคนของระบบของหน่วยงานอื่น",
                        "ordering": ("-created_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revoke_reason", ""),
                                        ("revoked_at", None),
                                        ("revoked_by", None),
                                    ),
                                    models.Q(
                                        ("revoked_at__isnull", False),
                                        ("revoked_by__isnull", False),
                                        models.Q(("revoke_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="revoked_token_names_who_and_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate_limit__gte", 1)),
                                name="token_may_be_used",
                                violation_error_message="จำนวนครั้งต่อนาทีต้องไม่น้อยกว่า 1",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Handbook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ พ.ศ."),
                        ),
                        ("foreword", models.TextField(max_length=6000, verbose_name="คำนำ")),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handbooks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คู่มือการปฏิบัติงาน",
                        "verbose_name_plural": "คู่มือการปฏิบัติงาน",
                        "ordering": ("-fiscal_year", "officer"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "fiscal_year"),
                                name="one_handbook_per_officer_and_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fiscal_year__gte", 2400), ("fiscal_year__lte", 2700)
                                ),
                                name="handbook_year_is_buddhist",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HandbookJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "รอเริ่มจัดทำ"),
                                    ("drawing", "กำลังจัดทำ"),
                                    ("done", "จัดทำเสร็จแล้ว"),
                                    ("cancelled", "ยกเลิกแล้ว"),
                                    ("failed", "จัดทำไม่สำเร็จ"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "attempt",
                            models.PositiveIntegerField(default=0, verbose_name="ครั้งที่จัดทำ"),
                        ),
                        ("parts", models.PositiveIntegerField(default=0, verbose_name="จำนวนส่วน")),
                        (
                            "to_draw",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่ต้องจัดทำ"),
                        ),
                        (
                            "drawn",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่จัดทำแล้ว"),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ขอเมื่อ"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="เสร็จเมื่อ"),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ พ.ศ."),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การจัดทำคู่มือการปฏิบัติงาน",
                        "verbose_name_plural": "การจัดทำคู่มือการปฏิบัติงาน",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "fiscal_year"), name="one_job_per_handbook"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("drawn__lte", models.F("to_draw")),
                                    ("to_draw__lte", models.F("parts")),
                                ),
                                name="handbook_job_draws_no_more_than_there_is",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalHandbook",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ พ.ศ."),
                        ),
                        ("foreword", models.TextField(max_length=6000, verbose_name="คำนำ")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical คู่มือการปฏิบัติงาน",
                        "verbose_name_plural": "historical คู่มือการปฏิบัติงาน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="OfficeWordTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("term", "รายงานผลการนิเทศรายภาคเรียน"),
                                    ("summary", "รายงานสรุปผลการนิเทศรายภาคเรียน"),
                                    ("year", "รายงานผลการนิเทศประจำปีการศึกษา"),
                                    ("drive", "รายงานผลการขับเคลื่อนคุณภาพการศึกษา"),
                                    ("memo", "บันทึกข้อความนำส่งรายงาน"),
                                    ("order", "คำสั่งกำหนดหน้าที่"),
                                    ("minutes", "รายงานการประชุม"),
                                ],
                                max_length=10,
                                verbose_name="ชนิดของเอกสาร",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="word-templates/", verbose_name="ไฟล์"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="เมื่อ")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="โดย",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แม่แบบเอกสาร Word",
                        "verbose_name_plural": "แม่แบบเอกสาร Word",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file", ""), ("name", "")),
                                    models.Q(
                                        models.Q(("file", ""), _negated=True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="word_template_file_has_its_name",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaperBundle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "รอเริ่มจัดทำ"),
                                    ("drawing", "กำลังจัดทำ"),
                                    ("done", "จัดทำเสร็จแล้ว"),
                                    ("cancelled", "ยกเลิกแล้ว"),
                                    ("failed", "จัดทำไม่สำเร็จ"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "attempt",
                            models.PositiveIntegerField(default=0, verbose_name="ครั้งที่จัดทำ"),
                        ),
                        ("parts", models.PositiveIntegerField(default=0, verbose_name="จำนวนส่วน")),
                        (
                            "to_draw",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่ต้องจัดทำ"),
                        ),
                        (
                            "drawn",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่จัดทำแล้ว"),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ขอเมื่อ"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="เสร็จเมื่อ"),
                        ),
                        ("schools", models.CharField(max_length=400)),
                        ("subject", models.CharField(max_length=200, verbose_name="ชุดเอกสารของ")),
                        ("rights", models.CharField(blank=True, max_length=200)),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to=reports.papers.models.bundle_file_path
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bundles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ชุดเอกสาร",
                        "verbose_name_plural": "ชุดเอกสาร",
                        "ordering": ("-asked_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("drawn__lte", models.F("to_draw")),
                                    ("to_draw__lte", models.F("parts")),
                                ),
                                name="bundle_draws_no_more_than_there_is",
                            ),
                            models.UniqueConstraint(
                                fields=("owner", "term", "schools"),
                                name="one_bundle_of_the_same_schools",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Composition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outline",
                            models.CharField(
                                choices=[("chapters", "แบ่งเป็นบท"), ("parts", "แบ่งเป็นส่วน")],
                                max_length=10,
                                verbose_name="การแบ่งหัวข้อ",
                            ),
                        ),
                        (
                            "academic_year",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="composition",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compositions",
                                to="schools.cluster",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compositions",
                                to="schools.term",
                            ),
                        ),
                        (
                            "drive",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="composition",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อความในรายงาน",
                        "verbose_name_plural": "ข้อความในรายงาน",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("cluster", None), ("term__isnull", False)),
                                fields=("term",),
                                name="one_composition_per_term",
                            ),
                            models.UniqueConstraint(
                                fields=("term", "cluster"),
                                name="one_composition_per_term_and_cluster",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("academic_year__isnull", False),
                                        ("cluster", None),
                                        ("drive", None),
                                        ("term", None),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("drive", None),
                                        ("term__isnull", False),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("cluster", None),
                                        ("drive__isnull", False),
                                        ("term", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="composition_is_of_a_year_a_term_or_a_drive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("term", "รายงานผลการนิเทศรายภาคเรียน"),
                                    ("summary", "รายงานสรุปผลการนิเทศรายภาคเรียน"),
                                    ("year", "รายงานผลการนิเทศประจำปีการศึกษา"),
                                    ("drive", "รายงานผลการขับเคลื่อนคุณภาพการศึกษา"),
                                ],
                                max_length=10,
                                verbose_name="ประเภท",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ฉบับที่"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "เสนอลงนาม"),
                                    ("returned", "ส่งกลับให้แก้ไข"),
                                    ("discarded", "ยกเลิกฉบับแก้ไข"),
                                    ("issued", "ออกรายงานแล้ว"),
                                    ("published", "เผยแพร่แล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(max_length=50, unique=True, verbose_name="เลขที่"),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=reports.verification.new_verification_code,
                                max_length=12,
                                unique=True,
                            ),
                        ),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        ("issued_as", models.CharField(blank=True, max_length=200)),
                        ("snapshot", models.JSONField(blank=True, null=True)),
                        ("template_version", models.CharField(blank=True, max_length=20)),
                        (
                            "file",
                            models.FileField(blank=True, upload_to=reports.models.report_file_path),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_version",
                                to="reports.issueddocument",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summary_reports",
                                to="schools.cluster",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summary_reports",
                                to="schools.term",
                            ),
                        ),
                        ("prepared_as", models.CharField(blank=True, max_length=200)),
                        ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "cover_number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="ลำดับเอกสารบนปก"
                            ),
                        ),
                        (
                            "is_interim",
                            models.BooleanField(default=False, verbose_name="รายงานระหว่างปี"),
                        ),
                        (
                            "not_interim_reason",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="เหตุผลที่ไม่ใช้ชื่อรายงานระหว่างปี"
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รายงาน",
                        "verbose_name_plural": "รายงาน",
                        "ordering": ("-pk",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "version"), name="one_report_per_version"
                            ),
                            models.UniqueConstraint(
                                fields=("academic_year", "version"),
                                name="one_year_report_per_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("previous", None), ("version", 1)),
                                    models.Q(("previous__isnull", False), ("version__gt", 1)),
                                    _connector="OR",
                                ),
                                name="revised_report_names_the_one_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "discarded"), _negated=True),
                                    ("version__gt", 1),
                                    _connector="OR",
                                ),
                                name="only_a_revised_report_is_discarded",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["issued", "published"]),
                                        ("issued_at__isnull", False),
                                        ("issued_by__isnull", False),
                                        ("snapshot__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["issued", "published"]), _negated=True
                                        ),
                                        ("issued_at__isnull", True),
                                        ("issued_by__isnull", True),
                                        ("snapshot__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="issued_report_is_frozen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file", ""), ("sha256", "")),
                                    models.Q(
                                        models.Q(("file", ""), _negated=True),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="report_file_has_its_digest",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cluster", None)),
                                fields=("term", "version"),
                                name="one_area_summary_per_version",
                            ),
                            models.UniqueConstraint(
                                fields=("term", "cluster", "version"),
                                name="one_cluster_summary_per_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_interim", False),
                                    models.Q(
                                        ("is_interim", True),
                                        ("kind", "year"),
                                        ("not_interim_reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="interim_is_a_year_report_without_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("academic_year", None),
                                        ("cluster", None),
                                        ("drive", None),
                                        ("kind", "term"),
                                        ("round__isnull", False),
                                        ("term", None),
                                    ),
                                    models.Q(
                                        ("academic_year__isnull", False),
                                        ("cluster", None),
                                        ("drive", None),
                                        ("kind", "year"),
                                        ("round", None),
                                        ("term", None),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("drive", None),
                                        ("kind", "summary"),
                                        ("round", None),
                                        ("term__isnull", False),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("cluster", None),
                                        ("drive__isnull", False),
                                        ("kind", "drive"),
                                        ("round", None),
                                        ("term", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="report_is_on_what_its_kind_says",
                            ),
                            models.UniqueConstraint(
                                fields=("drive", "version"), name="one_drive_report_per_version"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompositionPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                choices=[
                                    ("foreword", "คำนำ"),
                                    ("executive", "บทสรุปผู้บริหาร"),
                                    ("introduction", "บทนำและบริบท"),
                                    ("method", "วิธีดำเนินการ"),
                                    ("model", "รูปแบบและเป้าหมายการขับเคลื่อน"),
                                    ("steps", "การดำเนินงานตามขั้นตอน"),
                                    ("dimensions", "ผลการพัฒนารายด้าน"),
                                    ("expected", "ผลที่คาดหวังและผลที่เกิดขึ้น"),
                                    ("support", "การสนับสนุน การให้คำปรึกษา และการติดตาม"),
                                    ("sharing", "การยกย่องเชิดชูเกียรติและการแลกเปลี่ยนเรียนรู้"),
                                    ("results", "ผลการดำเนินงาน"),
                                    ("discussion", "อภิปรายผล"),
                                    ("obstacles", "ปัญหาและอุปสรรค"),
                                    ("proposals", "ข้อเสนอแนะ"),
                                    ("next_year", "แผนการนิเทศปีการศึกษาถัดไป"),
                                    ("next_drive", "การขับเคลื่อนปีการศึกษาถัดไป"),
                                    ("next_steps", "การดำเนินงานต่อไป"),
                                    ("schools", "ผลรายโรงเรียน"),
                                    ("appendix", "ภาคผนวก"),
                                ],
                                max_length=20,
                                verbose_name="ส่วน",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับ")),
                        (
                            "is_included",
                            models.BooleanField(default=True, verbose_name="อยู่ในรายงาน"),
                        ),
                        ("is_draft", models.BooleanField(default=True, verbose_name="ร่างของระบบ")),
                        ("text", models.TextField(blank=True, verbose_name="ข้อความ")),
                        (
                            "edited_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="แก้ไขเมื่อ"),
                        ),
                        (
                            "composition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="reports.composition",
                            ),
                        ),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ส่วนของรายงาน",
                        "verbose_name_plural": "ส่วนของรายงาน",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("composition", "key"), name="one_part_per_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_draft", True), ("text", "")),
                                    models.Q(
                                        ("edited_at__isnull", False),
                                        ("edited_by__isnull", False),
                                        ("is_draft", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="written_part_names_its_author",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "รอเริ่มจัดทำ"),
                                    ("drawing", "กำลังจัดทำ"),
                                    ("done", "จัดทำเสร็จแล้ว"),
                                    ("cancelled", "ยกเลิกแล้ว"),
                                    ("failed", "จัดทำไม่สำเร็จ"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "attempt",
                            models.PositiveIntegerField(default=0, verbose_name="ครั้งที่จัดทำ"),
                        ),
                        ("parts", models.PositiveIntegerField(default=0, verbose_name="จำนวนส่วน")),
                        (
                            "to_draw",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่ต้องจัดทำ"),
                        ),
                        (
                            "drawn",
                            models.PositiveIntegerField(default=0, verbose_name="ส่วนที่จัดทำแล้ว"),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ขอเมื่อ"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="เสร็จเมื่อ"),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to=reports.book.models.draft_file_path
                            ),
                        ),
                        (
                            "academic_year",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_job",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="book_job",
                                to="reports.issueddocument",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.cluster",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.term",
                            ),
                        ),
                        (
                            "drive",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_job",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การจัดทำเล่มรายงาน",
                        "verbose_name_plural": "การจัดทำเล่มรายงาน",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("drawn__lte", models.F("to_draw")),
                                    ("to_draw__lte", models.F("parts")),
                                ),
                                name="book_job_draws_no_more_than_there_is",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cluster", None), ("term__isnull", False)),
                                fields=("term",),
                                name="one_draft_job_per_term",
                            ),
                            models.UniqueConstraint(
                                fields=("term", "cluster"),
                                name="one_draft_job_per_term_and_cluster",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("academic_year", None),
                                        ("cluster", None),
                                        ("document__isnull", False),
                                        ("drive", None),
                                        ("file", ""),
                                        ("term", None),
                                    ),
                                    models.Q(
                                        ("academic_year__isnull", False),
                                        ("cluster", None),
                                        ("document", None),
                                        ("drive", None),
                                        ("term", None),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("document", None),
                                        ("drive", None),
                                        ("term__isnull", False),
                                    ),
                                    models.Q(
                                        ("academic_year", None),
                                        ("cluster", None),
                                        ("document", None),
                                        ("drive__isnull", False),
                                        ("term", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="book_job_is_of_a_document_or_a_draft",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="EarlierFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("replaced_at", models.DateTimeField(verbose_name="จัดทำใหม่เมื่อ")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="earlier_files",
                                to="reports.issueddocument",
                                verbose_name="รายงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ไฟล์เดิมของรายงาน",
                        "verbose_name_plural": "ไฟล์เดิมของรายงาน",
                        "ordering": ("-replaced_at", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Memo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("office_unit", models.CharField(max_length=300, verbose_name="ส่วนราชการ")),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="ที่")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="วันที่")),
                        ("subject", models.CharField(max_length=300, verbose_name="เรื่อง")),
                        ("addressee", models.CharField(max_length=200, verbose_name="เรียน")),
                        (
                            "enclosures",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="สิ่งที่ส่งมาด้วย"
                            ),
                        ),
                        (
                            "background",
                            models.TextField(blank=True, max_length=6000, verbose_name="เรื่องเดิม"),
                        ),
                        ("facts", models.TextField(max_length=6000, verbose_name="ข้อเท็จจริง")),
                        (
                            "legal_basis",
                            models.TextField(blank=True, max_length=6000, verbose_name="ข้อกฎหมาย"),
                        ),
                        ("proposal", models.TextField(max_length=6000, verbose_name="ข้อเสนอ")),
                        ("closing", models.CharField(max_length=300, verbose_name="คำลงท้าย")),
                        (
                            "signer_name",
                            models.CharField(blank=True, max_length=150, verbose_name="ชื่อผู้เสนอ"),
                        ),
                        (
                            "signer_post",
                            models.TextField(
                                blank=True, max_length=400, verbose_name="ตำแหน่งผู้เสนอ"
                            ),
                        ),
                        ("updated_at", models.DateTimeField(verbose_name="แก้ไขเมื่อ")),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memo",
                                to="reports.issueddocument",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "บันทึกข้อความนำส่งรายงาน",
                        "verbose_name_plural": "บันทึกข้อความนำส่งรายงาน",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("issued", "ออกแล้ว"), ("cancelled", "ยกเลิกแล้ว")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="ปี พ.ศ.")),
                        ("number", models.PositiveIntegerField(verbose_name="เลขที่")),
                        ("recipient", models.CharField(max_length=150, verbose_name="ให้ไว้แก่")),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อผลงานหรือรางวัล")),
                        ("level", models.CharField(max_length=60, verbose_name="ระดับ")),
                        ("given_on", models.DateField(verbose_name="ให้ไว้ ณ วันที่")),
                        (
                            "code",
                            models.CharField(
                                default=reports.verification.new_verification_code,
                                max_length=12,
                                unique=True,
                            ),
                        ),
                        ("issued_at", models.DateTimeField(verbose_name="ออกเมื่อ")),
                        (
                            "issued_as",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ลงนามในตำแหน่ง"
                            ),
                        ),
                        ("snapshot", models.JSONField()),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="practices.goodpractice",
                            ),
                        ),
                        (
                            "honour",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="quality_drive.honour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "เกียรติบัตร",
                        "verbose_name_plural": "เกียรติบัตร",
                        "ordering": ("-year", "-number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "number"), name="one_certificate_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "issued")),
                                fields=("practice",),
                                name="one_certificate_in_force_per_practice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="certificates_count_from_1",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "issued")),
                                fields=("honour",),
                                name="one_certificate_in_force_per_honour",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("honour", None), ("practice__isnull", False)),
                                    models.Q(("honour__isnull", False), ("practice", None)),
                                    _connector="OR",
                                ),
                                name="certificate_is_for_a_practice_or_an_honour",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PartVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="ข้อความ")),
                        ("is_draft", models.BooleanField(default=False, verbose_name="ร่างของระบบ")),
                        (
                            "is_set_aside",
                            models.BooleanField(default=False, verbose_name="เก็บแยกไว้"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="เริ่มเมื่อ")),
                        ("saved_at", models.DateTimeField(verbose_name="บันทึกเมื่อ")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="reports.compositionpart",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อความที่เคยเขียน",
                        "verbose_name_plural": "ข้อความที่เคยเขียน",
                        "ordering": ("-saved_at", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "ร่าง"), ("sent", "ส่งให้โรงเรียนแล้ว")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="ที่")),
                        (
                            "dated_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่ของหนังสือ"),
                        ),
                        ("subject", models.CharField(max_length=300, verbose_name="เรื่อง")),
                        ("addressee", models.CharField(max_length=200, verbose_name="เรียน")),
                        (
                            "references",
                            models.TextField(blank=True, max_length=1000, verbose_name="อ้างถึง"),
                        ),
                        (
                            "enclosures",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="สิ่งที่ส่งมาด้วย"
                            ),
                        ),
                        ("body", models.TextField(max_length=6000, verbose_name="ข้อความ")),
                        ("closing", models.TextField(max_length=1000, verbose_name="ข้อความลงท้าย")),
                        (
                            "signer_name",
                            models.CharField(blank=True, max_length=150, verbose_name="ชื่อผู้ลงนาม"),
                        ),
                        (
                            "signer_post",
                            models.TextField(
                                blank=True, max_length=400, verbose_name="ตำแหน่งผู้ลงนาม"
                            ),
                        ),
                        (
                            "contact",
                            models.TextField(
                                blank=True, max_length=400, verbose_name="ส่วนราชการเจ้าของเรื่อง"
                            ),
                        ),
                        ("appointment", models.TextField(verbose_name="นัดหมายเมื่อบันทึกหนังสือ")),
                        (
                            "sent_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="ส่งให้โรงเรียนเมื่อ"
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "หนังสือแจ้งการนิเทศ",
                        "verbose_name_plural": "หนังสือแจ้งการนิเทศ",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["sent"]),
                                        ("sent_at__isnull", False),
                                        ("sent_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["sent"]), _negated=True),
                                        ("sent_at__isnull", True),
                                        ("sent_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sent_notice_names_who_and_when",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
