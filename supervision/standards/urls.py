from django.urls import path

from supervision.standards import processes, views

urlpatterns = [
    path("standards/", views.standards_list, name="standards"),
    path("standards/manual/", views.manual_texts, name="manual_texts"),
    path("standards/<str:code>/", processes.work_process_page, name="work_process"),
    path("standards/<str:code>/code/", processes.document_code_edit, name="document_code"),
    path("standards/<str:process>/steps/<int:number>/", views.step_sheet_edit, name="step_sheet"),
]
