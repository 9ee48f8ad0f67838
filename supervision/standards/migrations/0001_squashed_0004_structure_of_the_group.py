import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("standards", "0001_initial"),
        ("standards", "0002_processes_and_passages"),
        ("standards", "0003_sheets_by_fiscal_year"),
        ("standards", "0004_structure_of_the_group"),
    ]

    initial = True

    dependencies = [
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="WorkGroup",
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
                        ("code", models.CharField(max_length=10, unique=True, verbose_name="เลขที่")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อกลุ่มงาน")),
                    ],
                    options={
                        "verbose_name": "กลุ่มงาน",
                        "verbose_name_plural": "กลุ่มงาน",
                        "ordering": ("code",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentCode",
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
                        ("process", models.CharField(max_length=5, verbose_name="กระบวนงาน")),
                        ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ")),
                        (
                            "code",
                            models.CharField(blank=True, max_length=50, verbose_name="รหัสเอกสาร"),
                        ),
                    ],
                    options={
                        "verbose_name": "รหัสเอกสาร",
                        "verbose_name_plural": "รหัสเอกสาร",
                        "ordering": ("process", "fiscal_year"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("process", "fiscal_year"), name="one_document_code_per_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlowEdge",
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
                        ("process", models.CharField(max_length=5, verbose_name="กระบวนงาน")),
                        ("start", models.PositiveSmallIntegerField(verbose_name="จากขั้นที่")),
                        ("end", models.PositiveSmallIntegerField(verbose_name="ถึงขั้นที่")),
                        (
                            "label",
                            models.CharField(blank=True, max_length=50, verbose_name="เงื่อนไข"),
                        ),
                    ],
                    options={
                        "verbose_name": "เส้นในผังขั้นตอน",
                        "verbose_name_plural": "เส้นในผังขั้นตอน",
                        "ordering": ("process", "start", "end"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("process", "start", "end"),
                                name="one_flow_edge_per_direction",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlowNode",
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
                        ("process", models.CharField(max_length=5, verbose_name="กระบวนงาน")),
                        ("step", models.PositiveSmallIntegerField(verbose_name="ขั้นที่")),
                        (
                            "symbol",
                            models.CharField(
                                choices=[
                                    ("terminator", "จุดเริ่มต้นหรือสิ้นสุดกระบวนการ"),
                                    ("activity", "กิจกรรมงานหรือการปฏิบัติ"),
                                    ("decision", "การตัดสินใจ"),
                                ],
                                max_length=10,
                                verbose_name="สัญลักษณ์",
                            ),
                        ),
                        ("label", models.CharField(max_length=200, verbose_name="ข้อความในผัง")),
                        (
                            "printed",
                            models.CharField(blank=True, max_length=200, verbose_name="ตามที่คู่มือพิมพ์"),
                        ),
                    ],
                    options={
                        "verbose_name": "ช่องในผังขั้นตอน",
                        "verbose_name_plural": "ช่องในผังขั้นตอน",
                        "ordering": ("process", "step"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("process", "step"), name="one_flow_node_per_step"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ManualForm",
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
                            "process",
                            models.CharField(blank=True, max_length=5, verbose_name="กระบวนงาน"),
                        ),
                        ("code", models.CharField(max_length=10, verbose_name="เลขที่แบบ")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อแบบ")),
                        (
                            "step",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ใช้ในขั้นที่"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แบบฟอร์มตามคู่มือ",
                        "verbose_name_plural": "แบบฟอร์มตามคู่มือ",
                        "ordering": ("process", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("process", "code"), name="one_manual_form_per_code"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ManualPassage",
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
                            "process",
                            models.CharField(blank=True, max_length=5, verbose_name="กระบวนงาน"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("foreword", "คำนำ"),
                                    ("duty", "งานตามหน้าที่ ความรับผิดชอบตามมาตรฐานตำแหน่ง"),
                                    (
                                        "mission",
                                        "งานตามขอบข่าย ภารกิจของกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา",
                                    ),
                                    ("knowledge", "ภารกิจ สาระความรู้ และลักษณะงานที่ปฏิบัติ"),
                                    ("structure", "โครงสร้างกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"),
                                    ("quality_drive", "ขั้นตอนการขับเคลื่อนการพัฒนาคุณภาพการศึกษา"),
                                    ("table_work", "งาน / เรื่อง"),
                                    ("table_step", "ขั้นตอนการปฏิบัติงานตามตารางภารกิจ"),
                                    ("table_person", "บุคคล / หน่วยงานที่เกี่ยวข้อง"),
                                    ("objective", "วัตถุประสงค์"),
                                    ("scope", "ขอบเขตของงาน"),
                                    ("definition", "คำจำกัดความ"),
                                    ("procedure", "ขั้นตอนการปฏิบัติงาน"),
                                    ("reference", "เอกสาร/หลักฐานอ้างอิง"),
                                    ("sheet_objective", "วัตถุประสงค์ในแบบสรุปมาตรฐานงาน"),
                                    ("sheet_reference", "เอกสารอ้างอิงในแบบสรุปมาตรฐานงาน"),
                                ],
                                max_length=20,
                                verbose_name="หัวข้อ",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(unique=True)),
                        ("number", models.CharField(blank=True, max_length=5, verbose_name="เลขที่")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=300, verbose_name="เรื่อง"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="ข้อความ")),
                        ("printed", models.TextField(blank=True, verbose_name="ตามที่คู่มือพิมพ์")),
                        (
                            "sheet_steps",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="ตรงกับขั้นในแบบสรุปมาตรฐานงาน"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อความในคู่มือ",
                        "verbose_name_plural": "ข้อความในคู่มือ",
                        "ordering": ("position",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="StepSheet",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="ลำดับที่")),
                        ("detail", models.TextField(verbose_name="รายละเอียดงาน")),
                        (
                            "timing",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="เวลาดำเนินการ"
                            ),
                        ),
                        (
                            "timing_suggested",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ข้อเสนอเวลาดำเนินการ"
                            ),
                        ),
                        (
                            "quality_standard",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="มาตรฐานคุณภาพงาน"
                            ),
                        ),
                        (
                            "responsible",
                            models.CharField(blank=True, max_length=300, verbose_name="ผู้รับผิดชอบ"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "process",
                            models.CharField(default="P3", max_length=5, verbose_name="กระบวนงาน"),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(
                                default=2567, verbose_name="ปีงบประมาณ"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ขั้นตอนในแบบสรุปมาตรฐานงาน",
                        "verbose_name_plural": "ขั้นตอนในแบบสรุปมาตรฐานงาน",
                        "ordering": ("process", "number", "fiscal_year"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1), ("number__lte", 7)),
                                name="seven_step_sheets",
                            ),
                            models.UniqueConstraint(
                                fields=("process", "number", "fiscal_year"),
                                name="one_step_sheet_per_year",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Work",
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
                        ("code", models.CharField(max_length=10, unique=True, verbose_name="เลขที่")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่องาน")),
                        (
                            "work_group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="standards.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "งาน",
                        "verbose_name_plural": "งาน",
                        "ordering": ("code",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PrintedSheetRow",
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
                        ("position", models.PositiveSmallIntegerField(unique=True)),
                        ("number", models.CharField(max_length=5, verbose_name="ลำดับที่")),
                        ("detail", models.TextField(verbose_name="รายละเอียดงาน")),
                        (
                            "timing",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="เวลาดำเนินการ"
                            ),
                        ),
                        (
                            "quality_standard",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="มาตรฐานคุณภาพงาน"
                            ),
                        ),
                        (
                            "responsible",
                            models.CharField(blank=True, max_length=300, verbose_name="ผู้รับผิดชอบ"),
                        ),
                        ("reading", models.TextField(blank=True, verbose_name="ที่พอร์ทัลอ่าน")),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="printed_rows",
                                to="standards.stepsheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แถวในแบบสรุปมาตรฐานงานตามที่คู่มือพิมพ์",
                        "verbose_name_plural": "แถวในแบบสรุปมาตรฐานงานตามที่คู่มือพิมพ์",
                        "ordering": ("position",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="WorkProcess",
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
                            "code",
                            models.CharField(max_length=5, unique=True, verbose_name="กระบวนงาน"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="ชื่องาน")),
                        ("printed_names", models.TextField(blank=True, verbose_name="ชื่ออื่นที่คู่มือพิมพ์")),
                        ("note", models.TextField(blank=True, verbose_name="ข้อสังเกตข้อมูล")),
                        (
                            "work",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="process",
                                to="standards.work",
                                verbose_name="งาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กระบวนงาน",
                        "verbose_name_plural": "กระบวนงาน",
                        "ordering": ("code",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDocumentCode",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("process", models.CharField(max_length=5, verbose_name="กระบวนงาน")),
                        ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ")),
                        (
                            "code",
                            models.CharField(blank=True, max_length=50, verbose_name="รหัสเอกสาร"),
                        ),
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
                    ],
                    options={
                        "verbose_name": "historical รหัสเอกสาร",
                        "verbose_name_plural": "historical รหัสเอกสาร",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStepSheet",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="ลำดับที่")),
                        ("detail", models.TextField(verbose_name="รายละเอียดงาน")),
                        (
                            "timing",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="เวลาดำเนินการ"
                            ),
                        ),
                        (
                            "timing_suggested",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ข้อเสนอเวลาดำเนินการ"
                            ),
                        ),
                        (
                            "quality_standard",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="มาตรฐานคุณภาพงาน"
                            ),
                        ),
                        (
                            "responsible",
                            models.CharField(blank=True, max_length=300, verbose_name="ผู้รับผิดชอบ"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
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
                            "process",
                            models.CharField(default="P3", max_length=5, verbose_name="กระบวนงาน"),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(
                                default=2567, verbose_name="ปีงบประมาณ"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ขั้นตอนในแบบสรุปมาตรฐานงาน",
                        "verbose_name_plural": "historical ขั้นตอนในแบบสรุปมาตรฐานงาน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalWorkProcess",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(db_index=True, max_length=5, verbose_name="กระบวนงาน"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="ชื่องาน")),
                        ("printed_names", models.TextField(blank=True, verbose_name="ชื่ออื่นที่คู่มือพิมพ์")),
                        ("note", models.TextField(blank=True, verbose_name="ข้อสังเกตข้อมูล")),
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
                            "work",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.work",
                                verbose_name="งาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical กระบวนงาน",
                        "verbose_name_plural": "historical กระบวนงาน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
