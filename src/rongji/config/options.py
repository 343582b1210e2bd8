"""The one settings object: every entry with its default, unit and a line of text that feeds the reference.

Read once, from the environment (`RONGJI_…`) and from an optional TOML file (`RONGJI_CONFIG`, else
`rongji.toml` in the working directory); the environment wins. Nothing else reads the environment.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rongji.kernel.refusal import Refusal

ReadOptions = TypeVar("ReadOptions", bound=BaseSettings)
ENVIRONMENT_PREFIX = "RONGJI_"
DEMO_SECRET = "rongji-demo-secret-that-everybody-can-read-never-use-it-in-production"
DEMO_DATA_KEY = "demo:rongji-demo-data-key-that-everybody-can-read-never-use-it-in-production"
DEMO_INDEX_KEY = "rongji-demo-index-key-that-everybody-can-read-never-use-it-in-production"


class OptionsUnreadable(Refusal):
    """A setting with a value that cannot be used."""

    code = "options-unreadable"
    sentence = "设置有误：{problems}。请改正环境变量或设置文件后再启动。"
    exit_code = 2


class Mode(StrEnum):
    """What this installation is for."""

    DEMO = "demo"  # 演示：不需要任何密钥，数据都是示例
    PRODUCTION = "production"  # 正式使用：有演示密钥等情况时拒绝启动
    TEST = "test"  # 自动测试


class DataCipher(StrEnum):
    """How personal numbers are encrypted where they are stored."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"


def entry(default: Any, description: str, unit: str = "", **limits: Any) -> Any:
    """One entry of a settings object."""
    return Field(default=default, description=description, json_schema_extra={"unit": unit}, **limits)


class Options(BaseSettings):
    """Everything that a site may decide. Field names in upper case with `RONGJI_` before are the variables."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, frozen=True, extra="forbid")

    mode: Mode = entry(Mode.DEMO, "运行方式：demo 演示，production 正式使用，test 自动测试。")
    data_dir: Path = entry(Path("var"), "数据目录：数据库文件、佐证材料和封存文件都放在这里。", "目录")
    secret_key: SecretStr = entry(SecretStr(DEMO_SECRET), "签名密钥：正式使用时必须换成自己的随机长字符串。")
    old_secret_keys: tuple[SecretStr, ...] = entry((), "更换签名密钥期间仍然认得的旧密钥，JSON 列表。")
    database_url: str = entry("", "数据库地址，如 postgresql://用户:密码@主机:5432/库名；不填则用数据目录里的 SQLite。")
    allowed_hosts: tuple[str, ...] = entry(
        ("localhost", "127.0.0.1", "[::1]"), "允许访问的主机名或地址，写成 JSON 列表。"
    )
    trusted_origins: tuple[str, ...] = entry((), "允许提交表单的来源（含 https://），经反向代理访问时填写，JSON 列表。")
    trusted_proxies: int = entry(0, "本系统前面有几层反向代理；据此从转发头里取用户真实地址。", "层", ge=0, le=5)
    https: bool = entry(True, "正式使用时是否只走 https（安全 Cookie、HSTS）；演示和测试方式下不起作用。")
    host: str = entry("127.0.0.1", "网页服务监听的地址。")
    port: int = entry(8000, "网页服务监听的端口。", "端口号", ge=1, le=65535)
    threads: int = entry(8, "网页服务的线程数。", "个", ge=1, le=64)
    log_level: str = entry("INFO", "日志级别：DEBUG、INFO、WARNING、ERROR。", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    font_dir: Path | None = entry(
        None, "字体目录：放有仿宋、楷体等开放授权字体时，PDF 优先使用；不填则用系统字体和随附字体。", "目录"
    )

    session_idle_minutes: int = entry(30, "多久没有操作就自动退出登录。", "分钟", ge=1, le=24 * 60)
    session_absolute_hours: int = entry(8, "一次登录最长保持多久，到时必须重新登录。", "小时", ge=1, le=24)
    sessions_per_user: int = entry(3, "同一账号最多同时登录几处，超出时最早的一处自动退出。", "处", ge=1, le=50)
    login_failures_allowed: int = entry(5, "密码连续输错几次后锁定该账号的登录。", "次", ge=1, le=20)
    login_lock_minutes: int = entry(15, "登录锁定后多久自动解锁。", "分钟", ge=1, le=24 * 60)
    login_failures_per_address: int = entry(50, "同一网络地址在锁定时长内最多允许输错几次密码。", "次", ge=1)
    password_min_length: int = entry(10, "密码最少几个字符。", "个", ge=8, le=64)
    password_max_age_days: int = entry(90, "密码最长使用多少天，到期登录时必须修改；0 表示不限。", "天", ge=0)
    second_factor_required: bool = entry(False, "是否要求每个账号都启用动态口令（第二验证因素）才能使用。")

    data_keys: tuple[SecretStr, ...] = entry(
        (SecretStr(DEMO_DATA_KEY),),
        "身份证号、电话、账号的加密密钥（不放在数据库里），JSON 列表，每项写成“编号:随机长字符串”；"
        "第一项用于加密，其余只用于解密旧数据。丢失后这些号码无法恢复，请另处备份。",
    )
    data_cipher: DataCipher = entry(
        DataCipher.AES_256_GCM, "加密算法：aes-256-gcm 或 sm4-gcm（国密）；更换后新写入的用新算法，旧数据仍可读。"
    )
    index_key: SecretStr = entry(
        SecretStr(DEMO_INDEX_KEY), "号码索引密钥（不放在数据库里）：按身份证号、尾号、电话、账号查找时用。"
    )

    public_window: bool | None = entry(
        None, "是否开通网上窗口（公众网站的内侧：发布内容、取回来件）；不填则演示时开通，其余不开通。"
    )
    public_bureau: str = entry("", "网上窗口属于哪个单位（机构编码）；只有一个单位时不用填。")
    public_data_dir: Path | None = entry(
        None, "网上窗口自己的数据目录（与公众网站进程共用）；不填则在数据目录的 public 下。", "目录"
    )
    public_database_url: str = entry(
        "", "网上窗口自己的数据库地址（与业务数据库分开）；不填则用窗口数据目录里的 SQLite。"
    )
    public_contact: tuple[str, ...] = entry(
        (), "网上窗口每页下方写的地址、电话、办公时间，JSON 列表，一项一行；改后重新发布才变。"
    )
    public_interval_minutes: int = entry(
        10, "网页服务运行时每隔多久取回一次网上来件、送出一次办理状态；0 表示只在有人操作时进行。", "分钟", ge=0
    )

    seal_dir: Path | None = entry(
        None, "审计封存文件的目录；最好另放一块盘或另一台机器，不填则在数据目录的 seals 下。", "目录"
    )
    seal_key: SecretStr = entry(
        SecretStr(""), "封存签名密钥（不放在数据库里）；填写后每次封存都带签名，改封存文件也会被发现。"
    )
    seal_interval_minutes: int = entry(
        60, "网页服务运行时每隔多久封存一次审计记录的末尾；0 表示不自动封存。", "分钟", ge=0
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the TOML file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=toml_file())

    @property
    def is_production(self) -> bool:
        """Whether real data is kept here."""
        return self.mode is Mode.PRODUCTION

    @property
    def home(self) -> Path:
        """The data directory as an absolute path."""
        return self.data_dir.expanduser().absolute()

    @property
    def seals(self) -> Path:
        """Where the heads of the audit trail are sealed."""
        return self.seal_dir.expanduser().absolute() if self.seal_dir else self.home / "seals"

    @property
    def evidence(self) -> Path:
        """Where attached evidence files are kept."""
        return self.home / "evidence"

    @property
    def has_public_window(self) -> bool:
        """Whether there is a public window to publish to and to collect from."""
        return self.mode is Mode.DEMO if self.public_window is None else self.public_window

    @property
    def public_home(self) -> Path:
        """The data directory of the public window."""
        return self.public_data_dir.expanduser().absolute() if self.public_data_dir else self.home / "public"


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One line of the settings reference."""

    variable: str
    name: str
    default: str
    unit: str
    description: str


