"""What the public window must not start with: keys of the demo, keys of the bureau's own process, open host lists."""

from collections.abc import Iterator

from rongji.config.options import DEMO_SECRET, OptionsUnreadable, variables_set
from rongji.config.public_options import DEMO_SECRET as PUBLIC_DEMO_SECRET
from rongji.config.public_options import INSIDE_ONLY, PublicOptions, load_public_options
from rongji.kernel.refusal import Refusal

SHORTEST_SECRET = 40


class WindowRefused(Refusal):
    """Settings with which the public window must not start."""

    code = "window-refused"
    sentence = "网上窗口没有启动：{problems}"
    exit_code = 2


def refuse_wrong_public_settings(options: PublicOptions | None = None) -> None:
    """Raises: WindowRefused with everything that is wrong; in the demo and in tests nothing is."""
    try:
        found = list(_problems(options or load_public_options()))
    except OptionsUnreadable as refusal:
        raise WindowRefused(problems=str(refusal)) from None
    if found:
        raise WindowRefused(problems="；".join(found) + "。")


def _problems(options: PublicOptions) -> Iterator[str]:
    if not options.is_production:
        return
    secret = options.secret_key.get_secret_value()
    if secret in (DEMO_SECRET, PUBLIC_DEMO_SECRET) or len(secret) < SHORTEST_SECRET:
        yield f"请设置 RONGJI_PUBLIC_SECRET_KEY（不少于 {SHORTEST_SECRET} 个随机字符，与业务系统的不同）"
    if "*" in options.allowed_hosts:
        yield "请写明网上窗口的主机名（RONGJI_PUBLIC_ALLOWED_HOSTS）"
    held = variables_set(INSIDE_ONLY)
    if held:
        yield f"这个进程的环境里有业务系统的密钥或数据库地址（{'、'.join(held)}），请用另一个账号、另一份设置启动"
