from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project itself: settings, addresses and what ties the apps together."""

    name = "supervision.config"
    verbose_name = "ระบบนิเทศ"

    def ready(self) -> None:
        from supervision.config.composition import connect_apps

        connect_apps()
