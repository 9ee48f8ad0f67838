from django.urls import path

from supervision.standards import processes, sheets, views

urlpatterns = [
    path("standards/", views.standards_list, name="standards"),
    path("standards/manual/", views.manual_texts, name="manual_texts"),
    path("standards/<str:code>/", processes.work_process_page, name="work_process"),
    path(
        "standards/<str:code>/<int:year>/",
        processes.work_process_page,
        name="work_process_year",
    ),
    path("standards/<str:code>/<int:year>/code/", sheets.document_code_edit, name="document_code"),
    path(
        "standards/<str:process>/<int:year>/steps/<int:number>/",
        sheets.step_sheet_edit,
        name="step_sheet",
    ),
]
