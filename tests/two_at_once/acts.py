"""How two people act at once: each on a real connection of their own."""

import threading
import uuid
from collections import Counter

from django.db import connection, transaction

from supervision.assessments.enums import Field
from supervision.assessments.journal import Edit
from supervision.assessments.queries import indicators_of

SOON = 0.5  # seconds in which an act that waits for nobody is done
ONE_REFUSED = {"done": 1, "Refused": 1}


class Act(threading.Thread):
    """One person's act on a connection of its own; `outcome` is its result or its error."""

    def __init__(self, act, starting=None) -> None:
        super().__init__()
        self.act, self.starting, self.outcome = act, starting, None

    def run(self) -> None:
        try:
            if self.starting:
                self.starting.wait()
            self.outcome = self.act()
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()


def together(*acts):
    """What each act came to when all begin in the same moment."""
    starting = threading.Barrier(len(acts))
    running = [Act(act, starting) for act in acts]
    for act in running:
        act.start()
    for act in running:
        act.join()
    return [act.outcome for act in running]


def during(change, act):
    """What `act` came to, begun when somebody had made a change that was not yet committed."""
    with transaction.atomic():
        change()
        late = Act(act)
        late.start()
        late.join(SOON)
    late.join()
    return late.outcome


def kinds(outcomes):
    """How many acts were done and how many refused; any other error is named."""
    return Counter(
        type(outcome).__name__ if isinstance(outcome, Exception) else "done" for outcome in outcomes
    )


def of(record):
    """A fresh copy, as another person's request reads it."""
    return type(record).objects.get(pk=record.pk)


def level(sheet, value):
    """An edit of the first indicator's level."""
    return [Edit(uuid.uuid4(), indicators_of(sheet)[0].pk, Field.LEVEL, value)]
