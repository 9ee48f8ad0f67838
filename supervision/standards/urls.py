from django.urls import path

from supervision.standards import views

urlpatterns = [
    path("standards/", views.standards_page, name="standards"),
    path("standards/steps/<int:number>/", views.edit_step_sheet, name="step_sheet"),
]
