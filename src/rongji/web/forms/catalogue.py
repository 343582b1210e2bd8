"""Every form there is: the address table is made from this list, and the pages offer its doors."""

from rongji.web.forms.awards import AWARD_FORMS
from rongji.web.forms.cases import EVERY_CASE_FORM
from rongji.web.forms.confirming import CONFIRMATION_FORMS
from rongji.web.forms.form import Form
from rongji.web.forms.intake import INTAKE_FORMS
from rongji.web.forms.merging import MERGE_FORMS
from rongji.web.forms.network import NETWORK_FORMS
from rongji.web.forms.opening_cases import OPENING_FORMS
from rongji.web.forms.person import PERSON_FORMS
from rongji.web.forms.placement import BUREAU_FORMS, COHORT_FORMS
from rongji.web.forms.placement_candidate import CANDIDATE_FORMS
from rongji.web.forms.placement_session import SESSION_FORMS
from rongji.web.forms.records import RECORD_FORMS
from rongji.web.forms.recoveries import RECOVERY_FORMS
from rongji.web.forms.registering import REGISTER_FORMS

FILE_FORMS: tuple[Form, ...] = (*PERSON_FORMS, *AWARD_FORMS)
FORMS: tuple[Form, ...] = (
    *REGISTER_FORMS,
    *FILE_FORMS,
    *CONFIRMATION_FORMS,
    *MERGE_FORMS,
    *RECOVERY_FORMS,
    *OPENING_FORMS,
    *EVERY_CASE_FORM,
    *RECORD_FORMS,
    *NETWORK_FORMS,
    *INTAKE_FORMS,
    *BUREAU_FORMS,
    *COHORT_FORMS,
    *CANDIDATE_FORMS,
    *SESSION_FORMS,
)
