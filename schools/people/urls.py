from django.urls import path

from schools.people import access_log_views, password_link_views, second_factor, signer_views, views

urlpatterns = [
    path("registry/people/", views.person_list, name="people"),
    path("registry/people/open/", views.person_open, name="person_open"),
    path("registry/people/passwords/", views.people_passwords, name="people_passwords"),
    path("registry/people/<int:pk>/", views.person_detail, name="person"),
    path("registry/people/<int:pk>/edit/", views.person_edit, name="person_edit"),
    path("registry/people/<int:pk>/close/", views.person_close, name="person_close"),
    path("registry/people/<int:pk>/reopen/", views.person_reopen, name="person_reopen"),
    path("registry/people/<int:pk>/posts/", views.appointment_create, name="appointment_create"),
    path(
        "registry/people/<int:pk>/second-factor/",
        second_factor.person_second_factor,
        name="person_second_factor",
    ),
    path("registry/posts/<int:pk>/", views.appointment_edit, name="appointment_edit"),
    path("registry/posts/<int:pk>/end/", views.appointment_end, name="appointment_end"),
    path("registry/posts/<int:pk>/move/", views.appointment_transfer, name="appointment_transfer"),
    path(
        "registry/posts/<int:pk>/withdraw/", views.appointment_withdraw, name="appointment_withdraw"
    ),
    path("registry/access-log/", access_log_views.access_log, name="access_log"),
    path("registry/signers/", signer_views.signer_list, name="signers"),
    path("registry/signers/confirm/", signer_views.signers_confirm, name="signers_confirm"),
    path("accounts/link/", password_link_views.password_link_code, name="password_link_code"),
    path("accounts/link/<str:code>/", password_link_views.password_link, name="password_link"),
    path("accounts/read/", signer_views.access_events_mark_read, name="access_read"),
    path("accounts/mine/", access_log_views.my_account, name="my_account"),
]
