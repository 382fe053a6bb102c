#!/usr/bin/env python3
"""Writes ed25519.json, merkle.json and notes.json beside itself.

Python's standard library only, and nothing of the ledger's own code: Ed25519 from RFC 8032, the tree
by the recursion of RFC 6962, notes as C2SP describes them. Every verdict in the files is computed
here a second time before it is written, so the vectors are an independent opinion.

    python3 spec/vectors/make_crypto_vectors.py           # write
    python3 spec/vectors/make_crypto_vectors.py --check   # exit 1 where a file would change

All keys are test keys: seed = SHA-256("itmo-ledger test key: <name>").
"""
import base64
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def from_b64(text):
    """The bytes, or None unless the text is the one way to write them."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if b64(data) == text else None


def hexes(hashes):
    return [h.hex() for h in hashes]


# --- Ed25519 (RFC 8032, 5.1 and 6) --------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def mul(s, p):
    q = IDENTITY
    while s > 0:
        if s & 1:
            q = add(q, p)
        p, s = add(p, p), s >> 1
    return q


def equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def recover_x(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def encode_point(p):
    z = pow(p[2], P - 2, P)
    return (p[1] * z % P | (p[0] * z % P & 1) << 255).to_bytes(32, "little")


def decode_point(data):
    """The point, or None unless the encoding is canonical and on the curve."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = recover_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def scalar(*pieces):
    return int.from_bytes(hashlib.sha512(b"".join(pieces)).digest(), "little") % L


def expand(seed):
    h = hashlib.sha512(seed).digest()
    return int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254, h[32:]


def public_key(seed):
    return encode_point(mul(expand(seed)[0], BASE))


def sign(seed, message):
    a, prefix = expand(seed)
    key = encode_point(mul(a, BASE))
    return sign_with(a, key, scalar(prefix, message), IDENTITY, message)


def sign_with(a, key, r, torsion, message):
    """A signature whose R is r*B plus a point of small order."""
    big_r = encode_point(add(mul(r, BASE), torsion))
    return big_r + ((r + scalar(big_r, key, message) * a) % L).to_bytes(32, "little")


def is_small_order(p):
    return equal(mul(8, p), IDENTITY)


