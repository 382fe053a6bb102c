"""Locks (LCK) and corrections (COR)."""

from assignment import is_first_by_issuance
from identity import CORRECTED
from moves import check_held, check_locks, unlock_some
from state import DAY, count, milliseconds, need

def units_locked(state, b, x):
    reserves, account = b["kind"] == "reservation", state.accounts.get(b["account"])
    mark = "reserved" if reserves else "frozen"
    need(b["id"] not in state.locks, "LCK-2", f"Lock {b['id']} exists.")
    need("units" in b and "event" in b if reserves else "event" not in b, "LCK-3",
         "Units and an event of a reservation, no event of a freeze.")
    need(account, "LCK-4", f"Account {b['account']} is unknown.")
    runs = list(state.runs(b["units"])) if "units" in b else []
    if runs:
        check_held(state, b["units"], b["account"], "LCK-5")
    number = count(b["units"]["ranges"]) if runs else None
    need(b.get("quantity") == number, "LCK-6", f"{number} units.")
    for first, _, standing in runs:
        need(not getattr(standing, mark), "LCK-7", f"Unit {first} is locked so already.")
    need(runs or not account["frozen"], "LCK-7", "The account is frozen already.")
    ahead = milliseconds(b["until"]) - x.ms
    need(0 < ahead and (not reserves or ahead <= 366 * DAY), "LCK-8", "No such end.")
    waiting = [lock for lock in state.locks.values()
               if lock.get("event") == b.get("event") and not lock["over"]]
    need(not reserves or len(waiting) < 16, "LCK-10", "Sixteen reservations wait for it.")
    for first, _, standing in runs if reserves else ():
        need(not standing.frozen and not account["frozen"], "LCK-11", f"Unit {first} is frozen.")
    state.locks[b["id"]] = dict(b, over=False, left=number, date=x.date)
    if not runs:
        account["frozen"] = b["id"]
    for first, last, standing in runs:
        state.put(b["units"]["scope"], first, last, standing._replace(**{mark: b["id"]}))


def units_unlocked(state, b, x):
    lock = state.locks.get(b["lock"])
    need(lock and not lock["over"], "LCK-9", f"Lock {b['lock']} does not hold.")
    lock["over"] = True
    for scope, first, last, standing in list(state.everything()):
        if b["lock"] in (standing.reserved, standing.frozen):
            mark = "reserved" if standing.reserved == b["lock"] else "frozen"
            state.put(scope, first, last, standing._replace(**{mark: None}))
    account = state.accounts[lock["account"]]
    account["frozen"] = None if account["frozen"] == b["lock"] else account["frozen"]


def entry_corrected(state, b, x):
    voids = b["how"] == "void"
    entry = state.entries[b["entry"]] if b["entry"] < len(state.entries) else None
    need(entry and entry["event"]["type"] in CORRECTED[b["how"]], "COR-1",
         "That is not corrected so.")
    need(not entry["voided"], "COR-2", "It was voided.")
    need(b["type"] == entry["event"]["type"], "COR-3", "It is of another type.")
    if not voids:
        need(b["restated"], "COR-3", "It states nothing.")
        return
    touched = entry["event"]["body"].get("units") or entry["event"]["body"].get("gross")
    need(b["units"] == touched and b["quantity"] == count(touched["ranges"]), "COR-3",
         "Other units, or another quantity.")
    runs = list(state.runs(touched))
    for first, _, standing in runs:
        need(standing.touched == b["entry"], "COR-4",
             f"Unit {first} was touched by entry {standing.touched}.")
    for _, first, _, standing in entry["before"]:
        lot = state.lots[standing.lot]
        need(standing.first_transferred or state.is_released(standing)
             or not is_first_by_issuance(state, lot["approach"], state.counted(standing)), "COR-5",
             f"Unit {first} would be an ITMO under {lot['authorization']}.")
    check_locks(state, x, runs)
    entry["voided"] = True
    for _, first, last, standing in state.everything():
        if standing.reserved and standing.touched == b["entry"]:
            unlock_some(state, standing.reserved, last - first + 1)
    for scope, first, last, standing in entry["before"]:
        state.put(scope, first, last, standing._replace(reserved=None, frozen=None))
    for key, number in entry["sums"].items():
        state.sums[key] -= number
        if key[0] in ("first transferred", "used"):
            state.moved[key[1], key[2]] = x.seq
        if key[0] == "excess":
            state.findings[key[1]]["open"] = True
    approaches = {state.lots[standing.lot]["approach"] for _, _, _, standing in entry["before"]}
    parties = {party for name in approaches for party in state.approaches[name]["parties"]}
    year = int(entry["time"][:4])
    for name, report in state.reports.items():
        if (report["span"] and report["as_of"] >= b["entry"] and name not in state.differing
                and report["span"][0] <= year <= report["span"][1]
                and report["party"] in parties):
            state.differing.append(name)
