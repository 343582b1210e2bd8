"""What a password must be, in Chinese, for Django's list of validators."""

import re
from typing import Any

from django.core.exceptions import ValidationError

_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
_CLASSES_NEEDED = 3


class MinimumLength:
    """Long enough."""

    def __init__(self, min_length: int) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"密码不能少于 {self.min_length} 个字符。"


class CharacterClasses:
    """Three of the four kinds of characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if sum(bool(re.search(pattern, password)) for pattern in _CLASSES) < _CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码要包含小写字母、大写字母、数字、符号中的至少三类。"


class DiffersFromPresent:
    """A change must change something."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="password_unchanged")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "新密码不能与现在的密码相同。"
