from django.urls import path

from schools.people import access_log_views, link_views, second_factor, signer_views, views

urlpatterns = [
    path("registry/people/", views.people, name="people"),
    path("registry/people/open/", views.open_account, name="person_open"),
    path("registry/people/passwords/", views.passwords, name="people_passwords"),
    path("registry/people/<int:pk>/", views.person, name="person"),
    path("registry/people/<int:pk>/edit/", views.edit_person, name="person_edit"),
    path("registry/people/<int:pk>/close/", views.close_person, name="person_close"),
    path("registry/people/<int:pk>/reopen/", views.reopen_person, name="person_reopen"),
    path("registry/people/<int:pk>/posts/", views.give_post, name="post_give"),
    path(
        "registry/people/<int:pk>/second-factor/",
        second_factor.remove_page,
        name="person_second_factor",
    ),
    path("registry/posts/<int:pk>/", views.edit_post, name="post_edit"),
    path("registry/posts/<int:pk>/end/", views.end_post, name="post_end"),
    path("registry/posts/<int:pk>/move/", views.move_post, name="post_move"),
    path("registry/posts/<int:pk>/withdraw/", views.withdraw_post, name="post_withdraw"),
    path("registry/access-log/", access_log_views.access_log, name="access_log"),
    path("registry/signers/", signer_views.signers, name="signers"),
    path("registry/signers/confirm/", signer_views.confirm_signers, name="signers_confirm"),
    path("accounts/link/", link_views.enter_code, name="password_link_code"),
    path("accounts/link/<str:code>/", link_views.password_link, name="password_link"),
    path("accounts/read/", signer_views.access_read, name="access_read"),
    path("accounts/mine/", access_log_views.my_account, name="my_account"),
]
