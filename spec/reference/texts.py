"""Bytes to values: canonical JSON (FMT-1 to FMT-8), shapes (FMT-9 to FMT-15), signatures (SIG)."""

import base64
import datetime
import hashlib
import re

import ed25519
from shapes import EVENT, EVENTS, LINE, SUBMISSION, Code, List, Obj, Optional, Pair, Ranges

LARGEST = 2**53 - 1
FORBIDDEN = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)) + "]")
PLAIN = re.compile(r"[ !#-\[\]-~]*")
NUMBER = re.compile(r"-?[1-9][0-9]*")


class Refusal(Exception):
    """A clause that does not hold, a sentence, and where: path of a member or offset of a byte."""

    def __init__(self, clause, sentence="", place=None):
        super().__init__(f"{clause}: {sentence}" + (f" ({place})" if place is not None else ""))
        self.clause, self.sentence, self.place = clause, sentence, place


class Reader:
    """Reads one text from the left; the first character that nothing could mend decides."""

    def __init__(self, data):
        if len(data) > 65535:
            raise Refusal("FMT-1", f"The text has {len(data)} bytes.", 65535)
        self.broken = False
        try:
            self.text = data.decode()
        except UnicodeDecodeError as error:
            self.text, self.broken = data[:error.start].decode(), True
        self.at = self.depth = 0
        self.spans = {}

    def refuse(self, clause, sentence, at=None):
        at = self.at if at is None else at
        if at >= len(self.text):
            if self.broken:
                clause, sentence = "FMT-2", "These bytes are no character in UTF-8."
            elif at == len(self.text) and clause != "FMT-3":
                clause, sentence = "FMT-3", "The text ends too early."
        raise Refusal(clause, sentence, len(self.text[:at].encode()))

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self, expected):
        for character in expected:
            if self.peek() != character:
                self.refuse("FMT-3", f"Here {character} was expected.")
            self.at += 1

    def read(self):
        if self.peek() != "{":
            kind = "FMT-4" if self.peek() in tuple('["-0123456789tfn') else "FMT-3"
            self.refuse(kind, "A text is an object.")
        value = self.value()
        if self.at < len(self.text) or self.broken:
            self.refuse("FMT-3", "Something stands behind the value.")
        return value

    def value(self):
        character = self.peek()
        if character in ("{", "["):
            self.depth += 1
            if self.depth > 8:
                self.refuse("FMT-5", "More than 8 objects and arrays are open.")
            self.at += 1
            value = self.object() if character == "{" else self.array()
            self.depth -= 1
            return value
        if character == '"':
            return self.string()
        if character and character in "-0123456789":
            return self.number()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if character == word[0]:
                self.take(word)
                return value
        return self.refuse("FMT-3", "Here a value was expected.")

    def array(self):
        values = []
        while not (not values and self.peek() == "]"):
            values.append(self.value())
            if self.peek() == "]":
                break
            self.take(",")
        self.at += 1
        return values

    def object(self):
        members, before = {}, ""
        while not (not members and self.peek() == "}"):
            before = self.name(before)
            self.take(":")
            start = self.at
            members[before] = self.value()
            if self.depth == 1:
                self.spans[before] = (start, self.at)
            if self.peek() == "}":
                break
            if self.peek() == "," and len(members) == 256:
                self.refuse("FMT-8", "An object has at most 256 members.")
            self.take(",")
        self.at += 1
        return members

    def name(self, before):
        self.take('"')
        start, tied = self.at, True  # tied: so far equal to the beginning of the name before
        while True:
            character, index = self.peek(), self.at - start
            if not character:
                self.refuse("FMT-3", "The text ends within a name.")
            if FORBIDDEN.match(character):
                self.refuse("FMT-7", "This character is not allowed.")
            if character == '"' and index and not (tied and index <= len(before)):
                self.at += 1
                return self.text[start:self.at - 1]
            good = "a" <= character <= "z" or index and (character.isdecimal() or character == "_")
            if not good or not character.isascii() or index == 64:
                self.refuse("FMT-8", "A name is a-z, then at most 63 of a-z, 0-9 and _.")
            if tied and index < len(before):
                if character < before[index]:
                    self.refuse("FMT-8", "Names of an object ascend.")
                tied = character == before[index]
            self.at += 1

    def string(self):
        self.at += 1
        parts, size = [], 0
        while True:
            run = PLAIN.match(self.text, self.at).group()
            if size + len(run) > 4096:
                self.refuse("FMT-7", "A string has at most 4,096 bytes.", self.at + 4096 - size)
            self.at += len(run)
            size += len(run)
            parts.append(run)
            character = self.peek()
            if character == '"':
                self.at += 1
                return "".join(parts)
            if not character:
                self.refuse("FMT-3", "The text ends within a string.")
            size += len(character.encode()) if character != "\\" else 1
            if FORBIDDEN.match(character) or size > 4096:
                self.refuse("FMT-7", "This character is not allowed, or one too many.")
            self.at += 1
            if character == "\\":
                character = self.peek()
                if character not in ('"', "\\"):
                    self.refuse("FMT-7", "No such escape.")
                self.at += 1
            parts.append(character)

    def number(self):
        if self.peek() == "0":
            self.at += 1
            if self.peek() and self.peek() in "0123456789.eE":
                self.refuse("FMT-6", "A number is an integer in its shortest form.")
            return 0
        found = NUMBER.match(self.text, self.at)
        if not found:
            self.at += 1
            self.refuse("FMT-6" if self.peek() == "0" else "FMT-3", "Here a digit was expected.")
        value = int(found.group())
        if abs(value) > LARGEST:
            length = 17 if value < 0 else 16
            if abs(int(found.group()[:length])) <= LARGEST:
                length += 1
            self.refuse("FMT-6", "The number is too large.", self.at + length - 1)
        self.at = found.end()
        if self.peek() and self.peek() in ".eE":
            self.refuse("FMT-6", "A number has no fraction and no exponent.")
        return value


