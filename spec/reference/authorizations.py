"""Authorizations, their changes and revocations (AUT), and reversals of removals (RVS)."""

from state import DAY, after_days, every, is_metric, oimp, overlaps, public
from texts import Record, need


class Authorizations:
    def check_effective(self, names, x):
        """AUT-5 of the newest versions of those named that are known."""
        for name in names:
            row = self.authorizations.get(name)
            need("AUT-5", not row or not row.revoked and self.in_effect(name, row.versions[-1], x), name)

    def check_pair(self, named, approach=None, section=None, needed=True):
        """AUT-8; `section` is the receiving one of a transfer."""
        host, buyer = self.authorizations.get(named.host), self.authorizations.get(named.buyer)
        parties = self.approaches[host.approach].parties if host else (None, None)
        need("AUT-8", host and host.party == parties[0] and approach in (None, host.approach), named.host)
        if named.buyer:
            need("AUT-8", buyer and (buyer.party, buyer.approach) == (parties[1], host.approach)
                 and section in (None, parties[1]), named.buyer)
        else:
            need("AUT-8", not needed or not self.rules(host.approach).both_authorize, "no buyer's is named")

    def check_fit(self, b):
        proposed = self.activities
        every("ACT-5", b.activities, lambda listed: listed.id not in proposed or (b.approach, listed.sector)
              == (proposed[listed.id].approach, proposed[listed.id].sector))
        for listed in b.activities if b.approach in self.approaches else ():
            self.check_approved_idea(listed.id, b.approach)

    def check_terms(self, b, x, before=Record()):
        """AUT-13 to AUT-29 of a version."""
        parties = self.approaches[b.approach].parties
        hosts = b.party == parties[0]
        need("AUT-13", b.cap != 0)
        need("AUT-14", 2021 <= b.vintages[0] <= b.vintages[1])
        need("AUT-15", b.purposes)
        need("AUT-16", ("oimp" in b) == oimp(b))
        need("AUT-17", not oimp(b) or self.definition(b.approach))
        need("AUT-18", bool(b.ndc_periods) == ("NDC" in b.purposes)
             and all(low <= high for low, high in b.ndc_periods))
        need("AUT-19", all(map(self.is_party, b.parties)))
        every("AUT-20", b.entities, lambda entity: (
            entity.may and self.participants.get(entity.id, Record()).kind == "entity"))
        need("AUT-21", b.activities or not hosts)
        need("AUT-22", all(listed.crediting[0] <= listed.crediting[1] for listed in b.activities))
        for listed in b.activities:
            old = self.listed.get(listed.id, Record(listed, approach=b.approach))
            same = all(old[m] == listed[m] for m in ("crediting", "mitigation", "sector", "type"))
            need("AUT-23", same and old.approach == b.approach, listed.id)
        every("AUT-24", b.activities, lambda listed: (
            hosts or listed.id in self.listed and parties[0] in self.listed[listed.id].by))
        need("AUT-25", b.standards)
        need("AUT-26", b.registries.tracking[:3] == b.party, b.registries.tracking)
        every("AUT-27", ("issue_until", "use_until"), lambda name: (
            b.get(name) in (None, before.get(name)) or b[name] >= x.date))
        need("AUT-28", set(b.change_terms.consent) <= set(parties))
        public("AUT-29", *b.documents, *filter(None, [b.change_terms.document]))

    def check_metric(self, clause, party, span, metric, but=None):
        """What a Party authorized as host of some vintages, `but` that one, is in this metric."""
        for name, row in self.authorizations.items():
            theirs = name != but and row.party == party == self.approaches[row.approach].parties[0]
            for terms in row.versions if theirs else ():
                need(clause, terms.metric == metric or not overlaps(terms.vintages, span), name)

    def check_bounds(self, b):
        """AUT-37 and AUT-38, which are asked last."""
        need("AUT-37", b.change_terms.notice_days <= 3650, f"{b.change_terms.notice_days} days")
        if b.party == self.approaches[b.approach].parties[0]:
            every("AUT-38", self.ndcs[b.party], lambda ndc: (
                ndc.scope.metric == b.metric or not overlaps(ndc.span, b.vintages)))
            self.check_metric("AUT-38", b.party, b.vintages, b.metric, b.id)

    def add_terms(self, b, x):
        for listed in b.activities:
            self.listed.setdefault(listed.id, Record(
                listed, approach=b.approach, by=set(), date=x.date)).by.add(b.party)
        approach = self.approaches[b.approach]
        approach.oimp = approach.oimp or b.party == approach.parties[0] and oimp(b)

    def authorization_granted(self, b, x):
        self.approach_is_open(b.approach, x)
        self.check_fit(b)
        need("AUT-1", b.id not in self.authorizations, b.id)
        approach = self.approaches.get(b.approach)
        need("AUT-2", approach and approach.rules, b.approach)
        need("AUT-3", b.party in approach.parties, b.party)
        need("AUT-10", b.version == 1, f"{b.version}")
        rules, host = self.rules(b.approach), approach.parties[0]
        need("AUT-11", not rules.host_first or b.party == host or (b.approach, host) in [
            (row.approach, row.party) for row in self.authorizations.values()])
        tonnes = b.metric == "GHG"
        need("AUT-12", is_metric(b.metric) and b.gwp == ("AR5" if tonnes else "NA")
             and ("conversion" in b) != tonnes, f"{b.metric}, {b.gwp}")
        self.check_terms(b, x)
        self.check_bounds(b)
        self.authorizations[b.id] = Record(
            party=b.party, approach=b.approach, versions=[b], effect=after_days(x.ms, rules.objection_days),
            revoked=None, notice=None, seq=x.seq, date=x.date, released=0)
        self.add_terms(b, x)

    def check_notice(self, row, b, x):
        """AUT-33 and AUT-34; the notice that this event gives."""
        terms, notice, said = row.versions[-1].change_terms, row.notice, (x.event.type, {**b, "stage": None})
        need("AUT-33", terms.until != "never")
        days = terms.notice_days
        if b.stage == "effect":
            need("AUT-34", not days or notice and notice.said == said
                 and 0 <= x.ms - notice.ms - days * DAY < 365 * DAY, f"{days} days are asked for")
        need("AUT-34", days or b.stage == "effect", "none is asked for")
        return Record(said=said, ms=x.ms, date=x.date)

    def authorization_changed(self, b, x):
        self.approach_is_open(b.approach, x)
        row = self.authorizations.get(b.id)
        need("AUT-30", row and not row.revoked, b.id)
        before = row.versions[-1]
        need("AUT-31", all(
            b.get(m) == before.get(m) for m in ("approach", "party", "metric", "gwp", "conversion")))
        need("AUT-32", b.version == before.version + 1 <= 1023, f"{before.version} is in force")
        notice = self.check_notice(row, b, x)
        self.check_fit(b)
        self.check_terms(b, x, before)
        counted = self.sums["transferred under", b.id] + self.sums["acquired under", b.id]
        need("AUT-35", b.cap is None or b.cap >= counted, f"{counted} count against it")
        lots = [self.lots[run.now.lot] for run in self.everything()]
        rests = any(lot.authorization == b.id and not lot.released for lot in lots)
        need("AUT-36", not rests or before.change_terms.until == "issuance" or oimp(before) == oimp(b)
             or self.definition(b.approach) in (None, "use_or_cancellation"))
        self.check_bounds(b)
        row.notice = notice if b.stage == "notice" else None
        if b.stage == "effect":
            row.versions.append(b)
            row.date = x.date
            self.add_terms(b, x)

    def authorization_revoked(self, b, x):
        row = self.authorizations.get(b.authorization)
        need("AUT-30", row and not row.revoked, b.authorization)
        notice = self.check_notice(row, b, x)
        public("AUT-29", *b.documents)
        if b.stage == "notice":
            row.notice = notice
            return
        row.revoked = x.seq
        for run in self.everything():
            lot, freed = self.lots[run.now.lot], run.now.status == "held" and self.is_released(run.now)
            if lot.authorization == b.authorization and freed and not lot.released:
                row.released += run.size

    def reversal_recorded(self, b, x):
        listed = self.listed.get(b.activity)
        need("RVS-1", listed and listed.mitigation == "Removals", b.activity)
        parties = self.approaches[listed.approach].parties
        need("RVS-2", self.appointed("verifier", b.verifier, parties, x.time, listed.approach), b.verifier)
        need("RVS-3", b.period[0] <= b.period[1] <= x.date)
        issued = self.issued(b.activity) - self.sums["reversed", b.activity]
        need("RVS-4", b.quantity <= issued, f"{issued} at most")
        public("RVS-5", b.document)
        self.sums["reversed", b.activity] += b.quantity
