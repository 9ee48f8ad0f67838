from django.urls import path

from supervision.improvement import views

urlpatterns = [
    path("rounds/<int:pk>/summary/", views.start_summary, name="summary_start"),
    path("summaries/<int:pk>/", views.summary_page, name="summary"),
    path(
        "summaries/<int:pk>/recommendations/", views.add_recommendation, name="recommendation_add"
    ),
    path("summaries/<int:pk>/propose/", views.propose_summary, name="summary_propose"),
    path("summaries/<int:pk>/agree/", views.agree_summary, name="summary_agree"),
    path("summaries/<int:pk>/return/", views.return_summary, name="summary_return"),
    path("recommendations/<int:pk>/edit/", views.edit_recommendation, name="recommendation_edit"),
    path(
        "recommendations/<int:pk>/close/", views.close_recommendation, name="recommendation_close"
    ),
]
