"""The version token of a page: what it showed of values that others may change meanwhile."""

from hashlib import sha256


def version_token(values: object) -> str:
    """The token of these values: 64 hexadecimal digits, equal only where the values are.

    The page carries it in a hidden field called `version`; what is saved from the page is
    compared with the token of the values as they are then, which the caller has locked. Values
    differ where their `repr` does, so they are plain data: text, numbers, dates, and
    lists, tuples and dicts of these in a fixed order.
    """
    return sha256(repr(values).encode()).hexdigest()
