from django.urls import path

from schools.imports import views

urlpatterns = [
    path("registry/imports/", views.imports, name="imports"),
    path("registry/imports/new/<str:kind>/", views.bring_in, name="import_bring_in"),
    path("registry/imports/template/<str:kind>/", views.template, name="import_template"),
    path("registry/imports/<int:pk>/", views.import_page, name="import"),
    path("registry/imports/<int:pk>/file/", views.file, name="import_file"),
    path("registry/imports/<int:pk>/problems/", views.problems, name="import_problems"),
    path("registry/imports/<int:pk>/confirm/", views.confirm, name="import_confirm"),
    path("registry/imports/<int:pk>/go-on/", views.go_on, name="import_go_on"),
    path("registry/imports/<int:pk>/discard/", views.discard, name="import_discard"),
]
