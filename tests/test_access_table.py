"""Every URL by every role: the office's access policy as anybody can read it.

A row is how an address is asked, its name, and one sign for each of the personas, in their order:
  o  allowed: the page, a redirect after the act, or a refusal that explains itself
  -  sees the thing but may not do this (403)
  .  does not even learn that it exists (404)
  L  is asked to sign in
`test_no_url_is_without_a_row` fails for a URL that has no row here.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from reports import actions as reports
from reports.api.tokens import create_api_token
from reports.book.models import BookJob
from reports.composer import actions as composing
from reports.composer.sources import load_text_sources
from reports.handbook.models import HandbookJob
from reports.papers.bundles import ask_for_bundle
from reports.papers.notice_actions import send_visit_notice
from reports.word.models import OfficeWordTemplate
from reports.word.rendering import default_word_template
from schools.core.thai import fiscal_year
from schools.core.uploads import SanitizedFile
from schools.enums import Role
from schools.imports.actions import upload_import_file
from schools.models import UnsavedPost
from schools.people.password_links import issue_password_link
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit
from supervision.assessments.late_edits import store_late_edits
from supervision.assessments.models import Evidence, LateEdit
from supervision.calendar.feeds import create_calendar_feed
from supervision.committees.enums import CommitteeKind
from supervision.criteria.models import Indicator, Standard
from supervision.improvement.actions import report_progress
from supervision.improvement.enums import Assignee
from supervision.improvement.external_advice import record_external_advice
from supervision.practices import actions as practices
from supervision.practices.enums import PracticeKind
from supervision.profiles.confirmation.actions import report_data_issue
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.external.actions import (
    AssessmentContent,
    record_external_assessment,
)
from supervision.profiles.learning.enums import DataOwner
from supervision.profiles.models import ExternalAssessment
from supervision.programmes.models import AdviceHelp, NetworkFile
from supervision.quality_drive.agreements.drafting import (
    PromisedSupport,
    add_agreement_support,
)
from supervision.quality_drive.agreements.signing import propose_agreement
from supervision.quality_drive.baselines.actions import begin_school_drive
from supervision.quality_drive.drives.actions import start_drive
from supervision.quality_drive.models import DriveTeam, QualityDrive
from supervision.quality_drive.ranking.objection_actions import submit_ranking_objection
from supervision.rounds.methods import save_methods
from supervision.special_days.models import SpecialDay
from supervision.standards.models import SUPERVISION_PROCESS, StepSheet
from supervision.standards.sheets import fiscal_year_today
from supervision.visits import actions as visits
from supervision.visits import ratings
from supervision.visits.signed_copies import attach_signed_copy
from tests import scenarios
from tests.cooperation_scenarios import cooperation_targets
from tests.drive_scenarios import (
    agreement_drafted,
    drive_at_work,
    progress_reported,
    ranking_shown,
    school_project_added,
)
from tests.factories import (
    AcademicYearFactory,
    ClusterFactory,
    CommitteeFactory,
    CommitteeMemberFactory,
    DisseminationFactory,
    DutyFactory,
    EducationStandardFactory,
    ExternalAssessmentFactory,
    ForumFactory,
    IndicatorSetFactory,
    LearningSourceFactory,
    ListedAssignmentFactory,
    MeetingFactory,
    NeedsAreaFactory,
    NeedsTopicFactory,
    NetworkFactory,
    NetworkMemberFactory,
    OfficialOrderFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
    UserFactory,
    WorkProcessFactory,
)
from tests.honour_scenarios import honour_awarded, honour_proposed, honour_released
from tests.mentoring_scenarios import mentoring_signed, monitoring_submitted
from tests.personas import user_with_role
from tests.sample_files import jpeg
from tests.school_facts import CircumstanceFactory, PolicyFocusFactory, ProjectKindFactory
from tests.supervision.profiles.sar.sample_report import draft_report, paper_report

PERSONAS = (
    "anonymous",
    "supervisor",  # of the school's cluster
    "other_supervisor",
    "group_director",
    "area_director",
    "committee_member",
    "school_director",
    "academic_teacher",
    "outsider_director",  # of another school
    "clerk",
    "administrator",
    # who looks on; these four stand apart in a row
    "deputy_area_director",
    "work_group_head",
    "subcommittee_member",  # of the school's cluster
    "cluster_chair",  # of the school's cluster
)
SHARED_KEY = 7001
TABLE = """
GET  home                     -               Loooooooooo oooo
GET  todos                    -               Loooooooooo oooo
GET  overview                 -               Looooo---o- oooo
GET  overview_todos           -               Looooo---o- oooo
GET  overview_work            -               Looooo---o- oooo
GET  overview_actions         -               Looooo---o- oo--
GET  overview_pdf             -               Looooo---o- oo--
GET  board                    -               Looooo---o- oooo
GET  board_export             -               Looooo---o- oooo
GET  ledger_export            -               Looooooooo- ooo-
GET  visits_export            -               Looooooooo- ooo-
GET  decisions_export         -               Looooooooo- ooo-
GET  certificates             -               Looooooooo- ooo-
GET  certificates_export      -               Looooooooo- ooo-
GET  certificate_papers       -               Looooooooo- ooo-
GET  certificate              certificate     Looooooo.o. ooo.
GET  certificate_paper        certificate     Looooooo.o. ooo.
GET  certificate_issue        -               L---o------ ----
POST certificate_issue        -               L---o------ ----
GET  certificate_cancel       certificate     L---o---.-. ---.
POST certificate_cancel       certificate     L---o---.-. ---.
GET  honour_certificates_issue -              L---o------ ----
POST honour_certificates_issue -              L---o------ ----
GET  honoured_schools         -               ooooooooooo oooo
GET  drive_honours            drive           Looooooooo- ooo-
GET  honour_propose           drive           L--o------. ---.
POST honour_propose           drive           L--o------. ---.
GET  honours_decide           drive           L--o------. ---.
POST honours_decide           drive           L--o------. ---.
GET  honours_release          drive           L--o------. ---.
POST honours_release          drive           L--o------. ---.
GET  honour_category_add      drive           L--o------. ---.
POST honour_category_add      drive           L--o------. ---.
POST honour_category_samples  drive           L--o------. ---.
GET  honour_category_edit     honour_category L--o------. ---.
POST honour_category_edit     honour_category L--o------. ---.
GET  honour_category_delete   honour_category L--o------. ---.
POST honour_category_delete   honour_category L--o------. ---.
GET  honour                   proposed_honour Looooo..... oo..
GET  honour                   awarded_honour  Looooooo... oo..
GET  honour                   released_honour Loooooooooo oooo
GET  honour_edit              proposed_honour L--o--..... --..
POST honour_edit              proposed_honour L--o--..... --..
GET  honour_withdraw          released_honour L--o------- ----
POST honour_withdraw          released_honour L--o------- ----
GET  honour_revoke            awarded_honour  L--o----... --..
POST honour_revoke            awarded_honour  L--o----... --..
GET  drive_mentoring          drive           Looooo---o. ooo.
GET  monitoring_reports       drive           Looooo---o. ooo.
GET  monitoring_report_add    drive           L--o-o----. --o.
POST monitoring_report_add    drive           L--o-o----. --o.
GET  monitoring_report        monitoring      Looooo...o. ooo.
GET  monitoring_report_paper  monitoring      Looooo...o. ooo.
GET  monitoring_report_edit   monitoring      L--o--...-. --o.
POST monitoring_report_edit   monitoring      L--o--...-. --o.
GET  monitoring_report_submit monitoring      L--o--...-. --o.
POST monitoring_report_submit monitoring      L--o--...-. --o.
GET  monitoring_report_reopen monitoring      L--o--...-. --o.
POST monitoring_report_reopen monitoring      L--o--...-. --o.
GET  mentoring                mentoring       Looooooo.o. ooo.
GET  mentoring_paper          mentoring       Looooooo.o. ooo.
POST mentoring_start          mentoring       Lo-o----.-. -o-.
GET  mentoring_edit           mentoring       Lo-o----.-. -o-.
POST mentoring_edit           mentoring       Lo-o----.-. -o-.
GET  mentoring_sign           mentoring       Lo-o----.-. -o-.
POST mentoring_sign           mentoring       Lo-o----.-. -o-.
GET  mentoring_plan           drive           Lo-o------. -o-.
POST mentoring_plan           drive           Lo-o------. -o-.
GET  mentoring_advise         mentoring       Lo-o----.-. -o-.
POST mentoring_advise         mentoring       Lo-o----.-. -o-.
GET  mentoring_acknowledge    mentoring       L-----o-.-. ---.
POST mentoring_acknowledge    mentoring       L-----o-.-. ---.
GET  practices_export         -               Looooooooo- ooo-
GET  matrix_export            -               Looooo---o- oo--
GET  overview_files           -               Looooo---o- oo--
GET  overview_schools_export  -               Looooo---o- oo--
GET  overview_workbook        -               Looooo---o- oo--
GET  answers_export           -               Looooo---o- oo--
GET  report_register_export   -               Looooooooo- ooo-
GET  help                     -               Loooooooooo oooo
GET  school                   school          Looooooo.o. ooo.
GET  school_results           school          Looooooo.o. ooo.
GET  school_profile           school          Looooooo.o. ooo.
GET  school_profile_findings  school          Looooooo.o. ooo.
GET  school_profile_background school         Looooooo.o. ooo.
GET  school_profile_paper     school          Looooooo.o. ooo.
GET  round                    round           Looooooo.o. ooo.
GET  round_history            round           Looooooo.o. ooo.
GET  term_papers              term            Looooooooo- ooo-
GET  bundle_create            term            Looooooooo- ooo-
POST bundle_create            term            Looooooooo- ooo-
GET  bundle                   bundle          Lo......... ....
POST bundle_cancel            bundle          Lo......... ....
GET  bundle_file              bundle          Lo......... ....
GET  round_papers             round           Looooooo.o. ooo.
GET  my_duties                -               Loooooooooo oooo
GET  duty_matrix              -               Looooo---o- oo--
GET  duty_matrix_export       -               Looooo---o- oo--
GET  duty_coverage            -               Looooo---o- oo--
GET  duty_workload            -               Looooo---o- oo--
GET  school_responsible       school          Looooooo.o. ooo.
GET  order_assignment_list    annexed_order   Looooo...o. oo..
GET  order_paper              annexed_order   Looooo...o. oo..
GET  order_paper              unsigned_order  L..oo....o. ....
GET  order_word               annexed_order   Looooo...o. oo..
GET  order_word               unsigned_order  L..oo....o. ....
GET  standards                -               Loooooooooo oooo
GET  handbooks                -               Loooo------ -o--
GET  handbook                 handbook        Lo.oo...... ....
GET  handbook_start           handbook        Lo.oo...... ....
POST handbook_start           handbook        Lo.oo...... ....
GET  handbook_cancel          handbook        Lo.oo...... ....
POST handbook_cancel          handbook        Lo.oo...... ....
GET  handbook_paper           handbook        Lo.oo...... ....
GET  handbook_word            handbook        Lo.oo...... ....
GET  handbook_foreword        handbook        Lo.--...... ....
POST handbook_foreword        handbook        Lo.--...... ....
GET  manual_texts             -               Loooooooooo oooo
GET  work_process             process         Loooooooooo oooo
GET  work_process_year        process_year    Loooooooooo oooo
GET  standard_sheet           process_year    Loooooooooo oooo
GET  standard_sheet_word      process_year    Loooooooooo oooo
GET  document_code            process_year       L--o------- ----
POST document_code            process_year       L--o------- ----
GET  orders                   -               Looooo---o- oo--
GET  order_add                -               L--o-----o- ----
POST order_add                -               L--o-----o- ----
GET  order                    order           Looooo...o. oo..
GET  order                    draft_order     L..oo....o. ....
GET  order_copy               order           L--o--...o. --..
POST order_copy               order           L--o--...o. --..
GET  order_revise             order           L--o--...o. --..
POST order_revise             order           L--o--...o. --..
GET  order_scan               order           Looooo...o. oo..
GET  order_scan_add           order           L--o--...o. --..
POST order_scan_add           order           L--o--...o. --..
GET  officer_end_duties       order_officer   L--o--...o. --..
POST officer_end_duties       order_officer   L--o--...o. --..
GET  order_edit               draft_order     L..o-....o. ....
POST order_edit               draft_order     L..o-....o. ....
GET  order_delete             draft_order     L..o-....o. ....
POST order_delete             draft_order     L..o-....o. ....
GET  order_rights             draft_order     L..o-....o. ....
GET  order_issue              draft_order     L..-o....-. ....
POST order_issue              draft_order     L..-o....-. ....
GET  supersession_add         draft_order     L..o-....o. ....
POST supersession_add         draft_order     L..o-....o. ....
GET  supersession_officers    supersession    L..o-....o. ....
POST supersession_officers    supersession    L..o-....o. ....
GET  supersession_delete      supersession    L..o-....o. ....
POST supersession_delete      supersession    L..o-....o. ....
GET  order_officer_add        draft_order     L..o-....o. ....
POST order_officer_add        draft_order     L..o-....o. ....
GET  order_officer_edit       draft_officer   L..o-....o. ....
POST order_officer_edit       draft_officer   L..o-....o. ....
GET  order_officer_delete     draft_officer   L..o-....o. ....
POST order_officer_delete     draft_officer   L..o-....o. ....
POST order_officer_move       draft_officer   L..o-....o. ....
GET  order_duty_kinds         draft_officer   L..o-....o. ....
GET  order_duty_add           new_duty        L..o-....o. ....
POST order_duty_add           new_duty        L..o-....o. ....
GET  order_duty_edit          draft_duty      L..o-....o. ....
POST order_duty_edit          draft_duty      L..o-....o. ....
GET  order_duty_delete        draft_duty      L..o-....o. ....
POST order_duty_delete        draft_duty      L..o-....o. ....
POST order_duty_move          draft_duty      L..o-....o. ....
GET  step_sheet               step            L--o------- ----
POST step_sheet               step            L--o------- ----
GET  criteria                 -               Loooooooooo oooo
GET  indicator_set            set             Loooooooooo oooo
GET  indicator_set            draft_set       Looooo...o. oo..
GET  indicator_set_submit     draft_set       L--o--...-. -o..
POST indicator_set_submit     draft_set       L--o--...-. -o..
GET  indicator_set_return     draft_set       L----o...-. --..
POST indicator_set_return     draft_set       L----o...-. --..
GET  indicator_set_endorse    draft_set       L----o...-. --..
POST indicator_set_endorse    draft_set       L----o...-. --..
GET  indicator_set_retire     set             L--o------- -o--
POST indicator_set_retire     set             L--o------- -o--
GET  indicator_set_changes    second_set      Loooooooooo oooo
GET  indicator_set_export     set             Loooooooooo oooo
GET  indicator_set_export     draft_set       Looooo...o. oo..
GET  indicator_set_add        -               L--o------- -o--
POST indicator_set_add        -               L--o------- -o--
GET  indicator_set_edit       draft_set       L--o--...-. -o..
POST indicator_set_edit       draft_set       L--o--...-. -o..
GET  indicator_set_copy       set             L--o------- -o--
POST indicator_set_copy       set             L--o------- -o--
GET  indicator_set_copy       draft_set       L--o--...-. -o..
POST indicator_set_copy       draft_set       L--o--...-. -o..
GET  indicator_set_revise     set             L--o------- -o--
POST indicator_set_revise     set             L--o------- -o--
GET  indicator_set_unmark     draft_set       L--o--...-. -o..
POST indicator_set_unmark     draft_set       L--o--...-. -o..
GET  indicator_set_delete     draft_set       L--o--...-. -o..
POST indicator_set_delete     draft_set       L--o--...-. -o..
GET  standard_add             draft_set       L--o--...-. -o..
POST standard_add             draft_set       L--o--...-. -o..
GET  standard_order           draft_set       L--o--...-. -o..
POST standard_order           draft_set       L--o--...-. -o..
GET  standard_edit            draft_standard  L--o--...-. -o..
POST standard_edit            draft_standard  L--o--...-. -o..
GET  standard_delete          draft_standard  L--o--...-. -o..
POST standard_delete          draft_standard  L--o--...-. -o..
GET  indicator_add            draft_standard  L--o--...-. -o..
POST indicator_add            draft_standard  L--o--...-. -o..
GET  indicator_order          draft_standard  L--o--...-. -o..
POST indicator_order          draft_standard  L--o--...-. -o..
GET  indicator_edit           draft_indicator L--o--...-. -o..
POST indicator_edit           draft_indicator L--o--...-. -o..
GET  indicator_rubrics        draft_indicator L--o--...-. -o..
POST indicator_rubrics        draft_indicator L--o--...-. -o..
GET  indicator_delete         draft_indicator L--o--...-. -o..
POST indicator_delete         draft_indicator L--o--...-. -o..
GET  criteria_template        -               L--o------- -o--
GET  criteria_import          -               L--o------- -o--
POST criteria_import          -               L--o------- -o--
POST criteria_import_save     -               L--o------- -o--
GET  indicator_set_import     draft_set       L--o--...-. -o..
POST indicator_set_import     draft_set       L--o--...-. -o..
POST indicator_set_import_save draft_set       L--o--...-. -o..
GET  scales                   -               Loooooooooo oooo
GET  scale                    scale           Loooooooooo oooo
GET  scale_add                -               L--o------- -o--
POST scale_add                -               L--o------- -o--
GET  scale_edit               scale           L--o------- -o--
POST scale_edit               scale           L--o------- -o--
GET  scale_copy               scale           L--o------- -o--
POST scale_copy               scale           L--o------- -o--
GET  scale_delete             scale           L--o------- -o--
POST scale_delete             scale           L--o------- -o--
GET  term_open                term            L--o------- ----
POST term_open                term            L--o------- ----
GET  term_criteria            term            L--o------- ----
POST term_criteria            term            L--o------- ----
GET  term_deadlines           term            L--o------- ----
POST term_deadlines           term            L--o------- ----
GET  round_deadlines          round           L--o----.-. ---.
POST round_deadlines          round           L--o----.-. ---.
GET  round_criteria           round           L--o----.-. ---.
POST round_criteria           round           L--o----.-. ---.
GET  needs                    round           Looooooo.o. ooo.
POST needs                    round           L-----oo.-. ---.
GET  needs_submit             round           Looooooo.o. ooo.
POST needs_submit             round           L-----oo.-. ---.
GET  needs_return             round           Lo-o----.-. ---.
POST needs_return             round           Lo-o----.-. ---.
GET  term_quality             -               Looooo---o- oo--
GET  profiles                 -               Looooo---o- oo--
GET  confirmation_open        term            L--o-----o- ----
POST confirmation_open        term            L--o-----o- ----
GET  confirmation_closing     data_request    L--o-----o- ----
POST confirmation_closing     data_request    L--o-----o- ----
GET  data_issues              -               Lo-oo-oooo- oo--
GET  data_issue_correct       data_issue      L-.--.--.o. --..
POST data_issue_correct       data_issue      L-.--.--.o. --..
GET  data_issue_keep          data_issue      L-.--.--.o. --..
POST data_issue_keep          data_issue      L-.--.--.o. --..
GET  learning_list            -               Looooo---o- oo--
GET  learning_export          -               Looooo---o- oo--
GET  test_kinds               -               L--o-----o- ----
GET  test_kind_add            -               L--o-----o- ----
POST test_kind_add            -               L--o-----o- ----
GET  test_kind                test_kind       L--o-----o- ----
GET  test_kind_edit           test_kind       L--o-----o- ----
POST test_kind_edit           test_kind       L--o-----o- ----
GET  test_kind_check          test_kind       L--o-----o- ----
POST test_kind_check          test_kind       L--o-----o- ----
GET  test_kind_retire         test_kind       L--o-----o- ----
POST test_kind_retire         test_kind       L--o-----o- ----
GET  test_kind_restore        test_kind       L--o-----o- ----
POST test_kind_restore        test_kind       L--o-----o- ----
GET  test_subject_add         test_kind       L--o-----o- ----
POST test_subject_add         test_kind       L--o-----o- ----
GET  test_subject_edit        test_subject    L--o-----o- ----
POST test_subject_edit        test_subject    L--o-----o- ----
GET  test_subject_delete      test_subject    L--o-----o- ----
POST test_subject_delete      test_subject    L--o-----o- ----
GET  reference_results        year_of_kind    L--o-----o- ----
POST reference_results        year_of_kind    L--o-----o- ----
GET  school_learning          school          Looooooo.o. ooo.
GET  school_learning_year     school_year     Looooooo.o. ooo.
GET  school_learning_edit     office_results  L--o----.o. ---.
POST school_learning_edit     office_results  L--o----.o. ---.
GET  school_learning_edit     own_results     Lo-o--oo.o. ---.
POST school_learning_edit     own_results     Lo-o--oo.o. ---.
GET  data_confirmation        school          Lo.oo.oo.o. oo..
GET  data_confirm             school          L-.--.o-.-. --..
POST data_confirm             school          L-.--.o-.-. --..
POST data_prepare             school          L-.--.oo.-. --..
POST data_answer              school          L-.--.oo.-. --..
GET  data_issue_report        reported_kind   L-.--.oo.-. --..
POST data_issue_report        reported_kind   L-.--.oo.-. --..
GET  needs_open               term            L--o------- ----
POST needs_open               term            L--o------- ----
GET  needs_closing            campaign        L--o------- ----
POST needs_closing            campaign        L--o------- ----
GET  annual_report_list       -               Lo-oo----o- oo--
GET  annual_reports_export    -               Lo-oo----o- oo--
GET  annual_report_deadline   sar_year        L--o-----o- ----
POST annual_report_deadline   sar_year        L--o-----o- ----
GET  school_annual_reports    school          Lo.oo.oo.o. oo..
GET  annual_report            draft_sar       Lo.oo.oo.o. oo..
GET  annual_report_edit       draft_sar       Lo.o-.oo.o. --..
POST annual_report_edit       draft_sar       Lo.o-.oo.o. --..
GET  annual_report_send       draft_sar       L-.--.o-.-. --..
POST annual_report_send       draft_sar       L-.--.o-.-. --..
GET  annual_report_paper      draft_sar       Lo.o-.--.o. --..
POST annual_report_paper      draft_sar       Lo.o-.--.o. --..
GET  annual_report_return     sent_sar        Lo.o-.--.-. --..
POST annual_report_return     sent_sar        Lo.o-.--.-. --..
GET  annual_report_file       sent_sar        Lo.oo.oo.o. oo..
GET  annual_report_compare    sent_sar        Lo.oo.oo.o. oo..
GET  crosswalk                -               Looooooooo- ooo-
GET  crosswalk_export         -               Looooooooo- ooo-
GET  crosswalk_line           judged_indicator  L--o------- ----
POST crosswalk_line           judged_indicator  L--o------- ----
POST crosswalk_dimension      -               L--o------- ----
GET  crosswalk_propose        -               L--o------- ----
POST crosswalk_propose        -               L--o------- ----
GET  area_answers             drive           Looooo---o- oo--
GET  area_answers_export      drive           Looooo---o- oo--
GET  school_answers           school_drive    Looooooo.o. ooo.
GET  school_answers_export    school_drive    Looooooo.o. ooo.
GET  school_answers_paper     school_drive    Looooooo.o. ooo.
GET  baselines                drive           Looooo---o- oo--
GET  baselines_export         drive           Looooo---o- oo--
GET  baselines_last_year      drive           Lo-o------- ----
POST baselines_last_year      drive           Lo-o------- ----
GET  school_baseline          school_drive    Looooooo.o. ooo.
GET  school_baseline_levels   school_drive    Lo-o--oo.-. ---.
POST school_baseline_levels   school_drive    Lo-o--oo.-. ---.
GET  school_baseline_texts    school_drive    Lo-o--oo.-. ---.
POST school_baseline_texts    school_drive    Lo-o--oo.-. ---.
GET  school_baseline_last_year  school_drive  Lo-o--oo.-. ---.
POST school_baseline_last_year  school_drive  Lo-o--oo.-. ---.
GET  school_baseline_confirm  school_drive    L-----o-.-. ---.
POST school_baseline_confirm  school_drive    L-----o-.-. ---.
GET  school_baseline_reopen   school_drive    Lo-o----.-. ---.
POST school_baseline_reopen   school_drive    Lo-o----.-. ---.
GET  external_assessment_list -               Lo-oo----o- oo--
GET  school_external_assessments  school      Lo.oo.oo.o. oo..
GET  external_assessment_add  school          Lo.o-.oo.o. --..
POST external_assessment_add  school          Lo.o-.oo.o. --..
GET  external_assessment      external        Lo.oo.oo.o. oo..
GET  external_assessment_edit external        Lo.o-.oo.o. --..
POST external_assessment_edit external        Lo.o-.oo.o. --..
GET  external_assessment_withdraw  external   Lo.o-.oo.o. --..
POST external_assessment_withdraw  external   Lo.o-.oo.o. --..
GET  external_assessment_file external        Lo.oo.oo.o. oo..
GET  needs_progress           -               Looooo---o- oo--
GET  needs_summary            -               Looooo---o- oo--
GET  needs_wants              -               Looooo---o- oo--
GET  needs_days               -               Looooo---o- oo--
GET  needs_export             -               Looooo---o- oo--
GET  needs_facts              -               Looooo---o- oo--
GET  needs_facts_export       -               Looooo---o- oo--
GET  school_needs_facts       school          Looooooo.o. ooo.
GET  needs_topics             -               Looooo---o- oo--
GET  needs_topic_add          -               L--o-----o- ----
POST needs_topic_add          -               L--o-----o- ----
GET  needs_topic_edit         needs_topic     L--o-----o- ----
POST needs_topic_edit         needs_topic     L--o-----o- ----
GET  needs_facts_rule         -               L--o-----o- ----
POST needs_facts_rule         -               L--o-----o- ----
GET  needs_take_up            -               Lo-o------- ----
POST needs_take_up            -               Lo-o------- ----
GET  need_take_up_other       school          Lo-o----.-. ---.
POST need_take_up_other       school          Lo-o----.-. ---.
GET  taken_up_needs           -               Looooooooo- ooo-
GET  taken_up_needs_export    -               Looooooooo- ooo-
GET  taken_up_need            taken_up_need   Looooooo.o. ooo.
GET  taken_up_need_finish     taken_up_need   Lo-o----.-. ---.
POST taken_up_need_finish     taken_up_need   Lo-o----.-. ---.
GET  taken_up_need_withdraw   taken_up_need   Lo-o----.-. ---.
POST taken_up_need_withdraw   taken_up_need   Lo-o----.-. ---.
GET  taken_up_need_lead       taken_up_need   Lo-o----.-. ---.
POST taken_up_need_lead       taken_up_need   Lo-o----.-. ---.
GET  overview_map             -               Looooo---o- oo--
GET  overview_results         -               Looooo---o- oo--
GET  overview_indicators      -               Looooo---o- oo--
GET  overview_advice          -               Looooo---o- oo--
GET  overview_data_notes      -               Looooo---o- oo--
GET  overview_schools         -               Looooo---o- oo--
GET  overview_standard        judged_standard Looooo---o- oo--
GET  overview_indicator       judged_indicator Looooo---o- oo--
GET  overview_standard        draft_standard  L.....---.- ..--
GET  overview_indicator       draft_indicator L.....---.- ..--
GET  survey_template_list             -               L--o------- -o--
GET  survey_template_add          -               L--o------- -o--
POST survey_template_add          -               L--o------- -o--
GET  survey_template_edit              survey_template           L--o------- -o--
POST survey_template_edit              survey_template           L--o------- -o--
GET  self_assessment_start    round           Looooooo.o. ooo.
POST self_assessment_start    round           Looooooo.o. ooo.
GET  self_assessment          self_assessment Looooooo.o. ooo.
GET  self_assessment_confirm  self_assessment L-----o-.-. ---.
POST self_assessment_confirm  self_assessment L-----o-.-. ---.
GET  self_assessment_return   self_assessment Lo-o----.-. ---.
POST self_assessment_return   self_assessment Lo-o----.-. ---.
GET  self_assessments         -               Looooo---o- oooo
GET  self_assessments_export  -               Looooo---o- oooo
GET  self_assessments_reminder -              Lo-o-----o- ---o
POST self_assessments_reminded -              Lo-o-----o- ---o
POST self_assessments_mail    -               Lo-o-----o- ---o
GET  sheet                    sheet           Looooooo.o. ooo.
GET  sheet                    visit_sheet     Looooooo.o. ooo.
GET  sheet_standard           sheet           Looooooo.o. ooo.
POST sheet_standard           sheet           L-----oo.-. ---.
GET  sheet_standard           visit_sheet     Looooooo.o. ooo.
POST sheet_standard           visit_sheet     Lo-o----.-. -o-.
POST sheet_edits              sheet           L-----oo.-. ---.
POST sheet_edits              visit_sheet     Lo-o----.-. -o-.
GET  sheet_texts              visit_sheet     Looooooo.o. ooo.
POST sheet_texts              visit_sheet     Lo-o----.-. -o-.
POST sheet_evidence           sheet           L-----oo.-. ---.
POST sheet_evidence           visit_sheet     Lo-o----.-. -o-.
POST late_edit_use            late_edit       Lo----...-. --..
POST late_edit_dismiss        late_edit       Lo----...-. --..
GET  evidence                 evidence        Looooooo.o. ooo.
GET  evidence                 visit_evidence  Looooooo.o. ooo.
GET  evidence_small           evidence        Looooooo.o. ooo.
GET  evidence_small           visit_evidence  Looooooo.o. ooo.
GET  evidence_edit            evidence        L-----oo.-. ---.
POST evidence_edit            evidence        L-----oo.-. ---.
GET  evidence_edit            visit_evidence  Lo-o----.-. -o-.
POST evidence_edit            visit_evidence  Lo-o----.-. -o-.
GET  evidence_remove          evidence        L-----oo.-. ---.
POST evidence_remove          evidence        L-----oo.-. ---.
GET  evidence_remove          visit_evidence  Lo-o----.-. -o-.
POST evidence_remove          visit_evidence  Lo-o----.-. -o-.
GET  visit_plan               round           Lo-o----.-. -o-.
POST visit_plan               round           Lo-o----.-. -o-.
GET  visit                    visit           Looooooo.o. ooo.
POST visit_record             visit           Lo-o----.-. -o-.
GET  visit_sign               visit           Lo-o----.-. -o-.
POST visit_sign               visit           Lo-o----.-. -o-.
GET  visit_acknowledge        visit           L-----o-.-. ---.
POST visit_acknowledge        visit           L-----o-.-. ---.
GET  visit_satisfaction       visit           L-----o-.-. ---.
POST visit_satisfaction       visit           L-----o-.-. ---.
POST visit_satisfaction_skip  visit           L-----o-.-. ---.
GET  satisfaction             -               Lo-o------- -o--
GET  visits                   -               Looooooooo- ooo-
GET  visit_postpone           visit           Lo-o----.-. -o-.
POST visit_postpone           visit           Lo-o----.-. -o-.
GET  visit_cancel             visit           Lo-o----.-. -o-.
POST visit_cancel             visit           Lo-o----.-. -o-.
GET  visit_change_leader          visit           Lo-o----.-. -o-.
POST visit_change_leader          visit           Lo-o----.-. -o-.
GET  visit_edit             visit           Lo-o----.-. -o-.
POST visit_edit             visit           Lo-o----.-. -o-.
GET  visit_observe            visit           Lo-o----.-. -o-.
POST visit_observe            visit           Lo-o----.-. -o-.
POST visit_rate               visit           Looooooo.o. ooo.
GET  visit_submit_rating            open_visit      L....o..... ....
POST visit_submit_rating            open_visit      L....o..... ....
GET  sheet                    rater_sheet     L....o..... ....
POST sheet_edits              rater_sheet     L....o..... ....
GET  sheet                    open_sheet      Looooo...o. oo..
GET  visit_compare            visit           Looooo--.o. oo-.
POST visit_adopt_agreed        open_visit      Lo-o----.-. -o-.
GET  visit_revise              visit           Lo-o----.-. -o-.
POST visit_revise              visit           Lo-o----.-. -o-.
GET  visit_copy_add           visit           Lo-o--o-.-. -o-.
POST visit_copy_add           visit           Lo-o--o-.-. -o-.
GET  visit_copy               copy            Looooooo.o. ooo.
GET  visit_copy_remove        copy            Lo-o--o-.-. -o-.
POST visit_copy_remove        copy            Lo-o--o-.-. -o-.
GET  decision                 round           Looooooo.o. ooo.
POST decision                 round           L--o----.-. ---.
GET  decision_meeting         round           L--o----.-. ---.
POST decision_meeting         round           L--o----.-. ---.
GET  decision_result          round           L--o----.-. ---.
POST decision_result          round           L--o----.-. ---.
GET  meeting_table            open_meeting    Looooo...o. oo..
GET  meeting_resolve          open_meeting    L--o--...-. --..
POST meeting_resolve          open_meeting    L--o--...-. --..
GET  meeting_practices        open_meeting    Looooo...o. oo..
GET  meeting_practices_resolve open_meeting   L--o--...-. --..
POST meeting_practices_resolve open_meeting   L--o--...-. --..
GET  meeting_agenda           open_meeting    Looooo...o. oo..
GET  meeting_decision_sheet   open_meeting    Looooo...o. oo..
GET  meeting_minutes          open_meeting    Looooo...o. oo..
GET  minutes_word             open_meeting    Looooo...o. oo..
GET  meeting_sets             open_meeting    L----o...-. --..
POST meeting_sets             open_meeting    L----o...-. --..
GET  decision_reason          round           L--o----.-. ---.
POST decision_reason          round           L--o----.-. ---.
GET  practice_nominate        round           Lo-o--oo.-. ---.
POST practice_nominate        round           Lo-o--oo.-. ---.
GET  practice_criteria        -               L--o------- -o--
POST practice_criteria        -               L--o------- -o--
GET  practice                 practice        Looooooo.o. ooo.
GET  term_methods             term            Looooooooo- ooo-
GET  term_methods_edit        term            L--o------- -o--
POST term_methods_edit        term            L--o------- -o--
GET  round_methods            round           Looooooo.o. ooo.
GET  round_methods_edit       round           L--o----.-. -o-.
POST round_methods_edit       round           L--o----.-. -o-.
GET  methods_endorse          methods         L----o...-. --..
POST methods_endorse          methods         L----o...-. --..
GET  methods_reopen           methods         L--o--...-. -o..
POST methods_reopen           methods         L--o--...-. -o..
GET  methods_delete           methods         L--o--...-. -o..
POST methods_delete           methods         L--o--...-. -o..
GET  unit_practice_nominate   -               Looo------- -o--
POST unit_practice_nominate   -               Looo------- -o--
GET  practice                 unit_practice   Looooo...o. oo..
GET  practice_edit            unit_practice   Looo--...-. -o..
GET  practice_review          unit_practice   L--o-o...-. --..
GET  practice_select          unit_practice   L--o--...-. --..
GET  practice_paper           unit_practice   Looooo...o. oo..
GET  practice_select          practice        L--o----.-. ---.
POST practice_select          practice        L--o----.-. ---.
GET  practices                -               Looooooooo- ooo-
GET  practice_edit            practice        Lo-o--oo.-. ---.
POST practice_edit            practice        Lo-o--oo.-. ---.
GET  practice_review          practice        L--o-o--.-. --o.
POST practice_review          practice        L--o-o--.-. --o.
GET  practice_decline         practice        L--o----.-. ---.
POST practice_decline         practice        L--o----.-. ---.
GET  summary_start            round           Looooooo.o. ooo.
POST summary_start            round           Looooooo.o. ooo.
GET  summary                  summary         Looooooo.o. ooo.
POST summary                  summary         Lo-o----.-. ---.
GET  recommendation_add       summary         Lo-o----.-. ---.
POST recommendation_add       summary         Lo-o----.-. ---.
GET  recommendation_edit      recommendation  Lo-o----.-. ---.
POST recommendation_edit      recommendation  Lo-o----.-. ---.
GET  recommendation_withdraw  recommendation  Lo-o----.-. ---.
POST recommendation_withdraw  recommendation  Lo-o----.-. ---.
GET  summary_propose          summary         Lo-o----.-. ---.
POST summary_propose          summary         Lo-o----.-. ---.
GET  summary_agree            summary         L-----o-.-. ---.
POST summary_agree            summary         L-----o-.-. ---.
GET  summary_return           summary         L-----o-.-. ---.
POST summary_return           summary         L-----o-.-. ---.
GET  summary_reopen           summary         Lo-o----.-. ---.
POST summary_reopen           summary         Lo-o----.-. ---.
GET  recommendation_close     recommendation  Lo-o----.-. ---.
POST recommendation_close     recommendation  Lo-o----.-. ---.
GET  external_advice_add      assessment      Lo.o-.--.-. --..
POST external_advice_add      assessment      Lo.o-.--.-. --..
GET  recommendation           external_advice Lo.oo.oo.o. oo..
GET  recommendation_withdraw  external_advice Lo.o-.--.-. --..
POST recommendation_withdraw  external_advice Lo.o-.--.-. --..
GET  blank_needs_form         survey_template L--o------- -o--
GET  round_needs_form         round           Looooooo.o. ooo.
GET  needs_paper              round           Looooooo.o. ooo.
GET  indicator_set_paper      set             Loooooooooo oooo
GET  indicator_set_paper      draft_set       Looooo...o. oo..
GET  decision_paper           round           Looooooo.o. ooo.
GET  practice_paper           practice        Looooooo.o. ooo.
GET  summary_paper            summary         Looooooo.o. ooo.
GET  blank_form               set             Loooooooooo oooo
GET  blank_form               draft_set       Looooo...o. oo..
GET  visit_form               visit           Looooooo.o. ooo.
GET  visit_notice             visit           Lo-o----.-. -o-.
POST visit_notice             visit           Lo-o----.-. -o-.
GET  visit_notice             open_visit      Lo-o----.-. -o-.
GET  announced_visit          notice          Looooooo.o. ooo.
GET  visit_notice_send        open_visit      Lo-o----.-. -o-.
POST visit_notice_send        open_visit      Lo-o----.-. -o-.
GET  visit_notice_recall      open_visit      Lo-o----.-. -o-.
POST visit_notice_recall      open_visit      Lo-o----.-. -o-.
GET  visit_notice_paper       visit           Lo.o....... .o..
GET  visit_notice_paper       open_visit      Looooooo.o. ooo.
GET  supervision_plan         -               Looooooooo- ooo-
GET  visit_notices_paper      -               Lo-o------- -o--
GET  visit_filled_form        visit           Looooooo.o. ooo.
GET  visit_filled_form        open_visit      Looooo...o. oo..
GET  self_assessment_filled_form self_assessment Looooooo.o. ooo.
GET  notices                  -               Loooooooooo oooo
POST notices_read             -               Loooooooooo oooo
GET  notices_choose           -               Loooooooooo oooo
POST notices_choose           -               Loooooooooo oooo
GET  duty_work                duty            Looooo...o. oo..
GET  overview_programmes      -               Looooo---o- oo--
GET  overview_learning        -               Looooo---o- oo--
GET  year_plans               -               Looooooooo- ooo-
GET  plan_steps               -               Looooo---o- oo--
GET  year_plan_new            -               L--o------- ----
POST year_plan_new            -               L--o------- ----
GET  year_plan                plan            Looooo...o. oo..
GET  year_plan_paper          plan            Looooo...o. oo..
GET  plan_summary             plan            Looooo...o. oo..
GET  plan_summary_word        plan            Looooo...o. oo..
GET  blank_activity_form      form_code       Looooo---o- oo--
GET  activity_form            form_activity   Looooo--.o. oo-.
GET  activities_export        -               Looooo---o- oo--
GET  year_plan_edit           plan            L--o--...-. --..
POST year_plan_edit           plan            L--o--...-. --..
GET  year_plan_sources        plan            Looo--...-. -o..
POST year_plan_sources        plan            Looo--...-. -o..
GET  year_plan_source_add     plan            Looo--...-. -o..
POST year_plan_source_add     plan            Looo--...-. -o..
POST year_plan_source_delete  plan_source     Looo--...-. -o..
GET  year_plan_propose        plan            L--o--...-. --..
POST year_plan_propose        plan            L--o--...-. --..
GET  year_plan_return         plan            L---o-...-. --..
POST year_plan_return         plan            L---o-...-. --..
GET  year_plan_approve        plan            L---o-...-. --..
POST year_plan_approve        plan            L---o-...-. --..
GET  activities               -               Looooooooo- ooo-
GET  activity_new             plan            Looo--...-. -o..
POST activity_new             plan            Looo--...-. -o..
GET  activity                 activity        Looooooo.o. ooo.
GET  activity_edit            activity        Lo-o----.-. ---.
POST activity_edit            activity        Lo-o----.-. ---.
POST activity_begin           activity        Lo-o----.-. ---.
GET  activity_progress        activity        Lo-o----.-. ---.
POST activity_progress        activity        Lo-o----.-. ---.
GET  activity_finish          activity        Lo-o----.-. ---.
POST activity_finish          activity        Lo-o----.-. ---.
GET  activity_correct         activity        Lo-o----.-. ---.
POST activity_correct         activity        Lo-o----.-. ---.
GET  activity_cancel          activity        Lo-o----.-. ---.
POST activity_cancel          activity        Lo-o----.-. ---.
GET  activity_evidence_add    activity        Lo-o----.-. ---.
POST activity_evidence_add    activity        Lo-o----.-. ---.
GET  activity_file            activity_file   Looooo...o. oo..
GET  activity_evidence_remove activity_file   Lo-o--...-. --..
POST activity_evidence_remove activity_file   Lo-o--...-. --..
GET  calendar                 -               Loooooooooo ooo-
GET  calendar_feed_settings   -               Looooooooo- ooo-
POST calendar_feed_open       -               Looooooooo- ooo-
POST calendar_feed_close      -               Looooooooo- ooo-
GET  calendar_feed            feed            ooooooooooo oooo
GET  networks                 -               Looooooooo- ooo-
GET  help_directory           -               Looooooooo- ooo-
GET  school_circumstances     school          Looooooo.o. ooo.
GET  school_circumstances_changes school      Lo-o--oo.o. ---.
POST circumstances_check      school          Lo-o--oo.o. ---.
GET  school_fact_add          new_fact        Lo-o--oo.o. ---.
POST school_fact_add          new_fact        Lo-o--oo.o. ---.
GET  school_fact_correct      school_fact     Lo-o--oo.o. ---.
POST school_fact_correct      school_fact     Lo-o--oo.o. ---.
GET  school_fact_end          school_fact     Lo-o--oo.o. ---.
POST school_fact_end          school_fact     Lo-o--oo.o. ---.
GET  school_fact_remove       school_fact     Lo-o--oo.o. ---.
POST school_fact_remove       school_fact     Lo-o--oo.o. ---.
GET  circumstances_list       -               Looooo---o- oo--
GET  circumstances_export     -               Looooo---o- oo--
GET  project_kinds            -               L--o-----o- ----
GET  project_kind_add         -               L--o-----o- ----
POST project_kind_add         -               L--o-----o- ----
GET  project_kind_edit        project_kind    L--o-----o- ----
POST project_kind_edit        project_kind    L--o-----o- ----
GET  policy_focuses           -               Loooooooooo oooo
GET  policy_focus_add         -               L--o-----o- ----
POST policy_focus_add         -               L--o-----o- ----
GET  policy_focus_copy        coming_year     L--o-----o- ----
POST policy_focus_copy        coming_year     L--o-----o- ----
GET  policy_focus_edit        policy_focus    L--o-----o- ----
POST policy_focus_edit        policy_focus    L--o-----o- ----
GET  policy_focus_indicators  policy_focus    L--o-----o- ----
POST policy_focus_indicators  policy_focus    L--o-----o- ----
GET  policy_focus_delete      policy_focus    L--o-----o- ----
POST policy_focus_delete      policy_focus    L--o-----o- ----
GET  learning_sources         -               Looooooooo- ooo-
GET  forums                   -               Looooooooo- ooo-
GET  network_steps            -               Looooo---o- oo--
GET  network_summary          network_year    Looooo---o- oo--
GET  network_summary_word     network_year    Looooo---o- oo--
GET  network_add              -               Looo------- -o--
POST network_add              -               Looo------- -o--
GET  learning_source_add      -               Looo------- -o--
POST learning_source_add      -               Looo------- -o--
GET  forum_add                -               Looo------- -o--
POST forum_add                -               Looo------- -o--
GET  network                  network_rows    Looooooooo- ooo-
GET  network_edit             network_rows    Looo------- -o--
POST network_edit             network_rows    Looo------- -o--
GET  network_end              network_rows    Looo------- -o--
POST network_end              network_rows    Looo------- -o--
GET  network_member_add       network_rows    Looo------- -o--
POST network_member_add       network_rows    Looo------- -o--
GET  network_member           network_rows    Looo------- -o--
POST network_member           network_rows    Looo------- -o--
GET  network_member_end       network_rows    Looo------- -o--
POST network_member_end       network_rows    Looo------- -o--
GET  network_file             network_rows    Looooooooo- ooo-
POST network_file_remove      network_rows    Looo------- -o--
GET  learning_source          network_rows    Looooooooo- ooo-
GET  learning_source_edit     network_rows    Looo------- -o--
POST learning_source_edit     network_rows    Looo------- -o--
GET  learning_source_end      network_rows    Looo------- -o--
POST learning_source_end      network_rows    Looo------- -o--
GET  source_file_add          network_rows    Looo------- -o--
POST source_file_add          network_rows    Looo------- -o--
GET  forum                    network_rows    Looooooooo- ooo-
GET  forum_edit               network_rows    Looo------- -o--
POST forum_edit               network_rows    Looo------- -o--
GET  forum_record             network_rows    Looo------- -o--
POST forum_record             network_rows    Looo------- -o--
GET  forum_cancel             network_rows    Looo------- -o--
POST forum_cancel             network_rows    Looo------- -o--
GET  forum_file_add           network_rows    Looo------- -o--
POST forum_file_add           network_rows    Looo------- -o--
GET  advice_help_choose       recommendation  Lo-o----.-. ---.
POST advice_help_choose       recommendation  Lo-o----.-. ---.
POST advice_help_remove       network_rows    Lo-o----.-. ---.
GET  dissemination_register   -               Looooo---o- oo--
GET  dissemination_export     -               Looooo---o- oo--
GET  dissemination_add        -               Looo-----o- -o--
POST dissemination_add        -               Looo-----o- -o--
GET  dissemination            network_rows    Looooo---o- oo--
GET  dissemination_file       network_rows    Looooo---o- oo--
GET  dissemination_edit       network_rows    Looo-----o- -o--
POST dissemination_edit       network_rows    Looo-----o- -o--
GET  dissemination_withdraw   network_rows    Looo-----o- -o--
POST dissemination_withdraw   network_rows    Looo-----o- -o--
GET  drive_cooperation        cooperation     Looooooooo. ooo.
GET  drive_partner            drive_partner   Looooo---o- oo--
GET  drive_partner_add        cooperation     L--o------. ---.
POST drive_partner_add        cooperation     L--o------. ---.
GET  drive_partner_edit       drive_partner   L--o------- ----
POST drive_partner_edit       drive_partner   L--o------- ----
GET  drive_partner_end        drive_partner   L--o------- ----
POST drive_partner_end        drive_partner   L--o------- ----
GET  drive_event              drive_event     Looooooo.o. ooo.
GET  drive_event_add          cooperation     L--o------. ---.
POST drive_event_add          cooperation     L--o------. ---.
GET  drive_event_edit         drive_event     L--o----.-. ---.
POST drive_event_edit         drive_event     L--o----.-. ---.
GET  drive_event_record       drive_event     L--o----.-. ---.
POST drive_event_record       drive_event     L--o----.-. ---.
GET  drive_event_cancel       drive_event     L--o----.-. ---.
POST drive_event_cancel       drive_event     L--o----.-. ---.
GET  climate_survey           climate_survey  Looooooooo. ooo.
GET  climate_survey           climate_draft   Looooo...o. oo..
GET  climate_survey_add       cooperation     L--o------. ---.
POST climate_survey_add       cooperation     L--o------. ---.
GET  climate_survey_edit      climate_draft   L--o--...-. --..
POST climate_survey_edit      climate_draft   L--o--...-. --..
GET  climate_survey_open      climate_draft   L--o--...-. --..
POST climate_survey_open      climate_draft   L--o--...-. --..
GET  climate_survey_close     climate_survey  L--o------. ---.
POST climate_survey_close     climate_survey  L--o------. ---.
GET  climate_answer           climate_answer  L-----oo.-. ---.
POST climate_answer           climate_answer  L-----oo.-. ---.
GET  drive_exchange           cooperation     Looooooooo. ooo.
GET  exchange_event           exchange_event  Looooooooo. ooo.
GET  exchange_event_add       cooperation     L--o------. ---.
POST exchange_event_add       cooperation     L--o------. ---.
GET  exchange_event_plan      cooperation     L--o------. ---.
POST exchange_event_plan      cooperation     L--o------. ---.
GET  exchange_event_remove    exchange_event  L--o------. ---.
POST exchange_event_remove    exchange_event  L--o------. ---.
GET  takeaway_add             takeaway_add    L-----oo.-. ---.
POST takeaway_add             takeaway_add    L-----oo.-. ---.
GET  takeaway_edit            takeaway        L-----oo.-. ---.
POST takeaway_edit            takeaway        L-----oo.-. ---.
GET  drive_practices          cooperation     Looooo---o. oo-.
GET  practice_dimensions      drive_practice  L--o------. ---.
POST practice_dimensions      drive_practice  L--o------. ---.
GET  similar_schools          drive_school    Looooooo.o. ooo.
GET  study_requests           cooperation     Looooooooo. ooo.
GET  study_request_add        drive_school    L-----oo.-. ---.
POST study_request_add        drive_school    L-----oo.-. ---.
GET  study_request            study_request   Looooooo.o. ooo.
GET  study_request_arrange    study_request   Lo-o----.-. ---.
POST study_request_arrange    study_request   Lo-o----.-. ---.
GET  study_request_decline    study_request   Lo-o----.-. ---.
POST study_request_decline    study_request   Lo-o----.-. ---.
GET  study_request_withdraw   study_request   L-----oo.-. ---.
POST study_request_withdraw   study_request   L-----oo.-. ---.
GET  study_request_finish     study_request   L-----oo.-. ---.
POST study_request_finish     study_request   L-----oo.-. ---.
GET  committees               -               Loooooooooo oooo
GET  committee_add            -               L--o-----o- ----
POST committee_add            -               L--o-----o- ----
GET  committee                committee       Looooo...o. oo..
GET  committee                subcommittee    Looooo...o. ooo.
GET  committee_edit           committee       L--o--...o. --..
POST committee_edit           committee       L--o--...o. --..
GET  committee_edit           subcommittee    L--o--...o. ---.
GET  committee_member_add     committee       L--o--...o. --..
POST committee_member_add     committee       L--o--...o. --..
GET  committee_member         committee_member_row L--o--...o. --..
POST committee_member         committee_member_row L--o--...o. --..
GET  committee_member_end     committee_member_row L--o--...o. --..
POST committee_member_end     committee_member_row L--o--...o. --..
GET  meetings                 -               Loooooooooo oooo
GET  meeting_plan             -               L--o-----o- ----
POST meeting_plan             -               L--o-----o- ----
GET  meeting                  meeting         Looooo...o. oo..
GET  meeting                  cluster_meeting Looooo...o. ooo.
GET  meeting_edit             planned_meeting L--o--...o. --..
POST meeting_edit             planned_meeting L--o--...o. --..
GET  meeting_cancel           planned_meeting L--o--...o. --..
POST meeting_cancel           planned_meeting L--o--...o. --..
GET  meeting_open             planned_meeting L--o--...o. --..
POST meeting_open             planned_meeting L--o--...o. --..
GET  meeting_close            meeting         L--o--...o. --..
POST meeting_close            meeting         L--o--...o. --..
GET  meeting_close            cluster_meeting L--o--...o. ---.
GET  meeting_correct          meeting         L--o--...o. --..
POST meeting_correct          meeting         L--o--...o. --..
GET  attendance               meeting         L--o--...o. --..
POST attendance               meeting         L--o--...o. --..
POST everyone_present         meeting         L--o--...o. --..
GET  agenda_item_add          planned_meeting L--o--...o. --..
POST agenda_item_add          planned_meeting L--o--...o. --..
GET  agenda_item              agenda_item     L--o--...o. --..
POST agenda_item              agenda_item     L--o--...o. --..
POST agenda_item_move         agenda_item     L--o--...o. --..
POST agenda_item_delete       agenda_item     L--o--...o. --..
GET  recusal_add              meeting         L--o--...o. --..
POST recusal_add              meeting         L--o--...o. --..
POST recusals_propose         meeting         L--o--...o. --..
POST recusal_delete           recusal         L--o--...o. --..
GET  calendar_days            -               L--------oo ----
GET  calendar_day_add         -               L--------oo ----
POST calendar_day_add         -               L--------oo ----
GET  calendar_day             special_day     L--------oo ----
POST calendar_day             special_day     L--------oo ----
POST calendar_day_remove      special_day     L--------oo ----
GET  ranking                  ranked_year     Looooo----- oo--
GET  ranking_export           ranked_year     Looooo----- oo--
GET  ranking_compute          ranked_year     L--o------- ----
POST ranking_compute          ranked_year     L--o------- ----
GET  ranking_show             ranked_year     L--o------- ----
POST ranking_show             ranked_year     L--o------- ----
GET  ranking_finish           ranked_year     L--o------- ----
POST ranking_finish           ranked_year     L--o------- ----
GET  own_place                ranked_school   Looooooo.-. oo-.
GET  place_object             ranked_school   L-----o-.-. ---.
POST place_object             ranked_school   L-----o-.-. ---.
GET  ranking_objection        objection       Looooooo... oo..
GET  objection_withdraw       objection       L-----o-... --..
POST objection_withdraw       objection       L-----o-... --..
GET  objection_correct        objection       L--o----... --..
POST objection_correct        objection       L--o----... --..
GET  objection_keep           objection       L--o----... --..
POST objection_keep           objection       L--o----... --..
GET  agreements               drive           Looooo---o- oo--
GET  agreements_export        drive           Looooo---o- oo--
GET  agreements_bundle        drive           Looooo---o- oo--
POST agreements_bundle        drive           Looooo---o- oo--
GET  agreements_bulk          drive           Looooo---o- oo--
POST agreements_bulk          drive           Looooo---o- oo--
GET  school_agreement         school_in_drive Looooooo.o. ooo.
POST agreement_draft          school_in_drive Lo-o----.-. ---.
GET  agreement                agreement       Looooooo.o. ooo.
GET  agreement_paper          agreement       Looooooo.o. ooo.
GET  agreement_word           agreement       Looooooo.o. ooo.
GET  agreement_comment        agreement       Lo-oo-oo.-. ---.
POST agreement_comment        agreement       Lo-oo-oo.-. ---.
GET  agreement_edit           agreement       Lo-o----.-. ---.
POST agreement_edit           agreement       Lo-o----.-. ---.
GET  agreement_baseline       agreement       Lo-o----.-. ---.
POST agreement_baseline       agreement       Lo-o----.-. ---.
GET  agreement_support_add    agreement       Lo-o----.-. ---.
POST agreement_support_add    agreement       Lo-o----.-. ---.
GET  agreement_propose        agreement       Lo-o----.-. ---.
POST agreement_propose        agreement       Lo-o----.-. ---.
GET  agreement_cancel         agreement       Lo-o----.-. ---.
POST agreement_cancel         agreement       Lo-o----.-. ---.
GET  agreement_revise         agreement       Lo-o----.-. ---.
POST agreement_revise         agreement       Lo-o----.-. ---.
GET  agreement_ask_changes    agreement       L-----o-.-. ---.
POST agreement_ask_changes    agreement       L-----o-.-. ---.
GET  agreement_sign_for_school agreement       L-----o-.-. ---.
POST agreement_sign_for_school agreement       L-----o-.-. ---.
GET  agreement_return         agreement       L---o---.-. ---.
POST agreement_return         agreement       L---o---.-. ---.
GET  agreement_sign           agreement       L---o---.-. ---.
POST agreement_sign           agreement       L---o---.-. ---.
GET  agreement_support_edit   agreement_support Lo-o----.-. ---.
POST agreement_support_edit   agreement_support Lo-o----.-. ---.
GET  agreement_support_remove agreement_support Lo-o----.-. ---.
POST agreement_support_remove agreement_support Lo-o----.-. ---.
GET  recommendations          -               Looooooooo- ooo-
GET  recommendation           recommendation  Looooooo.o. ooo.
GET  recommendation_report    recommendation  L-----oo.-. ---.
POST recommendation_report    recommendation  L-----oo.-. ---.
GET  recommendation_return   recommendation  Lo-o----.-. ---.
POST recommendation_return   recommendation  Lo-o----.-. ---.
GET  progress_file            progress        Looooooo.o. ooo.
GET  reports                  -               Looooooooo- ooo-
GET  term_report              round           Looooooo.o. ooo.
POST term_report              round           Looooooo.o. ooo.
GET  compose                  year            Looooo---o- oo--
GET  compose_outline          year            Looooo---o- oo--
POST compose_outline          year            L--o------- ----
GET  compose_carry_over       year            L--o------- ----
POST compose_carry_over       year            L--o------- ----
GET  compose_part             written_part    Looooo---o- oo--
POST compose_part             written_part    L--o------- ----
POST compose_save             written_part    L--o------- ----
GET  compose_preview          written_part    Looooo---o- oo--
GET  compose_history          written_part    Looooo---o- oo--
GET  compose_restore_draft    written_part    L--o------- ----
POST compose_restore_draft    written_part    L--o------- ----
POST compose_use_number       written_part    L--o------- ----
POST compose_move             written_part    L--o------- ----
POST compose_include          written_part    L--o------- ----
POST compose_restore_version  written_version L--o------- ----
GET  compose                  written_summary Looooo---o- oo--
GET  compose_outline          written_summary Looooo---o- oo--
GET  year_report              year            Looooo---o- oo--
POST year_report              year            Looooo---o- oo--
GET  drive_report             reported_drive  Looooo---o- oo--
POST drive_report             reported_drive  L--o------- ----
GET  compose                  reported_drive  Looooo---o- oo--
GET  drive_tables_export      reported_drive  Looooo---o- oo--
GET  report_draft             draft_of_drive  Looooo---o- oo--
GET  report_draft_word        draft_of_drive  Looooo---o- oo--
POST report_draft_start       draft_of_drive  Looooo---o- oo--
GET  summary_report_area      term            Looooo---o- oo--
POST summary_report_area      term            L--o------- ----
GET  summary_report_cluster   term_cluster    Looooo---o- oo--
POST summary_report_cluster   term_cluster    L--o------- ----
GET  report_draft             draft_term      Looooo--.o. oo-.
GET  report_draft             draft_summary   Looooo---o- oo--
GET  report_draft             draft_cluster   Looooo---o- oo--
GET  report_draft             draft_year      Looooo---o- oo--
GET  report_draft_word        draft_term      Looooo--.o. oo-.
GET  report_draft_word        draft_summary   Looooo---o- oo--
GET  report_draft_word        draft_cluster   Looooo---o- oo--
GET  report_draft_word        draft_year      Looooo---o- oo--
GET  report_draft_executive   draft_summary   Looooo---o- oo--
GET  report_draft_executive   draft_year      Looooo---o- oo--
GET  report_draft_start       draft_year      Looooo---o- oo--
POST report_draft_start       draft_summary   Looooo---o- oo--
GET  report_draft_cancel      draft_year      Looooo---o- oo--
POST report_draft_cancel      draft_year      Looooo---o- oo--
GET  report_draft_file        draft_year      Looooo---o- oo--
GET  report                   prepared        Looooo...o. oo..
GET  report                   published       Looooooo.o. ooo.
GET  report_changes           prepared        Looooo...o. oo..
GET  report_changes           published       Looooooo.o. ooo.
GET  report_word              prepared        Looooo...o. oo..
GET  report_word              published       Looooooo.o. ooo.
GET  word_templates           -               Looooo---o- oo--
GET  word_template            word_kind       Looooo---o- oo--
POST word_template            word_kind       L--o------- ----
GET  word_template_default    word_kind       Looooo---o- oo--
GET  word_template_file       word_version    Looooo---o- oo--
GET  word_template_reset      word_kind       L--o------- ----
POST word_template_reset      word_kind       L--o------- ----
GET  report_file              prepared        L.......... ....
GET  report_file              published       Looooooo.o. ooo.
GET  report_executive         prepared        Looooo...o. oo..
GET  memo                     prepared        Looooo...o. oo..
POST memo                     prepared        L--o--...-. --..
GET  memo                     published       Looooo--.o. oo-.
GET  memo_word                prepared        Looooo...o. oo..
GET  memo_paper               prepared        Looooo...o. oo..
GET  report                   of_cluster      Looooo...o. ooo.
GET  report_file              of_cluster      Looooo...o. ooo.
GET  report_word              of_cluster      Looooo...o. ooo.
GET  report_changes           of_cluster      Looooo...o. ooo.
GET  report_executive         of_cluster      Looooo...o. ooo.
GET  memo                     of_cluster      Looooo...o. oo-.
GET  report_publish           of_cluster      L---o-...-. ---.
GET  published_report         of_cluster_code ........... ....
GET  verify                   of_cluster_code ooooooooooo oooo
GET  report_issue             prepared        L---o-...-. --..
GET  report_issue             published       L---o---.-. ---.
POST report_issue             prepared        L---o-...-. --..
POST report_issue             published       L---o---.-. ---.
GET  report_return            prepared        L---o-...-. --..
POST report_return            prepared        L---o-...-. --..
GET  report_return            published       L---o---.-. ---.
GET  report_prepare_again     prepared        L--o--...-. --..
POST report_prepare_again     prepared        L--o--...-. --..
GET  report_prepare_again     published       L--o----.-. ---.
GET  report_revise            prepared        L--o--...-. --..
POST report_revise            prepared        L--o--...-. --..
GET  report_revise            published       L--o----.-. ---.
POST report_revise            published       L--o----.-. ---.
GET  report_discard           prepared        L--o--...-. --..
POST report_discard           prepared        L--o--...-. --..
GET  report_discard           published       L--o----.-. ---.
GET  report_publish           prepared        L---o-...-. --..
GET  report_publish           published       L---o---.-. ---.
POST report_publish           prepared        L---o-...-. --..
POST report_publish           published       L---o---.-. ---.
GET  report_withdraw          prepared        L---o-...-. --..
GET  report_withdraw          published       L---o---.-. ---.
POST report_withdraw          prepared        L---o-...-. --..
POST report_withdraw          published       L---o---.-. ---.
GET  published                -               ooooooooooo oooo
GET  published_report         prepared_code   ........... ....
GET  published_report         published_code  ooooooooooo oooo
GET  verify_form              -               ooooooooooo oooo
GET  verify                   prepared_code   ........... ....
GET  verify                   published_code  ooooooooooo oooo
GET  account_login            -               ooooooooooo oooo
POST account_logout           -               LLLLLLLLLLL LLLL
GET  account_inactive         -               ooooooooooo oooo
GET  account_change_password  -               Loooooooooo oooo
GET  my_account               -               Loooooooooo oooo
GET  access_log               -               L---------o ----
GET  system_health            -               L---------o ----
GET  api_reference            -               L---------o ----
GET  api_tokens               -               L---------o ----
GET  api_token_open           -               L---------o ----
POST api_token_open           -               L---------o ----
GET  api_token_revoke         api_token       L---------o ----
POST api_token_revoke         api_token       L---------o ----
GET  unsaved_post             unsaved         L..o....... ....
POST unsaved_post_discard     unsaved         L..o....... ....
GET  signers                  -               L--oo----oo ----
POST signers_confirm          -               L--oo----oo ----
POST access_read              -               Loooooooooo oooo
GET  password_link_code       -               ooooooooooo oooo
GET  password_link            password_link   ooooooooooo oooo
POST password_link            password_link   ooooooooooo oooo
GET  account_reauthenticate   -               Loooooooooo oooo
POST account_reauthenticate   -               Loooooooooo oooo
GET  mfa_index                -               Loooooooooo oooo
GET  mfa_authenticate         -               Loooooooooo oooo
POST mfa_authenticate         -               Loooooooooo oooo
GET  mfa_reauthenticate       -               Loooooooooo oooo
GET  mfa_reauthenticate_webauthn -            Loooooooooo oooo
GET  mfa_activate_totp        -               Loooooooooo oooo
POST mfa_activate_totp        -               Loooooooooo oooo
GET  mfa_deactivate_totp      -               L.......... ....
POST mfa_deactivate_totp      -               L.......... ....
GET  mfa_view_recovery_codes  -               L.......... ....
GET  mfa_download_recovery_codes -            L.......... ....
GET  mfa_generate_recovery_codes -            Loooooooooo oooo
POST mfa_generate_recovery_codes -            Loooooooooo oooo
GET  mfa_list_webauthn        -               Loooooooooo oooo
GET  mfa_add_webauthn         -               Loooooooooo oooo
POST mfa_add_webauthn         -               Loooooooooo oooo
GET  mfa_remove_webauthn      passkey         Loooooooooo oooo
POST mfa_remove_webauthn      passkey         Loooooooooo oooo
GET  mfa_edit_webauthn        passkey         Loooooooooo oooo
POST mfa_edit_webauthn        passkey         Loooooooooo oooo
GET  person_second_factor     person          L---------o ----
POST person_second_factor     person          L---------o ----
GET  person_second_factor     registrar       L---------- ----
POST report_render_cancel     prepared        L---o-...-. --..
POST report_render_cancel     published       L---o---.-. ---.
POST report_render            prepared        L---o-...-. --..
POST report_render            published       L---o---.-. ---.
POST sheet_texts              sheet           L.......... ....
GET  directory                -               Loooooooooo ooo-
GET  directory_export         -               Loooooooooo ooo-
GET  school_card              school          Looooooo.oo ooo.
GET  school_add               -               L--------oo ----
POST school_add               -               L--------oo ----
GET  school_edit              school          L-------.oo ---.
POST school_edit              school          L-------.oo ---.
GET  school_counts            school          L-------.oo ---.
POST school_counts            school          L-------.oo ---.
GET  school_move              school          L-------.oo ---.
POST school_move              school          L-------.oo ---.
GET  school_move_undo         school          L-------.oo ---.
POST school_move_undo         school          L-------.oo ---.
GET  school_close             school          L-------.oo ---.
POST school_close             school          L-------.oo ---.
GET  school_merge             school          L-------.oo ---.
POST school_merge             school          L-------.oo ---.
GET  school_reopen            school          L-------.oo ---.
POST school_reopen            school          L-------.oo ---.
GET  cluster_add              -               L--------oo ----
POST cluster_add              -               L--------oo ----
GET  cluster                  cluster         L--------oo ----
POST cluster                  cluster         L--------oo ----
GET  academic_year_add        -               L--------oo ----
POST academic_year_add        -               L--------oo ----
GET  academic_year            year            L--------oo ----
POST academic_year            year            L--------oo ----
GET  area_office              -               L--------oo ----
POST area_office              -               L--------oo ----
GET  area_emblem              -               L--------oo ----
POST area_emblem              -               L--------oo ----
GET  area_emblem_remove       -               L--------oo ----
POST area_emblem_remove       -               L--------oo ----
GET  emblem                   emblem          Loooooooooo oooo
GET  registry                 -               L--------oo ----
GET  clusters                 -               L--------oo ----
GET  academic_calendar        -               L--------oo ----
GET  people                   -               L--------oo ----
GET  person_open              -               L--------oo ----
POST person_open              -               L--------oo ----
GET  people_passwords         -               L--------oo ----
POST people_passwords         -               L--------oo ----
GET  person                   person          L--------oo ----
GET  person_edit              person          L--------oo ----
POST person_edit              person          L--------oo ----
GET  person_close             person          L--------oo ----
POST person_close             person          L--------oo ----
GET  person_reopen            person          L--------oo ----
POST person_reopen            person          L--------oo ----
GET  appointment_create                person          L--------oo ----
POST appointment_create                person          L--------oo ----
GET  appointment_edit                appointment     L--------oo ----
POST appointment_edit                appointment     L--------oo ----
GET  appointment_end                 appointment     L--------oo ----
POST appointment_end                 appointment     L--------oo ----
GET  appointment_transfer                appointment     L--------oo ----
POST appointment_transfer                appointment     L--------oo ----
GET  appointment_withdraw            appointment     L--------oo ----
POST appointment_withdraw            appointment     L--------oo ----
GET  person                   registrar       L--------oo ----
GET  person_edit              registrar       L---------- ----
POST person_close             registrar       L---------- ----
POST appointment_create                registrar       L---------- ----
POST appointment_end                 registrar_appointment L---------- ----
GET  imports                  -               L--o-----oo ----
GET  import_upload          kind            L--------oo ----
POST import_upload          kind            L--------oo ----
GET  import_template          kind            L--------oo ----
GET  import_upload          results_kind    L--o-----o- ----
POST import_upload          results_kind    L--o-----o- ----
GET  import_template          results_kind    L--o-----o- ----
GET  import                   import          L........oo ....
GET  import_file              import          L........oo ....
GET  import_problems          import          L........oo ....
POST import_answer            import          L........o- ....
POST import_confirm           import          L........o- ....
POST import_resume             import          L........o- ....
POST import_discard           import          L........o- ....
GET  import                   results_import  L..o.....o. ....
GET  import_file              results_import  L..o.....o. ....
GET  import_problems          results_import  L..o.....o. ....
POST import_answer            results_import  L..-.....o. ....
POST import_confirm           results_import  L..-.....o. ....
POST import_resume            results_import  L..-.....o. ....
POST import_discard           results_import  L..-.....o. ....
GET  drives                   -               Looooooooo- ooo-
GET  drive_new                -               L--o------- ----
POST drive_new                -               L--o------- ----
GET  drive                    drive           Looooooooo. ooo.
GET  drive                    draft_drive     Looooo...o. oo..
GET  drive_edit               draft_drive     L--o--...-. --..
POST drive_edit               draft_drive     L--o--...-. --..
GET  drive_weights            draft_drive     L--o--...-. --..
POST drive_weights            draft_drive     L--o--...-. --..
GET  drive_sample_indicators  draft_drive     L--o--...-. --..
POST drive_sample_indicators  draft_drive     L--o--...-. --..
GET  drive_results            draft_drive     L--o--...-. --..
POST drive_results            draft_drive     L--o--...-. --..
GET  drive_endorse            draft_drive     L--o--...-. --..
POST drive_endorse            draft_drive     L--o--...-. --..
GET  drive_team_add           draft_drive     L--o--...-. --..
POST drive_team_add           draft_drive     L--o--...-. --..
GET  drive_teams              draft_drive     Looooo...o. oo..
GET  drive_dimension          drive_dimension L--o--...-. --..
POST drive_dimension          drive_dimension L--o--...-. --..
GET  drive_choose_indicators  drive_dimension L--o--...-. --..
POST drive_choose_indicators  drive_dimension L--o--...-. --..
POST drive_weights_share      draft_drive     L--o--...-. --..
POST drive_dimension_share    drive_dimension L--o--...-. --..
GET  drive_team_edit          drive_team      L--o--...-. --..
POST drive_team_edit          drive_team      L--o--...-. --..
GET  drive_team_delete        drive_team      L--o--...-. --..
POST drive_team_delete        drive_team      L--o--...-. --..
GET  drive_reopen             drive           L--o------. ---.
POST drive_reopen             drive           L--o------. ---.
GET  drive_close              drive           L--o------. ---.
POST drive_close              drive           L--o------. ---.
GET  drive_next_plan          drive           L--o------. ---.
POST drive_next_plan          drive           L--o------. ---.
GET  drive_next               drive           L--o------. ---.
POST drive_next               drive           L--o------. ---.
GET  drive_progress           drive           Looooo---o. ooo.
GET  drive_progress_export    drive           Looooo---o. ooo.
GET  school_drives            school          Looooooo.o. ooo.
GET  school_drive             drive_school    Looooooo.o. ooo.
GET  school_drive_steps       drive_school    Looooooo.o. ooo.
GET  school_drive_lessons     drive_school    Looooooo.o. ooo.
GET  drive_indicators         drive_school    Looooooo.o. ooo.
GET  drive_progress_report    drive_school    L-----oo.-. ---.
POST drive_progress_report    drive_school    L-----oo.-. ---.
GET  drive_progress_file      drive_report    Looooooo.o. ooo.
GET  drive_project_new        drive_school    L-----oo.-. ---.
POST drive_project_new        drive_school    L-----oo.-. ---.
GET  drive_project            drive_project   Looooooo.o. ooo.
GET  drive_project_edit       drive_project   L-----oo.-. ---.
POST drive_project_edit       drive_project   L-----oo.-. ---.
GET  drive_project_report     drive_project   L-----oo.-. ---.
POST drive_project_report     drive_project   L-----oo.-. ---.
"""
ROWS = [
    (method, name, subject, "".join(signs))
    for method, name, subject, *signs in map(str.split, TABLE.strip().splitlines())
]
# Django's own pages: tests/supervision/test_admin.py holds them. What is read by a token and not
# by a person: tests/reports/api/test_access.py does.
NOT_IN_TABLE = {"admin", "health", "api"}


@pytest.fixture
def personas(request):
    return {"anonymous": None} | {name: request.getfixturevalue(name) for name in PERSONAS[1:]}


@pytest.fixture
def records(personas, round_, school, term):
    """Our school's round with everything in it, as the arguments of every address."""
    NeedsAreaFactory()
    director, supervisor = personas["school_director"], personas["supervisor"]
    leader = personas["group_director"]
    summary = scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=director, group_director=leader
    )
    practice = practices.nominate_practice(
        round_, by=supervisor, title="ก", process="ข", outcome="ค"
    )
    certificate = scenarios.certificate_issued(
        round_, supervisor=supervisor, group_director=leader, by=personas["area_director"]
    )
    report = scenarios.report_prepared(round_, by=leader)
    issue_and_publish(report, by=personas["area_director"])
    written = write_part(term.academic_year, by=leader)
    year = reports.prepare_year_report(term.academic_year, number="2/2569", by=leader)
    cluster = school.memberships.get().cluster
    SchoolFactory(cluster=cluster)  # whose people learn nothing of ours, nor ours of theirs
    of_cluster = reports.prepare_summary_report(term, cluster, number="3/2569", by=leader)
    issue(of_cluster, by=personas["area_director"])
    draft = IndicatorSetFactory(draft=True, is_sample=True)
    assessment, visit = round_.self_assessments.get(), round_.visits.get()
    plan = scenarios.plan_approved(
        group_director=leader,
        area_director=personas["area_director"],
        owner=supervisor,
        schools=[school],
    )
    activity = plan.activities.get()
    rating = start_rating(round_, leader=supervisor, rater=personas["committee_member"])
    open_visit = send_notice(rating.visit, by=supervisor)
    return {
        **create_meetings(school),
        "round": {"pk": round_.pk},
        "school": {"pk": school.pk},
        "cluster": {"pk": school.memberships.get().cluster_id},
        "term": {"pk": term.pk},
        "term_cluster": {"pk": term.pk, "cluster_pk": ClusterFactory(area=school.area).pk},
        "draft_set": {"pk": draft.pk},
        "draft_standard": {"pk": draft.standards.first().pk},
        "draft_indicator": {"pk": draft.standards.first().indicators.first().pk},
        "second_set": {"pk": second_version_of(round_.indicator_sets.get()).pk},
        "scale": {"pk": draft.scale_id},
        "data_request": {"pk": scenarios.data_asked_for(term, by=leader).pk},
        "data_issue": {"pk": create_data_issue(school, by=director).pk},
        "reported_kind": {"pk": school.pk, "kind": DataKind.PUPILS},
        "campaign": {"pk": scenarios.needs_campaign_for(round_).pk},
        "needs_topic": {"pk": NeedsTopicFactory().pk},
        "taken_up_need": {"pk": scenarios.need_taken_up(school, term, by=supervisor).pk},
        "survey_template": {"pk": scenarios.needs_campaign_for(round_).survey_template_id},
        "set": {"pk": round_.indicator_sets.get().pk},
        "judged_standard": {"pk": first_standard({"pk": visit.sheet_id})},
        "judged_indicator": {"pk": visit.sheet.answers.first().indicator_id},
        "self_assessment": {"pk": assessment.pk},
        "sheet": {"pk": assessment.sheet_id},
        "visit": {"pk": visit.pk},
        "visit_sheet": {"pk": visit.sheet_id},
        "copy": {"pk": add_signed_copy(visit, by=director).pk},
        "emblem": {"sha256": scenarios.emblem_in_use(by=personas["clerk"]).pk},
        "bundle": {"pk": create_bundle(round_, by=supervisor).pk},
        "open_visit": {"pk": open_visit.pk},
        "notice": {"pk": open_visit.notice.pk},
        "open_sheet": {"pk": rating.visit.sheet_id},
        "rater_sheet": {"pk": rating.sheet_id},
        "late_edit": {"pk": create_late_edit(visit.sheet, by=supervisor).pk},
        "evidence": {"pk": create_photo(assessment.sheet, by=director).pk},
        "visit_evidence": {"pk": create_photo(visit.sheet, by=supervisor).pk},
        "practice": {"pk": practice.pk},
        "open_meeting": {"pk": MeetingFactory(open=True, number=90).pk},
        "methods": {"pk": methods_of(term, by=leader).pk},
        "unit_practice": {"pk": unit_practice_of(supervisor).pk},
        "certificate": {"pk": certificate.pk},
        "summary": {"pk": summary.pk},
        "recommendation": {"pk": round_.recommendations.get().pk},
        "assessment": {"pk": assessment_from_outside(round_.school).pk},
        "external_advice": {"pk": external_advice(round_.school, by=supervisor).pk},
        "feed": {"token": create_calendar_feed(by=supervisor).token},
        "annexed_order": {"pk": ListedAssignmentFactory().officer.order_id},
        "unsigned_order": {"pk": OfficialOrderFactory(draft=True).pk},
        "plan": {"pk": plan.pk},
        "duty": {"pk": DutyFactory().pk},
        "plan_source": {"pk": plan.sources.get().pk},
        "activity": {"pk": activity.pk},
        "form_code": {"code": "7.1"},
        "form_activity": {"pk": activity.pk, "code": "7.1"},
        "activity_file": {"pk": scenarios.activity_evidence_added(activity, by=supervisor).pk},
        "special_day": {"pk": create_special_day(term).pk},
        "network_year": {"year": 2569},
        **create_annual_reports(school, by=director),
        "new_fact": {"pk": school.pk, "part": "teachers"},
        "school_fact": {
            "pk": school.pk,
            "part": "circumstances",
            "fact": CircumstanceFactory(school=school).pk,
        },
        "project_kind": {"pk": ProjectKindFactory().pk},
        "policy_focus": {"pk": PolicyFocusFactory().pk},
        "coming_year": {"year": fiscal_year(timezone.localdate()) + 1},
        "external": create_external_assessment(school, by=director),
        "network_rows": {"pk": create_network_rows(round_, by=supervisor)},
        "progress": {"pk": report_progress_with_file(round_, director).pk},
        **learning_targets(school, term.academic_year),
        **draft_targets(term, round_),
        **order_targets(),
        "published": {"pk": report.pk},
        "prepared": {"pk": year.pk},
        "of_cluster": {"pk": of_cluster.pk},
        "published_code": {"code": report.code},
        "prepared_code": {"code": year.code},
        "of_cluster_code": {"code": of_cluster.code},
        "year": {"year": term.academic_year.year},
        "written_part": {"year": term.academic_year.year, "key": written.part.key},
        "written_version": {
            "year": term.academic_year.year,
            "key": written.part.key,
            "version": written.pk,
        },
        "written_summary": {"pk": term.pk, "cluster_pk": school.memberships.get().cluster_id},
        "password_link": {"code": create_password_link(by=personas["clerk"])},
        "person": {"pk": personas["academic_teacher"].pk},
        "appointment": {"pk": personas["academic_teacher"].appointments.get().pk},
        "api_token": {"pk": create_token(by=personas["administrator"]).pk},
        **create_drives(round_, by=leader),
        "school_drive": school_in_drive(school, term, by=supervisor),
        **ranking_targets(round_, by=leader, director=director),
        **create_agreement(round_, by=supervisor),
        **create_drive_progress(round_, by=director),
        "passkey": {"pk": 0},  # asks who it is before it looks for a passkey of theirs
        "registrar": {"pk": personas["administrator"].pk},
        "registrar_appointment": {"pk": personas["administrator"].appointments.get().pk},
        **create_honours(term, school, by=leader),
        **create_mentoring(round_, leader=supervisor),
        "kind": {"kind": "schools"},
        "results_kind": {"kind": "learning_results"},
        "word_kind": {"kind": "term"},
        "word_version": {"pk": create_word_template(by=leader).pk},
        "unsaved": {"pk": create_unsaved_post(by=leader).pk},
        "import": {"pk": upload_import(by=personas["clerk"]).pk},
        "results_import": {"pk": upload_import("learning_results", by=personas["clerk"]).pk},
        "process": {"code": WorkProcessFactory().code},
        "handbook": create_handbook_job(supervisor),
        "process_year": {"code": WorkProcessFactory().code, "year": fiscal_year_today()},
        **cooperation_targets(term, school, by=leader),
        "step": {
            "process": SUPERVISION_PROCESS,
            "year": fiscal_year_today(),
            "number": StepSheet.objects.create(number=1, detail="ก", timing="ก").number,
        },
    }


