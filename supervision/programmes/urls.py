from django.urls import path

from supervision.programmes import duty_work
from supervision.programmes.plans import activity_list, activity_pages, plan_pages, steps

urlpatterns = [
    path("duties/<int:pk>/done/", duty_work.duty_work_page, name="duty_work"),
    path("plans/", plan_pages.year_plans, name="year_plans"),
    path("plans/steps/", steps.plan_steps_page, name="plan_steps"),
    path("plans/new/", plan_pages.year_plan_new, name="year_plan_new"),
    path("plans/<int:pk>/", plan_pages.year_plan_page, name="year_plan"),
    path("plans/<int:pk>/edit/", plan_pages.year_plan_edit, name="year_plan_edit"),
    path("plans/<int:pk>/sources/", plan_pages.year_plan_sources, name="year_plan_sources"),
    path(
        "plans/<int:pk>/sources/add/",
        plan_pages.year_plan_source_add,
        name="year_plan_source_add",
    ),
    path(
        "plan-sources/<int:pk>/delete/",
        plan_pages.year_plan_source_delete,
        name="year_plan_source_delete",
    ),
    path("plans/<int:pk>/propose/", plan_pages.year_plan_propose, name="year_plan_propose"),
    path("plans/<int:pk>/return/", plan_pages.year_plan_return, name="year_plan_return"),
    path("plans/<int:pk>/approve/", plan_pages.year_plan_approve, name="year_plan_approve"),
    path("plans/<int:pk>/activities/new/", activity_pages.activity_new, name="activity_new"),
    path("activities/", activity_list.activities_page, name="activities"),
    path("activities/<int:pk>/", activity_pages.activity_page, name="activity"),
    path("activities/<int:pk>/edit/", activity_pages.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/begin/", activity_pages.activity_begin, name="activity_begin"),
    path(
        "activities/<int:pk>/progress/", activity_pages.activity_progress, name="activity_progress"
    ),
    path("activities/<int:pk>/finish/", activity_pages.activity_finish, name="activity_finish"),
    path("activities/<int:pk>/correct/", activity_pages.activity_correct, name="activity_correct"),
    path("activities/<int:pk>/cancel/", activity_pages.activity_cancel, name="activity_cancel"),
    path(
        "activities/<int:pk>/evidence/",
        activity_pages.activity_evidence_add,
        name="activity_evidence_add",
    ),
    path("activity-files/<int:pk>/", activity_pages.activity_file, name="activity_file"),
    path(
        "activity-files/<int:pk>/remove/",
        activity_pages.activity_evidence_remove,
        name="activity_evidence_remove",
    ),
]
