"""One plain form for the many ways in which the same character is typed, place for place as long as the text."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("．﹒", "."),
        **dict.fromkeys("％﹪", "%"),
        **dict.fromkeys("＋﹢", "+"),
        **dict.fromkeys("－﹣−‐‑", "-"),
        **dict.fromkeys("–―─", "—"),
        **dict.fromkeys("～〜∼˜", "~"),
        **dict.fromkeys("：∶﹕", ":"),
        **dict.fromkeys("（﹙", "("),
        **dict.fromkeys("）﹚", ")"),
        **dict.fromkeys("〔［【〖﹝", "["),
        **dict.fromkeys("〕］】〗﹞", "]"),
        **dict.fromkeys("＞﹥", ">"),
        **dict.fromkeys("＜﹤", "<"),
        **dict.fromkeys("≧⩾", "≥"),
        **dict.fromkeys("≦⩽", "≤"),
        **dict.fromkeys("／∕", "/"),
        **dict.fromkeys("○◯", "〇"),
        **dict.fromkeys("￥", "¥"),
        **dict.fromkeys("＝", "="),
        **dict.fromkeys("\r\f\v\u2028\u2029\x85", "\n"),
        **dict.fromkeys("\t\u3000\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "),
    }
)
_PLAIN = _DIGITS | _SIGNS


def plain(text: str) -> str:
    """The text with full-width digits, signs, brackets and spaces of every kind as their plain ones; same length."""
    return text.translate(_PLAIN)
