"""A bank for the demo: answers a batch in the layout of the profile `delimited-gbk`, returning a few payments."""

from collections.abc import Collection

from rongji.kernel.digest import file_digest

RETURN_REASON = "账户已销户"


def answer(sent: bytes, *, refused_accounts: Collection[str]) -> bytes:
    """What the bank writes back to a batch file: everything paid but what goes to a refused account."""
    lines = [line.split("|") for line in sent.decode("gbk").splitlines()]
    head, *rows, _ = lines
    said = [_row(row, row[2] in refused_accounts) for row in rows]
    paid = [int(row[5]) for row in said if row[6] == "0000"]
    total = sum(int(row[4]) for row in said)
    trailer = ["T", str(len(said)), str(total), str(len(paid)), str(sum(paid))]
    answered = [["R", head[1], head[2]], *said, trailer]
    return "".join("|".join(line) + "\r\n" for line in answered).encode("gbk")


def accounts_to_refuse(sent: bytes, *, one_in: int) -> frozenset[str]:
    """Some accounts of a batch, chosen by their digest, so that the demo comes out the same every time."""
    head, *rows, _ = [line.split("|") for line in sent.decode("gbk").splitlines()]
    chance = {row[2]: int(file_digest(f"{head[1]} {row[2]}".encode())[:8], 16) for row in rows}
    return frozenset(account for account, number in chance.items() if number % one_in == 0)


def _row(sent: list[str], refused: bool) -> list[str]:
    _, sequence, account, payee, amount, _ = sent
    if refused:
        return ["D", sequence, account, payee, amount, "0", "1000", RETURN_REASON]
    return ["D", sequence, account, payee, amount, amount, "0000", ""]
