"""Which static files the portal serves, and how they are stored in production."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Compressed files named by their content, so that browsers may keep them for ever.

    The imports of JavaScript modules name the files by the same names.
    """

    support_js_module_import_aggregation = True


class PortalStaticFiles(StaticFilesConfig):
    """Static files without the parts of Bootstrap, htmx and Leaflet that no page needs."""

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
        "leaflet-src*",
    )
