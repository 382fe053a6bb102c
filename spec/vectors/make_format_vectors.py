#!/usr/bin/env python3
"""Writes the vectors of FMT and SIG: a file a clause in rules/, and what is accepted in admitted/.

Python's standard library only, and nothing of the ledger's own code. Whether a text is canonical
is decided here a second time, by Python's own JSON, before it is written, and so is each signature;
the clause, and the byte or path that a refusal names, are what spec/encoding.md says.

    python3 spec/vectors/make_format_vectors.py           # write
    python3 spec/vectors/make_format_vectors.py --check   # exit 1 where a file would change

All keys are test keys: seed = SHA-256("itmo-ledger test key: <name>").
"""
import base64
import json
import re
import sys

sys.dont_write_bytecode = True  # the import below would leave a folder here

from make_crypto_vectors import HERE, b64, pae, public_key, seed_of, sha256, sign, verifies

EVENT_TYPE = "application/vnd.itmo-ledger.event.v1+json"
MOST = 2**53 - 1


# --- Canonical JSON (spec/encoding.md 1 to 9), by Python's reader ---------------------------------

def canon(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def allowed(character):
    c = ord(character)
    spans = ((0, 0x1f), (0x7f, 0x9f), (0x61c, 0x61c), (0x200e, 0x200f), (0x202a, 0x202e),
             (0x2066, 0x2069), (0xd800, 0xdfff), (0xfdd0, 0xfdef), (0xfeff, 0xfeff))
    return not any(first <= c <= last for first, last in spans) and c & 0xfffe != 0xfffe


def within_limits(value, depth=1):
    if isinstance(value, (list, dict)) and depth > 8:
        return False
    if isinstance(value, list):
        return all(within_limits(each, depth + 1) for each in value)
    if isinstance(value, dict):
        return len(value) <= 256 and all(
            re.fullmatch("[a-z][a-z0-9_]{0,63}", name) and within_limits(each, depth + 1)
            for name, each in value.items())
    if isinstance(value, str):
        return len(value.encode(errors="surrogatepass")) <= 4096 and all(map(allowed, value))
    if isinstance(value, float):
        return False
    return not isinstance(value, int) or -MOST <= value <= MOST


def is_canonical(text):
    try:
        value = json.loads(text.decode())
        return (len(text) <= 65535 and isinstance(value, dict) and within_limits(value)
                and canon(value) == text)
    except (ValueError, RecursionError):
        return False


# --- Rows -----------------------------------------------------------------------------------------

def ranges(first, count):
    return ",".join("[%d,%d]" % (first + 2 * i, first + 2 * i) for i in range(count))


def joined(pieces):
    return b"".join(ranges(each["first"], each["ranges"]).encode() if isinstance(each, dict)
                    else each[0].encode() * each[1] for each in pieces)


def row(of, why, text, clause=None, byte=None, path=None):
    """A vector; `text` is bytes, a text, a value to be written, or pieces to be repeated."""
    out = {"why": why, "of": of}
    if isinstance(text, list):
        out["pieces"], raw = text, joined(text)
    else:
        text = text if isinstance(text, (bytes, str)) else canon(text)
        raw = text.encode() if isinstance(text, str) else text
        try:
            out["text"] = raw.decode()
        except ValueError:
            out["base64"] = b64(raw)
    of_the_reader = clause in ("FMT-%d" % i for i in range(1, 9))
    assert is_canonical(raw) != of_the_reader, why
    for name, value in (("clause", clause), ("byte", byte), ("path", path)):
        if value is not None:
            out[name] = value
    return out


def text(why, raw, clause=None, byte=None):
    return row("text", why, raw, clause, byte)


# --- FMT-1 to FMT-8 -------------------------------------------------------------------------------

def nested(depth):
    return [['{"a":', depth - 1], ["{}", 1], ["}", depth - 1]]


def members(count):
    return '{%s}' % ",".join('"m%d":0' % (1000 + i) for i in range(count))


def string(inside):
    return '{"a":"%s"}' % inside


def reader_rows():
    longest = [['{"a":["', 1], ["x", 4040], ['"', 1], [',"' + "x" * 4096 + '"', 15], ["]}", 1]]
    assert len(joined(longest)) == 65535
    return [
        text("an empty object", "{}"),
        text("every kind of value", '{"a":[-1,0,true,false,null],"b":{"c":"d"}}'),
        text("the largest integers", '{"a":9007199254740991,"b":-9007199254740991}'),
        text("both escapes, and a solidus as itself", '{"a":"\\" \\\\ /"}'),
        text("characters beyond ASCII as themselves, of normal form D too",
             string("Côte d’Ivoire 日本 🌍 e\u0301")),
        text("depth 8", nested(8)),
        text("a string of 4,096 bytes", [['{"a":"', 1], ["x", 4096], ['"}', 1]]),
        text("a string of 4,096 bytes after unescaping", [['{"a":"', 1], ['\\"', 4096], ['"}', 1]]),
        text("a name of 64 bytes", [['{"', 1], ["n", 64], ['":1}', 1]]),
        text("256 members", members(256)),
        text("65,535 bytes", longest),

        text("65,536 bytes, whatever they are", [[" ", 65536]], "FMT-1", 65535),
        text("0xff begins no character", b"\xff{}", "FMT-2", 0),
        text("an overlong form", b'{"a":"\xc0\x80"}', "FMT-2", 6),
        text("a surrogate in UTF-8", b'{"a":"\xed\xa0\x80"}', "FMT-2", 6),
        text("above U+10FFFF", b'{"a":"\xf4\x90\x80\x80"}', "FMT-2", 6),
        text("a character cut short", b'{"a":"x\xe2\x82"}', "FMT-2", 7),
        text("a lone byte behind the value", b"{}\x80", "FMT-2", 2),
        text("nothing", "", "FMT-3", 0),
        text("the end is missing", '{"a":1', "FMT-3", 6),
        text("a space behind a colon", '{"a": 1}', "FMT-3", 5),
        text("a line's end behind the value", '{"a":1}\n', "FMT-3", 7),
        text("a byte order mark", "\ufeff{}", "FMT-3", 0),
        text("two values", "{}{}", "FMT-3", 2),
        text("a comma too many", '{"a":1,}', "FMT-3", 7),
        text("a plus before a number", '{"a":+1}', "FMT-3", 5),
        text("not a number", '{"a":NaN}', "FMT-3", 5),
        text("an array", "[]", "FMT-4", 0),
        text("a string", '"x"', "FMT-4", 0),
        text("depth 9", nested(9), "FMT-5", 40),
        text("60,000 open brackets", [['{"a":', 1], ["[", 60000]], "FMT-5", 12),
        text("2^53", '{"a":9007199254740992}', "FMT-6", 20),
        text("-2^53", '{"a":-9007199254740992}', "FMT-6", 21),
        text("a fraction", '{"a":1.0}', "FMT-6", 6),
        text("an exponent", '{"a":1e2}', "FMT-6", 6),
        text("minus zero", '{"a":-0}', "FMT-6", 6),
        text("a leading zero", '{"a":01}', "FMT-6", 6),
        text("a string of 4,097 bytes", [['{"a":"', 1], ["x", 4097], ['"}', 1]], "FMT-7", 4102),
        text("an escape that is not needed", string("\\u0041"), "FMT-7", 7),
        text("an escaped solidus", string("\\/"), "FMT-7", 7),
        text("an escaped control character", string("x\\ny"), "FMT-7", 8),
        text("a lone surrogate, escaped", string("\\ud800"), "FMT-7", 7),
        text("a tab", string("\t"), "FMT-7", 6),
        text("DEL", string("\x7f"), "FMT-7", 6),
        text("a right-to-left override", string("x\u202ey"), "FMT-7", 7),
        text("a noncharacter", string("\uffff"), "FMT-7", 6),
        text("a byte order mark in a string", string("\ufeff"), "FMT-7", 6),
        text("an upper-case name", '{"A":1}', "FMT-8", 2),
        text("an empty name", '{"":1}', "FMT-8", 2),
        text("a name that is twice there", '{"a":1,"a":2}', "FMT-8", 9),
        text("a name that is twice there, once escaped", '{"a":1,"\\u0061":2}', "FMT-8", 8),
        text("names out of order", '{"b":1,"a":2}', "FMT-8", 8),
        text("a name behind one that it begins", '{"ab":1,"a":2}', "FMT-8", 10),
        text("a name of 65 bytes", [['{"', 1], ["n", 65], ['":1}', 1]], "FMT-8", 66),
        text("257 members", members(257), "FMT-8", len(members(256)) - 1),

        text("of a bad name and a bad value behind it, the name", '{"B":01}', "FMT-8", 2),
        text("of a space and what stands behind it, the space", '{"a": "\\n"}', "FMT-3", 5),
        text("a bad byte goes before what was expected in its place", b'{"a":\xff}', "FMT-2", 5),
    ]


# --- FMT-9 to FMT-15 ------------------------------------------------------------------------------

def event(kind, body, **others):
    return {"type": kind, "body": body, "date": "2027-02-20", "id": "XHA-EVT-1",
            "ledger": "ledger.example/a6", **others}


ACCOUNT = {"holder": "XHA", "id": "XHA-SHARE", "kind": "national_share", "party": "XHA",
           "registry": "XHA99"}


def account(**changes):
    return event("account.opened", {**ACCOUNT, **changes})


def use(ranges, **changes):
    return event("units.used", {
        "account": "XBA-ACC-1", "first_transfer": False, "party": "XBA", "purpose": "NDC",
        "quantity": 1, "units": {"ranges": ranges, "scope": "XHA99"},
        "user": {"name": "Climate Fund of XBA", "participant": "XBA-FUND"}, "year": 2027,
        **changes})


def document(**changes):
    return {"access": "public", "kind": "agreement", "language": "en", "media": "application/pdf",
            "sha256": "0" * 64, "size": 1, "title": "0" * 64, **changes}


def approach(agreement):
    return event("approach.established",
                 {"agreement": agreement, "id": "CA9901", "parties": ["XHA", "XBA"]})


def without(value, name):
    return {k: v for k, v in value.items() if k != name}


def keys_changed(*add):
    return event("participant.keys_changed",
                 {"add": list(add), "participant": "XHA", "remove": [], "route": "threshold"})


def with_ranges(value, first, count):
    """Pieces of the value, `count` ranges of one unit each in place of its only one."""
    before, behind = canon(value).decode().split("[1,1]")
    return [[before, 1], {"first": first, "ranges": count}, [behind, 1]]


def use_of_size(size):
    """A use of exactly that many bytes: ranges of 16 digits, and a name that fills the rest."""
    first, count = 10**15, (size - 500) // 36
    for name in range(1, 257):
        user = {"name": "x" * name, "participant": "XBA-FUND"}
        pieces = with_ranges(use([[1, 1]], user=user), first, count)
        if len(joined(pieces)) == size:
            return pieces
    raise ValueError(size)


def event_rows():
    def ev(why, value, clause=None, path=None):
        return row("event", why, value, clause, path=path)

    bad_date = {"date": "2027-02-30"}
    return [
        ev("an account", account()),
        ev("an event that expires",
           event("account.opened", ACCOUNT, expires="2027-06-30T22:00:00.000Z")),
        ev("ranges with a gap of one serial", use([[1, 5], [7, 9007199254740991]])),
        ev("a type that nobody knows", event("units.split", {}), "FMT-9", "type"),
        ev("an unknown type goes before all else of the event",
           event("units.split", 7, zzz=1, **bad_date), "FMT-9", "type"),
        ev("a member that no event has", event("account.opened", ACCOUNT, memo="x"),
           "FMT-10", "memo"),
        ev("a member that this body has not", account(memo="x"), "FMT-10", "body.memo"),
        ev("a reason for withholding what is public", approach(document(basis="secret")),
           "FMT-10", "body.agreement.basis"),
        ev("nobody who decided to withhold it",
           approach(document(access="confidential", basis="secret", since="2027-01-04")),
           "FMT-11", "body.agreement.by"),
        ev("no day since when it is withheld",
           approach(document(access="confidential", basis="secret", by="Ministry")),
           "FMT-11", "body.agreement.since"),
        ev("a media type with a parameter",
           approach(document(media="text/html; charset=utf-8")),
           "FMT-13", "body.agreement.media"),
        ev("a language that is no tag", approach(document(language="en_GB")),
           "FMT-13", "body.agreement.language"),
        ev("a public copy of what is confidential",
           approach(document(access="confidential", basis="secret", by="Ministry",
                             since="2027-01-04", public={"sha256": "0" * 64, "size": 1})),
           "FMT-10", "body.agreement.public"),
        ev("no type", without(account(), "type"), "FMT-11", "type"),
        ev("no id", without(account(), "id"), "FMT-11", "id"),
        ev("no holder", event("account.opened", without(ACCOUNT, "holder")),
           "FMT-11", "body.holder"),
        ev("a redacted document without its public copy",
           approach(document(access="redacted", basis="x", by="Ministry", since="2027-01-04")),
           "FMT-11", "body.agreement.public"),
        ev("a number for a text", account(holder=7), "FMT-12", "body.holder"),
        ev("a text for a number", use([[1, 1]], quantity="1"), "FMT-12", "body.quantity"),
        ev("null for a member that may be left out", event("account.opened", ACCOUNT, expires=None),
           "FMT-12", "expires"),
        ev("a text for an object", event("account.opened", "x"), "FMT-12", "body"),
        ev("an id with a space", account(id="XHA SHARE"), "FMT-13", "body.id"),
        ev("an id of 65 characters", account(id="x" * 65), "FMT-13", "body.id"),
        ev("a Party in lower case", account(party="xha"), "FMT-13", "body.party"),
        ev("a code that is not listed", account(kind="Holding"), "FMT-13", "body.kind"),
        ev("a day that no calendar has", event("account.opened", ACCOUNT, **bad_date),
           "FMT-13", "date"),
        ev("a moment without fraction digits",
           event("account.opened", ACCOUNT, expires="2027-06-30T22:00:00Z"), "FMT-13", "expires"),
        ev("a key in upper case", keys_changed("A" * 64), "FMT-13", "body.add[0]"),
        ev("a quantity of nothing", use([[1, 1]], quantity=0), "FMT-13", "body.quantity"),
        ev("a range that ends before it begins", use([[2, 1]]), "FMT-13", "body.units.ranges[0]"),
        ev("a range from serial 0", use([[0, 1]]), "FMT-13", "body.units.ranges[0]"),
        ev("ranges that touch", use([[1, 5], [6, 9]]), "FMT-14", "body.units.ranges[1]"),
        ev("ranges that overlap", use([[1, 5], [5, 9]]), "FMT-14", "body.units.ranges[1]"),
        ev("ranges out of order", use([[7, 9], [1, 5]]), "FMT-14", "body.units.ranges[1]"),
        ev("no range", use([]), "FMT-14", "body.units.ranges"),
        ev("3,000 ranges", with_ranges(use([[1, 1]]), 1, 3000)),
        ev("3,001 ranges", with_ranges(use([[1, 1]]), 1, 3001), "FMT-14", "body.units.ranges"),
        ev("a set out of order", keys_changed("b" * 64, "a" * 64), "FMT-14", "body.add[1]"),
        ev("a set that names something twice", keys_changed("a" * 64, "a" * 64),
           "FMT-14", "body.add[1]"),
        ev("17 keys in one list", keys_changed(*("%064x" % i for i in range(17))),
           "FMT-14", "body.add"),
        ev("members are judged in the order of their names",
           {**account(party="xha"), **bad_date}, "FMT-13", "body.party"),
        ev("60,000 bytes", use_of_size(60000)),
        ev("60,001 bytes", use_of_size(60001), "FMT-15"),
    ]


# --- Around the event: submissions and lines ------------------------------------------------------

def key_of(name):
    return public_key(seed_of(name)).hex()


def signature(name, message):
    return {"key": key_of(name), "sig": b64(sign(seed_of(name), message))}


def signed(value, names, message=None):
    message = message or pae(EVENT_TYPE, canon(value))
    return sorted((signature(name, message) for name in names), key=lambda each: each["key"])


def submission(value, names, **others):
    return {"event": value, "signatures": signed(value, names), **others}


def line(**changes):
    value = account()
    return {**submission(value, ["XHA"]), "prev": "0" * 64, "seq": 0,
            "time": "2027-02-20T08:00:00.123Z", **changes}


def around_rows():
    good = submission(account(), ["XHA"])
    sig = good["signatures"][0]["sig"]

    def with_sig(changed):
        return {**good, "signatures": [{**good["signatures"][0], "sig": changed}]}

    def sub(why, value, clause=None, path=None):
        return row("submission", why, value, clause, path=path)

    def ln(why, value, clause=None, path=None):
        return row("line", why, value, clause, path=path)

    stray = sig[:85] + chr(ord(sig[85]) + 1) + "=="
    assert base64.b64decode(stray) == base64.b64decode(sig)
    return [
        sub("a submission", good),
        sub("a submission that states a time", {**good, "time": "2027-02-20T08:00:00.123Z"}),
        sub("a path into the event begins with event", {**good, "event": account(party="xha")},
            "FMT-13", "event.body.party"),
        sub("no signatures", without(good, "signatures"), "FMT-11", "signatures"),
        sub("a member of a line", {**good, "seq": 0}, "FMT-10", "seq"),
        sub("base64 without padding", with_sig(sig[:86]), "FMT-13", "signatures[0].sig"),
        sub("base64 with stray bits", with_sig(stray), "FMT-13", "signatures[0].sig"),
        sub("a signature of 63 bytes", with_sig(b64(bytes(63))), "FMT-13", "signatures[0].sig"),
        ln("a line", line()),
        ln("a line without its place", without(line(), "seq"), "FMT-11", "seq"),
        ln("a hash in upper case", line(prev="A" * 64), "FMT-13", "prev"),
        ln("a place below the first", line(seq=-1), "FMT-13", "seq"),
    ]


# --- SIG ------------------------------------------------------------------------------------------

def authentic(value):
    message = pae(EVENT_TYPE, canon(value["event"]))
    return all(verifies(bytes.fromhex(each["key"]), message, base64.b64decode(each["sig"]))
               for each in value["signatures"])


def sig_row(why, value, clause=None, key=None):
    keys = [each["key"] for each in value["signatures"]]
    counted = 1 <= len(keys) <= 16
    ascending = all(a < b for a, b in zip(keys, keys[1:]))
    expected = ("SIG-1" if not counted else "SIG-2" if not ascending else
                None if authentic(value) else "SIG-3")
    assert expected == clause, why
    out = {"why": why, "of": "submission", "text": canon(value).decode()}
    for name, each in (("clause", clause), ("key", key)):
        if each is not None:
            out[name] = each
    return out


def sig_rows():
    value = account()
    one, two = submission(value, ["XHA"]), submission(value, ["XBA", "XHA"])
    many = ["signer %d" % i for i in range(17)]

    def having(signatures):
        return {"event": value, "signatures": signatures}

    flipped = bytearray(base64.b64decode(one["signatures"][0]["sig"]))
    flipped[40] ^= 1
    other = account(id="XHA-SHARE-2")
    both = two["signatures"]
    # The signature of the higher key is over another event; the lower one is good.
    mixed = [both[0], signature("XHA" if key_of("XHA") == both[1]["key"] else "XBA",
                                pae(EVENT_TYPE, canon(other)))]
    return [
        sig_row("one signature", one),
        sig_row("two signatures", two),
        sig_row("16 signatures", submission(value, many[:16])),
        sig_row("no signature", having([]), "SIG-1"),
        sig_row("17 signatures", submission(value, many), "SIG-1"),
        sig_row("keys out of order", having(both[::-1]), "SIG-2", both[0]["key"]),
        sig_row("a key twice", having([both[0], both[0]]), "SIG-2", both[0]["key"]),
        sig_row("a bit of a signature is another",
                having([{"key": key_of("XHA"), "sig": b64(bytes(flipped))}]),
                "SIG-3", key_of("XHA")),
        sig_row("the signature of another key", having([{"key": key_of("XHA"), "sig": signature(
            "XBA", pae(EVENT_TYPE, canon(value)))["sig"]}]), "SIG-3", key_of("XHA")),
        sig_row("the event was changed after signing", {**one, "event": other},
                "SIG-3", key_of("XHA")),
        sig_row("of two signatures the second is over another event", having(mixed),
                "SIG-3", mixed[1]["key"]),
        sig_row("signed over the bare event, without its encoding",
                having(signed(value, ["XHA"], canon(value))), "SIG-3", key_of("XHA")),
        sig_row("signed as a refusal", having(signed(value, ["XHA"], pae(
            "application/vnd.itmo-ledger.refusal.v1+json", canon(value)))), "SIG-3", key_of("XHA")),
        sig_row("signed over the event's hash", having(signed(value, ["XHA"], pae(
            EVENT_TYPE, sha256(canon(value))))), "SIG-3", key_of("XHA")),
    ]


# --- Files ----------------------------------------------------------------------------------------

NOTES = {
    "texts": "Texts to accept. Form: spec/encoding.md 16. Made by make_format_vectors.py.",
    "signatures": "Submissions to accept. Form: spec/encoding.md 16. Made by"
                  " make_format_vectors.py; keys are test keys.",
    "FMT": "Texts and the clause that each breaks. Form: spec/encoding.md 16. Made by"
           " make_format_vectors.py.",
    "SIG": "Submissions and the clause that their signatures break. Form: spec/encoding.md 16."
           " Made by make_format_vectors.py; keys are test keys.",
}


def files():
    """Rows by the path of their file, in the order in which they stand above."""
    by_path = {}
    for rows, accepted in ((reader_rows() + event_rows() + around_rows(), "texts"),
                           (sig_rows(), "signatures")):
        for row in rows:
            clause = row.get("clause")
            path = "rules/%s.json" % clause if clause else "admitted/%s.json" % accepted
            head = {"note": NOTES[clause[:3] if clause else accepted]}
            if clause:
                head["clause"] = clause
            by_path.setdefault(path, {**head, "vectors": []})["vectors"].append(row)
    return by_path


def main():
    changed = False
    for name, file in files().items():
        path = HERE / name
        written = json.dumps(file, indent=1) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == written:
            continue
        changed = True
        if "--check" in sys.argv[1:]:
            print("%s is not what make_format_vectors.py writes" % name, file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(written, encoding="utf-8")
    return 1 if changed and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
