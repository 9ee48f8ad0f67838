from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The manual's processes P1 and P2 at work: the year's plan with its activities, networks."""

    name = "supervision.programmes"
    verbose_name = "แผนงานและเครือข่าย"
