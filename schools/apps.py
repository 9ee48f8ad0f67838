from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Who and where: the area, its schools, people and their appointments."""

    name = "schools"
    verbose_name = "สถานศึกษาและบุคลากร"