def school_in_drive(school, term, *, by):
    """Our school's part in the year's drive, its baseline being collected."""
    drive = QualityDrive.objects.get(academic_year=term.academic_year)
    begin_school_drive(drive, school, by=by)
    return {"year": term.academic_year.year, "pk": school.pk}


def methods_of(term, *, by):
    facts = {"methods": ["on_site"], "tools": [], "description": ""}
    return save_methods(term, None, by=by, **facts)


def unit_practice_of(officer):
    words = {"title": "นิเทศออนไลน์", "process": "ก", "outcome": "ข"}
    work = WorkProcessFactory().work
    return practices.nominate_unit_practice(
        by=officer, kind=PracticeKind.METHOD, work=work, **words
    )


def learning_targets(school, year):
    """A kind of test whose results the office enters, and one whose results schools do."""
    subject = TestSubjectFactory()
    of_school = TestKindFactory(name="การอ่าน", entered_by=DataOwner.SCHOOL)
    school_year = {"pk": school.pk, "year": year.year}
    return {
        "test_kind": {"pk": subject.kind_id},
        "test_subject": {"pk": subject.pk},
        "year_of_kind": {"year": year.year, "kind_pk": subject.kind_id},
        "school_year": school_year,
        "office_results": school_year | {"kind_pk": subject.kind_id},
        "own_results": school_year | {"kind_pk": of_school.pk},
    }


