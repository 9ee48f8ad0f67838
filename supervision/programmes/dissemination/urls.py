from django.urls import path

from supervision.programmes.dissemination import pages

urlpatterns = [
    path("dissemination/", pages.dissemination_register, name="dissemination_register"),
    path("dissemination/add/", pages.dissemination_add, name="dissemination_add"),
    path("dissemination/<int:pk>/", pages.dissemination_page, name="dissemination"),
    path("dissemination/<int:pk>/edit/", pages.dissemination_edit, name="dissemination_edit"),
    path(
        "dissemination/<int:pk>/withdraw/",
        pages.dissemination_withdraw,
        name="dissemination_withdraw",
    ),
    path("dissemination/<int:pk>/file/", pages.dissemination_file, name="dissemination_file"),
]
