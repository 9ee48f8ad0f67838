"""Live numbers: the figures that a text may say, each by a key that means the same every year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reports.composer.markup import plain_markup
from supervision.criteria.scoring import half_up


@dataclass(frozen=True)
class LiveNumber:
    """One figure as texts say it; `label` says what it is, for who looks for it."""

    key: str
    label: str
    value: str
    unit: str = ""

    @property
    def text(self) -> str:
        """As it stands in a sentence: 98 โรงเรียน."""
        return f"{self.value} {self.unit}".strip()


class LiveNumbers:
    """All figures that the texts of one report may say, in the order of the report."""

    def __init__(self) -> None:
        self._by_key: dict[str, LiveNumber] = {}

    def __iter__(self) -> Iterator[LiveNumber]:
        return iter(self._by_key.values())

    def __getitem__(self, key: str) -> LiveNumber:
        return self._by_key[key]

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def add(self, key: str, label: str, value: int | str | None, unit: str = "") -> None:
        """A figure; there is none to say where the value is None or empty."""
        if value not in (None, ""):
            self._by_key[key] = LiveNumber(key, label, plain_markup(str(value)), unit)

    def add_part(self, others: "LiveNumbers", *, key: str, label: str) -> None:
        """The figures of another report, under `key` and a dot; `label` before each label."""
        for one in others:
            self._by_key[f"{key}.{one.key}"] = replace(
                one, key=f"{key}.{one.key}", label=f"{label} {one.label}"
            )

    def field(self, *key: str) -> str:
        """The live number in the format of texts; the parts of its key are joined by dots.

        Raises KeyError where the figures lack it.
        """
        return f"{{{self._by_key['.'.join(key)].key}}}"

    @property
    def values(self) -> dict[str, str]:
        """What each key says now."""
        return {number.key: number.text for number in self}


def share_text(part: int, whole: int) -> str | None:
    """ร้อยละ 91.59; None where there is no whole."""
    return f"ร้อยละ {half_up(Decimal(part) * 100 / whole)}" if whole else None