def ranking_targets(round_, *, by, director):
    """The order of the year's drive, shown to schools, and our school's objection to it."""
    year, school = round_.term.academic_year, round_.school
    drive = QualityDrive.objects.get(academic_year=year)
    objection = submit_ranking_objection(
        ranking_shown(drive, by=by), school, by=director, text="ระดับของตัวชี้วัดแรกไม่ตรง"
    )
    return {
        "ranked_year": {"year": year.year},
        "ranked_school": {"year": year.year, "pk": school.pk},
        "objection": {"pk": objection.pk},
    }


def draft_targets(term, round_):
    """What drafts are asked for; that of the year is there."""
    job = BookJob.objects.create(academic_year=term.academic_year, done_at=timezone.now())
    job.file.save("draft.pdf", ContentFile(b"%PDF-1.7"))
    cluster = round_.school.memberships.get().cluster_id
    return {
        "draft_term": {"kind": "term", "target": str(round_.pk)},
        "draft_summary": {"kind": "summary", "target": str(term.pk)},
        "draft_cluster": {"kind": "summary", "target": f"{term.pk}-{cluster}"},
        "draft_year": {"kind": "year", "target": str(term.academic_year.year)},
    }


def second_version_of(indicator_set):
    return IndicatorSetFactory(name=indicator_set.name, version=2, previous=indicator_set)


