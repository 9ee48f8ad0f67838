"""How two people act at once: each on a real connection of their own."""

import threading
import uuid
from collections import Counter

from django.db import connection, transaction

from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit
from supervision.assessments.queries import sheet_indicators

SETTLE_SECONDS = 0.5  # seconds in which an act that waits for nobody is done
ONE_DONE_ONE_REFUSED = {"done": 1, "ActionRefused": 1}


class ParallelCall(threading.Thread):
    """One person's act on a connection of its own; `outcome` is its result or its error."""

    def __init__(self, act, starting=None) -> None:
        super().__init__()
        self.act, self.starting, self.outcome = act, starting, None

    def run(self) -> None:
        try:
            if self.starting:
                self.starting.wait()
            self.outcome = self.act()
        except Exception as error:  # noqa: BLE001  whatever it raises is its outcome
            self.outcome = error
        finally:
            connection.close()


def run_together(*acts):
    """What each act came to when all begin in the same moment."""
    starting = threading.Barrier(len(acts))
    running = [ParallelCall(act, starting) for act in acts]
    for act in running:
        act.start()
    for act in running:
        act.join()
    return [act.outcome for act in running]


def run_during(change, act):
    """What `act` came to, begun when somebody had made a change that was not yet committed."""
    with transaction.atomic():
        change()
        late = ParallelCall(act)
        late.start()
        late.join(SETTLE_SECONDS)
    late.join()
    return late.outcome


def count_outcomes(outcomes):
    """How many acts were done and how many refused; any other error is named."""
    return Counter(
        type(outcome).__name__ if isinstance(outcome, Exception) else "done" for outcome in outcomes
    )


def reloaded(record):
    """A fresh copy, as another person's request reads it."""
    return type(record).objects.get(pk=record.pk)


def level_edit(sheet, value):
    """An edit of the first indicator's level."""
    return [SubmittedEdit(uuid.uuid4(), sheet_indicators(sheet)[0].pk, AnswerField.LEVEL, value)]
