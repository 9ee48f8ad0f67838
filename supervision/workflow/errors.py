from typing import Any


class Refused(Exception):
    """A verb that cannot be done now. `str()` is the Thai text that people read."""

    def __init__(self, message: str, *, missing: list[Any] | None = None) -> None:
        super().__init__(message)
        self.missing = missing or []
