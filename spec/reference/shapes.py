"""The closed shapes of spec/events.md, and of submissions and lines (spec/encoding.md)."""


class Optional:
    def __init__(self, form):
        self.form = form


class Code:
    def __init__(self, *codes):
        self.codes = codes


class Pair:
    def __init__(self, form):
        self.form = form


class Ranges:
    pass


class Obj:
    """Members by name; `when` names those that stand exactly where another has certain values."""

    def __init__(self, members, when=None, good=None):
        self.members, self.when, self.good = members, when or {}, good


class List:
    def __init__(self, form, most=64, key=None, least=0, again=False):
        self.form, self.most, self.key, self.least, self.again = form, most, key, least, again


def Set(form, *by, most=64, least=0, again=False):
    """A list that ascends by itself, or by the members named; strictly, but where `again`."""
    def rank(form, value):
        return form.codes.index(value) if isinstance(form, Code) else value

    def key(value):
        if by:
            return [rank(form.members[name], value[name]) for name in by]
        return rank(form, value)
    return List(form, most, key, least, again)


class Span:
    """Serials of a lot: lots ascend and may touch."""

    def __init__(self, lot):
        self.first, self.last = lot["first"], lot["last"]

    def __lt__(self, other):
        return self.last < other.first


ROLE = Code("authority", "secretariat", "inventory", "verifier", "developer")
MITIGATION = Code("Emission reductions", "Removals")
PURPOSE = Code("NDC", "IMP", "OP")
METHOD = Code("trajectory", "averaging")
MOMENT = Code("issuance", "transfer", "acquisition")
STAGE = Code("idea", "validation", "verification")
STATUS = Code(*(
    "Review pending", "Review finalized and no inconsistencies identified",
    "Review finalized and inconsistencies identified",
    "Review finalized and significant inconsistencies identified",
    "Review finalized and persistent inconsistencies identified",
    "Review finalized and significant inconsistencies and persistent inconsistencies identified",
    "Review finalized and consistencies identified that are both significant and persistent"))
MARK = Code("Checked, no inconsistencies identified", "Checked, inconsistencies identified",
            "Null, information for check not available")
KEYS = Set("key", most=16)
IDENTITY = Obj(dict(country="party", name="text", number="text"))
THRESHOLDS = Obj(dict(keys="threshold", ordinary="threshold", units="threshold"))
RECOVERY = Obj(dict(keys=KEYS, threshold="threshold", wait_days="days"))
COPY = Obj(dict(sha256="hash", size="count"))
DOCUMENT = Obj(
    dict(access=Code("public", "redacted", "confidential"), basis="text", by="text", kind="text",
         language="language", media="media", public=COPY, sha256="hash", since="date",
         size="count", title="hash"),
    when=dict({name: ("access", ("redacted", "confidential")) for name in ("basis", "by", "since")},
              public=("access", ("redacted",))))
DOCUMENTS = List(DOCUMENT)
UNITS = Obj(dict(ranges=Ranges(), scope="registry"))
AUTHORIZATION = Obj(dict(host="id", buyer=Optional("id")))
QUANTITIES = Set(Obj(dict(quantity="positive", vintage="year")), "vintage")
SIDE = Obj(dict(account="id", name="text", participant="id", party="party"))
ENROLMENT = dict(identity=IDENTITY, keys=KEYS, thresholds=THRESHOLDS)
UNDERLYING = Obj(dict(first="positive", last="positive", registry="text"),
                 good=lambda lot: lot["last"] >= lot["first"])
LOT = Obj(dict(first="positive", last="positive", underlying=Optional(UNDERLYING), vintage="year"),
          good=lambda lot: lot["last"] >= lot["first"])
DEDUCTION = Obj(dict(account=Optional("id"), by=Code("host", "acquirer"),
                     kind=Code("retained", "fund", "omge", "money"), moment=MOMENT, name="id",
                     rate_bp="count", rounding=Code("floor", "ceil", "half_up")))
CYCLE = Obj(dict(
    reviews=Set(Obj(dict(by=Code("host", "buyer"), days=Optional("count"), order="positive",
                         stage=STAGE)), "stage", "order", "by"),
    separate_verifier="flag", steps=Set(Code("idea", "registration", "verification"))))
