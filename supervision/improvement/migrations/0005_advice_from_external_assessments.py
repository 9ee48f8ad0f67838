import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0003_drop_typed_meeting"),
        ("improvement", "0004_advice_of_other_origins"),
        ("profiles", "0005_policy_focus"),
        ("rounds", "0002_supervision_methods"),
        ("schools", "0006_import_kind"),
        ("visits", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recommendation",
            name="recommendation_names_its_origin",
        ),
        migrations.AddField(
            model_name="recommendation",
            name="external_assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="profiles.externalassessment",
                verbose_name="การประเมินภายนอก",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("external_assessment", None), ("origin", "round"), ("round__isnull", False)
                    ),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("external_assessment__isnull", False),
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
