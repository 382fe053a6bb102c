"""Shapes as the tables of spec/events.md write them, and how a value is judged by one (FMT-9 to FMT-15)."""

import collections
import datetime
import functools
import re

from notes import strict_base64
from texts import LARGEST, Record, need, page

Member = collections.namedtuple("Member", "form optional when")
ONE = re.compile(r"`(\w+)`(?: \(((?:[^()]|\([^()]*\))*)\)| ([a-z][a-z ]*))?(?:, |$)")
MANY = re.compile(r"(list|set|pair)(?: by (.+?)(, which may repeat,)?)? of (.+?)(?:, at most ([0-9,]+))?")
SUBMISSION = "object: `event`, `signatures` (list of signed, at most 65,536), `time` (moment, optional)"
LINE = ("object: `event`, `prev` hash, `seq` count, `signatures` (list of signed, at most 65,536), "
        "`time` moment")


def member(cell, note=""):
    """A cell `id, optional`, or of a member that stands exactly when another has a certain value."""
    form = re.sub("[,;] optional$", "", cell)
    when = re.search(r"exactly when `(\w+)` is (not )?`(\w+)`", note)
    return Member(form, form != cell, when and when.groups())


@functools.lru_cache(None)
def members(text):
    """Those of a text like "`id` party, `keys` (set of key, at most 16), `identity`"."""
    return {one[1]: member(one[2] or one[3] or one[1]) for one in ONE.finditer(text)}


def tables():
    """{name: {member: Member}} of every table that stands under a heading `## name` or `**name**:`."""
    found, name = {"signed": members("`key`, `sig` signature")}, None
    for line in page("events.md").splitlines():
        heading = re.match(r"## (.+)|\*\*(\w+)\*\*:", line)
        row = re.match(r"\| `(\w+)` \| (.+?) \| ?(.*) ?\|$", line)
        if heading:
            name = heading[1] or heading[2]
        elif row:
            found.setdefault(name, {})[row[1]] = member(row[2], row[3])
    return found


SHAPES = tables()
NAMES = {Record: "an object", list: "an array", str: "a string", int: "an integer", bool: "true or false"}
EVENTS = [name for name in SHAPES if "." in name]
EVENT = members("`body` body, `date`, `expires` (moment, optional), `id`, `ledger` origin, `type` event type")


def pattern(text):
    return str, lambda value: re.fullmatch(text, value, re.A)


def number(low, high):
    return int, lambda value: low <= value <= high


