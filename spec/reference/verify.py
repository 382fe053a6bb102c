#!/usr/bin/env python3
"""The second verifier: checks a downloaded log (spec/audit.md) or plays the conformance suite.

    verify.py DIR --key VKEYFILE [--json]
    verify.py --vectors DIR

Written from the pages of the specification alone, with Python's standard library alone; it shares
no code with the ledger's own programs. Exit status: 0 valid, 1 invalid, 2 could not run."""

import argparse
import json
import os
import stat
import sys

import ed25519
import figures
import ledger
import notes
import suite
import texts
from texts import Refusal

LEVELS = ("nothing", "format", "signatures", "chain", "rules", "root", "checkpoint")


class CouldNotRun(Exception):
    pass


class Found(Exception):
    """The first thing that does not hold: spoils a level, in a part or an entry."""

    def __init__(self, level, refusal, part, entry=None):
        super().__init__(str(refusal))
        self.level, self.refusal, self.entry = level, refusal, entry
        self.part = part if entry is None else f"entry {entry}"


def read_part(directory, path, most):
    """The bytes of a file of the bundle, or None; links and pipes are not followed."""
    full = os.path.join(directory, path)
    try:
        if not stat.S_ISREG(os.lstat(full).st_mode):
            return None
        with open(full, "rb") as file:
            return file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CouldNotRun(f"{path} could not be read: {error}") from error


def read_tile(directory, level, index, width):
    """A tile of that width; a full one stands for a partial one that is missing."""
    most = 65537 * 256 if level == "entries" else 8192
    for path in dict.fromkeys((notes.tile_path(level, index, width),
                               notes.tile_path(level, index))):
        data = read_part(directory, path, most)
        if data is not None:
            return path, data
    return notes.tile_path(level, index, width), None


def widths(number):
    """(index, width) of the tiles that hold so many hashes or entries."""
    full, rest = divmod(number, 256)
    return [(index, 256) for index in range(full)] + ([(full, rest)] if rest else [])


def hashes_of(directory, level, size):
    """All hashes of a level as the tiles give them; a Refusal in place of what is not there."""
    found = []
    for index, width in widths(size >> 8 * level):
        path, data = read_tile(directory, level, index, width)
        short = data is None or len(data) < 32 * width or (
            len(data) > 32 * width and path.endswith(f".p/{width}")) or len(data) > 8192
        found += [(path, None if short else data[32 * i:32 * i + 32]) for i in range(width)]
    return found


def entries_of(directory, size):
    """The line of every entry, in order."""
    for index, width in widths(size):
        path, data = read_tile(directory, "entries", index, width)
        if data is None:
            raise Found("format", Refusal("LOG-15", f"{path} is missing."), None, 256 * index)
        at = 0
        for number in range(width):
            length = int.from_bytes(data[at:at + 2], "big")
            line = data[at + 2:at + 2 + length]
            if len(data) < at + 2 or len(line) < length:
                raise Found("format", Refusal("LOG-15", f"{path} ends too early."), None,
                            256 * index + number)
            at += 2 + length
            yield line
        if at != len(data) and not (width < 256 and path == notes.tile_path("entries", index)):
            raise Found("format", Refusal("LOG-15", f"More stands in {path}."), None,
                        256 * index + width - 1)


class NewerRules(Exception):
    """An entry that is good and behind which this program cannot judge (spec/audit.md, 2)."""

    def __init__(self, entry, refusal):
        super().__init__(f"Entry {entry} and what follows it cannot be judged. {refusal}")
        self.entry = entry


