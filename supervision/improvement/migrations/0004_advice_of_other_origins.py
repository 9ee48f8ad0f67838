import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0003_drop_typed_meeting"),
        ("improvement", "0003_schools_of_existing_advice"),
        ("rounds", "0002_supervision_methods"),
        ("schools", "0005_emblem"),
        ("visits", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="recommendation",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="rounds.round",
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="schools.school",
                verbose_name="โรงเรียน",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "round"), ("round__isnull", False)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("origin", "external_assessment"),
                        ("round", None),
                        ("visit", None),
                    ),
                    _connector="OR",
                ),
                name="recommendation_names_its_origin",
            ),
        ),
    ]
