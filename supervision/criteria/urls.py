from django.urls import path

from supervision.criteria import scales, views
from supervision.criteria.drafting import parts
from supervision.criteria.drafting import sets as drafting
from supervision.criteria.tables import views as tables

urlpatterns = [
    path("criteria/", views.criteria_list, name="criteria"),
    path("criteria/<int:pk>/", views.indicator_set_page, name="indicator_set"),
    path("criteria/<int:pk>/changes/", views.indicator_set_changes, name="indicator_set_changes"),
    path("criteria/<int:pk>/submit/", views.indicator_set_submit, name="indicator_set_submit"),
    path("criteria/<int:pk>/return/", views.indicator_set_return, name="indicator_set_return"),
    path("criteria/<int:pk>/endorse/", views.indicator_set_endorse, name="indicator_set_endorse"),
    path("criteria/<int:pk>/retire/", views.indicator_set_retire, name="indicator_set_retire"),
    # drafts
    path("criteria/add/", drafting.indicator_set_add, name="indicator_set_add"),
    path("criteria/<int:pk>/edit/", drafting.indicator_set_edit, name="indicator_set_edit"),
    path("criteria/<int:pk>/copy/", drafting.indicator_set_copy, name="indicator_set_copy"),
    path("criteria/<int:pk>/revise/", drafting.indicator_set_revise, name="indicator_set_revise"),
    path("criteria/<int:pk>/unmark/", drafting.indicator_set_unmark, name="indicator_set_unmark"),
    path("criteria/<int:pk>/delete/", drafting.indicator_set_delete, name="indicator_set_delete"),
    path("criteria/<int:pk>/standards/add/", parts.standard_add, name="standard_add"),
    path("criteria/<int:pk>/standards/order/", parts.standard_order, name="standard_order"),
    path("criteria/standards/<int:pk>/", parts.standard_edit, name="standard_edit"),
    path("criteria/standards/<int:pk>/delete/", parts.standard_delete, name="standard_delete"),
    path("criteria/standards/<int:pk>/add/", parts.indicator_add, name="indicator_add"),
    path("criteria/standards/<int:pk>/order/", parts.indicator_order, name="indicator_order"),
    path("criteria/indicators/<int:pk>/", parts.indicator_edit, name="indicator_edit"),
    path("criteria/indicators/<int:pk>/levels/", parts.indicator_rubrics, name="indicator_rubrics"),
    path("criteria/indicators/<int:pk>/delete/", parts.indicator_delete, name="indicator_delete"),
    # Excel
    path("criteria/<int:pk>/export/", tables.indicator_set_export, name="indicator_set_export"),
    path("criteria/template/", tables.criteria_template, name="criteria_template"),
    path("criteria/import/", tables.criteria_import, name="criteria_import"),
    path("criteria/import/save/", tables.criteria_import_save, name="criteria_import_save"),
    path("criteria/<int:pk>/import/", tables.indicator_set_import, name="indicator_set_import"),
    path(
        "criteria/<int:pk>/import/save/",
        tables.indicator_set_import_save,
        name="indicator_set_import_save",
    ),
    # scales
    path("scales/", scales.scale_list, name="scales"),
    path("scales/add/", scales.scale_add, name="scale_add"),
    path("scales/<int:pk>/", scales.scale_page, name="scale"),
    path("scales/<int:pk>/edit/", scales.scale_edit, name="scale_edit"),
    path("scales/<int:pk>/copy/", scales.scale_copy, name="scale_copy"),
    path("scales/<int:pk>/delete/", scales.scale_delete, name="scale_delete"),
]