def create_word_template(*, by):
    template = OfficeWordTemplate(kind="term", name="ก.docx", created_by=by)
    template.file.save("term.docx", ContentFile(default_word_template("term")))
    return template


def issue_and_publish(report, *, by):
    issue(report, by=by)
    reports.publish_report(report, by=by)


def issue(report, *, by):
    """Issue with a file that took no time to make."""
    reports.issue_report(report, by=by)
    report.sha256 = "0" * 64
    report.file.save("report.pdf", ContentFile(b"%PDF-1.7"))


def add_signed_copy(visit, *, by, content=b"%PDF-1.7"):
    """The paper of a signed record, as somebody scanned it."""
    return attach_signed_copy(
        visit, SanitizedFile("scan.pdf", ContentFile(content, "scan.pdf")), by=by
    )


def start_rating(round_, *, leader, rater):
    """A further visit under way, in whose team one rates for themselves."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    facts = {"visit_on": tomorrow, "purpose": "ก", "leader": leader, "team": [rater]}
    visit = visits.plan_visit(round_, by=leader, **facts)
    visits.start_visit_record(visit, by=leader)
    return ratings.start_rating(visit, by=rater)


def send_notice(visit, *, by):
    """Announce the visit to its school."""
    send_visit_notice(scenarios.visit_notice_written(visit, by=by), by=by)
    return visit


def create_handbook_job(officer):
    """The handbook of the year, which somebody had drawn before."""
    year = fiscal_year(timezone.localdate())
    HandbookJob.objects.create(officer=officer, fiscal_year=year)
    return {"year": year, "officer": officer.pk}


def create_data_issue(school, *, by):
    """What the school says of its pupils, whom the clerk counts."""
    return report_data_issue(school, by=by, data_kind=DataKind.PUPILS, text="ก", should_be="ข")


def create_bundle(round_, *, by):
    """Papers of the school that took no time to be made into one."""
    bundle = ask_for_bundle(round_.term, [round_.school], by=by, subject="ก")
    bundle.file.save("bundle.pdf", ContentFile(b"%PDF-1.7"))
    return bundle


def access_sign(response) -> str:
    """The answer as the table writes it."""
    location = response.headers.get("Location", "")
    if response.status_code == 401 or location.startswith(reverse("account_login")):
        return "L"
    return {403: "-", 404: "."}.get(response.status_code, "o")


def request_as(user, method: str, name: str, url: str) -> str:
    """Ask as this person and leave no trace, so that the next one finds everything as it was."""
    client = Client()
    if user:
        client.force_login(user)
    sent = {}
    if name in ("sheet_edits", "compose_save"):  # says whose page it is, or nothing is looked at
        page = {"user": user.pk if user else 0, "edits": []}
        page |= dict.fromkeys(("text", "version", "unanswered"), "")
        sent = {"data": page, "content_type": "application/json"}
    if name == "sheet_evidence":
        sent = {"data": {"user": user.pk if user else 0}}
    with transaction.atomic():
        response = getattr(client, method.lower())(url, **sent)
        transaction.set_rollback(True)
    if response.streaming:
        response.getvalue()  # a file that nobody reads stays open
    return access_sign(response)


SUBJECTS = sorted({subject for _, _, subject, _ in ROWS})
PARTS = 8  # of the table: each sets everything out once, and workers share them


@pytest.mark.db_agnostic
@pytest.mark.parametrize("part", range(PARTS))
def test_access(personas, records, part):
    """The addresses of some things; setting everything out for each row would take minutes."""
    subjects = SUBJECTS[part::PARTS]
    said = {row[:3]: row[3] for row in ROWS if row[2] in subjects}
    assert {row: access_signs(personas, records, *row) for row in said} == said


def access_signs(personas, records, method: str, name: str, subject: str) -> str:
    """One sign for each of the personas."""
    standard = {"standard": first_standard(records[subject])} if name == "sheet_standard" else {}
    url = reverse(name, kwargs=records.get(subject, {}) | standard)
    return "".join(request_as(personas[who], method, name, url) for who in PERSONAS)


def order_targets():
    """A signed order with its scan, and a draft that replaces it."""
    order = OfficialOrderFactory(scan=ContentFile(jpeg(), "order.jpg"), scan_name="order.jpg")
    duty, draft = DutyFactory(officer__order=order), DutyFactory(officer__order__draft=True)
    new = draft.officer.order
    return {
        "order": {"pk": order.pk},
        "order_officer": {"pk": duty.officer_id},
        "draft_order": {"pk": new.pk},
        "draft_officer": {"pk": draft.officer_id},
        "new_duty": {"pk": draft.officer_id, "kind": draft.kind},
        "draft_duty": {"pk": draft.pk},
        "supersession": {"pk": new.supersessions.create(superseded=order, text="ก").pk},
    }


def write_part(academic_year, *, by):
    """A line of the history of a part of the year's report."""
    composition = composing.create_composition_of_year(academic_year)
    part = composition.parts.get(key="discussion")
    sources = load_text_sources(composition)
    version = composing.part_version_token(part)
    composing.save_part_text(part, text="ก", version=version, sources=sources, by=by)
    return part.versions.get()


