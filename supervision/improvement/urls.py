from django.urls import path

from supervision.improvement import ledger_views, views

urlpatterns = [
    path("rounds/<int:pk>/summary/", views.start_summary, name="summary_start"),
    path("summaries/<int:pk>/", views.summary_page, name="summary"),
    path(
        "summaries/<int:pk>/recommendations/", views.add_recommendation, name="recommendation_add"
    ),
    path("summaries/<int:pk>/propose/", views.propose_summary, name="summary_propose"),
    path("summaries/<int:pk>/agree/", views.agree_summary, name="summary_agree"),
    path("summaries/<int:pk>/return/", views.return_summary, name="summary_return"),
    path("summaries/<int:pk>/reopen/", views.reopen_summary, name="summary_reopen"),
    path("recommendations/<int:pk>/edit/", views.edit_recommendation, name="recommendation_edit"),
    path(
        "recommendations/<int:pk>/withdraw/",
        views.withdraw_recommendation,
        name="recommendation_withdraw",
    ),
    path("recommendations/", ledger_views.ledger_page, name="recommendations"),
    path("recommendations/<int:pk>/", ledger_views.recommendation_page, name="recommendation"),
    path(
        "recommendations/<int:pk>/report/",
        ledger_views.report_progress,
        name="recommendation_report",
    ),
    path("recommendations/<int:pk>/not-yet/", ledger_views.not_yet, name="recommendation_not_yet"),
    path(
        "recommendations/<int:pk>/close/",
        ledger_views.close_recommendation,
        name="recommendation_close",
    ),
    path("progress-reports/<int:pk>/file/", ledger_views.progress_file, name="progress_file"),
]
