from django.urls import path

from supervision.notices import views

urlpatterns = [
    path("notices/", views.notices_page, name="notices"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/choose/", views.notices_choose, name="notices_choose"),
]
