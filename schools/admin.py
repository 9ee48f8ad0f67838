from itertools import combinations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

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
    GradeCount,
    Post,
    School,
    SizeBand,
    SizeScheme,
    Term,
    User,
    YearlyCount,
)
from schools.people.forms import UserNameField

USERNAME_HINT = "ใช้เข้าสู่ระบบ พิมพ์อักษรอังกฤษหรือตัวเลข ไม่เว้นวรรค ไม่ใช่เลขประจำตัวประชาชน"


class NewUserForm(BaseUserCreationForm):
    """Its password is typed by the office, so its owner makes another at the first sign-in."""

    class Meta:
        model = User
        fields = ("username", "full_name")
        field_classes = {"username": UserNameField}
        help_texts = {"username": USERNAME_HINT}

    def save(self, commit: bool = True) -> User:
        self.instance.must_change_password = True
        return super().save(commit)


class UserForm(ModelForm):
    class Meta:
        model = User
        fields = ("username", "full_name", "is_active")
        field_classes = {"username": UserNameField}
        help_texts = {
            "username": USERNAME_HINT,
            "is_active": "เอาเครื่องหมายออกเพื่อปิดบัญชีของผู้ที่ย้ายหรือพ้นหน้าที่ โดยไม่ลบบัญชี",
        }


class NewPasswordForm(AdminPasswordChangeForm):
    """A password typed twice; an account is closed by its own box, not by taking the password."""

    def __init__(self, user: User, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
        self.fields["password2"].help_text = "พิมพ์รหัสผ่านใหม่ซ้ำอีกครั้ง"

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = True
        self.user._change_reason = "ตั้งรหัสผ่านใหม่ให้"
        return super().save(commit)


POST_FIELDS = (
    "role",
    "cluster",
    "school",
    "title",
    "position_number",
    "academic_standing",
    "acting",
    "starts_on",
    "ends_on",
)


class PostInline(RegistryInline):
    model = Post
    select_related = ("user", "school", "cluster")
    fields = POST_FIELDS


@admin.register(User, site=office_admin)
class PersonAdmin(RegistryAdmin, UserAdmin):
    """People sign in as long as they are active; nobody is removed, for the logs name them."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    change_user_password_template = "schools/admin/password.html"
    list_display = ("username", "full_name", "roles_today", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = ((None, {"fields": ("username", "full_name", "set_password", "is_active")}),)
    readonly_fields = ("set_password",)
    add_fieldsets = ((None, {"fields": ("username", "full_name", "password1", "password2")}),)
    inlines = (PostInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("posts__school")

    @admin.display(description="ตำแหน่งวันนี้")
    def roles_today(self, user: User) -> str:
        today = timezone.localdate()
        titles = [post.printed_title for post in user.posts.all() if post.holds_on(today)]
        return " / ".join(titles) or "–"

    @admin.display(description="รหัสผ่าน")
    def set_password(self, user: User) -> str:
        page = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">ตั้งรหัสผ่านใหม่</a>', page)

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
    fields = ("user", *POST_FIELDS)
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


ONE_CLUSTER = "โรงเรียนสังกัดได้ครั้งละกลุ่มเดียว โปรดให้กลุ่มเดิมสิ้นสุดก่อนวันที่กลุ่มใหม่เริ่ม"


class MembershipRow(ModelForm):
    """One row of a school's memberships; not compared with stored rows, which may change too."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"school"}


class MembershipRows(BaseInlineFormSet):
    """On any day a school belongs to one cluster, or it would be counted twice."""

    def clean(self) -> None:
        super().clean()
        forms = [form for form in self.forms if form not in self.deleted_forms]
        rows = [form.instance for form in forms if form.cleaned_data and form.instance.starts_on]
        if any(one.overlaps(other) for one, other in combinations(rows, 2)):
            raise ValidationError(ONE_CLUSTER)


class MembershipForm(ModelForm):
    """The same asked of one row by itself."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if {"school", "starts_on", "ends_on"} <= cleaned.keys():
            row = ClusterMembership(starts_on=cleaned["starts_on"], ends_on=cleaned["ends_on"])
            others = cleaned["school"].memberships.exclude(pk=self.instance.pk)
            if any(map(row.overlaps, others)):
                raise ValidationError(ONE_CLUSTER)
        return cleaned


class MembershipInline(RegistryInline):
    model = ClusterMembership
    form = MembershipRow
    formset = MembershipRows
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
    search_fields = ("name", "obec_code", "ministry_code")
    autocomplete_fields = ("merged_into",)
    inlines = (MembershipInline,)


@admin.register(ClusterMembership, site=office_admin)
class MembershipAdmin(HistoryAdmin):
    form = MembershipForm
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


class GradeCountInline(RegistryInline):
    model = GradeCount
    select_related = ("count",)


@admin.register(YearlyCount, site=office_admin)
class YearlyCountAdmin(RegistryAdmin):
    list_display = ("school", "academic_year", be_date("counted_on", "ข้อมูล ณ วันที่"), "is_sample")
    list_filter = ("academic_year",)
    list_select_related = ("school", "academic_year")
    search_fields = ("school__name",)
    autocomplete_fields = ("school",)
    inlines = (GradeCountInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("school", "academic_year")


class SizeBandInline(RegistryInline):
    model = SizeBand
    select_related = ("scheme",)


@admin.register(SizeScheme, site=office_admin)
class SizeSchemeAdmin(RegistryAdmin):
    """Which one is in use, the office says on its own page of the registry."""

    list_display = ("name", "provenance")
    inlines = (SizeBandInline,)


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
