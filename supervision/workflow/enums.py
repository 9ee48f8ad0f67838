from enum import StrEnum


class TransitionAction(StrEnum):
    """What can be done with one kind of record, by the name that the transition log stores.

    Each record has an enum of its own, beside its states; its TRANSITIONS say which states an
    action leads from and to, and what people call it.
    """
