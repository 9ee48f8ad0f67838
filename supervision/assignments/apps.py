from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    """Orders of the office and the duties they give to its officers."""

    name = "supervision.assignments"
    verbose_name = "คำสั่งและหน้าที่"
