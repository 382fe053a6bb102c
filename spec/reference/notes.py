"""Merkle tree, signed notes, checkpoints, tiles (spec/tree.md)."""

import base64
import hashlib
import re

import ed25519

EMPTY = hashlib.sha256(b"").digest()
NAME, NUMBER = r"[a-z0-9./_-]{1,255}", r"0|[1-9][0-9]{0,18}"


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """All perfect nodes of a growing tree: levels[l][i] is the root of 2^l leaves."""

    def __init__(self):
        self.levels = [[]]

    def append(self, leaf, level=0):
        if level == len(self.levels):
            self.levels.append([])
        self.levels[level].append(leaf)
        if len(self.levels[level]) % 2 == 0:
            self.append(node_hash(*self.levels[level][-2:]), level + 1)

    def root(self, size=None):
        size, root = len(self.levels[0]) if size is None else size, None
        for level in range(size.bit_length()):
            if size >> level & 1:
                node = self.levels[level][(size >> level) - 1]
                root = node if root is None else node_hash(node, root)
        return EMPTY if root is None else root


def climb(index, last, proof, old, new):
    """RFC 9162, 2.1.3.2 and 2.1.4.2: what stands on the left joins both hashes, on the right the new one.
    Begun with no old hash, that becomes the root of all that stands to the left."""
    for node in proof:
        if last == 0:
            return None
        if index & 1 or index == last:
            old, new = node_hash(node, old) if old else node, node_hash(node, new)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, node)
        index, last = index >> 1, last >> 1
    return (old, new) if last == 0 else None


def includes(leaf, index, size, root, proof):
    found = climb(index, size - 1, proof, leaf, leaf) if index < size else None
    return found is not None and found[1] == root


def extends(old_size, old_root, size, root, proof):
    """The empty tree and the same tree have empty proofs."""
    if old_size in (0, size):
        return not proof and old_root == (root if old_size else EMPTY) and (size > 0 or root == EMPTY)
    path = [old_root] + proof if old_size & old_size - 1 == 0 else proof
    if not path or old_size > size:
        return False
    index, last = old_size - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    return climb(index, last, path[1:], path[0], path[0]) == (old_root, root)


def strict_base64(text):
    """The bytes of base64 in its one form, or b""."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return data if base64.b64encode(data).decode() == text else b""


def parse_vkey(text):
    """(name, id, key) of a C2SP verifier key of Ed25519, or None."""
    match = re.fullmatch(rf"({NAME})\+([0-9a-f]{{8}})\+(.*)", text)
    data = strict_base64(match[3]) if match else b""
    if len(data) != 33 or data[0] != 1:
        return None
    digest = hashlib.sha256(match[1].encode() + b"\n" + data).digest()
    good = digest[:4].hex() == match[2]
    return (match[1], digest[:4], data[1:]) if good else None


def parse_note(data):
    """(text, [(name, id, signature)]) of a signed note, or None."""
    note = data.decode(errors="replace")
    text, gap, rest = note.rpartition("\n\n")
    *lines, end = rest.split("\n")
    signed = [re.fullmatch("\u2014 ([^ +\\s]+) ([^ ]+)", line) for line in lines]
    blobs = [strict_base64(line[2]) if line else b"" for line in signed]
    if (len(data) > 1000000 or note.encode() != data or re.search("[\0-\x09\x0b-\x1f]", note) or not gap
            or end or not 1 <= len(lines) <= 100 or any(len(blob) < 5 for blob in blobs)):
        return None
    return text + "\n", [(line[1], blob[:4], blob[4:]) for line, blob in zip(signed, blobs)]


def parse_vkeys(text):
    """The keys of a log, one a line and all of one name, or None."""
    keys = [parse_vkey(line) for line in text.split("\n")]
    good = None not in keys and len({key[0] for key in keys}) == 1 and len({key[1] for key in keys}) == len(keys) <= 16
    return keys if good else None


def open_note(data, keys):
    """The text of a note that one of the keys signed, or None; of each its first line decides, and none is wrong."""
    text, signatures = parse_note(data) or ("", ())
    first = {line[:2]: line[2] for line in reversed(signatures)}
    found = [ed25519.verifies(key[2], text.encode(), first[key[:2]]) for key in keys if key[:2] in first]
    return text if found and all(found) else None


def parse_checkpoint(text):
    """(origin, size, root) of the text of a note, or None."""
    match = re.fullmatch(rf"({NAME})\n({NUMBER})\n([^\n]+)\n(?:[^\n]+\n)*", text or "")
    root, size = (strict_base64(match[3]), int(match[2])) if match else (b"", 0)
    good = len(root) == 32 and size < 1 << 63 and (size > 0 or root == EMPTY)
    return (match[1], size, root) if good else None


def read_checkpoint(data):
    """What a note says without being believed, or None."""
    return parse_checkpoint((parse_note(data or b"") or [""])[0])


def open_checkpoint(data, keys):
    """The checkpoint that the log of these keys signed, or None."""
    checkpoint = parse_checkpoint(open_note(data, keys))
    return checkpoint if checkpoint and checkpoint[0] == keys[0][0] else None


def split_proof(text):
    """(index, proof, extra bytes, None without their line, note) of a .tlog-proof file, or None."""
    head, _, note = text.partition("\n\n")
    match = re.fullmatch(rf"c2sp\.org/tlog-proof@v1\n(?:extra (.*)\n)?index ({NUMBER})((?:\n.*)*)", head)
    extra = match[1] and strict_base64(match[1]) if match else None
    if not match or not note or match[1] and not extra:
        return None
    proof = [strict_base64(line) for line in match[3].split("\n")[1:]]
    good = int(match[2]) < 1 << 63 and len(proof) <= 63 and all(len(node) == 32 for node in proof)
    return (int(match[2]), proof, extra, note.encode(errors="surrogateescape")) if good else None


def parse_proof(text, keys):
    """(index, proof, checkpoint) of a .tlog-proof file, or None."""
    index, proof, _, note = split_proof(text) or (0, [], None, b"")
    checkpoint = open_checkpoint(note, keys)
    return (index, proof, checkpoint) if checkpoint else None


def tile_path(level, index, width=256):
    *high, low = [group.zfill(3) for group in f"{index:,}".split(",")]
    partial = f".p/{width}" if width < 256 else ""
    return f"tile/{level}/" + "".join(f"x{group}/" for group in high) + low + partial


def parse_tile_path(path):
    match = re.fullmatch(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/([x0-9/]*[0-9]{3})(?:\.p/([0-9]+))?", path)
    if not match:
        return None
    level, index, width = match[1], int(re.sub("[x/]", "", match[2])), int(match[3] or 256)
    good = index < 1 << 55 and 1 <= width and tile_path(level, index, width) == path
    return (level, index, width) if good else None
