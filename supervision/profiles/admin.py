"""The education standards of annual reports in the office's reference lists."""

from django.contrib import admin

from schools.admin_site import ReferenceListAdmin, office_admin
from supervision.profiles.models import EducationStandard


@admin.register(EducationStandard, site=office_admin)
class EducationStandardAdmin(ReferenceListAdmin):
    """Standards of each announcement; a newer one is added with the year from which it holds."""

    list_display = ("level", "first_year", "number", "name", "provenance")
    source = "รายงานที่จัดทำแล้วคงชื่อมาตรฐานเดิม ประกาศฉบับใหม่ให้เพิ่มเป็นแถวใหม่พร้อมปีการศึกษาแรกที่ใช้"
