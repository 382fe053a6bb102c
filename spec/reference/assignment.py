"""Issued units under another authorization, or under none (ASN)."""

import collections

from cycle import effective, named_pair
from moves import Change, Move, check_held, check_locks, check_moves, issued_runs, size
from rules import approach_is_open
from state import count, need


def is_first_by_issuance(state, approach, terms):
    oimp = {"IMP", "OP"} & set(terms["purposes"])
    return bool(oimp) and state.definition(approach) in ("authorization", "issuance")


def units_assigned(state, b, x):
    named, attaches, runs = b["authorization"], b["how"] == "attached", issued_runs(state, b["units"])
    host = state.authorizations.get(named["host"])
    both = [state.authorizations[named[side]] for side in ("host", "buyer")
            if named.get(side) in state.authorizations]
    account = state.accounts.get(b["account"])
    approach = host and host["approach"]
    firsts = [bool(host and attaches and not standing.first_transferred
                   and state.lots[standing.lot]["approach"] == approach
                   and is_first_by_issuance(state, approach, host["versions"][-1]))
              for _, _, standing in runs]
    if attaches and host:
        approach_is_open(state, approach, x)
    for (_, _, standing), first in zip(runs, firsts):
        activity = state.lots[standing.lot]["activity"]
        need(not first or state.open_reversal(activity) <= 0, "RVS-6",
             f"A reversal of {activity} is open.")
    number = sum(last - low + 1 for (low, last, _), first in zip(runs, firsts) if first)
    cap = host["versions"][-1].get("cap") if host else None
    need(not number or cap is None
         or state.sums["transferred under", named["host"]] + number <= cap, "AUT-4",
         f"The cap of {named['host']} is {cap}.")
    terms = [row["versions"][-1] for row in both]
    if attaches:
        for name in named.values():
            if name in state.authorizations:
                effective(state, name, x)
        need(not (host and account) or state.covers(
            host["versions"][-1], account["holder"], "transfer", "acquire", "use"), "AUT-6",
            f"{b['account']} is of a participant that is not authorized.")
    named_pair(state, named, None, None, attaches)
    need(not attaches or all(x.day <= t.get("issue_until", x.day) for t in terms), "AUT-9",
         "Issuance ended.")
    need(account and account["party"] == host["party"] == b["party"], "ASN-1",
         "Not an account of the host's section.")
    check_held(state, b["units"], b["account"], "ASN-2")
    need(b["quantity"] == count(b["units"]["ranges"]), "ASN-3", "Another quantity.")
    for low, _, standing in runs:
        need(not standing.first_transferred, "ASN-4", f"Unit {low} is an ITMO.")
    for low, _, standing in runs:
        under = state.lots[standing.lot]["authorization"]
        fits = state.is_released(standing) if attaches else (
            not state.is_released(standing) and under == named["host"] and "buyer" not in named)
        need(fits, "ASN-5", f"Unit {low} stands under {under}, or under none.")
    for low, _, standing in runs if attaches else ():
        lot = state.lots[standing.lot]
        for row in both:
            listed = [a["id"] for a in row["versions"][-1]["activities"]]
            need(row["approach"] == lot["approach"] and (
                lot["activity"] in listed or not listed and row["party"] != lot["host"]),
                "ASN-6", f"{lot['activity']} is not listed.")
    for low, _, standing in runs if attaches else ():
        vintage = state.lots[standing.lot]["vintage"]
        need(all(t["vintages"][0] <= vintage <= t["vintages"][1] for t in terms), "ASN-7",
             f"{vintage} is no vintage of it.")
    for low, _, standing in runs if attaches else ():
        backing = state.lots[standing.lot]["backing"]
        need(backing is None or backing in terms[0]["registries"]["underlying"], "ASN-8",
             f"{backing} is not listed.")
    for (low, _, _), first in zip(runs, firsts):
        need(b["first_transfer"] == first, "ASN-9", f"{low}: {first}.")
    for low, _, standing in () if attaches else runs:
        change = state.counted(standing)["change_terms"]
        need(change["until"] == "first_transfer" and not change["notice_days"], "ASN-10",
             f"Change terms: {change['until']}, {change['notice_days']} days.")
    check_locks(state, x, runs)
    changes = Change(state, x)
    for (low, last, standing), first in zip(runs, firsts):
        lot = assigned_lot(state, standing.lot, b)
        members = dict(lot=lot)
        if first:
            members.update(first_transferred=True, host_version=host["versions"][-1]["version"])
            changes.first_transfer(state.lots[lot], last - low + 1)
        changes.units(b["units"]["scope"], low, last, **members)


def assigned_lot(state, index, b):
    """The lot of units that are assigned so: found by what it says, or made."""
    old, named = state.lots[index], b["authorization"]
    lot = dict(old, of=index if old["of"] is None else old["of"], released=b["how"] == "released")
    if not lot["released"]:
        lot.update(authorization=named["host"], buyers=named.get("buyer"),
                   version=state.newest(named["host"])["version"])
    first = state.lots[lot["of"]]
    if all(lot[m] == first[m] for m in ("authorization", "buyers", "version", "released")):
        return lot["of"]
    if lot not in state.lots:
        state.lots.append(lot)
    return state.lots.index(lot)
