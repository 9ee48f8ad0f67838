from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Work groups, work processes, step sheets and forms, as the manual has them."""

    name = "supervision.standards"
    verbose_name = "มาตรฐานการปฏิบัติงาน"