def verifies(key, message, signature):
    """The strict profile: S < L, A and R canonical and not of small order, no cofactor."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or is_small_order(a) or is_small_order(r):
        return False
    return equal(mul(s, BASE), add(r, mul(scalar(signature[:32], key, message), a)))


def verifies_with_cofactor(key, message, signature):
    a, r = decode_point(key), decode_point(signature[:32])
    k, s = scalar(signature[:32], key, message), int.from_bytes(signature[32:], "little")
    return s < L and equal(mul(8 * s, BASE), mul(8, add(r, mul(k, a))))


def may_be_enrolled(key):
    a = decode_point(key)
    return a is not None and not is_small_order(a) and equal(mul(L, a), IDENTITY)


def order_8_point():
    y = 2
    while True:
        point = decode_point(y.to_bytes(32, "little"))
        if point is not None:
            torsion = mul(L, point)
            if not equal(mul(4, torsion), IDENTITY):
                return torsion
        y += 1


TORSION = order_8_point()


def seed_of(name):
    return sha256(b"itmo-ledger test key: " + name.encode())


def pae(kind, body):
    kind = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


def pem(label, der):
    text = b64(der)
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, "\n".join(lines), label)


PKCS8_V1 = bytes.fromhex("302e020100300506032b657004220420")
PKCS8_V2 = bytes.fromhex("3051020101300506032b657004220420")
SPKI = bytes.fromhex("302a300506032b6570032100")


def first_message(accepts):
    """The first of 'message 0', 'message 1', ... for which a chance of one in eight comes true."""
    number = 0
    while not accepts(b"message %d" % number):
        number += 1
    return b"message %d" % number


def ed25519_vectors():
    seed, message = seed_of("profile"), b"itmo-ledger ed25519 profile"
    a, _ = expand(seed)
    key, good = public_key(seed), sign(seed, message)
    s = int.from_bytes(good[32:], "little")
    r = scalar(b"a nonce for malicious signatures")
    identity = encode_point(IDENTITY)
    zero = bytes(32)
    p_plus_1 = (P + 1).to_bytes(32, "little")
    flipped = bytes([good[0] ^ 1]) + good[1:]

    torsion_key = encode_point(TORSION)
    small = first_message(lambda m: scalar(encode_point(mul(r, BASE)), torsion_key, m) % 8 == 0)
    small_signature = encode_point(mul(r, BASE)) + r.to_bytes(32, "little")
    mixed_key = encode_point(add(mul(a, BASE), TORSION))
    mixed = first_message(lambda m: scalar(encode_point(mul(r, BASE)), mixed_key, m) % 8 == 0)
    mixed_signature = sign_with(a, mixed_key, r, IDENTITY, mixed)
    with_identity = identity + (scalar(identity, key, message) * a % L).to_bytes(32, "little")

    rows = [
        ("valid", key, message, good),
        ("valid, empty message", key, b"", sign(seed, b"")),
        ("S + L: the same equation, a second text", key, message,
         good[:32] + (s + L).to_bytes(32, "little")),
        ("S = L", key, message, good[:32] + L.to_bytes(32, "little")),
        ("S with its highest bit set", key, message,
         good[:32] + (s | 1 << 255).to_bytes(32, "little")),
        ("one byte more in the message", key, message + b"!", good),
        ("one bit flipped in R", key, message, flipped),
        ("63 bytes", key, message, good[:63]),
        ("65 bytes", key, message, good + b"\0"),
        ("R with a part of order 8: valid where the cofactored equation is checked", key, message,
         sign_with(a, key, r, TORSION, message)),
        ("R with a part of order 2: valid where the cofactored equation is checked", key, message,
         sign_with(a, key, r, mul(4, TORSION), message)),
        ("R is the identity: valid for OpenSSL and Go", key, message, with_identity),
        ("A = R = identity, S = 0: for OpenSSL and Go it fits every message", identity,
         b"any message at all", identity + zero),
        ("A of small order: for OpenSSL and Go valid for one message in eight", torsion_key, small,
         small_signature),
        ("A of mixed order, a message for which it verifies everywhere: the key is what must be"
         " refused", mixed_key, mixed, mixed_signature),
        ("A not canonical (p + 1)", p_plus_1, b"x", identity + zero),
        ("R not canonical (p + 1)", key, message, p_plus_1 + zero),
    ]
    signatures = []
    for why, vector_key, text, signature in rows:
        valid = verifies(vector_key, text, signature)
        assert valid == why.startswith(("valid", "A of mixed order")), why
        signatures.append({"why": why, "key": vector_key.hex(), "message": text.hex(),
                           "signature": signature.hex(), "valid": valid})
    for row in rows[9:11]:
        assert verifies_with_cofactor(*row[1:]), row[0]

    other = expand(seed_of("profile, second key"))[0]
    keys = [
        ("honest", key),
        ("honest, second", encode_point(mul(other, BASE))),
        ("mixed order: honest plus a point of order 8", mixed_key),
        ("order 2L: honest plus the point of order 2",
         encode_point(add(mul(a, BASE), mul(4, TORSION)))),
        ("order 4L: honest plus a point of order 4",
         encode_point(add(mul(a, BASE), mul(2, TORSION)))),
        ("order 2L: libsodium 1.0.20 accepts it (CVE-2025-69277)",
         bytes.fromhex("fe894df18abf1c20088bfbe6c9ad45d42ec20663eaf7111eaea1d851da0d7f89")),
        ("order 2L, second example",
         bytes.fromhex("63771c228bf60e6a02ad24d2c345a28d3598f640e26bede40c8b77fe4bf090a3")),
        ("identity", identity),
        ("order 2", encode_point(mul(4, TORSION))),
        ("order 4", encode_point(mul(2, TORSION))),
        ("order 8", torsion_key),
        ("y = p + 1, not canonical", p_plus_1),
        ("x = 0 with a sign", identity[:31] + b"\x80"),
        ("not on the curve", (2).to_bytes(32, "little")),
    ]
    key_rows = []
    for why, candidate in keys:
        assert may_be_enrolled(candidate) == why.startswith("honest"), why
        key_rows.append({"why": why, "key": candidate.hex(), "valid": may_be_enrolled(candidate)})

    return {"note": "Ed25519 in the strict profile of spec/signatures.md. Made by"
                    " make_crypto_vectors.py; keys are test keys.",
            "signatures": signatures, "keys": key_rows, "signing": signing_vectors(),
            "pae": pae_vectors()}


def signing_vectors():
    kind = "application/vnd.itmo-ledger.event.v1+json"
    rows = []
    for name in ("XHA", "XBA"):
        seed = seed_of(name)
        key = public_key(seed)
        body = b'{"body":{},"id":"worked-example"}'
        signed = pae(kind, body)
        assert verifies(key, signed, sign(seed, signed))
        rows.append({
            "name": name, "seed": seed.hex(), "key": key.hex(), "type": kind,
            "body": body.decode(), "pae": signed.decode(), "signature": b64(sign(seed, signed)),
            "private_pem": pem("PRIVATE KEY", PKCS8_V1 + seed),
            "private_pem_version_2": pem("PRIVATE KEY", PKCS8_V2 + seed + b"\x81\x21\x00" + key),
            "public_pem": pem("PUBLIC KEY", SPKI + key),
            "fingerprint": sha256(SPKI + key).hex()})
    return rows


def pae_vectors():
    rows = [("http://example.com/HelloWorld", b"hello world"), ("", b""), ("a", b"b c\n"),
            ("application/vnd.itmo-ledger.event.v1+json", "Côte d’Ivoire".encode()),
            ("application/vnd.itmo-ledger.refusal.v1+json", bytes(range(256)))]
    return [{"type": t, "body": b.hex(), "pae": pae(t, b).hex()} for t, b in rows]


# --- The tree (RFC 6962, 2.1) -------------------------------------------------------------------

def leaf_hash(entry):
    return sha256(b"\0" + entry)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


class Tree:
    """The recursion of RFC 6962 over leaf hashes; subtrees are remembered."""

    def __init__(self, leaves):
        self.leaves, self.known = leaves, {}

    def root(self, begin, end):
        if begin == end:
            return sha256(b"")
        if end - begin == 1:
            return self.leaves[begin]
        if (begin, end) not in self.known:
            middle = begin + split(end - begin)
            self.known[begin, end] = node_hash(self.root(begin, middle), self.root(middle, end))
        return self.known[begin, end]

    def path(self, index, begin, end):
        if end - begin == 1:
            return []
        middle = begin + split(end - begin)
        if index < middle:
            return self.path(index, begin, middle) + [self.root(middle, end)]
        return self.path(index, middle, end) + [self.root(begin, middle)]

    def proof(self, old, size):
        return self.subproof(old, 0, size, True) if 0 < old < size else []

    def subproof(self, old, begin, end, whole):
        if old == end:
            return [] if whole else [self.root(begin, end)]
        middle = begin + split(end - begin)
        if old <= middle:
            return self.subproof(old, begin, middle, whole) + [self.root(middle, end)]
        return self.subproof(old, middle, end, False) + [self.root(begin, middle)]


def split(count):
    """The largest power of two below count."""
    return 1 << (count - 1).bit_length() - 1


def inclusion_holds(leaf, index, size, proof, root):
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistency_holds(old, old_root, size, root, proof):
    if old > size:
        return False
    if old == 0 or old == size:
        empty_fits = old > 0 or old_root == sha256(b"")
        return not proof and empty_fits and (old == 0 < size or old_root == root)
    proof = ([old_root] if old & (old - 1) == 0 else []) + proof
    if not proof:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


WELL_KNOWN = [bytes.fromhex(h) for h in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f")]


def inclusion_row(tree, index, size):
    proof, root = tree.path(index, 0, size), tree.root(0, size)
    assert inclusion_holds(tree.leaves[index], index, size, proof, root)
    return {"index": index, "size": size, "leaf": tree.leaves[index].hex(), "root": root.hex(),
            "proof": hexes(proof)}


def consistency_row(tree, old, size):
    proof, old_root, root = tree.proof(old, size), tree.root(0, old), tree.root(0, size)
    assert consistency_holds(old, old_root, size, root, proof)
    return {"old_size": old, "size": size, "old_root": old_root.hex(), "root": root.hex(),
            "proof": hexes(proof)}


def refused_inclusions(tree):
    leaf, root, proof = tree.leaves[5], tree.root(0, 8), tree.path(5, 0, 8)
    rows = [
        ("another index with a path of the same length", leaf, 4, 8, proof),
        ("index = size", leaf, 8, 8, proof),
        ("size 0", leaf, 0, 0, []),
        ("a hash missing at the end", leaf, 5, 8, proof[:-1]),
        ("a hash too many at the end", leaf, 5, 8, proof + [root]),
        ("a hash too many at the start", leaf, 5, 8, [leaf] + proof),
        ("no hash at all", leaf, 5, 8, []),
        ("hashes in the order from the root", leaf, 5, 8, proof[::-1]),
        ("an entry hashed without the 0x00", sha256(WELL_KNOWN[5]), 5, 8, proof),
        ("the path of the tree of size 7", leaf, 5, 8, tree.path(5, 0, 7)),
    ]
    for why, *facts in rows:
        assert not inclusion_holds(*facts, root), why
    return [{"why": why, "leaf": h.hex(), "index": i, "size": n, "root": root.hex(),
             "proof": hexes(p)} for why, h, i, n, p in rows]


def refused_consistencies(tree):
    def root(size):
        return tree.root(0, size)
    good, fork = tree.proof(3, 7), Tree(tree.leaves[:2] + [leaf_hash(b"fork")])
    rows = [
        ("roots swapped", 3, root(7), 7, root(3), good),
        ("another older size", 2, root(2), 7, root(7), good),
        ("an older size above the size", 7, root(7), 3, root(3), good),
        ("a hash missing at the end", 3, root(3), 7, root(7), good[:-1]),
        ("a hash too many at the end", 3, root(3), 7, root(7), good + [root(3)]),
        ("no hash between different sizes", 3, root(3), 7, root(7), []),
        ("no hash, the older size a power of two", 4, root(4), 7, root(7), []),
        ("hashes between equal sizes", 7, root(7), 7, root(7), good),
        ("equal sizes, different roots", 7, root(6), 7, root(7), []),
        ("hashes from size 0", 0, root(0), 7, root(7), good),
        ("size 0 with a root of something", 0, root(1), 7, root(7), []),
        ("both of size 0 with a root of something", 0, root(1), 0, root(1), []),
        ("a forked history", 3, fork.root(0, 3), 7, root(7), good),
    ]
    for why, *facts in rows:
        assert not consistency_holds(*facts), why
    return [{"why": why, "old_size": m, "old_root": a.hex(), "size": n, "root": b.hex(),
             "proof": hexes(p)} for why, m, a, n, b, p in rows]


def bound_together(tree):
    """Why size and root have to come from one checkpoint: an inner node passes for a leaf."""
    leaf, proof = tree.root(4, 6), tree.path(4, 0, 8)[1:]
    assert inclusion_holds(leaf, 2, 4, proof, tree.root(0, 8))
    return {"why": "the node over leaves 4 and 5, presented as leaf 2 of a tree of size 4 with the"
                   " root of size 8, verifies: take size and root together from one checkpoint,"
                   " and hash the entry yourself", "leaf": leaf.hex(), "index": 2, "size": 4,
            "root": tree.root(0, 8).hex(), "proof": hexes(proof)}


def tile_path(level, index, width=256):
    digits = str(index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    path = "tile/%s/" % level + "".join("x%s/" % g for g in groups[:-1]) + groups[-1]
    return path if width == 256 else path + ".p/%d" % width


def tile_digests(tree, size):
    """SHA-256 of every tile of the tree, by path."""
    tiles, level = {}, 0
    while size >> 8 * level:
        count, span = size >> 8 * level, 1 << 8 * level
        hashes = [tree.root(i * span, (i + 1) * span) for i in range(count)]
        for index in range((count + 255) // 256):
            part = hashes[256 * index:256 * (index + 1)]
            tiles[tile_path(level, index, len(part))] = sha256(b"".join(part)).hex()
        level += 1
    return tiles


def bundle_digests(entries):
    out = {}
    for begin in range(0, len(entries), 256):
        part = entries[begin:begin + 256]
        data = b"".join(len(e).to_bytes(2, "big") + e for e in part)
        out[tile_path("entries", begin // 256, len(part))] = sha256(data).hex()
    return out


def merkle_vectors():
    eight = Tree([leaf_hash(e) for e in WELL_KNOWN])
    entries = [b"leaf-%d" % i for i in range(70000)]
    big = Tree([leaf_hash(e) for e in entries])
    tiles = tile_digests(big, 70000)
    some = ["tile/0/000", "tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17",
            "tile/2/000.p/1"]
    assert set(some) < set(tiles) and len(tiles) == 277
    return {
        "note": "RFC 6962 tree over SHA-256: leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 ||"
                " left || right). Made by make_crypto_vectors.py.",
        "eight": {
            "entries": hexes(WELL_KNOWN), "leaves": hexes(eight.leaves),
            "roots": [eight.root(0, n).hex() for n in range(9)],
            "inclusion": [inclusion_row(eight, i, n) for n in range(1, 9) for i in range(n)],
            "consistency": [consistency_row(eight, m, n) for n in range(1, 9)
                            for m in range(1, n + 1)]},
        "refused_inclusion": refused_inclusions(eight),
        "refused_consistency": refused_consistencies(eight),
        "bound_together": bound_together(eight),
        "big": {
            "entry": "ASCII leaf-<i>, i from 0",
            "roots": [{"size": n, "root": big.root(0, n).hex()} for n in
                      (255, 256, 257, 511, 512, 513, 600, 65535, 65536, 65537, 69999, 70000)],
            "inclusion": [inclusion_row(big, i, n) for i, n in
                          ((0, 256), (255, 256), (256, 257), (300, 600), (599, 600), (0, 70000),
                           (65535, 70000), (65536, 70000), (69999, 70000), (12345, 70000))],
            "consistency": [consistency_row(big, m, n) for m, n in
                            ((1, 256), (255, 256), (256, 257), (256, 600), (599, 600), (1, 70000),
                             (256, 70000), (65536, 70000), (65537, 70000), (69999, 70000))],
            "tiles": {path: tiles[path] for path in some},
            "all_tiles": sha256("".join("%s %s\n" % kv for kv in sorted(tiles.items()))
                                .encode()).hex(),
            "bundles_of_600": bundle_digests(entries[:600])}}


# --- Notes, checkpoints, proofs as text (C2SP) ----------------------------------------------------

DASH = "\N{EM DASH} "
NAME = re.compile(r"[a-z0-9./_-]{1,255}")
SPACES = {0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0x20}
SPACES |= set(range(0x09, 0x0e)) | set(range(0x2000, 0x200b))


def key_id(name, key, kind=1):
    return sha256(name.encode() + b"\n" + bytes([kind]) + key)[:4]


def vkey(name, key, kind=1):
    return "%s+%s+%s" % (name, key_id(name, key, kind).hex(), b64(bytes([kind]) + key))


def signature_line(text, name, seed):
    signature = key_id(name, public_key(seed)) + sign(seed, text.encode())
    return DASH + name + " " + b64(signature) + "\n"


def open_note(note, name, key):
    """The text that the key signed, or None."""
    try:
        note = note.decode()
    except UnicodeDecodeError:
        return None
    if len(note.encode()) > 1000000 or any(ord(c) < 0x20 and c != "\n" for c in note):
        return None
    if not note.endswith("\n") or "\n\n" not in note:
        return None
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    found = None
    if not lines or lines.count("\n") > 100:
        return None
    for line in lines[:-1].split("\n"):
        signer, _, encoded = line[len(DASH):].partition(" ")
        signature = from_b64(encoded)
        if not line.startswith(DASH) or signature is None or len(signature) < 5:
            return None
        if not signer or any(c == "+" or ord(c) in SPACES for c in signer):
            return None
        if signer == name and signature[:4] == key_id(name, key) and found is None:
            found = signature[4:]
    return text if found is not None and verifies(key, text.encode(), found) else None


def parse_checkpoint(text):
    """(origin, size, root), or None."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or "" in lines[3:-1] or not NAME.fullmatch(lines[0]):
        return None
    root = from_b64(lines[2])
    if not re.fullmatch("0|[1-9][0-9]*", lines[1]) or int(lines[1]) >= 2**63:
        return None
    if root is None or len(root) != 32 or (lines[1] == "0" and root != sha256(b"")):
        return None
    return lines[0], int(lines[1]), root


