from schools.models.access_log import AccessEvent
from schools.models.area import Area, Cluster, ClusterMembership, School, SizeBand, SizeScheme
from schools.models.calendar import AcademicYear, Term
from schools.models.imports import Import
from schools.models.people import PasswordLink, Post, User
from schools.models.sign_in import SignInTries
from schools.models.unsaved import UnsavedPost
from schools.models.yearly import GradeCount, YearlyCount

__all__ = [
    "AcademicYear",
    "AccessEvent",
    "Area",
    "Cluster",
    "ClusterMembership",
    "GradeCount",
    "Import",
    "PasswordLink",
    "Post",
    "School",
    "SignInTries",
    "SizeBand",
    "SizeScheme",
    "Term",
    "UnsavedPost",
    "User",
    "YearlyCount",
]
