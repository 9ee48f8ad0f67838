from collections.abc import Iterator

from django.db.models import CharField, Count, F, Max, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from supervision.assessments.models import AnswerSheet, SelfAssessment
from supervision.workflow.queries import HistoryEntry, workflow_history


def self_assessment_history(assessment: SelfAssessment) -> list[HistoryEntry]:
    """Who did what to the assessment, newest first; the journal is told by person and day."""
    told = [*workflow_history(assessment), *sheet_edit_history(assessment.sheet)]
    return sorted(told, key=lambda line: line.when, reverse=True)


def sheet_edit_history(sheet: AnswerSheet) -> Iterator[HistoryEntry]:
    """How many fields each person wrote in on each day, with the time of the last; one query."""
    indicator = Coalesce(Cast("indicator", CharField()), Value(""))
    place = Concat(indicator, Value(" "), F("field"), output_field=CharField())
    days = sheet.edits.order_by().annotate(day=TruncDate("made_at")).values("day", "by__full_name")
    for line in days.annotate(fields=Count(place, distinct=True), last=Max("made_at")):
        yield HistoryEntry(f"กรอกหรือแก้ไข {line['fields']} ช่อง", line["by__full_name"], line["last"])
