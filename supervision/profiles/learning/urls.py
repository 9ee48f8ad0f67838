from django.urls import path

from supervision.profiles.learning import kind_pages, list_page, reference_pages, school_pages

urlpatterns = [
    path("profiles/learning/", list_page.learning_list, name="learning_list"),
    path("profiles/learning/kinds/", kind_pages.test_kind_list, name="test_kinds"),
    path("profiles/learning/kinds/new/", kind_pages.test_kind_add, name="test_kind_add"),
    path("profiles/learning/kinds/<int:pk>/", kind_pages.test_kind_page, name="test_kind"),
    path(
        "profiles/learning/kinds/<int:pk>/edit/", kind_pages.test_kind_edit, name="test_kind_edit"
    ),
    path(
        "profiles/learning/kinds/<int:pk>/check/",
        kind_pages.test_kind_check,
        name="test_kind_check",
    ),
    path(
        "profiles/learning/kinds/<int:pk>/retire/",
        kind_pages.test_kind_retire,
        name="test_kind_retire",
    ),
    path(
        "profiles/learning/kinds/<int:pk>/restore/",
        kind_pages.test_kind_restore,
        name="test_kind_restore",
    ),
    path(
        "profiles/learning/kinds/<int:pk>/subjects/new/",
        kind_pages.test_subject_add,
        name="test_subject_add",
    ),
    path(
        "profiles/learning/subjects/<int:pk>/edit/",
        kind_pages.test_subject_edit,
        name="test_subject_edit",
    ),
    path(
        "profiles/learning/subjects/<int:pk>/delete/",
        kind_pages.test_subject_delete,
        name="test_subject_delete",
    ),
    path(
        "profiles/learning/references/<int:year>/<int:kind_pk>/",
        reference_pages.reference_results,
        name="reference_results",
    ),
    path(
        "schools/<int:pk>/profile/learning/", school_pages.school_learning, name="school_learning"
    ),
    path(
        "schools/<int:pk>/profile/learning/<int:year>/",
        school_pages.school_learning_year,
        name="school_learning_year",
    ),
    path(
        "schools/<int:pk>/profile/learning/<int:year>/<int:kind_pk>/",
        school_pages.school_learning_edit,
        name="school_learning_edit",
    ),
]
