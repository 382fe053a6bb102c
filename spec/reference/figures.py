"""The figures of spec/audit.md, 4, counted from the units' standings after the last entry."""

import collections

from texts import Record


def units_by(state, group):
    """{group: {issued, held, used, cancelled, first_transferred}} over all runs of units."""
    found = collections.defaultdict(
        lambda: Record(cancelled=0, first_transferred=0, held=0, issued=0, used=0))
    for run in state.everything():
        row = found[group(run.now, state.lots[run.now.lot])]
        for name in ["issued", run.now.status] + ["first_transferred"] * run.now.first_transferred:
            row[name] += run.size
    return found


def accounts(state):
    rows = units_by(state, lambda now, lot: now.account)
    return {account: row.held for account, row in rows.items() if row.held}


def activities(state):
    found = {}
    for (name, vintage), row in units_by(state, lambda now, lot: (lot.activity, str(lot.vintage))).items():
        found.setdefault(name, {})[vintage] = row
    return found


def totals(state):
    def plain(rows, key):
        return {name: rows[key][name] for name in ("cancelled", "held", "issued", "used")}

    def series(kind, party):
        return [{"quantity": number, "year": key[2]} for key, number in sorted(
            item for item in state.sums.items() if item[0][:2] == (kind, party)) if number]

    def recorded(party):
        return [dict({m: rows[-1][m] for m in ("first_transferred", "used", "version")}, year=year)
                for (of, year), rows in sorted(state.adjustments.items()) if of == party and rows]
    held, by_activity = accounts(state), units_by(state, lambda now, lot: lot.activity)
    by_vintage = units_by(state, lambda now, lot: lot.vintage)
    by_host = units_by(state, lambda now, lot: lot.host)
    by_section = units_by(state, lambda now, lot: state.accounts[now.account].party)
    parties = [dict(plain(by_section, name), id=name, name=who.name, adjustments=recorded(name),
                    issued=plain(by_host, name)["issued"], used_for=series("used", name),
                    first_transferred=series("first transferred", name))
               for name, who in state.participants.items() if who.kind == "party"]
    return dict(
        units=plain(units_by(state, lambda now, lot: None), None), parties=parties,
        accounts=[dict(id=name, participant=row.holder, party=row.party, quantity=held.get(name, 0))
                  for name, row in state.accounts.items()],
        activities=[dict(id=name, approach=row.approach, units=plain(by_activity, name))
                    for name, row in state.listed.items()],
        vintages=[dict(vintage=vintage, units=plain(by_vintage, vintage)) for vintage in sorted(by_vintage)])
