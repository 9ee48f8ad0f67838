import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The typed number and day of a decision's meeting go: the meeting has them."""

    dependencies = [
        ("committees", "0001_initial"),
        ("practices", "0005_meetings_on_record"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="committees.meeting",
                verbose_name="การประชุม ก.ต.ป.น.",
            ),
        ),
        migrations.RemoveField(model_name="decision", name="meeting_no"),
        migrations.RemoveField(model_name="decision", name="meeting_on"),
    ]
