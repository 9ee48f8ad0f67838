from django.apps import AppConfig


class BenchmarkConfig(AppConfig):
    """The budgets of speed and memory, measured."""

    name = "supervision.benchmark"
    verbose_name = "การวัดความเร็ว"
