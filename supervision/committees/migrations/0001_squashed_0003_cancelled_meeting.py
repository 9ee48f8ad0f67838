import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("committees", "0001_initial"),
        ("committees", "0002_committees_of_appointments"),
        ("committees", "0003_cancelled_meeting"),
    ]

    initial = True

    dependencies = [
        ("assignments", "0001_initial"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Committee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("area", "ก.ต.ป.น."),
                                    ("subcommittee", "อ.ก.ต.ป.น."),
                                    ("working_group", "คณะทำงาน"),
                                ],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อคณะกรรมการ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schools.cluster",
                                verbose_name="กลุ่มโรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "คณะกรรมการ",
                        "verbose_name_plural": "คณะกรรมการ",
                        "ordering": ("kind", "cluster__sort_key", "name", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="committee_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cluster__isnull", False), ("kind", "subcommittee")),
                                    models.Q(
                                        models.Q(("kind", "subcommittee"), _negated=True),
                                        ("cluster", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="subcommittee_belongs_to_its_cluster",
                                violation_error_message="อ.ก.ต.ป.น. ต้องระบุกลุ่มโรงเรียน คณะอื่นต้องไม่ระบุ",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None), ("kind", "area")),
                                fields=("kind",),
                                name="one_area_committee",
                                violation_error_message="มี ก.ต.ป.น. ของเขตพื้นที่แล้ว",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None), ("kind", "subcommittee")),
                                fields=("cluster",),
                                name="one_subcommittee_per_cluster",
                                violation_error_message="กลุ่มโรงเรียนนี้มี อ.ก.ต.ป.น. แล้ว",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCommittee",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("area", "ก.ต.ป.น."),
                                    ("subcommittee", "อ.ก.ต.ป.น."),
                                    ("working_group", "คณะทำงาน"),
                                ],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อคณะกรรมการ")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.cluster",
                                verbose_name="กลุ่มโรงเรียน",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical คณะกรรมการ",
                        "verbose_name_plural": "historical คณะกรรมการ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(null=True, verbose_name="ครั้งที่"),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="ปี พ.ศ.")),
                        (
                            "recorded_as",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="ครั้งที่ตามที่เคยพิมพ์ไว้"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="วันที่ประชุม")),
                        (
                            "begins_at",
                            models.TimeField(blank=True, null=True, verbose_name="เริ่มเวลา"),
                        ),
                        (
                            "ends_at",
                            models.TimeField(blank=True, null=True, verbose_name="เลิกเวลา"),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="สถานที่ประชุม"),
                        ),
                        (
                            "other_participants",
                            models.TextField(blank=True, verbose_name="ผู้เข้าร่วมประชุม"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "นัดประชุมแล้ว"),
                                    ("open", "เปิดประชุมอยู่"),
                                    ("closed", "ปิดประชุมแล้ว"),
                                    ("cancelled", "ยกเลิกแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="committees.committee",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การประชุม",
                        "verbose_name_plural": "การประชุม",
                        "ordering": ("-held_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("committee", "number", "year"),
                                name="one_meeting_per_number",
                                violation_error_message="มีการประชุมครั้งที่นี้ในปีนี้แล้ว",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(
                                        ("number", None),
                                        models.Q(("recorded_as", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_has_its_number",
                                violation_error_message="โปรดระบุครั้งที่ประชุม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["closed"]),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["closed"]), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_meeting_says_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="ชื่อ")),
                        (
                            "post",
                            models.CharField(blank=True, max_length=200, verbose_name="ตำแหน่ง"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "ประธานกรรมการ"),
                                    (2, "รองประธานกรรมการ"),
                                    (3, "กรรมการ"),
                                    (4, "กรรมการและเลขานุการ"),
                                    (5, "ผู้ช่วยเลขานุการ"),
                                ],
                                default=3,
                                verbose_name="ตำแหน่งในคณะกรรมการ",
                            ),
                        ),
                        (
                            "sequence",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ลำดับในคำสั่ง"),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="เป็นกรรมการในฐานะ"
                            ),
                        ),
                        (
                            "order_text",
                            models.CharField(blank=True, max_length=200, verbose_name="คำสั่งแต่งตั้ง"),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committee_members",
                                to="schools.appointment",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="committees.committee",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committee_members",
                                to="assignments.officialorder",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committee_members",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="บัญชีผู้ใช้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กรรมการ",
                        "verbose_name_plural": "กรรมการ",
                        "ordering": ("position", "sequence", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="committee_member_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("post", ""), _negated=True),
                                    ("user__isnull", False),
                                    _connector="OR",
                                ),
                                name="committee_member_is_named",
                                violation_error_message="โปรดระบุชื่อหรือตำแหน่งของกรรมการ",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCommitteeMember",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="ชื่อ")),
                        (
                            "post",
                            models.CharField(blank=True, max_length=200, verbose_name="ตำแหน่ง"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "ประธานกรรมการ"),
                                    (2, "รองประธานกรรมการ"),
                                    (3, "กรรมการ"),
                                    (4, "กรรมการและเลขานุการ"),
                                    (5, "ผู้ช่วยเลขานุการ"),
                                ],
                                default=3,
                                verbose_name="ตำแหน่งในคณะกรรมการ",
                            ),
                        ),
                        (
                            "sequence",
                            models.PositiveSmallIntegerField(default=1, verbose_name="ลำดับในคำสั่ง"),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="เป็นกรรมการในฐานะ"
                            ),
                        ),
                        (
                            "order_text",
                            models.CharField(blank=True, max_length=200, verbose_name="คำสั่งแต่งตั้ง"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.appointment",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="committees.committee",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="assignments.officialorder",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="บัญชีผู้ใช้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical กรรมการ",
                        "verbose_name_plural": "historical กรรมการ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="วาระที่")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("inform", "เรื่องแจ้งให้ที่ประชุมทราบ"),
                                    ("minutes", "รับรองรายงานการประชุม"),
                                    ("follow_up", "เรื่องสืบเนื่อง"),
                                    ("sets", "พิจารณาชุดเกณฑ์ ตัวชี้วัด"),
                                    ("rounds", "พิจารณาผลการนิเทศของสถานศึกษา"),
                                    ("practices", "คัดเลือกวิธีปฏิบัติที่เป็นเลิศ"),
                                    ("consider", "เรื่องเสนอเพื่อพิจารณา"),
                                    ("other", "เรื่องอื่น ๆ"),
                                ],
                                max_length=20,
                                verbose_name="ประเภทของวาระ",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="เรื่อง")),
                        ("detail", models.TextField(blank=True, verbose_name="รายละเอียด")),
                        ("resolution", models.TextField(blank=True, verbose_name="มติที่ประชุม")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="committees.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ระเบียบวาระ",
                        "verbose_name_plural": "ระเบียบวาระ",
                        "ordering": ("meeting", "position", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("present", "มาประชุม"),
                                    ("excused", "ลา"),
                                    ("absent", "ไม่มาประชุม"),
                                ],
                                max_length=20,
                                verbose_name="การเข้าประชุม",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="หมายเหตุ"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="committees.committeemember",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="committees.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การเข้าประชุม",
                        "verbose_name_plural": "การเข้าประชุม",
                        "ordering": ("member__position", "member__sequence", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "member"), name="one_attendance_per_member"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="เหตุผล")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recusals",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="committees.committeemember",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การไม่ร่วมพิจารณา",
                        "verbose_name_plural": "การไม่ร่วมพิจารณา",
                        "ordering": ("school__sort_key", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "member", "school"),
                                name="one_recusal_per_school",
                                violation_error_message="บันทึกไว้แล้วว่ากรรมการคนนี้ไม่ร่วมพิจารณาโรงเรียนนี้",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="recusal_gives_its_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
