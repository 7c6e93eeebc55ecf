"""Writes letters of other scripts in Latin letters, roughly: enough for a citation key that people recognise.

Chinese characters have no sound that a table of this size could tell; the most common family names are here.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґјљњћђџў",
        (
            *("a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
            *("u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "j"),
            *("lj", "nj", "c", "dj", "dz", "u"),
        ),
        strict=True,
    )
)


def _sounds(table: str) -> dict[str, str]:
    """Sounds by what is written, of a table of sounds, each with all that is said so behind it."""
    pairs = (re.findall("[a-z]+|[^a-z]+", part) for part in table.split())
    return {written: sound for sound, written in pairs}


CHINESE_FAMILIES = {
    char: sound
    for chars, sound in _sounds(
        "an安 bai白 bao包鲍鮑 bi毕畢 cai蔡 cao曹 cen岑 chang常 chen陈陳 cheng程成 chu褚储 cui崔 dai戴 deng邓鄧 "
        "ding丁 dong董 dou窦 du杜 duan段 fan范範樊 fang方房 fei费 feng冯馮封 fu付傅符 gan甘 gao高 ge葛 gong龚龔宫 "
        "gu顾顧古谷 guan关關管 guo郭 han韩韓 hao郝 he何贺賀 hong洪 hou侯 hu胡 hua华華 huang黄黃 huo霍 ji季纪姬 "
        "jia贾賈 jian简 jiang江蒋蔣姜 jiao焦 jin金靳 jing景 kang康 kong孔 lai赖賴 lan兰藍蓝 lei雷 li李黎厉 lian连 "
        "liang梁 liao廖 lin林蔺 ling凌 liu刘劉柳 long龙龍 lou娄 lu卢盧陆陸鲁魯路芦 luo罗羅骆 lv吕呂 ma马馬麻 mao毛茅 "
        "mei梅 meng孟蒙 miao苗缪 mo莫 mu穆牟 ni倪 nie聂聶 niu牛 ou欧歐 pan潘 pang庞龐 pei裴 peng彭 pu蒲 qi齐齊戚祁 "
        "qian钱錢 qin秦覃 qiu邱丘 qu瞿屈曲 ran冉 rao饶 ren任 ruan阮 shang尚 shao邵 shen沈申 sheng盛 shi石施史 shu舒 "
        "si司 song宋 su苏蘇 sun孙孫 tan谭譚 tang汤湯唐 tao陶 teng滕 tian田 tong童佟 tu涂屠 wan万萬 wang王汪 "
        "wei韦韋魏卫衛 wen温溫文闻 weng翁 wu吴吳武伍邬 xi席奚 xia夏 xiang向项項 xiao肖萧蕭 xie谢謝解 xin辛 xing邢 "
        "xiong熊 xu徐许許 xue薛 yan严嚴颜顏闫阎燕 yang杨楊阳 yao姚 ye叶葉 yi易伊 yin尹殷 ying应 you尤游 yu于余俞喻虞 "
        "yuan袁 yue岳 yun云 zang臧 zeng曾 zhan詹 zhang张張章 zhao赵趙 zheng郑鄭 zhong钟鍾 zhou周 zhu朱祝 zhuang庄莊 "
        "zhuo卓 zou邹鄒 zuo左"
    ).items()
    for char in chars
}
JAPANESE_FAMILIES = _sounds(
    "sato佐藤 suzuki鈴木 takahashi高橋 tanaka田中 ito伊藤 watanabe渡辺 watanabe渡邊 watanabe渡邉 yamamoto山本 "
    "nakamura中村 kobayashi小林 kato加藤 yoshida吉田 yamada山田 sasaki佐々木 yamaguchi山口 matsumoto松本 "
    "inoue井上 kimura木村 shimizu清水 yamazaki山崎 ikeda池田 hashimoto橋本 abe阿部 ishikawa石川 yamashita山下 "
    "nakajima中島 ishii石井 ogawa小川 maeda前田 okada岡田 hasegawa長谷川 fujita藤田 goto後藤 kondo近藤 "
    "murakami村上 endo遠藤 aoki青木 sakamoto坂本 saito斎藤 saito斉藤 saito齋藤 fukuda福田 ota太田 nishimura西村 "
    "fujii藤井 kaneko金子 okamoto岡本 nakano中野 fujiwara藤原 nakagawa中川 harada原田 matsuda松田 takeuchi竹内 "
    "ono小野 tamura田村 nakayama中山 wada和田 ishida石田 morita森田 ueda上田 uchida内田 shibata柴田 sakai酒井 "
    "miyazaki宮崎 yokoyama横山 takagi高木 ando安藤 miyamoto宮本 ono大野 kojima小島 taniguchi谷口 imai今井 "
    "kudo工藤 takada高田 masuda増田 maruyama丸山 sugiyama杉山 murata村田 otsuka大塚 arai新井 fujimoto藤本 "
    "hirano平野 ueno上野 noguchi野口 takeda武田 matsui松井 chiba千葉 sugawara菅原 iwasaki岩崎 kubo久保 "
    "kinoshita木下 sano佐野 nomura野村 matsuo松尾 kikuchi菊地 kikuchi菊池 sugimoto杉本 ichikawa市川 mori森"
)
_KOREAN = _sounds(
    "kim김 lee이 park박 choi최 jung정 cho조 kang강 yoon윤 lim임 shin신 kwon권 yoo유 ryu류 ahn안 song송 jeon전 "
    "hong홍 moon문 woo우 noh노 koo구"
)
"""Family names as most of their bearers write them."""
_SAID = {"rho": "r", "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
_SMALL = frozenset("っッ")

_JAPANESE_NAME = re.compile("|".join(sorted(JAPANESE_FAMILIES, key=len, reverse=True)))
_KOREAN_NAME = re.compile("(?<![가-힣])([가-힣])(?=[가-힣]{0,3}(?![가-힣]))")
_LETTER = re.compile(
    r"(?P<script>\w+)(?: (?:CAPITAL|SMALL|MODIFIER|FARSI|EASTERN))* (?:LETTER|CHARACTER|VOWEL SIGN)"
    r"(?: (?:FINAL|SMALL|FARSI))* (?P<name>[A-Z]+)(?: .*)?"
)
_SYLLABLE = re.compile(r"HANGUL SYLLABLE ([A-Z]+)")
_SOUND = re.compile(r"[^AEIOU]+|[AEIOU]")


def romanized(text: str) -> str:
    """``text`` in lower case, every letter that is not Latin in Latin letters; those without a known sound left out."""
    text = unicodedata.normalize("NFKC", text.lower())
    text = _JAPANESE_NAME.sub(lambda match: JAPANESE_FAMILIES[match[0]], text)
    text = _KOREAN_NAME.sub(lambda match: _KOREAN.get(match[1], match[1]), text)
    return "".join(char if char.isascii() or not _is_spoken(char) else _sound(char) for char in text)


def _is_spoken(char: str) -> bool:
    """Whether a character is a letter or a vowel sign of another script."""
    return unicodedata.category(char)[0] in "LM" and not unicodedata.name(char, "").startswith("LATIN")


def _sound(char: str) -> str:
    """The Latin letters for one letter: by a table, else those with which the name of the letter begins."""
    if char in _CYRILLIC:
        return _CYRILLIC[char]
    if char in CHINESE_FAMILIES:
        return CHINESE_FAMILIES[char]
    name = unicodedata.name(char, "")
    if match := _SYLLABLE.fullmatch(name):
        return match[1].replace("C", "ch").lower()
    match = _LETTER.fullmatch(name)
    if not match or char in _SMALL:
        return ""
    said = match["name"].lower()
    if match["script"] in ("HIRAGANA", "KATAKANA") or said == "rho":
        return _SAID.get(said, said)
    sound = _SOUND.match(match["name"])
    return sound[0].lower() if sound else ""
