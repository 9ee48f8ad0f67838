import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("needs", "0001_initial"),
        ("needs", "0002_historicalneedsfactsrule_historicalneedstopic_and_more"),
    ]

    initial = True

    dependencies = [
        ("assignments", "0006_duty_end_recorded_at"),
        ("schools", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="SurveyTemplate",
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
                                max_length=150, unique=True, verbose_name="ชื่อกรอบการสำรวจ"
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                    ],
                    options={
                        "verbose_name": "กรอบการสำรวจ",
                        "verbose_name_plural": "กรอบการสำรวจ",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="NeedsFactsRule",
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
                            "stated_level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "มากที่สุด"),
                                    (4, "มาก"),
                                    (3, "ปานกลาง"),
                                    (2, "น้อย"),
                                    (1, "น้อยที่สุด"),
                                ],
                                default=4,
                                verbose_name="ระดับสภาพปัญหาหรือความต้องการตั้งแต่",
                            ),
                        ),
                        (
                            "sd_below",
                            models.DecimalField(
                                decimal_places=1,
                                default=1,
                                max_digits=2,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="ต่ำกว่าค่าเฉลี่ยของเขตตั้งแต่กี่ S.D.",
                            ),
                        ),
                        (
                            "counts_below_nation",
                            models.BooleanField(default=True, verbose_name="ต่ำกว่าค่าเฉลี่ยระดับประเทศ"),
                        ),
                        (
                            "counts_below_target",
                            models.BooleanField(
                                default=True, verbose_name="ผลการนิเทศต่ำกว่าเป้าหมายของมาตรฐาน"
                            ),
                        ),
                        (
                            "counts_open_advice",
                            models.BooleanField(default=True, verbose_name="มีข้อเสนอแนะที่ยังไม่ปิด"),
                        ),
                    ],
                    options={
                        "verbose_name": "เกณฑ์จับคู่ความต้องการกับผล",
                        "verbose_name_plural": "เกณฑ์จับคู่ความต้องการกับผล",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stated_level__in", [5, 4, 3, 2, 1])),
                                name="stated_level_is_one_to_five",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sd_below__gte", 0), ("sd_below__lte", 3)),
                                name="sd_below_is_at_most_three",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="NeedsTopic",
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
                                error_messages={"unique": "มีประเด็นชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=100,
                                unique=True,
                                verbose_name="ประเด็น",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        (
                            "words",
                            models.JSONField(blank=True, default=list, verbose_name="คำที่ใช้จับคู่"),
                        ),
                        (
                            "area_names",
                            models.JSONField(
                                blank=True, default=list, verbose_name="ด้านในแบบสำรวจ"
                            ),
                        ),
                        (
                            "standard_names",
                            models.JSONField(blank=True, default=list, verbose_name="มาตรฐาน"),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="ใช้อยู่")),
                        (
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ประเด็นที่ใช้จับคู่ความต้องการกับผล",
                        "verbose_name_plural": "ประเด็นที่ใช้จับคู่ความต้องการกับผล",
                        "ordering": ("position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="NeedsArea",
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
                        ("name", models.CharField(max_length=100, verbose_name="ด้าน")),
                        (
                            "survey_template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="areas",
                                to="needs.surveytemplate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ด้านที่สำรวจ",
                        "verbose_name_plural": "ด้านที่สำรวจ",
                        "ordering": ("survey_template", "position"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey_template", "name"), name="one_area_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalNeedsFactsRule",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "stated_level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "มากที่สุด"),
                                    (4, "มาก"),
                                    (3, "ปานกลาง"),
                                    (2, "น้อย"),
                                    (1, "น้อยที่สุด"),
                                ],
                                default=4,
                                verbose_name="ระดับสภาพปัญหาหรือความต้องการตั้งแต่",
                            ),
                        ),
                        (
                            "sd_below",
                            models.DecimalField(
                                decimal_places=1,
                                default=1,
                                max_digits=2,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="ต่ำกว่าค่าเฉลี่ยของเขตตั้งแต่กี่ S.D.",
                            ),
                        ),
                        (
                            "counts_below_nation",
                            models.BooleanField(default=True, verbose_name="ต่ำกว่าค่าเฉลี่ยระดับประเทศ"),
                        ),
                        (
                            "counts_below_target",
                            models.BooleanField(
                                default=True, verbose_name="ผลการนิเทศต่ำกว่าเป้าหมายของมาตรฐาน"
                            ),
                        ),
                        (
                            "counts_open_advice",
                            models.BooleanField(default=True, verbose_name="มีข้อเสนอแนะที่ยังไม่ปิด"),
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
                        "verbose_name": "historical เกณฑ์จับคู่ความต้องการกับผล",
                        "verbose_name_plural": "historical เกณฑ์จับคู่ความต้องการกับผล",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNeedsTopic",
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
                                error_messages={"unique": "มีประเด็นชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=100,
                                verbose_name="ประเด็น",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="ลำดับที่"),
                        ),
                        (
                            "words",
                            models.JSONField(blank=True, default=list, verbose_name="คำที่ใช้จับคู่"),
                        ),
                        (
                            "area_names",
                            models.JSONField(
                                blank=True, default=list, verbose_name="ด้านในแบบสำรวจ"
                            ),
                        ),
                        (
                            "standard_names",
                            models.JSONField(blank=True, default=list, verbose_name="มาตรฐาน"),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="ใช้อยู่")),
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
                    ],
                    options={
                        "verbose_name": "historical ประเด็นที่ใช้จับคู่ความต้องการกับผล",
                        "verbose_name_plural": "historical ประเด็นที่ใช้จับคู่ความต้องการกับผล",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNeedsCampaign",
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
                            "academic_year",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.academicyear",
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
                        (
                            "survey_template",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="needs.surveytemplate",
                                verbose_name="กรอบการสำรวจ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical การสำรวจความต้องการ",
                        "verbose_name_plural": "historical การสำรวจความต้องการ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="NeedsCampaign",
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
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.academicyear",
                            ),
                        ),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.term",
                            ),
                        ),
                        (
                            "survey_template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="needs.surveytemplate",
                                verbose_name="กรอบการสำรวจ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การสำรวจความต้องการ",
                        "verbose_name_plural": "การสำรวจความต้องการ",
                        "ordering": ("-opens_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("term", None)),
                                fields=("academic_year",),
                                name="one_yearly_campaign",
                                violation_error_message="ปีการศึกษานี้เปิดการสำรวจทั้งปีแล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_on", None),
                                    ("closes_on__gte", models.F("opens_on")),
                                    _connector="OR",
                                ),
                                name="campaign_closes_after_it_opens",
                                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เริ่ม",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TakenUpNeed",
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
                                    ("open", "กำลังติดตาม"),
                                    ("done", "ดำเนินการแล้ว"),
                                    ("withdrawn", "ถอนแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="ความต้องการ")),
                        ("facts", models.TextField(blank=True, verbose_name="ข้อมูลในวันที่รับ")),
                        ("reason", models.TextField(blank=True, verbose_name="เหตุผลที่รับ")),
                        ("taken_up_at", models.DateTimeField(verbose_name="รับเมื่อ")),
                        ("outcome", models.TextField(blank=True, verbose_name="สิ่งที่ดำเนินการ")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้รับผิดชอบ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_up_needs",
                                to="schools.school",
                            ),
                        ),
                        (
                            "taken_up_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้รับ",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.term",
                                verbose_name="ภาคเรียน",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="needs.needstopic",
                                verbose_name="ประเด็น",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความต้องการที่รับไว้ติดตาม",
                        "verbose_name_plural": "ความต้องการที่รับไว้ติดตาม",
                        "ordering": ("-taken_up_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("school", "topic"),
                                name="one_open_need_per_school_and_topic",
                                violation_error_message="รับประเด็นนี้ของโรงเรียนไว้แล้ว และยังดำเนินการอยู่",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["done", "withdrawn"]),
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["done", "withdrawn"]), _negated=True
                                        ),
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_need_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="XOR",
                                ),
                                name="ended_need_says_what_came_of_it",
                                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ หรือเหตุผลที่ถอน",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="taken_up_need_says_what",
                                violation_error_message="โปรดระบุความต้องการ",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="NeedsSurvey",
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
                                    ("draft", "กำลังกรอก"),
                                    ("returned", "ส่งกลับให้แก้ไข"),
                                    ("submitted", "ส่งแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "wanted_first",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="สิ่งที่ต้องการมากที่สุด อันดับ 1"
                            ),
                        ),
                        (
                            "wanted_second",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="สิ่งที่ต้องการ อันดับ 2"
                            ),
                        ),
                        (
                            "wanted_third",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="สิ่งที่ต้องการ อันดับ 3"
                            ),
                        ),
                        ("remarks", models.TextField(blank=True, verbose_name="ข้อคิดเห็นเพิ่มเติม")),
                        (
                            "preferred_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="วันที่สะดวกรับการนิเทศ"
                            ),
                        ),
                        (
                            "preferred_mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("on_site", "ลงพื้นที่"),
                                    ("online", "ออนไลน์"),
                                    ("hybrid", "ผสมผสาน"),
                                ],
                                max_length=20,
                                verbose_name="รูปแบบที่ต้องการ",
                            ),
                        ),
                        (
                            "first_submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ส่งครั้งแรกเมื่อ"),
                        ),
                        (
                            "correct_by",
                            models.DateField(blank=True, null=True, verbose_name="แก้ไขภายในวันที่"),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="surveys",
                                to="needs.needscampaign",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs_surveys",
                                to="schools.school",
                            ),
                        ),
                        (
                            "submitted_by",
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
                        "verbose_name": "แบบสำรวจสภาพปัญหาและความต้องการ",
                        "verbose_name_plural": "แบบสำรวจสภาพปัญหาและความต้องการ",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "campaign"), name="one_survey_per_campaign"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["submitted"]),
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["submitted"]), _negated=True),
                                        ("submitted_at__isnull", True),
                                        ("submitted_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="submitted_survey_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("first_submitted_at", None), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("first_submitted_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="first_submission_time_matches_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("correct_by", None), ("state", "returned"), _connector="OR"
                                ),
                                name="only_a_returned_survey_is_corrected",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedsItem",
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
                            "problem_level",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (5, "มากที่สุด"),
                                    (4, "มาก"),
                                    (3, "ปานกลาง"),
                                    (2, "น้อย"),
                                    (1, "น้อยที่สุด"),
                                ],
                                null=True,
                                verbose_name="สภาพปัญหา",
                            ),
                        ),
                        (
                            "need_level",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (5, "มากที่สุด"),
                                    (4, "มาก"),
                                    (3, "ปานกลาง"),
                                    (2, "น้อย"),
                                    (1, "น้อยที่สุด"),
                                ],
                                null=True,
                                verbose_name="ความต้องการ",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="needs.needsarea",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="needs.needssurvey",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("area__position",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "area"), name="one_item_per_area"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("problem_level", None),
                                        ("problem_level__in", [5, 4, 3, 2, 1]),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("need_level", None),
                                        ("need_level__in", [5, 4, 3, 2, 1]),
                                        _connector="OR",
                                    ),
                                ),
                                name="needs_levels_are_one_to_five",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
