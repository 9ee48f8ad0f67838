from django.urls import path

from reports.handbook import foreword, pages

urlpatterns = [
    path("handbooks/", pages.handbook_list, name="handbooks"),
    path("handbooks/<int:year>/<int:officer>/", pages.handbook_page, name="handbook"),
    path(
        "handbooks/<int:year>/<int:officer>/foreword/",
        foreword.handbook_foreword,
        name="handbook_foreword",
    ),
]
