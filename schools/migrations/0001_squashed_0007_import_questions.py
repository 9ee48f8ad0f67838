import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import schools.core.fields
import schools.core.migrations
import schools.models.emblem
import schools.models.imports


class Migration(migrations.Migration):
    replaces = [
        ("schools", "0001_initial"),
        ("schools", "0002_external_system"),
        ("schools", "0003_capacity"),
        ("schools", "0004_drop_acting"),
        ("schools", "0005_emblem"),
        ("schools", "0006_import_kind"),
        ("schools", "0007_import_questions"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        schools.core.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="SizeScheme",
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
                        ("key", models.SlugField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=150, verbose_name="ชื่อเกณฑ์")),
                        (
                            "provenance",
                            models.CharField(blank=True, max_length=200, verbose_name="ที่มา"),
                        ),
                    ],
                    options={
                        "verbose_name": "เกณฑ์ขนาดโรงเรียน",
                        "verbose_name_plural": "เกณฑ์ขนาดโรงเรียน",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FailedSignIns",
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
                            "key",
                            models.CharField(max_length=64, unique=True, verbose_name="เรื่องที่นับ"),
                        ),
                        ("failures", models.FloatField(default=0, verbose_name="จำนวนครั้งที่ผิดที่ยังนับ")),
                        ("last_at", models.DateTimeField(db_index=True, verbose_name="ครั้งล่าสุด")),
                    ],
                    options={
                        "verbose_name": "การเข้าสู่ระบบที่ผิด",
                        "verbose_name_plural": "การเข้าสู่ระบบที่ผิด",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SizeBand",
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
                        ("label", models.CharField(max_length=30, verbose_name="ขนาด")),
                        ("low", models.PositiveIntegerField(verbose_name="ตั้งแต่ (คน)")),
                        (
                            "high",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="ถึง (คน)"
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bands",
                                to="schools.sizescheme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ช่วงขนาด",
                        "verbose_name_plural": "ช่วงขนาด",
                        "ordering": ("low",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "label"), name="one_size_band_per_label"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("high", None), ("high__gte", models.F("low")), _connector="OR"
                                ),
                                name="size_band_high_not_below_low",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={
                                    "unique": "A user with that username already exists."
                                },
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        ("full_name", models.CharField(max_length=150, verbose_name="ชื่อที่แสดง")),
                        (
                            "sort_key",
                            schools.core.fields.ThaiSortKeyField(
                                db_index=True,
                                default="",
                                editable=False,
                                max_length=500,
                                source="full_name",
                            ),
                        ),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="ต้องเปลี่ยนรหัสผ่าน"),
                        ),
                        ("access_changed_at", models.DateTimeField(editable=False, null=True)),
                        ("access_events_read_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ผู้ใช้",
                        "verbose_name_plural": "ผู้ใช้",
                        "indexes": [],
                        "constraints": [],
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AccessEvent",
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
                        ("at", models.DateTimeField(db_index=True, verbose_name="เมื่อ")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed_in", "เข้าสู่ระบบ"),
                                    ("sign_in_failed", "เข้าสู่ระบบไม่สำเร็จ"),
                                    ("sign_in_delayed", "ให้รอก่อนเข้าสู่ระบบอีกครั้ง"),
                                    ("signed_out", "ออกจากระบบ"),
                                    ("account_opened", "เปิดบัญชี"),
                                    ("account_closed", "ปิดบัญชี"),
                                    ("account_reopened", "เปิดใช้บัญชีอีกครั้ง"),
                                    ("password_issued", "ออกรหัสผ่านชั่วคราว"),
                                    ("password_set", "เจ้าของบัญชีตั้งรหัสผ่าน"),
                                    ("email_changed", "เปลี่ยนอีเมลของบัญชี"),
                                    ("link_issued", "ออกลิงก์ตั้งรหัสผ่าน"),
                                    ("link_opened", "เปิดลิงก์และตั้งรหัสผ่าน"),
                                    ("signing_withheld", "ให้การลงนามรอการยืนยัน"),
                                    ("signing_confirmed", "ยืนยันผู้ลงนาม"),
                                    ("second_holder", "มีผู้ดำรงตำแหน่งเดียวกันเพิ่มอีกคน"),
                                    ("second_factor_added", "เพิ่มการยืนยันตัวตนขั้นที่สอง"),
                                    ("second_factor_removed", "เอาการยืนยันตัวตนขั้นที่สองออก"),
                                    ("recovery_codes_made", "สร้างรหัสกู้คืน"),
                                    ("recovery_code_used", "ใช้รหัสกู้คืน"),
                                    ("api_token_opened", "เปิดโทเคนให้ระบบของหน่วยงานอื่น"),
                                    ("api_token_revoked", "เพิกถอนโทเคนของระบบของหน่วยงานอื่น"),
                                ],
                                max_length=30,
                                verbose_name="เหตุการณ์",
                            ),
                        ),
                        (
                            "address",
                            models.GenericIPAddressField(null=True, verbose_name="หมายเลขไอพี"),
                        ),
                        (
                            "device",
                            models.CharField(blank=True, max_length=60, verbose_name="เครื่อง"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="รายละเอียด"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="access_events",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="บัญชี",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="โดย",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "บันทึกการเข้าใช้",
                        "verbose_name_plural": "บันทึกการเข้าใช้",
                        "ordering": ("-at", "-pk"),
                        "indexes": [
                            models.Index(
                                fields=["account", "-at"], name="schools_acc_account_b8af9b_idx"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Emblem",
                    fields=[
                        (
                            "sha256",
                            models.CharField(max_length=64, primary_key=True, serialize=False),
                        ),
                        ("file", models.FileField(upload_to=schools.models.emblem.emblem_path)),
                        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตราสำนักงาน",
                        "verbose_name_plural": "ตราสำนักงาน",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                error_messages={
                                    "unique": "A user with that username already exists."
                                },
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        ("full_name", models.CharField(max_length=150, verbose_name="ชื่อที่แสดง")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="ต้องเปลี่ยนรหัสผ่าน"),
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
                    ],
                    options={
                        "verbose_name": "historical ผู้ใช้",
                        "verbose_name_plural": "historical ผู้ใช้",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Import",
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
                        ("kind", models.CharField(max_length=20, verbose_name="ข้อมูล")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "กำลังตรวจ"),
                                    ("asked", "มีคำถาม รอคำตอบ"),
                                    ("checked", "ตรวจแล้ว ยังไม่บันทึก"),
                                    ("saving", "กำลังบันทึก"),
                                    ("saved", "บันทึกแล้ว"),
                                    ("refused", "มีข้อที่ต้องแก้ไข"),
                                    ("failed", "นำเข้าไม่ได้"),
                                ],
                                max_length=20,
                                verbose_name="สถานะ",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to=schools.models.imports.import_file_path
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อไฟล์")),
                        ("report", models.JSONField(default=dict)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answers", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "การนำเข้าข้อมูล",
                        "verbose_name_plural": "การนำเข้าข้อมูล",
                        "ordering": ("-at",),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("saved_at__isnull", False), ("state", "saved")),
                                    models.Q(
                                        models.Q(("state", "saved"), _negated=True),
                                        ("saved_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="saved_import_has_saved_at",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PasswordLink",
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
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("issued_at", models.DateTimeField(verbose_name="ออกเมื่อ")),
                        ("expires_at", models.DateTimeField(verbose_name="ใช้ได้ถึง")),
                        (
                            "opened_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="เปิดเมื่อ"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ยกเลิกเมื่อ"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="password_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ลิงก์ตั้งรหัสผ่าน",
                        "verbose_name_plural": "ลิงก์ตั้งรหัสผ่าน",
                        "ordering": ("-issued_at", "-pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opened_at", None), ("withdrawn_at", None), _connector="OR"
                                ),
                                name="password_link_opened_or_withdrawn",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("opened_at", None), ("withdrawn_at", None)),
                                fields=("account",),
                                name="one_open_password_link",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnsavedPost",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("action", models.CharField(max_length=500)),
                        ("page", models.CharField(max_length=500)),
                        ("fields", models.JSONField()),
                        ("files", models.JSONField(default=list)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-sent_at",),
                        "indexes": [
                            models.Index(fields=["user", "sent_at"], name="unsaved_posts_of_a_user")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
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
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อสำนักงาน")),
                        ("short_name", models.CharField(max_length=50, verbose_name="ชื่อย่อ")),
                        ("group_name", models.CharField(max_length=200, verbose_name="ชื่อกลุ่มนิเทศฯ")),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="สี่หลักแรกของรหัสโรงเรียน 8 หลักในเขตพื้นที่นี้",
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}$", "รหัสเขตพื้นที่ต้องเป็นเลขอารบิก 4 หลัก"
                                    )
                                ],
                                verbose_name="รหัสเขตพื้นที่ 4 หลัก",
                            ),
                        ),
                        (
                            "letter_code",
                            models.CharField(
                                blank=True,
                                help_text="เช่น ศธ 04xxx ตามทะเบียนสารบรรณ",
                                max_length=40,
                                verbose_name="เลขที่หนังสือออก",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่อยู่"),
                        ),
                        (
                            "postal_code",
                            models.CharField(blank=True, max_length=5, verbose_name="รหัสไปรษณีย์"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="โทรศัพท์"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="อีเมล"),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "size_scheme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schools.sizescheme",
                                verbose_name="เกณฑ์ขนาดโรงเรียน",
                            ),
                        ),
                        (
                            "parent_agencies",
                            models.TextField(
                                blank=True,
                                default="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน\nกระทรวงศึกษาธิการ",
                                help_text="พิมพ์ใต้ชื่อสำนักงานบนปก บรรทัดละหน่วยงาน ข้อความที่ให้ไว้เป็นค่าเริ่มต้น โปรดแก้ตามที่สำนักงานใช้",
                                verbose_name="หน่วยงานต้นสังกัดบนปก",
                            ),
                        ),
                        (
                            "emblem",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schools.emblem",
                                verbose_name="ตราสำนักงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "สำนักงานเขตพื้นที่การศึกษา",
                        "verbose_name_plural": "สำนักงานเขตพื้นที่การศึกษา",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalArea",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="ชื่อสำนักงาน")),
                        ("short_name", models.CharField(max_length=50, verbose_name="ชื่อย่อ")),
                        ("group_name", models.CharField(max_length=200, verbose_name="ชื่อกลุ่มนิเทศฯ")),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="สี่หลักแรกของรหัสโรงเรียน 8 หลักในเขตพื้นที่นี้",
                                max_length=4,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}$", "รหัสเขตพื้นที่ต้องเป็นเลขอารบิก 4 หลัก"
                                    )
                                ],
                                verbose_name="รหัสเขตพื้นที่ 4 หลัก",
                            ),
                        ),
                        (
                            "letter_code",
                            models.CharField(
                                blank=True,
                                help_text="เช่น ศธ 04xxx ตามทะเบียนสารบรรณ",
                                max_length=40,
                                verbose_name="เลขที่หนังสือออก",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="ที่อยู่"),
                        ),
                        (
                            "postal_code",
                            models.CharField(blank=True, max_length=5, verbose_name="รหัสไปรษณีย์"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="โทรศัพท์"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="อีเมล"),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
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
                            "size_scheme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.sizescheme",
                                verbose_name="เกณฑ์ขนาดโรงเรียน",
                            ),
                        ),
                        (
                            "parent_agencies",
                            models.TextField(
                                blank=True,
                                default="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน\nกระทรวงศึกษาธิการ",
                                help_text="พิมพ์ใต้ชื่อสำนักงานบนปก บรรทัดละหน่วยงาน ข้อความที่ให้ไว้เป็นค่าเริ่มต้น โปรดแก้ตามที่สำนักงานใช้",
                                verbose_name="หน่วยงานต้นสังกัดบนปก",
                            ),
                        ),
                        (
                            "emblem",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.emblem",
                                verbose_name="ตราสำนักงาน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical สำนักงานเขตพื้นที่การศึกษา",
                        "verbose_name_plural": "historical สำนักงานเขตพื้นที่การศึกษา",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AcademicYear",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="ปีการศึกษา (พ.ศ.)")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="academic_years",
                                to="schools.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ปีการศึกษา",
                        "verbose_name_plural": "ปีการศึกษา",
                        "ordering": ("-year",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year"), name="one_academic_year_per_area"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2400), ("year__lte", 2700)),
                                name="academic_year_is_buddhist_era",
                                violation_error_message="ปีการศึกษาต้องเป็น พ.ศ. เช่น 2569",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cluster",
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
                            "name",
                            models.CharField(
                                max_length=100, unique=True, verbose_name="ชื่อกลุ่มโรงเรียน"
                            ),
                        ),
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
                        (
                            "ordered_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="เว้นว่างไว้เมื่อคำสั่งไม่ระบุ",
                                null=True,
                                verbose_name="จำนวนโรงเรียนตามคำสั่ง",
                            ),
                        ),
                        (
                            "ordered_by",
                            models.CharField(
                                blank=True,
                                help_text="เช่น คำสั่งที่ 195/2567",
                                max_length=60,
                                verbose_name="คำสั่งที่ระบุจำนวนโรงเรียน",
                            ),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clusters",
                                to="schools.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "กลุ่มโรงเรียน",
                        "verbose_name_plural": "กลุ่มโรงเรียน",
                        "ordering": ("sort_key",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCluster",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                db_index=True, max_length=100, verbose_name="ชื่อกลุ่มโรงเรียน"
                            ),
                        ),
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
                        (
                            "ordered_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="เว้นว่างไว้เมื่อคำสั่งไม่ระบุ",
                                null=True,
                                verbose_name="จำนวนโรงเรียนตามคำสั่ง",
                            ),
                        ),
                        (
                            "ordered_by",
                            models.CharField(
                                blank=True,
                                help_text="เช่น คำสั่งที่ 195/2567",
                                max_length=60,
                                verbose_name="คำสั่งที่ระบุจำนวนโรงเรียน",
                            ),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
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
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.area",
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
                        "verbose_name": "historical กลุ่มโรงเรียน",
                        "verbose_name_plural": "historical กลุ่มโรงเรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="School",
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
                            "name",
                            models.CharField(max_length=150, unique=True, verbose_name="ชื่อโรงเรียน"),
                        ),
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
                        (
                            "obec_code",
                            models.CharField(
                                blank=True,
                                max_length=8,
                                null=True,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{8}$", "รหัสโรงเรียนต้องเป็นเลขอารบิก 8 หลัก"
                                    )
                                ],
                                verbose_name="รหัสโรงเรียน 8 หลัก",
                            ),
                        ),
                        (
                            "ministry_code",
                            models.CharField(
                                blank=True,
                                max_length=10,
                                null=True,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{10}$", "รหัสสถานศึกษาต้องเป็นเลขอารบิก 10 หลัก"
                                    )
                                ],
                                verbose_name="รหัสสถานศึกษา 10 หลัก",
                            ),
                        ),
                        (
                            "sub_district",
                            models.CharField(blank=True, max_length=100, verbose_name="ตำบล"),
                        ),
                        (
                            "district",
                            models.CharField(blank=True, max_length=100, verbose_name="อำเภอ"),
                        ),
                        (
                            "first_grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                null=True,
                                verbose_name="ชั้นต่ำสุดที่เปิดสอน",
                            ),
                        ),
                        (
                            "last_grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                null=True,
                                verbose_name="ชั้นสูงสุดที่เปิดสอน",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=8,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(21),
                                ],
                                verbose_name="ละติจูด",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(97),
                                    django.core.validators.MaxValueValidator(106),
                                ],
                                verbose_name="ลองจิจูด",
                            ),
                        ),
                        (
                            "internet",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fibre", "สายใยแก้วนำแสง"),
                                    ("sim", "ซิมโทรศัพท์เคลื่อนที่"),
                                    ("satellite", "ดาวเทียม"),
                                    ("none", "ไม่มีอินเทอร์เน็ต"),
                                ],
                                max_length=20,
                                verbose_name="อินเทอร์เน็ต",
                            ),
                        ),
                        (
                            "has_electricity",
                            models.BooleanField(blank=True, null=True, verbose_name="มีไฟฟ้าใช้"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="โทรศัพท์"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="อีเมล"),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เลิกหรือรวม"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schools",
                                to="schools.area",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_from",
                                to="schools.school",
                                verbose_name="รวมกับโรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "โรงเรียน",
                        "verbose_name_plural": "โรงเรียน",
                        "ordering": ("sort_key",),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("first_grade", None), ("last_grade", None)),
                                    ("last_grade__gte", models.F("first_grade")),
                                    _connector="OR",
                                ),
                                name="school_grades_go_upwards",
                                violation_error_message="ชั้นสูงสุดต้องไม่ต่ำกว่าชั้นต่ำสุด และต้องระบุทั้งสองช่อง",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__isnull", False), ("longitude__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="school_position_has_both_numbers",
                                violation_error_message="พิกัดต้องมีทั้งละติจูดและลองจิจูด",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        models.Q(("merged_into", models.F("pk")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="merged_school_has_its_day",
                                violation_error_message="โรงเรียนที่รวมต้องระบุวันที่รวม และรวมกับโรงเรียนอื่น",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTerm",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2")], verbose_name="ภาคเรียนที่"
                            ),
                        ),
                        ("opens_on", models.DateField(verbose_name="วันเปิดภาคเรียน")),
                        ("closes_on", models.DateField(verbose_name="วันปิดภาคเรียน")),
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
                            "academic_year",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.academicyear",
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
                        "verbose_name": "historical ภาคเรียน",
                        "verbose_name_plural": "historical ภาคเรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Term",
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
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2")], verbose_name="ภาคเรียนที่"
                            ),
                        ),
                        ("opens_on", models.DateField(verbose_name="วันเปิดภาคเรียน")),
                        ("closes_on", models.DateField(verbose_name="วันปิดภาคเรียน")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="schools.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ภาคเรียน",
                        "verbose_name_plural": "ภาคเรียน",
                        "ordering": ("-opens_on",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("academic_year", "number"), name="one_term_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                                name="term_closes_after_it_opens",
                                violation_error_message="วันปิดภาคเรียนต้องอยู่หลังวันเปิดภาคเรียน",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
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
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("work_group_head", "หัวหน้ากลุ่มงาน"),
                                    ("group_director", "ผู้อำนวยการกลุ่มนิเทศฯ"),
                                    ("deputy_area_director", "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
                                    ("area_director", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
                                    ("committee_member", "กรรมการ ก.ต.ป.น."),
                                    ("subcommittee_member", "อนุกรรมการ อ.ก.ต.ป.น."),
                                    ("cluster_chair", "ประธานกลุ่มโรงเรียน"),
                                    ("school_director", "ผู้อำนวยการโรงเรียน"),
                                    ("academic_teacher", "ครูวิชาการ"),
                                    ("clerk", "เจ้าหน้าที่งานธุรการ"),
                                    ("system_administrator", "ผู้ดูแลระบบ"),
                                    ("external_system", "ระบบของหน่วยงานอื่น (อ่านอย่างเดียว)"),
                                ],
                                max_length=30,
                                verbose_name="บทบาท",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="ตำแหน่งที่พิมพ์ในเอกสาร"
                            ),
                        ),
                        (
                            "position_number",
                            models.CharField(blank=True, max_length=20, verbose_name="ตำแหน่งเลขที่"),
                        ),
                        (
                            "academic_standing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("professional", "ชำนาญการ"),
                                    ("senior", "ชำนาญการพิเศษ"),
                                    ("expert", "เชี่ยวชาญ"),
                                    ("distinguished", "เชี่ยวชาญพิเศษ"),
                                ],
                                max_length=20,
                                verbose_name="วิทยฐานะ",
                            ),
                        ),
                        (
                            "signing_withheld_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="รอยืนยันการลงนามตั้งแต่"
                            ),
                        ),
                        (
                            "signing_withheld_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schools.cluster",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="schools.school",
                            ),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("acting", "รักษาการในตำแหน่ง"),
                                    ("in_place_of", "รักษาราชการแทน"),
                                    ("on_behalf_of", "ปฏิบัติราชการแทน"),
                                ],
                                max_length=20,
                                verbose_name="ลักษณะการดำรงตำแหน่ง",
                            ),
                        ),
                        (
                            "own_title",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="ตำแหน่งเดิมของผู้ทำการแทน"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ตำแหน่ง",
                        "verbose_name_plural": "ตำแหน่ง",
                        "ordering": ("starts_on", "pk"),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="post_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("signing_withheld_at", None), ("signing_withheld_by", None)
                                    ),
                                    models.Q(
                                        ("signing_withheld_at__isnull", False),
                                        ("signing_withheld_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="post_withheld_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cluster", None),
                                        ("role__in", ("school_director", "academic_teacher")),
                                        ("school__isnull", False),
                                    ),
                                    models.Q(
                                        ("cluster__isnull", False),
                                        ("role__in", ("subcommittee_member", "cluster_chair")),
                                        ("school", None),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "role__in",
                                                [
                                                    "school_director",
                                                    "academic_teacher",
                                                    "subcommittee_member",
                                                    "cluster_chair",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("school", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="post_scope_fits_role",
                                violation_error_message="ตำแหน่งในโรงเรียนต้องระบุโรงเรียน ประธานกลุ่มและ อ.ก.ต.ป.น. ต้องระบุกลุ่มโรงเรียน ตำแหน่งอื่นต้องไม่ระบุโรงเรียน",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("own_title", ""),
                                    models.Q(("capacity", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="own_title_is_of_who_stands_in",
                                violation_error_message="ผู้ดำรงตำแหน่งเองไม่ต้องระบุตำแหน่งเดิม",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterMembership",
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
                            "start_is_assumed",
                            models.BooleanField(default=False, verbose_name="วันเริ่มเป็นข้อสันนิษฐาน"),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="schools.cluster",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "การสังกัดกลุ่มโรงเรียน",
                        "verbose_name_plural": "การสังกัดกลุ่มโรงเรียน",
                        "ordering": ("-starts_on",),
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_start",
                                violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("school",),
                                name="one_open_membership_per_school",
                                violation_error_message="โรงเรียนนี้สังกัดกลุ่มโรงเรียนอื่นอยู่แล้ว",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAppointment",
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
                                    ("supervisor", "ศึกษานิเทศก์"),
                                    ("work_group_head", "หัวหน้ากลุ่มงาน"),
                                    ("group_director", "ผู้อำนวยการกลุ่มนิเทศฯ"),
                                    ("deputy_area_director", "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
                                    ("area_director", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
                                    ("committee_member", "กรรมการ ก.ต.ป.น."),
                                    ("subcommittee_member", "อนุกรรมการ อ.ก.ต.ป.น."),
                                    ("cluster_chair", "ประธานกลุ่มโรงเรียน"),
                                    ("school_director", "ผู้อำนวยการโรงเรียน"),
                                    ("academic_teacher", "ครูวิชาการ"),
                                    ("clerk", "เจ้าหน้าที่งานธุรการ"),
                                    ("system_administrator", "ผู้ดูแลระบบ"),
                                    ("external_system", "ระบบของหน่วยงานอื่น (อ่านอย่างเดียว)"),
                                ],
                                max_length=30,
                                verbose_name="บทบาท",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="ตำแหน่งที่พิมพ์ในเอกสาร"
                            ),
                        ),
                        (
                            "position_number",
                            models.CharField(blank=True, max_length=20, verbose_name="ตำแหน่งเลขที่"),
                        ),
                        (
                            "academic_standing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("professional", "ชำนาญการ"),
                                    ("senior", "ชำนาญการพิเศษ"),
                                    ("expert", "เชี่ยวชาญ"),
                                    ("distinguished", "เชี่ยวชาญพิเศษ"),
                                ],
                                max_length=20,
                                verbose_name="วิทยฐานะ",
                            ),
                        ),
                        (
                            "signing_withheld_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="รอยืนยันการลงนามตั้งแต่"
                            ),
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
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.cluster",
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
                            "signing_withheld_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            ),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("acting", "รักษาการในตำแหน่ง"),
                                    ("in_place_of", "รักษาราชการแทน"),
                                    ("on_behalf_of", "ปฏิบัติราชการแทน"),
                                ],
                                max_length=20,
                                verbose_name="ลักษณะการดำรงตำแหน่ง",
                            ),
                        ),
                        (
                            "own_title",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="ตำแหน่งเดิมของผู้ทำการแทน"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ตำแหน่ง",
                        "verbose_name_plural": "historical ตำแหน่ง",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalClusterMembership",
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
                            "start_is_assumed",
                            models.BooleanField(default=False, verbose_name="วันเริ่มเป็นข้อสันนิษฐาน"),
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
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.cluster",
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
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical การสังกัดกลุ่มโรงเรียน",
                        "verbose_name_plural": "historical การสังกัดกลุ่มโรงเรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSchool",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                db_index=True, max_length=150, verbose_name="ชื่อโรงเรียน"
                            ),
                        ),
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
                        (
                            "obec_code",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                max_length=8,
                                null=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{8}$", "รหัสโรงเรียนต้องเป็นเลขอารบิก 8 หลัก"
                                    )
                                ],
                                verbose_name="รหัสโรงเรียน 8 หลัก",
                            ),
                        ),
                        (
                            "ministry_code",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                max_length=10,
                                null=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{10}$", "รหัสสถานศึกษาต้องเป็นเลขอารบิก 10 หลัก"
                                    )
                                ],
                                verbose_name="รหัสสถานศึกษา 10 หลัก",
                            ),
                        ),
                        (
                            "sub_district",
                            models.CharField(blank=True, max_length=100, verbose_name="ตำบล"),
                        ),
                        (
                            "district",
                            models.CharField(blank=True, max_length=100, verbose_name="อำเภอ"),
                        ),
                        (
                            "first_grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                null=True,
                                verbose_name="ชั้นต่ำสุดที่เปิดสอน",
                            ),
                        ),
                        (
                            "last_grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                null=True,
                                verbose_name="ชั้นสูงสุดที่เปิดสอน",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=8,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(21),
                                ],
                                verbose_name="ละติจูด",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(97),
                                    django.core.validators.MaxValueValidator(106),
                                ],
                                verbose_name="ลองจิจูด",
                            ),
                        ),
                        (
                            "internet",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fibre", "สายใยแก้วนำแสง"),
                                    ("sim", "ซิมโทรศัพท์เคลื่อนที่"),
                                    ("satellite", "ดาวเทียม"),
                                    ("none", "ไม่มีอินเทอร์เน็ต"),
                                ],
                                max_length=20,
                                verbose_name="อินเทอร์เน็ต",
                            ),
                        ),
                        (
                            "has_electricity",
                            models.BooleanField(blank=True, null=True, verbose_name="มีไฟฟ้าใช้"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="โทรศัพท์"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="อีเมล"),
                        ),
                        (
                            "data_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="ข้อสังเกตข้อมูล"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="วันที่เลิกหรือรวม"),
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
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.area",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schools.school",
                                verbose_name="รวมกับโรงเรียน",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical โรงเรียน",
                        "verbose_name_plural": "historical โรงเรียน",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="YearlyCount",
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
                            "counted_on",
                            models.DateField(blank=True, null=True, verbose_name="ข้อมูล ณ วันที่"),
                        ),
                        (
                            "male_teachers",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ครูชาย (คน)"
                            ),
                        ),
                        (
                            "female_teachers",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ครูหญิง (คน)"
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="ตัวอย่าง")),
                        (
                            "academic_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="schools.academicyear",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="yearly_counts",
                                to="schools.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "จำนวนนักเรียนและครูรายปี",
                        "verbose_name_plural": "จำนวนนักเรียนและครูรายปี",
                        "ordering": ("-academic_year__year",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "academic_year"),
                                name="one_count_per_school_and_year",
                                violation_error_message="ปีการศึกษานี้มีข้อมูลแล้ว",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeCount",
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
                            "grade",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "อ.1"),
                                    (2, "อ.2"),
                                    (3, "อ.3"),
                                    (4, "ป.1"),
                                    (5, "ป.2"),
                                    (6, "ป.3"),
                                    (7, "ป.4"),
                                    (8, "ป.5"),
                                    (9, "ป.6"),
                                    (10, "ม.1"),
                                    (11, "ม.2"),
                                    (12, "ม.3"),
                                ],
                                verbose_name="ชั้น",
                            ),
                        ),
                        (
                            "boys",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(2000)],
                                verbose_name="ชาย",
                            ),
                        ),
                        (
                            "girls",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(2000)],
                                verbose_name="หญิง",
                            ),
                        ),
                        (
                            "rooms",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="ห้องเรียน"
                            ),
                        ),
                        (
                            "count",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grades",
                                to="schools.yearlycount",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "จำนวนนักเรียนรายชั้น",
                        "verbose_name_plural": "จำนวนนักเรียนรายชั้น",
                        "ordering": ("grade",),
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("count", "grade"), name="one_row_per_grade"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grade__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
                                ),
                                name="counted_grade_is_taught_somewhere",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
