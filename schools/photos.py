"""Makes a harmless JPEG and a small one of it from a photo that somebody sent.

Run as a program of its own, `python -m schools.photos FOLDER`: it reads FOLDER/sent and writes
FOLDER/large.jpg and FOLDER/small.jpg. What a hostile or huge file does to a decoder happens
there, never in the web worker, which does not even load the decoders.
"""

import errno
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LONGEST, SMALL = 2000, 320
# A JPEG is shrunk while it is decoded; all others lie in memory whole first.
MOST_PIXELS, MOST_PIXELS_WHOLE = 120_000_000, 50_000_000
MEMORY, SECONDS = 700 * 1024**2, 60
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
TOO_MANY_PIXELS, NO_ROOM = 3, 4


def main(folder: Path) -> int:
    """Ends with nought, TOO_MANY_PIXELS, NO_ROOM to write, or the decoder's own error."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    register_heif_opener(thumbnails=False)
    try:
        large = shrunk(folder / "sent")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return TOO_MANY_PIXELS
    try:
        large.save(folder / "large.jpg", quality=84, optimize=True)
        large.thumbnail((SMALL, SMALL))
        large.save(folder / "small.jpg", quality=78, optimize=True)
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        return NO_ROOM
    return 0


def shrunk(sent: Path) -> "Image.Image":
    """The picture upright on a fresh canvas: nothing but its pixels is taken over."""
    from PIL import Image, ImageOps

    with Image.open(sent, formats=FORMATS) as photo:
        width, height = photo.size
        if photo.format not in ("JPEG", "MPO") and width * height > MOST_PIXELS_WHOLE:
            raise Image.DecompressionBombError
        scale = min(1, LONGEST / max(width, height))
        photo.draft("RGB", (round(width * scale), round(height * scale)))
        has_alpha = photo.has_transparency_data
        if photo.mode not in ("RGB", "RGBA", "L"):
            photo = photo.convert("RGBA" if has_alpha else "RGB")
        photo.thumbnail((LONGEST, LONGEST))
        photo = ImageOps.exif_transpose(photo)
    canvas = Image.new("RGB", photo.size, "white")
    canvas.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return canvas


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
