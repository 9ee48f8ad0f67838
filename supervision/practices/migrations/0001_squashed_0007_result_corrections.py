import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("practices", "0001_initial"),
        ("practices", "0002_practice_criteria"),
        ("practices", "0003_unit_practices"),
        ("practices", "0004_decision_meeting"),
        ("practices", "0005_meetings_on_record"),
        ("practices", "0006_drop_typed_meeting"),
        ("practices", "0007_result_corrections"),
    ]

    initial = True

    dependencies = [
        ("committees", "0001_initial"),
        ("criteria", "0002_meeting"),
        ("rounds", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
        ("standards", "0002_processes_and_passages"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="PracticeCriterion",
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
                        ("name", models.CharField(max_length=200, verbose_name="เกณฑ์")),
                        ("full_marks", models.PositiveSmallIntegerField(verbose_name="คะแนนเต็ม")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="ลำดับที่")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "เกณฑ์การคัดเลือกวิธีปฏิบัติที่เป็นเลิศ",
                        "verbose_name_plural": "เกณฑ์การคัดเลือกวิธีปฏิบัติที่เป็นเลิศ",
                        "ordering": ("position", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("full_marks__gte", 1), ("full_marks__lte", 100)
                                ),
                                name="full_marks_are_one_to_100",
                                violation_error_message="คะแนนเต็มต้องอยู่ระหว่าง 1 ถึง 100",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                                choices=[("achieved", "บรรลุ"), ("not_achieved", "ไม่บรรลุ")],
                                max_length=20,
                                verbose_name="ผลการพิจารณา",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="เหตุผล")),
                        (
                            "proposed",
                            models.CharField(
                                blank=True,
                                choices=[("achieved", "บรรลุ"), ("not_achieved", "ไม่บรรลุ")],
                                max_length=20,
                                verbose_name="ผลที่ระบบเสนอ",
                            ),
                        ),
                        (
                            "against_reason",
                            models.TextField(
                                blank=True, verbose_name="เหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ"
                            ),
                        ),
                        ("decided_as", models.CharField(blank=True, max_length=200)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผลการพิจารณา",
                        "verbose_name_plural": "ผลการพิจารณา",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="decision_gives_its_reason",
                                violation_error_message="โปรดระบุเหตุผลของผลการพิจารณา",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proposed", ""),
                                    ("proposed", models.F("state")),
                                    models.Q(("against_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decision_against_the_proposal_says_why",
                                violation_error_message="โปรดระบุเหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="GoodPractice",
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
                                    ("nominated", "เสนอแล้ว รอพิจารณา"),
                                    ("selected", "ได้รับคัดเลือก"),
                                    ("not_selected", "ไม่ได้รับคัดเลือก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อผลงาน")),
                        ("background", models.TextField(blank=True, verbose_name="ความเป็นมา")),
                        ("objectives", models.TextField(blank=True, verbose_name="วัตถุประสงค์")),
                        ("process", models.TextField(verbose_name="กระบวนการ")),
                        ("outcome", models.TextField(verbose_name="ผลที่เกิดขึ้น")),
                        (
                            "success_factors",
                            models.TextField(blank=True, verbose_name="ปัจจัยความสำเร็จ"),
                        ),
                        ("lessons", models.TextField(blank=True, verbose_name="บทเรียนที่ได้รับ")),
                        ("dissemination", models.TextField(blank=True, verbose_name="การเผยแพร่")),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("school", "ระดับโรงเรียน"),
                                    ("cluster", "ระดับกลุ่มโรงเรียน"),
                                    ("area", "ระดับเขตพื้นที่การศึกษา"),
                                    ("province", "ระดับจังหวัด"),
                                    ("region", "ระดับภาค"),
                                    ("country", "ระดับประเทศ"),
                                ],
                                max_length=20,
                                verbose_name="ระดับที่คัดเลือก",
                            ),
                        ),
                        ("selected_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "nominated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "selected_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("school", "วิธีปฏิบัติของโรงเรียน"),
                                    ("method", "วิธีการนิเทศ"),
                                    ("media", "สื่อ/นวัตกรรม"),
                                    ("handbook", "คู่มือ"),
                                    ("model", "รูปแบบการนิเทศ"),
                                ],
                                default="school",
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.term",
                                verbose_name="ภาคเรียนที่เสนอ",
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices",
                                to="standards.work",
                                verbose_name="งาน",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "วิธีปฏิบัติที่เป็นเลิศ",
                        "verbose_name_plural": "วิธีปฏิบัติที่เป็นเลิศ",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["selected"]),
                                        ("selected_at__isnull", False),
                                        ("selected_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["selected"]), _negated=True),
                                        ("selected_at__isnull", True),
                                        ("selected_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="selected_practice_names_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "selected"),
                                        models.Q(("level", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "selected"), _negated=True),
                                        ("level", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="selected_practice_has_its_level",
                                violation_error_message="โปรดเลือกระดับที่คัดเลือก",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "school"),
                                        ("round__isnull", False),
                                        ("term", None),
                                        ("work", None),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "school"), _negated=True),
                                        ("round", None),
                                        ("term__isnull", False),
                                        ("work__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="practice_is_of_a_round_or_of_the_unit",
                                violation_error_message="ผลงานของกลุ่มนิเทศฯ ต้องระบุประเภท งาน และภาคเรียนที่เสนอ",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResultCorrection",
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
                            "result",
                            models.CharField(
                                choices=[("achieved", "บรรลุ"), ("not_achieved", "ไม่บรรลุ")],
                                max_length=20,
                                verbose_name="ผลที่แก้ไขเป็น",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="เหตุผลที่แก้ไขผล")),
                        ("previous_reason", models.TextField(verbose_name="เหตุผลเดิม")),
                        (
                            "previous_against_reason",
                            models.TextField(blank=True, verbose_name="เหตุผลเดิมที่ต่างจากผลที่ระบบเสนอ"),
                        ),
                        (
                            "withdrawn_changes",
                            models.TextField(blank=True, verbose_name="สิ่งที่จะปรับของรอบที่ถอน"),
                        ),
                        ("corrected_as", models.CharField(blank=True, max_length=200)),
                        ("corrected_at", models.DateTimeField()),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="practices.decision",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="result_corrections",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "previous_meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_results",
                                to="committees.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การแก้ไขผลโดยมติที่ประชุม",
                        "verbose_name_plural": "การแก้ไขผลโดยมติที่ประชุม",
                        "ordering": ("corrected_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="result_correction_gives_its_reason",
                                violation_error_message="โปรดระบุเหตุผลที่ที่ประชุมมีมติแก้ไขผล",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeReview",
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
                            "score",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="คะแนน (0–100)",
                            ),
                        ),
                        ("comment", models.TextField(verbose_name="ความเห็น")),
                        ("at", models.DateTimeField()),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="practices.goodpractice",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความเห็นต่อวิธีปฏิบัติที่เป็นเลิศ",
                        "verbose_name_plural": "ความเห็นต่อวิธีปฏิบัติที่เป็นเลิศ",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "reviewer"), name="one_review_per_reviewer"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__lte", 100)),
                                name="review_score_is_at_most_100",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionMark",
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
                        ("marks", models.PositiveSmallIntegerField(verbose_name="คะแนน")),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="practices.practicereview",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="practices.practicecriterion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คะแนนตามเกณฑ์",
                        "verbose_name_plural": "คะแนนตามเกณฑ์",
                        "ordering": ("criterion__position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "criterion"),
                                name="one_mark_per_criterion_of_a_review",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("marks__lte", 100)),
                                name="marks_are_at_most_100",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
