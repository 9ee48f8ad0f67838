"""Packed folders that people send, as .docx, .xlsx and .odt are: opened only when harmless."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # begins files of Office before 2007
MAX_UNPACKED_BYTES = 200 * 1024**2
CHUNK_BYTES, CHUNK_OVERLAP_BYTES = 1024**2, 4096


class DamagedArchive(Exception):
    """The folder cannot be unpacked: it is broken, incomplete, or packed in an unusual way."""


class OversizedArchive(Exception):
    """The folder would unpack to more parts or bytes than an office's document has."""


@contextmanager
def open_archive(
    file: IO[bytes], *, max_parts: int, max_compression_ratio: int | None = None
) -> Iterator[ZipFile]:
    """Open the folder in `file`, once its list of parts is known to be harmless.

    No more of a part is ever unpacked than the list states. Raises OversizedArchive, and
    DamagedArchive also for what turns out to be broken while its parts are read.
    """
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > max_parts or unpacked > MAX_UNPACKED_BYTES:
                raise OversizedArchive
            packed = sum(part.compress_size for part in parts)
            if max_compression_ratio and unpacked > (packed + 1024) * max_compression_ratio:
                raise OversizedArchive
            yield archive
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise DamagedArchive from error


def read_overlapping_chunks(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """The bytes of a part in pieces, for a whole one would fill the memory.

    Each piece begins with the end of the one before, so that no word is missed between them.
    """
    tail = b""
    with archive.open(part) as content:
        while piece := content.read(CHUNK_BYTES):
            yield tail + piece
            tail = piece[-CHUNK_OVERLAP_BYTES:]
