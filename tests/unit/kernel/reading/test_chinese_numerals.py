"""Chinese numerals: quantities before a counting word, and the many words that only hold one."""

import pytest
from unit.kernel.reading.told import cases, told

COUNTED = """
招聘会四场 → 4场
三家双拥示范点 → 3家
二十五名 → 25名
一百二十万元 → 120万元
两家企业 → 2家
十二个乡镇 → 12个
百余人 → 100人(余)
几十人 → 20人…90人(约)
几十名退役军人 → 20名…90名(约)
数百人次 → 200人次…900人次(约)
数十名 → 20名…90名(约)
上百人 → 100人(以上)
上千人次 → 1000人次(以上)
近百人 → 100人(近)
近千名 → 1000名(近)
约百人 → 100人(约)
百名 → –
百余名 → 100名(余)
千余人 → 1000人(余)
万余元 → 1万元(余)
十余次 → 10次(余)
十几个 → 10个(多)
二十几名 → 20名(多)
十多年 → 10年(多)
廿余名 → 20名(余)
二十来人 → 20人(来)
两三个 → 2个…3个(约)
三五家 → 3家…5家(约)
七八百人 → 700人…800人(约)
三四十人 → 30人…40人(约)
十五六人 → 15人…16人(约)
一两次 → 1次…2次(约)
三至五人 → 3人…5人
三到五名 → 3名…5名
十到二十万元 → 10万元…20万元
三千五百元 → 3500元
两万三千元 → 23000元
十二万人 → 12万人
一百二十三万四千五百元 → 1234500元
壹佰贰拾万元整 → 120万元
人民币壹拾万元 → 10万元
参训人数十二人 → 12人
参加人数十人 → 10人
人数百余人 → 100人(余)
"""


@pytest.mark.parametrize(("text", "expected"), cases(COUNTED))
def test_a_numeral_before_a_counting_word_counts(text, expected):
    """四场, 二十五名, 几十人, 两三个, 三至五人."""
    assert told(text) == expected


ARTICLES = """
一名副局长 → 1名
局长一名，副局长两名 → 1名 ｜ 2名
有一个二级机构 → 1个 ｜ ordinal 二级
新一轮 → –
每一个 → –
同一项 → –
统一个口径 → –
进一步 → –
的一项重要指标 → –
成为一个 → –
作为一项 → –
一批 → name 一批
一起 → name 一起
一次性 → name 一次性
一次 → 1次
一直 → –
一般公共预算 → –
一致 → –
一定 → –
一方面 → –
"""


@pytest.mark.parametrize(("text", "expected"), cases(ARTICLES))
def test_one_that_counts_and_one_that_only_points(text, expected):
    """一名 counts; 新一轮, 每一个, 同一项, 成为一个 do not."""
    assert told(text) == expected


PHRASES = """
一体化 → –
一站式 → –
一卡通 → –
一户一档 → name 一户一档
一人一策 → name 一人一策
一案一专班 → name 一案一专班
一岗双责 → –
三会一课 → name 三会一课
两学一做 → name 两学一做
三重一大 → name 三重一大
三公经费 → –
“三公”经费 → –
三定方案 → –
三年行动 → 3年
五保户 → –
五保对象 → –
五有 → –
五险一金 → name 五险一金
三支一扶 → name 三支一扶
双拥 → –
双创 → –
百日攻坚 → –
百分百 → –
三级 → ordinal 三级
二级机构 → ordinal 二级
县乡村三级 → ordinal 三级
四级调研员 → ordinal 四级
一级主任科员 → ordinal 一级
一等功 → ordinal 一等功
二等功臣 → ordinal 二等功
三等奖 → ordinal 三等奖
一、二、三等功 → ordinal 一、二、三等功
一等、二等 → –
二、三等功 → marker 二、 ｜ ordinal 三等功
一季度 → ordinal 一季度
第一季度 → ordinal 第一季度
前三季度 → ordinal 三季度
三季度末 → ordinal 三季度
四个季度 → 4季度
十九届六中全会 → ordinal 十九届
十九大 → –
二十大 → –
第十九届 → ordinal 第十九届
三个方面 → 3个
四个意识 → name 四个意识
四个方面 → 4个
两个维护 → name 两个维护
两个关键 → 2个
“两个责任” → name 两个责任
“一站式” → –
“三审”制度 → –
八项规定 → name 八项规定
“五个一” → name 五个一
三公里 → 3公里
三名 → 3名
第三 → ordinal 第三
第三方 → ordinal 第三
第三名 → ordinal 第三名
第三批 → ordinal 第三批
第一时间 → ordinal 第一
首批 → –
首个 → –
十分 → –
八十五分 → 85分
九十二点五分 → 92.5分
三分之一 → name 三分之一
三分之二以上 → name 三分之二
五分之四 → name 五分之四
一分为二 → –
六中全会 → –
七连冠 → –
"""


