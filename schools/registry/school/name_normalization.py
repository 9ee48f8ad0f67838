"""Names as people write them, brought to how the register keeps them."""

from schools.core.thai import SCHOOL_WORD
from schools.models.area import SCHOOL_PREFIX


def normalize_school_name(text: str) -> str:
    """With its prefix, however it was abbreviated."""
    return SCHOOL_PREFIX + SCHOOL_WORD.sub("", text)


def normalize_sub_district(text: str) -> str:
    """Without the word that says what it is."""
    return text.removeprefix("ตำบล").removeprefix("ต.").strip()


def normalize_district(text: str) -> str:
    """Without the word that says what it is."""
    return text.removeprefix("อำเภอ").removeprefix("อ.").strip()
