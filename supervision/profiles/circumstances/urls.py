from django.urls import path

from supervision.profiles.circumstances import listing, pages, project_kinds

SCHOOL = "schools/<int:pk>/profile/circumstances/"

urlpatterns = [
    path(SCHOOL, pages.school_circumstances, name="school_circumstances"),
    path(
        f"{SCHOOL}changes/",
        pages.school_circumstances_changes,
        name="school_circumstances_changes",
    ),
    path(f"{SCHOOL}check/", pages.circumstances_check, name="circumstances_check"),
    path(f"{SCHOOL}<slug:part>/add/", pages.school_fact_add, name="school_fact_add"),
    path(f"{SCHOOL}<slug:part>/<int:fact>/", pages.school_fact_correct, name="school_fact_correct"),
    path(f"{SCHOOL}<slug:part>/<int:fact>/end/", pages.school_fact_end, name="school_fact_end"),
    path(
        f"{SCHOOL}<slug:part>/<int:fact>/remove/",
        pages.school_fact_remove,
        name="school_fact_remove",
    ),
    path("profiles/circumstances/", listing.circumstances_list, name="circumstances_list"),
    path(
        "profiles/circumstances/project-kinds/", project_kinds.project_kinds, name="project_kinds"
    ),
    path(
        "profiles/circumstances/project-kinds/add/",
        project_kinds.project_kind_add,
        name="project_kind_add",
    ),
    path(
        "profiles/circumstances/project-kinds/<int:pk>/",
        project_kinds.project_kind_edit,
        name="project_kind_edit",
    ),
]
