"""What people send: taken in and made safe, or refused with a word on what to do."""

import io
import os
import struct
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pillow_heif import register_heif_opener

from schools.core.uploads import sanitize_upload
from tests.sample_files import PDF

pytestmark = pytest.mark.db_agnostic

register_heif_opener()
ORIENTATION, MAKER, GPS, UPSIDE_RIGHT = 0x112, 0x10F, 0x8825, 6


def sent(name, content):
    return SimpleUploadedFile(name, content)


def picture(kind="JPEG", size=(80, 40), colour="red", **more):
    file = io.BytesIO()
    Image.new(more.pop("mode", "RGB"), size, colour).save(file, kind, **more)
    return file.getvalue()


def packed(parts, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


WORD = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "", "word/document.xml": "<w/>"}
EXCEL = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
TEXT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def rels(kind, target, mode="External"):
    relation = (
        f'<Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    return f'<Relationships xmlns="http://x">{relation}</Relationships>'


def pdf(**catalog):
    """A PDF of one empty page; what is given stands in its catalogue, all of it packed."""
    file = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        for key, value in catalog.items():
            paper.Root[f"/{key}"] = paper.make_indirect(value)
        paper.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def locked_pdf(**passwords):
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as paper:
        paper.save(file, encryption=pikepdf.Encryption(**{"owner": "a", "user": ""} | passwords))
    return file.getvalue()


def action(kind, **more):
    more = {f"/{key}": value for key, value in more.items()}
    return pikepdf.Dictionary({"/S": pikepdf.Name(f"/{kind}"), **more})


def drawn(safe):
    safe.content.seek(0)
    return Image.open(safe.content)


# --- Photos ---


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_becomes_a_jpeg_with_a_small_one(kind):
    safe = sanitize_upload(sent("ห้องเรียน ป.4.HEIC", picture(kind, size=(640, 480))))
    assert safe.name == "ห้องเรียน ป.4.jpg"
    assert (drawn(safe).format, drawn(safe).size) == ("JPEG", (640, 480))
    assert Image.open(safe.small).size == (320, 240)


def test_a_photo_is_turned_upright_and_loses_place_and_device():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = UPSIDE_RIGHT, "SecretPhone"
    exif.get_ifd(GPS)[1] = "N"
    content = picture(exif=exif, comment=b"<script>alert(1)</script>")
    assert b"SecretPhone" in content
    safe = sanitize_upload(sent("ภาพ.jpg", content))
    kept = safe.content.read()
    assert drawn(safe).size == (40, 80)
    assert not drawn(safe).getexif()
    assert b"SecretPhone" not in kept
    assert b"script" not in kept


def test_a_heic_photo_is_upright_too():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = UPSIDE_RIGHT, "SecretPhone"
    safe = sanitize_upload(sent("IMG_1.HEIC", picture("HEIF", exif=exif.tobytes())))
    assert drawn(safe).size == (40, 80)
    assert b"SecretPhone" not in safe.content.read()


def test_what_hides_behind_a_photo_is_not_kept():
    polyglot = picture() + b"<html><script>alert(1)</script>" + packed(WORD)
    safe = sanitize_upload(sent("ภาพ.jpg", polyglot))
    kept = safe.content.read()
    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


def test_a_see_through_picture_gets_white_paper():
    safe = sanitize_upload(sent("ตรา.png", picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))))
    assert drawn(safe).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_any_way_of_colour_is_drawn(mode):
    content = picture("JPEG" if mode == "CMYK" else "PNG", mode=mode, colour=1)
    assert drawn(sanitize_upload(sent("ภาพ.png", content))).mode == "RGB"


def test_a_photo_of_40_megabytes_is_shrunk():
    noise = Image.frombytes("RGB", (4000, 3000), os.urandom(4000 * 3000 * 3))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=98, subsampling=0)
    content = file.getvalue()
    assert 36_000_000 < len(content) < 40 * 1024**2
    safe = sanitize_upload(sent("ใหญ่.jpg", content))
    assert max(drawn(safe).size) == 2000
    assert safe.content.size < 4_000_000


def test_a_photo_of_48_million_pixels_is_shrunk():
    safe = sanitize_upload(sent("48.jpg", picture(size=(8064, 6048))))
    assert drawn(safe).size == (2000, 1500)


