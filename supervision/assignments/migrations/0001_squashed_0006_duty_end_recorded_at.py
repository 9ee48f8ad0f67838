import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("assignments", "0001_initial"),
        ("assignments", "0002_officers_and_dated_duties"),
        ("assignments", "0003_officers_of_existing_orders"),
        ("assignments", "0004_officers_replace_orders"),
        ("assignments", "0005_listed_assignments"),
        ("assignments", "0006_duty_end_recorded_at"),
    ]

    initial = True

    dependencies = [
        ("schools", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
        ("standards", "0001_initial"),
        ("standards", "0002_processes_and_passages"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="LearningArea",
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
                            "name",
                            models.CharField(
                                max_length=100, unique=True, verbose_name="กลุ่มสาระการเรียนรู้"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="ลำดับที่"),
                        ),
                    ],
                    options={
                        "verbose_name": "กลุ่มสาระการเรียนรู้",
                        "verbose_name_plural": "กลุ่มสาระการเรียนรู้",
                        "ordering": ("position",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="LearningStrand",
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
                        ("name", models.CharField(max_length=150, verbose_name="สาระ")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับที่")),
                        (
                            "learning_area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="strands",
                                to="assignments.learningarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สาระ",
                        "verbose_name_plural": "สาระ",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("learning_area", "name"),
                                name="one_strand_per_name_and_area",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficialOrder",
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
                            "number",
                            models.CharField(blank=True, max_length=30, verbose_name="คำสั่งที่"),
                        ),
                        ("subject", models.CharField(max_length=300, verbose_name="เรื่อง")),
                        (
                            "ordered_on",
                            models.DateField(blank=True, null=True, verbose_name="สั่ง ณ วันที่"),
                        ),
                        (
                            "effective_on",
                            models.DateField(blank=True, null=True, verbose_name="ทั้งนี้ ตั้งแต่วันที่"),
                        ),
                        (
                            "legal_basis",
                            models.TextField(blank=True, verbose_name="อาศัยอำนาจตามความใน"),
                        ),
                        ("data_note", models.TextField(blank=True, verbose_name="ข้อสังเกตข้อมูล")),
                        (
                            "annex_title",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ชื่อบัญชีแนบท้ายคำสั่ง"
                            ),
                        ),
                        ("closing", models.TextField(blank=True, verbose_name="ข้อความสั่งการ")),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="assignments.officialorder",
                            ),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="มีผลถึงวันที่"),
                        ),
                        (
                            "is_from_manual",
                            models.BooleanField(default=False, verbose_name="มาจากคู่มือ"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("reason", models.TextField(blank=True, verbose_name="เหตุผลในการออกคำสั่ง")),
                        (
                            "scan",
                            models.FileField(
                                blank=True,
                                upload_to="orders/%Y/%m/",
                                verbose_name="สำเนาคำสั่งที่ลงนาม",
                            ),
                        ),
                        (
                            "scan_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์สำเนา"),
                        ),
                        (
                            "signatory_name",
                            models.CharField(blank=True, max_length=150, verbose_name="ชื่อผู้ลงนาม"),
                        ),
                        (
                            "signatory_post",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ตำแหน่งผู้ลงนาม"
                            ),
                        ),
                        (
                            "signed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="ลงนามในพอร์ทัลเมื่อ"
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "ร่าง"),
                                    ("issued", "ลงนามแล้ว"),
                                    ("superseded", "มีคำสั่งใหม่แทนแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คำสั่ง",
                        "verbose_name_plural": "คำสั่ง",
                        "ordering": ("-effective_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="one_order_per_number",
                                violation_error_message="มีคำสั่งเลขที่นี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        models.Q(("number", ""), _negated=True),
                                        ("effective_on__isnull", False),
                                        ("ordered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_order_has_number_and_days",
                                violation_error_message="คำสั่งที่ลงนามต้องมีเลขที่ วันที่สั่ง และวันที่มีผล",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at", None), ("signed_by", None)),
                                    models.Q(
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                        models.Q(("state", "draft"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_signed_by_somebody_at_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["superseded"]), ("ends_on__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["superseded"]), _negated=True),
                                        ("ends_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="superseded_order_has_its_last_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("issued", "superseded")),
                                    ("scan", ""),
                                    _connector="OR",
                                ),
                                name="only_a_signed_order_has_a_scan",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderOfficer",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับที่")),
                        (
                            "printed_name",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="ชื่อที่พิมพ์ในคำสั่ง"
                            ),
                        ),
                        (
                            "printed_post",
                            models.CharField(max_length=200, verbose_name="ตำแหน่งที่พิมพ์ในคำสั่ง"),
                        ),
                        (
                            "position_number",
                            models.CharField(blank=True, max_length=20, verbose_name="ตำแหน่งเลขที่"),
                        ),
                        (
                            "academic_standing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("professional", "ชำนาญการ"),
                                    ("senior", "ชำนาญการพิเศษ"),
                                    ("expert", "เชี่ยวชาญ"),
                                    ("distinguished", "เชี่ยวชาญพิเศษ"),
                                ],
                                max_length=20,
                                verbose_name="วิทยฐานะ",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="officers",
                                to="assignments.officialorder",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order_entries",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="บัญชีในพอร์ทัล",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผู้ปฏิบัติตามคำสั่ง",
                        "verbose_name_plural": "ผู้ปฏิบัติตามคำสั่ง",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ListedAssignment",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับ")),
                        ("number", models.CharField(max_length=5, verbose_name="ข้อ")),
                        ("level", models.PositiveSmallIntegerField(verbose_name="ระดับ")),
                        ("text", models.CharField(max_length=300, verbose_name="ภาระงาน")),
                        (
                            "duty_code",
                            models.CharField(
                                blank=True, max_length=15, verbose_name="ข้อในแนบท้ายคำสั่ง"
                            ),
                        ),
                        (
                            "line",
                            models.PositiveSmallIntegerField(null=True, verbose_name="รายการย่อยที่"),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listed_assignments",
                                to="assignments.orderofficer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ภาระงานที่ได้รับมอบหมาย",
                        "verbose_name_plural": "ภาระงานที่ได้รับมอบหมาย",
                        "ordering": ("officer", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("officer", "position"),
                                name="one_listed_assignment_per_position",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="OrderSupersession",
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
                        ("text", models.CharField(max_length=300, verbose_name="คำสั่งที่ยกเลิก")),
                        (
                            "officers",
                            models.ManyToManyField(
                                blank=True,
                                related_name="supersessions",
                                to="assignments.orderofficer",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supersessions",
                                to="assignments.officialorder",
                            ),
                        ),
                        (
                            "superseded",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="assignments.officialorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การยกเลิกคำสั่งเดิม",
                        "verbose_name_plural": "การยกเลิกคำสั่งเดิม",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "superseded"), name="one_supersession_per_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
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
                        ("code", models.CharField(max_length=15, verbose_name="ข้อ")),
                        ("text", models.CharField(max_length=400, verbose_name="หน้าที่")),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="schools.appointment",
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="standards.workgroup",
                                verbose_name="กลุ่มงาน",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schools.cluster",
                                verbose_name="กลุ่มโรงเรียน",
                            ),
                        ),
                        (
                            "committee_name",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ชื่อคณะกรรมการหรือคณะทำงาน"
                            ),
                        ),
                        ("end_reason", models.TextField(blank=True, verbose_name="เหตุที่สิ้นสุด")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ended_duties",
                                to="assignments.officialorder",
                            ),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("work_group_head", "หัวหน้ากลุ่มงาน"),
                                    ("work_group_assistant", "ผู้ช่วยหัวหน้ากลุ่มงาน"),
                                    ("work", "งานของกลุ่มงาน"),
                                    ("cluster", "ศึกษานิเทศก์ประจำกลุ่มโรงเรียน"),
                                    ("learning_area", "กลุ่มสาระการเรียนรู้"),
                                    ("project", "โครงการ"),
                                    ("area_committee", "กรรมการ ก.ต.ป.น."),
                                    ("subcommittee", "อนุกรรมการ อ.ก.ต.ป.น."),
                                    ("cluster_chair", "ประธานกลุ่มโรงเรียน"),
                                    ("committee", "คณะกรรมการหรือคณะทำงานอื่น"),
                                    ("other", "หน้าที่อื่น"),
                                ],
                                max_length=25,
                                verbose_name="ประเภทหน้าที่",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับ")),
                        (
                            "project",
                            models.CharField(blank=True, max_length=300, verbose_name="ชื่อโครงการ"),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="ตั้งแต่วันที่"),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="standards.work",
                                verbose_name="งาน",
                            ),
                        ),
                        (
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="assignments.orderofficer",
                            ),
                        ),
                        (
                            "end_recorded_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="บันทึกการสิ้นสุดเมื่อ"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "หน้าที่ตามคำสั่ง",
                        "verbose_name_plural": "หน้าที่ตามคำสั่ง",
                        "ordering": ("position", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="duty_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.UniqueConstraint(
                                fields=("officer", "code"),
                                name="one_duty_per_code",
                                violation_error_message="มีหน้าที่ข้อนี้แล้ว โปรดใช้เลขข้ออื่น",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end_reason", ""), ("ended_by", None), ("ends_on", None)
                                    ),
                                    models.Q(
                                        ("ends_on__isnull", False),
                                        models.Q(
                                            ("ended_by__isnull", False),
                                            models.Q(("end_reason", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_duty_says_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DutyLine",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับ")),
                        ("text", models.CharField(max_length=300, verbose_name="ข้อความ")),
                        (
                            "duty",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="assignments.duty",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รายการย่อยของหน้าที่",
                        "verbose_name_plural": "รายการย่อยของหน้าที่",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
