import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [("criteria", "0001_initial"), ("criteria", "0002_meeting")]

    initial = True

    dependencies = [
        ("committees", "0001_initial"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Scale",
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
                        ("key", models.SlugField(max_length=40, unique=True)),
                        (
                            "name",
                            models.CharField(
                                error_messages={"unique": "มีมาตราส่วนชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=100,
                                unique=True,
                                verbose_name="ชื่อมาตรา",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                    ],
                    options={
                        "verbose_name": "มาตราส่วนประมาณค่า",
                        "verbose_name_plural": "มาตราส่วนประมาณค่า",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ScaleBand",
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
                            "low",
                            models.DecimalField(
                                decimal_places=2, max_digits=4, verbose_name="ตั้งแต่"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(decimal_places=2, max_digits=4, verbose_name="ถึง"),
                        ),
                        ("label", models.CharField(max_length=50, verbose_name="การแปลผล")),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bands",
                                to="criteria.scale",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-low",),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("high__gte", models.F("low"))),
                                name="band_high_not_below_low",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScaleLevel",
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
                        ("value", models.PositiveSmallIntegerField(verbose_name="ค่า")),
                        ("label", models.CharField(max_length=50, verbose_name="ชื่อระดับ")),
                        (
                            "description",
                            models.CharField(blank=True, max_length=300, verbose_name="คำอธิบาย"),
                        ),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="criteria.scale",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-value",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scale", "value"), name="one_level_per_value"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorSet",
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
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อชุดตัวชี้วัด")),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "ทุกระดับ"), (1, "ปฐมวัย"), (2, "ขั้นพื้นฐาน")],
                                default=2,
                                verbose_name="ระดับการศึกษา",
                            ),
                        ),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("round", "ประเมินและนิเทศสถานศึกษา"),
                                    ("observation", "สังเกตชั้นเรียน"),
                                ],
                                default="round",
                                max_length=20,
                                verbose_name="ใช้สำหรับ",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ฉบับที่"),
                        ),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่มา"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("is_borrowed", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "ร่าง"),
                                    ("in_review", "เสนอ ก.ต.ป.น. พิจารณา"),
                                    ("approved", "เห็นชอบแล้ว"),
                                    ("retired", "เลิกใช้"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "meeting_no",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="ก.ต.ป.น. ครั้งที่"
                            ),
                        ),
                        (
                            "meeting_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่ประชุม"),
                        ),
                        ("endorsed_at", models.DateTimeField(blank=True, null=True)),
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
                            "previous",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_version",
                                to="criteria.indicatorset",
                            ),
                        ),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicator_sets",
                                to="criteria.scale",
                                verbose_name="มาตราส่วนประมาณค่า",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicator_sets",
                                to="committees.meeting",
                                verbose_name="การประชุม ก.ต.ป.น.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ชุดเกณฑ์ ตัวชี้วัด",
                        "verbose_name_plural": "ชุดเกณฑ์ ตัวชี้วัด",
                        "ordering": ("-use", "-level", "name", "-version"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name", "version"), name="one_set_per_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved", "retired"]),
                                        ("endorsed_at__isnull", False),
                                        ("endorsed_by__isnull", False),
                                        ("meeting_on__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["approved", "retired"]), _negated=True
                                        ),
                                        ("endorsed_at__isnull", True),
                                        ("endorsed_by__isnull", True),
                                        ("meeting_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approved_set_names_its_meeting",
                                violation_error_message="ชุดที่เห็นชอบแล้วต้องระบุการประชุม ก.ต.ป.น. และผู้บันทึก",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standard",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="มาตรฐานที่")),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อมาตรฐาน")),
                        (
                            "target",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=4,
                                null=True,
                                verbose_name="บรรลุเมื่อค่าเฉลี่ยตั้งแต่",
                            ),
                        ),
                        (
                            "indicator_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standards",
                                to="criteria.indicatorset",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "มาตรฐาน",
                        "verbose_name_plural": "มาตรฐาน",
                        "ordering": ("indicator_set", "number"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator_set", "number"), name="one_standard_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
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
                        ("code", models.CharField(max_length=20, verbose_name="เลขที่")),
                        ("text", models.CharField(max_length=400, verbose_name="ตัวชี้วัด")),
                        (
                            "group",
                            models.CharField(blank=True, max_length=200, verbose_name="หัวข้อ"),
                        ),
                        (
                            "evidence_hint",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ร่องรอยที่ควรมี"
                            ),
                        ),
                        (
                            "weight",
                            models.DecimalField(
                                decimal_places=2, default=1, max_digits=4, verbose_name="น้ำหนัก"
                            ),
                        ),
                        (
                            "achieved_from",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="บรรลุเมื่อระดับตั้งแต่"
                            ),
                        ),
                        (
                            "is_local",
                            models.BooleanField(default=False, verbose_name="เขตพื้นที่เพิ่มเติม"),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="criteria.standard",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตัวชี้วัด",
                        "verbose_name_plural": "ตัวชี้วัด",
                        "ordering": ("standard", "position"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("standard", "code"), name="one_indicator_per_code"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0)),
                                name="indicator_weight_is_positive",
                                violation_error_message="น้ำหนักต้องมากกว่า 0",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rubric",
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
                        ("text", models.CharField(max_length=400, verbose_name="คำอธิบายระดับ")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rubrics",
                                to="criteria.indicator",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.scalelevel",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "level"), name="one_rubric_per_level"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
