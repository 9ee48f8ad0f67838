from django.urls import path

from supervision.rounds import methods_pages, views

urlpatterns = [
    path("terms/<int:pk>/open/", views.term_open, name="term_open"),
    path("terms/<int:pk>/criteria/", views.term_criteria, name="term_criteria"),
    path("terms/<int:pk>/deadlines/", views.term_deadlines, name="term_deadlines"),
    path("rounds/<int:pk>/deadlines/", views.round_deadlines, name="round_deadlines"),
    path("rounds/<int:pk>/criteria/", views.round_criteria, name="round_criteria"),
    path("terms/<int:pk>/methods/", methods_pages.term_methods, name="term_methods"),
    path("terms/<int:pk>/methods/edit/", methods_pages.term_methods_edit, name="term_methods_edit"),
    path("rounds/<int:pk>/methods/", methods_pages.round_methods, name="round_methods"),
    path(
        "rounds/<int:pk>/methods/edit/",
        methods_pages.round_methods_edit,
        name="round_methods_edit",
    ),
    path("methods/<int:pk>/endorse/", methods_pages.methods_endorse, name="methods_endorse"),
    path("methods/<int:pk>/reopen/", methods_pages.methods_reopen, name="methods_reopen"),
    path("methods/<int:pk>/delete/", methods_pages.methods_delete, name="methods_delete"),
]
