"""The audit of a downloaded log (spec/audit.md)."""

import os
import stat

import figures
import notes
import shapes
from ledger import Ledger
from texts import CouldNotRun, Refusal, Text, statement

LEVELS = ("nothing", "format", "signatures", "chain", "rules", "root", "checkpoint")


class Found(Exception):
    """The first thing that does not hold: spoils a level, in a part or an entry."""

    def __init__(self, level, part, refusal):
        super().__init__(str(refusal))
        entry = {"entry": part} if isinstance(part, int) else {}
        self.level, self.row = level, dict(
            entry, clause=refusal.clause, sentence=str(refusal), statement=statement(refusal.clause),
            part=f"entry {part}" if entry else part)


class Bundle:
    """The files of a log; links and pipes are not followed."""

    def __init__(self, directory):
        self.directory = directory

    def read(self, path, most):
        full = os.path.join(self.directory, path)
        try:
            if not stat.S_ISREG(os.lstat(full).st_mode):
                return None
            with open(full, "rb") as file:
                return file.read(most + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise CouldNotRun(f"{path} could not be read: {error}") from error

    def tiles(self, level, number):
        """(index, width, path, bytes or None, whether it is of that width) of the tiles that hold so many
        hashes or entries; a full one stands for a partial one that is missing."""
        for index in range((number + 255) // 256):
            width = min(256, number - 256 * index)
            exact, full = notes.tile_path(level, index, width), notes.tile_path(level, index)
            most = 65537 * 256 if level == "entries" else 8192
            found = {path: self.read(path, most) for path in (exact, full)}
            path = full if found[exact] is None and found[full] is not None else exact
            yield index, width, path, found[path], path == exact

    def hashes(self, level, size):
        """(path, hash) of every hash of a level, as far as the tiles give them; read as they are asked for,
        since nobody has signed the size yet."""
        for _, width, path, data, exact in self.tiles(level, size >> 8 * level):
            good = data is not None and 32 * width <= len(data) <= (32 * width if exact else 8192)
            yield from ((path, data[32 * i:32 * i + 32] if good else None) for i in range(width))

    def entries(self, size):
        """The line of every entry, in order."""
        for index, width, path, data, exact in self.tiles("entries", size):
            for number in range(256 * index, 256 * index + width):
                length = int.from_bytes(data[:2], "big") if data else 0
                if not data or len(data) < 2 + length:
                    raise Found("format", number, Refusal("LOG-15", f"{path} is missing or ends too early"))
                yield data[2:2 + length]
                data = data[2 + length:]
            if data and (exact or width == 256):
                raise Found("format", number, Refusal("LOG-15", f"more stands in {path}"))


class Audit:
    def __init__(self, directory, keys):
        self.bundle, self.keys, self.book = Bundle(directory), keys, Ledger()
        self.report = dict(verdict="valid", level="nothing")

    def entry(self, number, line):
        """One entry through format, signatures, chain and rules."""
        spoilt = "format"
        try:
            text = Text(line, shapes.line)
            spoilt = "signatures"
            text.verify()
            spoilt = "chain"
            self.book.check_place(text.value)
            spoilt = "rules"
            self.book.take(text, text.time)
        except Refusal as refusal:
            if refusal.clause == "LED-9" or refusal.clause == "LED-2" and text.event.body.spec > 0:
                self.report["newer_rules"] = number
                raise CouldNotRun(f"Entry {number} and what follows cannot be judged. {refusal}") from refusal
            raise Found(spoilt, number, refusal) from refusal
        self.book.append(line)

    def replay(self, size):
        before = None  # what the tile says of the entry before, where it says another hash
        lines, hashes = enumerate(self.bundle.entries(size)), self.bundle.hashes(0, size)
        for (number, line), (_, there) in zip(lines, hashes):
            if before and f'"prev":"{before.hex()}"'.encode() in line:
                raise Found("chain", number - 1, Refusal("LOG-2", "tile and next entry have another hash"))
            self.entry(number, line)
            before = there if there != self.book.tree.levels[0][number] else None

    def check_tiles(self, size):
        """Every hash of the entries that were replayed, level by level."""
        for level, nodes in enumerate(self.book.tree.levels[::8]):
            for (index, node), (path, there) in zip(enumerate(nodes), self.bundle.hashes(level, size)):
                if there != node:
                    one = there is not None and level == 0 and index + 1 < size
                    part = notes.tile_path(0, index // 256) if one else path
                    raise Found("root", part, Refusal("LOG-15", f"hash {index} of level {level}"))

    def levels(self, note):
        """Reaches level after level."""
        checkpoint = notes.read_checkpoint(note)
        if not checkpoint:
            raise Found("format", "checkpoint", Refusal("LOG-15", "there is no checkpoint that is one"))
        origin, size, root = checkpoint
        self.report["checkpoint"] = dict(origin=origin, size=size, root=root.hex())
        try:
            self.replay(size)
        except CouldNotRun:
            if "newer_rules" in self.report:
                self.check_tiles(size)
            raise
        self.report.update(level="rules", totals=figures.totals(self.book), log_keys=self.book.log_keys)
        self.check_tiles(size)
        if self.book.tree.root() != root:
            raise Found("root", "checkpoint", Refusal("LOG-15", "the root is another"))
        if notes.open_checkpoint(note, self.keys) is None:
            raise Found("checkpoint", "checkpoint", Refusal("LOG-7", (
                f"no key of {self.keys[0][0]} that you gave signed it; it says that it is of {origin}")))
        named = map(notes.parse_vkey, self.book.log_keys) if size else self.keys
        if not any(notes.open_checkpoint(note, [key]) for key in named):
            raise Found("checkpoint", 0, Refusal("LOG-7", "the log names no key that signed its checkpoint"))
        self.report["level"] = "checkpoint"

    def run(self):
        report, book = self.report, self.book
        try:
            self.levels(self.bundle.read("checkpoint", 1000000))
        except Found as found:
            report.update(verdict="invalid", finding=found.row)
            if "newer_rules" not in report:
                found.row["level"] = found.level
                report["level"] = LEVELS[LEVELS.index(found.level) - 1]
        except CouldNotRun as problem:
            report.update(verdict="could not run", problem=str(problem))
        # An altered entry may have been taken in before the next one told.
        finding, good = report.get("finding", {}), len(book.entries)
        if finding.get("level") in LEVELS[:5]:
            good = min(good, finding.get("entry", good))
        report.update(entries=good, spec=book.spec)
        if good:
            report.update(last_time=book.entries[good - 1].time, opening=book.tree.levels[0][0].hex())
            if book.committed and report["verdict"] == "valid":
                report["commitment"] = book.committed
            if book.opening.body.mode == "demonstration":
                report["demonstration"] = "DEMONSTRATION – not a record of any government"
        return report
