"""What a column of an unknown ledger probably says, from its heading. A guess for a person to check. Pure."""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_FIELDS: tuple[tuple[str, str], ...] = (
    (r"维(吾尔)?文.*名|uyghurname", "name_ug"),
    (r"英文.*名|englishname", "name_en"),
    (r"别名|又名|简称|招牌|othername|alias", "aliases"),
    (r"信用代码|creditcode|uscc", "credit_code"),
    (r"备案(回执)?(编?号)|filing(no|number)", "filing_number"),
    (r"备案.*(日期|时间)|filedon|filingdate", "filed_on"),
    (r"备案.*(状态|情况)|(营业|经营|运营|机构)状态|^状态$|^status$", "status"),
    (r"(填报|统计|更新|核实)(日期|时间)|截至|updated", "observed_on"),
    (r"^(序号|no\.?|#)$", ""),
    (r"台账编号|机构编号|^编号$|centrecode|^code$", "key"),
    (r"区划代码|zoning", "zoning"),
    (r"县.*区|区县|所属县|^county$|district", "county"),
    (r"乡镇|街道|镇街|township", "township"),
    (r"地址|住址|address", "address"),
    (r"经度|longitude|^lng$|^lon$", "lon"),
    (r"纬度|latitude|^lat$", "lat"),
    (r"电话|联系方式|phone|contactno", "phone"),
    (r"(开放|营业|服务|入托|接送)时间|openinghours", "opening"),
    (r"(机构|单位|办学|登记)?性质|legalform", "form"),
    (r"机构类(型|别)|办托形式|^类(型|别)$", "kind"),
    (r"普惠|inclusive", "inclusive"),
    (r"示范|demonstration", "demonstration"),
    (r"(托育|服务|收托|入托)(类型|形式|方式)|caretype", "care"),
    (r"(评定|质量|星级)?等级|评级|rating", "record.result"),
    (r"教学语言|语言|language", "languages"),
    (r"(户外|室外).*面积|outdoor", "outdoor_m2"),
    (r"(室内|建筑|使用).*面积|indoor", "indoor_m2"),
    (r"(机构|单位|园所|托育园|幼儿园|企业)?(名称|全称)$|^机构$|^单位$|name$", "name"),
)
_PLACES = (
    (r"(剩余|空余|空缺|可用|空).{0,2}托位|vacanc", "band.vacancies"),
    (r"在托|实际收托|现有(婴)?幼儿|enrolled", "band.enrolled"),
    (r"托位", "band.places"),
)
_PRICE = r"费(?=[(,/]|$)|收费|费用|价格|保育费|托育费|保教费|伙食费|餐费|元[/／每]|fee|price"
_CARE = (("半日", "half-day"), ("半天", "half-day"), ("计时", "hourly"), ("小时托", "hourly"),
         ("临时", "temporary"), ("全日", "full-day"), ("全天", "full-day"))  # fmt: skip
_BAND = (("乳儿", "infant"), ("托小", "junior"), ("托大", "senior"), ("混合", "mixed"), ("混龄", "mixed"))
_COMPONENT = (("伙食", "meals"), ("餐", "meals"), ("延时", "extended-hours"), ("接送", "transport"),
              ("车费", "transport"), ("床上用品", "bedding"), ("被褥", "bedding"), ("保险", "insurance"),
              ("材料", "materials"), ("其他", "other"), ("其它", "other"))  # fmt: skip
_UNIT = (("半月", "half-month"), ("半天", "half-day"), ("小时", "hour"), ("学期", "term"), ("一次性", "once"),
         ("月", "month"), ("周", "week"), ("天", "day"), ("日", "day"), ("次", "session"),
         ("年", "year"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A field and what of its parts the heading fixes; an empty field is read over."""

    field: str
    parts: Mapping[str, str] = dataclasses.field(default_factory=dict)


def plain(heading: str) -> str:
    """Return a heading in narrow small letters without spaces."""
    return "".join(unicodedata.normalize("NFKC", heading).split()).casefold()


def guess(heading: str) -> Guess:
    """Return what a heading probably stands for."""
    text = plain(heading)
    if re.search(_PRICE, text):
        return Guess("fee.amount", _price(text))
    for pattern, name in _PLACES:
        if re.search(pattern, text):
            return Guess(name, {"band": _first(text, _BAND) or "mixed"})
    for pattern, name in _FIELDS:
        if re.search(pattern, text):
            return Guess(name, {"kind": "assessment"} if name == "record.result" else {})
    return Guess("")


def guesses(headings: list[str]) -> list[Guess]:
    """Return a guess for each heading; a field with one value is guessed once, the first time."""
    found: list[Guess] = []
    seen: set[str] = set()
    for heading in headings:
        one = guess(heading)
        if one.field and "." not in one.field:
            one = Guess("") if one.field in seen else one
            seen.add(one.field)
        found.append(one)
    return found


def _price(text: str) -> dict[str, str]:
    component = _first(text, _COMPONENT) or "care"
    care = _first(text, _CARE) or ("full-day" if component == "care" else "*")
    units = re.findall(r"[/／每]([^)）,，、]{1,3})|[(（](一次性)", text)
    said = (_first("".join(each), _UNIT) for each in reversed(units))  # 收费/全日托（元/月）: the last one
    unit = next(filter(None, said), "") if units else _first(_without_care(text), _UNIT)
    return {"component": component, "care": care, "band": _first(text, _BAND) or "*", "unit": unit or "month"}


def _without_care(text: str) -> str:
    """Return a heading without its kind of care: the day of 全日托 is no unit."""
    for word, _code in _CARE:
        text = text.replace(word, "")
    return text


def _first(text: str, words: tuple[tuple[str, str], ...]) -> str:
    return next((code for word, code in words if word in text), "")
