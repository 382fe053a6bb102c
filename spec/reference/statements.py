"""What is stated and shown: NDC, INV, ADJ, RPT, FND, WDR, DOC and AUD."""

import fractions
import hashlib

from state import every, is_metric, overlaps, public
from texts import Record, need


class Statements:
    def ndc_declared(self, b, x):
        span = b["from"], b.to
        need("NDC-1", self.is_party(b.party), b.party)
        need("NDC-2", not any(overlaps(span, ndc.span) for ndc in self.ndcs[b.party]))
        need("NDC-3", b["from"] <= b.to)
        need("NDC-4", (b.method, b.type) != ("averaging", "multi_year"))
        need("NDC-6", is_metric(b.scope.metric), b.scope.metric)
        self.check_metric("NDC-7", b.party, span, b.scope.metric)
        self.ndcs[b.party].append(Record(b, span=span, date=x.date))

    def inventory_reported(self, b, x):
        ndc, versions = self.period(b.party, b.year), self.inventories[b.party, b.year]
        need("INV-1", ndc)
        need("INV-2", b.version == len(versions) + 1, f"{len(versions)} stand")
        need("INV-3", b.metric == ndc.scope.metric, ndc.scope.metric)
        need("INV-4", b.year < int(x.date[:4]))
        versions.append(Record(b, date=x.date))

    def adjustment_applied(self, b, x):
        ndc, versions = self.period(b.party, b.year), self.adjustments[b.party, b.year]
        need("ADJ-1", ndc)
        need("ADJ-2", b.version == len(versions) + 1, f"{len(versions)} stand")
        need("ADJ-3", b.method == ndc.method, ndc.method)
        moved = max(self.moved.get((b.party, year), 0) for year in self.elapsed(ndc, b.year))
        need("ADJ-4", moved <= b.as_of < x.seq, f"entry {moved} moved the figures")
        due = self.due(b.party, b.year)
        need("ADJ-5", (b.first_transferred, b.used) == due, f"{due[0]} and {due[1]}")
        amount = self.adjustment(b.party, b.year)
        need("ADJ-6", (b.amount.num, b.amount.den) == amount.as_integer_ratio(), f"{amount}")
        versions.append(b)

    def adjustment(self, party, year):
        """The adjustment that is due, by the method declared (2/CMA.3, annex, 7)."""
        dues = [self.due(party, each) for each in self.elapsed(self.period(party, year), year)]
        return fractions.Fraction(sum(first - used for first, used in dues), len(dues))

    def report_filed(self, b, x):
        dotted, span = tuple(map(int, b.version.split("."))), [b.year, b.year] if b.year else b.period
        own = [report for report in self.reports.values() if report.party == b.party]
        same = [report for report in own if (report.kind, report.span) == (b.kind, span)]
        need("RPT-1", b.id not in self.reports, b.id)
        need("RPT-2", self.is_party(b.party), b.party)
        need("RPT-3", not span or span[0] <= span[1] < int(x.day[:4]))
        need("RPT-4", dotted > same[-1].dotted if same else dotted == (1, 0), b.version)
        need("RPT-5", (same[-1].as_of if same else 0) <= b.as_of < x.seq, f"{b.as_of}")
        own_approaches = {name for name, row in self.approaches.items() if b.party in row.parties}
        need("RPT-6", b.approaches and set(b.approaches) <= own_approaches)
        every("RPT-7", self.authorizations.values() if span else (), lambda row: (
            row.party != b.party or row.seq > b.as_of or row.approach in b.approaches))
        initial = [report for report in own if report.kind in ("initial", "updated_initial")]
        need("RPT-8", b.kind != "updated_initial" or initial)
        for approach in b.approaches if b.kind == "aef" else ():
            need("RPT-9", any(approach in report.approaches for report in initial), approach)
        public("RPT-10", b.document)
        self.reports[b.id] = Record(b, dotted=dotted, span=span, date=x.date)

    def finding_recorded(self, b, x):
        judged, opens = b.kind in ("consistency", "review"), b.how == "opens"
        if judged:
            complete = b.report and not {"balance", "excess", "finding", "how", "units"} & set(b)
        else:
            complete = b.finding and b.how and (
                "balance" in b if opens else not {"balance", "excess", "units"} & set(b))
        need("FND-1", complete)
        need("FND-2", b.parties and all(map(self.is_party, b.parties)))
        report = self.reports.get(b.report)
        need("FND-3", not b.report or report and report.party in b.parties and (
            not judged or (report.kind == "aef") == (b.kind == "consistency")), b.report)
        found = self.findings.get(b.finding)
        need("FND-4", not opens or not found, b.finding)
        need("FND-5", b.how != "resolves" or found and found.open
             and (found.kind, found.parties) == (b.kind, b.parties), b.finding)
        runs = self.runs(b.units) if b.units else []
        number = sum(run.size for run in runs)
        need("FND-6", all(run.now for run in runs) and ("quantity" in b) == ("units" in b)
             and (b.quantity or 0) == number, f"{number} units")
        if b.excess:
            known = b.excess.activity in self.listed or b.excess.activity in self.activities
            issued = self.issued(b.excess.activity, b.excess.vintage)
            need("FND-7", known and b.excess.quantity <= issued, f"{issued} were issued")
        if opens:
            self.findings[b.finding] = Record(b, open=True, date=x.date)
        elif found and b.how:
            found.open = False

    def signature_withdrawn(self, b, x):
        need("WDR-1", b.id not in self.ids, b.id)
        need("WDR-2", len(x.owners) == 1)
        need("WDR-3", not x.owners & self.withdrawn[b.event])
        self.withdrawn[b.event] |= x.owners

    def document_disclosed(self, b, x):
        document = self.documents.get((b.entry, b.sha256))
        need("DOC-1", document, f"entry {b.entry}")
        untold = dict(opened=not document.told, destroyed=not document.told,
                      public=document.access != "public", redacted=document.access == "confidential")
        need("DOC-2", untold[b.how], document.told or document.access)
        salted = bytes.fromhex(b.title.salt) + b.title.value.encode() if b.title else b""
        need("DOC-3", not b.title or hashlib.sha256(salted).hexdigest() == document.title)
        need("DOC-4", not b.public or b.public.sha256 != b.sha256)
        document["told" if b.how in ("opened", "destroyed") else "access"] = b.how

    def audit_attested(self, b, x):
        grants = [grant.parties for grant in self.grants_in_effect(x.time, "verifier")
                  if len(b.by) == 1 and grant.participant == b.by[0]]
        need("AUD-1", grants or len(b.by) == 2 and all(map(self.is_party, b.by)))
        party = self.accounts.get(b.account, Record()).party if b.account else b.party
        theirs = set().union(*grants) if grants else set(b.by)
        need("AUD-2", not b.account and not b.party or not (b.account and b.party) and party in theirs, party)
        size, days = b.checkpoint.size, [entry.time[:10] for entry in self.entries]
        need("AUD-3", size == x.seq or 0 < size < x.seq and days[size - 1] != days[size], f"{size}")
        need("AUD-4", self.tree.root(size).hex() == b.checkpoint.root, f"{self.tree.root(size).hex()}")

    def name_documents(self, x):
        """Keeps every document that an event names, and who answers for it (decisions/0021)."""
        b, kind = x.event.body, x.event.type
        named = [b.agreement, b.document, b.change_terms and b.change_terms.document] + (b.documents or [])
        for document in filter(None, named):
            owners = b.by or [b.verifier or b.developer or b.party or b.scope and b.scope[:3]]
            if kind == "approach.established":
                owners = b.parties
            elif kind == "finding.recorded":
                owners = [party for party in b.parties if self.acting(party, x.time) & x.owners][:1]
            elif kind == "authorization.revoked":
                owners = [self.authorizations[b.authorization].party]
            elif owners == [None]:
                owners = [self.activities[b.activity].developer]
            self.documents.setdefault((x.seq, document.sha256), Record(
                document, date=x.date, told=None, owners=owners))
