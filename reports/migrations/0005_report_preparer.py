from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

PUT_FORWARD = ("prepare", "revise", "prepare_again")


def date_preparing(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As the transition log has it; the post in which it was done was not kept."""
    lines = apps.get_model("workflow", "Transition").objects.filter(
        record_type="reports.issueddocument", record_id=OuterRef("pk"), verb__in=PUT_FORWARD
    )
    documents = apps.get_model("reports", "IssuedDocument").objects
    last = Subquery(lines.order_by("-at").values("at")[:1])
    documents.update(prepared_at=Coalesce(last, F("prepared_at")))


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_summary_reports"), ("workflow", "0001_initial")]

    operations = [
        migrations.AddField(
            "issueddocument", "prepared_as", models.CharField(blank=True, max_length=200)
        ),
        migrations.AddField(
            "issueddocument", "prepared_at", models.DateTimeField(default=timezone.now)
        ),
        migrations.RunPython(date_preparing, migrations.RunPython.noop),
    ]
