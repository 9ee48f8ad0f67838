"""Which of the packaged static files the portal takes along."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFiles(StaticFilesConfig):
    """Static files without the parts of Bootstrap and htmx that no page asks for."""

    # A source map must stay beside the file that names it, so *.map is never ignored alone.
    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.min.js*",
        "bootstrap.bundle.js*",
        "bootstrap.esm*",
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "*.rtl.*",
        "htmax*",
        "htmx-4*",
        "htmx-2.js",
        "ext",
    )
