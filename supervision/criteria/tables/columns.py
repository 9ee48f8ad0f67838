"""The sheets and columns of a set's workbook, alike for writing and for reading."""

SET_SHEET, STANDARDS_SHEET, INDICATORS_SHEET, INSTRUCTIONS_SHEET = (
    "ชุด",
    "มาตรฐาน",
    "ตัวชี้วัด",
    "วิธีกรอก",
)

SET_FIELD_LABELS = {
    "name": "ชื่อชุดตัวชี้วัด",
    "level": "ระดับการศึกษา",
    "use": "ใช้สำหรับ",
    "scale": "มาตราส่วนประมาณค่า",
    "provenance": "ที่มา",
}
STANDARD_COLUMNS = {
    "number": "มาตรฐานที่",
    "name": "ชื่อมาตรฐาน",
    "target": "บรรลุเมื่อค่าเฉลี่ยตั้งแต่",
}
INDICATOR_COLUMNS = {
    "standard": "มาตรฐานที่",
    "code": "เลขที่",
    "text": "ตัวชี้วัด",
    "group": "หัวข้อ",
    "evidence_hint": "ร่องรอยที่ควรมี",
    "weight": "น้ำหนัก",
    "achieved_from": "บรรลุเมื่อระดับตั้งแต่",
    "is_local": "เขตพื้นที่เพิ่มเติม",
}
YES = "ใช่"
