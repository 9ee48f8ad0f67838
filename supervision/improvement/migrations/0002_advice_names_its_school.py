import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="school",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="schools.school",
                verbose_name="โรงเรียน",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="origin",
            field=models.CharField(
                choices=[("round", "การนิเทศ"), ("external_assessment", "การประเมินภายนอก")],
                default="round",
                max_length=30,
                verbose_name="ที่มา",
            ),
        ),
    ]
