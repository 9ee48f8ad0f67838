from django.urls import path

from supervision.criteria import views

urlpatterns = [
    path("criteria/", views.criteria_list, name="criteria"),
    path("criteria/<int:pk>/", views.indicator_set_page, name="indicator_set"),
    path("criteria/<int:pk>/submit/", views.submit_set, name="indicator_set_submit"),
    path("criteria/<int:pk>/return/", views.return_set, name="indicator_set_return"),
    path("criteria/<int:pk>/endorse/", views.endorse_set, name="indicator_set_endorse"),
    path("criteria/<int:pk>/retire/", views.retire_set, name="indicator_set_retire"),
]
