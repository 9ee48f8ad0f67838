from django.db import migrations, models


class Migration(migrations.Migration):
    """The typed number and day of a set's meeting go: the meeting has them."""

    dependencies = [
        ("criteria", "0002_meeting"),
        ("practices", "0005_meetings_on_record"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="indicatorset", name="approved_set_names_its_meeting"
        ),
        migrations.RemoveField(model_name="indicatorset", name="meeting_no"),
        migrations.RemoveField(model_name="indicatorset", name="meeting_on"),
        migrations.AddConstraint(
            model_name="indicatorset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["approved", "retired"]),
                        ("endorsed_at__isnull", False),
                        ("endorsed_by__isnull", False),
                        ("meeting__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state__in", ["approved", "retired"]), _negated=True),
                        ("endorsed_at__isnull", True),
                        ("endorsed_by__isnull", True),
                        ("meeting__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="approved_set_names_its_meeting",
                violation_error_message="ชุดที่เห็นชอบแล้วต้องระบุการประชุม ก.ต.ป.น. และผู้บันทึก",
            ),
        ),
    ]