def create_meetings(school):
    """A meeting of ก.ต.ป.น. that is over, one planned for today, and one of the cluster."""
    committee = CommitteeFactory()
    member = CommitteeMemberFactory(committee=committee)
    meeting = MeetingFactory(committee=committee, number=80)
    planned = MeetingFactory(committee=committee, number=81, planned=True)
    item = planned.agenda.create(position=1, kind="other", title="ก")
    recusal = meeting.recusals.create(member=member, school=school, reason="ก")
    cluster = school.memberships.get().cluster
    of_cluster = CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=cluster)
    return {
        "committee": {"pk": committee.pk},
        "subcommittee": {"pk": of_cluster.pk},
        "committee_member_row": {"pk": member.pk},
        "meeting": {"pk": meeting.pk},
        "planned_meeting": {"pk": planned.pk},
        "cluster_meeting": {"pk": MeetingFactory(committee=of_cluster).pk},
        "agenda_item": {"pk": item.pk},
        "recusal": {"pk": recusal.pk},
    }


def create_special_day(term):
    day = term.opens_on
    return SpecialDay.objects.create(name="วันครู", kind="holiday", starts_on=day, ends_on=day)


def create_annual_reports(school, *, by):
    """A draft of one year, and the report of another with its file."""
    EducationStandardFactory(number=1)
    file = SanitizedFile("SAR.pdf", ContentFile(b"%PDF-1.7"))
    draft_report(school, AcademicYearFactory(year=2567), by=by)
    paper_report(
        school, AcademicYearFactory(year=2566), by=by, received_on=timezone.localdate(), file=file
    )
    return {
        "sar_year": {"year": 2566},
        "draft_sar": {"pk": school.pk, "year": 2567},
        "sent_sar": {"pk": school.pk, "year": 2566},
    }


