from schools.models.access_log import AccessEvent
from schools.models.area import Area, Cluster, ClusterMembership, School, SizeBand, SizeScheme
from schools.models.calendar import AcademicYear, Term
from schools.models.emblem import Emblem
from schools.models.failed_sign_ins import FailedSignIns
from schools.models.imports import Import
from schools.models.people import Appointment, PasswordLink, User
from schools.models.unsaved_post import UnsavedPost
from schools.models.yearly_counts import GradeCount, YearlyCount

__all__ = [
    "AcademicYear",
    "AccessEvent",
    "Appointment",
    "Area",
    "Cluster",
    "ClusterMembership",
    "Emblem",
    "FailedSignIns",
    "GradeCount",
    "Import",
    "PasswordLink",
    "School",
    "SizeBand",
    "SizeScheme",
    "Term",
    "UnsavedPost",
    "User",
    "YearlyCount",
]
