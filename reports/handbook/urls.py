from django.urls import path

from reports.handbook import foreword, jobs, pages

urlpatterns = [
    path("handbooks/", pages.handbook_list, name="handbooks"),
    path("handbooks/<int:year>/<int:officer>/", pages.handbook_page, name="handbook"),
    path("handbooks/<int:year>/<int:officer>/start/", jobs.handbook_start, name="handbook_start"),
    path(
        "handbooks/<int:year>/<int:officer>/cancel/", jobs.handbook_cancel, name="handbook_cancel"
    ),
    path(
        "handbooks/<int:year>/<int:officer>/handbook.pdf",
        pages.handbook_paper,
        name="handbook_paper",
    ),
    path(
        "handbooks/<int:year>/<int:officer>/foreword/",
        foreword.handbook_foreword,
        name="handbook_foreword",
    ),
]
