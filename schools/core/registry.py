"""What a lower app asks of a higher one, which it may not import."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Provider = TypeVar("Provider")


class Registry(Generic[Name, Provider]):
    """One question of a lower app, and the functions or objects of higher apps that answer it.

    The lower app makes the registry; the composition root fills it, once, when Django starts.
    """

    def __init__(self, question: str) -> None:
        self.question = question
        self._providers: dict[Name, Provider] = {}

    def register(self, name: Name, provider: Provider) -> None:
        """Raises ValueError when the name is taken: nothing is replaced in silence."""
        if name in self._providers:
            raise ValueError(f"{self.question}: {name!r} is registered already")
        self._providers[name] = provider

    def get(self, name: Name) -> Provider:
        """Raises LookupError when nothing is registered under the name."""
        try:
            return self._providers[name]
        except KeyError:
            raise LookupError(f"{self.question}: {name!r} is not registered") from None

    def __iter__(self) -> Iterator[Provider]:
        """Every provider, in the order of registration."""
        return iter(self._providers.values())
