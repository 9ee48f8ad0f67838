import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [("rounds", "0001_initial"), ("rounds", "0002_supervision_methods")]

    initial = True

    dependencies = [
        ("committees", "0001_initial"),
        ("criteria", "0001_initial"),
        ("schools", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="HistoricalStepDeadline",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("step", models.PositiveSmallIntegerField(verbose_name="ขั้นที่")),
                        (
                            "opens_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เริ่ม"),
                        ),
                        ("due_on", models.DateField(verbose_name="กำหนดเสร็จ")),
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
                        "verbose_name": "historical กำหนดเสร็จของขั้น",
                        "verbose_name_plural": "historical กำหนดเสร็จของขั้น",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTurnAllowance",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(verbose_name="จำนวนวันนับแต่ถึงลำดับ"),
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
                        "verbose_name": "historical จำนวนวันนับแต่ถึงลำดับ",
                        "verbose_name_plural": "historical จำนวนวันนับแต่ถึงลำดับ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="StepDeadline",
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
                        ("step", models.PositiveSmallIntegerField(verbose_name="ขั้นที่")),
                        (
                            "opens_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เริ่ม"),
                        ),
                        ("due_on", models.DateField(verbose_name="กำหนดเสร็จ")),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deadlines",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กำหนดเสร็จของขั้น",
                        "verbose_name_plural": "กำหนดเสร็จของขั้น",
                        "ordering": ("term", "step"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("term", "step"), name="one_deadline_per_step"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("step__in", [1, 2, 3, 4, 5, 6, 7])),
                                name="deadline_is_for_one_of_seven_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opens_on", None),
                                    ("opens_on__lte", models.F("due_on")),
                                    _connector="OR",
                                ),
                                name="step_opens_before_it_is_due",
                                violation_error_message="วันที่เริ่มต้องไม่หลังกำหนดเสร็จ",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TurnAllowance",
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
                            "days",
                            models.PositiveSmallIntegerField(verbose_name="จำนวนวันนับแต่ถึงลำดับ"),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turn_allowance",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "จำนวนวันนับแต่ถึงลำดับ",
                        "verbose_name_plural": "จำนวนวันนับแต่ถึงลำดับ",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("days__lte", 60)),
                                name="turn_days_are_one_to_sixty",
                                violation_error_message="จำนวนวันต้องอยู่ระหว่าง 1 ถึง 60",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
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
                            models.PositiveSmallIntegerField(default=1, verbose_name="รอบที่"),
                        ),
                        (
                            "planned_changes",
                            models.TextField(blank=True, verbose_name="สิ่งที่จะปรับในรอบนี้"),
                        ),
                        ("criteria_chosen_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "criteria_chosen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "indicator_sets",
                            models.ManyToManyField(
                                blank=True,
                                related_name="rounds",
                                to="criteria.indicatorset",
                                verbose_name="ชุดตัวชี้วัด",
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
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_round",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="schools.school",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รอบการนิเทศ",
                        "verbose_name_plural": "รอบการนิเทศ",
                        "ordering": ("-term__opens_on", "school__sort_key", "-number"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "term", "number"),
                                name="one_round_per_number",
                                violation_error_message="โรงเรียนนี้มีรอบนี้ในภาคเรียนนี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", 1), ("previous", None)),
                                    models.Q(("number__gt", 1), ("previous__isnull", False)),
                                    _connector="OR",
                                ),
                                name="later_round_names_the_one_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("criteria_chosen_at", None), ("criteria_chosen_by", None)
                                    ),
                                    models.Q(
                                        ("criteria_chosen_at__isnull", False),
                                        ("criteria_chosen_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="chosen_criteria_name_their_chooser",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRoundDeadline",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("step", models.PositiveSmallIntegerField(verbose_name="ขั้นที่")),
                        (
                            "opens_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เริ่ม"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="กำหนดเสร็จ"),
                        ),
                        (
                            "is_proposed",
                            models.BooleanField(default=False, verbose_name="ระบบเสนอ"),
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
                            "round",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical กำหนดเสร็จของขั้นในรอบ",
                        "verbose_name_plural": "historical กำหนดเสร็จของขั้นในรอบ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RoundDeadline",
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
                        ("step", models.PositiveSmallIntegerField(verbose_name="ขั้นที่")),
                        (
                            "opens_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เริ่ม"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="กำหนดเสร็จ"),
                        ),
                        (
                            "is_proposed",
                            models.BooleanField(default=False, verbose_name="ระบบเสนอ"),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deadlines",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กำหนดเสร็จของขั้นในรอบ",
                        "verbose_name_plural": "กำหนดเสร็จของขั้นในรอบ",
                        "ordering": ("round", "step"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "step"), name="one_deadline_per_step_of_a_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("step__in", [1, 2, 3, 4, 5, 6, 7])),
                                name="round_deadline_is_for_one_of_seven_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opens_on", None),
                                    models.Q(
                                        ("due_on__isnull", False),
                                        ("opens_on__lte", models.F("due_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="step_of_a_round_opens_before_it_is_due",
                                violation_error_message="วันที่เริ่มต้องไม่หลังกำหนดเสร็จ",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupervisionMethods",
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
                                choices=[("draft", "ร่าง"), ("endorsed", "เห็นชอบแล้ว")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("methods", models.JSONField(default=list, verbose_name="วิธีการนิเทศ")),
                        (
                            "tools",
                            models.JSONField(blank=True, default=list, verbose_name="เครื่องมือ"),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="คำอธิบายวิธีการ")),
                        ("endorsed_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
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
                                related_name="endorsed_methods",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "round",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="own_methods",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervision_methods",
                                to="schools.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "เครื่องมือและวิธีการนิเทศ",
                        "verbose_name_plural": "เครื่องมือและวิธีการนิเทศ",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("round", None)),
                                fields=("term",),
                                name="one_methods_per_term",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["endorsed"]),
                                        ("endorsed_at__isnull", False),
                                        ("endorsed_by__isnull", False),
                                        ("meeting__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["endorsed"]), _negated=True),
                                        ("endorsed_at__isnull", True),
                                        ("endorsed_by__isnull", True),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="endorsed_methods_name_their_meeting",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