def parse_tlog_proof(text):
    """(extra, index, hashes, checkpoint), or None."""
    first, extra = "c2sp.org/tlog-proof@v1\n", None
    if not text.startswith(first) or "\n\n" not in text:
        return None
    head, _, checkpoint = text[len(first):].partition("\n\n")
    lines = head.split("\n")
    if lines[0].startswith("extra "):
        extra = from_b64(lines.pop(0)[6:])
        if extra is None or not lines:
            return None
    if not re.fullmatch("index (0|[1-9][0-9]*)", lines[0]) or int(lines[0][6:]) >= 2**63:
        return None
    hashes = [from_b64(line) for line in lines[1:]]
    if len(hashes) > 63 or any(h is None or len(h) != 32 for h in hashes) or not checkpoint:
        return None
    return extra, int(lines[0][6:]), hashes, checkpoint


ORIGIN = "ledger.example/vectors"
SEED = seed_of("log")
KEY = public_key(SEED)


def checkpoint_text(size, root, origin=ORIGIN):
    return "%s\n%s\n%s\n" % (origin, size, b64(root))


def signed(text, name=ORIGIN, seed=SEED):
    return text + "\n" + signature_line(text, name, seed)


def note_row(why, note, opens, is_checkpoint):
    data = note if isinstance(note, bytes) else note.encode()
    text = open_note(data, ORIGIN, KEY)
    found = parse_checkpoint(text) if text is not None else None
    found = found if found is not None and found[0] == ORIGIN else None
    assert (text is not None) == opens and (found is not None) == is_checkpoint, why
    row = {"why": why}
    row.update({"note_hex": note.hex()} if isinstance(note, bytes) else {"note": note})
    row["text"] = text
    row["checkpoint"] = found and {"origin": found[0], "size": found[1], "root": found[2].hex()}
    return row


