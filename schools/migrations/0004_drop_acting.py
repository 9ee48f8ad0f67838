from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What `acting` said is kept by 0003 as the capacity."""

    dependencies = [("schools", "0003_capacity")]

    operations = [
        migrations.RemoveField("appointment", "acting"),
        migrations.RemoveField("historicalappointment", "acting"),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=Q(own_title="") | ~Q(capacity=""),
                name="own_title_is_of_who_stands_in",
                violation_error_message="ผู้ดำรงตำแหน่งเองไม่ต้องระบุตำแหน่งเดิม",
            ),
        ),
    ]
