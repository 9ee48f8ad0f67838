from django.urls import path

from reports import blank_form, exports, public, version_views, views

urlpatterns = [
    path("board/export/", exports.board_export, name="board_export"),
    path("schools/export/", exports.directory_export, name="directory_export"),
    path("needs/export/", exports.needs_export, name="needs_export"),
    path(
        "self-assessments/export/",
        exports.self_assessments_export,
        name="self_assessments_export",
    ),
    path("criteria/<int:pk>/form/", blank_form.form_of_set, name="blank_form"),
    path("visits/<int:pk>/form/", blank_form.form_of_visit, name="visit_form"),
    path("reports/", views.register, name="reports"),
    path("rounds/<int:pk>/report/", views.term_report_page, name="term_report"),
    path("reports/years/<int:year>/", views.year_report_page, name="year_report"),
    path("reports/<int:pk>/", views.report_page, name="report"),
    path("reports/<int:pk>/file/", views.report_file, name="report_file"),
    path("reports/<int:pk>/return/", version_views.return_report, name="report_return"),
    path("reports/<int:pk>/again/", version_views.prepare_again, name="report_again"),
    path("reports/<int:pk>/drop/", version_views.drop_report, name="report_drop"),
    path("reports/<int:pk>/revise/", version_views.revise_report, name="report_revise"),
    path("reports/<int:pk>/issue/", views.issue_report, name="report_issue"),
    path("reports/<int:pk>/render/", views.render_report, name="report_render"),
    path("reports/<int:pk>/publish/", views.publish_report, name="report_publish"),
    path("reports/<int:pk>/withdraw/", views.withdraw_report, name="report_withdraw"),
    path("published/", public.published_list, name="published"),
    path("published/<str:code>/", public.published_page, name="published_report"),
    path("verify/", public.verify_form, name="verify_form"),
    path("verify/<str:code>/", public.verify_page, name="verify"),
]