@pytest.mark.parametrize(("text", "expected"), cases(PHRASES))
def test_set_phrases_and_ranks_count_nothing(text, expected):
    """三会一课, 二级机构, 一等功, 两个维护, 三分之一."""
    assert told(text) == expected


MARKERS = """
一是 → marker 一是
统一是 → –
二是 → marker 二是
十一是 → marker 十一是
其一 → –
二要 → –
一要 → –
唯一 → –
之一 → –
万一 → –
一、总体情况 → marker 一、
（一）基本情况 → marker （一）
(十二)其他 → marker (十二)
十二、其他 → marker 十二、
从一、二产业 → –
第一、第二 → ordinal 第一 ｜ ordinal 第二
第一、二、三批 → ordinal 第一、二、三批
"""


@pytest.mark.parametrize(("text", "expected"), cases(MARKERS))
def test_markers_and_ordinals_in_characters(text, expected):
    """一是, 一、, （一）, 第一."""
    assert told(text) == expected


DATES = """
十月一日 → date 十月一日
十二月 → date 十二月
五月份 → date 五月份
八一建军节 → –
“八一” → –
五一劳动节 → –
二〇二一年 → 2021年
二○二二年度 → 2022年
二零二三年三月 → date 二零二三年三月
二〇二一年十月一日 → date 二〇二一年十月一日
二O二一年 → 2021年
"""


@pytest.mark.parametrize(("text", "expected"), cases(DATES))
def test_dates_in_characters(text, expected):
    """二〇二一年十月一日."""
    assert told(text) == expected


MORE = """
两年 → 2年
近两年 → 2年(近)
三年 → 3年
一年 → 1年
一年来 → 1年
上一年 → –
一个月 → 1个月
三天 → 3天
一周 → 1周
每周三次 → 3次
一小时 → 1小时
半年 → –
两会 → –
两项待遇 → name 两项待遇
一项工作 → 1项
一支队伍 → 1支
一条龙 → name 一条龙
两支队伍 → 2支
三套班子 → name 三套班子
四家班子 → 4家
一家人 → name 一家人
一对一 → name 一对一
一对 → 1对
两代表一委员 → –
一五一十 → –
七上八下 → name 七上八下
万元 → –
（万元） → –
百分点 → –
千方百计 → –
万家 → –
千名干部进万家 → –
百人千企 → –
成百上千 → –
过百家 → 100家(超过)
超百亿元 → 100亿元(超)
逾千人 → 1000人(逾)
近万人 → 1万人(近)
上万元 → 1万元(以上)
十万元 → 10万元
十万余元 → 10万元(余)
三十余个 → 30个(余)
一万余份 → 1万份(余)
几个 → –
几名 → –
数名 → –
好几家 → –
若干个 → –
三五年 → 3年…5年(约)
四五百 → –
百来人 → 100人(来)
"""


@pytest.mark.parametrize(("text", "expected"), cases(MORE))
def test_spans_and_loose_words(text, expected):
    """两年, 每周三次, 千方百计."""
    assert told(text) == expected
