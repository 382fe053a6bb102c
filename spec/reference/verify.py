#!/usr/bin/env python3
"""The second verifier: checks a downloaded log (spec/audit.md), or what an evidence file or proofs of a
balance prove, or plays the conformance suite.

    verify.py DIR --key VKEYFILE [--json]
    verify.py evidence FILE --key VKEYFILE [--log DIR]
    verify.py balance FILE --key VKEYFILE
    verify.py --vectors DIR

Written from the pages of the specification alone, with Python's standard library alone; it shares
no code with the ledger's own programs. Exit status: 0 valid or proven, 1 invalid or nothing proven,
2 could not run or decide."""

import argparse
import json
import os
import signal
import sys

import balance
import ed25519
import evidence
import notes
import shapes
import signers
import suite
from audit import Audit
from texts import CouldNotRun, Refusal

FORMS = {"DIR": (1, ("key", "json")), "evidence": (2, ("key", "log")), "balance": (2, ("key",)),
         "--vectors": (0, ("vectors",))}  # how many words each has, and which options


def show(report, as_json):
    if as_json:
        print(json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        return
    print(f"{report['verdict']}, level reached: {report['level']}")
    for name in ("problem", "demonstration", "entries", "last_time", "opening", "spec", "log_keys", "newer_rules"):
        if name in report:
            print(f"{name}: {report[name]}")
    if "commitment" in report:
        print("commitment: entry {entry}, {leaves} leaves, root {root}".format(**report["commitment"]))
    if "finding" in report:
        print(f"{report['finding']['part']}: {report['finding']['sentence']}")
    for name, rows in report.get("totals", {}).items():
        for row in rows if isinstance(rows, list) else [rows]:
            print(f"{name}: " + json.dumps(row, sort_keys=True, ensure_ascii=False))


def self_test():
    """Signatures that tell the strict profile from looser ones (spec/signatures.md, 3)."""
    seed, low, order_2 = bytes(range(32)), (1).to_bytes(32, "little"), (0, ed25519.P - 1, 1, 0)
    key, signed = ed25519.secret(seed)[2], ed25519.sign(seed, b"x")
    shifted, mixed = (ed25519.encode(ed25519.add(ed25519.decode(point), order_2))
                      for point in (signed[:32], key))
    good = (ed25519.verifies(key, b"x", signed) and not ed25519.verifies(key, b"y", signed)
            and not ed25519.verifies(key, b"x", shifted + signed[32:])
            and not ed25519.verifies(low, b"x", low + bytes(32)) and not ed25519.may_be_enrolled(mixed))
    if not good or set(signers.SIGNERS) != set(shapes.EVENTS):
        raise CouldNotRun("The program does not pass its own test.")


def read(path, most):
    """The bytes of a file; one more than it may have, where it has too many."""
    with open(path, "rb") as file:
        return file.read(most + 1)


def read_keys(path):
    keys = notes.parse_vkeys(read(path, 10000).decode("latin-1").removesuffix("\n"))
    if not keys:
        raise CouldNotRun(f"{path} holds no verifier key, nor several of one name, one a line.")
    return keys


def check_arguments(parser, options):
    def ask(holds, sentence):
        if not holds:
            parser.print_usage(sys.stderr)
            raise CouldNotRun(sentence)
    words, form = options.words, options.form
    ask(form in FORMS, f"{form!r} is neither evidence nor balance, and nothing else stands before a file.")
    number, takes = FORMS[form]
    ask(len(words) >= number, "Nothing is named to check.")
    ask(len(words) == number, f"{' '.join(words[number:])!r} stands where nothing belongs.")
    for name in ("key", "json", "log", "vectors"):
        ask(name in takes or getattr(options, name) is None, f"--{name} does not belong to {form}.")
    ask("key" not in takes or options.key is not None, "--key is missing.")
    for path in words[:form == "DIR"] + [path for path in (options.log, options.vectors) if path is not None]:
        behind = ", and behind it a FILE is missing" if path in FORMS else ""
        ask(os.path.isdir(path), f"{path} is no directory{behind}.")


def check_file(options):
    """Says what a file proves; exit status 0 all that it claims, 1 not."""
    keys, data = read_keys(options.key), read(options.words[1], balance.MOST)
    try:
        print(balance.judge(data, keys) if options.form == "balance" else evidence.judge(data, keys, options.log))
        return 0
    except (Refusal, balance.NotProven) as why:
        print("NOT PROVEN:" if options.form == "balance" else "PROVES NOTHING, by", why)
        return 1


def main():
    about, usage, _ = __doc__.split("\n\n", 2)
    parser = argparse.ArgumentParser(usage="\n" + usage, description=about, allow_abbrev=False)
    parser.add_argument("words", nargs="*", metavar="DIR | evidence FILE | balance FILE",
                        help="a downloaded log, an evidence file, or what a server answered to ?proof=1")
    parser.add_argument("--key", metavar="VKEYFILE", help="the log's verifier key, or its keys, one a line")
    parser.add_argument("--json", action="store_true", default=None, help="the report as one JSON object")
    parser.add_argument("--log", metavar="DIR", help="the log, or a copy of its beginning")
    parser.add_argument("--vectors", metavar="DIR", help="play the conformance suite")
    options = parser.parse_intermixed_args()
    word = options.words[0] if len(options.words) > 1 else "DIR"
    options.form = word if options.vectors is None else "--vectors"
    try:
        check_arguments(parser, options)
        self_test()
        if options.form == "--vectors":
            return suite.Suite(options.vectors).run()
        if options.form != "DIR":
            return check_file(options)
        report = Audit(options.words[0], read_keys(options.key)).run()
    except (CouldNotRun, OSError) as why:
        problem = f"{why.filename}: {why.strerror}" if isinstance(why, OSError) and why.filename else why
        if options.form in ("evidence", "balance"):
            print(f"COULD NOT DECIDE. {problem}")
            return 2
        report = dict(verdict="could not run", level="nothing", problem=str(problem))
    try:
        show(report, options.json)
        sys.stdout.flush()
    except OSError as problem:
        print(f"could not run: cannot write the report: {problem.strerror}.", file=sys.stderr)
        os._exit(2)  # what is left to write cannot be written either
    return dict(valid=0, invalid=1).get(report["verdict"], 2)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):  # whoever reads only the beginning is no error
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
