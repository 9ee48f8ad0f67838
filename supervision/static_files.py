"""Which of the packaged static files the portal takes along."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFiles(StaticFilesConfig):
    """Static files without the parts of Bootstrap and htmx that no page asks for."""

    # Whole families only: a source map must stay beside the file that names it.
    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "*.rtl.*",
        "bootstrap.esm*",
        "htmax*",
        "htmx-4*",
        "ext",
    )
