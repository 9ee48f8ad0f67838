from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.utils import timezone

from schools.admin_site import (
    HistoryAdmin,
    RegistryAdmin,
    RegistryInline,
    be_date,
    office_admin,
)
from schools.models import (
    AcademicYear,
    Area,
    Cluster,
    ClusterMembership,
    Post,
    School,
    Term,
    User,
)


class NewUserForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "full_name")


class NewPasswordForm(AdminPasswordChangeForm):
    """A password typed twice; closing an account is done by its is_active box."""

    usable_password = None


class PostInline(RegistryInline):
    model = Post
    select_related = ("user", "school", "cluster")
    fields = (
        "role",
        "cluster",
        "school",
        "title",
        "position_number",
        "acting",
        "starts_on",
        "ends_on",
    )


@admin.register(User, site=office_admin)
class PersonAdmin(RegistryAdmin, UserAdmin):
    """People sign in as long as they are active; nobody is removed, for the logs name them."""

    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = ("username", "full_name", "roles_today", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = ((None, {"fields": ("username", "password", "full_name", "is_active")}),)
    add_fieldsets = ((None, {"fields": ("username", "full_name", "password1", "password2")}),)
    inlines = (PostInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("posts")

    @admin.display(description="ตำแหน่งวันนี้")
    def roles_today(self, user: User) -> str:
        today = timezone.localdate()
        titles = [post.printed_title for post in user.posts.all() if post.holds_on(today)]
        return " / ".join(titles) or "–"

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Post, site=office_admin)
class PostAdmin(HistoryAdmin):
    """When somebody moves, end the post by its date and add the new one."""

    list_display = (
        "user",
        "role",
        "school",
        "cluster",
        be_date("starts_on", "ตั้งแต่วันที่"),
        be_date("ends_on", "ถึงวันที่"),
    )
    list_filter = ("role",)
    list_select_related = ("user", "school", "cluster")
    search_fields = ("user__full_name", "user__username", "title", "position_number")
    autocomplete_fields = ("user", "school")


@admin.register(Area, site=office_admin)
class AreaAdmin(HistoryAdmin):
    list_display = ("name", "short_name")

    def has_add_permission(self, request, obj=None) -> bool:
        return False  # one portal serves one office

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Cluster, site=office_admin)
class ClusterAdmin(HistoryAdmin):
    list_display = ("name", "data_note")
    search_fields = ("name",)


class MembershipInline(RegistryInline):
    model = ClusterMembership
    select_related = ("school", "cluster")


@admin.register(School, site=office_admin)
class SchoolAdmin(HistoryAdmin):
    list_display = (
        "name",
        "obec_code",
        "district",
        "data_note",
        be_date("closed_on", "วันที่เลิกหรือรวม"),
    )
    list_filter = ("district",)
    search_fields = ("name", "obec_code")
    inlines = (MembershipInline,)


@admin.register(ClusterMembership, site=office_admin)
class MembershipAdmin(RegistryAdmin):
    list_display = (
        "school",
        "cluster",
        be_date("starts_on", "ตั้งแต่วันที่"),
        be_date("ends_on", "ถึงวันที่"),
    )
    list_filter = ("cluster",)
    list_select_related = ("school", "cluster")
    search_fields = ("school__name",)
    autocomplete_fields = ("school",)


class TermInline(RegistryInline):
    model = Term
    select_related = ("academic_year",)


@admin.register(AcademicYear, site=office_admin)
class AcademicYearAdmin(RegistryAdmin):
    list_display = ("year", "area")
    list_select_related = ("area",)
    inlines = (TermInline,)


@admin.register(Term, site=office_admin)
class TermAdmin(RegistryAdmin):
    list_display = (
        "__str__",
        be_date("opens_on", "วันเปิดภาคเรียน"),
        be_date("closes_on", "วันปิดภาคเรียน"),
    )
    list_select_related = ("academic_year",)
