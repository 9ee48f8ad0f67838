from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_schools(apps, schema_editor):
    """Every recommendation so far is of a round, and its school is that of the round."""
    rounds = apps.get_model("rounds", "Round").objects.filter(pk=OuterRef("round"))
    apps.get_model("improvement", "Recommendation").objects.update(
        school=Subquery(rounds.values("school")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("improvement", "0002_advice_names_its_school")]

    operations = [migrations.RunPython(fill_schools, migrations.RunPython.noop)]