# --- Documents ---


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("แผน.docx", packed(WORD), "แผน.docx"),
        ("ผล.xlsx", packed(EXCEL), "ผล.xlsx"),
        ("สไลด์.pptx", packed({"ppt/presentation.xml": "<p/>"}), "สไลด์.pptx"),
        ("บันทึก.odt", packed(TEXT, zipfile.ZIP_STORED), "บันทึก.odt"),
        (
            "ลิงก์.docx",
            packed(WORD | {"word/_rels/a.rels": rels("hyperlink", "https://x")}),
            "ลิงก์.docx",
        ),
        (
            "อ้างไฟล์.xlsx",
            packed(EXCEL | {"xl/_rels/a.rels": rels("externalLinkPath", "ผล 2568.xlsx")}),
            "อ้างไฟล์.xlsx",
        ),
        ("หน้า.pdf", pdf(OpenAction=action("GoTo"), URI=action("URI", URI="https://x")), "หน้า.pdf"),
        ("คำสั่ง.pdf", PDF, "คำสั่ง.pdf"),
        ("แผน.exe", packed(WORD), "แผน.docx"),
        ("แผน ป.4", packed(WORD), "แผน ป.4.docx"),
    ],
)
def test_a_document_is_kept_as_it_is(name, content, kept_as):
    safe = sanitize_upload(sent(name, content))
    assert (safe.name, safe.content.read(), safe.small) == (kept_as, content, None)


# --- What does not come in ---


def lying_directory():
    """A zip whose list of parts tells a thousandth of what is in them."""
    content = bytearray(packed(WORD | {"xl/big.xml": b"0" * 5_000_000}))
    size = struct.pack("<I", 5_000_000)
    while size in content:
        at = content.index(size)
        content[at : at + 4] = struct.pack("<I", 5_000)
    return bytes(content)


def encrypted_zip():
    content = bytearray(packed(WORD))
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + flags_at] |= 1
    return bytes(content)


MACROS = '<Override ContentType="application/vnd.ms-office.vbaProject"/>'


