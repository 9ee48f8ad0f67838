"""Cut Sarabun down to the characters the portal shows, as web fonts in VAR/static/fonts."""

from pathlib import Path

import fontpkg_sarabun
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

FACES = {"Regular": 400, "SemiBold": 600, "Bold": 700}
CHARACTERS = (
    [range(0x20, 0x7F), range(0xA0, 0x100), range(0x0E01, 0x0E5C)]  # ASCII, Latin-1, Thai
    + [range(0x2010, 0x2028), range(0x2190, 0x2194)]  # dashes, quotes, ellipsis; arrows
    + [[ord(sign) for sign in "x̄σ✓●○⚠≥≤≠−√฿€™\u200b\u200c\u200d\u25cc"]]
)


class Command(BaseCommand):
    """Fonts are built at set-up, so that no third-party file lies in the repository."""

    help = __doc__

    def handle(self, **options) -> None:
        folder = settings.VAR / "static" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for face, weight in FACES.items():
            cut(source_of(face), folder / f"sarabun-{weight}.woff2")


def source_of(face: str) -> Path:
    return Path(fontpkg_sarabun.__file__).parent / "files" / f"Sarabun-{face}.ttf"


def cut(source: Path, target: Path) -> None:
    """Write the subset; letters a face does not have are left to the fallback font."""
    options = subset.Options(flavor="woff2", layout_features=["*"], ignore_missing_unicodes=True)
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for block in CHARACTERS for code in block])
        cutter.subset(font)
        subset.save_font(font, str(target), options)