def note_vectors(big):
    text = checkpoint_text(600, big.root(0, 600))
    note = signed(text)
    line = note[len(text) + 1:]
    assert line.endswith("=\n")
    garbage = DASH + "somebody.else " + b64(b"\1\2\3\4garbage, not a signature") + "\n"
    other_id = DASH + ORIGIN + " " + b64(b"\xde\xad\xbe\xef" + bytes(64)) + "\n"
    ruined = bytearray(from_b64(line.split(" ")[-1][:-1]))
    ruined[40] ^= 1
    bad_line = DASH + ORIGIN + " " + b64(bytes(ruined)) + "\n"
    mldsa = DASH + "witness.example/w " + b64(bytes(2424)) + "\n"

    rows = [note_row("checkpoint of size %d" % n, signed(checkpoint_text(n, big.root(0, n))), True,
                     True) for n in (0, 1, 256, 600)]
    rows += [
        note_row("a line of somebody else is let pass", note + garbage, True, True),
        note_row("the line of the key need not be the first", text + "\n" + garbage + line, True,
                 True),
        note_row("a name may be in any script", note + garbage.replace("somebody", "Zeugin-Ähre"),
                 True, True),
        note_row("our name with another key id is somebody else", note + other_id, True, True),
        note_row("a second line of the key counts once", note + line, True, True),
        note_row("the first line of the key decides", note + bad_line, True, True),
        note_row("a very long line (post-quantum cosignature)", note + mldsa, True, True),
        note_row("100 lines", note + garbage * 99, True, True),
        note_row("an extension line", signed(text + "an extension\n"), True, True),
        note_row("a note that is no checkpoint, with an empty line in its text",
                 signed("one\n\ntwo\n"), True, False),
        note_row("a note with an empty text line only", signed("\n"), True, False),
    ]
    broken = [
        ("no final newline", note[:-1]), ("nothing", ""), ("only a newline", "\n"),
        ("text without signatures", text), ("text and an empty line", text + "\n"),
        ("no empty line", text + line), ("lines end with CR LF", note.replace("\n", "\r\n")),
        ("a tab in the text", signed(text.replace("600", "600\t"))),
        ("a zero byte in a name", note + garbage.replace("somebody", "some\0body")),
        ("not UTF-8", note.replace("600", "\0").encode().replace(b"\0", b"600\xff")),
        ("a surrogate in UTF-8", (note + garbage).encode().replace(b"somebody", b"\xed\xa0\x80")),
        ("an overlong character", (note + garbage).encode().replace(b"somebody", b"\xc1\x81")),
        ("a cut character at the end", note.encode()[:-1] + b"\xe2\x80"),
        ("a hyphen for the dash", note.replace("\N{EM DASH}", "-")),
        ("an en dash for the dash", note.replace("\N{EM DASH}", "\N{EN DASH}")),
        ("two spaces behind the dash", note.replace(DASH, DASH + " ")),
        ("a space at the end of a line", note[:-1] + " \n"),
        ("a line without a name", note + DASH + b64(bytes(68)) + "\n"),
        ("a name with a plus sign", note + garbage.replace("somebody", "some+body")),
        ("a name with a no-break space", note + garbage.replace("somebody", "some\u00a0body")),
        ("a name with an ideographic space", note + garbage.replace("somebody", "some\u3000body")),
        ("a line with an empty signature", note + DASH + "somebody \n"),
        ("a line with a key id only", note + DASH + "somebody " + b64(b"\1\2\3\4") + "\n"),
        ("base64 without padding", note[:-2] + "\n"),
        ("base64 with a stray bit", note + DASH + "somebody AQIDBAX=\n"),
        ("base64 of the URL alphabet", note + DASH + "somebody AQIDBA_-\n"),
        ("a character behind the padding", note + DASH + "somebody AQIDBAU=A\n"),
        ("an empty line between signatures", note + "\n" + garbage),
        ("text behind the signatures", note + "an afterthought\n"),
        ("101 lines", note + garbage * 100),
        ("the size changed", note.replace("\n600\n", "\n601\n")),
        ("a bit of the signature flipped", text + "\n" + bad_line),
        ("a flipped signature before a good one", text + "\n" + bad_line + line),
        ("a signature cut short", text + "\n" + DASH + ORIGIN + " " +
         b64(from_b64(line.split(" ")[-1][:-1])[:-1]) + "\n"),
        ("only somebody else signed", text + "\n" + garbage),
        ("signed under another name", signed(text, "ledger.example/other")),
        ("signed by another key", signed(text, ORIGIN, seed_of("log, second"))),
        ("signed without the final newline of the text",
         text + "\n" + signature_line(text[:-1], ORIGIN, SEED)),
    ]
    rows += [note_row(why, data, False, False) for why, data in broken]

    root = b64(big.root(0, 600))
    no_checkpoint = [
        ("a size with a leading zero", text.replace("600", "0600")),
        ("a size with a plus sign", text.replace("600", "+600")),
        ("a negative size", text.replace("600", "-600")),
        ("a size with a space", text.replace("600", " 600")),
        ("a size in hex", text.replace("600", "0x258")),
        ("an empty size", text.replace("600", "")),
        ("size 2^63", text.replace("600", str(2**63))),
        ("size 2^64 + 600", text.replace("600", str(2**64 + 600))),
        ("a root of 31 bytes", text.replace(root, b64(bytes(31)))),
        ("a root of 33 bytes", text.replace(root, b64(bytes(33)))),
        ("a root in hex", text.replace(root, big.root(0, 600).hex())),
        ("a root without padding", text.replace(root, root.rstrip("="))),
        ("a root with a stray bit", text.replace(root, b64(bytes(32))[:-2] + "B=")),
        ("an empty root", text.replace(root, "")),
        ("two lines", ORIGIN + "\n600\n"),
        ("an empty origin", text.replace(ORIGIN, "")),
        ("another origin", text.replace(ORIGIN, "ledger.example/other")),
        ("an origin in upper case", text.replace(ORIGIN, ORIGIN.upper())),
        ("size 0 with a root of something", text.replace("600", "0")),
        ("an empty extension line", text + "\n"),
        ("an empty line before an extension", text + "\nan extension\n"),
    ]
    rows += [note_row(why, signed(body), True, False) for why, body in no_checkpoint]
    return rows


