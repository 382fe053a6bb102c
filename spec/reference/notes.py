"""Merkle tree, signed notes, checkpoints, tiles (spec/tree.md)."""

import base64
import hashlib
import re

import ed25519


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """All perfect nodes of a growing tree: levels[l][i] is the root of 2^l leaves."""

    def __init__(self):
        self.levels = [[]]

    def append(self, leaf):
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            pair = self.levels[level][-2:]
            level += 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(node_hash(*pair))

    def root(self, size=None):
        size = len(self.levels[0]) if size is None else size
        root = None
        for level in range(size.bit_length()):
            if size >> level & 1:
                node = self.levels[level][(size >> level) - 1]
                root = node if root is None else node_hash(node, root)
        return hashlib.sha256(b"").digest() if root is None else root


def includes(leaf, index, size, root, proof):
    """RFC 9162, 2.1.3.2."""
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


def extends(old_size, old_root, size, root, proof):
    """RFC 9162, 2.1.4.2; the empty tree and the same tree have empty proofs."""
    if old_size > size:
        return False
    if old_size in (0, size):
        empty = hashlib.sha256(b"").digest()
        return not proof and old_root in ((root,) if old_size else (empty,)) and (
            size > 0 or root == empty)
    path = [old_root] + proof if old_size & old_size - 1 == 0 else list(proof)
    if not path:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == root and sn == 0


def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def is_name(name):
    return bool(name) and "+" not in name and not any(map(str.isspace, name))


def parse_vkey(text):
    """(name, id, key) of a C2SP verifier key of Ed25519, or None."""
    match = re.fullmatch(r"([a-z0-9./_-]{1,255})\+([0-9a-f]{8})\+(.*)", text)
    data = strict_base64(match[3]) if match else None
    if not data or len(data) != 33 or data[0] != 1:
        return None
    digest = hashlib.sha256(match[1].encode() + b"\n" + data).digest()
    good = digest[:4].hex() == match[2] and ed25519.may_be_enrolled(data[1:])
    return (match[1], digest[:4], data[1:]) if good else None


def write_vkey(vkey):
    name, identifier, key = vkey
    return f"{name}+{identifier.hex()}+{base64.b64encode(bytes([1]) + key).decode()}"


def parse_note(data):
    """(text, [(name, id, signature)]) of a signed note, or None."""
    try:
        note = data.decode()
    except UnicodeDecodeError:
        return None
    text, gap, rest = note.rpartition("\n\n")
    lines, signatures = rest.split("\n"), []
    if (len(data) > 1000000 or re.search("[\0-\x09\x0b-\x1f]", note) or not gap
            or lines.pop() or not 1 <= len(lines) <= 100):
        return None
    for line in lines:
        match = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line)
        blob = strict_base64(match[2]) if match else None
        if not blob or len(blob) < 5 or not is_name(match[1]):
            return None
        signatures.append((match[1], blob[:4], blob[4:]))
    return text + "\n", signatures


def open_note(data, vkey):
    """The text of a note that the key signed, or None; its first line decides."""
    note = parse_note(data)
    for name, identifier, signature in note[1] if note else ():
        if (name, identifier) == vkey[:2]:
            good = ed25519.verifies(vkey[2], note[0].encode(), signature)
            return note[0] if good else None
    return None


def parse_checkpoint(text):
    """(origin, size, root) of the text of a note, or None."""
    lines = text.split("\n")
    root = strict_base64(lines[2]) if len(lines) >= 4 else None
    if (not root or len(root) != 32 or not re.fullmatch(r"[a-z0-9./_-]{1,255}", lines[0])
            or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1])
            or int(lines[1]) >= 1 << 63 or lines.pop() or not all(lines)):
        return None
    if lines[1] == "0" and root != hashlib.sha256(b"").digest():
        return None
    return lines[0], int(lines[1]), root


def parse_proof(text, vkey):
    """(index, proof, extra, checkpoint) of a .tlog-proof file, or None."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    extra = None
    if not gap or lines.pop(0) != "c2sp.org/tlog-proof@v1" or not lines:
        return None
    if lines[0].startswith("extra "):
        extra = strict_base64(lines.pop(0)[6:])
        if extra is None or not lines:
            return None
    match = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines.pop(0))
    proof = [strict_base64(line) for line in lines]
    signed = open_note(note.encode(), vkey)
    checkpoint = parse_checkpoint(signed) if signed else None
    if not match or int(match[1]) >> 63 or not checkpoint or len(proof) > 63 or any(
            not p or len(p) != 32 for p in proof):
        return None
    return int(match[1]), proof, extra, checkpoint


def tile_path(level, index, width=256):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


def parse_tile_path(path):
    match = re.fullmatch(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]+))?",
                         path)
    if not match:
        return None
    index = int(match[2].replace("x", "").replace("/", ""))
    width = int(match[3]) if match[3] else 256
    level = match[1] if match[1] == "entries" else int(match[1])
    good = (index < 1 << 55 and (level == "entries" or level < 64) and 1 <= width
            and tile_path(level, index, width) == path)
    return (str(level), index, width) if good else None
