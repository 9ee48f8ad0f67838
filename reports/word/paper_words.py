"""What Word files that repeat an office paper share: official digits, and who signs."""

from reports.data.signers import PaperSigner
from reports.typography import official_digits
from reports.word.defaults.parts import DOTS
from reports.word.template_writer import TemplateWriter

# Shorter than that of letters: what the person signs for stands on the same line.
ROOM_TO_SIGN = "." * 24


def paper_text(text: str) -> str:
    """As official papers write it, with Thai digits."""
    return str(official_digits(text))


def write_signer(page: TemplateWriter, signer: PaperSigner) -> None:
    """The lines of one signature, with room for who signs by hand."""
    lines = [f"\n(ลงชื่อ){ROOM_TO_SIGN}{signer.duty}", f"({signer.name or DOTS})", *signer.post_lines]
    for line in lines:
        page.paragraph(paper_text(line), style="Signature")
