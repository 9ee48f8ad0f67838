import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("visits", "0001_initial"),
        ("visits", "0002_satisfaction"),
        ("visits", "0003_mentoring_visits"),
    ]

    initial = True

    dependencies = [
        ("assessments", "0001_initial"),
        ("rounds", "0001_initial"),
        ("rounds", "0002_supervision_methods"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Visit",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="ครั้งที่")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ฉบับที่"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "นัดหมายแล้ว"),
                                    ("recording", "กำลังบันทึก"),
                                    ("signed", "ศึกษานิเทศก์ลงนามแล้ว"),
                                    ("acknowledged", "โรงเรียนรับทราบแล้ว"),
                                    ("cancelled", "ยกเลิก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("visit_on", models.DateField(verbose_name="วันที่นิเทศ")),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="เวลา")),
                        ("ends_at", models.TimeField(blank=True, null=True, verbose_name="ถึงเวลา")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ordinary", "นิเทศ ติดตามปกติ"),
                                    ("term_opening", "เปิดภาคเรียน"),
                                    ("with_committee", "บูรณาการกับ ก.ต.ป.น."),
                                    ("project", "ติดตามโครงการ"),
                                    ("on_request", "ตามคำขอของโรงเรียน"),
                                    ("classroom", "สังเกตชั้นเรียน"),
                                    ("mentoring", "ลงพื้นที่ให้คำปรึกษา"),
                                ],
                                default="ordinary",
                                max_length=20,
                                verbose_name="ประเภทการนิเทศ",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("on_site", "ลงพื้นที่"),
                                    ("online", "ออนไลน์"),
                                    ("hybrid", "ผสมผสาน"),
                                ],
                                default="on_site",
                                max_length=20,
                                verbose_name="รูปแบบการนิเทศ",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300, verbose_name="เรื่องที่นิเทศ")),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_as", models.CharField(blank=True, max_length=200)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        ("acknowledged_as", models.CharField(blank=True, max_length=200)),
                        (
                            "school_comment",
                            models.TextField(blank=True, verbose_name="ความเห็นของโรงเรียน"),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits_led",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="หัวหน้าคณะนิเทศ",
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_version",
                                to="visits.visit",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "sheet",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit",
                                to="assessments.answersheet",
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
                            "team",
                            models.ManyToManyField(
                                blank=True,
                                related_name="visits_joined",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ร่วมนิเทศ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การนิเทศ",
                        "verbose_name_plural": "การนิเทศ",
                        "ordering": ("round", "number", "version"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "number", "version"),
                                name="one_visit_per_number_and_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("previous", None), ("version", 1)),
                                    models.Q(("previous__isnull", False), ("version__gt", 1)),
                                    _connector="OR",
                                ),
                                name="amended_visit_names_the_one_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None),
                                    ("ends_at__gt", models.F("starts_at")),
                                    _connector="OR",
                                ),
                                name="visit_ends_after_it_starts",
                                violation_error_message="เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["signed", "acknowledged"]),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["signed", "acknowledged"]), _negated=True
                                        ),
                                        ("signed_at__isnull", True),
                                        ("signed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_visit_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["acknowledged"]),
                                        ("acknowledged_at__isnull", False),
                                        ("acknowledged_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["acknowledged"]), _negated=True),
                                        ("acknowledged_at__isnull", True),
                                        ("acknowledged_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="acknowledged_visit_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sheet", None), ("state", "planned")),
                                    models.Q(
                                        ("kind", "mentoring"),
                                        ("sheet", None),
                                        ("state__in", ("recording", "signed", "acknowledged")),
                                    ),
                                    models.Q(
                                        ("sheet__isnull", False),
                                        ("state__in", ("recording", "signed", "acknowledged")),
                                        models.Q(("kind", "mentoring"), _negated=True),
                                    ),
                                    ("state", "cancelled"),
                                    _connector="OR",
                                ),
                                name="begun_record_has_its_sheet",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
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
                            "teacher",
                            models.CharField(
                                max_length=60, verbose_name="ครูผู้รับการสังเกต (ตำแหน่งหรืออักษรย่อ)"
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
                        ("subject", models.CharField(max_length=100, verbose_name="วิชาหรือกิจกรรม")),
                        (
                            "lesson",
                            models.CharField(blank=True, max_length=200, verbose_name="เรื่องที่สอน"),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="observation",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การสังเกตชั้นเรียน",
                        "verbose_name_plural": "การสังเกตชั้นเรียน",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grade__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
                                ),
                                name="observed_grade_is_taught_somewhere",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ส่งเมื่อ"),
                        ),
                        (
                            "rater",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ให้คะแนน",
                            ),
                        ),
                        (
                            "sheet",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating",
                                to="assessments.answersheet",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คะแนนของผู้ร่วมนิเทศ",
                        "verbose_name_plural": "คะแนนของผู้ร่วมนิเทศ",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "rater"), name="one_rating_per_rater"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignedCopy",
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
                        ("file", models.FileField(blank=True, upload_to="signed/%Y/%m/")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อไฟล์")),
                        ("size", models.PositiveIntegerField(verbose_name="ขนาด (ไบต์)")),
                        ("sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "removal_reason",
                            models.TextField(blank=True, verbose_name="เหตุผลที่นำออก"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signed_copies",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สำเนาบันทึกที่ลงนาม",
                        "verbose_name_plural": "สำเนาบันทึกที่ลงนาม",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removal_reason", ""),
                                        ("removed_at", None),
                                        ("removed_by", None),
                                        models.Q(("file", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("file", ""),
                                        ("removed_at__isnull", False),
                                        ("removed_by__isnull", False),
                                        models.Q(("removal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="removed_copy_names_who_and_why_and_has_no_file",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("removed_at", None), models.Q(("sha256", ""), _negated=True)
                                ),
                                fields=("visit", "sha256"),
                                name="one_copy_of_the_same_content",
                                violation_error_message="ไฟล์นี้แนบไว้กับบันทึกนี้แล้ว",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitSatisfaction",
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
                            "met_needs",
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
                                verbose_name="การนิเทศครั้งนี้ตรงกับความต้องการของโรงเรียน",
                            ),
                        ),
                        (
                            "advice_usable",
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
                                verbose_name="ข้อเสนอแนะนำไปใช้ได้จริง",
                            ),
                        ),
                        (
                            "good_friend",
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
                                verbose_name="ผู้นิเทศให้คำแนะนำอย่างกัลยาณมิตร",
                            ),
                        ),
                        (
                            "comment",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อความถึงกลุ่มนิเทศฯ (ถ้ามี)"
                            ),
                        ),
                        ("is_skipped", models.BooleanField(default=False, verbose_name="ไม่ตอบ")),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="satisfaction",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความพึงพอใจต่อการนิเทศ",
                        "verbose_name_plural": "ความพึงพอใจต่อการนิเทศ",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("advice_usable__in", [5, 4, 3, 2, 1]),
                                        ("good_friend__in", [5, 4, 3, 2, 1]),
                                        ("is_skipped", False),
                                        ("met_needs__in", [5, 4, 3, 2, 1]),
                                        ("advice_usable__isnull", False),
                                        ("good_friend__isnull", False),
                                        ("met_needs__isnull", False),
                                    ),
                                    models.Q(
                                        ("advice_usable", None),
                                        ("comment", ""),
                                        ("good_friend", None),
                                        ("is_skipped", True),
                                        ("met_needs", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_satisfaction_is_answered_or_skipped",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
