"""What the public window's own process may be told. It shares two entries with the bureau's: where its database is."""

from functools import cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rongji.config.options import Mode, entry, read_options, toml_file

PREFIX = "RONGJI_PUBLIC_"
DEMO_SECRET = "rongji-public-demo-secret-that-everybody-can-read-never-use-it-in-production"
# What only the bureau's own process may hold; the window refuses to start beside any of it.
INSIDE_ONLY = ("RONGJI_SECRET_KEY", "RONGJI_DATABASE_URL", "RONGJI_DATA_KEYS", "RONGJI_INDEX_KEY", "RONGJI_SEAL_KEY")


class PublicOptions(BaseSettings):
    """Everything that the public window may decide. Field names in upper case with `RONGJI_PUBLIC_` before."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    mode: Mode = entry(Mode.DEMO, "网上窗口的运行方式：demo 演示，production 正式使用，test 自动测试。")
    data_dir: Path = entry(Path("var/public"), "网上窗口的数据目录，与业务数据目录分开。", "目录")
    database_url: str = entry("", "网上窗口的数据库地址，与业务数据库分开；不填则用窗口数据目录里的 SQLite。")
    secret_key: SecretStr = entry(
        SecretStr(DEMO_SECRET), "网上窗口自己的签名密钥，与业务系统的不同；正式使用时必须换成自己的随机长字符串。"
    )
    allowed_hosts: tuple[str, ...] = entry(
        ("localhost", "127.0.0.1", "[::1]"), "网上窗口的主机名或地址，写成 JSON 列表。"
    )
    trusted_origins: tuple[str, ...] = entry((), "经反向代理访问时允许提交表单的来源（含 https://），JSON 列表。")
    trusted_proxies: int = entry(0, "网上窗口前面有几层反向代理；据此从转发头里取来访地址。", "层", ge=0, le=5)
    https: bool = entry(True, "正式使用时是否只走 https；演示和测试方式下不起作用。")
    host: str = entry("127.0.0.1", "网上窗口监听的地址。")
    port: int = entry(8001, "网上窗口监听的端口。", "端口号", ge=1, le=65535)
    threads: int = entry(8, "网上窗口的线程数。", "个", ge=1, le=64)
    log_level: str = entry("INFO", "网上窗口的日志级别。", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    files_per_form: int = entry(12, "一件申请最多附几个文件。", "个", ge=0, le=20)
    file_megabytes: int = entry(8, "一个附件最大多少。", "MB", ge=1, le=20)
    form_megabytes: int = entry(20, "一件申请的附件合计最大多少。", "MB", ge=1, le=60)
    queue_forms: int = entry(2000, "尚未取回的来件最多存多少件，满了就请来访人改到现场。", "件", ge=1)
    queue_megabytes: int = entry(4000, "尚未取回的来件合计最多占多少。", "MB", ge=1)
    forms_per_hour: int = entry(30, "同一网络地址一小时内最多提交几次。", "次", ge=1)
    lookups_per_hour: int = entry(60, "同一网络地址一小时内最多查询几次。", "次", ge=1)
    wrong_codes_per_hour: int = entry(10, "同一编号一小时内最多输错几次查询码。", "次", ge=1)
    least_seconds: int = entry(3, "从打开表单到提交至少隔多久，更快的请再确认一次。", "秒", ge=0, le=60)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the window's own TOML file."""
        file = toml_file(PREFIX, "rongji-public.toml")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)

    @property
    def is_production(self) -> bool:
        """Whether real people write here."""
        return self.mode is Mode.PRODUCTION

    @property
    def home(self) -> Path:
        """The window's data directory as an absolute path."""
        return self.data_dir.expanduser().absolute()


@cache
def load_public_options() -> PublicOptions:
    """The options of this process, read once. Raises: OptionsUnreadable."""
    return read_options(PublicOptions)
