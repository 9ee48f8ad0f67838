import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("criteria", "0001_initial"),
        ("rounds", "0001_initial"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AnswerSheet",
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
                                    ("self", "การประเมินตนเอง"),
                                    ("visit", "ผลการนิเทศ"),
                                    ("rater", "คะแนนของผู้ร่วมนิเทศ"),
                                ],
                                max_length=10,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("frozen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "own_indicator_set",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicatorset",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheets",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แบบประเมิน",
                        "verbose_name_plural": "แบบประเมิน",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                            "channel",
                            models.CharField(
                                choices=[("line", "LINE"), ("mail", "อีเมล")],
                                max_length=10,
                                verbose_name="ช่องทาง",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("sending", "กำลังส่ง"),
                                    ("sent", "เตือนแล้ว"),
                                    ("failed", "ส่งไม่สำเร็จ"),
                                ],
                                max_length=10,
                                verbose_name="ผล",
                            ),
                        ),
                        (
                            "address",
                            models.EmailField(blank=True, max_length=254, verbose_name="อีเมลผู้รับ"),
                        ),
                        ("on", models.DateField(verbose_name="วันที่เตือน")),
                        ("at", models.DateTimeField(verbose_name="เวลาที่เตือน")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การเตือนให้ประเมินตนเอง",
                        "verbose_name_plural": "การเตือนให้ประเมินตนเอง",
                        "ordering": ("at",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("delivery", "failed"), _negated=True),
                                fields=("round", "on"),
                                name="one_reminder_a_day",
                                violation_error_message="วันนี้เตือนโรงเรียนนี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("address", ""), ("channel", "line"), ("delivery", "sent")
                                    ),
                                    models.Q(
                                        ("channel", "mail"),
                                        models.Q(("address", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mailed_reminder_has_an_address",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                                blank=True, null=True, verbose_name="ระดับ"
                            ),
                        ),
                        (
                            "not_applicable",
                            models.BooleanField(default=False, verbose_name="ไม่ประเมิน"),
                        ),
                        ("na_reason", models.TextField(blank=True, verbose_name="เหตุผลที่ไม่ประเมิน")),
                        ("evidence", models.TextField(blank=True, verbose_name="ร่องรอย/หลักฐาน")),
                        ("note", models.TextField(blank=True, verbose_name="ข้อค้นพบ")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicator",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="assessments.answersheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "indicator"), name="one_answer_per_indicator"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("not_applicable", False), ("level", None), _connector="OR"
                                ),
                                name="not_applicable_has_no_level",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerEdit",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        (
                            "field",
                            models.CharField(
                                choices=[
                                    ("level", "ระดับ"),
                                    ("na_reason", "เหตุผลที่ไม่ประเมิน"),
                                    ("evidence", "ร่องรอย/หลักฐาน"),
                                    ("note", "ข้อค้นพบ"),
                                    ("strengths", "จุดเด่น"),
                                    ("improvement_points", "จุดควรพัฒนา"),
                                    ("problems", "ปัญหาและอุปสรรค"),
                                    ("advice", "ข้อเสนอแนะ"),
                                    ("support", "ความต้องการรับการสนับสนุน"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("value", models.TextField(blank=True)),
                        ("base", models.UUIDField(null=True)),
                        ("made_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicator",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="assessments.answersheet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("made_at", "received_at", "id"),
                        "indexes": [
                            models.Index(
                                fields=["sheet", "indicator", "field"],
                                name="assessments_sheet_i_f4bea0_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("field__in", ("level", "na_reason", "evidence", "note")),
                                        ("indicator__isnull", False),
                                    ),
                                    models.Q(
                                        (
                                            "field__in",
                                            (
                                                "strengths",
                                                "improvement_points",
                                                "problems",
                                                "advice",
                                                "support",
                                            ),
                                        ),
                                        ("indicator", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="edit_field_fits_its_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("made_at__lte", models.F("received_at"))),
                                name="edit_made_before_received",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("photo", "ภาพถ่าย"),
                                    ("document", "เอกสาร"),
                                    ("link", "ลิงก์"),
                                ],
                                max_length=10,
                                verbose_name="ประเภท",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, db_index=True, upload_to="evidence/%Y/%m/"
                            ),
                        ),
                        ("thumbnail", models.FileField(blank=True, upload_to="evidence/%Y/%m/")),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="ลิงก์")),
                        (
                            "name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        (
                            "caption",
                            models.CharField(blank=True, max_length=300, verbose_name="คำอธิบาย"),
                        ),
                        ("size", models.PositiveIntegerField(default=0, verbose_name="ขนาด (ไบต์)")),
                        (
                            "has_consent",
                            models.BooleanField(
                                default=False, verbose_name="ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicator",
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
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="assessments.answersheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ร่องรอย/หลักฐาน",
                        "verbose_name_plural": "ร่องรอย/หลักฐาน",
                        "ordering": ("at", "id"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("file", ""),
                                        ("kind", "link"),
                                        models.Q(("url", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "link"), _negated=True), ("url", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_is_a_file_or_a_link",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removed_at", None),
                                        ("removed_by", None),
                                        models.Q(
                                            ("kind", "link"),
                                            models.Q(("file", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    models.Q(
                                        ("file", ""),
                                        ("removed_at__isnull", False),
                                        ("removed_by__isnull", False),
                                        ("thumbnail", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="removed_evidence_names_who_and_has_no_file",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LateEdit",
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
                        ("edit_id", models.UUIDField(unique=True)),
                        (
                            "field",
                            models.CharField(
                                choices=[
                                    ("level", "ระดับ"),
                                    ("na_reason", "เหตุผลที่ไม่ประเมิน"),
                                    ("evidence", "ร่องรอย/หลักฐาน"),
                                    ("note", "ข้อค้นพบ"),
                                    ("strengths", "จุดเด่น"),
                                    ("improvement_points", "จุดควรพัฒนา"),
                                    ("problems", "ปัญหาและอุปสรรค"),
                                    ("advice", "ข้อเสนอแนะ"),
                                    ("support", "ความต้องการรับการสนับสนุน"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("value", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "ยังไม่ได้พิจารณา"),
                                    ("used", "นำไปใส่ในฉบับใหม่แล้ว"),
                                    ("dismissed", "พิจารณาแล้ว ไม่นำไปใช้"),
                                ],
                                default="waiting",
                                max_length=20,
                                verbose_name="สถานะ",
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
                        (
                            "indicator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicator",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="late_edits",
                                to="assessments.answersheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อความที่มาถึงหลังปิดแบบประเมิน",
                        "verbose_name_plural": "ข้อความที่มาถึงหลังปิดแบบประเมิน",
                        "ordering": ("made_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("field__in", ("level", "na_reason", "evidence", "note")),
                                        ("indicator__isnull", False),
                                    ),
                                    models.Q(
                                        (
                                            "field__in",
                                            (
                                                "strengths",
                                                "improvement_points",
                                                "problems",
                                                "advice",
                                                "support",
                                            ),
                                        ),
                                        ("indicator", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="late_edit_field_fits_its_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("made_at__lte", models.F("received_at"))),
                                name="late_edit_made_before_received",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SelfAssessment",
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
                                    ("draft", "กำลังประเมิน"),
                                    ("confirmed", "ยืนยันแล้ว"),
                                    ("returned", "ส่งกลับให้แก้ไข"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_as",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ยืนยันในตำแหน่ง"
                            ),
                        ),
                        (
                            "indicators_without_evidence_count",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ยืนยันโดยขาดหลักฐาน (ข้อ)"
                            ),
                        ),
                        ("return_reason", models.TextField(blank=True, verbose_name="เหตุผลที่ส่งกลับ")),
                        (
                            "correct_by",
                            models.DateField(blank=True, null=True, verbose_name="แก้ไขภายในวันที่"),
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
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_version",
                                to="assessments.selfassessment",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="self_assessments",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "sheet",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="self_assessment",
                                to="assessments.answersheet",
                                verbose_name="แบบประเมิน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การประเมินตนเอง",
                        "verbose_name_plural": "การประเมินตนเอง",
                        "ordering": ("round", "version"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "version"), name="one_assessment_per_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["confirmed", "returned"]),
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["confirmed", "returned"]), _negated=True
                                        ),
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="confirmed_assessment_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("return_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="returned_assessment_gives_its_reason",
                                violation_error_message="โปรดระบุเหตุผลที่ส่งกลับ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("correct_by", None), ("version__gt", 1), _connector="OR"
                                ),
                                name="first_assessment_corrects_none",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SheetText",
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
                            "field",
                            models.CharField(
                                choices=[
                                    ("level", "ระดับ"),
                                    ("na_reason", "เหตุผลที่ไม่ประเมิน"),
                                    ("evidence", "ร่องรอย/หลักฐาน"),
                                    ("note", "ข้อค้นพบ"),
                                    ("strengths", "จุดเด่น"),
                                    ("improvement_points", "จุดควรพัฒนา"),
                                    ("problems", "ปัญหาและอุปสรรค"),
                                    ("advice", "ข้อเสนอแนะ"),
                                    ("support", "ความต้องการรับการสนับสนุน"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="assessments.answersheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "field"), name="one_text_per_sheet_field"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "field__in",
                                        (
                                            "strengths",
                                            "improvement_points",
                                            "problems",
                                            "advice",
                                            "support",
                                        ),
                                    )
                                ),
                                name="sheet_text_is_on_the_sheet",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
