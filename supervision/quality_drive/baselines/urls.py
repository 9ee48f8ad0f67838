from django.urls import path

from supervision.quality_drive.baselines import area_pages, school_pages

urlpatterns = [
    path("<int:year>/baselines/", area_pages.baselines, name="baselines"),
    path(
        "<int:year>/baselines/last-year/",
        area_pages.baselines_last_year,
        name="baselines_last_year",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/",
        school_pages.school_baseline,
        name="school_baseline",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/levels/",
        school_pages.school_baseline_levels,
        name="school_baseline_levels",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/texts/",
        school_pages.school_baseline_texts,
        name="school_baseline_texts",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/last-year/",
        school_pages.school_baseline_last_year,
        name="school_baseline_last_year",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/confirm/",
        school_pages.school_baseline_confirm,
        name="school_baseline_confirm",
    ),
    path(
        "<int:year>/schools/<int:pk>/baseline/reopen/",
        school_pages.school_baseline_reopen,
        name="school_baseline_reopen",
    ),
]
