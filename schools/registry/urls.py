from django.urls import path

from schools.registry import (
    academic_years,
    area,
    clusters,
    counts,
    directory,
    emblem,
    school_card,
    school_changes,
    school_form,
)

urlpatterns = [
    path("schools/", directory.directory, name="directory"),
    path("schools/add/", school_form.school_add, name="school_add"),
    path("schools/<int:pk>/registry/", school_card.school_card, name="school_card"),
    path("schools/<int:pk>/edit/", school_form.school_edit, name="school_edit"),
    path("schools/<int:pk>/counts/", counts.school_counts, name="school_counts"),
    path("schools/<int:pk>/move/", school_changes.school_move, name="school_move"),
    path("schools/<int:pk>/move/undo/", school_changes.school_move_undo, name="school_move_undo"),
    path("schools/<int:pk>/close/", school_changes.school_close, name="school_close"),
    path("schools/<int:pk>/merge/", school_changes.school_merge, name="school_merge"),
    path("schools/<int:pk>/reopen/", school_changes.school_reopen, name="school_reopen"),
    path("registry/", area.registry, name="registry"),
    path("registry/clusters/", clusters.cluster_list, name="clusters"),
    path("registry/clusters/add/", clusters.cluster_add, name="cluster_add"),
    path("registry/clusters/<int:pk>/", clusters.cluster_edit, name="cluster"),
    path("registry/calendar/", academic_years.academic_calendar, name="academic_calendar"),
    path("registry/calendar/add/", academic_years.academic_year_add, name="academic_year_add"),
    path("registry/calendar/<int:year>/", academic_years.academic_year_edit, name="academic_year"),
    path("registry/area/", area.area_office, name="area_office"),
    path("registry/area/emblem/", emblem.area_emblem, name="area_emblem"),
    path("registry/area/emblem/remove/", emblem.area_emblem_remove, name="area_emblem_remove"),
    path("emblems/<str:sha256>/", emblem.emblem_file, name="emblem"),
]
