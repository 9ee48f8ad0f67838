from django.urls import path

from supervision.criteria import views
from supervision.criteria.drafting import part_views as parts
from supervision.criteria.drafting import views as drafting
from supervision.criteria.scales import views as scales
from supervision.criteria.tables import views as tables

urlpatterns = [
    path("criteria/", views.criteria_list, name="criteria"),
    path("criteria/<int:pk>/", views.indicator_set_page, name="indicator_set"),
    path("criteria/<int:pk>/changes/", views.changes_page, name="indicator_set_changes"),
    path("criteria/<int:pk>/submit/", views.submit_set, name="indicator_set_submit"),
    path("criteria/<int:pk>/return/", views.return_set, name="indicator_set_return"),
    path("criteria/<int:pk>/endorse/", views.endorse_set, name="indicator_set_endorse"),
    path("criteria/<int:pk>/retire/", views.retire_set, name="indicator_set_retire"),
    # drafts
    path("criteria/add/", drafting.add_set, name="indicator_set_add"),
    path("criteria/<int:pk>/edit/", drafting.edit_set, name="indicator_set_edit"),
    path("criteria/<int:pk>/copy/", drafting.copy_set, name="indicator_set_copy"),
    path("criteria/<int:pk>/revise/", drafting.revise_set, name="indicator_set_revise"),
    path("criteria/<int:pk>/unmark/", drafting.unmark_set, name="indicator_set_unmark"),
    path("criteria/<int:pk>/delete/", drafting.delete_set, name="indicator_set_delete"),
    path("criteria/<int:pk>/standards/add/", parts.add_standard, name="standard_add"),
    path("criteria/<int:pk>/standards/order/", parts.order_standards, name="standard_order"),
    path("criteria/standards/<int:pk>/", parts.edit_standard, name="standard_edit"),
    path("criteria/standards/<int:pk>/delete/", parts.delete_standard, name="standard_delete"),
    path("criteria/standards/<int:pk>/add/", parts.add_indicator, name="indicator_add"),
    path("criteria/standards/<int:pk>/order/", parts.order_indicators, name="indicator_order"),
    path("criteria/indicators/<int:pk>/", parts.edit_indicator, name="indicator_edit"),
    path("criteria/indicators/<int:pk>/levels/", parts.edit_rubrics, name="indicator_rubrics"),
    path("criteria/indicators/<int:pk>/delete/", parts.delete_indicator, name="indicator_delete"),
    # Excel
    path("criteria/<int:pk>/export/", tables.export_set, name="indicator_set_export"),
    path("criteria/template/", tables.template, name="criteria_template"),
    path("criteria/import/", tables.import_new, name="criteria_import"),
    path("criteria/import/save/", tables.save_new, name="criteria_import_save"),
    path("criteria/<int:pk>/import/", tables.import_into, name="indicator_set_import"),
    path("criteria/<int:pk>/import/save/", tables.save_into, name="indicator_set_import_save"),
    # scales
    path("scales/", scales.scale_list, name="scales"),
    path("scales/add/", scales.add_scale, name="scale_add"),
    path("scales/<int:pk>/", scales.scale_page, name="scale"),
    path("scales/<int:pk>/edit/", scales.edit_scale, name="scale_edit"),
    path("scales/<int:pk>/copy/", scales.copy_scale, name="scale_copy"),
    path("scales/<int:pk>/delete/", scales.delete_scale, name="scale_delete"),
]
