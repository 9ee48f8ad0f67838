from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """The transition table of every record with states, and the log of what was done."""

    name = "supervision.workflow"
    verbose_name = "บันทึกการเปลี่ยนสถานะ"
