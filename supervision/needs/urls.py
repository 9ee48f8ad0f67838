from django.urls import path

from supervision.needs import (
    campaigns,
    results_views,
    survey_templates,
    taken_up_list,
    taken_up_pages,
    topics,
    views,
)

urlpatterns = [
    path("rounds/<int:pk>/needs/", views.needs_survey, name="needs"),
    path("rounds/<int:pk>/needs/submit/", views.needs_submit, name="needs_submit"),
    path("rounds/<int:pk>/needs/return/", views.needs_return, name="needs_return"),
    path("terms/<int:pk>/needs/", campaigns.needs_open, name="needs_open"),
    path("needs/", results_views.needs_progress, name="needs_progress"),
    path("needs/summary/", results_views.needs_summary, name="needs_summary"),
    path("needs/wants/", results_views.needs_wants, name="needs_wants"),
    path("needs/days/", results_views.needs_days, name="needs_days"),
    path("needs/<int:pk>/closing/", campaigns.needs_closing, name="needs_closing"),
    path("needs/frames/", survey_templates.survey_template_list, name="survey_template_list"),
    path("needs/frames/new/", survey_templates.survey_template_add, name="survey_template_add"),
    path(
        "needs/frames/<int:pk>/",
        survey_templates.survey_template_edit,
        name="survey_template_edit",
    ),
    path("needs/topics/", topics.needs_topics, name="needs_topics"),
    path("needs/topics/new/", topics.needs_topic_add, name="needs_topic_add"),
    path("needs/topics/<int:pk>/", topics.needs_topic_edit, name="needs_topic_edit"),
    path("needs/topics/rule/", topics.needs_facts_rule, name="needs_facts_rule"),
    path("needs/taken-up/", taken_up_list.taken_up_needs, name="taken_up_needs"),
    path("needs/taken-up/<int:pk>/", taken_up_pages.taken_up_need, name="taken_up_need"),
    path(
        "needs/taken-up/<int:pk>/finish/",
        taken_up_pages.taken_up_need_finish,
        name="taken_up_need_finish",
    ),
    path(
        "needs/taken-up/<int:pk>/withdraw/",
        taken_up_pages.taken_up_need_withdraw,
        name="taken_up_need_withdraw",
    ),
    path(
        "needs/taken-up/<int:pk>/lead/",
        taken_up_pages.taken_up_need_lead,
        name="taken_up_need_lead",
    ),
]
