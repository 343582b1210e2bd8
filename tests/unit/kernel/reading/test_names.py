"""What is written with digits and counts nothing: documents, telephones, codes, markers, ordinals, names."""

import pytest
from unit.kernel.reading.told import cases, told

DOCUMENTS = """
财预〔2020〕10号 → document 〔2020〕10号
湘财绩[2023]5号 → document [2023]5号
（2021）湘0112民初123号 → document （2021）湘0112民初123号
国发〔2019〕第12号 → document 〔2019〕第12号
第12号令 → document 第12号
国务院令第718号 → document 第718号
主席令第三十五号 → document 第三十五号
10号文 → document 10号文
2号文件精神 → document 2号文
中央1号文件 → document 1号文
1号楼 → name 1号
3号线 → name 3号
根据财绩【2020】8号文件 → document 【2020】8号
财预（2020）10 号 → document （2020）10 号
"""


@pytest.mark.parametrize(("text", "expected"), cases(DOCUMENTS))
def test_document_numbers(text, expected):
    """In brackets of every kind, and numbers of decrees."""
    assert told(text) == expected


TELEPHONES = """
0730-1234567 → phone 0730-1234567
0731－88888888 → phone 0731－88888888
(0731)8888888 → phone (0731)8888888
13800000000 → phone 13800000000
138-0000-0000 → phone 138-0000-0000
138 0000 0000 → phone 138 0000 0000
138****0000 → phone 138****0000
联系电话：8123456 → phone 8123456
400-100-2345 → phone 400-100-2345
12345热线55件 → phone 12345 ｜ 55件
12345平台退役军人 → phone 12345
12345 政府服务热线 83 宗 → phone 12345 ｜ 83宗
12345、12309热线 → phone 12345 ｜ phone 12309
处理12345工单37条 → phone 12345 ｜ 37条
“12345”热线 → phone 12345
12345件 → 12345件
12345万元 → 12345万元
110报警 → phone 110
"""


@pytest.mark.parametrize(("text", "expected"), cases(TELEPHONES))
def test_telephones_and_hotlines(text, expected):
    """12345 is a hotline where people call it, and a number before 件 and 万元."""
    assert told(text) == expected


CODES = """
2080801 → code 2080801
2080801 死亡抚恤 → code 2080801
208 社会保障和就业支出 → code 208
20808 抚恤 → code 20808
30201 办公费 → code 30201
303 对个人和家庭的补助 → code 303
208 名退役士兵 → 208名
208 人 → 208人
科目编码：2080801 → code 2080801
编号：20210003 → code 20210003
编号 12 → code 12
邮编：410000 → code 410000
邮政编码410000 → code 410000
身份证号430000199001011234 → code 430000199001011234
430000199001011234 → code 430000199001011234
43000019900101123X → code 43000019900101123X
91430000MA4L000000 → code 91430000MA4L000000
统一社会信用代码：11430100MB1234567X → code 11430100MB1234567X
账号6222021901012345678 → code 6222021901012345678
P03 → code 03
A4纸 → code 4
GB/T 33240-2016 → code 33240-2016
GB/T 9704 → code 9704
DB43/T 1234 → code 43/T ｜ code 1234
5G网络 → name 5G
4K高清 → name 4K
3D打印 → name 3D
H5 → code 5
N95口罩5000个 → code 95 ｜ 5000个
COVID-19 → code 19
Windows10系统 → code 10
4.3E+17 → code 4.3E+17 !科学计数法，数字已失真
"""


@pytest.mark.parametrize(("text", "expected"), cases(CODES))
def test_codes(text, expected):
    """Classification codes before their names, identity numbers, standards, words with digits."""
    assert told(text) == expected


