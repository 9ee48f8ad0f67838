import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitSatisfaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
    ]
