"""Makes a harmless JPEG and a small one of it from a photo that somebody sent.

Run as a program of its own, `python -m schools.core.photos FOLDER PIXELS`: it reads FOLDER/sent and
writes FOLDER/large.jpg, of at most so many pixels a side, and FOLDER/small.jpg. What a hostile or
huge file does to a decoder happens there, never in the web worker, which does not even load the
decoders.
"""

import errno
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_SIDE_PIXELS, THUMBNAIL_SIDE_PIXELS = 2000, 320
# A JPEG is shrunk while it is decoded; all others lie in memory whole first.
MAX_JPEG_PIXELS, MAX_PIXELS_IN_MEMORY = 120_000_000, 50_000_000
PHOTO_MEMORY_BYTES, PHOTO_CPU_SECONDS = 700 * 1024**2, 60
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
EXIT_TOO_MANY_PIXELS, EXIT_DISK_FULL = 3, 4


def redraw_photo_file(folder: Path, max_side: int) -> int:
    """Ends with nought, TOO_MANY_PIXELS, NO_ROOM to write, or the decoder's own error."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    resource.setrlimit(resource.RLIMIT_AS, (PHOTO_MEMORY_BYTES, PHOTO_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PHOTO_CPU_SECONDS, PHOTO_CPU_SECONDS))
    Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    register_heif_opener(thumbnails=False)
    try:
        large = shrink_photo(folder / "sent", max_side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return EXIT_TOO_MANY_PIXELS
    try:
        large.save(folder / "large.jpg", quality=84, optimize=True)
        large.thumbnail((THUMBNAIL_SIDE_PIXELS, THUMBNAIL_SIDE_PIXELS))
        large.save(folder / "small.jpg", quality=78, optimize=True)
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        return EXIT_DISK_FULL
    return 0


def shrink_photo(sent: Path, max_side: int) -> "Image.Image":
    """The picture upright on a fresh canvas: nothing but its pixels is taken over."""
    from PIL import Image, ImageOps

    with Image.open(sent, formats=PHOTO_FORMATS) as sent_photo:
        photo: Image.Image = sent_photo
        width, height = photo.size
        if sent_photo.format not in ("JPEG", "MPO") and width * height > MAX_PIXELS_IN_MEMORY:
            raise Image.DecompressionBombError
        scale = min(1, max_side / max(width, height))
        sent_photo.draft("RGB", (round(width * scale), round(height * scale)))
        has_alpha = photo.has_transparency_data
        if photo.mode not in ("RGB", "RGBA", "L"):
            photo = photo.convert("RGBA" if has_alpha else "RGB")
        photo.thumbnail((max_side, max_side))
        photo = ImageOps.exif_transpose(photo)
    canvas = Image.new("RGB", photo.size, "white")
    canvas.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return canvas


if __name__ == "__main__":
    sys.exit(redraw_photo_file(Path(sys.argv[1]), int(sys.argv[2])))
