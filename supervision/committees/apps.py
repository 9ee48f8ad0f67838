from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    """ก.ต.ป.น., อ.ก.ต.ป.น. and working groups, their members, meetings and resolutions."""

    name = "supervision.committees"
    verbose_name = "คณะกรรมการและการประชุม"
