from django.urls import path

from supervision.profiles.focus import pages

urlpatterns = [
    path("profiles/focus/", pages.policy_focuses, name="policy_focuses"),
    path("profiles/focus/add/", pages.policy_focus_add, name="policy_focus_add"),
    path("profiles/focus/<int:year>/copy/", pages.policy_focus_copy, name="policy_focus_copy"),
    path("profiles/focus/items/<int:pk>/", pages.policy_focus_edit, name="policy_focus_edit"),
    path(
        "profiles/focus/items/<int:pk>/indicators/",
        pages.policy_focus_indicators,
        name="policy_focus_indicators",
    ),
    path(
        "profiles/focus/items/<int:pk>/delete/",
        pages.policy_focus_delete,
        name="policy_focus_delete",
    ),
]
