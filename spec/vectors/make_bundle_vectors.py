#!/usr/bin/env python3
"""Writes bundle_file.json: logs as bundle files (spec/audit.md, section 1), and what is none.

Python's standard library only, and nothing of the ledger's own code. Each file is written here from
the words of the page and read again by Python's own tarfile before it is kept.

    python3 spec/vectors/make_bundle_vectors.py           # write
    python3 spec/vectors/make_bundle_vectors.py --check   # exit 1 where the file would change
"""
import base64
import io
import json
import sys
import tarfile

sys.dont_write_bytecode = True  # the import below would leave a folder here

from make_crypto_vectors import (HERE, ORIGIN, SEED, Tree, checkpoint_text, leaf_hash, public_key,
                                 sha256, signed, tile_path, vkey)


def header(name, size):
    """512 bytes: a regular file of nobody, mode 0644, of 1970."""
    fields = ((name.encode(), 100), (b"0000644", 8), (b"0000000", 8), (b"0000000", 8),
              (b"%011o" % size, 12), (b"00000000000", 12), (b" " * 8, 8), (b"0", 1), (b"", 100),
              (b"ustar", 6), (b"00", 2), (b"", 32), (b"", 32), (b"0000000", 8), (b"0000000", 8),
              (b"", 155), (b"", 12))
    block = b"".join(text.ljust(width, b"\0") for text, width in fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def parts_of(entries):
    """Name and bytes of every part, in order."""
    leaves = [leaf_hash(entry) for entry in entries]
    tree, size = Tree(leaves), len(entries)
    note = signed(checkpoint_text(size, tree.root(0, size)))
    yield "checkpoint", note.encode() if isinstance(note, str) else note
    for begin in range(0, size, 256):
        part = entries[begin:begin + 256]
        data = b"".join(len(each).to_bytes(2, "big") + each for each in part)
        yield tile_path("entries", begin // 256, len(part)), data
    level = 0
    while size >> 8 * level:
        span = 1 << 8 * level
        hashes = [tree.root(i * span, (i + 1) * span) for i in range(size >> 8 * level)]
        for begin in range(0, len(hashes), 256):
            part = hashes[begin:begin + 256]
            yield tile_path(level, begin // 256, len(part)), b"".join(part)
        level += 1


def pack(parts):
    out = b"".join(header(name, len(data)) + data + bytes(-len(data) % 512) for name, data in parts)
    return out + bytes(1024)


def log_row(why, size):
    parts = list(parts_of([b"leaf-%d" % i for i in range(size)]))
    data = pack(parts)
    with tarfile.open(fileobj=io.BytesIO(data)) as judge:
        read = [(each.name, judge.extractfile(each).read()) for each in judge.getmembers()]
    assert read == parts, "tarfile reads other parts"
    row = {"why": why, "size": size, "bytes": len(data), "sha256": sha256(data).hex(),
           "members": [name for name, _ in parts]}
    if len(data) <= 4096:
        row["file"] = base64.b64encode(data).decode()
    return row


def refused():
    """Edits of the file of one entry: the bytes from `at` on are replaced."""
    entry = [b"leaf-0"]
    good = pack(parts_of(entry))
    size_of_note = len(next(parts_of(entry))[1])

    def edit(why, at, by):
        return {"why": why, "at": at, "by": by.hex(), "rest": True}

    def end(why, at, by=b""):
        return {"why": why, "at": at, "by": by.hex(), "rest": False}

    other = header("tile/0/000.p/1", 32)
    return [
        edit("another name", 0, b"Checkpoint"),
        edit("another mode", 100, b"0000600"),
        edit("an owner", 108, b"0001750"),
        edit("a time", 136, b"14000000000"),
        edit("a link in the place of a file", 156, b"2"),
        edit("another checksum", 148, b"000000"),
        edit("a checksum that ends in two spaces", 154, b"  "),
        edit("the header of GNU tar's own format", 257, b"ustar  \0"),
        edit("a name of the owner", 265, b"root"),
        edit("devices without digits", 329, bytes(16)),
        edit("a prefix", 345, b"log"),
        edit("something behind a member", 512 + size_of_note, b"x"),
        edit("hash tile before entries", 1024, other),
        edit("a hash tile that is too short", 2048, header("tile/0/000.p/1", 31)),
        edit("a part that is longer than it can be", 1024, header("tile/entries/000.p/1", 65538)),
        edit("something in the end", len(good) - 1, b"x"),
        end("no byte", 0),
        end("broken off in a header", 700),
        end("broken off in a part", 1024 + 512 + 3),
        end("broken off before its end", len(good) - 1024),
        end("broken off in its end", len(good) - 1),
        end("filled up to a tape's record", len(good), bytes(10240 - len(good))),
        end("one more member", len(good) - 1024, header("documents/x", 0) + bytes(1024)),
    ]


def bundle_file_vectors():
    return {"note": "Logs as bundle files (spec/audit.md, section 1): entry i is the text leaf-i. "
                    "Made by make_bundle_vectors.py; the key is a test key.",
            "vkey": vkey(ORIGIN, public_key(SEED)),
            "logs": [log_row("no entry", 0), log_row("one entry", 1), log_row("a full tile", 256),
                     log_row("and one more", 257), log_row("two full and a partial one", 600)],
            "refused_of_one_entry": refused()}


def main():
    path = HERE / "bundle_file.json"
    text = json.dumps(bundle_file_vectors(), indent=1, ensure_ascii=False) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv[1:]:
        print("bundle_file.json is not what make_bundle_vectors.py writes", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
