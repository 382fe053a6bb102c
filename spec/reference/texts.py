"""Bytes to values: canonical JSON (FMT-1 to FMT-8), submissions and lines, signatures (SIG)."""

import base64
import functools
import hashlib
import json
import pathlib
import re

import ed25519

LARGEST = 2**53 - 1
FORBIDDEN = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)) + "]")
NAME = re.compile("[a-z][a-z0-9_]{0,63}")


@functools.lru_cache(None)
def page(name):
    """A page of the specification."""
    return (pathlib.Path(__file__).parent.parent / name).read_text(encoding="utf-8")


def statement(clause):
    """The clause's own sentence."""
    return page("rules.md").partition(f"\n### {clause}\n")[2].strip().split("\n\n")[0].replace("\n", " ")


class Refusal(Exception):
    """A clause that does not hold, what was found, and where: path of a member or offset of a byte."""

    def __init__(self, clause, found="", place=None):
        where = f" At {place}." if place not in (None, "") else ""
        super().__init__(f"{clause}: {statement(clause)}" + (f" Here: {found}." if found else "") + where)
        self.clause, self.place = clause, place


class CouldNotRun(Exception):
    """An input is missing or is not one, or the log goes on by newer rules."""


def need(clause, holds, found="", place=None):
    if not holds:
        raise Refusal(clause, found, place)


class Record(dict):
    """A row or an object of JSON: members by name, None where one is left out."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)

    def __setattr__(self, name, value):
        self[name] = value


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def load(data, deepest=8):
    """JSON that is no text of the ledger; refused where two programs might read it in two ways."""
    def once(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            raise ValueError(f"a member is twice in it: {max(names, key=names.count)[:64]!r}")
        return Record(pairs)

    def integer(text):
        if not re.fullmatch("-?(0|[1-9][0-9]{0,18})", text):
            raise ValueError(f"a number in it is no integer, or too long: {text[:32]}")
        return int(text)

    def depth(value):
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return 0 if inner is None else 1 + max(map(depth, inner), default=0)
    try:
        value = json.loads(data.decode(), object_pairs_hook=once, parse_int=integer, parse_float=integer,
                           parse_constant=integer)
        json.dumps(value, ensure_ascii=False).encode()  # refuses half a character, as \ud800
        if depth(value) <= deepest:
            return value
    except ValueError as error:
        raise CouldNotRun(f"This is no JSON that can be read: {error}.") from error
    except RecursionError:
        pass
    raise CouldNotRun(f"This is no JSON that can be read: more than {deepest} values are open at once.")


class Reader:
    """Reads one text from the left; the first character that nothing could mend decides."""

    def __init__(self, data):
        need("FMT-1", len(data) <= 65535, f"{len(data)} bytes", 65535)
        self.text = data.decode(errors="surrogateescape") + "\0"  # a byte that is no UTF-8: a surrogate
        self.at = self.depth = 0
        self.spans = {}

    def ask(self, clause, holds):
        clause = "FMT-2" if "\ud800" <= self.peek() <= "\udfff" else clause
        clause = "FMT-3" if self.at == len(self.text) - 1 else clause
        need(clause, holds, place=None if holds else len(self.text[:self.at].encode()))

    def peek(self):
        return self.text[self.at]

    def take(self, expected):
        for character in expected:
            self.ask("FMT-3", self.peek() == character)
            self.at += 1

    def read(self):
        self.ask("FMT-4" if self.peek() in '["-0123456789tfn' else "FMT-3", self.peek() == "{")
        value = self.value()
        self.ask("FMT-3", self.at == len(self.text) - 1)
        return value

    def value(self):
        character = self.peek()
        if character in "{[":
            self.depth += 1
            self.ask("FMT-5", self.depth <= 8)
            self.at += 1
            value = self.object() if character == "{" else self.array()
            self.depth -= 1
            return value
        if character == '"':
            return self.string()
        if character in "-0123456789":
            return self.number()
        words = {"t": "true", "f": "false", "n": "null"}
        self.ask("FMT-3", character in words)
        self.take(words[character])
        return dict(t=True, f=False, n=None)[character]

    def closes(self, found, mark):
        """Takes the closing mark, or the comma before the next element."""
        if self.peek() == mark:
            self.at += 1
            return True
        self.ask("FMT-8", mark == "]" or self.peek() != "," or len(found) < 256)
        self.take("," if found else "")
        return False

    def array(self):
        values = []
        while not self.closes(values, "]"):
            values.append(self.value())
        return values

    def object(self):
        members, name = Record(), ""
        while not self.closes(members, "}"):
            name = self.name(name)
            self.take(":")
            start = self.at
            members[name] = self.value()
            if self.depth == 1:
                self.spans[name] = (start, self.at)
        return members

    def name(self, before):
        self.take('"')
        name = ""
        while self.peek() != '"' or name <= before:
            self.ask("FMT-7", not FORBIDDEN.match(self.peek()))
            name += self.peek()
            self.ask("FMT-8", NAME.fullmatch(name) and name >= before[:len(name)])
            self.at += 1
        self.at += 1
        return name

    def string(self):
        self.at += 1
        value, size = "", 0
        while self.peek() != '"':
            size += len(self.peek().encode(errors="surrogatepass"))
            self.ask("FMT-7", not FORBIDDEN.match(self.peek()) and size <= 4096)
            if self.peek() == "\\":
                self.at += 1
                self.ask("FMT-7", self.peek() in '"\\')
            value += self.peek()
            self.at += 1
        self.at += 1
        return value

    def number(self):
        sign, digits = "-" if self.peek() == "-" else "", ""
        self.take(sign)
        while self.peek() in "0123456789":
            digits += self.peek()
            self.ask("FMT-6", (digits[0] != "0" or digits == "0" and not sign) and int(digits) <= LARGEST)
            self.at += 1
        self.ask("FMT-3", digits)
        self.ask("FMT-6", self.peek() not in ".eE")
        return int(sign + digits)


class Text:
    """A submission or a line: value, event, the event's own bytes, its hash."""

    def __init__(self, data, schema):
        reader = Reader(data)
        self.value = reader.read()
        start, end = reader.spans.get("event", (0, 0))
        self.event_bytes = reader.text[start:end].encode()
        schema(self.value, len(self.event_bytes))
        self.event, self.signatures, self.time = self.value.event, self.value.signatures, self.value.time
        self.hash = hashlib.sha256(self.event_bytes).hexdigest()
        keys = [signature.key for signature in self.signatures]
        need("SIG-1", 1 <= len(keys) <= 16, f"{len(keys)} signatures")
        for low, high in zip(keys, keys[1:]):
            need("SIG-2", low < high, place=high)

    def verify(self):
        message = ed25519.pae("application/vnd.itmo-ledger.event.v1+json", self.event_bytes)
        for key, sig in ((signature.key, signature.sig) for signature in self.signatures):
            need("SIG-3", ed25519.verifies(bytes.fromhex(key), message, base64.b64decode(sig)), place=key)