def create_external_assessment(school, *, by):
    file = SanitizedFile("ผล.pdf", ContentFile(b"%PDF-1.7"))
    content = AssessmentContent({"agency": "ก"}, file=file)
    assessment = record_external_assessment(school, by=by, content=content)
    return {"pk": school.pk, "assessment_pk": assessment.pk}


def create_network_rows(round_, *, by):
    """One row of each kind about networks; they share a key, so one subject does for all."""
    network = NetworkFactory(pk=SHARED_KEY)
    NetworkMemberFactory(pk=SHARED_KEY, network=network, school=round_.school)
    source = LearningSourceFactory(pk=SHARED_KEY, school=round_.school)
    ForumFactory(pk=SHARED_KEY)
    facts = {"pk": SHARED_KEY, "by": by, "at": timezone.now()}
    file = NetworkFile(source=source, caption="ก", file_name="ก.pdf", **facts)
    file.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    advice = round_.recommendations.get()
    AdviceHelp.objects.create(recommendation=advice, source=source, **facts)
    line = DisseminationFactory.build(pk=SHARED_KEY, recorded_by=by)
    line.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    return SHARED_KEY


def create_honours(term, school, *, by):
    """A school's honours in the year's drive: proposed, awarded, and released to the public."""
    drive = QualityDrive.objects.get(academic_year=term.academic_year)
    proposed = honour_proposed(drive, school, by=by, category="ก")
    return {
        "honour_category": {"pk": proposed.category_id},
        "proposed_honour": {"pk": proposed.pk},
        "awarded_honour": {"pk": honour_awarded(drive, school, by=by, category="ข").pk},
        "released_honour": {"pk": honour_released(drive, school, by=by, category="ค").pk},
    }


