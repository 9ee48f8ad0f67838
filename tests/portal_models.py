"""The portal's own models, whichever app they live in."""

from django.apps import apps
from django.db.models import Model

OUR_PACKAGES = ("schools", "supervision", "reports")


def portal_models() -> list[type[Model]]:
    """Every model of ours, the tables of history among them."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] in OUR_PACKAGES
        for model in config.get_models()
    ]
