from django.urls import path

from schools.imports import views

urlpatterns = [
    path("registry/imports/", views.import_list, name="imports"),
    path("registry/imports/new/<str:kind>/", views.import_upload, name="import_upload"),
    path("registry/imports/template/<str:kind>/", views.import_template, name="import_template"),
    path("registry/imports/<int:pk>/", views.import_page, name="import"),
    path("registry/imports/<int:pk>/file/", views.import_file, name="import_file"),
    path("registry/imports/<int:pk>/problems/", views.import_problems, name="import_problems"),
    path("registry/imports/<int:pk>/answer/", views.import_answer, name="import_answer"),
    path("registry/imports/<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("registry/imports/<int:pk>/go-on/", views.import_resume, name="import_resume"),
    path("registry/imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
]
