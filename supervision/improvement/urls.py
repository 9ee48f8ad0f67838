from django.urls import path

from supervision.improvement import external_advice, ledger, recommendations, summaries

urlpatterns = [
    path("rounds/<int:pk>/summary/", summaries.summary_start, name="summary_start"),
    path("summaries/<int:pk>/", summaries.improvement_summary_page, name="summary"),
    path(
        "summaries/<int:pk>/recommendations/",
        recommendations.recommendation_add,
        name="recommendation_add",
    ),
    path("summaries/<int:pk>/propose/", summaries.summary_propose, name="summary_propose"),
    path("summaries/<int:pk>/agree/", summaries.summary_agree, name="summary_agree"),
    path("summaries/<int:pk>/return/", summaries.summary_return, name="summary_return"),
    path("summaries/<int:pk>/reopen/", summaries.summary_reopen, name="summary_reopen"),
    path(
        "recommendations/<int:pk>/edit/",
        recommendations.recommendation_edit,
        name="recommendation_edit",
    ),
    path(
        "recommendations/<int:pk>/withdraw/",
        recommendations.recommendation_withdraw,
        name="recommendation_withdraw",
    ),
    path(
        "external-assessments/<int:pk>/recommendations/",
        external_advice.external_advice_add,
        name="external_advice_add",
    ),
    path("recommendations/", ledger.ledger_page, name="recommendations"),
    path("recommendations/<int:pk>/", recommendations.recommendation_page, name="recommendation"),
    path(
        "recommendations/<int:pk>/report/",
        recommendations.recommendation_report,
        name="recommendation_report",
    ),
    path(
        "recommendations/<int:pk>/not-yet/",
        recommendations.recommendation_return,
        name="recommendation_return",
    ),
    path(
        "recommendations/<int:pk>/close/",
        recommendations.recommendation_close,
        name="recommendation_close",
    ),
    path("progress-reports/<int:pk>/file/", recommendations.progress_file, name="progress_file"),
]
