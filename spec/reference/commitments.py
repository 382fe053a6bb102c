"""Commitments to the state (STA): the trees of spec/commitments.md, made anew at each."""

import collections
import datetime
import itertools

import figures
import state_tree
from texts import canonical, need


def given(**members):
    """Members that have a value; a mark that is not set is left out."""
    return {name: value for name, value in members.items() if value is not None and value is not False}


def moment(ms):
    time = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return time.isoformat(timespec="milliseconds") + "Z"


def key_bytes(parts):
    """A key of a state tree: a kind, and what names one of it."""
    return "\0".join(map(str, parts)).encode()


def tree(values):
    hashes = {state_tree.sha256(key_bytes(parts)): state_tree.sha256(canonical(value))
              for parts, value in values.items()}
    return dict(count=len(values), root=state_tree.root(hashes).hex())


def stands(state, registry, now):
    """What a run says of its units beside first and last."""
    lot = state.lots[now.lot]
    acquirer = dict(authorization=now.acquirer, version=now.acquirer_version) if now.acquirer else None
    return given(
        acquirer=acquirer, activity=lot.activity, authorization=None if lot.released else lot.authorization,
        cleared=sorted(now.cleared), first_transferred=now.first_transferred, frozen=bool(now.frozen),
        lot=now.lot, purpose=now.purpose, registry=registry, reserved=bool(now.reserved), status=now.status,
        version=now.host_version if now.first_transferred else lot.version, vintage=lot.vintage)


def runs(state):
    """{account: its runs by key}; serials of a registry have no gap, so neighbouring rows touch."""
    found = collections.defaultdict(dict)
    for registry, rows in state.units.items():
        for (account, alike), group in itertools.groupby(
                rows, lambda row: (row[2].account, stands(state, registry, row[2]))):
            pieces = list(group)
            found[account]["run", registry, pieces[0][0]] = dict(
                alike, first=pieces[0][0], last=pieces[-1][1])
    return found


def lines(state, *key):
    """How many entries concern an account or a lot, and the root over their lines."""
    concerning = state.lines[key]
    return dict(count=len(concerning.levels[0]), root=concerning.root().hex())


def vintages(its_runs):
    found = collections.defaultdict(
        lambda: dict(cancelled=0, held=0, held_first_transferred=0, used=0))
    for run in its_runs.values():
        row, size = found[run["vintage"]], run["last"] - run["first"] + 1
        row[run["status"]] += size
        row["held_first_transferred"] += size * (run["status"] == "held" and "first_transferred" in run)
    return [dict(row, vintage=vintage) for vintage, row in sorted(found.items())]


def parties(state):
    """A Party's year, from its first figure on."""
    found = collections.defaultdict(lambda: dict(first_transferred=0, used=0))
    for (kind, *names), number in state.sums.items():
        if kind in ("first transferred", "used"):
            found["party", *names][kind.replace(" ", "_")] = number
    for (party, year), versions in state.adjustments.items():
        for newest in versions[-1:]:
            found["party", party, year]["recorded"] = {
                name: newest[name] for name in ("first_transferred", "used", "version")}
    return found


def main_tree(state):
    """{key: value} of all that is committed to."""
    values, held = parties(state), runs(state)
    for name, row in state.accounts.items():
        values["account", name] = given(
            entries=lines(state, "account", name), frozen=bool(row.frozen), holder=row.holder, kind=row.kind,
            metric=row.metric, party=row.party, registry=row.registry, runs=tree(held[name]),
            vintages=vintages(held[name]))
    resting = figures.units_by(state, lambda now, lot: not lot.released and lot.authorization)
    for name, row in state.authorizations.items():
        newest = row.versions[-1]
        values["authorization", name] = given(
            acquired=state.sums["acquired under", name], approach=row.approach, cap=newest.cap,
            effective=moment(row.effect), first_transferred=state.sums["transferred under", name],
            issued=resting[name].issued, metric=newest.metric, party=row.party,
            revoked=row.revoked is not None, version=newest.version)
    for lot in (lot for lot in state.lots if lot.of is None):
        values["issuance", lot.scope, lot.first] = dict(
            entries=lines(state, "issuance", lot.scope, lot.first), first=lot.first, last=lot.last)
    for key, row in state.keys.items():
        values["key", key] = given(active_from=moment(row["from"]), participant=row.owner,
                                   recovery=row.kind == "recovery", retired_at=row.retired)
    for kind, group in (("metric", lambda now, lot: (state.metric(lot),)),
                        ("registry", lambda now, lot: (lot.scope,)),
                        ("vintage", lambda now, lot: (lot.activity, lot.vintage))):
        values.update({(kind, *names): row for names, row in figures.units_by(state, group).items()})
    return values


class Commitments:
    def state_committed(self, b, x):
        need("STA-1", b.entries == x.seq, f"entry {x.seq}")
        need("STA-2", self.entries[-1].event.type != x.event.type)
        made = tree(main_tree(self))
        need("STA-3", (b.leaves, b.root) == (made["count"], made["root"]),
             "{count} leaves, root {root}".format(**made))
        self.committed = dict(entry=x.seq, leaves=b.leaves, root=b.root)