def create_mentoring(round_, *, leader):
    """A signed record of mentoring at the school, and its sub-committee's submitted report."""
    visit = mentoring_signed(round_, leader=leader)
    report = monitoring_submitted(round_, by=leader)
    return {"mentoring": {"pk": visit.pk}, "monitoring": {"pk": report.pk}}


def create_photo(sheet, *, by):
    """A photo that was on the sheet before it was frozen."""
    piece = Evidence(
        id=uuid4(), sheet=sheet, kind="photo", name="ภาพ.jpg", by=by, at=timezone.now()
    )
    piece.thumbnail.save("small.jpg", ContentFile(jpeg()), save=False)
    piece.file.save("large.jpg", ContentFile(jpeg()))
    return piece


def create_late_edit(sheet, *, by):
    """What the supervisor's phone sent when the record was signed already."""
    edit = SubmittedEdit(uuid4(), None, AnswerField.STRENGTHS, "ก")
    store_late_edits(sheet, [edit], by=by)
    return LateEdit.objects.get()


def report_progress_with_file(round_, director):
    photo = SanitizedFile("ภาพ.jpg", ContentFile(jpeg(), "ภาพ.jpg"))
    return report_progress(round_.recommendations.get(), by=director, text="ก", file=photo)


def create_drives(round_, *, by):
    """The drive at work of the round's year, and a draft of another year."""
    indicators = Indicator.objects.filter(standard__indicator_set__rounds=round_)
    at_work = drive_at_work(round_.term, indicators, by=by)
    draft = start_drive(AcademicYearFactory(year=2580), by=by)
    return {
        "drive": {"year": at_work.academic_year.year},
        "draft_drive": {"year": draft.academic_year.year},
        "reported_drive": {"drive_year": at_work.academic_year.year},
        "draft_of_drive": {"kind": "drive", "target": str(at_work.academic_year.year)},
        "drive_dimension": {"year": draft.academic_year.year, "code": "Q1"},
        "drive_team": {"year": draft.academic_year.year, "pk": drive_team(draft).pk},
    }