def vkey_vectors():
    good = vkey(ORIGIN, KEY)
    name, key_hash, encoded = good.split("+", 2)
    assert key_hash == key_id(ORIGIN, KEY).hex()
    rows = [
        ("no name", good[len(name):]), ("a name in upper case", good.replace(name, name.upper())),
        ("a name with a space", vkey("ledger example", KEY)),
        ("a name of 256 characters", vkey("a" * 256, KEY)),
        ("an id that does not fit", name + "+00000000+" + encoded),
        ("an id in upper case", name + "+" + key_hash.upper() + "+" + encoded),
        ("an id of seven digits", name + "+" + key_hash[1:] + "+" + encoded),
        ("an id of nine digits", name + "+0" + key_hash + "+" + encoded),
        ("no id", name + "+" + encoded), ("a minus for a plus", name + "+" + key_hash + "-" + encoded),
        ("a cosignature key (type 4)", vkey(ORIGIN, KEY, 4)),
        ("31 bytes", vkey(ORIGIN, KEY[:31])), ("33 bytes", vkey(ORIGIN, KEY + b"\0")),
        ("a padding too many", good + "="),
        ("a newline at the end", good + "\n"), ("a space before", " " + good), ("nothing", ""),
        ("pluses only", "++"), ("a name only", name),
    ]
    assert key_hash != key_hash.upper()
    return {"accepted": [{"vkey": good, "name": name, "key": KEY.hex(), "id": key_hash},
                         {"vkey": vkey("a" * 255, KEY), "name": "a" * 255, "key": KEY.hex(),
                          "id": key_id("a" * 255, KEY).hex()}],
            "refused": [{"why": why, "vkey": text} for why, text in rows]}


