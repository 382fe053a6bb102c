"""Shapes as the tables of spec/events.md write them, and how a value is judged by one (FMT-9 to FMT-15)."""

import base64
import collections
import datetime
import functools
import re

from texts import LARGEST, Refusal, page

Member = collections.namedtuple("Member", "form optional when")
ONE = re.compile(r"`(\w+)`(?: \(((?:[^()]|\([^()]*\))*)\)| ([a-z][a-z ]*))?(?:, |$)")
MANY = re.compile(r"(list|set)(?: by (.+?)(, which may repeat,)?)? of (.+?)(?:, at most ([0-9,]+))?")
SUBMISSION = "object: `event` (event), `signatures` (list of signed, at most 65,536), `time` (moment, optional)"
LINE = ("object: `event` (event), `prev` (hash), `seq` (count), `signatures` (list of signed, at most 65,536), "
        "`time` (moment)")


def member(cell, note=""):
    """A cell `id, optional`, or of a member that stands exactly when another has a certain value."""
    form, when = re.sub("[,;] optional$", "", cell), re.search(r"exactly when `(\w+)` is (not )?`(\w+)`", note)
    return Member(form, form != cell, when and when.groups())


@functools.lru_cache(None)
def members(text):
    """Those of a text like "`id` party, `keys` (set of key, at most 16), `identity`"."""
    return {one[1]: member(one[2] or one[3] or one[1]) for one in ONE.finditer(text)}


def tables():
    """{name: {member: Member}} of every table that stands under a heading `## name` or `**name**:`."""
    found, name = {}, None
    for line in page("events.md").splitlines():
        heading = re.match(r"## (.+)|\*\*(\w+)\*\*:", line)
        row = re.match(r"\| `(\w+)` \| (.+?) \| ?(.*) ?\|$", line)
        if heading:
            name = heading[1] or heading[2]
        elif row:
            found.setdefault(name, {})[row[1]] = member(row[2], row[3])
    return found


SHAPES = tables()
SHAPES["signed"] = members("`key`, `sig` signature")
EVENTS = [name for name in SHAPES if "." in name]
EVENT = members("`body` body, `date`, `expires` (moment, optional), `id`, `ledger` origin, `type` event type")