VBA = OLD_OFFICE + "_VBA_PROJECT".encode("utf-16-le")
MACRO_SHEET = '<xm:macrosheet xmlns:xm="http://x"/>'
TEMPLATE_FROM_THE_WEB = '<o><meta:template xlink:href="https://evil.example/a.ott"/></o>'
EVENT = '<o><script:event-listener script:language="ooo:script"/></o>'


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("แผ่นมาโคร.xlsx", packed(EXCEL | {"xl/macrosheets/sheet1.xml": "<m/>"}), "มาโคร"),
        ("แผ่นมาโคร.xlsx", packed(EXCEL | {"xl/worksheets/sheet1.xml": MACRO_SHEET}), "มาโคร"),
        ("ไม่บอก.docx", packed(WORD | {"word/media/image1.png": VBA}), "มาโคร"),
        ("ไม่บอก.docx", packed(WORD | {"word/_rels/x.rels": rels("vbaProject", "a.bin")}), "มาโคร"),
        (
            "แม่แบบ.docx",
            packed(WORD | {"word/_rels/settings.xml.rels": rels("attachedTemplate", "http://e/a")}),
            "ดึงข้อมูลจากที่อื่น",
        ),
        (
            "แม่แบบ.docx",
            packed(
                WORD | {"word/_rels/a.rels": rels("attachedTemplate", "\\\\e\\a").encode("utf-16")}
            ),
            "ดึงข้อมูลจากที่อื่น",
        ),
        ("ภาพ.docx", packed(WORD | {"word/_rels/a.rels": rels("image", "http://e/")}), "ดึงข้อมูล"),
        ("ลิงก์.xlsx", packed(EXCEL | {"xl/a.rels": rels("externalLinkPath", "//e/a")}), "ดึงข้อมูล"),
        ("คำสั่ง.docx", packed(WORD | {"word/document.xml": "<w>DDEAUTO c:\\a</w>"}), "ดึงข้อมูล"),
        ("แม่แบบ.odt", packed(TEXT | {"meta.xml": TEMPLATE_FROM_THE_WEB}), "ดึงข้อมูล"),
        ("เหตุการณ์.odt", packed(TEXT | {"content.xml": EVENT}), "มาโคร"),
        ("สคริปต์.pdf", pdf(OpenAction=action("JavaScript", JS="app.alert(1)")), "คำสั่งที่ทำงานเอง"),
        ("โปรแกรม.pdf", pdf(OpenAction=action("Launch", F="cmd.exe")), "คำสั่งที่ทำงานเอง"),
        ("ชื่อ.pdf", pdf(Names=pikepdf.Dictionary(JavaScript=[])), "คำสั่งที่ทำงานเอง"),
        ("ลึก.pdf", pdf(A=pikepdf.Array([action("URI", Next=action("GoToE"))])), "คำสั่งที่ทำงานเอง"),
        ("ขยะ.pdf", b"%PDF-1.7\n" + bytes(600) + b"%%EOF", "เปิดอ่านไม่ได้"),
        ("ว่าง.jpg", b"", "ไฟล์ว่าง"),
        ("โปรแกรม.exe", b"MZ" + bytes(600), "ชนิดที่ระบบไม่รับ"),
        ("รูปนักเรียน.jpg", b"MZ" + bytes(600), "ชนิดที่ระบบไม่รับ"),
        ("ตรา.svg", b"<svg xmlns='x'><script>alert(1)</script></svg>", "ชนิดที่ระบบไม่รับ"),
        ("หน้า.html", b"<!doctype html><script>alert(1)</script>", "ชนิดที่ระบบไม่รับ"),
        ("ข้อความ.txt", "สวัสดี".encode(), "ชนิดที่ระบบไม่รับ"),
        ("ภาพเคลื่อนไหว.gif", picture("GIF"), "ชนิดที่ระบบไม่รับ"),
        ("รวม.zip", packed({"ก.txt": "ข"}), "ชนิดที่ระบบไม่รับ"),
        ("แอป.jar", packed({"META-INF/MANIFEST.MF": ""}), "ชนิดที่ระบบไม่รับ"),
        ("โกหก.docx", lying_directory(), "เปิดอ่านไม่ได้"),
        ("ขาด.docx", packed(WORD)[:-30], "เปิดอ่านไม่ได้"),
        ("ล็อก.docx", encrypted_zip(), "รหัสผ่าน"),
        ("บีบอัด.docx", packed(WORD, zipfile.ZIP_LZMA), "ชนิดที่ระบบไม่รับ"),
        ("มาโคร.docm", packed(WORD | {"[Content_Types].xml": MACROS}), "มาโคร"),
        ("มาโคร.docx", packed(WORD | {"[Content_Types].xml": MACROS.encode("utf-16")}), "มาโคร"),
        ("มาโคร.odt", packed(TEXT | {"Basic/Standard/a.xml": ""}, zipfile.ZIP_STORED), "มาโคร"),
        ("เก่า.doc", OLD_OFFICE, "แบบเก่าหรือมีรหัสผ่าน"),
        ("ขาด.pdf", PDF[:-20], "เปิดอ่านไม่ได้"),
        ("ล็อก.pdf", locked_pdf(user="ลับ"), "รหัสผ่าน"),
        ("ห้ามพิมพ์.pdf", locked_pdf(), "รหัสผ่าน"),
        ("เสีย.heic", picture("HEIF")[:200], "เปิดอ่านไม่ได้"),
        ("ขาด.jpg", picture(size=(800, 800))[:3000], "เปิดอ่านไม่ได้"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_by_name_with_cause_and_remedy(name, content, word):
    assert_refused(name, content, word)


# What takes long to make or much memory is made by its test, not by each process that collects.
@pytest.mark.parametrize(
    ("name", "make", "word"),
    [
        (
            "ระเบิด.xlsx",
            lambda: packed(EXCEL | {"xl/a.xml": bytes(300 * 1024**2)}),
            "ใหญ่ผิดปกติ",
        ),
        (
            "ระเบิดเล็ก.xlsx",
            lambda: packed(EXCEL | {"xl/a.xml": bytes(20 * 1024**2)}),
            "ใหญ่ผิดปกติ",
        ),
        (
            "หลายส่วน.xlsx",
            lambda: packed(EXCEL | {f"x{n}": "" for n in range(10_001)}),
            "ใหญ่ผิดปกติ",
        ),
        ("เอกสารใหญ่.pdf", lambda: PDF + bytes(21 * 1024**2), "เกิน 20 MB"),
        ("ภาพใหญ่.jpg", lambda: picture() + bytes(41 * 1024**2), "เกิน 40 MB"),
        (
            "จุดมาก.png",
            lambda: picture("PNG", size=(9000, 9000), mode="1", colour=0),
            "ละเอียดเกิน",
        ),
        ("จุดมากกว่า.jpg", lambda: picture(size=(20000, 10000)), "ละเอียดเกิน"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_too_large_a_file_is_refused_by_name(name, make, word):
    assert_refused(name, make(), word)


def assert_refused(name, content, word):
    """Refused in words that name the file, the cause and the remedy."""
    with pytest.raises(ValidationError) as refusal:
        sanitize_upload(sent(name, content))
    (message,) = refusal.value.messages
    assert message.startswith(f"“{name}” ")
    assert word in message
    assert "โปรด" in message


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\เอกสาร\\แผน.pdf", "แผน.pdf"),
        ("ก" * 300 + ".pdf", "ก" * 100 + ".pdf"),
        ("แผน\x00\r\nงาน\u202efdp.pdf", "แผนงานfdp.pdf"),
        (".pdf", "ไฟล์.pdf"),
        ("\u200b.pdf", "ไฟล์.pdf"),
        ("แผน" + "ก" * 300, "แผน" + "ก" * 97 + ".pdf"),
    ],
    ids=range(7),
)
def test_names_are_made_readable(name, shown):
    upload = sent("x.pdf", PDF)
    upload._name = name
    assert sanitize_upload(upload).name == shown
