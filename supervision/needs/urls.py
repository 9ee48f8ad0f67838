from django.urls import path

from supervision.needs import campaign_views, frame_views, results_views, views

urlpatterns = [
    path("rounds/<int:pk>/needs/", views.survey_page, name="needs"),
    path("rounds/<int:pk>/needs/submit/", views.submit_survey, name="needs_submit"),
    path("rounds/<int:pk>/needs/return/", views.return_survey, name="needs_return"),
    path("terms/<int:pk>/needs/", campaign_views.open_survey, name="needs_open"),
    path("needs/", results_views.progress_page, name="needs_progress"),
    path("needs/summary/", results_views.summary_page, name="needs_summary"),
    path("needs/wants/", results_views.wants_page, name="needs_wants"),
    path("needs/days/", results_views.days_page, name="needs_days"),
    path("needs/<int:pk>/closing/", campaign_views.set_closing_day, name="needs_closing"),
    path("needs/frames/", frame_views.frames_page, name="needs_frames"),
    path("needs/frames/new/", frame_views.new_frame, name="needs_frame_new"),
    path("needs/frames/<int:pk>/", frame_views.edit_frame, name="needs_frame"),
]
