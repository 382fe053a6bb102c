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
import sys

import balance
import ed25519
import evidence
import notes
import shapes
import signers
import suite
from audit import Audit, CouldNotRun


def show(report):
    print(f"{report['verdict']}, level reached: {report['level']}")
    for name in ("problem", "demonstration", "entries", "last_time", "opening", "spec", "newer_rules"):
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


def read_key(path):
    try:
        with open(path, encoding="ascii") as file:
            vkey = notes.parse_vkey(file.read(1000).removesuffix("\n"))
    except (OSError, ValueError) as error:
        raise CouldNotRun(f"The key could not be read: {error}") from error
    if not vkey:
        raise CouldNotRun("That is no verifier key.")
    return vkey


def check_file(options):
    try:
        self_test()
        if not options.key or options.log and not os.path.isdir(options.log):
            raise CouldNotRun("Name --key; --log is a directory.")
        if options.directory == "balance":
            return balance.check(options.file, read_key(options.key))
        return evidence.check(options.file, read_key(options.key), options.log)
    except CouldNotRun as problem:
        print(f"COULD NOT DECIDE. {problem}")
        return 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("directory", nargs="?", help="a downloaded log, or evidence or balance and a file")
    parser.add_argument("file", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--log", metavar="DIR", help="with evidence: the log, or a copy of its beginning")
    parser.add_argument("--key", help="file with the log's verifier key")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    parser.add_argument("--vectors", metavar="DIR", help="play the conformance suite")
    options = parser.parse_args()
    if options.directory in ("balance", "evidence") and options.file:
        return check_file(options)
    try:
        self_test()
        if options.vectors and os.path.isdir(options.vectors):
            return suite.Suite(options.vectors).run()
        if not options.key or options.file or not os.path.isdir(options.directory or ""):
            raise CouldNotRun("Name a directory and --key, or --vectors.")
        report = Audit(options.directory, read_key(options.key)).run()
    except CouldNotRun as problem:
        report = dict(verdict="could not run", level="nothing", problem=str(problem))
    if options.json:
        print(json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
    else:
        show(report)
    return dict(valid=0, invalid=1).get(report["verdict"], 2)


if __name__ == "__main__":
    sys.exit(main())