def is_day(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A) or text < "1970":
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text):
    clock = r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z"
    return is_day(text[:10]) and bool(re.fullmatch(clock, text[10:], re.A))


def is_signature(text):
    if not re.fullmatch(r"[A-Za-z0-9+/]{86}==", text):
        return False
    return base64.b64encode(base64.b64decode(text)).decode() == text


def matching(pattern):
    return str, lambda text: re.fullmatch(pattern, text, re.A)


def between(low, high):
    return int, lambda number: low <= number <= high


FORMS = {
    "id": matching(r"[A-Za-z0-9._-]{1,64}"),
    "party": matching(r"[A-Z]{3}"),
    "registry": matching(r"[A-Z]{3}[0-9]{2}"),
    "carp": matching(r"CA[0-9]{4}"),
    "origin": matching(r"[a-z0-9./_-]{1,255}"),
    "vkey": matching(r"[!-~]{1,320}"),
    "language": matching(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}"),
    "media": matching(r"[a-z0-9.+-]{1,127}/[a-z0-9.+-]{1,127}"),
    "text": (str, lambda text: 1 <= len(text.encode()) <= 256),
    "reason": matching(r"[a-z_]{1,64}"),
    "event type": matching(r"[a-z_]{1,32}\.[a-z_]{1,32}"),
    "report version": matching(r"[1-9]\d{0,5}\.(0|[1-9]\d{0,5})"),
    "date": (str, is_day),
    "moment": (str, is_moment),
    "hash": matching(r"[0-9a-f]{64}"),
    "key": matching(r"[0-9a-f]{64}"),
    "signature": (str, is_signature),
    "flag": (bool, lambda flag: True),
    "integer": between(-LARGEST, LARGEST),
    "count": between(0, LARGEST),
    "positive": between(1, LARGEST),
    "threshold": between(1, 2**32 - 1),
    "days": between(0, 2**32 - 1),
    "year": between(1990, 2100),
}