def tlog_proof_vectors(big):
    def text(index, hashes, checkpoint, extra=None):
        extra_line = "" if extra is None else "extra %s\n" % b64(extra)
        return "c2sp.org/tlog-proof@v1\n%sindex %s\n%s\n%s" % (
            extra_line, index, "".join(b64(h) + "\n" for h in hashes), checkpoint)

    note600, note1 = (signed(checkpoint_text(n, big.root(0, n))) for n in (600, 1))
    path = big.path(300, 0, 600)
    good = text(300, path, note600)
    accepted = []
    for why, body, entry in (("leaf 300 of 600", good, b"leaf-300"),
                             ("an extra line", text(300, path, note600, b"hello"), b"leaf-300"),
                             ("an empty extra line", text(300, path, note600, b""), b"leaf-300"),
                             ("a tree of one leaf", text(0, [], note1), b"leaf-0")):
        extra, index, hashes, checkpoint = parse_tlog_proof(body)
        _, size, root = parse_checkpoint(open_note(checkpoint.encode(), ORIGIN, KEY))
        assert inclusion_holds(leaf_hash(entry), index, size, hashes, root)
        accepted.append({"why": why, "text": body, "entry": entry.decode(),
                         "extra": None if extra is None else extra.hex(), "index": index,
                         "hashes": hexes(hashes), "checkpoint": checkpoint})
    first = b64(path[0])
    refused = [
        ("nothing", ""), ("another version", good.replace("@v1", "@v2")),
        ("a space before", " " + good), ("lines end with CR LF", good.replace("\n", "\r\n")),
        ("no index", good.replace("index 300\n", "")),
        ("an index with a leading zero", good.replace("index 300", "index 0300")),
        ("an index with a sign", good.replace("index 300", "index +300")),
        ("an empty index", good.replace("index 300", "index ")),
        ("two spaces", good.replace("index 300", "index  300")),
        ("index 2^63", good.replace("index 300", "index %d" % 2**63)),
        ("index 2^64", good.replace("index 300", "index %d" % 2**64)),
        ("two indexes", good.replace("index 300\n", "index 300\nindex 300\n")),
        ("extra behind the index", good.replace("index 300\n", "index 300\nextra aGVsbG8=\n")),
        ("two extra lines", text(300, path, note600, b"hello").replace(
            "extra aGVsbG8=\n", "extra aGVsbG8=\nextra aGVsbG8=\n")),
        ("an extra line without a space", good.replace("index 300", "extra\nindex 300")),
        ("an extra line that is not base64", good.replace("index 300", "extra aGVsbG8\nindex 300")),
        ("a hash of 31 bytes", good.replace(first, b64(bytes(31)))),
        ("a hash in hex", good.replace(first, path[0].hex())),
        ("a hash without padding", good.replace(first, first.rstrip("="))),
        ("a hash with a stray bit", good.replace(first, b64(bytes(32))[:-2] + "B=")),
        ("a space behind a hash", good.replace(first, first + " ")),
        ("64 hashes", text(300, [bytes(32)] * 64, note600)),
        ("no empty line", good.replace("\n\n", "\n")),
        ("no checkpoint", good.split("\n\n")[0] + "\n\n"),
        ("cut within the hashes", good.split(first)[0] + first),
    ]
    for why, body in refused:
        assert parse_tlog_proof(body) is None, why
    return {"accepted": accepted, "refused": [{"why": w, "text": t} for w, t in refused]}


