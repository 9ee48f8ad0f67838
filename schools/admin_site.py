"""The office's reference lists: Django's admin for whoever holds the administrator's appointment.

Only lists without pages of their own are here. What has pages has actions too, and this must be
no way around them.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.views import logout as sign_out
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from schools.access import Permission, can


class OfficeAdminSite(admin.AdminSite):
    """Asks the person's appointments, not Django's staff flag; signing in and out is the
    portal's."""

    site_header = "ข้อมูลอ้างอิงของสำนักงาน"
    site_title = "นิเทศ"
    index_title = "ข้อมูลอ้างอิง"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.ADMINISTER)

    def admin_view(  # type: ignore[override]  # it may refuse, the rest is the same
        self, view: Callable[..., HttpResponseBase], cacheable: bool = False
    ) -> Callable[..., HttpResponseBase]:
        """Refuse who has signed in without the appointment; Django would ask them to sign in
        again."""
        guarded = super().admin_view(view, cacheable)

        def refusing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return refusing

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        following = urlencode({"next": request.GET.get("next", "/admin/")})
        return redirect(f"{reverse('account_login')}?{following}")

    def logout(  # type: ignore[override]  # the portal's own page
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return sign_out(request)

    def password_change(  # type: ignore[override]  # the portal's own page
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


office_admin = OfficeAdminSite(name="admin")


class AdministratorPermissionMixin(BaseModelAdmin):
    """Every right in the lists comes from the one appointment."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.ADMINISTER)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.ADMINISTER)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.ADMINISTER)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.ADMINISTER)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.ADMINISTER)


class ReferenceListAdmin(AdministratorPermissionMixin, admin.ModelAdmin):
    """A reference list; who changed it when is told in the Buddhist Era.

    `source` says below the heading of the list where its rows come from.
    """

    source = ""
    show_facets = admin.ShowFacets.NEVER
    object_history_template = "schools/admin/history.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"subtitle": self.source or None, **(extra_context or {})}
        return super().changelist_view(request, context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's own Thai heading says that the row is exchanged for another (เปลี่ยน)."""
        heading = f"{'แก้ไข' if object_id else 'เพิ่ม'}{self.opts.verbose_name}"
        context = {"title": heading, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)


class ReferenceListInline(AdministratorPermissionMixin, admin.TabularInline):
    """Rows that belong to one row of a list, and one empty line for the next."""

    extra = 1