class Audit:
    def __init__(self, directory, vkey):
        self.directory, self.vkey = directory, vkey
        self.book, self.level, self.found = ledger.Ledger(), "nothing", None
        self.checkpoint, self.good, self.newer = None, False, None

    def entry(self, number, line):
        """One entry through format, signatures, chain and rules."""
        spoilt = "format"
        try:
            text = texts.Text(line, "line")
            text.authenticate()
            spoilt = "signatures"
            text.verify()
            spoilt = "chain"
            self.book.check_place(text)
            spoilt = "rules"
            self.book.take(text, text.time)
        except Refusal as refusal:
            opens = refusal.clause == "LED-2" and text.event["body"]["spec"] > 0
            if opens or refusal.clause == "LED-9":
                raise NewerRules(number, refusal) from refusal
            raise Found(spoilt, refusal, None, number) from refusal
        self.book.append(line)

    def replay(self, size, tiles):
        before = None  # the entry before, where its tile has another hash
        for number, line in enumerate(entries_of(self.directory, size)):
            if before and f'"prev":"{before.hex()}"'.encode() in line:
                raise Found("chain", Refusal("LOG-2", "Tile and next entry have another hash: "
                                             "the line was altered."), None, number - 1)
            self.entry(number, line)
            there = tiles[number][1]
            before = there if there and there != self.book.tree.levels[0][number] else None

    def check_tiles(self, size, tiles):
        """Every hash tile of the entries that were replayed."""
        nodes, level, there = self.book.tree.levels, 0, tiles
        while size >> 8 * level:
            for index, (path, data) in enumerate(there[:len(nodes[0]) >> 8 * level]):
                if data is None or data != nodes[8 * level][index]:
                    raise Found("root", Refusal("LOG-15", f"{path} is not that of the entries."),
                                notes.tile_path(level, index // 256))
            level += 1
            there = hashes_of(self.directory, level, size)

    def run(self):
        data = read_part(self.directory, "checkpoint", 1000000)
        note = notes.parse_note(data) if data is not None else None
        self.checkpoint = notes.parse_checkpoint(note[0]) if note else None
        try:
            if not self.checkpoint:
                raise Found("format", Refusal("LOG-15", "There is no checkpoint that is one."),
                            "checkpoint")
            origin, size, root = self.checkpoint
            tiles = hashes_of(self.directory, 0, size)
            try:
                self.replay(size, tiles)
            except NewerRules as newer:
                self.newer = newer
                self.check_tiles(size, tiles)
                return self.report()
            self.good, self.level = True, "rules"
            self.check_tiles(size, tiles)
            if self.book.tree.root() != root:
                raise Found("root", Refusal("LOG-15", "The root is another."), "checkpoint")
            self.level = "root"
            opening = self.book.state.opening
            if notes.open_note(data, self.vkey) is None or origin != self.vkey[0] or (
                    opening and opening["body"]["log_key"] != notes.write_vkey(self.vkey)):
                raise Found("checkpoint", Refusal("LOG-7", "The log key did not sign it, or the "
                                                  "opening names another."), "checkpoint")
            self.level = "checkpoint"
        except Found as found:
            self.found = found
            if not self.newer and not self.good and self.checkpoint:
                self.level = LEVELS[LEVELS.index(found.level) - 1]
        return self.report()

    def report(self):
        state, found = self.book.state, self.found
        verdict = "invalid" if found else "could not run" if self.newer else "valid"
        report = {"verdict": verdict, "level": self.level}
        if self.newer:
            report.update(newer_rules=self.newer.entry, problem=str(self.newer))
        if self.checkpoint:
            origin, size, root = self.checkpoint
            report["checkpoint"] = {"origin": origin, "size": size, "root": root.hex()}
        if found:
            finding = {"clause": found.refusal.clause, "sentence": str(found.refusal),
                       "statement": suite.statement(found.refusal.clause), "part": found.part,
                       "level": found.level}
            if self.newer:
                del finding["level"], report["problem"]
            report["finding"] = finding | ({} if found.entry is None else {"entry": found.entry})
        report["entries"] = len(state.entries)
        if state.entries:
            report["last_time"], report["spec"] = state.last_time, state.spec
            report["opening"] = self.book.tree.levels[0][0].hex()
            if state.opening["body"]["mode"] == "demonstration":
                report["demonstration"] = "DEMONSTRATION – not a record of any government"
        if self.good:
            report["totals"] = figures.totals(state)
        return report


def show(report):
    print(f"{report['verdict']}, level reached: {report['level']}")
    for name in ("demonstration", "entries", "last_time", "opening", "spec"):
        if name in report:
            print(f"{name}: {report[name]}")
    if "finding" in report:
        finding = report["finding"]
        where = f"entry {finding['entry']}, " if "entry" in finding else ""
        print(f"{where}{finding['part']}: {finding['sentence']} [{finding['statement']}]")
    for name, rows in report.get("totals", {}).items():
        for row in rows if isinstance(rows, list) else [rows]:
            print(f"{name}: " + json.dumps(row, sort_keys=True, ensure_ascii=False))


def self_test():
    """Signatures that tell the strict profile from looser ones (spec/signatures.md, 3)."""
    seed, low = bytes(range(32)), (1).to_bytes(32, "little")
    key, signed = ed25519.secret(seed)[2], ed25519.sign(seed, b"x")
    shifted = ed25519.add(ed25519.decode(signed[:32]), (0, ed25519.P - 1, 1, 0))
    good = (ed25519.verifies(key, b"x", signed) and not ed25519.verifies(key, b"y", signed)
            and not ed25519.verifies(key, b"x", ed25519.encode(shifted) + signed[32:])
            and not ed25519.verifies(low, b"x", low + bytes(32)))
    mixed = ed25519.encode(ed25519.add(ed25519.decode(key), (0, ed25519.P - 1, 1, 0)))
    if not good or ed25519.may_be_enrolled(mixed) or set(ledger.JUDGES) != set(texts.EVENTS):
        raise CouldNotRun("The program does not pass its own test.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("directory", nargs="?")
    parser.add_argument("--key", help="file with the log's verifier key")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    parser.add_argument("--vectors", metavar="DIR", help="play the conformance suite")
    options = parser.parse_args()
    try:
        self_test()
        if options.vectors:
            return suite.Suite(options.vectors).run()
        if not options.directory or not options.key:
            raise CouldNotRun("Name a directory and --key, or --vectors.")
        try:
            with open(options.key, encoding="ascii") as file:
                line = file.read(1000)
        except (OSError, ValueError) as error:
            raise CouldNotRun(f"The key could not be read: {error}") from error
        vkey = notes.parse_vkey(line.removesuffix("\n"))
        if not vkey or not os.path.isdir(options.directory):
            raise CouldNotRun("That is no verifier key, or no directory.")
        report = Audit(options.directory, vkey).run()
    except CouldNotRun as problem:
        report = {"verdict": "could not run", "level": "nothing", "problem": str(problem)}
    if options.json:
        print(json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
    elif "problem" in report:
        print(f"could not run: {report['problem']}", file=sys.stderr)
    else:
        show(report)
    return {"valid": 0, "invalid": 1}.get(report["verdict"], 2)


if __name__ == "__main__":
    sys.exit(main())
