"""Make of Sarabun the web fonts, in VAR/static/fonts, and the fonts of the papers, in VAR."""

from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

from reports.paper_fonts import build_paper_fonts, sarabun_file

FACES = {"Regular": 400, "SemiBold": 600, "Bold": 700}
BLOCKS = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0100),  # Latin-1
    range(0x0E01, 0x0E5C),  # Thai
    range(0x2010, 0x2028),  # dashes, quotation marks, ellipsis
    range(0x2190, 0x2194),  # arrows
)
EXTRA_CHARACTERS = "x\u0304σ✓●○⚠≥≤≠−√฿€™"


class Command(BaseCommand):
    """Fonts are built at set-up, so that no third-party file lies in the repository."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        folder = settings.VAR / "static" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for face, weight in FACES.items():
            subset_font(sarabun_file(face), folder / f"sarabun-{weight}.woff2")
        build_paper_fonts()


def subset_font(source: Path, target: Path) -> None:
    """Write what the portal shows; letters a face does not have are left to the fallback font."""
    options = subset.Options(flavor="woff2", layout_features=["*"], ignore_missing_unicodes=True)
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=chain(*BLOCKS), text=EXTRA_CHARACTERS)
        cutter.subset(font)
        subset.save_font(font, str(target), options)
