import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Decisions name a meeting of ก.ต.ป.น.; which one, the next migration finds out."""

    dependencies = [
        ("committees", "0001_initial"),
        ("practices", "0003_unit_practices"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="committees.meeting",
                verbose_name="การประชุม ก.ต.ป.น.",
            ),
        ),
    ]
