import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("improvement", "0001_initial"),
        ("improvement", "0002_advice_names_its_school"),
        ("improvement", "0003_schools_of_existing_advice"),
        ("improvement", "0004_advice_of_other_origins"),
        ("improvement", "0005_advice_from_external_assessments"),
        ("improvement", "0006_advice_of_the_quality_drive"),
    ]

    initial = True

    dependencies = [
        ("criteria", "0001_initial"),
        ("criteria", "0003_drop_typed_meeting"),
        ("profiles", "0005_policy_focus"),
        ("profiles", "0007_fact_school"),
        ("rounds", "0001_initial"),
        ("rounds", "0002_supervision_methods"),
        ("schools", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "0006_import_kind"),
        ("schools", "0007_import_questions"),
        ("schools", "__first__"),
        ("visits", "0001_initial"),
        ("visits", "0002_satisfaction"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Summary",
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
                                    ("draft", "กำลังสรุป"),
                                    ("proposed", "รอโรงเรียนเห็นชอบ"),
                                    ("agreed", "เห็นชอบร่วมกันแล้ว"),
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
                            "guidelines",
                            models.TextField(blank=True, verbose_name="แนวทางปรับปรุงแก้ไข"),
                        ),
                        ("agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("agreed_as", models.CharField(blank=True, max_length=200)),
                        ("first_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summary",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สรุปผลการนิเทศ",
                        "verbose_name_plural": "สรุปผลการนิเทศ",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["agreed"]),
                                        ("agreed_at__isnull", False),
                                        ("agreed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["agreed"]), _negated=True),
                                        ("agreed_at__isnull", True),
                                        ("agreed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreed_summary_names_who_and_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedSummaryVersion",
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
                        ("strengths", models.TextField(verbose_name="จุดเด่น")),
                        ("improvement_points", models.TextField(verbose_name="จุดควรพัฒนา")),
                        ("guidelines", models.TextField(verbose_name="แนวทางปรับปรุงแก้ไข")),
                        ("agreed_at", models.DateTimeField(verbose_name="เห็นชอบเมื่อ")),
                        ("agreed_as", models.CharField(blank=True, max_length=200)),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "summary",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed_versions",
                                to="improvement.summary",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สรุปผลที่เคยเห็นชอบ",
                        "verbose_name_plural": "สรุปผลที่เคยเห็นชอบ",
                        "ordering": ("-agreed_at",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                                    ("open", "ยังไม่รายงาน"),
                                    ("in_progress", "กำลังดำเนินการ"),
                                    ("done", "รายงานว่าเสร็จ รอตรวจ"),
                                    ("closed", "ปิดแล้ว"),
                                    ("withdrawn", "ถอนแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="ข้อเสนอแนะ")),
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
                            "agreed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="โรงเรียนเห็นชอบเมื่อ"
                            ),
                        ),
                        ("proof", models.TextField(blank=True, verbose_name="หลักฐานการดำเนินการ")),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_on_visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closed_recommendations",
                                to="visits.visit",
                                verbose_name="ตรวจพบในการนิเทศ",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.indicator",
                                verbose_name="ตัวชี้วัด",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="visits.visit",
                                verbose_name="มาจากการนิเทศ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("round", "การนิเทศ"),
                                    ("external_assessment", "การประเมินภายนอก"),
                                    ("quality_drive", "การขับเคลื่อนคุณภาพ"),
                                ],
                                default="round",
                                max_length=30,
                                verbose_name="ที่มา",
                            ),
                        ),
                        (
                            "external_assessment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="profiles.externalassessment",
                                verbose_name="การประเมินภายนอก",
                            ),
                        ),
                        (
                            "origin_detail",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="รายละเอียดของที่มา"
                            ),
                        ),
                        (
                            "origin_is_sample",
                            models.BooleanField(default=False, verbose_name="ตัวอย่าง"),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อเสนอแนะ",
                        "verbose_name_plural": "ข้อเสนอแนะ",
                        "ordering": ("due_on", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["closed"]),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["closed"]), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_recommendation_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("proof", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="closed_recommendation_has_proof",
                                violation_error_message="โปรดระบุหลักฐานก่อนปิดข้อเสนอแนะ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("external_assessment", None),
                                        ("origin", "round"),
                                        ("origin_detail", ""),
                                        ("round__isnull", False),
                                    ),
                                    models.Q(
                                        ("agreed_at__isnull", False),
                                        ("external_assessment__isnull", False),
                                        ("origin", "external_assessment"),
                                        ("origin_detail", ""),
                                        ("round", None),
                                        ("visit", None),
                                    ),
                                    models.Q(
                                        models.Q(("origin_detail", ""), _negated=True),
                                        ("agreed_at__isnull", False),
                                        ("external_assessment", None),
                                        ("origin", "quality_drive"),
                                        ("round", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="recommendation_names_its_origin",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
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
                        ("text", models.TextField(verbose_name="สิ่งที่ดำเนินการ")),
                        (
                            "is_done",
                            models.BooleanField(default=False, verbose_name="ดำเนินการเสร็จแล้ว"),
                        ),
                        ("file", models.FileField(blank=True, upload_to="progress/%Y/%m/")),
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
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress_reports",
                                to="improvement.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รายงานความก้าวหน้า",
                        "verbose_name_plural": "รายงานความก้าวหน้า",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="progress_report_says_something",
                                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
