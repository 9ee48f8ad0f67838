import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Sets name a meeting; the typed number and day go once decisions name theirs too."""

    dependencies = [
        ("committees", "0001_initial"),
        ("criteria", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorset",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indicator_sets",
                to="committees.meeting",
                verbose_name="การประชุม ก.ต.ป.น.",
            ),
        ),
    ]
