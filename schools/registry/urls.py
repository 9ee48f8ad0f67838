from django.urls import path

from schools.registry import views
from schools.registry.counts import views as counts
from schools.registry.directory import views as directory
from schools.registry.office import views as office
from schools.registry.school import views as school

urlpatterns = [
    path("schools/", directory.directory, name="directory"),
    path("schools/add/", school.add_school, name="school_add"),
    path("schools/<int:pk>/registry/", school.school_card, name="school_card"),
    path("schools/<int:pk>/edit/", school.edit_school, name="school_edit"),
    path("schools/<int:pk>/counts/", counts.school_counts, name="school_counts"),
    path("schools/<int:pk>/move/", school.move_school, name="school_move"),
    path("schools/<int:pk>/move/undo/", school.undo_move, name="school_move_undo"),
    path("schools/<int:pk>/close/", school.close_school, name="school_close"),
    path("schools/<int:pk>/merge/", school.merge_school, name="school_merge"),
    path("schools/<int:pk>/reopen/", school.reopen_school, name="school_reopen"),
    path("registry/", views.registry, name="registry"),
    path("registry/clusters/", office.cluster_list, name="clusters"),
    path("registry/clusters/add/", office.add_cluster, name="cluster_add"),
    path("registry/clusters/<int:pk>/", office.edit_cluster, name="cluster"),
    path("registry/calendar/", office.calendar, name="academic_calendar"),
    path("registry/calendar/add/", office.add_year, name="academic_year_add"),
    path("registry/calendar/<int:year>/", office.edit_year, name="academic_year"),
    path("registry/area/", office.area_office, name="area_office"),
]
