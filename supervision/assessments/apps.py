from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The answer sheet with its journal, and step 3: the school assesses itself."""

    name = "supervision.assessments"
    verbose_name = "การประเมินตนเอง"
