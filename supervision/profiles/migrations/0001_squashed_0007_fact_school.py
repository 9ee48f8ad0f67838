from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("profiles", "0001_initial"),
        ("profiles", "0002_learning_results"),
        ("profiles", "0003_circumstances"),
        ("profiles", "0004_annual_reports"),
        ("profiles", "0005_policy_focus"),
        ("profiles", "0006_annual_report_first_sent"),
        ("profiles", "0007_fact_school"),
    ]

    initial = True

    dependencies = [
        ("assignments", "0006_duty_end_recorded_at"),
        ("criteria", "0003_drop_typed_meeting"),
        ("schools", "0005_emblem"),
        ("schools", "0006_import_kind"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="EducationStandard",
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
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "ปฐมวัย"), (2, "ขั้นพื้นฐาน")], verbose_name="ระดับการศึกษา"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="มาตรฐานที่")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อมาตรฐาน")),
                        (
                            "first_year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2400),
                                    django.core.validators.MaxValueValidator(2700),
                                ],
                                verbose_name="ใช้ตั้งแต่ปีการศึกษา (พ.ศ.)",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่มา"),
                        ),
                    ],
                    options={
                        "verbose_name": "มาตรฐานการศึกษาสำหรับ SAR",
                        "verbose_name_plural": "มาตรฐานการศึกษาสำหรับ SAR",
                        "ordering": ("-level", "first_year", "number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("level", "first_year", "number"),
                                name="one_education_standard_per_number",
                                violation_error_message="มีมาตรฐานที่นี้ของระดับและปีนี้แล้ว",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectKind",
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
                                error_messages={"unique": "มีโครงการชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=150,
                                unique=True,
                                verbose_name="ชื่อโครงการ",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="มีให้เลือก")),
                    ],
                    options={
                        "verbose_name": "โครงการที่โรงเรียนเข้าร่วมได้",
                        "verbose_name_plural": "โครงการที่โรงเรียนเข้าร่วมได้",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TestKind",
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
                                error_messages={"unique": "มีการทดสอบชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=60,
                                unique=True,
                                verbose_name="ชื่อย่อ",
                            ),
                        ),
                        (
                            "long_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อเต็ม"),
                        ),
                        (
                            "held_by",
                            models.CharField(blank=True, max_length=150, verbose_name="หน่วยงานที่จัด"),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ที่มาของข้อมูลนี้"
                            ),
                        ),
                        (
                            "is_voluntary",
                            models.BooleanField(default=False, verbose_name="เข้าสอบโดยสมัครใจ"),
                        ),
                        (
                            "score_kind",
                            models.CharField(
                                choices=[
                                    ("percent", "ร้อยละ"),
                                    ("score", "คะแนนดิบจากคะแนนเต็มของวิชา"),
                                ],
                                default="percent",
                                max_length=10,
                                verbose_name="ค่าเฉลี่ยเป็น",
                            ),
                        ),
                        (
                            "entered_by",
                            models.CharField(
                                choices=[("office", "สำนักงานเขตพื้นที่การศึกษา"), ("school", "โรงเรียน")],
                                default="office",
                                max_length=10,
                                verbose_name="ผู้บันทึกผล",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="ใช้อยู่")),
                        (
                            "is_from_memory",
                            models.BooleanField(
                                default=False, verbose_name="ยังไม่ได้เทียบกับเอกสารต้นฉบับ"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การทดสอบและการประเมินผู้เรียน",
                        "verbose_name_plural": "การทดสอบและการประเมินผู้เรียน",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TestLevel",
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
                        ("name", models.CharField(max_length=60, verbose_name="ชื่อระดับ")),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="profiles.testkind",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ระดับคุณภาพของการทดสอบ",
                        "verbose_name_plural": "ระดับคุณภาพของการทดสอบ",
                        "ordering": ("position",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "position"), name="one_test_level_per_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TestSubject",
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
                            "grade",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                verbose_name="ชั้น",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="วิชาหรือด้าน")),
                        (
                            "is_total",
                            models.BooleanField(default=False, verbose_name="เป็นผลรวมทุกวิชา"),
                        ),
                        (
                            "full_score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="คะแนนเต็ม",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subjects",
                                to="profiles.testkind",
                            ),
                        ),
                        (
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="test_subjects",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "วิชาของการทดสอบ",
                        "verbose_name_plural": "วิชาของการทดสอบ",
                        "ordering": ("kind__position", "kind", "grade", "position", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "grade", "name"),
                                name="one_test_subject_per_grade_and_name",
                                violation_error_message="ชั้นนี้มีวิชาชื่อนี้แล้ว",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_total", True)),
                                fields=("kind", "grade"),
                                name="one_total_per_kind_and_grade",
                                violation_error_message="ชั้นนี้มีวิชาที่เป็นผลรวมแล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("full_score", None), ("full_score__gt", 0), _connector="OR"
                                ),
                                name="full_score_is_above_nothing",
                                violation_error_message="คะแนนเต็มต้องมากกว่า 0",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPolicyFocus",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ (พ.ศ.)"),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("obec", "จุดเน้น สพฐ."),
                                    ("ministry", "นโยบายกระทรวงศึกษาธิการ"),
                                    ("area", "นโยบายและจุดเน้นของเขตพื้นที่"),
                                ],
                                max_length=20,
                                verbose_name="เป็นของ",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ลำดับที่"),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="จุดเน้นหรือนโยบาย")),
                        ("source", models.CharField(max_length=200, verbose_name="ที่มา")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
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
                        "verbose_name": "historical จุดเน้นและนโยบายของปี",
                        "verbose_name_plural": "historical จุดเน้นและนโยบายของปี",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProjectKind",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "มีโครงการชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=150,
                                verbose_name="ชื่อโครงการ",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="มีให้เลือก")),
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
                        "verbose_name": "historical โครงการที่โรงเรียนเข้าร่วมได้",
                        "verbose_name_plural": "historical โครงการที่โรงเรียนเข้าร่วมได้",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTestKind",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "มีการทดสอบชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=60,
                                verbose_name="ชื่อย่อ",
                            ),
                        ),
                        (
                            "long_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อเต็ม"),
                        ),
                        (
                            "held_by",
                            models.CharField(blank=True, max_length=150, verbose_name="หน่วยงานที่จัด"),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ที่มาของข้อมูลนี้"
                            ),
                        ),
                        (
                            "is_voluntary",
                            models.BooleanField(default=False, verbose_name="เข้าสอบโดยสมัครใจ"),
                        ),
                        (
                            "score_kind",
                            models.CharField(
                                choices=[
                                    ("percent", "ร้อยละ"),
                                    ("score", "คะแนนดิบจากคะแนนเต็มของวิชา"),
                                ],
                                default="percent",
                                max_length=10,
                                verbose_name="ค่าเฉลี่ยเป็น",
                            ),
                        ),
                        (
                            "entered_by",
                            models.CharField(
                                choices=[("office", "สำนักงานเขตพื้นที่การศึกษา"), ("school", "โรงเรียน")],
                                default="office",
                                max_length=10,
                                verbose_name="ผู้บันทึกผล",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="ใช้อยู่")),
                        (
                            "is_from_memory",
                            models.BooleanField(
                                default=False, verbose_name="ยังไม่ได้เทียบกับเอกสารต้นฉบับ"
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
                    ],
                    options={
                        "verbose_name": "historical การทดสอบและการประเมินผู้เรียน",
                        "verbose_name_plural": "historical การทดสอบและการประเมินผู้เรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AnnualReportDeadline",
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
                        ("due_on", models.DateField(verbose_name="ส่งภายในวันที่")),
                        ("set_at", models.DateTimeField()),
                        (
                            "academic_year",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annual_report_deadline",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กำหนดส่ง SAR",
                        "verbose_name_plural": "กำหนดส่ง SAR",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceResult",
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
                            "mean",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="ค่าเฉลี่ย",
                            ),
                        ),
                        (
                            "sd",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="ส่วนเบี่ยงเบนมาตรฐาน",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="แหล่งข้อมูล"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("updated_at", models.DateTimeField(verbose_name="บันทึกเมื่อ")),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("area", "เขตพื้นที่"),
                                    ("province", "จังหวัด"),
                                    ("agency", "สังกัด สพฐ."),
                                    ("nation", "ประเทศ"),
                                ],
                                max_length=10,
                                verbose_name="ระดับ",
                            ),
                        ),
                        (
                            "tested",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="เข้าสอบ (คน)"
                            ),
                        ),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.academicyear",
                                verbose_name="ปีการศึกษา",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="profiles.testsubject",
                                verbose_name="วิชา",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ค่าเปรียบเทียบของผลการเรียนรู้",
                        "verbose_name_plural": "ค่าเปรียบเทียบของผลการเรียนรู้",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("academic_year", "subject", "scope"),
                                name="one_reference_value_per_scope",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mean", None), ("mean__gte", 0), _connector="OR"),
                                    models.Q(("sd", None), ("sd__gte", 0), _connector="OR"),
                                ),
                                name="reference_value_is_not_below_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualReport",
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
                                    ("draft", "กำลังจัดทำ"),
                                    ("sent", "ส่งแล้ว"),
                                    ("returned", "ส่งกลับให้แก้ไข"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("strengths", models.TextField(blank=True, verbose_name="จุดเด่น")),
                        (
                            "improvement_points",
                            models.TextField(blank=True, verbose_name="จุดควรพัฒนา"),
                        ),
                        (
                            "plan",
                            models.TextField(blank=True, verbose_name="แผนพัฒนาคุณภาพเพื่อยกระดับ"),
                        ),
                        ("file", models.FileField(blank=True, upload_to="annual-reports/%Y/%m/")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        (
                            "is_from_paper",
                            models.BooleanField(default=False, verbose_name="บันทึกจากเอกสาร"),
                        ),
                        (
                            "sent_on",
                            models.DateField(blank=True, null=True, verbose_name="ส่งเมื่อวันที่"),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_as", models.CharField(blank=True, max_length=200)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_reports",
                                to="schools.academicyear",
                                verbose_name="ปีการศึกษา",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_reports",
                                to="schools.school",
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
                            "first_sent_on",
                            models.DateField(blank=True, null=True, verbose_name="ส่งครั้งแรกเมื่อวันที่"),
                        ),
                    ],
                    options={
                        "verbose_name": "รายงานผลการประเมินตนเอง (SAR)",
                        "verbose_name_plural": "รายงานผลการประเมินตนเอง (SAR)",
                        "ordering": ("-academic_year__year", "school__sort_key"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "academic_year"),
                                name="one_annual_report_per_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["sent"]),
                                        ("sent_at__isnull", False),
                                        ("sent_by__isnull", False),
                                        ("sent_on__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["sent"]), _negated=True),
                                        ("sent_at__isnull", True),
                                        ("sent_by__isnull", True),
                                        ("sent_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sent_annual_report_names_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Circumstance",
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
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mixed_classes", "จัดการเรียนการสอนแบบคละชั้น"),
                                    ("dltv", "ใช้การศึกษาทางไกลผ่านดาวเทียม (DLTV)"),
                                    ("dlit", "ใช้การศึกษาทางไกลผ่านเทคโนโลยีสารสนเทศ (DLIT)"),
                                    ("stand_alone", "โรงเรียนที่ตั้งโดดเดี่ยว (Stand Alone)"),
                                    ("branch", "โรงเรียนสาขา"),
                                    ("special_area", "อยู่ในพื้นที่พิเศษหรือห่างไกล"),
                                    ("inclusion", "จัดการเรียนรวม"),
                                ],
                                max_length=20,
                                verbose_name="สภาพของโรงเรียน",
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=300, verbose_name="รายละเอียด"),
                        ),
                        (
                            "pupils",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="นักเรียนที่เรียนรวม (คน)",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
                            ),
                        ),
                        (
                            "main_school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="branches",
                                to="schools.school",
                                verbose_name="เป็นสาขาของ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สภาพของโรงเรียน",
                        "verbose_name_plural": "สภาพของโรงเรียน",
                        "ordering": ("kind", "-starts_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="circumstance_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("school", "kind"),
                                name="one_open_circumstance_per_kind",
                                violation_error_message="โรงเรียนมีรายการนี้อยู่แล้ว โปรดแก้ไขรายการเดิม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["mixed_classes", "special_area"]),
                                        _negated=True,
                                    ),
                                    models.Q(("detail", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="circumstance_gives_its_detail",
                                violation_error_message="โปรดระบุรายละเอียด",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("detail", ""), ("kind", "inclusion"), ("pupils__gte", 1)
                                    ),
                                    models.Q(
                                        models.Q(("kind", "inclusion"), _negated=True),
                                        ("pupils", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_inclusion_counts_pupils",
                                violation_error_message="การเรียนรวมระบุเฉพาะจำนวนนักเรียน ไม่ใส่รายละเอียดอื่น",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("main_school", None),
                                    models.Q(
                                        ("kind", "branch"),
                                        models.Q(
                                            ("main_school", models.F("school")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_a_branch_has_a_main_school",
                                violation_error_message="เฉพาะโรงเรียนสาขาที่ระบุโรงเรียนหลัก และต้องเป็นโรงเรียนอื่น",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DataAnswer",
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
                        ("question", models.CharField(max_length=300, verbose_name="คำถาม")),
                        ("text", models.CharField(max_length=300, verbose_name="คำตอบ")),
                        ("answered_at", models.DateTimeField()),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="data_answers",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คำตอบเรื่องข้อมูลของโรงเรียน",
                        "verbose_name_plural": "คำตอบเรื่องข้อมูลของโรงเรียน",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "question"), name="one_answer_per_question"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataIssue",
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
                            "data_kind",
                            models.CharField(
                                choices=[
                                    ("contacts", "ข้อมูลพื้นฐานและการติดต่อ"),
                                    ("pupils", "จำนวนนักเรียนและห้องเรียน"),
                                    ("staff", "ครูและบุคลากร"),
                                    ("learning", "ผลการทดสอบระดับชาติ"),
                                    ("school_results", "ผลการเรียนที่โรงเรียนบันทึก"),
                                    ("annual_report", "รายงานผลการประเมินตนเอง (SAR)"),
                                    ("external", "ผลการประเมินภายนอก"),
                                    ("circumstances", "บริบทและโครงการของโรงเรียน"),
                                ],
                                max_length=20,
                                verbose_name="ข้อมูล",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="สิ่งที่ไม่ถูกต้อง")),
                        ("should_be", models.CharField(max_length=500, verbose_name="ที่ถูกต้องคือ")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "รอแก้ไข"),
                                    ("corrected", "แก้ไขแล้ว"),
                                    ("kept", "คงข้อมูลเดิม"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("reported_at", models.DateTimeField(verbose_name="แจ้งเมื่อ")),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=500, verbose_name="คำตอบ"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ตอบเมื่อ"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="data_issues",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อมูลที่โรงเรียนแจ้งว่าไม่ถูกต้อง",
                        "verbose_name_plural": "ข้อมูลที่โรงเรียนแจ้งว่าไม่ถูกต้อง",
                        "ordering": ("-reported_at", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["corrected", "kept"]),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["corrected", "kept"]), _negated=True
                                        ),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="answered_data_issue_names_who_and_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EarlierLearningResult",
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
                        ("figures", models.JSONField()),
                        ("recorded_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField()),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="เหตุผลที่แก้ไข"),
                        ),
                        ("was_deleted", models.BooleanField(default=False, verbose_name="ลบผลนี้")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="earlier_learning_results",
                                to="schools.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="earlier_results",
                                to="profiles.testsubject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผลการเรียนรู้ก่อนแก้ไข",
                        "verbose_name_plural": "ผลการเรียนรู้ก่อนแก้ไข",
                        "ordering": ("-replaced_at", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalAssessment",
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
                                choices=[("recorded", "บันทึกแล้ว"), ("withdrawn", "ถอนรายการ")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("agency", models.CharField(max_length=200, verbose_name="หน่วยงานที่ประเมิน")),
                        (
                            "round_name",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="รอบการประเมิน"
                            ),
                        ),
                        (
                            "assessed_on",
                            models.DateField(blank=True, null=True, verbose_name="ประเมินเมื่อวันที่"),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="สรุปผลการประเมิน")),
                        (
                            "file",
                            models.FileField(blank=True, upload_to="external-assessments/%Y/%m/"),
                        ),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.academicyear",
                                verbose_name="ปีการศึกษาที่ประเมิน",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="external_assessments",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การประเมินภายนอก",
                        "verbose_name_plural": "การประเมินภายนอก",
                        "ordering": (
                            models.OrderBy(
                                models.F("academic_year__year"), descending=True, nulls_last=True
                            ),
                            models.OrderBy(
                                models.F("assessed_on"), descending=True, nulls_last=True
                            ),
                            "-pk",
                        ),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCircumstance",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mixed_classes", "จัดการเรียนการสอนแบบคละชั้น"),
                                    ("dltv", "ใช้การศึกษาทางไกลผ่านดาวเทียม (DLTV)"),
                                    ("dlit", "ใช้การศึกษาทางไกลผ่านเทคโนโลยีสารสนเทศ (DLIT)"),
                                    ("stand_alone", "โรงเรียนที่ตั้งโดดเดี่ยว (Stand Alone)"),
                                    ("branch", "โรงเรียนสาขา"),
                                    ("special_area", "อยู่ในพื้นที่พิเศษหรือห่างไกล"),
                                    ("inclusion", "จัดการเรียนรวม"),
                                ],
                                max_length=20,
                                verbose_name="สภาพของโรงเรียน",
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=300, verbose_name="รายละเอียด"),
                        ),
                        (
                            "pupils",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="นักเรียนที่เรียนรวม (คน)",
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
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
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
                            "main_school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="เป็นสาขาของ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical สภาพของโรงเรียน",
                        "verbose_name_plural": "historical สภาพของโรงเรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSchoolProject",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "detail",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="รายละเอียด (ถ้ามี)"
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
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
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
                            "school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="profiles.projectkind",
                                verbose_name="โครงการ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical โครงการที่โรงเรียนเข้าร่วม",
                        "verbose_name_plural": "historical โครงการที่โรงเรียนเข้าร่วม",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTeacherWanted",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "subject_text",
                            models.CharField(blank=True, max_length=100, verbose_name="วิชาหรือสาขา"),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="จำนวน (คน)",
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
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
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
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ครูที่โรงเรียนต้องการ",
                        "verbose_name_plural": "historical ครูที่โรงเรียนต้องการ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LearningResult",
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
                            "mean",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="ค่าเฉลี่ย",
                            ),
                        ),
                        (
                            "sd",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="ส่วนเบี่ยงเบนมาตรฐาน",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="แหล่งข้อมูล"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("updated_at", models.DateTimeField(verbose_name="บันทึกเมื่อ")),
                        (
                            "enrolled",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="ผู้เรียนทั้งหมด (คน)"
                            ),
                        ),
                        ("tested", models.PositiveIntegerField(verbose_name="เข้าสอบ (คน)")),
                        (
                            "as_of",
                            models.DateField(blank=True, null=True, verbose_name="ข้อมูล ณ วันที่"),
                        ),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.academicyear",
                                verbose_name="ปีการศึกษา",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learning_results",
                                to="schools.school",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="profiles.testsubject",
                                verbose_name="วิชา",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผลการเรียนรู้",
                        "verbose_name_plural": "ผลการเรียนรู้",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "academic_year", "subject"),
                                name="one_learning_result_per_school_year_and_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("enrolled", None),
                                    ("enrolled__gte", models.F("tested")),
                                    _connector="OR",
                                ),
                                name="tested_pupils_are_enrolled",
                                violation_error_message="จำนวนเข้าสอบต้องไม่เกินจำนวนผู้เรียนทั้งหมด",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tested__gt", 0),
                                    models.Q(("mean", None), ("sd", None)),
                                    _connector="OR",
                                ),
                                name="mean_is_of_tested_pupils",
                                violation_error_message="ไม่มีผู้เข้าสอบ จึงต้องไม่มีค่าเฉลี่ย",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mean", None), ("mean__gte", 0), _connector="OR"),
                                    models.Q(("sd", None), ("sd__gte", 0), _connector="OR"),
                                ),
                                name="learning_result_is_not_below_nothing",
                                violation_error_message="ค่าเฉลี่ยและส่วนเบี่ยงเบนมาตรฐานต้องไม่น้อยกว่า 0",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolProject",
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
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "detail",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="รายละเอียด (ถ้ามี)"
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="school_projects",
                                to="profiles.projectkind",
                                verbose_name="โครงการ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "โครงการที่โรงเรียนเข้าร่วม",
                        "verbose_name_plural": "โครงการที่โรงเรียนเข้าร่วม",
                        "ordering": ("kind__position", "kind", "-starts_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="school_project_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("school", "kind"),
                                name="one_open_project_per_kind",
                                violation_error_message="โรงเรียนเข้าร่วมโครงการนี้อยู่แล้ว โปรดแก้ไขรายการเดิม",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TeacherWanted",
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
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("source", models.CharField(max_length=200, verbose_name="แหล่งข้อมูล")),
                        ("checked_on", models.DateField(verbose_name="ตรวจสอบเมื่อ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "subject_text",
                            models.CharField(blank=True, max_length=100, verbose_name="วิชาหรือสาขา"),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="จำนวน (คน)",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ตรวจสอบ",
                            ),
                        ),
                        (
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teachers_wanted",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ครูที่โรงเรียนต้องการ",
                        "verbose_name_plural": "ครูที่โรงเรียนต้องการ",
                        "ordering": ("learning_area__position", "subject_text", "-starts_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="teacher_wanted_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("learning_area__isnull", False),
                                    models.Q(("subject_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="teacher_wanted_names_a_subject",
                                violation_error_message="โปรดเลือกกลุ่มสาระการเรียนรู้ หรือพิมพ์วิชาหรือสาขา",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="teacher_wanted_is_somebody",
                                violation_error_message="จำนวนครูต้องไม่น้อยกว่า 1 คน",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ConfirmationRequest",
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
                        ("opens_on", models.DateField(verbose_name="วันที่เริ่ม")),
                        (
                            "closes_on",
                            models.DateField(blank=True, null=True, verbose_name="ภายในวันที่"),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation_request",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การขอให้โรงเรียนยืนยันข้อมูล",
                        "verbose_name_plural": "การขอให้โรงเรียนยืนยันข้อมูล",
                        "ordering": ("-opens_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_on", None),
                                    ("closes_on__gte", models.F("opens_on")),
                                    _connector="OR",
                                ),
                                name="data_request_closes_after_it_opens",
                                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เริ่ม",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalConfirmationRequest",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("opens_on", models.DateField(verbose_name="วันที่เริ่ม")),
                        (
                            "closes_on",
                            models.DateField(blank=True, null=True, verbose_name="ภายในวันที่"),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
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
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical การขอให้โรงเรียนยืนยันข้อมูล",
                        "verbose_name_plural": "historical การขอให้โรงเรียนยืนยันข้อมูล",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AnnualReportOverall",
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
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "ทุกระดับ"), (1, "ปฐมวัย"), (2, "ขั้นพื้นฐาน")],
                                verbose_name="ระดับการศึกษา",
                            ),
                        ),
                        (
                            "quality_level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "ยอดเยี่ยม"),
                                    (4, "ดีเลิศ"),
                                    (3, "ดี"),
                                    (2, "ปานกลาง"),
                                    (1, "กำลังพัฒนา"),
                                ],
                                verbose_name="ระดับคุณภาพ",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overalls",
                                to="profiles.annualreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ระดับคุณภาพในภาพรวม",
                        "verbose_name_plural": "ระดับคุณภาพในภาพรวม",
                        "ordering": ("-level",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "level"), name="one_report_overall_per_level"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quality_level__gte", 1), ("quality_level__lte", 5)
                                ),
                                name="report_overall_level_is_one_to_five",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualReportStandard",
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
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "ทุกระดับ"), (1, "ปฐมวัย"), (2, "ขั้นพื้นฐาน")],
                                verbose_name="ระดับการศึกษา",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="มาตรฐานที่")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อมาตรฐาน")),
                        (
                            "quality_level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "ยอดเยี่ยม"),
                                    (4, "ดีเลิศ"),
                                    (3, "ดี"),
                                    (2, "ปานกลาง"),
                                    (1, "กำลังพัฒนา"),
                                ],
                                verbose_name="ระดับคุณภาพ",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standards",
                                to="profiles.annualreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ระดับคุณภาพรายมาตรฐาน",
                        "verbose_name_plural": "ระดับคุณภาพรายมาตรฐาน",
                        "ordering": ("-level", "number"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "level", "number"),
                                name="one_report_standard_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quality_level__gte", 1), ("quality_level__lte", 5)
                                ),
                                name="report_standard_level_is_one_to_five",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalResult",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("aspect", models.CharField(max_length=200, verbose_name="ด้านหรือมาตรฐาน")),
                        ("level", models.CharField(max_length=100, verbose_name="ผลการประเมิน")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="profiles.externalassessment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผลการประเมินรายด้าน",
                        "verbose_name_plural": "ผลการประเมินรายด้าน",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="LevelShare",
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
                            "percent",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "ต้องไม่น้อยกว่า 0"
                                    )
                                ],
                                verbose_name="ร้อยละ",
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to="profiles.learningresult",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="profiles.testlevel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ร้อยละของผู้เรียนในระดับ",
                        "verbose_name_plural": "ร้อยละของผู้เรียนในระดับ",
                        "ordering": ("level__position",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("result", "level"), name="one_share_per_level"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent__gte", 0), ("percent__lte", Decimal("100"))
                                ),
                                name="share_is_a_percentage",
                                violation_error_message="ร้อยละต้องอยู่ระหว่าง 0 ถึง 100",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataConfirmation",
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
                                    ("draft", "ตรวจแล้ว รอผู้อำนวยการยืนยัน"),
                                    ("confirmed", "ยืนยันแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ยืนยันเมื่อ"),
                        ),
                        (
                            "confirmed_as",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ตำแหน่งผู้ยืนยัน"
                            ),
                        ),
                        (
                            "figures",
                            models.JSONField(blank=True, null=True, verbose_name="ข้อมูลที่ยืนยัน"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="profiles.confirmationrequest",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="data_confirmations",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การยืนยันข้อมูลของโรงเรียน",
                        "verbose_name_plural": "การยืนยันข้อมูลของโรงเรียน",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "request"),
                                name="one_data_confirmation_per_request",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["confirmed"]),
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("figures__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["confirmed"]), _negated=True),
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                        ("figures__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="data_confirmed_by_whom_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyFocus",
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
                            models.PositiveSmallIntegerField(verbose_name="ปีงบประมาณ (พ.ศ.)"),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("obec", "จุดเน้น สพฐ."),
                                    ("ministry", "นโยบายกระทรวงศึกษาธิการ"),
                                    ("area", "นโยบายและจุดเน้นของเขตพื้นที่"),
                                ],
                                max_length=20,
                                verbose_name="เป็นของ",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ลำดับที่"),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="จุดเน้นหรือนโยบาย")),
                        ("source", models.CharField(max_length=200, verbose_name="ที่มา")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "indicators",
                            models.ManyToManyField(
                                blank=True,
                                related_name="policy_focuses",
                                to="criteria.indicator",
                                verbose_name="ตัวชี้วัดที่ตอบจุดเน้น",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "จุดเน้นและนโยบายของปี",
                        "verbose_name_plural": "จุดเน้นและนโยบายของปี",
                        "ordering": ("-fiscal_year", "position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fiscal_year", "origin", "text"),
                                name="one_policy_focus_per_year_and_text",
                                violation_error_message="ปีงบประมาณนี้มีจุดเน้นข้อนี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fiscal_year__gte", 2400), ("fiscal_year__lte", 2700)
                                ),
                                name="policy_focus_year_is_buddhist_era",
                                violation_error_message="ปีงบประมาณต้องเป็น พ.ศ. เช่น 2569",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
