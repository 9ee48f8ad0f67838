from django.urls import path

from schools.people import (
    access_log,
    accounts,
    appointment_pages,
    listing,
    my_account,
    password_links,
    passwords,
    person,
    second_factor,
    signer_pages,
)

urlpatterns = [
    path("registry/people/", listing.person_list, name="people"),
    path("registry/people/open/", accounts.person_open, name="person_open"),
    path("registry/people/passwords/", passwords.people_passwords, name="people_passwords"),
    path("registry/people/<int:pk>/", person.person_detail, name="person"),
    path("registry/people/<int:pk>/edit/", accounts.person_edit, name="person_edit"),
    path("registry/people/<int:pk>/close/", accounts.person_close, name="person_close"),
    path("registry/people/<int:pk>/reopen/", accounts.person_reopen, name="person_reopen"),
    path(
        "registry/people/<int:pk>/posts/",
        appointment_pages.appointment_create,
        name="appointment_create",
    ),
    path(
        "registry/people/<int:pk>/second-factor/",
        second_factor.person_second_factor,
        name="person_second_factor",
    ),
    path("registry/posts/<int:pk>/", appointment_pages.appointment_edit, name="appointment_edit"),
    path("registry/posts/<int:pk>/end/", appointment_pages.appointment_end, name="appointment_end"),
    path(
        "registry/posts/<int:pk>/move/",
        appointment_pages.appointment_transfer,
        name="appointment_transfer",
    ),
    path(
        "registry/posts/<int:pk>/withdraw/",
        appointment_pages.appointment_withdraw,
        name="appointment_withdraw",
    ),
    path("registry/access-log/", access_log.access_log, name="access_log"),
    path("registry/signers/", signer_pages.signer_list, name="signers"),
    path("registry/signers/confirm/", signer_pages.signers_confirm, name="signers_confirm"),
    path("accounts/link/", password_links.password_link_code, name="password_link_code"),
    path("accounts/link/<str:code>/", password_links.password_link, name="password_link"),
    path("accounts/read/", my_account.access_events_mark_read, name="access_read"),
    path("accounts/mine/", my_account.my_account, name="my_account"),
]
