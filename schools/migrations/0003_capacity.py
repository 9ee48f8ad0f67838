from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CAPACITIES = [
    ("acting", "รักษาการในตำแหน่ง"),
    ("in_place_of", "รักษาราชการแทน"),
    ("on_behalf_of", "ปฏิบัติราชการแทน"),
]


def name_capacity(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """By the word that papers printed so far: of the head of the office รักษาราชการแทน."""
    for model in ("Appointment", "HistoricalAppointment"):
        acting = apps.get_model("schools", model).objects.filter(acting=True)
        acting.filter(role="area_director").update(capacity="in_place_of")
        acting.exclude(role="area_director").update(capacity="acting")


def keep_acting(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for model in ("Appointment", "HistoricalAppointment"):
        apps.get_model("schools", model).objects.exclude(capacity="").update(acting=True)


def both_tables(name: str, field: models.Field) -> list[migrations.AddField]:
    """The column in the table and in the table of its history."""
    return [
        migrations.AddField(model, name, field)
        for model in ("appointment", "historicalappointment")
    ]


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_external_system")]

    operations = [
        *both_tables(
            "capacity",
            models.CharField(
                blank=True,
                choices=CAPACITIES,
                max_length=20,
                verbose_name="ลักษณะการดำรงตำแหน่ง",
            ),
        ),
        *both_tables(
            "own_title",
            models.CharField(blank=True, max_length=150, verbose_name="ตำแหน่งเดิมของผู้ทำการแทน"),
        ),
        migrations.RunPython(name_capacity, keep_acting),
    ]