TERMS = dict(
    activities=Set(Obj(dict(crediting=Pair("date"), id="id", mitigation=MITIGATION, sector="text",
                            type="text")), "id"),
    approach="id", cap=Optional("count"),
    change_terms=Obj(dict(consent=Set("party"), document=Optional(DOCUMENT), notice_days="count",
                          until=Code("issuance", "first_transfer", "never"))),
    documents=DOCUMENTS,
    entities=Set(Obj(dict(id="id", may=Set(Code("transfer", "acquire", "use")))), "id"),
    gwp="text", id="id", issue_until=Optional("date"), metric="text",
    ndc_periods=Set(Pair("year")), oimp=Optional("text"), parties=Set("party"), party="party",
    purposes=Set(PURPOSE),
    registries=Obj(dict(tracking="registry", underlying=Set("text"))), standards=Set("text"),
    use_until=Optional("date"), version="positive", vintages=Pair("year"))

EVENTS = {name: Obj(members) for name, members in {
    "ledger.opened": dict(
        log_key="vkey", migration=Optional(Obj({"from": "date", "to": "date"})),
        mode=Code("ordinary", "demonstration"), operator=Obj(ENROLMENT),
        parties=Set(Obj(dict(ENROLMENT, id="party")), "id", again=True), quorum="positive",
        service_key="key", spec="count"),
    "spec.adopted": dict(number="count"),
    "participant.admitted": dict(
        id="id", identity=IDENTITY, keys=KEYS, kind=Code("party", "entity"), office="text",
        recovery=Optional(RECOVERY), sponsor=Optional("party"), thresholds=THRESHOLDS),
    "participant.keys_changed": dict(
        add=KEYS, participant="id", recovery=Optional(RECOVERY), remove=KEYS,
        route=Code("threshold", "recovery", "sponsor"), thresholds=Optional(THRESHOLDS)),
    "role.granted": {
        "from": "moment", "id": "id", "participant": "id", "parties": Set("party"), "role": ROLE,
        "scope": Obj(dict(approaches=Optional(Set("id", least=1)))), "until": Optional("moment")},
    "role.ended": dict(grant="id", how=Code("suspended", "ended"),
                       reason=Code("superseded", "ceased", "compromised")),
    "account.opened": dict(holder="id", id="id", party="party", registry="registry",
                           kind=Code("holding", "national_share", "fund", "buffer")),
    "approach.established": dict(agreement=DOCUMENT, id="id", parties=Pair("party")),
    "approach.rules_adopted": dict(
        approach="id", both_authorize="flag", carp=Optional("carp"),
        clocks=Optional(Obj(dict(notice_days="count"))), cycle=Optional(CYCLE),
        deductions=List(DEDUCTION),
        extra_signers=Set(Obj(dict(event="event type", party="party", role=ROLE)),
                          "event", "party", "role"),
        first_transfer=Set(Obj(dict(
            definition=Code("authorization", "issuance", "use_or_cancellation"),
            party="party")), "party"),
        host_first="flag", objection_days="count", version="positive"),
    "approach.ended": {"approach": "id", "from": "moment", "parties": Set("party"),
                       "reason": "reason"},
    "ndc.declared": {
        "from": "year", "method": METHOD, "party": "party", "to": "year",
        "scope": Obj(dict(gases=Set("text"), metric="text", sectors=Set("text"))),
        "type": Code("single_year", "multi_year")},
    "inventory.reported": dict(documents=DOCUMENTS, metric="text", party="party", value="integer",
                               version="positive", year="year"),
    "activity.proposed": dict(approach="id", developer="id", documents=DOCUMENTS, id="id",
                              place="text", sector="text", title="text", version="positive"),
    "activity.design_submitted": dict(
        activity="id", components=Set("id"), crediting=Pair("date"), documents=DOCUMENTS,
        expected=QUANTITIES, methodology="text", mitigation=MITIGATION, type="text",
        version="positive"),
    "activity.validated": dict(activity="id", documents=DOCUMENTS, verifier="id",
                               opinion=Code("positive", "conditional", "negative"),
                               version="positive"),
    "activity.registered": dict(activity="id", authorization=AUTHORIZATION,
                                crediting=Pair("date"), version="positive"),
    "activity.closed": dict(activity="id", how=Code("closed", "deregistered"), reason="reason"),
    "monitoring.submitted": dict(activity="id", claims=QUANTITIES, component=Optional("id"),
                                 documents=DOCUMENTS, id="id", period=Pair("date")),
    "monitoring.verified": dict(documents=DOCUMENTS, monitoring="id", verified=QUANTITIES,
                                verifier="id", version="positive"),
    "review.decided": dict(
        activity="id", documents=DOCUMENTS, monitoring=Optional("id"), party="party",
        decision=Code("approved", "returned", "rejected", "objection", "deemed"),
        quantities=QUANTITIES, stage=STAGE, version="positive"),
    "authorization.granted": TERMS,
    "authorization.changed": dict(TERMS, stage=Code("notice", "effect")),
    "authorization.revoked": dict(authorization="id", documents=DOCUMENTS, reason="reason",
                                  stage=Code("notice", "effect")),
    "units.issued": dict(
        account="id", activity="id", authorization=AUTHORIZATION, documents=DOCUMENTS, gwp="text",
        holder="id", lots=List(LOT, 3000, Span), metric="text", mitigation=MITIGATION,
        monitoring=Optional("id"), period=Pair("date"), quantity="positive", scope="registry"),
    "units.assigned": dict(
        account="id", authorization=AUTHORIZATION, first_transfer="flag",
        how=Code("attached", "released"), party="party", quantity="positive", units=UNITS),
    "proceeds.deducted": dict(
        account="id", approach="id", gross=UNITS, moment=MOMENT, party="party",
        quantity="positive", rules="positive", taken=List(Obj(dict(
            account=Optional("id"), activity="id", line="id", quantity="positive",
            ranges=Ranges(), vintage="year")), 3000)),
    "units.transferred": {
        "authorization": AUTHORIZATION, "executed_on": Optional("date"), "from": SIDE,
        "method": METHOD, "purpose": PURPOSE, "quantity": "positive", "to": SIDE, "units": UNITS,
        "vintages": QUANTITIES},
    "units.locked": dict(account="id", event=Optional("hash"), id="id",
                         kind=Code("reservation", "freeze"), quantity=Optional("positive"),
                         reason="reason", units=Optional(UNITS), until="moment"),
    "units.unlocked": dict(lock="id", reason="reason"),
    "units.used": dict(account="id", first_transfer="flag", party="party", purpose=PURPOSE,
                       quantity="positive", units=UNITS,
                       user=Obj(dict(name="text", participant="id")), year=Optional("year")),
    "units.cancelled": dict(
        account="id", beneficiary=Optional("text"), first_transfer="flag", party="party",
        purpose=Code("OP", "voluntary", "OMGE", "domestic", "administrative", "reversal"),
        quantity="positive", reason="reason", units=UNITS),
    "reversal.recorded": dict(activity="id", document=DOCUMENT, period=Pair("date"),
                              quantity="positive", verifier="id"),
    "adjustment.applied": dict(
        amount=Obj(dict(den="positive", num="integer")), as_of="count", first_transferred="count",
        method=METHOD, party="party", used="count", version="positive", year="year"),
    "signature.withdrawn": dict(event="hash", id="id"),
    "audit.attested": dict(
        account=Optional("id"), by=Set("id", most=2),
        checkpoint=Obj(dict(root="hash", size="count")), document=DOCUMENT,
        party=Optional("party"), result=Code("consistent", "inconsistent")),
}.items()}
EVENTS["entry.corrected"] = Obj(
    dict(entry="count", how=Code("restate", "void"), quantity="positive", reason="reason",
         restated=Obj(dict(beneficiary=Optional("text"), reason=Optional("reason"))),
         type="event type", units=UNITS),
    when=dict(quantity=("how", ("void",)), units=("how", ("void",)),
              restated=("how", ("restate",))))
