from django.urls import path

from supervision.quality_drive.honours import category_pages, decision_pages, pages

urlpatterns = [
    path("<int:year>/honours/", pages.drive_honours, name="drive_honours"),
    path("<int:year>/honours/propose/", pages.honour_propose, name="honour_propose"),
    path("<int:year>/honours/decide/", decision_pages.honours_decide, name="honours_decide"),
    path("<int:year>/honours/release/", decision_pages.honours_release, name="honours_release"),
    path(
        "<int:year>/honours/categories/add/",
        category_pages.honour_category_add,
        name="honour_category_add",
    ),
    path(
        "<int:year>/honours/categories/samples/",
        category_pages.honour_category_samples,
        name="honour_category_samples",
    ),
    path(
        "honour-categories/<int:pk>/edit/",
        category_pages.honour_category_edit,
        name="honour_category_edit",
    ),
    path(
        "honour-categories/<int:pk>/delete/",
        category_pages.honour_category_delete,
        name="honour_category_delete",
    ),
    path("honours/<int:pk>/", pages.honour_page, name="honour"),
    path("honours/<int:pk>/edit/", pages.honour_edit, name="honour_edit"),
    path("honours/<int:pk>/withdraw/", pages.honour_withdraw, name="honour_withdraw"),
    path("honours/<int:pk>/revoke/", pages.honour_revoke, name="honour_revoke"),
]