def option_entries(model: type[BaseSettings] = Options) -> Iterator[OptionEntry]:
    """Every entry, in order, as the reference prints it; secrets show no default."""
    prefix = model.model_config.get("env_prefix", "")
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        yield OptionEntry(
            variable=f"{prefix}{name.upper()}",
            name=name,
            default=_shown(field.default),
            unit=str(extra.get("unit", "")),
            description=field.description or "",
        )


@cache
def load_options() -> Options:
    """The options of this process, read once.

    Raises: OptionsUnreadable, naming every entry at fault.
    """
    return read_options(Options)


def read_options(model: type[ReadOptions]) -> ReadOptions:
    """The options of one kind, from the environment and their file.

    Raises: OptionsUnreadable, naming every entry at fault.
    """
    try:
        return model()
    except ValidationError as error:
        raise OptionsUnreadable(problems="；".join(_problems(error, model))) from None


def variables_set(names: Iterable[str]) -> tuple[str, ...]:
    """Which of these variables are in the environment of this process."""
    return tuple(name for name in names if os.environ.get(name))


def environment_of_window(options: Options) -> dict[str, str]:
    """The environment for the public window's process: nothing that only the inside may hold, and where its data is."""
    own = "RONGJI_PUBLIC_"
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    kept |= {name: text for name, text in os.environ.items() if name.startswith(own)}
    return {**kept, f"{own}MODE": options.mode.value, f"{own}DATA_DIR": str(options.public_home)}


def run_under(settings_module: str) -> None:
    """Have Django read these settings in this process, whatever the environment says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module


def _problems(error: ValidationError, model: type[BaseSettings]) -> Iterator[str]:
    known = model.model_fields
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        meaning = f"应填：{known[name].description}" if name in known else "没有这一项设置"
        yield f"{name}（{problem['msg']}），{meaning}".rstrip("。")


def toml_file(prefix: str = ENVIRONMENT_PREFIX, usual: str = "rongji.toml") -> Path | None:
    """The settings file: the one that the environment names, else the usual one of the working directory."""
    named = os.environ.get(f"{prefix}CONFIG")
    path = Path(named) if named else Path(usual)
    return path if named or path.is_file() else None


def _shown(default: Any) -> str:
    if isinstance(default, SecretStr):
        return "（演示用）" if default.get_secret_value() else ""
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, tuple) and default and isinstance(default[0], SecretStr):
        return "（演示用）"
    if isinstance(default, tuple):
        return "[" + ", ".join(f'"{item}"' for item in default) + "]" if default else ""
    return "" if default is None else str(default.value if isinstance(default, StrEnum) else default)