EVENTS["report.filed"] = Obj(
    dict(approaches=Set("id"), as_of="count", document=DOCUMENT, id="id", party="party",
         kind=Code("initial", "updated_initial", "aef", "btr_annex"), period=Pair("year"),
         version="report version", year="year"),
    when=dict(period=("kind", ("btr_annex",)), year=("kind", ("aef",))))
EVENTS["finding.recorded"] = Obj(
    dict(balance=Optional("flag"), document=DOCUMENT,
         excess=Optional(Obj(dict(activity="id", quantity="positive", vintage="year"))),
         finding=Optional("id"), how=Optional(Code("opens", "resolves")),
         kind=Code("consistency", "review", "inconsistency", "grievance"), mark=MARK,
         parties=Set("party"), quantity=Optional("positive"), report=Optional("id"),
         status=STATUS, units=Optional(UNITS)),
    when=dict(mark=("kind", ("consistency",)), status=("kind", ("review",))))
EVENTS["document.disclosed"] = Obj(
    dict(basis="text", entry="count", how=Code("opened", "public", "redacted", "destroyed"),
         public=COPY, sha256="hash", title=Obj(dict(salt="hash", value="text"))),
    when=dict(public=("how", ("redacted",)), title=("how", ("opened",))))

EVENT = dict(body=None, date="date", expires=Optional("moment"), id="id", ledger="origin",
             type="event type")
SIGNATURES = List(Obj(dict(key="key", sig="signature")), most=1 << 16)
SUBMISSION = dict(event=None, signatures=SIGNATURES, time=Optional("moment"))
LINE = dict(event=None, prev="hash", seq="count", signatures=SIGNATURES, time="moment")