# --- Cosignatures (C2SP tlog-cosignature, Ed25519) ------------------------------------------------

WITNESS = "witness.example/Zeugin-Ähre"
WITNESS_SEED = seed_of("witness")
WITNESS_KEY = public_key(WITNESS_SEED)


def cosignature_line(text, time, name=WITNESS, seed=WITNESS_SEED):
    message = b"cosignature/v1\ntime %d\n" % time + text.encode()
    signature = key_id(name, public_key(seed), 4) + time.to_bytes(8, "big") + sign(seed, message)
    return DASH + name + " " + b64(signature) + "\n"


def read_cosignature(text, lines, name, key):
    """("absent" | "wrong" | "valid", time or None)"""
    for line in lines[:-1].split("\n"):
        signer, _, encoded = line[len(DASH):].partition(" ")
        signature = from_b64(encoded)
        if signer != name or signature[:4] != key_id(name, key, 4):
            continue
        time = int.from_bytes(signature[4:12], "big")
        message = b"cosignature/v1\ntime %d\n" % time + text.encode()
        if len(signature) != 76 or time >= 2**63 or not verifies(key, message, signature[12:]):
            return "wrong", None
        return "valid", time
    return "absent", None


def cosignature_vectors(big):
    text = checkpoint_text(600, big.root(0, 600))
    time = 1767225600
    good = cosignature_line(text, time)
    log_line = signature_line(text, ORIGIN, SEED)
    ruined = bytearray(from_b64(good.split(" ")[-1][:-1]))

    def line(signature, name=WITNESS):
        return DASH + name + " " + b64(bytes(signature)) + "\n"

    def flipped(at):
        return line(bytes(b ^ (i == at) for i, b in enumerate(ruined)))

    without_time = key_id(WITNESS, WITNESS_KEY, 4) + sign(WITNESS_SEED, text.encode())
    late = 2**63
    too_late = (key_id(WITNESS, WITNESS_KEY, 4) + late.to_bytes(8, "big") +
                sign(WITNESS_SEED, b"cosignature/v1\ntime %d\n" % late + text.encode()))
    rows = [
        ("valid", "below the log's line", log_line + good),
        ("valid", "alone, as a witness answers", good),
        ("valid", "before the log's line", good + log_line),
        ("valid", "at the first second", log_line + cosignature_line(text, 0)),
        ("valid", "at the last second", log_line + cosignature_line(text, 2**63 - 1)),
        ("valid", "twice: the first decides", good + cosignature_line(text, time + 1)),
        ("valid", "beside one of another witness",
         cosignature_line(text, time, "witness.example/other", seed_of("witness, other")) + good),
        ("absent", "only the log signed", log_line),
        ("absent", "the same key under another name",
         cosignature_line(text, time, "witness.example/other")),
        ("absent", "another key under the same name",
         cosignature_line(text, time, WITNESS, seed_of("witness, other"))),
        ("absent", "the witness signed as a log does", signature_line(text, WITNESS, WITNESS_SEED)),
        ("wrong", "of another size", cosignature_line(checkpoint_text(599, big.root(0, 599)), time)),
        ("wrong", "another time than the signed one", flipped(11)),
        ("wrong", "a bit of the signature flipped", flipped(40)),
        ("wrong", "a byte too few", line(ruined[:-1])),
        ("wrong", "a byte too many", line(ruined + b"\0")),
        ("wrong", "the time only", line(ruined[:12])),
        ("wrong", "no time, and the text alone signed", line(without_time)),
        ("wrong", "time 2^63", line(too_late)),
        ("wrong", "a wrong one before a good one", flipped(40) + good),
    ]
    out = []
    for verdict, why, lines in rows:
        found = read_cosignature(text, lines, WITNESS, WITNESS_KEY)
        assert found[0] == verdict, why
        out.append({"why": why, "lines": lines, "verdict": verdict, "time": found[1]})
    malformed = [
        ("nothing", ""), ("no final newline", good[:-1]), ("an empty line", good + "\n"),
        ("an answer in words", "cosigned\n"), ("lines end with CR LF", good.replace("\n", "\r\n")),
        ("a checkpoint above it", text + "\n" + good), ("101 lines", good * 101),
        ("a key id only", line(ruined[:4])), ("not UTF-8", None),
    ]
    vkeys = [
        ("a key that signs notes (type 1)", vkey(WITNESS, WITNESS_KEY, 1)),
        ("a post-quantum key (type 6)", vkey(WITNESS, WITNESS_KEY + bytes(1280), 6)),
        ("31 bytes", vkey(WITNESS, WITNESS_KEY[:31], 4)),
        ("33 bytes", vkey(WITNESS, WITNESS_KEY + b"\0", 4)),
        ("an id that does not fit", WITNESS + "+00000000+" + b64(b"\4" + WITNESS_KEY)),
        ("a name with a space", vkey("a witness", WITNESS_KEY, 4)),
        ("a name with a no-break space", vkey("a\u00a0witness", WITNESS_KEY, 4)),
        ("a name with a control character", vkey("a\x01witness", WITNESS_KEY, 4)),
        ("no name", vkey("", WITNESS_KEY, 4)),
        ("a name of 256 bytes", vkey("a" * 256, WITNESS_KEY, 4)),
        ("a newline at the end", vkey(WITNESS, WITNESS_KEY, 4) + "\n"), ("nothing", ""),
    ]
    return {"seed": WITNESS_SEED.hex(), "name": WITNESS, "key": WITNESS_KEY.hex(),
            "vkey": vkey(WITNESS, WITNESS_KEY, 4), "id": key_id(WITNESS, WITNESS_KEY, 4).hex(),
            "text": text, "time": time, "line": good, "lines": out,
            "malformed": [{"why": why, "lines_hex": (t.encode() if t is not None else
                                                     good.encode()[:-2] + b"\xff\n").hex()}
                          for why, t in malformed],
            "vkeys_accepted": [vkey(n, WITNESS_KEY, 4) for n in
                               (WITNESS, "a" * 255, "Upper:Case/Witness")],
            "vkeys_refused": [{"why": why, "vkey": text} for why, text in vkeys]}


