"""Count answers to climate surveys instead of keeping them; nobody could answer one before."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0007_result_corrections"),
        ("quality_drive", "0001_initial"),
        ("schools", "0007_import_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes the table anew for each field: what names one goes first.
        migrations.RemoveConstraint(
            model_name="climatelevel",
            name="one_climate_level_per_statement",
        ),
        migrations.RemoveField(
            model_name="climatelevel",
            name="answer",
        ),
        migrations.RemoveField(
            model_name="climatelevel",
            name="statement",
        ),
        migrations.AddField(
            model_name="driveevent",
            name="attended",
            field=models.ManyToManyField(
                blank=True,
                related_name="drive_events_attended",
                to="schools.school",
                verbose_name="โรงเรียนที่เข้าร่วม",
            ),
        ),
        migrations.AlterField(
            model_name="driveevent",
            name="schools",
            field=models.ManyToManyField(
                blank=True,
                related_name="drive_events",
                to="schools.school",
                verbose_name="โรงเรียนที่เชิญ",
            ),
        ),
        migrations.CreateModel(
            name="ClimateCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("answers", models.PositiveIntegerField(default=0, verbose_name="จำนวนคำตอบ")),
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
            },
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
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
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
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PracticeDimension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.DeleteModel(
            name="ClimateAnswer",
        ),
        migrations.DeleteModel(
            name="ClimateLevel",
        ),
        migrations.AddConstraint(
            model_name="climatecount",
            constraint=models.UniqueConstraint(
                fields=("statement", "level"), name="one_climate_count_per_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="climatecount",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                name="climate_count_level_is_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicedimension",
            constraint=models.UniqueConstraint(
                fields=("practice", "code"), name="one_dimension_of_a_practice_per_code"
            ),
        ),
    ]
