"""Type faces of official documents: their official names, what stands in for them, and the fonts we may ship.

Official faces (方正小标宋, 仿宋_GB2312 …) are commercial and never shipped; a docx only names them. `font_choice`
finds files for them.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pylopdf_fonts_zh_cn


class Face(StrEnum):
    """The five faces that an official document uses."""

    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    KAI = "kai"  # 楷体
    HEI = "hei"  # 黑体
    SONG = "song"  # 宋体


OFFICIAL_NAMES: Mapping[Face, str] = {
    Face.TITLE: "方正小标宋简体",
    Face.BODY: "仿宋_GB2312",
    Face.KAI: "楷体_GB2312",
    Face.HEI: "黑体",
    Face.SONG: "宋体",
}

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
# Best first; the last of each is the packaged font, which is always there. Only faces of the same kind stand in
# for 仿宋 and 楷体: an installed 宋体 of unknown quality is no better than the packaged one.
STAND_INS: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: (
        *("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋"),
        *("Source Han Serif SC", "Source Han Serif CN", "思源宋体", "Noto Serif CJK SC", SERIF),
    ),
    Face.BODY: (
        *("仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FandolFang"),
        *("Zhuque Fangsong (technical preview)", "Zhuque Fangsong", "朱雀仿宋", SERIF),
    ),
    Face.KAI: (
        *("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FandolKai", "LXGW WenKai GB"),
        *("LXGW WenKai", "霞鹜文楷", "AR PL UKai CN", "AR PL KaitiM GB", SERIF),
    ),
    Face.HEI: (
        *("SimHei", "黑体", "STHeiti", "华文黑体", "Source Han Sans SC", "Source Han Sans CN", "思源黑体"),
        *("Noto Sans CJK SC", "FandolHei", SANS),
    ),
    Face.SONG: (
        *("SimSun", "宋体", "STSong", "华文宋体", "Source Han Serif SC", "Source Han Serif CN", "思源宋体"),
        *("Noto Serif CJK SC", "FandolSong", SERIF),
    ),
}


def web_font_files() -> Mapping[str, Path]:
    """The open fonts that come with the program (SIL Open Font License), by the name `paper.css` has for them."""
    return {"Rongji Serif": pylopdf_fonts_zh_cn.serif_path(), "Rongji Sans": pylopdf_fonts_zh_cn.sans_path()}
