"""Transfer, use and cancellation (TRF, USE, CAN), locks (LCK) and corrections (COR)."""

import collections

from signers import VOIDABLE
from state import DAY, count, every, milliseconds, oimp, overlaps, quantities, within
from texts import Record, need


class Movements:
    def units_transferred(self, b, x):
        source, target = self.accounts.get(b["from"].account), self.accounts.get(b.to.account)
        names, moves, known = b.authorization, self.moves(b.units), source and target
        buyer = self.authorizations.get(names.buyer)
        bought = buyer and buyer.versions[-1]
        for m in moves if known else ():
            home, leaves = target.party == m.lot.host, m.stands.party != target.party
            fund, ndc = target.kind == "fund", "NDC" in m.host.purposes
            m.transfers = not m.now.first_transferred and (
                fund or leaves and m.stands.party == m.lot.host and ndc)
            m.crosses = not m.now.first_transferred and leaves and not home
            own = m.now.acquirer and self.authorizations[m.now.acquirer].party == target.party
            m.comes = not fund and not home and (leaves or not own)
            m.acquirer = names.buyer if m.comes and buyer else None
            section = m.stands.party if source.party == target.party else target.party
            m.governs = self.governing(m.now, section) if not m.comes else (
                bought if buyer and buyer.party == target.party else m.host)
        self.check_moves(x, moves)
        for m in moves if known else ():
            holder, acts = m.stands.holder, ["acquire"] + (source.party == target.party) * ["transfer", "use"]
            need("AUT-6", not m.transfers or self.covers(m.host, holder, "transfer"), holder)
            need("AUT-6", target.kind == "fund" or self.covers(m.host, target.party)
                 and self.covers(m.governs, target.holder, *acts), f"{target.holder} in {target.party}")
        every("AUT-7", moves if known else (), lambda m: all(
            b.purpose in terms.purposes for terms in (m.host, m.governs, bought) if terms))
        self.check_pair(names, None, target.party if known else None, any(m.comes for m in moves))
        leaves = bool(known) and source.party != target.party
        self.check_settled(x, moves, lambda m: (
            ["issuance"] + leaves * ["transfer"] + (leaves and source.party == m.lot.buyer) * ["acquisition"],
            leaves))
        self.check_locks(x, moves)
        need("TRF-1", known and source is not target)
        for side, account in ((b["from"], source), (b.to, target)):
            stated = account.party, account.holder, self.participants[account.holder].name
            need("TRF-2", (side.party, side.participant, side.name) == stated, ", ".join(stated))
        self.check_held("TRF-3", self.runs(b.units), b["from"].account)
        vintages = collections.Counter()
        for m in moves:
            vintages[m.lot.vintage] += m.size
        need("TRF-4", b.quantity == vintages.total() and quantities(b.vintages) == vintages, f"{vintages}")
        for m in moves:
            need("TRF-5", m.lot.authorization == names.host, m.lot.authorization)
            fits = m.now.acquirer == names.buyer if not m.comes else bought and (
                within(m.lot.vintage, bought.vintages) and self.metric(m.lot) == bought.metric
                and self.lists(bought, m.lot.activity, True))
            need("TRF-5", not names.buyer or fits, names.buyer)
        every("TRF-6", moves, lambda m: (
            self.period(m.lot.host, m.lot.vintage) or Record()).method == b.method)
        window, day = self.opening.body.migration, b.executed_on
        need("TRF-7", not day or window and window["from"] <= day <= window.to
             and x.newest_cause <= day <= x.date, day)
        every("TRF-8", moves, lambda m: self.metric(m.lot) == target.metric)
        for m in moves:
            ends = dict(account=b.to.account)
            if m.acquirer:
                ends.update(acquirer=m.acquirer, acquirer_version=bought.version)
                self.add(x, ("acquired under", m.acquirer), m.size)
            self.touch(x, m, **ends, **self.marks(x, m))

    # --- use and cancellation

    def ends(self, b, m, uses):
        """Whether a use or cancellation is the first transfer of a unit (decisions/0006)."""
        named = b.purpose in (("IMP", "OP") if uses else ("OP",))
        defined = oimp(m.host) and self.definition(m.lot.approach) == "use_or_cancellation"
        return not m.now.first_transferred and (not uses and b.purpose == "OMGE" or named and defined)

    def check_end(self, b, x, user, uses):
        """What use and cancellation are asked alike, before their own families."""
        moves = self.moves(b.units)
        for m in moves:
            m.transfers, m.governs = self.ends(b, m, uses), self.governing(m.now, m.stands.party)
        self.check_moves(x, moves)
        asked = moves if uses or b.purpose == "OP" else []
        for m in asked:
            need("AUT-6", user not in self.participants or self.covers(m.governs, user, "use"), user)
            counts = uses and b.purpose == "NDC" and m.stands.kind != "fund"
            need("AUT-6", not counts or self.covers(m.governs, m.stands.party), m.stands.party)
        every("AUT-7", asked, lambda m: b.purpose in m.host.purposes and b.purpose in m.governs.purposes)
        for m in asked:
            every("AUT-9", (m.host, m.governs), lambda terms: not terms.use_until or x.day <= terms.use_until)
        self.check_settled(x, moves, lambda m: (
            ["issuance", "transfer"] + (m.stands.party != m.lot.host) * ["acquisition"], False))
        self.check_locks(x, moves, b.purpose == "administrative")
        return moves

    def check_sum(self, clause, b, moves):
        number, approaches = sum(m.size for m in moves), {m.lot.approach for m in moves}
        need(clause, b.quantity == number and len(approaches) == 1, f"{number} of {', '.join(approaches)}")

    def put_at_rest(self, b, x, moves, status):
        for m in moves:
            self.touch(x, m, status=status, purpose=b.purpose, **self.marks(x, m))

    def units_used(self, b, x):
        moves, account = self.check_end(b, x, b.user.participant, True), self.accounts.get(b.account)
        need("USE-1", account and account.party == b.party, b.account)
        who = self.participants.get(b.user.participant)
        need("USE-2", who and who.kind != "operator" and who.name == b.user.name, b.user.participant)
        self.check_held("USE-3", self.runs(b.units), b.account)
        self.check_sum("USE-4", b, moves)
        ndc = moves if b.purpose == "NDC" else []
        need("USE-5", bool(b.year) == (b.purpose == "NDC"))
        every("USE-6", ndc, lambda m: m.now.first_transferred)
        period = self.period(b.party, b.year) if b.year else None
        every("USE-7", ndc, lambda m: period and within(m.lot.vintage, period.span))
        every("USE-8", ndc, lambda m: all(any(within(b.year, pair) for pair in terms.ndc_periods)
                                          for terms in (m.host, self.acquired_terms(m.now)) if terms))
        every("USE-9", moves, lambda m: b.first_transfer == m.transfers)
        every("USE-10", ndc, lambda m: b.party != m.lot.host or m.now.acquirer)
        against = [row for row in self.findings.values() if row.open and row.balance and row.units]
        every("USE-11", against if ndc else (), lambda row: row.units.scope != b.units.scope or not any(
            overlaps(a, c) for a in row.units.ranges for c in b.units.ranges))
        every("USE-12", ndc, lambda m: self.metric(m.lot) == period.scope.metric)
        self.put_at_rest(b, x, moves, "used")
        if ndc:
            self.add(x, ("used", b.party, b.year), b.quantity)

    def units_cancelled(self, b, x):
        account = self.accounts.get(b.account, Record())
        moves = self.check_end(b, x, account.holder, False)
        need("CAN-1", account.party == b.party, b.account)
        self.check_held("CAN-2", self.runs(b.units), b.account)
        self.check_sum("CAN-3", b, moves)
        every("CAN-4", moves, lambda m: b.first_transfer == m.transfers)
        every("CAN-5", moves, lambda m: b.purpose != "domestic" or (
            b.party == m.lot.host and not m.now.first_transferred))
        good, much = collections.Counter(), collections.Counter()
        for m in moves:
            good[m.lot.activity] += m.size if b.purpose == "reversal" else 0
            much[m.lot.activity, m.lot.vintage] += m.size if b.purpose == "administrative" else 0
        every("RVS-7", good, lambda activity: good[activity] <= max(0, self.open_reversal(activity)))
        self.put_at_rest(b, x, moves, "cancelled")
        for activity, number in good.items():
            self.add(x, ("made good", activity), number)
        for name, finding in self.findings.items():
            excess = finding.excess
            if finding.open and excess:
                key = excess.activity, excess.vintage
                settled = min(excess.quantity - self.sums["excess", name], much[key])
                much[key] -= settled
                if settled:
                    self.add(x, ("excess", name), settled)
                    finding.open = self.sums["excess", name] < excess.quantity

    # --- locks

    def units_locked(self, b, x):
        reserves, account = b.kind == "reservation", self.accounts.get(b.account)
        mark = "reserved" if reserves else "frozen"
        need("LCK-2", b.id not in self.locks, b.id)
        need("LCK-3", b.units and b.event if reserves else not b.event)
        need("LCK-4", account, b.account)
        runs, number = (self.runs(b.units), count(b.units.ranges)) if b.units else ([], None)
        self.check_held("LCK-5", runs, b.account)
        need("LCK-6", b.quantity == number, f"{number}")
        every("LCK-7", runs, lambda run: not getattr(run.now, mark))
        need("LCK-7", runs or not account.frozen, b.account)
        ahead = milliseconds(b.until) - x.ms
        need("LCK-8", 0 < ahead and (not reserves or ahead <= 366 * DAY), b.until)
        waiting = [lock for lock in self.locks.values() if lock.event == b.event and not lock.over]
        need("LCK-10", not reserves or len(waiting) < 16)
        every("LCK-11", runs, lambda run: not reserves or not run.now.frozen and not account.frozen)
        self.locks[b.id] = Record(b, over=False, left=number, date=x.date)
        if not runs:
            account.frozen = b.id
            self.concerned.add(("account", b.account))
        for run in runs:
            self.restand(run, **{mark: b.id})

    def units_unlocked(self, b, x):
        lock = self.locks.get(b.lock)
        need("LCK-9", lock and not lock.over, b.lock)
        lock.over = True
        mark = "reserved" if lock.kind == "reservation" else "frozen"
        for run in self.everything():
            if getattr(run.now, mark) == b.lock:
                self.restand(run, **{mark: None})
        account = self.accounts[lock.account]
        if account.frozen == b.lock:
            account.frozen = None
            self.concerned.add(("account", lock.account))

    # --- corrections

    def entry_corrected(self, b, x):
        entry = self.entries[b.entry] if b.entry < len(self.entries) else None
        can = ("units.cancelled",) if b.how == "restate" else VOIDABLE
        need("COR-1", entry and entry.event.type in can, f"entry {b.entry}")
        need("COR-2", not entry.voided)
        touched = entry.event.body.units or entry.event.body.gross
        need("COR-3", b.type == entry.event.type and (b.restated if b.how == "restate" else (
            b.units == touched and b.quantity == count(touched.ranges))), f"{entry.event.type}, {touched}")
        if b.how == "restate":
            return
        moves = self.moves(touched)
        every("COR-4", moves, lambda m: m.now.touched == b.entry)
        every("COR-5", entry.before, lambda run: (
            run.now.first_transferred or self.is_released(run.now) or not self.first_by_issuance(
                self.lots[run.now.lot].approach, self.counted(run.now))))
        self.check_locks(x, moves)
        self.list_differing(b.entry, entry, moves)
        entry.voided = True
        for m in moves:
            self.unlock(m.now.reserved, m.size)
        for old in entry.before:
            self.restand(old, **dict(old.now._asdict(), reserved=None, frozen=None))
        for key, number in entry.sums.items():
            self.add(x, key, -number)
            if key[0] == "excess":
                self.findings[key[1]].open = True

    def list_differing(self, seq, entry, moves):
        """The filed reports of the Parties concerned that would be others without an entry."""
        parties = {party for m in moves for party in (m.stands.party, m.lot.host)}
        parties |= {self.accounts[old.now.account].party for old in entry.before}
        for name, report in self.reports.items():
            years = [int(key[2]) for key in entry.sums if key[:2] in (
                ("first transferred", report.party), ("used", report.party))]
            shows = report.span and report.as_of >= seq and (
                int(entry.time[:4]) <= report.span[1] or any(within(year, report.span) for year in years))
            if shows and report.party in parties and name not in self.differing:
                self.differing.append(name)
