"""Who changed a school's circumstances, projects and teachers wanted."""

from schools.access import Permission, can
from schools.models import School, User
from schools.registry.queries import (
    REGISTRY_CHANGES_SHOWN,
    RegistryChange,
    registry_changes_among,
)
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.models import Circumstance, SchoolProject, TeacherWanted

_DAYS = ("starts_on", "ends_on", "source", "checked_on")


def fact_changes(school: School, *, reader: User) -> list[RegistryChange]:
    """The newest changes of all of them together, in three queries.

    Those about pupils included are for who may see any number of them.
    """
    circumstances = Circumstance.history.filter(school=school).select_related("main_school")
    if not can(reader, Permission.VIEW_SMALL_RESULTS, school.pk):
        circumstances = circumstances.exclude(kind=CircumstanceKind.INCLUSION)
    found = [
        *registry_changes_among(
            circumstances,
            *("detail", "main_school", "pupils", *_DAYS),
            called=lambda row: row.get_kind_display(),
        ),
        *registry_changes_among(
            SchoolProject.history.filter(school=school).select_related("kind"),
            *("kind", "detail", *_DAYS),
            called=lambda row: "โครงการที่เข้าร่วม",
        ),
        *registry_changes_among(
            TeacherWanted.history.filter(school=school).select_related("learning_area"),
            *("learning_area", "subject_text", "number", *_DAYS),
            called=lambda row: "ครูที่ต้องการ",
        ),
    ]
    return sorted(found, key=lambda change: change.when, reverse=True)[:REGISTRY_CHANGES_SHOWN]
