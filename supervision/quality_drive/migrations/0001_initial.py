from decimal import Decimal

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("committees", "0003_cancelled_meeting"),
        ("criteria", "0003_drop_typed_meeting"),
        ("improvement", "0006_advice_of_the_quality_drive"),
        ("practices", "0007_result_corrections"),
        ("profiles", "0007_fact_school"),
        ("programmes", "0007_taken_up_needs_as_plan_sources"),
        ("schools", "0007_import_questions"),
        ("schools", "__first__"),
        ("visits", "0003_mentoring_visits"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="QualityDrive",
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
                                    ("endorsed", "ก.ต.ป.น. เห็นชอบแล้ว"),
                                    ("closed", "สิ้นสุดแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("model_name", models.CharField(max_length=100, verbose_name="ชื่อรูปแบบ")),
                        (
                            "headline",
                            models.CharField(max_length=200, verbose_name="เป้าหมายตามหัวข้อของคู่มือ"),
                        ),
                        ("purpose", models.TextField(verbose_name="จุดมุ่งหมาย")),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่มา"),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("monthly", "ทุกเดือน"), ("term", "ทุกภาคเรียน")],
                                default="term",
                                max_length=10,
                                verbose_name="โรงเรียนรายงานความก้าวหน้า",
                            ),
                        ),
                        (
                            "tolerance",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.10"),
                                max_digits=3,
                                verbose_name="ช้ากว่าแผนเมื่อห่างเกิน (ระดับ)",
                            ),
                        ),
                        ("endorsed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_plan",
                            models.TextField(blank=True, verbose_name="สิ่งที่นำไปวางแผนปีต่อไป"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "academic_year",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quality_drive",
                                to="schools.academicyear",
                                verbose_name="ปีการศึกษา",
                            ),
                        ),
                        (
                            "endorsed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quality_drives",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_drive",
                                to="quality_drive.qualitydrive",
                                verbose_name="เริ่มจากการขับเคลื่อนของปีก่อน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การขับเคลื่อนคุณภาพการศึกษา",
                        "verbose_name_plural": "การขับเคลื่อนคุณภาพการศึกษา",
                        "ordering": ("-academic_year__year",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["endorsed", "closed"]),
                                        ("endorsed_at__isnull", False),
                                        ("endorsed_by__isnull", False),
                                        ("meeting__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["endorsed", "closed"]), _negated=True
                                        ),
                                        ("endorsed_at__isnull", True),
                                        ("endorsed_by__isnull", True),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="endorsed_drive_names_its_meeting",
                                violation_error_message="การขับเคลื่อนที่เห็นชอบแล้วต้องระบุการประชุม ก.ต.ป.น. และผู้บันทึก",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tolerance__gte", 0)),
                                name="drive_tolerance_is_not_negative",
                                violation_error_message="ระยะที่ยอมให้ห่างจากแผนต้องไม่ติดลบ",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ฉบับที่"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "กำลังร่าง"),
                                    ("proposed", "เสนอโรงเรียนพิจารณา"),
                                    ("school_signed", "โรงเรียนลงนามแล้ว"),
                                    ("signed", "ลงนามทั้งสองฝ่ายแล้ว"),
                                    ("superseded", "มีฉบับใหม่แทนแล้ว"),
                                    ("cancelled", "ยกเลิก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("intentions", models.TextField(blank=True, verbose_name="ข้อตกลงร่วมกัน")),
                        ("school_signed_at", models.DateTimeField(blank=True, null=True)),
                        ("school_signed_as", models.CharField(blank=True, max_length=200)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_as", models.CharField(blank=True, max_length=200)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_version",
                                to="quality_drive.agreement",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="schools.school",
                            ),
                        ),
                        (
                            "school_signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "บันทึกข้อตกลง",
                        "verbose_name_plural": "บันทึกข้อตกลง",
                        "ordering": ("drive", "school__sort_key", "version"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "school", "version"),
                                name="one_agreement_per_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "signed")),
                                fields=("drive", "school"),
                                name="one_agreement_in_force_per_school",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "proposed", "school_signed"))
                                ),
                                fields=("drive", "school"),
                                name="one_open_agreement_per_school",
                                violation_error_message="มีร่างบันทึกข้อตกลงของโรงเรียนนี้อยู่แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("previous", None), ("version", 1)),
                                    models.Q(("previous__isnull", False), ("version__gt", 1)),
                                    _connector="OR",
                                ),
                                name="amended_agreement_names_the_one_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["school_signed", "signed", "superseded"]),
                                        ("school_signed_at__isnull", False),
                                        ("school_signed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                ["school_signed", "signed", "superseded"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("school_signed_at__isnull", True),
                                        ("school_signed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreement_signed_by_school_says_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["signed", "superseded"]),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["signed", "superseded"]), _negated=True
                                        ),
                                        ("signed_at__isnull", True),
                                        ("signed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_agreement_says_who_and_when",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClimateSurvey",
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
                                    ("open", "เปิดให้ตอบ"),
                                    ("closed", "ปิดแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อแบบสำรวจ")),
                        ("opens_on", models.DateField(verbose_name="เปิดให้ตอบวันที่")),
                        ("closes_on", models.DateField(verbose_name="ภายในวันที่")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="climate_surveys",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แบบสำรวจบรรยากาศการทำงาน",
                        "verbose_name_plural": "แบบสำรวจบรรยากาศการทำงาน",
                        "ordering": ("-opens_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="climate_survey_closes_after_it_opens",
                                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เปิด",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveDimension",
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
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="ชื่อด้าน")),
                        (
                            "in_4q",
                            models.BooleanField(default=True, verbose_name="อยู่ใน 4Q ตามหัวข้อของคู่มือ"),
                        ),
                        (
                            "weight",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="น้ำหนัก (ร้อยละ)"
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dimensions",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ด้านคุณภาพ",
                        "verbose_name_plural": "ด้านคุณภาพ",
                        "ordering": ("drive", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "code"), name="one_drive_dimension_per_code"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 0), ("weight__lte", 100)),
                                name="dimension_weight_is_a_percentage",
                                violation_error_message="น้ำหนักต้องอยู่ระหว่าง 0 ถึง 100",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveEvent",
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
                                    ("heads_meeting", "ประชุมผู้บริหารสถานศึกษา"),
                                    ("cooperation", "กิจกรรมสานความร่วมมือ"),
                                ],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "กำหนดจัด"),
                                    ("held", "จัดแล้ว"),
                                    ("cancelled", "ยกเลิก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อกิจกรรม")),
                        ("held_on", models.DateField(verbose_name="วันที่จัด")),
                        ("place", models.CharField(max_length=200, verbose_name="สถานที่")),
                        ("programme", models.TextField(verbose_name="กำหนดการและเนื้อหา")),
                        (
                            "people",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="จำนวนผู้เข้าร่วม (คน)"
                            ),
                        ),
                        ("result", models.TextField(blank=True, verbose_name="ผลการจัดและข้อตกลง")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "attended",
                            models.ManyToManyField(
                                blank=True,
                                related_name="drive_events_attended",
                                to="schools.school",
                                verbose_name="โรงเรียนที่เข้าร่วม",
                            ),
                        ),
                        (
                            "schools",
                            models.ManyToManyField(
                                blank=True,
                                related_name="drive_events",
                                to="schools.school",
                                verbose_name="โรงเรียนที่เชิญ",
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กิจกรรมของการขับเคลื่อน",
                        "verbose_name_plural": "กิจกรรมของการขับเคลื่อน",
                        "ordering": ("-held_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    models.Q(
                                        ("people__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="held_drive_event_has_its_result",
                                violation_error_message="โปรดระบุจำนวนผู้เข้าร่วมและผลการจัด",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveTeam",
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
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drive_teams",
                                to="committees.committee",
                                verbose_name="คณะทำงาน",
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="teams",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คณะทำงานขับเคลื่อน",
                        "verbose_name_plural": "คณะทำงานขับเคลื่อน",
                        "ordering": ("drive", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "committee"),
                                name="one_drive_team_per_committee",
                                violation_error_message="คณะนี้เป็นคณะทำงานขับเคลื่อนของปีนี้แล้ว",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ExpectedResult",
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
                                choices=[("quantity", "เชิงปริมาณ"), ("quality", "เชิงคุณภาพ")],
                                max_length=10,
                                verbose_name="ลักษณะ",
                            ),
                        ),
                        ("code", models.CharField(max_length=5, verbose_name="ข้อ")),
                        (
                            "dimension_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="ผลที่คาดหวัง")),
                        ("result", models.TextField(blank=True, verbose_name="ผลที่เกิดขึ้น")),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="expected_results",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผลที่คาดหวัง",
                        "verbose_name_plural": "ผลที่คาดหวัง",
                        "ordering": ("drive", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "code"), name="one_expected_result_per_code"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPartner",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        (
                            "organisation",
                            models.CharField(max_length=200, verbose_name="หน่วยงานหรือองค์กร"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                choices=[
                                    ("area_office", "สำนักงานเขตพื้นที่การศึกษา"),
                                    ("school_leaders", "ผู้บริหารสถานศึกษา"),
                                    ("teachers", "ครูและบุคลากรทางการศึกษา"),
                                    ("parents", "ผู้ปกครองและนักเรียน"),
                                    ("school_boards", "คณะกรรมการสถานศึกษา"),
                                    ("local_government", "องค์กรปกครองส่วนท้องถิ่น"),
                                    ("community", "ชุมชน วัด และภูมิปัญญา"),
                                    ("agencies", "หน่วยงานอื่นและสถาบันการศึกษา"),
                                    ("private", "ภาคเอกชน"),
                                ],
                                max_length=20,
                                verbose_name="ภาคส่วน",
                            ),
                        ),
                        (
                            "is_outside",
                            models.BooleanField(default=True, verbose_name="ภายนอกเขตพื้นที่"),
                        ),
                        ("gives", models.TextField(verbose_name="สิ่งที่สนับสนุนหรือร่วมดำเนินการ")),
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
                            "drive",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ภาคีเครือข่าย",
                        "verbose_name_plural": "historical ภาคีเครือข่าย",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalQualityDrive",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "กำลังจัดทำ"),
                                    ("endorsed", "ก.ต.ป.น. เห็นชอบแล้ว"),
                                    ("closed", "สิ้นสุดแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("model_name", models.CharField(max_length=100, verbose_name="ชื่อรูปแบบ")),
                        (
                            "headline",
                            models.CharField(max_length=200, verbose_name="เป้าหมายตามหัวข้อของคู่มือ"),
                        ),
                        ("purpose", models.TextField(verbose_name="จุดมุ่งหมาย")),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่มา"),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("monthly", "ทุกเดือน"), ("term", "ทุกภาคเรียน")],
                                default="term",
                                max_length=10,
                                verbose_name="โรงเรียนรายงานความก้าวหน้า",
                            ),
                        ),
                        (
                            "tolerance",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.10"),
                                max_digits=3,
                                verbose_name="ช้ากว่าแผนเมื่อห่างเกิน (ระดับ)",
                            ),
                        ),
                        ("endorsed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_plan",
                            models.TextField(blank=True, verbose_name="สิ่งที่นำไปวางแผนปีต่อไป"),
                        ),
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
                                verbose_name="ปีการศึกษา",
                            ),
                        ),
                        (
                            "endorsed_by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="quality_drive.qualitydrive",
                                verbose_name="เริ่มจากการขับเคลื่อนของปีก่อน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical การขับเคลื่อนคุณภาพการศึกษา",
                        "verbose_name_plural": "historical การขับเคลื่อนคุณภาพการศึกษา",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HonourCategory",
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
                        ("name", models.CharField(max_length=200, verbose_name="ประเภทรางวัล")),
                        ("criteria", models.TextField(verbose_name="เกณฑ์การพิจารณา")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="honour_categories",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ประเภทรางวัล",
                        "verbose_name_plural": "ประเภทรางวัล",
                        "ordering": ("drive", "position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "name"),
                                name="one_honour_category_per_name",
                                violation_error_message="มีประเภทรางวัลชื่อนี้แล้ว",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringReport",
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
                                choices=[("draft", "กำลังจัดทำ"), ("submitted", "รายงานสำนักงานแล้ว")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(verbose_name="ถึงวันที่")),
                        ("progress", models.TextField(verbose_name="ความก้าวหน้าที่พบ")),
                        ("problems", models.TextField(blank=True, verbose_name="ปัญหาและอุปสรรค")),
                        (
                            "proposals",
                            models.TextField(blank=True, verbose_name="ข้อเสนอแนะต่อสำนักงาน"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="รายงานเมื่อ"),
                        ),
                        ("submitted_as", models.CharField(blank=True, max_length=200)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="monitoring_reports",
                                to="committees.committee",
                                verbose_name="คณะ",
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
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="monitoring_reports",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รายงานการติดตามการขับเคลื่อน",
                        "verbose_name_plural": "รายงานการติดตามการขับเคลื่อน",
                        "ordering": ("-ends_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="monitoring_report_ends_after_start",
                                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันแรก",
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
                                name="submitted_monitoring_report_says_who_and_when",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
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
                        (
                            "organisation",
                            models.CharField(max_length=200, verbose_name="หน่วยงานหรือองค์กร"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                choices=[
                                    ("area_office", "สำนักงานเขตพื้นที่การศึกษา"),
                                    ("school_leaders", "ผู้บริหารสถานศึกษา"),
                                    ("teachers", "ครูและบุคลากรทางการศึกษา"),
                                    ("parents", "ผู้ปกครองและนักเรียน"),
                                    ("school_boards", "คณะกรรมการสถานศึกษา"),
                                    ("local_government", "องค์กรปกครองส่วนท้องถิ่น"),
                                    ("community", "ชุมชน วัด และภูมิปัญญา"),
                                    ("agencies", "หน่วยงานอื่นและสถาบันการศึกษา"),
                                    ("private", "ภาคเอกชน"),
                                ],
                                max_length=20,
                                verbose_name="ภาคส่วน",
                            ),
                        ),
                        (
                            "is_outside",
                            models.BooleanField(default=True, verbose_name="ภายนอกเขตพื้นที่"),
                        ),
                        ("gives", models.TextField(verbose_name="สิ่งที่สนับสนุนหรือร่วมดำเนินการ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "schools",
                            models.ManyToManyField(
                                blank=True,
                                related_name="drive_partners",
                                to="schools.school",
                                verbose_name="โรงเรียนที่ร่วมด้วย",
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partners",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ภาคีเครือข่าย",
                        "verbose_name_plural": "ภาคีเครือข่าย",
                        "ordering": ("drive", "is_outside", "organisation", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="drive_partner_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Ranking",
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
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ครั้งที่"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("computed", "คำนวณแล้ว ยังไม่แจ้งโรงเรียน"),
                                    ("shown", "แจ้งโรงเรียน รับข้อทักท้วง"),
                                    ("final", "ก.ต.ป.น. รับรองแล้ว"),
                                    ("replaced", "คำนวณใหม่แทนแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("inputs", models.JSONField(verbose_name="ข้อมูลที่ใช้คำนวณ")),
                        ("computed_at", models.DateTimeField(verbose_name="คำนวณเมื่อ")),
                        (
                            "objections_until",
                            models.DateField(blank=True, null=True, verbose_name="รับข้อทักท้วงถึงวันที่"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "computed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rankings",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rankings",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การจัดลำดับคุณภาพโรงเรียน",
                        "verbose_name_plural": "การจัดลำดับคุณภาพโรงเรียน",
                        "ordering": ("-drive__academic_year__year", "-version"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "version"), name="one_ranking_per_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "replaced"), _negated=True),
                                fields=("drive",),
                                name="one_ranking_in_use_per_drive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("shown", "final")), _negated=True),
                                    ("objections_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="ranking_told_to_schools_takes_objections",
                                violation_error_message="โปรดระบุวันสุดท้ายที่รับข้อทักท้วง",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["final"]), ("meeting__isnull", False)),
                                    models.Q(
                                        models.Q(("state__in", ["final"]), _negated=True),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="final_ranking_names_its_meeting",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolDrive",
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
                                choices=[("draft", "กำลังรวบรวม"), ("confirmed", "โรงเรียนยืนยันแล้ว")],
                                max_length=20,
                                verbose_name="สถานะข้อมูลฐาน",
                            ),
                        ),
                        ("problems", models.TextField(blank=True, verbose_name="สภาพปัญหา")),
                        ("needs", models.TextField(blank=True, verbose_name="ความต้องการ")),
                        ("causes", models.TextField(blank=True, verbose_name="สาเหตุ")),
                        (
                            "plan",
                            models.TextField(blank=True, verbose_name="แผนการขับเคลื่อนของโรงเรียน"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ยืนยันเมื่อ"),
                        ),
                        ("confirmed_as", models.CharField(blank=True, max_length=200)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
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
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="school_drives",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="school_drives",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การขับเคลื่อนของโรงเรียน",
                        "verbose_name_plural": "การขับเคลื่อนของโรงเรียน",
                        "ordering": ("drive", "school__sort_key", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("drive", "school"), name="one_school_drive_per_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["confirmed"]),
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["confirmed"]), _negated=True),
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="confirmed_baseline_names_who_and_when",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementComment",
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
                        ("text", models.TextField(verbose_name="ความเห็น")),
                        ("said_as", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="quality_drive.agreement",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความเห็นต่อบันทึกข้อตกลง",
                        "verbose_name_plural": "ความเห็นต่อบันทึกข้อตกลง",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClimateStatement",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="ข้อที่")),
                        ("text", models.CharField(max_length=300, verbose_name="ข้อความ")),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statements",
                                to="quality_drive.climatesurvey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อความในแบบสำรวจ",
                        "verbose_name_plural": "ข้อความในแบบสำรวจ",
                        "ordering": ("survey", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "position"),
                                name="one_climate_statement_per_position",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClimateTurn",
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
                        ("is_taken", models.BooleanField(default=False, verbose_name="ตอบแล้ว")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="climate_turns",
                                to="schools.school",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turns",
                                to="quality_drive.climatesurvey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สิทธิตอบแบบสำรวจ",
                        "verbose_name_plural": "สิทธิตอบแบบสำรวจ",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "school"), name="one_climate_turn_per_school"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveTeamSector",
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
                            "sector",
                            models.CharField(
                                choices=[
                                    ("area_office", "สำนักงานเขตพื้นที่การศึกษา"),
                                    ("school_leaders", "ผู้บริหารสถานศึกษา"),
                                    ("teachers", "ครูและบุคลากรทางการศึกษา"),
                                    ("parents", "ผู้ปกครองและนักเรียน"),
                                    ("school_boards", "คณะกรรมการสถานศึกษา"),
                                    ("local_government", "องค์กรปกครองส่วนท้องถิ่น"),
                                    ("community", "ชุมชน วัด และภูมิปัญญา"),
                                    ("agencies", "หน่วยงานอื่นและสถาบันการศึกษา"),
                                    ("private", "ภาคเอกชน"),
                                ],
                                max_length=20,
                                verbose_name="ภาคส่วน",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ผู้แทน (ตำแหน่งหรือหน่วยงาน)"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sectors",
                                to="quality_drive.driveteam",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ภาคส่วนในคณะทำงาน",
                        "verbose_name_plural": "ภาคส่วนในคณะทำงาน",
                        "ordering": ("team", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "sector"), name="one_line_per_team_and_sector"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Honour",
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
                                    ("proposed", "เสนอ ก.ต.ป.น."),
                                    ("awarded", "ก.ต.ป.น. มีมติยกย่อง"),
                                    ("released", "เผยแพร่แล้ว"),
                                    ("declined", "ไม่ผ่านการพิจารณา"),
                                    ("revoked", "เพิกถอนแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="เหตุผลที่ยกย่อง")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "award_meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="committees.meeting",
                                verbose_name="การประชุมที่มีมติ",
                            ),
                        ),
                        (
                            "release_meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="released_honours",
                                to="committees.meeting",
                                verbose_name="การประชุมที่มีมติให้เผยแพร่",
                            ),
                        ),
                        (
                            "revoke_meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revoked_honours",
                                to="committees.meeting",
                                verbose_name="การประชุมที่มีมติเพิกถอน",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="schools.school",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="quality_drive.honourcategory",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การยกย่องเชิดชูเกียรติ",
                        "verbose_name_plural": "การยกย่องเชิดชูเกียรติ",
                        "ordering": ("category", "school__sort_key", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["declined", "revoked"]), _negated=True
                                ),
                                fields=("category", "school"),
                                name="one_honour_per_school_and_category",
                                violation_error_message="เสนอชื่อโรงเรียนนี้ในประเภทนี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="honour_gives_its_reason",
                                violation_error_message="โปรดระบุเหตุผลที่ยกย่อง",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("awarded", "released")), _negated=True),
                                    ("award_meeting__isnull", False),
                                    _connector="OR",
                                ),
                                name="awarded_honour_names_its_meeting",
                                violation_error_message="โปรดระบุการประชุมที่มีมติ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    ("release_meeting__isnull", False),
                                    _connector="OR",
                                ),
                                name="released_honour_names_its_meeting",
                                violation_error_message="โปรดระบุการประชุมที่มีมติให้เผยแพร่",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["revoked"]),
                                        ("revoke_meeting__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["revoked"]), _negated=True),
                                        ("revoke_meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="revoked_honour_names_its_meeting",
                                violation_error_message="โปรดระบุการประชุมที่มีมติเพิกถอน",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RankingObjection",
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
                                    ("submitted", "รอพิจารณา"),
                                    ("corrected", "แก้ไขตามที่ทักท้วง"),
                                    ("kept", "คงเดิม"),
                                    ("withdrawn", "ถอนข้อทักท้วง"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="ข้อทักท้วง")),
                        ("answer", models.TextField(blank=True, verbose_name="คำตอบของสำนักงาน")),
                        ("submitted_at", models.DateTimeField(verbose_name="ยื่นเมื่อ")),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ตอบเมื่อ"),
                        ),
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
                            "corrected_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_objections",
                                to="quality_drive.ranking",
                            ),
                        ),
                        (
                            "ranking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="quality_drive.ranking",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ranking_objections",
                                to="schools.school",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อทักท้วง",
                        "verbose_name_plural": "ข้อทักท้วง",
                        "ordering": ("-submitted_at", "-pk"),
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
                                name="answered_objection_says_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["corrected", "kept"]), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="answered_objection_has_its_answer",
                                violation_error_message="โปรดระบุคำตอบ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["corrected"]),
                                        ("corrected_in__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["corrected"]), _negated=True),
                                        ("corrected_in__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="corrected_objection_names_the_new_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "submitted")),
                                fields=("ranking", "school"),
                                name="one_open_objection_per_school",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RankingPlace",
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
                            "list",
                            models.CharField(
                                choices=[
                                    ("level", "ระดับคุณภาพที่ทำได้"),
                                    ("progress", "ความก้าวหน้าจากข้อมูลฐาน"),
                                    ("size_group", "ระดับคุณภาพในกลุ่มขนาดเดียวกัน"),
                                ],
                                max_length=20,
                                verbose_name="รายการ",
                            ),
                        ),
                        (
                            "size_group",
                            models.CharField(blank=True, max_length=100, verbose_name="กลุ่มขนาด"),
                        ),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ลำดับที่"
                            ),
                        ),
                        (
                            "highest",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ลำดับดีที่สุด"
                            ),
                        ),
                        (
                            "lowest",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ลำดับต่ำที่สุด"
                            ),
                        ),
                        (
                            "group",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="กลุ่มที่"
                            ),
                        ),
                        (
                            "out_of",
                            models.PositiveSmallIntegerField(verbose_name="จากทั้งหมด (โรงเรียน)"),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="คะแนน",
                            ),
                        ),
                        (
                            "why_not",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="เหตุที่ไม่จัดลำดับ"
                            ),
                        ),
                        ("detail", models.JSONField(default=dict, verbose_name="รายละเอียด")),
                        (
                            "ranking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="quality_drive.ranking",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ranking_places",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ลำดับของโรงเรียน",
                        "verbose_name_plural": "ลำดับของโรงเรียน",
                        "ordering": (
                            "ranking",
                            "list",
                            models.OrderBy(models.F("place"), nulls_last=True),
                            "school__sort_key",
                        ),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ranking", "school", "list"),
                                name="one_place_per_school_and_list",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("group__isnull", False),
                                        ("highest__isnull", False),
                                        ("highest__lte", models.F("place")),
                                        ("lowest__gte", models.F("place")),
                                        ("lowest__isnull", False),
                                        ("place__isnull", False),
                                        ("score__isnull", False),
                                        ("why_not", ""),
                                    ),
                                    models.Q(
                                        ("group", None),
                                        ("highest", None),
                                        ("lowest", None),
                                        ("place", None),
                                        models.Q(("why_not", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="school_has_a_place_or_a_reason",
                            ),
                        ],
                        "indexes": [],
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
                        (
                            "dimension_code",
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                max_length=200, verbose_name="โครงการหรือกิจกรรมของโรงเรียน"
                            ),
                        ),
                        (
                            "indicator_text",
                            models.CharField(max_length=300, verbose_name="ตัวชี้วัดของโรงเรียน"),
                        ),
                        ("unit", models.CharField(max_length=40, verbose_name="หน่วย")),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=9,
                                null=True,
                                verbose_name="ก่อนพัฒนา",
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=2, max_digits=9, verbose_name="ค่าเป้าหมาย"
                            ),
                        ),
                        (
                            "is_lower_better",
                            models.BooleanField(default=False, verbose_name="ยิ่งน้อยยิ่งดี"),
                        ),
                        (
                            "school_drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="projects",
                                to="quality_drive.schooldrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "โครงการของโรงเรียน",
                        "verbose_name_plural": "โครงการของโรงเรียน",
                        "ordering": ("school_drive", "dimension_code", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CrosswalkLine",
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
                            "dimension_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="หมายเหตุ"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "education_standards",
                            models.ManyToManyField(
                                blank=True,
                                related_name="crosswalk_lines",
                                to="profiles.educationstandard",
                                verbose_name="มาตรฐานการศึกษา",
                            ),
                        ),
                        (
                            "indicator",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crosswalk_line",
                                to="criteria.indicator",
                                verbose_name="ตัวชี้วัด",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตารางเทียบตัวชี้วัด",
                        "verbose_name_plural": "ตารางเทียบตัวชี้วัด",
                        "ordering": ("indicator__standard", "indicator__position"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveIndicator",
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
                            "weight",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="น้ำหนัก (ร้อยละของด้าน)"
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=2, max_digits=4, verbose_name="ค่าเป้าหมาย (ระดับ)"
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "dimension",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="quality_drive.drivedimension",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drive_indicators",
                                to="criteria.indicator",
                                verbose_name="ตัวชี้วัด",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตัวชี้วัดของการขับเคลื่อน",
                        "verbose_name_plural": "ตัวชี้วัดของการขับเคลื่อน",
                        "ordering": ("dimension", "position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dimension", "indicator"),
                                name="one_drive_indicator_per_dimension",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0), ("weight__lte", 100)),
                                name="drive_indicator_weight_is_a_percentage",
                                violation_error_message="น้ำหนักต้องมากกว่า 0 และไม่เกิน 100",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("target__gt", 0)),
                                name="drive_indicator_target_is_positive",
                                violation_error_message="ค่าเป้าหมายต้องมากกว่า 0",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCrosswalkLine",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "dimension_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="หมายเหตุ"),
                        ),
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
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="criteria.indicator",
                                verbose_name="ตัวชี้วัด",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ตารางเทียบตัวชี้วัด",
                        "verbose_name_plural": "historical ตารางเทียบตัวชี้วัด",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPracticeDimension",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
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
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="practices.goodpractice",
                                verbose_name="ผลงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ด้านคุณภาพของผลงาน",
                        "verbose_name_plural": "historical ด้านคุณภาพของผลงาน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PracticeDimension",
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
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quality_dimensions",
                                to="practices.goodpractice",
                                verbose_name="ผลงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ด้านคุณภาพของผลงาน",
                        "verbose_name_plural": "ด้านคุณภาพของผลงาน",
                        "ordering": ("practice", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "code"),
                                name="one_dimension_of_a_practice_per_code",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="StudyRequest",
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
                                    ("visit", "ขอไปศึกษาดูงาน"),
                                    ("mentor", "ขอพี่เลี้ยงจากเครือข่าย"),
                                ],
                                max_length=10,
                                verbose_name="คำขอ",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "รอสำนักงานประสาน"),
                                    ("arranged", "นัดหมายแล้ว"),
                                    ("done", "ดำเนินการแล้ว"),
                                    ("declined", "ยังจัดให้ไม่ได้"),
                                    ("withdrawn", "ถอนคำขอ"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="สิ่งที่ต้องการเรียนรู้")),
                        (
                            "preferred_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่สะดวก"),
                        ),
                        (
                            "arranged_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่นัดหมาย"),
                        ),
                        (
                            "arrangement",
                            models.TextField(blank=True, verbose_name="รายละเอียดการนัดหมาย"),
                        ),
                        ("learned", models.TextField(blank=True, verbose_name="สิ่งที่ได้เรียนรู้")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_requests",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_requests",
                                to="programmes.networkmember",
                                verbose_name="พี่เลี้ยงจากเครือข่าย",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_requests",
                                to="practices.goodpractice",
                                verbose_name="ผลงานที่ขอไปศึกษา",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_requests",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คำขอเรียนรู้จากโรงเรียนอื่น",
                        "verbose_name_plural": "คำขอเรียนรู้จากโรงเรียนอื่น",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "visit"),
                                        ("member", None),
                                        ("practice__isnull", False),
                                    ),
                                    models.Q(("kind", "mentor"), ("practice", None)),
                                    _connector="OR",
                                ),
                                name="study_request_names_what_its_kind_asks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "arranged"), _negated=True),
                                    models.Q(
                                        ("arranged_on__isnull", False),
                                        models.Q(("arrangement", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="arranged_study_request_says_when_and_how",
                                violation_error_message="โปรดระบุวันที่และรายละเอียดการนัดหมาย",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(("learned", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="finished_study_request_says_what_was_learned",
                                violation_error_message="โปรดระบุสิ่งที่ได้เรียนรู้",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClimateCount",
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
                                choices=[
                                    (5, "มากที่สุด"),
                                    (4, "มาก"),
                                    (3, "ปานกลาง"),
                                    (2, "น้อย"),
                                    (1, "น้อยที่สุด"),
                                ],
                                verbose_name="ระดับ",
                            ),
                        ),
                        (
                            "answers",
                            models.PositiveIntegerField(default=0, verbose_name="จำนวนคำตอบ"),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counts",
                                to="quality_drive.climatestatement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "จำนวนคำตอบแบบสำรวจบรรยากาศ",
                        "verbose_name_plural": "จำนวนคำตอบแบบสำรวจบรรยากาศ",
                        "ordering": ("statement", "level"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("statement", "level"), name="one_climate_count_per_level"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                                name="climate_count_level_is_one_to_five",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTarget",
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
                            "dimension_code",
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        ("text", models.CharField(max_length=450, verbose_name="ตัวชี้วัด")),
                        (
                            "weight",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="น้ำหนัก (ร้อยละของด้าน)"
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=4,
                                null=True,
                                verbose_name="ก่อนพัฒนา",
                            ),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=2, max_digits=4, verbose_name="ค่าเป้าหมายของโรงเรียน"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="quality_drive.agreement",
                            ),
                        ),
                        (
                            "drive_indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_targets",
                                to="quality_drive.driveindicator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ค่าเป้าหมายตามข้อตกลง",
                        "verbose_name_plural": "ค่าเป้าหมายตามข้อตกลง",
                        "ordering": ("agreement", "dimension_code", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "drive_indicator"),
                                name="one_agreed_target_per_indicator",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("target__gt", 0)),
                                name="agreed_target_is_positive",
                                violation_error_message="ค่าเป้าหมายต้องมากกว่า 0",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="BaselineLevel",
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
                            models.DecimalField(
                                decimal_places=2, max_digits=4, verbose_name="ระดับก่อนพัฒนา"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("last_year", "ผลการนิเทศปีก่อน"),
                                    ("entered", "กรอกจากการเก็บข้อมูล"),
                                ],
                                max_length=20,
                                verbose_name="ที่มา",
                            ),
                        ),
                        (
                            "source_text",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="รายละเอียดของที่มา"
                            ),
                        ),
                        (
                            "drive_indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="baseline_levels",
                                to="quality_drive.driveindicator",
                            ),
                        ),
                        (
                            "school_drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="baseline_levels",
                                to="quality_drive.schooldrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อมูลฐานรายตัวชี้วัด",
                        "verbose_name_plural": "ข้อมูลฐานรายตัวชี้วัด",
                        "ordering": ("school_drive", "drive_indicator"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school_drive", "drive_indicator"),
                                name="one_baseline_per_indicator",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 0)),
                                name="baseline_level_is_not_negative",
                                violation_error_message="ระดับก่อนพัฒนาต้องไม่ติดลบ",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DriveProgress",
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
                        ("reported_on", models.DateField(verbose_name="วันที่")),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=2, max_digits=9, verbose_name="ระดับหรือค่าที่ได้"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="สิ่งที่ดำเนินการ")),
                        (
                            "evidence",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ร่องรอยหลักฐาน"
                            ),
                        ),
                        ("file", models.FileField(blank=True, upload_to="drive-progress/%Y/%m/")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        (
                            "has_consent",
                            models.BooleanField(
                                default=False, verbose_name="ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drive_indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="quality_drive.driveindicator",
                            ),
                        ),
                        (
                            "school_drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="quality_drive.schooldrive",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="quality_drive.schoolproject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความก้าวหน้าของโรงเรียน",
                        "verbose_name_plural": "ความก้าวหน้าของโรงเรียน",
                        "ordering": ("reported_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("drive_indicator__isnull", False), ("project", None)),
                                    models.Q(("drive_indicator", None), ("project__isnull", False)),
                                    _connector="OR",
                                ),
                                name="drive_progress_is_on_one_indicator",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="drive_progress_says_something",
                                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCrosswalkLine_education_standards",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "crosswalkline",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="quality_drive.crosswalkline",
                            ),
                        ),
                        (
                            "educationstandard",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="profiles.educationstandard",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="quality_drive.historicalcrosswalkline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalCrosswalkLine_education_standards",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Mentoring",
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
                        ("observed", models.TextField(blank=True, verbose_name="สิ่งที่พบ")),
                        (
                            "supervisor_reflection",
                            models.TextField(blank=True, verbose_name="การสะท้อนผลของผู้นิเทศ"),
                        ),
                        (
                            "school_reflection",
                            models.TextField(blank=True, verbose_name="การสะท้อนผลของผู้รับการนิเทศ"),
                        ),
                        (
                            "next_steps",
                            models.TextField(blank=True, verbose_name="สิ่งที่จะทำต่อไปร่วมกัน"),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentoring",
                                to="visits.visit",
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentoring_visits",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การลงพื้นที่ให้คำปรึกษา",
                        "verbose_name_plural": "การลงพื้นที่ให้คำปรึกษา",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeEvent",
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
                            "forum",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exchange_event",
                                to="programmes.forum",
                                verbose_name="เวทีวิชาการ",
                            ),
                        ),
                        (
                            "drive",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exchange_events",
                                to="quality_drive.qualitydrive",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "เวทีแลกเปลี่ยนเรียนรู้",
                        "verbose_name_plural": "เวทีแลกเปลี่ยนเรียนรู้",
                        "ordering": ("drive", "-forum__starts_on", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementSupport",
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
                            "dimension_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="การสนับสนุนของสำนักงาน")),
                        (
                            "assignee",
                            models.CharField(
                                choices=[
                                    ("school_director", "ผู้อำนวยการโรงเรียน"),
                                    ("academic_teacher", "ครูวิชาการ"),
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("group_director", "สำนักงานเขตพื้นที่ฯ · ผู้อำนวยการกลุ่มนิเทศฯ"),
                                    ("work_group_head", "สำนักงานเขตพื้นที่ฯ · หัวหน้ากลุ่มงาน"),
                                    (
                                        "deputy_area_director",
                                        "สำนักงานเขตพื้นที่ฯ · รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
                                    ),
                                    (
                                        "area_director",
                                        "สำนักงานเขตพื้นที่ฯ · ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
                                    ),
                                    ("clerk", "สำนักงานเขตพื้นที่ฯ · เจ้าหน้าที่งานธุรการ"),
                                ],
                                max_length=30,
                                verbose_name="ผู้รับผิดชอบ",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="กำหนดเสร็จ")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="quality_drive.agreement",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_supports",
                                to="improvement.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การสนับสนุนตามข้อตกลง",
                        "verbose_name_plural": "การสนับสนุนตามข้อตกลง",
                        "ordering": ("agreement", "due_on", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MentoringDimension",
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
                            models.CharField(
                                choices=[
                                    ("Q1", "นักเรียนคุณภาพ"),
                                    ("Q2", "ครูคุณภาพ"),
                                    ("Q3", "ห้องเรียนคุณภาพ"),
                                    ("Q4", "ผู้อำนวยการคุณภาพ"),
                                    ("Q5", "การบริหารจัดการคุณภาพ"),
                                ],
                                max_length=5,
                                verbose_name="ด้าน",
                            ),
                        ),
                        (
                            "mentoring",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dimensions",
                                to="quality_drive.mentoring",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ด้านที่ให้คำปรึกษา",
                        "verbose_name_plural": "ด้านที่ให้คำปรึกษา",
                        "ordering": ("mentoring", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("mentoring", "code"),
                                name="one_mentoring_dimension_per_code",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Takeaway",
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
                        ("text", models.TextField(verbose_name="สิ่งที่ได้เรียนรู้และจะนำไปใช้")),
                        (
                            "try_by",
                            models.DateField(
                                blank=True, null=True, verbose_name="จะนำไปใช้ภายในวันที่"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takeaways",
                                to="quality_drive.exchangeevent",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takeaways",
                                to="practices.goodpractice",
                                verbose_name="จากผลงาน",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takeaways",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สิ่งที่นำกลับไปใช้",
                        "verbose_name_plural": "สิ่งที่นำกลับไปใช้",
                        "ordering": ("-at", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
