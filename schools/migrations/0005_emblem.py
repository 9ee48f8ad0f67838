import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import schools.models.emblem


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0004_drop_acting"),
    ]

    operations = [
        migrations.AddField(
            model_name="area",
            name="parent_agencies",
            field=models.TextField(
                blank=True,
                default="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน\nกระทรวงศึกษาธิการ",
                help_text="พิมพ์ใต้ชื่อสำนักงานบนปก บรรทัดละหน่วยงาน ข้อความที่ให้ไว้เป็นค่าเริ่มต้น โปรดแก้ตามที่สำนักงานใช้",
                verbose_name="หน่วยงานต้นสังกัดบนปก",
            ),
        ),
        migrations.AddField(
            model_name="historicalarea",
            name="parent_agencies",
            field=models.TextField(
                blank=True,
                default="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน\nกระทรวงศึกษาธิการ",
                help_text="พิมพ์ใต้ชื่อสำนักงานบนปก บรรทัดละหน่วยงาน ข้อความที่ให้ไว้เป็นค่าเริ่มต้น โปรดแก้ตามที่สำนักงานใช้",
                verbose_name="หน่วยงานต้นสังกัดบนปก",
            ),
        ),
        migrations.CreateModel(
            name="Emblem",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("file", models.FileField(upload_to=schools.models.emblem.emblem_path)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ตราสำนักงาน",
                "verbose_name_plural": "ตราสำนักงาน",
            },
        ),
        migrations.AddField(
            model_name="area",
            name="emblem",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="schools.emblem",
                verbose_name="ตราสำนักงาน",
            ),
        ),
        migrations.AddField(
            model_name="historicalarea",
            name="emblem",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.emblem",
                verbose_name="ตราสำนักงาน",
            ),
        ),
    ]