def is_day(text):
    try:
        return (re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A) and text >= "1970"
                and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def is_moment(text):
    return is_day(text[:10]) and re.fullmatch(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", text[10:], re.A)


FORMS = {
    "flag": (bool, lambda value: True), "date": (str, is_day), "moment": (str, is_moment),
    "signature": (str, lambda text: len(strict_base64(text)) == 64),
    "unicode": (str, lambda text: not re.search("[\ud800-\udfff]", text)),
    "text": (str, lambda text: 1 <= len(text.encode()) <= 256),
    "id": pattern(r"[A-Za-z0-9._-]{1,64}"), "party": pattern("[A-Z]{3}"),
    "registry": pattern("[A-Z]{3}[0-9]{2}"), "carp": pattern("CA[0-9]{4}"),
    "origin": pattern("[a-z0-9./_-]{1,255}"), "vkey": pattern("[!-~]{1,320}"),
    "reason": pattern("[a-z_]{1,64}"), "event type": pattern(r"[a-z_]{1,32}\.[a-z_]{1,32}"),
    "report version": pattern(r"[1-9]\d{0,5}\.(0|[1-9]\d{0,5})"), "hash": pattern("[0-9a-f]{64}"),
    "key": pattern("[0-9a-f]{64}"), "integer": number(-LARGEST, LARGEST), "count": number(0, LARGEST),
    "positive": number(1, LARGEST), "positive, not below the first": number(1, LARGEST),
    "threshold": number(1, 2**32 - 1), "integer from 0 to 2^32 − 1": number(0, 2**32 - 1),
    "year": number(1990, 2100)}


def codes(form):
    return re.findall("`(.+?)`", form) if form.startswith("code: ") else None


def scalar(form):
    """(type, what judges a value): a form by its name, codes, or a pattern as the page writes it."""
    if form in FORMS:
        return FORMS[form]
    bounds = re.fullmatch("integer from ([0-9,]+) to ([0-9,]+)", form)
    if bounds:
        return number(*(int(bound.replace(",", "")) for bound in bounds.groups()))
    return (str, codes(form).__contains__) if codes(form) else pattern(form.strip("`"))


def rank(form, value):
    """By what a set ascends: codes as the page lists them, everything else by its bytes."""
    return codes(form).index(value) if codes(form) else value


class Schema:
    """Judges one text by a shape; counts the ranges of the event on the way."""

    def __init__(self, size, closed):
        self.size, self.closed, self.ranges = size, closed, 0

    def check(self, form, value, path):
        listed, shape = MANY.fullmatch(form), form.startswith("object: ") or form in SHAPES or form == "event"
        kind, good = (list, None) if listed or form == "ranges" else (Record, None) if shape else scalar(form)
        need("FMT-12", type(value) is kind, f"{NAMES[kind]} is needed", path)
        if listed:
            self.check_list(value, path, *listed.groups())
        elif form == "ranges":
            self.check_ranges(value, path)
        elif form == "event":
            self.check_event(value, path)
        elif shape:
            self.check_object(SHAPES.get(form) or members(form), value, path)
        else:
            need("FMT-13", good(value), f"{value!r} is no {form}", path)

    def check_object(self, shape, value, path):
        for name in sorted(shape.keys() | value.keys()):
            here, known = f"{path}.{name}".lstrip("."), shape.get(name)
            if known and known.when:
                other, negated, code = known.when
                known = known if (value[other] == code) != bool(negated) else None
            need("FMT-10", known or name not in value or not self.closed, place=here)
            need("FMT-11", not known or known.optional or name in value, place=here)
            if known and name in value:
                empty = known.optional and value[name] == [] and MANY.fullmatch(known.form)
                need("FMT-14", not empty, "an empty list is left out", here)
                self.check(known.form, value[name], here)
        both = {"first", "last"} <= shape.keys() & value.keys()
        need("FMT-13", not both or value.first <= value.last, "below the first", f"{path}.last")

    def check_list(self, value, path, kind, by, again, form, most):
        form, names = re.sub("^objects: ", "object: ", form), re.findall("`(.+?)`", by or "")
        need("FMT-13", kind != "pair" or len(value) == 2, "exactly two are needed", path)
        need("FMT-14", len(value) <= int((most or "64").replace(",", "")), f"{len(value)} elements", path)
        for index, element in enumerate(value):
            self.check(form, element, f"{path}[{index}]")
        shape = SHAPES.get(form) or members(form)
        for index in range(1, len(value) if kind == "set" else 0):
            low, high = value[index - 1:index + 1]
            if by == "serials":
                low, high = low.last, high.first
            else:
                low, high = ([rank(shape[name].form, row[name]) for name in names] if by else rank(form, row)
                             for row in (low, high))
            need("FMT-14", low < high or again and low == high, place=f"{path}[{index}]")

    def check_ranges(self, value, path):
        self.ranges += len(value)
        need("FMT-14", value and self.ranges <= 3000, "1 to 3,000 ranges stand in an event", path)
        end = -1
        for index, pair in enumerate(value):
            here = f"{path}[{index}]"
            need("FMT-12", type(pair) is list, place=here)
            need("FMT-13", [type(n) for n in pair] == [int, int] and 1 <= pair[0] <= pair[1], place=here)
            need("FMT-14", pair[0] > end + 1, place=here)
            end = pair[1]

    def check_event(self, value, path):
        here = f"{path}.type".lstrip(".")
        need("FMT-11", "type" in value, place=here)
        need("FMT-12", type(value.type) is str, place=here)
        need("FMT-9", value.type in EVENTS, value.type, here)
        self.check_object(dict(EVENT, body=Member(value.type, False, None)), value, path)
        need("FMT-15", self.size <= 60000, f"{self.size} bytes", path or None)


def check(form, value, size=0, closed=True):
    Schema(size, closed).check(form, value, "")


submission, line = functools.partial(check, SUBMISSION), functools.partial(check, LINE)
