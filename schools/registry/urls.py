from django.urls import path

from schools.registry import views
from schools.registry.counts import views as counts
from schools.registry.directory import views as directory
from schools.registry.office import views as office
from schools.registry.school import views as school

urlpatterns = [
    path("schools/", directory.directory, name="directory"),
    path("schools/add/", school.school_add, name="school_add"),
    path("schools/<int:pk>/registry/", school.school_card, name="school_card"),
    path("schools/<int:pk>/edit/", school.school_edit, name="school_edit"),
    path("schools/<int:pk>/counts/", counts.school_counts, name="school_counts"),
    path("schools/<int:pk>/move/", school.school_move, name="school_move"),
    path("schools/<int:pk>/move/undo/", school.school_move_undo, name="school_move_undo"),
    path("schools/<int:pk>/close/", school.school_close, name="school_close"),
    path("schools/<int:pk>/merge/", school.school_merge, name="school_merge"),
    path("schools/<int:pk>/reopen/", school.school_reopen, name="school_reopen"),
    path("registry/", views.registry, name="registry"),
    path("registry/clusters/", office.cluster_list, name="clusters"),
    path("registry/clusters/add/", office.cluster_add, name="cluster_add"),
    path("registry/clusters/<int:pk>/", office.cluster_edit, name="cluster"),
    path("registry/calendar/", office.academic_calendar, name="academic_calendar"),
    path("registry/calendar/add/", office.academic_year_add, name="academic_year_add"),
    path("registry/calendar/<int:year>/", office.academic_year_edit, name="academic_year"),
    path("registry/area/", office.area_office, name="area_office"),
]