class Schema:
    """Judges one text by a shape; counts the ranges of the event on the way."""

    def __init__(self):
        self.ranges = 0

    def check(self, form, value, path):
        if isinstance(form, Optional):
            form = form.form
        kind = {Obj: dict, List: list, Pair: list, Ranges: list, Code: str}.get(type(form))
        if kind is None:
            kind, good = FORMS[form]
        if type(value) is not kind:
            raise Refusal("FMT-12", f"A value of another type is needed, {kind.__name__}.", path)
        if isinstance(form, Obj):
            self.check_object(form, value, path)
        elif isinstance(form, List):
            self.check_list(form, value, path)
        elif isinstance(form, Pair):
            if len(value) != 2:
                raise Refusal("FMT-13", "Exactly two are needed.", path)
            for index, element in enumerate(value):
                self.check(form.form, element, f"{path}[{index}]")
        elif isinstance(form, Ranges):
            self.check_ranges(value, path)
        elif not (value in form.codes if isinstance(form, Code) else good(value)):
            raise Refusal("FMT-13", f"{value!r} has not the form of its place.", path)

    def check_object(self, form, value, path):
        for name in sorted(set(value) | set(form.members)):
            here = f"{path}.{name}" if path else name
            wanted = name in form.members
            if wanted and name in form.when:
                member, values = form.when[name]
                wanted = value[member] in values
            if name in value and not wanted:
                raise Refusal("FMT-10", "The shape does not name this member.", here)
            if name in value:
                self.check(form.members[name], value[name], here)
            elif wanted and not isinstance(form.members[name], Optional):
                raise Refusal("FMT-11", "The shape needs this member.", here)
        if form.good and not form.good(value):
            raise Refusal("FMT-13", "The last is not below the first.", f"{path}.last")

    def check_list(self, form, value, path):
        if not form.least <= len(value) <= form.most:
            raise Refusal("FMT-14", f"The list has {len(value)} elements.", path)
        for index, element in enumerate(value):
            self.check(form.form, element, f"{path}[{index}]")
        if form.key:
            keys = [form.key(element) for element in value]
            for index in range(1, len(keys)):
                if not keys[index - 1] < keys[index] and not (
                        form.again and keys[index - 1] == keys[index]):
                    raise Refusal("FMT-14", "A set ascends.", f"{path}[{index}]")

    def check_ranges(self, value, path):
        self.ranges += len(value)
        if not value or self.ranges > 3000:
            raise Refusal("FMT-14", "There are 1 to 3,000 ranges in an event.", path)
        end = -1
        for index, pair in enumerate(value):
            here = f"{path}[{index}]"
            if type(pair) is not list:
                raise Refusal("FMT-12", "A range is an array.", here)
            if len(pair) != 2 or any(type(n) is not int for n in pair) or not (
                    1 <= pair[0] <= pair[1]):
                raise Refusal("FMT-13", "A range is [first,last].", here)
            if pair[0] <= end + 1:
                raise Refusal("FMT-14", "Ranges ascend and never touch.", here)
            end = pair[1]

    def check_event(self, value, size, path=""):
        here = f"{path}.type" if path else "type"
        if type(value) is not dict:
            raise Refusal("FMT-12", "An event is an object.", path)
        if "type" not in value:
            raise Refusal("FMT-11", "The shape needs this member.", here)
        if type(value["type"]) is not str:
            raise Refusal("FMT-12", "A type is a string.", here)
        if value["type"] not in EVENTS:
            raise Refusal("FMT-9", f"{value['type']} is no type of event.", here)
        self.check_object(Obj({**EVENT, "body": EVENTS[value["type"]]}), value, path)
        if size > 60000:
            raise Refusal("FMT-15", f"The event has {size} bytes.", path or None)


class Text:
    """A submission or a line: value, event, the event's own bytes, its hash."""

    def __init__(self, data, kind):
        reader = Reader(data)
        self.data, self.value = data, reader.read()
        start, end = reader.spans.get("event", (0, 0))
        self.event_bytes = reader.text[start:end].encode()
        schema, members = Schema(), SUBMISSION if kind == "submission" else LINE
        for name in sorted(set(self.value) | set(members)):
            if name == "event" and name in self.value:
                schema.check_event(self.value["event"], len(self.event_bytes), "event")
            else:
                one = {name: self.value[name]} if name in self.value else {}
                shape = {name: members[name]} if name in members else {}
                schema.check_object(Obj(shape), one, "")
        self.event, self.signatures = self.value["event"], self.value["signatures"]
        self.time = self.value.get("time")
        self.hash = hashlib.sha256(self.event_bytes).hexdigest()

    def authenticate(self):
        """SIG-1 to SIG-3: judged on bytes alone."""
        keys = [signature["key"] for signature in self.signatures]
        if not 1 <= len(keys) <= 16:
            raise Refusal("SIG-1", f"There are {len(keys)} signatures.")
        for low, high in zip(keys, keys[1:]):
            if low >= high:
                raise Refusal("SIG-2", "Signatures ascend by key.", high)

    def verify(self):
        message = ed25519.pae("application/vnd.itmo-ledger.event.v1+json", self.event_bytes)
        for signature in self.signatures:
            good = ed25519.verifies(bytes.fromhex(signature["key"]), message,
                                    base64.b64decode(signature["sig"]))
            if not good:
                raise Refusal("SIG-3", f"The signature of {signature['key']} does not verify.",
                              signature["key"])


def check_event_text(data):
    Schema().check_event(Reader(data).read(), len(data))
