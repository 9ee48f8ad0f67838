from django.urls import path

from supervision.cycle import round_quality, views

urlpatterns = [
    path("", views.home, name="home"),
    path("todos/", views.todos, name="todos"),
    path("board/", views.board, name="board"),
    path("schools/<int:pk>/", views.school_page, name="school"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/history/", views.round_history, name="round_history"),
    path("quality/", round_quality.term_quality, name="term_quality"),
    path("help/", views.help_page, name="help"),
]
