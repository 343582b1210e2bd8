"""Users, the table of roles, and which user holds which role where."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from rongji.accounts.types import ROLE_LABELS, Grant, Role

_ROLE_CHOICES = [(role.value, ROLE_LABELS[role]) for role in Role]
USERNAME_SHAPE = r"^[a-z0-9][a-z0-9._-]{2,63}$"


class UserManager(BaseUserManager["User"]):
    """Accounts by login name; names are kept in lower case."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Store an account. Services call this after permission and with an audit entry; so do test factories."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of that login name, whatever its case."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """账号. One person's account; what it may do comes from its role assignments alone, there is no superuser.

    organisation: where the person works, which is not yet a right to see anything.
    """

    username = models.CharField(
        "登录名",
        max_length=64,
        unique=True,
        validators=[RegexValidator(USERNAME_SHAPE, "请用小写字母、数字、点、横线或下划线，3 到 64 个字符。")],
    )
    display_name = models.CharField("显示名称", max_length=64)
    phone = models.CharField("手机号", max_length=20, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name="所在机构", on_delete=models.PROTECT, null=True, blank=True
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    class Meta:
        """Login names differ by more than case."""

        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="user_username_is_lower_case",
                violation_error_message="登录名只能用小写字母。",
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def unit_code(self) -> str:
        """Code of the organisation the person works in."""
        return self.organisation.code if self.organisation else ""

    @property
    def area_code(self) -> str:
        """Area code of the organisation the person works in."""
        return self.organisation.area_code if self.organisation else ""


class RoleRecord(models.Model):
    """角色. The table of roles, kept equal to the enumeration by `rongji setup`."""

    code = models.CharField("角色代码", max_length=32, primary_key=True, choices=_ROLE_CHOICES)
    label = models.CharField("角色名称", max_length=64)

    class Meta:
        """Names for people."""

        verbose_name = verbose_name_plural = "角色"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


class RoleAssignment(models.Model):
    """角色授予. A user holds a role within an organisation's subtree and an area, each empty for no limit."""

    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.PROTECT, related_name="role_assignments")
    role = models.ForeignKey(RoleRecord, verbose_name="角色", on_delete=models.PROTECT)
    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name="机构范围", on_delete=models.PROTECT, null=True, blank=True
    )
    area_prefix = models.CharField("区划范围", max_length=12, blank=True, default="")

    class Meta:
        """The same right is given once."""

        verbose_name = verbose_name_plural = "角色授予"
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "area_prefix"],
                name="role_given_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "area_prefix"],
                condition=models.Q(organisation__isnull=True),
                name="role_given_once_without_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

    @property
    def grant(self) -> Grant:
        """The assignment as the actor carries it."""
        path = self.organisation.path if self.organisation else ""
        return Grant(role=Role(self.role_id), path=path, area=self.area_prefix)
