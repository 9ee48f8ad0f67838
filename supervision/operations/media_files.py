"""Which files the database names, over all models, and where they lie."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from schools.core.storage import PART_SUFFIX


def referenced_files() -> set[str]:
    """The names of all files that rows point to, relative to the media folder."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
        for name in model._base_manager.exclude(**{field.name: ""})
        .values_list(field.name, flat=True)
        .distinct()
        .iterator()
        if name
    }


def stored_files() -> Iterator[Path]:
    """All files in the media folder, those half written or already removed left out."""
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file() and not path.name.endswith(PART_SUFFIX):
            yield path


def media_name(path: Path) -> str:
    """The name by which a row points to this file."""
    return path.relative_to(settings.MEDIA_ROOT).as_posix()
