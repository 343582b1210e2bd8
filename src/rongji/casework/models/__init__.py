"""Tables of casework."""

from rongji.casework.models.batch import CaseBatch
from rongji.casework.models.case import Case, CaseClock, CaseContact
from rongji.casework.models.traces import CaseAct, CaseLetter, CaseMember, CasePaper

__all__ = ["Case", "CaseAct", "CaseBatch", "CaseClock", "CaseContact", "CaseLetter", "CaseMember", "CasePaper"]
