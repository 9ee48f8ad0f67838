from django.urls import include, path

from reports.composer import history_pages, outline_pages, pages

# The pages of one report; its address comes before them.
report_patterns = [
    path("", pages.compose, name="compose"),
    path("outline/", outline_pages.compose_outline, name="compose_outline"),
    path("carry-over/", outline_pages.compose_carry_over, name="compose_carry_over"),
    path("<slug:key>/", pages.compose_part, name="compose_part"),
    path("<slug:key>/save/", pages.compose_save, name="compose_save"),
    path("<slug:key>/preview/", pages.compose_preview, name="compose_preview"),
    path("<slug:key>/use-number/", pages.compose_use_number, name="compose_use_number"),
    path("<slug:key>/history/", history_pages.compose_history, name="compose_history"),
    path(
        "<slug:key>/history/<int:version>/restore/",
        history_pages.compose_restore_version,
        name="compose_restore_version",
    ),
    path("<slug:key>/draft/", history_pages.compose_restore_draft, name="compose_restore_draft"),
    path("<slug:key>/move/", outline_pages.compose_move, name="compose_move"),
    path("<slug:key>/include/", outline_pages.compose_include, name="compose_include"),
]
urlpatterns = [
    path("years/<int:year>/compose/", include(report_patterns)),
    path("terms/<int:pk>/compose/", include(report_patterns)),
    path("drives/<int:drive_year>/compose/", include(report_patterns)),
    path("terms/<int:pk>/clusters/<int:cluster_pk>/compose/", include(report_patterns)),
]
