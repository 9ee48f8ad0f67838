"""The address that proves a paper: printed as a QR code and in words."""

import secrets

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
QR_TITLE = "คิวอาร์โค้ดของที่อยู่สำหรับตรวจสอบเอกสาร"


def new_verification_code() -> str:
    """Twelve letters that nobody can guess and nobody misreads (59 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(12))


def verify_url(code: str) -> str:
    """The public page that says whether a document with this code was issued."""
    return settings.SITE_URL + reverse("verify", args=[code])


def group_code(code: str) -> str:
    """The code in groups of four, as people read it out: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def normalize_code(code: str) -> str:
    """What was typed, as the code is stored."""
    return "".join(sign for sign in code.upper() if sign in CODE_ALPHABET)


def qr_svg(address: str) -> SafeString:
    """A QR code as SVG shapes."""
    svg = segno.make(address, error="m").svg_inline(
        scale=3, border=2, svgclass="qr", lineclass="", omitsize=False, title=QR_TITLE
    )
    return mark_safe(svg)  # noqa: S308  segno escapes what it draws