MARKERS = """
1.第一项工作 → marker 1. ｜ ordinal 第一项
1. 认真做好 → marker 1.
1、2021年 → marker 1、 ｜ 2021年
1.2021年义务兵优待金761万元 → marker 1. ｜ 2021年 ｜ 761万元
主要为：1.2021年优待金761万元推迟；2.补助260万元 → marker 1. ｜ 2021年 ｜ 761万元 ｜ marker 2. ｜ 260万元
524.12万元，1、用于工资489.09万元；2、公用35.03万元 → 524.12万元 ｜ marker 1、 ｜ 489.09万元 ｜ marker 2、 ｜ 35.03万元
1）机构 → marker 1）
（1）机构 → marker （1）
(1)机构 → marker (1)
(12)人员 → marker (12)
（3） → marker （3）
（2）=（1）+（3） → marker （2） ｜ marker （1） ｜ marker （3）
①绩效目标 → marker ①
⑴机构 → marker ⑴
1：开展 → marker 1：
任务1：开展 → marker 1
任务1开展 → marker 1
任务 3 项 → 3项
指标10：部分退役士兵 → marker 10
目标2：对退役军人 → marker 2
附件 2 → marker 2
附件1：部门 → marker 1
附件2份 → 2份
附表1-2 → marker 1-2
表3 → marker 3
表 3 项目支出 → marker 3
表3人员情况 → marker 3
图1 → marker 1
见表2，120人 → marker 2 ｜ 120人
指标1：4113人 → marker 1 ｜ 4113人
问题30个 → 30个
项目10个 → 10个
"""


@pytest.mark.parametrize(("text", "expected"), cases(MARKERS))
def test_list_markers(text, expected):
    """Numbers of items, of indicators and annexes; a counting word behind makes it a quantity."""
    assert told(text) == expected


MIXED = """
12项目标 → 12项
12项工作 → 12项
2021项目 → 2021年
3部门 → 3?
2部车 → 2部
3部队 → 3?
16支队伍 → 16支
2支出 → 2?
3支部队 → 3支
3人员 → 3?
1 人员情况 → marker 1
2 项目支出 → marker 2
2.1 基本支出 → marker 2.1
3.2 1人 → 3.2? ｜ 1人
1.17个街道 → marker 1. ｜ 17个
1.5万人 → 1.5万人
1.5亿元 → 1.5亿元
3.5小时 → 3.5小时
1.10人 → marker 1. ｜ 10人
1+3+N → name 1+3+N
“1+3+N”模式 → name 1+3+N
1+1 → name 1+1
5+2 → name 5+2
1:1配套 → name 1:1
3：7分担 → name 3：7
比例1:2.5 → name 1:2.5
1/3 → name 1/3
24/7 → name 24/7
2/3以上 → name 2/3
7×24小时 → name 7×24
3*5 → name 3*5
37.3℃ → name 37.3℃
37.2度 → 37.2?
10km → 10公里
100米 → 100米
192.168.1.1 → code 192.168.1.1
v2.0 → code 2.0
"""


@pytest.mark.parametrize(("text", "expected"), cases(MIXED))
def test_numbers_in_names_and_numbers_before_nouns(text, expected):
    """1+3+N, 1:1, 7×24; 12项工作 and 2021项目."""
    assert told(text) == expected


OTHERS = """
3.0 → 3.0?
第3版 → ordinal 第3
3级 → 3级
7级伤残 → ordinal 7级
1至4级 → 1级…4级
一至四级 → 1级…4级
10周年 → ordinal 10周年
100周年 → ordinal 100周年
3届 → ordinal 3届
连续3届 → 3届
第十九届 → ordinal 第十九届
20届 → ordinal 20届
2等奖 → ordinal 2等
1等功 → ordinal 1等
45° → name 45°
1-5 → 1…5
A-5 → code 5
-5 → -5?
项目-5 → -5?
（-5.3） → -5.3?
5. → marker 5.
共5. → 5?
共5。 → 5?
1,2,3 → 1? ｜ 2? ｜ 3?
1，2，3 → 1? ｜ 2? ｜ 3?
3，105.50元 → 3105.50元
共3人，105户 → 3人 ｜ 105户
2021，100人 → 2021? ｜ 100人
第3，4项 → ordinal 第3 ｜ 4项
第3、4项 → ordinal 第3、4项
1、2号楼 → marker 1、 ｜ name 2号
30%、40% → 30% ｜ 40%
5%的 → 5%
5 % → 5%
第1名 → ordinal 第1名
第2次 → ordinal 第2次
前3名 → ordinal 3名
前10位 → ordinal 10位
TOP10 → code 10
排名3 → 3?
倒数第2 → ordinal 第2
5A级景区 → name 5A
4A级 → name 4A
5星级 → name 5星级
五星级 → –
"""


@pytest.mark.parametrize(("text", "expected"), cases(OTHERS))
def test_ordinals_ranks_and_bare_numbers(text, expected):
    """第3版, 10周年, 前3名; a number without a unit stays bare."""
    assert told(text) == expected
