from django.urls import path

from supervision.programmes.networks import (
    advice_helps,
    directory,
    files,
    forum_pages,
    member_pages,
    network_pages,
    source_pages,
    steps,
)

urlpatterns = [
    path("networks/", network_pages.network_list, name="networks"),
    path("networks/add/", network_pages.network_add, name="network_add"),
    path("networks/help/", directory.help_directory, name="help_directory"),
    path("networks/steps/", steps.network_steps_page, name="network_steps"),
    path("networks/<int:pk>/", network_pages.network_page, name="network"),
    path("networks/<int:pk>/edit/", network_pages.network_edit, name="network_edit"),
    path("networks/<int:pk>/end/", network_pages.network_end, name="network_end"),
    path("networks/<int:pk>/members/", member_pages.network_member_add, name="network_member_add"),
    path("network-members/<int:pk>/", member_pages.network_member_edit, name="network_member"),
    path(
        "network-members/<int:pk>/end/", member_pages.network_member_end, name="network_member_end"
    ),
    path("network-files/<int:pk>/", files.network_file, name="network_file"),
    path("network-files/<int:pk>/remove/", files.network_file_remove, name="network_file_remove"),
    path("learning-sources/", source_pages.learning_source_list, name="learning_sources"),
    path("learning-sources/add/", source_pages.learning_source_add, name="learning_source_add"),
    path("learning-sources/<int:pk>/", source_pages.learning_source_page, name="learning_source"),
    path(
        "learning-sources/<int:pk>/edit/",
        source_pages.learning_source_edit,
        name="learning_source_edit",
    ),
    path(
        "learning-sources/<int:pk>/end/",
        source_pages.learning_source_end,
        name="learning_source_end",
    ),
    path("learning-sources/<int:pk>/files/", source_pages.source_file_add, name="source_file_add"),
    path("forums/", forum_pages.forum_list, name="forums"),
    path("forums/add/", forum_pages.forum_add, name="forum_add"),
    path("forums/<int:pk>/", forum_pages.forum_page, name="forum"),
    path("forums/<int:pk>/edit/", forum_pages.forum_edit, name="forum_edit"),
    path("forums/<int:pk>/record/", forum_pages.forum_record, name="forum_record"),
    path("forums/<int:pk>/cancel/", forum_pages.forum_cancel, name="forum_cancel"),
    path("forums/<int:pk>/files/", forum_pages.forum_file_add, name="forum_file_add"),
    path(
        "recommendations/<int:pk>/help/", advice_helps.advice_help_choose, name="advice_help_choose"
    ),
    path(
        "advice-helps/<int:pk>/remove/", advice_helps.advice_help_remove, name="advice_help_remove"
    ),
]
