import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.fields
import schools.core.migrations


class Migration(migrations.Migration):
    replaces = [
        ("programmes", "0001_plans"),
        ("programmes", "0002_networks"),
        ("programmes", "0003_activity_learning_area"),
        ("programmes", "0004_learning_areas"),
        ("programmes", "0005_plan_source_words"),
        ("programmes", "0006_activity_work_group"),
        ("programmes", "0007_taken_up_needs_as_plan_sources"),
    ]

    initial = True

    dependencies = [
        ("assignments", "0001_initial"),
        ("assignments", "0004_officers_replace_orders"),
        ("assignments", "0005_listed_assignments"),
        ("improvement", "0001_initial"),
        ("practices", "0002_practice_criteria"),
        ("schools", "0005_emblem"),
        ("schools", "__first__"),
        ("standards", "0002_processes_and_passages"),
        ("standards", "0004_structure_of_the_group"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="HistoricalNetwork",
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
                                    ("area", "เครือข่ายของเขตพื้นที่การศึกษา"),
                                    ("schools", "เครือข่ายสถานศึกษา"),
                                    ("agencies", "เครือข่ายหน่วยงานที่เกี่ยวข้อง"),
                                    ("community", "เครือข่ายชุมชนเพื่อการเรียนรู้"),
                                    ("persons", "เครือข่ายบุคคล (ครูแกนนำ ครูต้นแบบ ครูภูมิปัญญา)"),
                                    ("teacher_club", "ชมรมครู"),
                                    ("director_club", "ชมรมผู้บริหาร"),
                                    ("staff_club", "ชมรมบุคลากรทางการศึกษา"),
                                ],
                                max_length=20,
                                verbose_name="ประเภทเครือข่าย",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อเครือข่าย")),
                        (
                            "sort_key",
                            schools.core.fields.ThaiSortKeyField(
                                db_index=True,
                                default="",
                                editable=False,
                                max_length=500,
                                source="name",
                            ),
                        ),
                        ("purpose", models.TextField(verbose_name="วัตถุประสงค์")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.work",
                                verbose_name="งานตามคู่มือ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical เครือข่ายการนิเทศ",
                        "verbose_name_plural": "historical เครือข่ายการนิเทศ",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SupervisionPlan",
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
                            "fiscal_year",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="ปีงบประมาณ"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "ร่าง"),
                                    ("proposed", "เสนอขออนุมัติ"),
                                    ("approved", "อนุมัติแล้ว"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "analysis",
                            models.TextField(
                                blank=True,
                                verbose_name="ผลการวิเคราะห์ภาระงาน นโยบาย และข้อมูลสารสนเทศ",
                            ),
                        ),
                        ("aims", models.TextField(blank=True, verbose_name="เป้าหมายของแผน")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("approved_as", models.CharField(blank=True, max_length=200)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แผนส่งเสริมและพัฒนาระบบการนิเทศ",
                        "verbose_name_plural": "แผนส่งเสริมและพัฒนาระบบการนิเทศ",
                        "ordering": ("-fiscal_year",),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved"]),
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["approved"]), _negated=True),
                                        ("approved_at__isnull", True),
                                        ("approved_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approved_plan_names_who_and_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanSource",
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
                                choices=[
                                    ("need", "ความต้องการของโรงเรียน (ขั้นที่ 1)"),
                                    ("taken_up", "ความต้องการที่รับไว้ติดตาม"),
                                    ("result", "ผลการนิเทศรายมาตรฐาน"),
                                    ("advice", "ข้อเสนอแนะที่ยังไม่ปิด"),
                                    ("work", "ภาระงาน นโยบาย หรือข้อมูลอื่น"),
                                ],
                                max_length=20,
                                verbose_name="ที่มา",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="ข้อมูล")),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=300, verbose_name="รายละเอียด"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="programmes.supervisionplan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ข้อมูลที่ใช้วางแผน",
                        "verbose_name_plural": "ข้อมูลที่ใช้วางแผน",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "kind", "text"), name="one_plan_source_per_text"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Network",
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
                                    ("area", "เครือข่ายของเขตพื้นที่การศึกษา"),
                                    ("schools", "เครือข่ายสถานศึกษา"),
                                    ("agencies", "เครือข่ายหน่วยงานที่เกี่ยวข้อง"),
                                    ("community", "เครือข่ายชุมชนเพื่อการเรียนรู้"),
                                    ("persons", "เครือข่ายบุคคล (ครูแกนนำ ครูต้นแบบ ครูภูมิปัญญา)"),
                                    ("teacher_club", "ชมรมครู"),
                                    ("director_club", "ชมรมผู้บริหาร"),
                                    ("staff_club", "ชมรมบุคลากรทางการศึกษา"),
                                ],
                                max_length=20,
                                verbose_name="ประเภทเครือข่าย",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อเครือข่าย")),
                        (
                            "sort_key",
                            schools.core.fields.ThaiSortKeyField(
                                db_index=True,
                                default="",
                                editable=False,
                                max_length=500,
                                source="name",
                            ),
                        ),
                        ("purpose", models.TextField(verbose_name="วัตถุประสงค์")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "schools",
                            models.ManyToManyField(
                                blank=True,
                                related_name="networks",
                                to="schools.school",
                                verbose_name="โรงเรียนในเครือข่าย",
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="networks",
                                to="standards.work",
                                verbose_name="งานตามคู่มือ",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "เครือข่ายการนิเทศ",
                        "verbose_name_plural": "เครือข่ายการนิเทศ",
                        "ordering": ("sort_key", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="network_ends_after_it_starts",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("name",),
                                name="one_network_in_force_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dissemination",
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
                            "state",
                            models.CharField(
                                choices=[("recorded", "ในทะเบียน"), ("withdrawn", "ถอนรายการ")],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "รายงาน"),
                                    ("summary", "สรุปผลการดำเนินงาน"),
                                    ("practice", "วิธีปฏิบัติที่เป็นเลิศ"),
                                    ("method", "เทคนิค วิธีการ สื่อ เครื่องมือ หรือรูปแบบการนิเทศ"),
                                    ("other", "อื่น ๆ"),
                                ],
                                max_length=20,
                                verbose_name="สิ่งที่เผยแพร่",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="ชื่อเรื่อง")),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("parent_agency", "หน่วยงานต้นสังกัด"),
                                    ("agencies", "หน่วยงานที่เกี่ยวข้อง"),
                                    ("schools", "สถานศึกษา"),
                                    ("public", "สาธารณชน"),
                                ],
                                max_length=20,
                                verbose_name="เผยแพร่ต่อ",
                            ),
                        ),
                        (
                            "receivers",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ผู้รับหรือกลุ่มเป้าหมาย"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("letter", "หนังสือราชการ"),
                                    ("web", "เว็บไซต์หรือสื่อออนไลน์"),
                                    ("meeting", "การประชุมหรือเวทีวิชาการ"),
                                    ("document", "เอกสารหรือสื่อสิ่งพิมพ์"),
                                    ("portal", "ระบบนิเทศนี้"),
                                ],
                                max_length=20,
                                verbose_name="วิธีเผยแพร่",
                            ),
                        ),
                        ("disseminated_on", models.DateField(verbose_name="เผยแพร่เมื่อวันที่")),
                        (
                            "letter_number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="ที่ (เลขที่หนังสือ)"
                            ),
                        ),
                        (
                            "letter_on",
                            models.DateField(blank=True, null=True, verbose_name="ลงวันที่"),
                        ),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="ลิงก์")),
                        ("file", models.FileField(blank=True, upload_to="dissemination/%Y/%m/")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="ชื่อไฟล์"),
                        ),
                        (
                            "process",
                            models.CharField(
                                blank=True, max_length=5, verbose_name="เป็นผลของกระบวนงาน"
                            ),
                        ),
                        (
                            "fiscal_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ของปีงบประมาณ"
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disseminations",
                                to="schools.term",
                                verbose_name="ของภาคเรียนที่",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "รายการเผยแพร่",
                        "verbose_name_plural": "รายการเผยแพร่",
                        "ordering": ("-disseminated_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("letter_number", ""), ("letter_on", None)),
                                    models.Q(
                                        models.Q(("letter_number", ""), _negated=True),
                                        ("letter_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_has_number_and_day",
                                violation_error_message="โปรดระบุทั้งเลขที่และวันที่ของหนังสือ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("process__in", ["P1", "P2"]), _negated=True),
                                    ("fiscal_year__isnull", False),
                                    _connector="OR",
                                ),
                                name="yearly_process_names_its_year",
                                violation_error_message="โปรดระบุปีงบประมาณของผลการดำเนินงานที่เผยแพร่",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLearningSource",
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
                                    ("classroom", "ห้องเรียน"),
                                    ("laboratory", "ห้องปฏิบัติการ"),
                                    ("school", "สถานศึกษา"),
                                ],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อแหล่งเรียนรู้")),
                        ("topics", models.CharField(max_length=300, verbose_name="เรื่องที่เรียนรู้ได้")),
                        ("description", models.TextField(blank=True, verbose_name="สิ่งที่พัฒนา")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programmes.network",
                                verbose_name="เครือข่าย",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical แหล่งเรียนรู้",
                        "verbose_name_plural": "historical แหล่งเรียนรู้",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNetworkMember",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead_teacher", "ครูแกนนำ"),
                                    ("model_teacher", "ครูต้นแบบ"),
                                    ("wisdom_teacher", "ครูภูมิปัญญา"),
                                    ("director", "ผู้บริหารสถานศึกษา"),
                                    ("teacher", "ครู"),
                                    ("staff", "บุคลากรทางการศึกษา"),
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("agency", "หน่วยงาน"),
                                    ("community", "ผู้แทนชุมชน"),
                                ],
                                max_length=20,
                                verbose_name="บทบาท",
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=100, verbose_name="ด้านหรือสาขา"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="หน่วยงานหรือชุมชน"
                            ),
                        ),
                        (
                            "topics",
                            models.CharField(blank=True, max_length=300, verbose_name="เรื่องที่ช่วยได้"),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="programmes.network",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical สมาชิกเครือข่าย",
                        "verbose_name_plural": "historical สมาชิกเครือข่าย",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LearningSource",
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
                                    ("classroom", "ห้องเรียน"),
                                    ("laboratory", "ห้องปฏิบัติการ"),
                                    ("school", "สถานศึกษา"),
                                ],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อแหล่งเรียนรู้")),
                        ("topics", models.CharField(max_length=300, verbose_name="เรื่องที่เรียนรู้ได้")),
                        ("description", models.TextField(blank=True, verbose_name="สิ่งที่พัฒนา")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learning_sources",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learning_sources",
                                to="programmes.network",
                                verbose_name="เครือข่าย",
                            ),
                        ),
                        (
                            "learning_areas",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แหล่งเรียนรู้",
                        "verbose_name_plural": "แหล่งเรียนรู้",
                        "ordering": ("-starts_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="learning_source_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkMember",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead_teacher", "ครูแกนนำ"),
                                    ("model_teacher", "ครูต้นแบบ"),
                                    ("wisdom_teacher", "ครูภูมิปัญญา"),
                                    ("director", "ผู้บริหารสถานศึกษา"),
                                    ("teacher", "ครู"),
                                    ("staff", "บุคลากรทางการศึกษา"),
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("agency", "หน่วยงาน"),
                                    ("community", "ผู้แทนชุมชน"),
                                ],
                                max_length=20,
                                verbose_name="บทบาท",
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=100, verbose_name="ด้านหรือสาขา"),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="หน่วยงานหรือชุมชน"
                            ),
                        ),
                        (
                            "topics",
                            models.CharField(blank=True, max_length=300, verbose_name="เรื่องที่ช่วยได้"),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="programmes.network",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="network_members",
                                to="schools.school",
                                verbose_name="โรงเรียน",
                            ),
                        ),
                        (
                            "works",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="standards.work",
                                verbose_name="งานที่ช่วยได้",
                            ),
                        ),
                        (
                            "learning_areas",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สมาชิกเครือข่าย",
                        "verbose_name_plural": "สมาชิกเครือข่าย",
                        "ordering": ("role", "subject", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="network_member_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("school__isnull", False), ("organisation", "")),
                                    models.Q(
                                        ("school", None),
                                        models.Q(("organisation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="network_member_is_of_one_place",
                                violation_error_message="โปรดระบุโรงเรียน หรือหน่วยงานหรือชุมชน อย่างใดอย่างหนึ่ง",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "วางแผนไว้"),
                                    ("in_progress", "กำลังดำเนินการ"),
                                    ("done", "ดำเนินการแล้ว"),
                                    ("cancelled", "ยกเลิก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อกิจกรรม")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("school_based", "นิเทศโดยใช้โรงเรียนเป็นฐาน"),
                                    ("project_based", "นิเทศโดยใช้โครงการเป็นฐาน"),
                                    ("research", "ศึกษา ค้นคว้า วิเคราะห์ วิจัย"),
                                    ("other", "กิจกรรมอื่น"),
                                ],
                                max_length=20,
                                verbose_name="ลักษณะ",
                            ),
                        ),
                        (
                            "project",
                            models.CharField(blank=True, max_length=200, verbose_name="โครงการ"),
                        ),
                        ("objective", models.TextField(verbose_name="วัตถุประสงค์")),
                        (
                            "method",
                            models.TextField(blank=True, verbose_name="วิธีการ เครื่องมือ หรือรูปแบบที่ใช้"),
                        ),
                        (
                            "target_text",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="กลุ่มเป้าหมายอื่น"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(verbose_name="ถึงวันที่")),
                        (
                            "budget_planned",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=12,
                                verbose_name="งบประมาณที่ตั้งไว้ (บาท)",
                            ),
                        ),
                        (
                            "budget_spent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="งบประมาณที่ใช้ (บาท)",
                            ),
                        ),
                        ("result", models.TextField(blank=True, verbose_name="ผลการดำเนินการ")),
                        ("problems", models.TextField(blank=True, verbose_name="ปัญหาและอุปสรรค")),
                        (
                            "lessons",
                            models.TextField(
                                blank=True, verbose_name="สิ่งที่ได้เรียนรู้และแนวทางพัฒนาต่อไป"
                            ),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="บันทึกผลเมื่อ"),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="assignments.duty",
                                verbose_name="หน้าที่ตามคำสั่ง",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities_owned",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้รับผิดชอบ",
                            ),
                        ),
                        (
                            "target_schools",
                            models.ManyToManyField(
                                blank=True,
                                related_name="activities",
                                to="schools.school",
                                verbose_name="โรงเรียนเป้าหมาย",
                            ),
                        ),
                        (
                            "team",
                            models.ManyToManyField(
                                blank=True,
                                related_name="activities_joined",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ผู้ร่วมดำเนินการ",
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="standards.work",
                                verbose_name="งานตามคู่มือ",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="programmes.plansource",
                                verbose_name="ข้อมูลที่เป็นที่มา",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="programmes.supervisionplan",
                            ),
                        ),
                        (
                            "learning_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="assignments.learningarea",
                                verbose_name="กลุ่มสาระการเรียนรู้",
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="standards.workgroup",
                                verbose_name="กลุ่มงานที่คู่มือไม่ได้แยกเป็นงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กิจกรรมตามแผน",
                        "verbose_name_plural": "กิจกรรมตามแผน",
                        "ordering": ("starts_on", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["starts_on", "ends_on"],
                                name="programmes__starts__595ae6_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="activity_ends_after_its_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["done"]), ("finished_at__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["done"]), _negated=True),
                                        ("finished_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="done_activity_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(("result", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="done_activity_has_its_result",
                                violation_error_message="โปรดระบุผลการดำเนินการ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("budget_planned__gte", 0),
                                    models.Q(
                                        ("budget_spent", None),
                                        ("budget_spent__gte", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="activity_budgets_are_not_negative",
                                violation_error_message="งบประมาณต้องไม่ติดลบ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("work", None), ("work_group", None), _connector="XOR"
                                ),
                                name="activity_has_work_or_work_group",
                                violation_error_message="โปรดเลือกงานตามคู่มือ หรือกลุ่มงานที่คู่มือไม่ได้แยกเป็นงาน อย่างใดอย่างหนึ่ง",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityEvidence",
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
                        ("caption", models.CharField(max_length=200, verbose_name="คำอธิบาย")),
                        ("file", models.FileField(upload_to="activities/%Y/%m/")),
                        ("file_name", models.CharField(max_length=200, verbose_name="ชื่อไฟล์")),
                        (
                            "has_consent",
                            models.BooleanField(
                                default=False, verbose_name="ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="programmes.activity",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "หลักฐานของกิจกรรม",
                        "verbose_name_plural": "หลักฐานของกิจกรรม",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityIndicator",
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
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("quantitative", "เชิงปริมาณ"), ("qualitative", "เชิงคุณภาพ")],
                                max_length=20,
                                verbose_name="ประเภท",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="ตัวชี้วัด")),
                        ("target", models.CharField(max_length=200, verbose_name="ค่าเป้าหมาย")),
                        (
                            "result",
                            models.CharField(blank=True, max_length=300, verbose_name="ผลที่ได้"),
                        ),
                        (
                            "is_achieved",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="บรรลุค่าเป้าหมาย"
                            ),
                        ),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="programmes.activity",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตัวชี้วัดของกิจกรรม",
                        "verbose_name_plural": "ตัวชี้วัดของกิจกรรม",
                        "ordering": ("activity", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "position"),
                                name="one_activity_indicator_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_achieved", None),
                                    models.Q(("result", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="judged_activity_indicator_has_its_result",
                                violation_error_message="โปรดระบุผลที่ได้ของตัวชี้วัด",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityProgress",
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
                        ("noted_on", models.DateField(verbose_name="วันที่")),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(verbose_name="ความก้าวหน้า (ร้อยละ)"),
                        ),
                        ("text", models.TextField(verbose_name="สิ่งที่ดำเนินการ")),
                        ("at", models.DateTimeField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="programmes.activity",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ความก้าวหน้าของกิจกรรม",
                        "verbose_name_plural": "ความก้าวหน้าของกิจกรรม",
                        "ordering": ("noted_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)),
                                name="activity_progress_is_at_most_100",
                                violation_error_message="ความก้าวหน้าต้องไม่เกินร้อยละ 100",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Forum",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "กำหนดจัด"),
                                    ("held", "จัดแล้ว"),
                                    ("cancelled", "ยกเลิก"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="ชื่อเวที")),
                        ("programme", models.TextField(verbose_name="กำหนดการและเนื้อหา")),
                        ("starts_on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                        ("ends_on", models.DateField(verbose_name="ถึงวันที่")),
                        ("place", models.CharField(max_length=200, verbose_name="สถานที่")),
                        ("shared", models.TextField(blank=True, verbose_name="สิ่งที่แลกเปลี่ยนเรียนรู้")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forums",
                                to="programmes.activity",
                                verbose_name="กิจกรรมในแผน",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practices",
                            models.ManyToManyField(
                                blank=True,
                                related_name="forums",
                                to="practices.goodpractice",
                                verbose_name="ผลงานที่เชิญมานำเสนอ",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forums",
                                to="programmes.network",
                                verbose_name="เครือข่าย",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "เวทีวิชาการ",
                        "verbose_name_plural": "เวทีวิชาการ",
                        "ordering": ("-starts_on", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="forum_ends_after_it_starts",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    models.Q(("shared", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="held_forum_says_what_was_shared",
                                violation_error_message="โปรดระบุสิ่งที่แลกเปลี่ยนเรียนรู้",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForumAttendance",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead_teacher", "ครูแกนนำ"),
                                    ("model_teacher", "ครูต้นแบบ"),
                                    ("wisdom_teacher", "ครูภูมิปัญญา"),
                                    ("director", "ผู้บริหารสถานศึกษา"),
                                    ("teacher", "ครู"),
                                    ("staff", "บุคลากรทางการศึกษา"),
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("agency", "หน่วยงาน"),
                                    ("community", "ผู้แทนชุมชน"),
                                ],
                                max_length=20,
                                verbose_name="ตำแหน่ง",
                            ),
                        ),
                        ("people", models.PositiveIntegerField(verbose_name="จำนวน (คน)")),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="programmes.forum",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผู้เข้าร่วมเวทีวิชาการ",
                        "verbose_name_plural": "ผู้เข้าร่วมเวทีวิชาการ",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("forum", "role"), name="one_attendance_per_role"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__gte", 1)),
                                name="attendance_is_somebody",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkFile",
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
                        ("caption", models.CharField(max_length=200, verbose_name="คำอธิบาย")),
                        ("file", models.FileField(upload_to="networks/%Y/%m/")),
                        ("file_name", models.CharField(max_length=200, verbose_name="ชื่อไฟล์")),
                        (
                            "has_consent",
                            models.BooleanField(
                                default=False, verbose_name="ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="programmes.forum",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="programmes.learningsource",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ไฟล์ของเครือข่าย",
                        "verbose_name_plural": "ไฟล์ของเครือข่าย",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("forum__isnull", False), ("source", None)),
                                    models.Q(("forum", None), ("source__isnull", False)),
                                    _connector="OR",
                                ),
                                name="network_file_belongs_to_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at", None), ("removed_by", None)),
                                    models.Q(
                                        ("removed_at__isnull", False), ("removed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="removed_network_file_names_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdviceHelp",
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
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helps",
                                to="practices.goodpractice",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helps",
                                to="improvement.recommendation",
                                verbose_name="ข้อเสนอแนะ",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helps",
                                to="programmes.learningsource",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helps",
                                to="programmes.networkmember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "แหล่งช่วยเหลือของข้อเสนอแนะ",
                        "verbose_name_plural": "แหล่งช่วยเหลือของข้อเสนอแนะ",
                        "ordering": ("at", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("member__isnull", False),
                                        ("practice", None),
                                        ("source", None),
                                    ),
                                    models.Q(
                                        ("member", None),
                                        ("practice", None),
                                        ("source__isnull", False),
                                    ),
                                    models.Q(
                                        ("member", None),
                                        ("practice__isnull", False),
                                        ("source", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="advice_help_is_one_entry",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at", None), ("removed_by", None)),
                                    models.Q(
                                        ("removed_at__isnull", False), ("removed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="removed_advice_help_names_who_and_when",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