def is_day(text):
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A) and text >= "1970"
                    and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def is_moment(text):
    return is_day(text[:10]) and re.fullmatch(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", text[10:], re.A)


def is_signature(text):
    return (re.fullmatch(r"[A-Za-z0-9+/]{86}==", text)
            and base64.b64encode(base64.b64decode(text)).decode() == text)


PATTERNS = {
    "id": r"[A-Za-z0-9._-]{1,64}", "party": "[A-Z]{3}", "registry": "[A-Z]{3}[0-9]{2}", "carp": "CA[0-9]{4}",
    "origin": "[a-z0-9./_-]{1,255}", "vkey": "[!-~]{1,320}", "reason": "[a-z_]{1,64}",
    "event type": r"[a-z_]{1,32}\.[a-z_]{1,32}", "report version": r"[1-9]\d{0,5}\.(0|[1-9]\d{0,5})",
    "hash": "[0-9a-f]{64}", "key": "[0-9a-f]{64}"}
TEXTS = {"text": lambda text: 1 <= len(text.encode()) <= 256, "date": is_day, "moment": is_moment,
         "signature": is_signature}
NUMBERS = {
    "integer": (-LARGEST, LARGEST), "count": (0, LARGEST), "positive": (1, LARGEST), "year": (1990, 2100),
    "positive, not below the first": (1, LARGEST), "threshold": (1, 2**32 - 1),
    "integer from 0 to 2^32 − 1": (0, 2**32 - 1)}


def codes(form):
    return re.findall("`(.+?)`", form) if form.startswith("code: ") else None


def rank(form, value):
    """By what a set ascends: codes as the page lists them, everything else by its bytes."""
    return codes(form).index(value) if codes(form) else value


class Schema:
    """Judges one text by a shape; counts the ranges of the event on the way."""

    def __init__(self, size):
        self.size, self.ranges = size, 0

    def check(self, form, value, path):
        listed = MANY.fullmatch(form)
        kind = (int if form in NUMBERS else bool if form == "flag" else list if listed or form == "ranges"
                or form.startswith("pair of ") else dict if form.startswith("object: ") or form in SHAPES
                or form == "event" else str)
        if not (isinstance(value, dict) if kind is dict else type(value) is kind):
            raise Refusal("FMT-12", f"a value of type {kind.__name__} is needed", path)
        if form == "event":
            self.check_event(value, path)
        elif kind is dict:
            self.check_object(SHAPES.get(form) or members(form), value, path)
        elif listed:
            self.check_list(listed, value, path)
        elif form == "ranges":
            self.check_ranges(value, path)
        elif form.startswith("pair of "):
            if len(value) != 2:
                raise Refusal("FMT-13", "exactly two are needed", path)
            for index, element in enumerate(value):
                self.check(form[8:], element, f"{path}[{index}]")
        elif not self.is_good(form, value):
            raise Refusal("FMT-13", f"{value!r} is no {form}", path)

    def is_good(self, form, value):
        if form in NUMBERS:
            return NUMBERS[form][0] <= value <= NUMBERS[form][1]
        if form == "flag" or form in TEXTS:
            return form == "flag" or TEXTS[form](value)
        if form.startswith("code: "):
            return value in codes(form)
        return re.fullmatch(PATTERNS[form] if form in PATTERNS else form.strip("`"), value, re.A)

    def check_object(self, shape, value, path):
        for name in sorted(shape.keys() | value.keys()):
            here, known = f"{path}.{name}".lstrip("."), shape.get(name)
            if known and known.when:
                other, negated, code = known.when
                known = known if (value[other] == code) != bool(negated) else None
            if name in value and not known:
                raise Refusal("FMT-10", place=here)
            if name in value:
                if known.optional and value[name] == [] and MANY.fullmatch(known.form):
                    raise Refusal("FMT-14", "an empty list is left out", here)
                self.check(known.form, value[name], here)
            elif known and not known.optional:
                raise Refusal("FMT-11", place=here)
        if "last" in shape and value.last < value.first:
            raise Refusal("FMT-13", "it is below the first", f"{path}.last")

    def check_list(self, listed, value, path):
        kind, by, again, form, most = listed.groups()
        form = re.sub("^objects: ", "object: ", form)
        if len(value) > int((most or "64").replace(",", "")):
            raise Refusal("FMT-14", f"{len(value)} elements", path)
        for index, element in enumerate(value):
            self.check(form, element, f"{path}[{index}]")
        names, shape = re.findall("`(.+?)`", by or ""), SHAPES.get(form) or members(form)
        for index in range(1, len(value) if kind == "set" else 0):
            low, high = value[index - 1:index + 1]
            if by == "serials":
                good = low.last < high.first
            else:
                low, high = ([rank(shape[n].form, row[n]) for n in names] if by else rank(form, row)
                             for row in (low, high))
                good = low < high or again and low == high
            if not good:
                raise Refusal("FMT-14", place=f"{path}[{index}]")

    def check_ranges(self, value, path):
        self.ranges += len(value)
        if not value or self.ranges > 3000:
            raise Refusal("FMT-14", "1 to 3,000 ranges stand in an event", path)
        end = -1
        for index, pair in enumerate(value):
            here = f"{path}[{index}]"
            if type(pair) is not list:
                raise Refusal("FMT-12", place=here)
            if len(pair) != 2 or any(type(n) is not int for n in pair) or not 1 <= pair[0] <= pair[1]:
                raise Refusal("FMT-13", place=here)
            if pair[0] <= end + 1:
                raise Refusal("FMT-14", place=here)
            end = pair[1]

    def check_event(self, value, path):
        here = f"{path}.type".lstrip(".")
        if "type" not in value:
            raise Refusal("FMT-11", place=here)
        if type(value.type) is not str:
            raise Refusal("FMT-12", place=here)
        if value.type not in EVENTS:
            raise Refusal("FMT-9", value.type, here)
        self.check_object(dict(EVENT, body=Member(value.type, False, None)), value, path)
        if self.size > 60000:
            raise Refusal("FMT-15", f"{self.size} bytes", path or None)


def check(form, value, size):
    Schema(size).check(form, value, "")


def submission(value, size):
    check(SUBMISSION, value, size)


def line(value, size):
    check(LINE, value, size)
