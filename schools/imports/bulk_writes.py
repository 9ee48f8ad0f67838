"""Many rows of the registry written at once, each with its line of history.

So that saving a long table holds the database for a moment only. Who changed a row, and why,
is signed on it before (schools.core.history).
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

BATCH = 500


def create_rows(rows: Sequence[Any]) -> None:
    """Rows that are new, all of one model."""
    if rows:
        model = type(rows[0])
        model._base_manager.bulk_create(rows, batch_size=BATCH)
        _keep_history(model, rows, update=False)


def update_rows(rows: Sequence[Any]) -> None:
    """Stored rows with their new facts, all of one model, in the order of the changes."""
    if rows:
        model = type(rows[0])
        model._base_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,  # many times quicker than bulk_update
            unique_fields=["id"],
            update_fields=[f.name for f in model._meta.concrete_fields if not f.primary_key],
        )
        _keep_history(model, rows, update=True)


def _keep_history(model: type[Model], rows: Sequence[Any], *, update: bool) -> None:
    if hasattr(model, "history"):
        model.history.bulk_history_create(rows, batch_size=BATCH, update=update)
