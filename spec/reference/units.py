"""What all movements are asked alike, issuance and assignment (ISS, ASN), and settlements (PRO)."""

import collections

from registry import unit_lines
from state import MOMENTS, Standing, count, every, overlaps, public, within, years
from texts import Record, need


class Units:
    # --- what movements are asked alike, run by run in the order of serials

    def check_open(self, x, moves):
        """APR-8, RVS-6 and AUT-4 of what becomes an ITMO, or comes to a Party (`acquirer`)."""
        every("APR-8", moves, lambda m: (
            not (m.transfers or m.crosses) or not self.ended(m.lot.approach, x.time)))
        every("RVS-6", moves, lambda m: not m.transfers or self.open_reversal(m.lot.activity) <= 0)
        counts = collections.Counter()
        for m in moves:
            counts["transferred under", m.under or m.lot.authorization] += m.size if m.transfers else 0
            counts["acquired under", m.acquirer] += m.size if m.acquirer else 0
        for key, number in counts.items():
            cap = self.newest(key[1]).cap if number else None
            need("AUT-4", cap is None or self.sums[key] + number <= cap, f"the cap of {key[1]} is {cap}")

    def check_moves(self, x, moves):
        self.check_open(x, moves)
        every("AUT-5", moves, lambda m: not (m.transfers or m.crosses) or (
            not self.is_released(m.now) and self.in_effect(m.lot.authorization, m.host, x)))
        self.check_effective({m.acquirer for m in moves}, x)

    def check_settled(self, x, moves, moments):
        """PRO-8; `moments` of a run, and whether it leaves its section."""
        for m in moves:
            asked, leaves = moments(m)
            asks = m.now.first_transferred or leaves or self.may_become_itmo(m.now, x)
            need("PRO-8", not asks or set(asked) <= set(m.now.cleared), ", ".join(asked))

    def check_locks(self, x, moves, administrative=False):
        every("LCK-1", moves, lambda m: (
            not m.now.frozen and not (m.now.status == "held" and m.stands.frozen)
            and (not m.now.reserved or administrative or self.locks[m.now.reserved].event == x.hash)))

    def check_held(self, clause, runs, account):
        every(clause, runs, lambda run: run.now and (run.now.status, run.now.account) == ("held", account))

    # --- how an event changes units and sums; kept with the entry, so that a void can undo it

    def add(self, x, key, number):
        self.sums[key] += number
        x.sums[key] += number
        if key[0] in ("first transferred", "used"):
            self.moved[key[1], key[2]] = x.seq

    def first_transfer(self, x, lot, number):
        self.add(x, ("first transferred", lot.host, lot.vintage), number)
        self.add(x, ("transferred under", lot.authorization), number)

    def touch(self, x, m, **changes):
        """Changes a run of units; it leaves the reservation that kept it."""
        for old in self.run(m.scope, m.first, m.last):
            if old.now.touched != x.seq:
                x.before.append(old)
            self.unlock(old.now.reserved, old.size)
            self.restand(old, **dict(changes, reserved=None, touched=x.seq))

    def unlock(self, lock, number):
        if lock:
            self.locks[lock].left -= number
            self.locks[lock].over |= self.locks[lock].left == 0

    def marks(self, x, m):
        """The mark of a first transfer, where the move is one: counted, and with the version that counts."""
        if not m.transfers:
            return {}
        self.first_transfer(x, m.lot, m.size)
        return dict(first_transferred=True, host_version=m.host.version)

    # --- issuance, and what attaching issued units is asked alike

    def named(self, names):
        """The authorizations that are known of those named, the host's first."""
        known = self.authorizations
        return [known[name] for name in (names.host, names.buyer) if name in known]

    def check_named(self, names, terms, account, x, approach=None, attaches=True):
        """AUT-5, AUT-6, AUT-8 and AUT-9 of the authorizations named; the host's terms are the first."""
        self.check_effective(names.values() if attaches else (), x)
        need("AUT-6", not terms or not account or self.covers(
            terms[0], account.holder, "transfer", "acquire", "use"), account and account.holder)
        self.check_pair(names, approach, needed=attaches)
        every("AUT-9", terms, lambda each: not each.issue_until or x.day <= each.issue_until)

    def check_report(self, b, approach, report, sizes):
        """MON-10 to MON-15: what was reported, verified and approved."""
        activity, steps = self.activities.get(b.activity), self.cycle(approach).steps if approach else ()
        need("MON-10", "registration" not in steps or activity and activity.registered, b.activity)
        need("MON-11", report or not b.monitoring and "verification" not in steps)
        need("MON-11", not report or (report.activity, report.period) == (b.activity, b.period))
        if report:
            subject = "verification", report.id, report.version
            need("MON-12", report.verified and self.approved(report.approach, *subject), report.id)
            limits = [report.verified] + [
                made.certified for party in self.approaches[report.approach].parties
                for made in self.decisions[(*subject, party)][-1:] if made.decision == "approved"]
            for vintage, number in sizes.items():
                limit = min(each.get(vintage, 0) for each in limits)
                need("MON-13", report.issued[vintage] + number <= limit, f"{limit} of {vintage}")
        every("MON-15", self.lots_of(b.activity), lambda lot: (
            not overlaps(lot.period, b.period) or bool(lot.monitoring) == bool(b.monitoring)))

    def units_issued(self, b, x):
        names, approach = b.authorization, self.listed.get(b.activity, Record()).approach
        host, both = self.authorizations.get(names.host), self.named(names)
        terms = [row.versions[-1] for row in both]
        transfers = bool(host and approach and self.first_by_issuance(approach, terms[0]))
        sizes = collections.Counter()
        for lot in b.lots:
            sizes[lot.vintage] += lot.last - lot.first + 1
        number = sizes.total()
        activity, account = self.activities.get(b.activity), self.accounts.get(b.account, Record())
        self.approach_is_open(approach, x)
        need("RVS-6", not transfers or self.open_reversal(b.activity) <= 0, b.activity)
        need("ACT-7", not activity or not activity.closed, b.activity)
        report = self.monitoring.get(b.monitoring)
        self.check_report(b, approach, report, sizes)
        judges = self.opinions["validated", b.activity] | self.opinions["verified", b.activity]
        need("MON-16", account.holder not in judges, account.holder)
        if transfers:
            self.check_open(x, [Record(transfers=True, size=number, under=names.host, lot=Record(
                approach=approach, activity=b.activity))])
        self.check_named(names, host and terms, account, x, approach or "")
        every("ISS-1", terms, lambda each: self.lists(each, b.activity, each is not terms[0]))
        need("ISS-2", self.approaches[approach].carp, approach)
        party, _ = self.approaches[approach].parties
        need("ISS-3", (account.kind, account.party, account.registry) == ("holding", party, b.scope))
        need("ISS-4", b.holder == account.holder, account.holder)
        rows = self.units[b.scope]
        ends = [rows[-1][1] if rows else 0] + [lot.last for lot in b.lots]
        need("ISS-5", all(lot.first == end + 1 for lot, end in zip(b.lots, ends)), f"{ends[0] + 1} is next")
        need("ISS-6", b.quantity == number, f"{number}")
        every("ISS-7", b.lots, lambda lot: 2021 <= lot.vintage and all(
            within(lot.vintage, span) for span in [years(b.period)] + [each.vintages for each in terms]))
        listed = next(each for each in terms[0].activities if each.id == b.activity)
        need("ISS-8", listed.crediting[0] <= b.period[0] <= b.period[1] <= listed.crediting[1]
             and b.period[1] < x.date)
        need("ISS-9", (b.mitigation, b.metric, b.gwp) == (listed.mitigation, terms[0].metric, terms[0].gwp))
        every("ISS-10", b.lots, lambda lot: not lot.underlying or (
            lot.underlying.last - lot.underlying.first == lot.last - lot.first
            and lot.underlying.registry in terms[0].registries.underlying))
        backing = [lot.underlying for lot in b.lots if lot.underlying]
        for index, block in enumerate(backing):
            need("ISS-11", not any(old.registry == block.registry and old.first <= block.last
                                   and block.first <= old.last for old in self.underlying + backing[:index]))
        public("ISS-12", *b.documents)
        rules = self.rules(approach)
        shares = [line.account for line in rules.deductions if line.account]
        every("ISS-13", [b.account] + shares, lambda name: self.accounts[name].metric == b.metric)
        self.underlying += backing
        cleared = tuple(moment for moment in MOMENTS if not unit_lines(rules, moment))
        for lot in b.lots:
            row = Record(lot, date=x.date, activity=b.activity, approach=approach, host=party, scope=b.scope,
                         authorization=names.host, buyers=names.buyer, version=terms[0].version, of=None,
                         rules=rules.version, holder=b.holder, period=b.period, monitoring=b.monitoring)
            self.lots.append(row)
            rows.append((lot.first, lot.last, Standing(
                len(self.lots) - 1, b.account, None, "held", None, transfers, cleared, None, None,
                terms[0].version if transfers else None, None, x.seq)))
            self.concern(rows[-1][2])
            if transfers:
                self.first_transfer(x, row, lot.last - lot.first + 1)
        if report:
            report.issued.update(sizes)

    # --- assignment

    def units_assigned(self, b, x):
        names, attaches, moves = b.authorization, b.how == "attached", self.moves(b.units)
        host, both = self.authorizations.get(names.host), self.named(names)
        account = self.accounts.get(b.account)
        terms = [row.versions[-1] for row in both] if attaches else []
        for m in moves if host and attaches else ():
            m.update(under=names.host, transfers=not m.now.first_transferred and (
                m.lot.approach == host.approach and self.first_by_issuance(host.approach, terms[0])))
        if host and attaches:
            self.approach_is_open(host.approach, x)
        self.check_open(x, moves)
        self.check_named(names, host and terms, account, x, attaches=attaches)
        need("ASN-1", account and account.party == host.party == b.party, b.account)
        self.check_held("ASN-2", self.runs(b.units), b.account)
        need("ASN-3", b.quantity == count(b.units.ranges), f"{count(b.units.ranges)}")
        every("ASN-4", moves, lambda m: not m.now.first_transferred)
        for m in moves:
            stands, under = not self.is_released(m.now), m.lot.authorization
            need("ASN-5", not stands if attaches else stands and under == names.host and not names.buyer,
                 f"unit {m.first} stands under {under if stands else 'none'}")
        every("ASN-6", moves, lambda m: all(row.approach == m.lot.approach for row in both) and all(
            self.lists(each, m.lot.activity, each is not terms[0]) for each in terms))
        every("ASN-7", moves, lambda m: all(within(m.lot.vintage, each.vintages) for each in terms))
        every("ASN-8", moves if attaches else (), lambda m: (
            not m.lot.underlying or m.lot.underlying.registry in terms[0].registries.underlying))
        every("ASN-9", moves, lambda m: b.first_transfer == m.transfers)
        every("ASN-10", moves, lambda m: attaches or (
            m.host.change_terms.until == "first_transfer" and not m.host.change_terms.notice_days))
        self.check_locks(x, moves)
        for m in moves:
            lot = self.assigned_lot(m.now.lot, b, names)
            m.update(lot=self.lots[lot], host=terms[0] if attaches else m.host)
            self.touch(x, m, lot=lot, **self.marks(x, m))

    def assigned_lot(self, index, b, names):
        """The lot of units that are assigned so: found by what it says, or made."""
        lot = Record(self.lots[index], released=b.how == "released")
        lot.of = index if lot.of is None else lot.of
        if not lot.released:
            lot.update(authorization=names.host, buyers=names.buyer, version=self.newest(names.host).version)
        issued = self.lots[lot.of]
        if not lot.released and all(lot[m] == issued[m] for m in ("authorization", "buyers", "version")):
            return lot.of
        if lot not in self.lots:
            self.lots.append(lot)
        return self.lots.index(lot)

    # --- settlements

    def due_proceeds(self, rules, b, groups):
        """What PRO-7 says is taken, as the list `taken` has to state it."""
        expected = []
        for (activity, vintage), ranges in sorted(groups.items()):
            left, shares = count(ranges), []
            for line in unit_lines(rules, b.moment):
                key = b.approach, activity, vintage, line.name
                product = line.rate_bp * (self.sums["gross", key] + count(ranges))
                due = (product + dict(floor=0, ceil=9999, half_up=5000)[line.rounding]) // 10000
                due = min(max(0, due - self.sums["taken", key]), left)
                left -= due
                shares += [(line, due)] if due else []
            for line, due in shares:
                expected.append(Record(activity=activity, line=line.name, quantity=due, vintage=vintage,
                                       ranges=cut(ranges, left, due)))
                expected[-1].update({"account": line.account} if line.account else {})
                left += due
        return expected

    def proceeds_deducted(self, b, x):
        scope, moves, approach = b.gross.scope, self.moves(b.gross), self.approaches.get(b.approach)
        rules = approach.rules[b.rules - 1] if approach and b.rules <= len(approach.rules) else None
        lines = {line.name: line for line in rules.deductions} if rules else {}
        groups = collections.defaultdict(list)
        for m in moves:
            groups[m.lot.activity, m.lot.vintage].append((m.first, m.last))
        expected = self.due_proceeds(rules, b, groups) if rules else []
        taken = [(row, self.moves(Record(row, scope=scope))) for row in expected]
        for row, cuts in taken:
            for m in cuts:
                m.transfers = lines[row.line].kind in ("omge", "fund") and not m.now.first_transferred
        self.check_moves(x, [m for _, cuts in taken for m in cuts])
        need("PRO-1", rules and b.party == approach.parties[b.moment == "acquisition"], b.party)
        account = self.accounts.get(b.account)
        need("PRO-2", account and account.party == b.party, b.account)
        self.check_held("PRO-3", self.runs(b.gross), b.account)
        every("PRO-4", moves, lambda m: (m.lot.approach, m.lot.rules) == (b.approach, b.rules))
        earlier = set(MOMENTS[:MOMENTS.index(b.moment)])
        every("PRO-5", moves, lambda m: b.moment not in m.now.cleared and earlier <= set(m.now.cleared))
        need("PRO-6", b.quantity == count(b.gross.ranges), f"{count(b.gross.ranges)}")
        need("PRO-7", b.taken == expected, f"due is {expected}")
        self.check_locks(x, moves)
        for m in moves:
            settled = tuple(each for each in MOMENTS if each in m.now.cleared or each == b.moment)
            self.touch(x, m, cleared=settled)
        for (activity, vintage), ranges in groups.items():
            for line in unit_lines(rules, b.moment):
                self.add(x, ("gross", (b.approach, activity, vintage, line.name)), count(ranges))
        for row, cuts in taken:
            self.add(x, ("taken", (b.approach, row.activity, row.vintage, row.line)), row.quantity)
            ends = dict(status="cancelled", purpose="OMGE") if lines[row.line].kind == "omge" else dict(
                account=row.account)
            for m in cuts:
                self.touch(x, m, **ends, **self.marks(x, m))


def cut(ranges, skip, number):
    """`number` units behind the first `skip` of ascending ranges, ranges that touch joined."""
    found = []
    for first, last in ranges:
        low, high = first + skip, min(last, first + skip + number - 1)
        skip = max(0, skip - (last - first + 1))
        if low <= high:
            number -= high - low + 1
            low = found.pop()[0] if found and found[-1][1] + 1 == low else low
            found.append([low, high])
    return found
