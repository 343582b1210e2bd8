"""Listening on an address: the same for the bureau's pages and for the public window."""

import errno
from typing import Any

from rongji.kernel.refusal import Refusal


class AddressNotFree(Refusal):
    """An address or port that cannot be listened on."""

    code = "address-not-free"
    sentence = "不能在 {address} 上启动网页服务：{reason}。请用 --port 换一个端口（或 --host 换一个地址）。"
    exit_code = 2


def listen(application: Any, *, host: str, port: int, threads: int, proxies: int, **more: Any) -> Any:
    """The server on its address, not yet answering.

    proxies: how many stand in front of us; without any, what headers say about the sender is dropped.
    Raises: AddressNotFree.
    """
    from waitress import create_server

    try:
        return create_server(
            application, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=not proxies,
            **more,
        )  # fmt: skip
    except (OSError, ValueError) as error:  # waitress wraps a name that nobody knows in a ValueError
        raise AddressNotFree(address=f"{host}:{port}", reason=_why(error)) from None


def _why(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    known = {
        errno.EADDRINUSE: "端口已被别的程序占用",
        errno.EACCES: "没有使用这个端口的权限",
        errno.EADDRNOTAVAIL: "本机没有这个地址",
    }
    return known.get(number or 0, "主机名或地址不能识别")