def tile_path_vectors():
    rows = [("0", 0, 256), ("0", 5, 256), ("0", 67, 256), ("1", 999, 256), ("2", 1000, 256),
            ("0", 123456, 256), ("0", 1234067, 256), ("63", 999999999, 256), ("0", 273, 112),
            ("0", 1000, 1), ("7", 2**55 - 1, 255), ("entries", 0, 256), ("entries", 1234067, 88)]
    refused = [
        ("no prefix", "0/000"), ("a slash in front", "/tile/0/000"), ("no index", "tile/0"),
        ("an empty index", "tile/0/"), ("one digit", "tile/0/0"), ("four digits", "tile/0/0000"),
        ("a needless group", "tile/0/x000/001"), ("a group without x", "tile/0/001/234"),
        ("an x before the last group", "tile/0/x001/x234"), ("an X", "tile/0/X001/234"),
        ("a short group", "tile/0/x01/234"), ("a slash at the end", "tile/0/000/"),
        ("two slashes", "tile/0//000"), ("level 64", "tile/64/000"),
        ("a level with a leading zero", "tile/00/000"), ("a negative level", "tile/-1/000"),
        ("no level", "tile//000"), ("another kind", "tile/data/000"),
        ("width 0", "tile/0/000.p/0"), ("width 256", "tile/0/000.p/256"),
        ("a width with a leading zero", "tile/0/000.p/05"), ("no width", "tile/0/000.p/"),
        ("a partial tile without width", "tile/0/000.p"), ("two widths", "tile/0/000.p/5.p/5"),
        ("something behind the width", "tile/0/000.p/5/"), ("a percent sign", "tile/0/%30%30%30"),
        ("index 2^55", tile_path("0", 2**55)), ("an index past 2^64", tile_path("0", 10**21)),
        ("nothing", ""), ("the prefix only", "tile/"), ("a query", "tile/0/000?x"),
        ("a step up", "tile/0/../checkpoint"),
    ]
    return {"accepted": [{"path": tile_path(*row), "kind": row[0], "index": row[1], "width": row[2]}
                         for row in rows],
            "refused": [{"why": why, "path": path} for why, path in refused]}


def key_overlap(big):
    """A checkpoint with lines of the log key and of the one that is to follow it, and what remains
    for each of them where the other's line is gone."""
    next_seed = seed_of("next log")
    next_key = public_key(next_seed)
    text = checkpoint_text(600, big.root(0, 600))
    lines = [signature_line(text, ORIGIN, seed) for seed in (SEED, next_seed)]
    note = text + "\n" + "".join(lines)
    assert all(open_note(note.encode(), ORIGIN, key) == text for key in (KEY, next_key))
    assert open_note((text + "\n" + lines[0]).encode(), ORIGIN, next_key) is None
    return {"why": "who knows either key believes the note", "next_seed": next_seed.hex(),
            "vkeys": [vkey(ORIGIN, key) for key in (KEY, next_key)], "text": text, "note": note,
            "alone": [text + "\n" + line for line in lines]}


def notes_file():
    big = Tree([leaf_hash(b"leaf-%d" % i) for i in range(600)])
    return {"note": "Signed notes, checkpoints, verifier keys, .tlog-proof files and tile paths"
                    " and cosignatures (C2SP). Made by make_crypto_vectors.py; keys are test keys.",
            "seed": SEED.hex(), "vkey": vkey(ORIGIN, KEY), "notes": note_vectors(big),
            "key_overlap": key_overlap(big), "vkeys": vkey_vectors(), "tlog_proofs": tlog_proof_vectors(big),
            "tile_paths": tile_path_vectors(), "cosignatures": cosignature_vectors(big)}


# --- Files ----------------------------------------------------------------------------------------

def main():
    changed = False
    for name, make in (("ed25519", ed25519_vectors), ("merkle", merkle_vectors),
                       ("notes", notes_file)):
        path = HERE / (name + ".json")
        text = json.dumps(make(), indent=1, ensure_ascii=False) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        changed = True
        if "--check" in sys.argv[1:]:
            print("%s.json is not what make_crypto_vectors.py writes" % name, file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if changed and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
