"""State trees and their proofs (spec/state.md)."""

import hashlib

EMPTY = bytes(32)
OWN, NOTHING, OTHER = range(3)


def sha256(data):
    return hashlib.sha256(data).digest()


def inner(left, right):
    return sha256(b"\1" + left + right)


def leaf(path, value_hash):
    return sha256(b"\0" + path + value_hash)


def turns_right(path, depth):
    return path[depth // 8] >> 7 - depth % 8 & 1


def root(values, depth=0):
    """Of a map from paths to value hashes."""
    if len(values) < 2:
        return leaf(*next(iter(values.items()))) if values else EMPTY
    sides = {}, {}
    for path, value_hash in values.items():
        sides[turns_right(path, depth)][path] = value_hash
    return inner(*(root(side, depth + 1) for side in sides))


def parse_proof(data):
    """(end, siblings, other leaf), or None where the bytes are not the one encoding."""
    if len(data) < 3 or data[0] > OTHER:
        return None
    end, depth = data[0], data[1] << 8 | data[2]
    width = (depth + 7) // 8
    if depth > 255 + (end == OWN) or len(data) < 3 + width:
        return None
    bits = int.from_bytes(data[3:3 + width], "big")
    there = [bits >> 8 * width - 1 - i & 1 for i in range(8 * width)]
    if any(there[depth:]) or depth and not there[depth - 1]:
        return None
    at = 3 + width
    if len(data) != at + 32 * sum(there) + 64 * (end == OTHER):
        return None
    siblings = []
    for is_there in there[:depth]:
        siblings.append(data[at:at + 32] if is_there else EMPTY)
        at += 32 * is_there
        if is_there and siblings[-1] == EMPTY:
            return None
    return end, siblings, (data[at:at + 32], data[at + 32:])


def shows(root_hash, key, value, data):
    """Whether the proof shows that the key has the value, or with None that it has none."""
    proof = parse_proof(data)
    if proof is None:
        return False
    (end, siblings, other), path = proof, sha256(key)
    if (end == OWN) != (value is not None):
        return False
    if end == OTHER and (other[0] == path or any(
            turns_right(other[0], i) != turns_right(path, i) for i in range(len(siblings)))):
        return False
    node = leaf(path, sha256(value)) if end == OWN else leaf(*other) if end == OTHER else EMPTY
    for depth in reversed(range(len(siblings))):
        sibling = siblings[depth]
        node = inner(sibling, node) if turns_right(path, depth) else inner(node, sibling)
    return node == root_hash
