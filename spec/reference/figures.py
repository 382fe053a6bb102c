"""The figures of spec/audit.md, 4, counted from the units' standings after the last entry."""


def units_by(state, group):
    """{group: {issued, held, used, cancelled, first_transferred}} over all runs of units."""
    found = {}
    for _, first, last, standing in state.everything():
        row = found.setdefault(group(standing, state.lots[standing.lot]), dict(
            cancelled=0, first_transferred=0, held=0, issued=0, used=0))
        for name, counts in (("issued", True), (standing.status, True),
                             ("first_transferred", standing.first_transferred)):
            row[name] += last - first + 1 if counts else 0
    return found


def accounts(state):
    rows = units_by(state, lambda standing, lot: standing.account)
    return {account: row["held"] for account, row in rows.items() if row["held"]}


def activities(state):
    found = {}
    rows = units_by(state, lambda standing, lot: (lot["activity"], str(lot["vintage"])))
    for (activity, vintage), row in rows.items():
        found.setdefault(activity, {})[vintage] = row
    return found


def plain(row):
    names = ("cancelled", "held", "issued", "used")
    return {name: row[name] if row else 0 for name in names}


def series(state, kind, party):
    """[{quantity, year}] of a sum of a Party, years in order, without zeros."""
    return [{"quantity": number, "year": key[2]} for key, number in sorted(
        (item for item in state.sums.items() if item[0][:2] == (kind, party))) if number]


def totals(state):
    held = accounts(state)
    by_activity = units_by(state, lambda standing, lot: lot["activity"])
    by_vintage = units_by(state, lambda standing, lot: lot["vintage"])
    by_host = units_by(state, lambda standing, lot: lot["host"])
    by_section = units_by(state, lambda s, lot: state.accounts[s.account]["party"])
    parties = []
    for name, who in state.participants.items():
        if who["kind"] == "party":
            adjustments = [
                dict({m: rows[-1][m] for m in ("first_transferred", "used", "version")}, year=year)
                for (party, year), rows in sorted(state.adjustments.items())
                if party == name and rows]
            section = plain(by_section.get(name))
            parties.append(dict(
                adjustments=adjustments, cancelled=section["cancelled"], held=section["held"],
                first_transferred=series(state, "first transferred", name), id=name,
                issued=plain(by_host.get(name))["issued"], name=who["name"],
                used=section["used"], used_for=series(state, "used", name)))
    return dict(
        units=plain(units_by(state, lambda standing, lot: None).get(None)),
        accounts=[dict(id=name, participant=row["holder"], party=row["party"],
                       quantity=held.get(name, 0)) for name, row in state.accounts.items()],
        activities=[dict(id=name, approach=row["approach"], units=plain(by_activity.get(name)))
                    for name, row in state.listed.items()],
        parties=parties,
        vintages=[dict(vintage=vintage, units=plain(row))
                  for vintage, row in sorted(by_vintage.items())])
