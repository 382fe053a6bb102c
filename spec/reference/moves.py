"""What movements and settlements are asked alike, and how they change units."""

import collections

from cycle import effective
from state import need

# What an event does to a run of units: whether it is their first transfer, under which
# authorization they come to a Party, and whether they leave the host's section without being ITMOs.
Move = collections.namedtuple("Move", "first last standing transfers acquirer crosses")


def size(move):
    return move.last - move.first + 1


def issued_runs(state, units):
    return [run for run in state.runs(units) if run[2]]


def check_moves(state, x, moves):
    """APR-8, RVS-6, AUT-4 and AUT-5 of what becomes an ITMO, or comes to a Party."""
    lots = state.lots
    first = [move for move in moves if move.transfers]
    for move in moves:
        approach = lots[move.standing.lot]["approach"]
        need(not ((move.transfers or move.crosses) and state.ended(approach, x.time)), "APR-8",
             f"Approach {approach} ended.")
    for move in first:
        activity = lots[move.standing.lot]["activity"]
        need(state.open_reversal(activity) <= 0, "RVS-6", f"A reversal of {activity} is open.")
    counts = collections.Counter()
    for move in moves:
        if move.transfers:
            counts["transferred under", lots[move.standing.lot]["authorization"]] += size(move)
        if move.acquirer:
            counts["acquired under", move.acquirer] += size(move)
    for key, number in counts.items():
        cap = state.newest(key[1]).get("cap")
        need(cap is None or state.sums[key] + number <= cap, "AUT-4",
             f"The cap of {key[1]} is {cap}.")
    for move in moves:
        if move.transfers or move.crosses:
            host = lots[move.standing.lot]["authorization"]
            need(not state.is_released(move.standing), "AUT-5", f"{host} is revoked.")
            need(state.in_effect(host, state.counted(move.standing), x), "AUT-5",
                 f"{host} is not in effect.")
        if move.acquirer:
            effective(state, move.acquirer, x)


def check_settled(state, x, standing, moments, leaves):
    asked = standing.first_transferred or leaves or state.may_become_itmo(standing, x)
    need(not asked or set(moments) <= set(standing.cleared), "PRO-8",
         f"Proceeds at {', '.join(moments)} are not settled.")


def check_locks(state, x, runs, administrative=False):
    for first, _, standing in runs:
        held = standing.status == "held"
        need(not standing.frozen and not (held and state.accounts[standing.account]["frozen"]),
             "LCK-1", f"Unit {first} is frozen.")
        need(not standing.reserved or administrative
             or state.locks[standing.reserved].get("event") == x.hash, "LCK-1",
             f"Unit {first} is kept for another event.")


def check_held(state, units, account, clause):
    for first, _, standing in state.runs(units):
        need(standing and (standing.status, standing.account) == ("held", account), clause,
             f"Unit {first} is not held in {account}.")


class Change:
    """What an event does to units and sums, kept so that a void can undo it."""

    def __init__(self, state, x):
        self.state, self.x, self.moved = state, x, set()

    def units(self, scope, first, last, **members):
        """Gives the runs of a range new members; they leave the reservation that kept them."""
        state, seq = self.state, self.x.seq
        for low, high, old in list(state.runs({"scope": scope, "ranges": [[first, last]]})):
            self.x.before.append((scope, low, high, old))
            state.put(scope, low, high, old._replace(reserved=None, touched=seq, **members))
            if old.reserved:
                unlock_some(state, old.reserved, high - low + 1)

    def sum(self, key, number):
        self.state.sums[key] += number
        self.x.sums[key] += number
        if key[0] in ("first transferred", "used"):
            self.state.moved[key[1], key[2]] = self.x.seq

    def first_transfer(self, lot, number):
        self.sum(("first transferred", lot["host"], lot["vintage"]), number)
        self.sum(("transferred under", lot["authorization"]), number)
        self.sum(("itmos", lot["activity"], lot["vintage"]), number)


def unlock_some(state, lock, number):
    state.locks[lock]["left"] -= number
    state.locks[lock]["over"] |= state.locks[lock]["left"] == 0


def first_version(state, move):
    return state.counted(move.standing)["version"] if move.transfers else (
        move.standing.host_version)
