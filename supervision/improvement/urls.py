from django.urls import path

from supervision.improvement import ledger_views, views

urlpatterns = [
    path("rounds/<int:pk>/summary/", views.summary_start, name="summary_start"),
    path("summaries/<int:pk>/", views.improvement_summary_page, name="summary"),
    path(
        "summaries/<int:pk>/recommendations/", views.recommendation_add, name="recommendation_add"
    ),
    path("summaries/<int:pk>/propose/", views.summary_propose, name="summary_propose"),
    path("summaries/<int:pk>/agree/", views.summary_agree, name="summary_agree"),
    path("summaries/<int:pk>/return/", views.summary_return, name="summary_return"),
    path("summaries/<int:pk>/reopen/", views.summary_reopen, name="summary_reopen"),
    path("recommendations/<int:pk>/edit/", views.recommendation_edit, name="recommendation_edit"),
    path(
        "recommendations/<int:pk>/withdraw/",
        views.recommendation_withdraw,
        name="recommendation_withdraw",
    ),
    path("recommendations/", ledger_views.ledger_page, name="recommendations"),
    path("recommendations/<int:pk>/", ledger_views.recommendation_page, name="recommendation"),
    path(
        "recommendations/<int:pk>/report/",
        ledger_views.recommendation_report,
        name="recommendation_report",
    ),
    path(
        "recommendations/<int:pk>/not-yet/",
        ledger_views.recommendation_return,
        name="recommendation_return",
    ),
    path(
        "recommendations/<int:pk>/close/",
        ledger_views.recommendation_close,
        name="recommendation_close",
    ),
    path("progress-reports/<int:pk>/file/", ledger_views.progress_file, name="progress_file"),
]
