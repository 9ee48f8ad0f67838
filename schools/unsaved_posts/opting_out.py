"""Forms that are not kept when the session has ended, because nobody may know who sent them."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "is_never_kept_unsaved"


def never_kept_unsaved(view: View) -> View:
    """Mark a view whose forms name nobody: what is kept unsaved would name its author."""
    setattr(view, _ATTRIBUTE, True)
    return view


def may_be_kept_unsaved(view: Callable[..., Any]) -> bool:
    """Whether a form sent to the view after the session's end may be kept for its author."""
    return not getattr(view, _ATTRIBUTE, False)
