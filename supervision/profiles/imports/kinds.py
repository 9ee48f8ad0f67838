"""The import of learning results, as the pages of imports offer it."""

from schools.access import Permission
from schools.core.tables.kinds import ImportKind
from supervision.profiles.imports.layout import TITLE, learning_result_layout
from supervision.profiles.imports.plan import LearningResultPlan
from supervision.profiles.imports.workbooks import blank_results_workbook

LEARNING_RESULT_TABLES = ImportKind(
    name="learning_results",
    label=TITLE,
    description=(
        "ผล RT NT O-NET และการทดสอบอื่นที่สำนักงานกำหนด ตามตารางที่สำนักงานมีอยู่ หลายปีหรือหลายแผ่นงานในไฟล์เดียว "
        "รวมค่าระดับเขตพื้นที่ จังหวัด สังกัด และประเทศ"
    ),
    permission=Permission.EDIT_LEARNING_RESULTS,
    layout=learning_result_layout,
    plan=LearningResultPlan,
    blank_workbook=blank_results_workbook,
)
