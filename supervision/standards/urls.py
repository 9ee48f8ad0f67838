from django.urls import path

from supervision.standards import views

urlpatterns = [
    path("standards/", views.standards_list, name="standards"),
    path("standards/steps/<int:number>/", views.step_sheet_edit, name="step_sheet"),
]
