from django.db import migrations

AREA, SUBCOMMITTEE = "area", "subcommittee"
NAMES = {
    AREA: "คณะกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา (ก.ต.ป.น.)",
    SUBCOMMITTEE: "คณะอนุกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา",
}
KINDS = {"committee_member": AREA, "subcommittee_member": SUBCOMMITTEE}


def make_committees(apps, schema_editor):
    """Who holds an appointment of a committee becomes a member of it, for the same days."""
    appointments = apps.get_model("schools", "Appointment").objects.filter(role__in=KINDS)
    for held in appointments.select_related("user", "cluster").order_by("starts_on", "pk"):
        committee = _committee(apps, KINDS[held.role], held)
        committee.members.create(
            user=held.user,
            name=held.user.full_name,
            post=held.title,
            sequence=committee.members.count() + 1,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
            appointment=held,
        )


def _committee(apps, kind, held):
    """The committee of this kind and cluster, from the day of its first member on."""
    name = f"{NAMES[kind]} {held.cluster.name if held.cluster else ''}".strip()
    found, _ = apps.get_model("committees", "Committee").objects.get_or_create(
        kind=kind, cluster=held.cluster, defaults={"name": name, "starts_on": held.starts_on}
    )
    return found


class Migration(migrations.Migration):
    """Those who sit in ก.ต.ป.น. and อ.ก.ต.ป.น. by their appointments are listed as members."""

    dependencies = [("committees", "0001_initial")]

    operations = [migrations.RunPython(make_committees, migrations.RunPython.noop)]
