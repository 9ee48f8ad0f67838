from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def cached_url(name: str, *keys: int) -> str:
    """The address of one row's page, remembered: the area board alone asks for a thousand."""
    return reverse(name, args=keys)
