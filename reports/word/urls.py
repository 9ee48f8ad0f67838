from django.urls import path

from reports.word import downloads

urlpatterns = [
    path("reports/<int:pk>/word/", downloads.report_word, name="report_word"),
    path("rounds/<int:pk>/report/word/", downloads.term_report_word, name="term_report_word"),
]