def create_agreement(round_, *, by):
    """The agreement that our school considers, with one promise of the office."""
    drive = QualityDrive.objects.get(academic_year=round_.term.academic_year)
    agreement = agreement_drafted(drive, round_.school, by=by)
    promise = PromisedSupport("ก", Assignee.SUPERVISOR, timezone.localdate())
    support = add_agreement_support(agreement, by=by, support=promise)
    propose_agreement(agreement, by=by)
    return {
        "school_in_drive": {"year": drive.academic_year.year, "pk": round_.school_id},
        "agreement": {"pk": agreement.pk},
        "agreement_support": {"pk": support.pk},
    }


def drive_team(drive):
    return DriveTeam.objects.create(
        drive=drive, committee=CommitteeFactory(kind=CommitteeKind.WORKING_GROUP, name="ก")
    )


def create_drive_progress(round_, *, by):
    """What the school does of its own in the drive at work, and a report with a file."""
    drive, school = QualityDrive.objects.get(academic_year=round_.term.academic_year), round_.school
    project = school_project_added(drive, school, by=by)
    [report] = progress_reported(drive, school, by=by, with_file=True)
    return {
        "drive_school": {"year": drive.academic_year.year, "pk": school.pk},
        "drive_project": {"pk": project.pk},
        "drive_report": {"pk": report.pk},
    }


def assessment_from_outside(school):
    return ExternalAssessment.objects.filter(school=school).first() or (
        ExternalAssessmentFactory(school=school)
    )


def external_advice(school, *, by):
    facts = {"assignee": Assignee.SCHOOL_DIRECTOR, "due_on": timezone.localdate()}
    return record_external_advice(assessment_from_outside(school), by=by, text="ก", **facts)


def create_unsaved_post(*, by):
    return UnsavedPost.objects.create(user=by, action="/", page="/", fields=[["name", "ก"]])


def create_password_link(*, by):
    return issue_password_link(UserFactory(), by=by).code


def create_token(*, by):
    account = user_with_role(Role.EXTERNAL_SYSTEM, "external_system")
    facts = {"receiver": "ก", "purpose": "ข", "scopes": ["terms"], "rate_limit": 60}
    today = timezone.localdate()
    return create_api_token(by=by, account=account, expires_on=today, **facts).row


def upload_import(kind="schools", *, by):
    """By the clerk: nobody else may have it saved."""
    return upload_import_file(ContentFile(b"a,b", "a.csv"), kind=kind, by=by)


def first_standard(sheet):
    return Standard.objects.filter(indicator_set__rounds__sheets=sheet["pk"]).first().pk


def test_no_url_is_without_a_row():
    assert {name for _, name, _, _ in ROWS} == set(url_names(get_resolver().url_patterns))


def url_names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name not in NOT_IN_TABLE:
            yield from url_names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name not in NOT_IN_TABLE:
            yield pattern.name
