"""Every row of the portal's own tables, to prove that a command changed none of them."""

from tests.portal_models import portal_models


def all_rows() -> dict[str, list[dict]]:
    return {
        model._meta.label: list(model.objects.order_by("pk").values()) for model in portal_models()
    }
