from schools.models.area import Area, Cluster, ClusterMembership, School
from schools.models.calendar import AcademicYear, Term
from schools.models.people import Post, User

__all__ = [
    "AcademicYear",
    "Area",
    "Cluster",
    "ClusterMembership",
    "Post",
    "School",
    "Term",
    "User",
]
