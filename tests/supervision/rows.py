"""Every row of the portal's own tables, to prove that a command changed none of them."""

from django.apps import apps

OURS = ("schools", "supervision", "reports")


def all_rows() -> dict[str, list[dict]]:
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for app in OURS
        for model in apps.get_app_config(app).get_models()
    }
