#!/usr/bin/env python3
"""Writes state.json beside itself: state trees, their roots, proofs, and what is no proof.

Python's standard library only, and nothing of the ledger's own code: the tree is made by recursion
over all leaves, as spec/state.md defines it. Every verdict in the file is computed here a second time
before it is written, so the vectors are an independent opinion.

    python3 spec/vectors/make_state_vectors.py           # write
    python3 spec/vectors/make_state_vectors.py --check   # exit 1 where the file would change
"""
import functools
import itertools
import json
import sys

from make_crypto_vectors import HERE, sha256

EMPTY = bytes(32)
OWN, NOTHING, OTHER = 0, 1, 2


# --- The tree -------------------------------------------------------------------------------------

@functools.cache
def turns(path):
    return format(int.from_bytes(path, "big"), "0256b")


def leaf_hash(path, value_hash):
    return sha256(b"\x00" + path + value_hash)


def root_of(leaves, depth=0):
    """Of the pairs (path, value hash), which share the turns before `depth`."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaf_hash(*leaves[0])
    left, right = parted(leaves, depth)
    return sha256(b"\x01" + root_of(left, depth + 1) + root_of(right, depth + 1))


def parted(leaves, depth):
    return ([leaf for leaf in leaves if turns(leaf[0])[depth] == "0"],
            [leaf for leaf in leaves if turns(leaf[0])[depth] == "1"])


def leaves_of(items):
    return [(sha256(key), sha256(value)) for key, value in items.items()]


def root(items):
    return root_of(leaves_of(items))


def prove(items, key):
    """(end, siblings from the root down, the other leaf or None)"""
    leaves, way, siblings = leaves_of(items), turns(sha256(key)), []
    while len(leaves) > 1:
        depth = len(siblings)
        left, right = parted(leaves, depth)
        leaves, beside = (left, right) if way[depth] == "0" else (right, left)
        siblings.append(root_of(beside, depth + 1))
    if not leaves:
        return NOTHING, siblings, None
    return (OWN, siblings, None) if key in items else (OTHER, siblings, leaves[0])


# --- Bytes of a proof -----------------------------------------------------------------------------

def encode(end, siblings, other):
    bits = "".join("0" if each == EMPTY else "1" for each in siblings)
    bits += "0" * (-len(bits) % 8)
    out = bytes([end]) + len(siblings).to_bytes(2, "big")
    out += bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
    out += b"".join(each for each in siblings if each != EMPTY)
    return out + (b"".join(other) if other else b"")


def decode(data):
    """(end, siblings, other), or None unless the bytes are the one way to write a proof."""
    if len(data) < 3 or data[0] > OTHER:
        return None
    end, depth, at = data[0], int.from_bytes(data[1:3], "big"), 3
    if depth > (256 if end == OWN else 255):
        return None
    bits = "".join(format(byte, "08b") for byte in data[at:at + (depth + 7) // 8])
    at += (depth + 7) // 8
    siblings = []
    for bit in bits[:depth]:
        siblings.append(EMPTY)
        if bit == "1":
            siblings[-1] = data[at:at + 32]
            at += 32
    other = (data[at:at + 32], data[at + 32:at + 64]) if end == OTHER else None
    found = end, siblings, other
    if encode(*found) != data or siblings and siblings[-1] == EMPTY:
        return None
    return found if all(len(each) == 32 for each in siblings + list(other or ())) else None


def holds(root_hash, key, value, data):
    """Whether the proof shows that the key has the value; with None, that it has none."""
    proof = decode(data)
    if proof is None or (proof[0] == OWN) != (value is not None):
        return False
    end, siblings, other = proof
    way = turns(sha256(key))
    if end == OWN:
        node = leaf_hash(sha256(key), sha256(value))
    elif end == NOTHING:
        node = EMPTY
    else:
        if other[0] == sha256(key) or turns(other[0])[:len(siblings)] != way[:len(siblings)]:
            return False
        node = leaf_hash(*other)
    for depth in reversed(range(len(siblings))):
        pair = (node, siblings[depth]) if way[depth] == "0" else (siblings[depth], node)
        node = sha256(b"\x01" + pair[0] + pair[1])
    return node == root_hash


# --- Vectors --------------------------------------------------------------------------------------

TINY = {b"alpha": b"1", b"beta": b"2", b"gamma": b"3"}
HUNDRED = {b"account\x00A-%02d" % i: b'{"held":%d}' % (10 * i) for i in range(100)}


def near_keys():
    """Of 4,000 keys the two, and the three, whose paths share the most turns."""
    by_path = sorted((turns(sha256(key)), key) for key in (b"near-%d" % i for i in range(4000)))

    def shared(a, b):
        return next(i for i in range(256) if a[i] != b[i])

    pairs = max(range(len(by_path) - 1),
                key=lambda i: shared(by_path[i][0], by_path[i + 1][0]))
    threes = max(range(len(by_path) - 2),
                 key=lambda i: shared(by_path[i][0], by_path[i + 2][0]))
    return ([by_path[i][1] for i in (pairs, pairs + 1)],
            [by_path[i][1] for i in (threes, threes + 1, threes + 2)])


PAIR, THREE = near_keys()


def proof_row(items, key):
    end, siblings, other = proof = prove(items, key)
    data, value = encode(*proof), items.get(key)
    assert decode(data) == proof and holds(root(items), key, value, data)
    assert not holds(root(items), key, None if value is not None else b"", data)
    return {"key": key.hex(), "path": sha256(key).hex(),
            "value": None if value is None else value.hex(),
            "end": ("own", "nothing", "other")[end],
            "siblings": [each.hex() for each in siblings],
            "other": None if other is None else {"path": other[0].hex(), "value_hash": other[1].hex()},
            "proof": data.hex()}


def tree(why, items, keys):
    return {"why": why, "items": [[key.hex(), value.hex()] for key, value in items.items()],
            "root": root(items).hex(), "proofs": [proof_row(items, key) for key in keys]}


def absent_keys(items, end, count):
    keys = (b"absent-%d" % i for i in itertools.count())
    return list(itertools.islice((key for key in keys if prove(items, key)[0] == end), count))


def trees():
    one = {b"alpha": b"1"}
    pair = {key: b"pair" for key in PAIR}
    three = {key: b"three" for key in THREE}
    hundred = list(HUNDRED)
    return [
        tree("nothing", {}, [b"alpha", b""]),
        tree("one leaf is the root", one, [b"alpha", b"beta"]),
        tree("two leaves", dict(list(TINY.items())[:2]), [b"alpha", b"beta", b"gamma", b"delta"]),
        tree("three leaves", TINY, [b"alpha", b"beta", b"gamma", b"delta", b"epsilon"]),
        tree("an empty key and an empty value", {b"": b"", b"alpha": b""}, [b"", b"alpha", b"beta"]),
        tree("two leaves whose paths part late: nothing beside most turns", pair,
             PAIR + absent_keys(pair, NOTHING, 2)),
        tree("three leaves whose paths part late", three, THREE + absent_keys(three, NOTHING, 2)),
        tree("the same among others", {**three, **pair, **TINY},
             THREE + PAIR + [b"alpha"] + absent_keys({**three, **pair, **TINY}, NOTHING, 2)),
        tree("a hundred leaves", HUNDRED, [hundred[i] for i in (0, 7, 42, 99)]
             + absent_keys(HUNDRED, NOTHING, 2) + absent_keys(HUNDRED, OTHER, 2)),
    ]


def changes():
    """One tree through a history: what is set or taken out, and the root after it."""
    items, rows = {}, []

    def change(why, key, value):
        if value is None:
            items.pop(key, None)
        else:
            items[key] = value
        rows.append({"why": why, "key": key.hex(), "value": None if value is None else value.hex(),
                     "leaves": len(items), "root": root(items).hex()})

    for key, value in TINY.items():
        change("a key is set", key, value)
    change("it is set to what it is", b"beta", b"2")
    change("it is set to something else", b"beta", b"two")
    change("and back", b"beta", b"2")
    change("a key that is not there is taken out", b"delta", None)
    change("a key is taken out: the tree is as before it came", b"gamma", None)
    for key in PAIR + THREE:
        change("keys with paths that part late come", key, b"late")
    for key in [PAIR[0], THREE[1], THREE[0], PAIR[1]]:
        change("one goes: what is left beside it collapses", key, None)
    for key in (b"alpha", THREE[2], b"beta"):
        change("until nothing is left", key, None)
    assert rows[-1]["root"] == EMPTY.hex()
    return rows


def malformed():
    """Bytes that are no proof, whatever they are asked of."""
    good = encode(*prove(TINY, b"alpha"))
    other = (sha256(b"alpha"), sha256(b"1"))
    some = sha256(b"some")
    deep = [EMPTY] * 255 + [some]
    rows = [
        ("nothing", b""), ("an end alone", b"\x00"), ("half a depth", b"\x00\x00"),
        ("an end of no kind", b"\x03" + good[1:]), ("an end of no kind", b"\xff\x00\x00"),
        ("a byte too few", good[:-1]), ("a byte too many", good + b"\x00"),
        ("a sibling too few", good[:-32]), ("a sibling too many", good + some),
        ("no map of siblings", b"\x00\x00\x01"), ("siblings missing", b"\x00\x00\x01\x80"),
        ("a bit behind the depth", b"\x00\x00\x01\xc0" + some + some),
        ("a bit behind the depth, without a sibling", b"\x00\x00\x01\x81" + some),
        ("an empty sibling that is not left out", b"\x00\x00\x02\xc0" + EMPTY + some),
        ("nothing beside the last turn, own leaf", b"\x00\x00\x02\x80" + some),
        ("nothing beside the last turn, an empty subtree", b"\x01\x00\x02\x80" + some),
        ("nothing beside the last turn, another leaf", b"\x02\x00\x02\x80" + some + other[0]
         + other[1]),
        ("nothing beside the only turn", b"\x01\x00\x01\x00"),
        ("an empty subtree at depth 256", encode(NOTHING, deep, None)),
        ("another leaf at depth 256", encode(OTHER, deep, other)),
        ("depth 257", encode(OWN, [EMPTY] + deep, None)),
        ("depth 65,535", b"\x00\xff\xff"),
        ("no other leaf", encode(OTHER, [], None)), ("half another leaf", encode(OTHER, [], other[:1])),
        ("an own leaf with another", encode(OWN, [], other)),
        ("an empty subtree with another leaf", encode(NOTHING, [], other)),
    ]
    for why, data in rows:
        assert decode(data) is None, why
    assert decode(encode(OWN, deep, None)) and decode(good)
    return [{"why": why, "proof": data.hex()} for why, data in rows]


def refused():
    """Proofs in good form that do not show what is claimed with them."""
    rows = []

    def refuse(why, key, value, data, root_hash=root(HUNDRED)):
        assert decode(data) and not holds(root_hash, key, value, data), why
        rows.append({"why": why, "root": root_hash.hex(), "key": key.hex(),
                     "value": None if value is None else value.hex(), "proof": data.hex()})

    keys = list(HUNDRED)
    key, value = keys[42], HUNDRED[keys[42]]
    end, siblings, _ = prove(HUNDRED, key)
    good = encode(end, siblings, None)
    refuse("another value", key, b'{"held":421}', good)
    refuse("no value", key, b"", good)
    refuse("another key", keys[41], value, good)
    refuse("another root", key, value, good, root(TINY))
    refuse("the root of nothing", key, value, good, EMPTY)
    refuse("a present key is called absent", key, None, good)
    refuse("a present key ends in nothing", key, None, encode(NOTHING, siblings, None))
    leaf = sha256(key), sha256(value)
    refuse("its own leaf is called another's", key, None, encode(OTHER, siblings, leaf))
    refuse("the value of a present key is called another's", key, None,
           encode(OTHER, siblings, (leaf[0], sha256(b"other"))))
    refuse("siblings from the leaf up", key, value, encode(OWN, siblings[::-1], None))
    refuse("siblings sorted", key, value, encode(OWN, sorted(siblings), None))
    refuse("a sibling too few", key, value, encode(OWN, siblings[1:], None))
    refuse("a sibling too many", key, value, encode(OWN, siblings + siblings[-1:], None))
    for kind, name in ((NOTHING, "an empty subtree"), (OTHER, "another leaf")):
        absent = absent_keys(HUNDRED, kind, 1)[0]
        _, beside, other = prove(HUNDRED, absent)
        data = encode(kind, beside, other)
        refuse("an absent key has a value: " + name, absent, b"", data)
        refuse("a present key by the absence of another: " + name, key, None, data)
    far = next(k for k in keys if turns(sha256(k))[0] != turns(sha256(key))[0])
    _, beside, _ = prove(HUNDRED, far)
    refuse("another leaf that does not lie on the way", key, None,
           encode(OTHER, beside, (sha256(far), sha256(HUNDRED[far]))))
    wrong = sha256(b"\x01" + sha256(b"some") + leaf_hash(sha256(b"delta"), sha256(b"4")))
    refuse("another leaf that was hung where its path does not lead", b"alpha", None,
           encode(OTHER, [sha256(b"some")], (sha256(b"delta"), sha256(b"4"))), wrong)
    late = {k: b"pair" for k in PAIR}
    _, beside, _ = prove(late, PAIR[0])
    refuse("empty siblings left out of the count", PAIR[0], b"pair",
           encode(OWN, [each for each in beside if each != EMPTY], None), root(late))
    return rows


def state_vectors():
    return {"note": "Compact sparse Merkle tree over SHA-256, spec/state.md. Made by"
                    " make_state_vectors.py. Keys, values and proofs are hex; siblings from the root"
                    " down; a value of null: the key has none.",
            "trees": trees(), "changes": changes(), "malformed": malformed(), "refused": refused()}


def main():
    path = HERE / "state.json"
    text = json.dumps(state_vectors(), indent=1, ensure_ascii=False) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv[1:]:
        print("state.json is not what make_state_vectors.py writes", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
