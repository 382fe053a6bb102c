// DOC, AUD: what becomes of documents that were withheld, and who stands for an audit of the log.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

using How = DocumentDisclosed::How;
const scene::Signers both_of_them{"XBA", "XHA"};

// A day of which the log has several entries, the last but one of them.
Seq size_within_a_day(const Machine& machine) {
  Seq size = machine.size() - 1;
  while (machine.state().day_ends.contains(size)) --size;
  return size;
}

AuditAttested of_a_day_end(const Machine& machine, AuditAttested body) {
  const auto& [size, root] = *machine.state().day_ends.rbegin();
  body.checkpoint = {root, size};
  return body;
}

}  // namespace

Family document_vectors() {
  Family f("DOC");
  f.given("enrolled").before(scene::withheld_agreement(), both_of_them);
  const Seq entry = f.machine().size() - 1;
  const auto told = [&](How how) { return scene::disclosure(entry, how); };
  f.admits("Both Parties publish a redacted version of their agreement.", told(How::redacted),
           both_of_them);
  f.admits("They publish the whole of it.", told(How::published), both_of_them);
  f.admits("They tell its title, with the salt.", told(How::opened), both_of_them);
  f.admits("They destroy the salt of its title.", told(How::destroyed), both_of_them);
  f.refuses("ID-7", "XHA alone tells what both withheld.", told(How::published), {"XHA"});
  f.refuses("DOC-1", "The entry names no document of that hash.",
            with(told(How::published), [](auto& b) { b.sha256.bytes[0] ^= 1U; }), both_of_them);
  f.refuses("DOC-1", "Another entry names the document.",
            with(told(How::published), [](auto& b) { b.entry = 1; }), both_of_them);
  f.refuses("DOC-3", "The title is another one.",
            with(told(How::opened), [](auto& b) { b.title->value += "!"; }), both_of_them);
  f.refuses("DOC-3", "The salt is another one.",
            with(told(How::opened), [](auto& b) { b.title->salt = {}; }), both_of_them);
  f.refuses("DOC-4", "The redacted version is the whole document.",
            with(told(How::redacted), [](auto& b) { b.redacted_copy->sha256 = b.sha256; }),
            both_of_them);
  f.refuses("ID-12", "It would be disclosed before it was named.", told(How::published),
            both_of_them, dated("2026-11-30"));
  f.before(told(How::redacted), both_of_them);
  f.refuses("DOC-2", "It has a redacted version already.", told(How::redacted), both_of_them);
  f.admits("After the redacted version all of it is published.", told(How::published),
           both_of_them);
  f.before(told(How::published), both_of_them);
  f.refuses("DOC-2", "It is public already.", told(How::published), both_of_them);
  f.refuses("DOC-2", "What is public is redacted no more.", told(How::redacted), both_of_them);
  f.admits("Its title is still to be told.", told(How::opened), both_of_them);
  f.before(told(How::destroyed), both_of_them);
  f.refuses("DOC-2", "Nobody can show the title of a destroyed salt.", told(How::opened),
            both_of_them);
  f.given("designed")
      .before(with(scene::validation(),
                   [](auto& b) {
                     b.documents = {scene::withheld_document("opinion", "validation report")};
                     b.documents.front().access = Access::redacted;
                     b.documents.front().redacted_copy = Document::Copy{{}, 10};
                   }),
              {"VERIFIER-1"});
  const auto opinion = [&] {
    DocumentDisclosed body = scene::disclosure(f.machine().size() - 1, How::published);
    body.sha256 = scene::withheld_document("opinion", "validation report").sha256;
    return body;
  }();
  f.admits("The verifier publishes its own report.", opinion, {"VERIFIER-1"});
  f.refuses("ID-7", "XHA does not tell what the verifier withheld.", opinion, {"XHA-CMO"});
  return f;
}

Family attestation_vectors() {
  Family f("AUD");
  f.given("issued_cycle");
  const auto audit = [&](const std::vector<Id>& by) { return scene::attestation(f.machine(), by); };
  const AuditAttested of_now = audit({"VERIFIER-2"});
  f.admits("A verifier stands for an audit of the log as it stands.", of_now, {"VERIFIER-2"});
  f.admits("It stands for the log at the end of an earlier day.", of_a_day_end(f.machine(), of_now),
           {"VERIFIER-2"});
  f.admits("It found an inconsistency in the section of XHA, which appointed it.",
           with(of_now,
                [](auto& b) {
                  b.party = "XHA";
                  b.result = AuditAttested::Result::inconsistent;
                }),
           {"VERIFIER-2"});
  f.admits("Both Parties sign the certificate of their reconciliation.", audit({"XBA", "XHA"}),
           {"XBA", "XHA-CMO"});
  f.admits("Of one account alone.",
           with(audit({"XBA", "XHA"}), [](auto& b) { b.account = "XBA-FUND-XHA"; }),
           {"XBA", "XHA-CMO"});
  f.refuses("ID-7", "XBA has not signed.", audit({"XBA", "XHA"}), {"XHA"});
  f.refuses("AUD-1", "A developer audits nothing.", audit({"XHA-DEV"}), {"XHA-DEV"});
  f.refuses("AUD-1", "A verifier and a Party do not reconcile.", audit({"VERIFIER-2", "XHA"}),
            {"VERIFIER-2", "XHA"});
  f.refuses("AUD-1", "One Party alone does not reconcile.", audit({"XHA"}), {"XHA"});
  f.refuses("AUD-2", "XCA did not appoint this verifier.",
            with(of_now, [](auto& b) { b.party = "XCA"; }), {"VERIFIER-2"});
  f.refuses("AUD-2", "XHA and XBA do not stand for XCA's section.",
            with(audit({"XBA", "XHA"}), [](auto& b) { b.party = "XCA"; }), {"XBA", "XHA"});
  f.refuses("AUD-2", "There is no such account.",
            with(of_now, [](auto& b) { b.account = "NOWHERE"; }), {"VERIFIER-2"});
  f.refuses("AUD-2", "An account and a Party are two scopes.",
            with(of_now,
                 [](auto& b) {
                   b.account = "XBA-FUND-XHA";
                   b.party = "XHA";
                 }),
            {"VERIFIER-2"});
  f.refuses("AUD-3", "No root is kept of a size within a day.",
            with(of_now, [&](auto& b) { b.checkpoint.size = size_within_a_day(f.machine()); }),
            {"VERIFIER-2"});
  f.refuses("AUD-3", "The log has not so many entries.",
            with(of_now, [](auto& b) { ++b.checkpoint.size; }), {"VERIFIER-2"});
  f.refuses("AUD-4", "That is the root of another log.",
            with(of_now, [](auto& b) { b.checkpoint.root.bytes[31] ^= 1U; }), {"VERIFIER-2"});
  f.refuses("AUD-4", "At the end of that day the log had another root.",
            with(of_a_day_end(f.machine(), of_now),
                 [&](auto& b) { b.checkpoint.root = f.machine().tree().root; }),
            {"VERIFIER-2"});
  return f;
}

Family commitment_vectors() {
  Family f("STA");
  f.given("used");
  const auto now = [&] { return scene::commitment(f.machine()); };
  f.admits("The operator commits to the state as it is.", now(), {"operator"});
  f.refuses("ID-7", "No Party commits in the operator's place.", now(), {"XHA"});
  f.refuses("ID-9", "Nobody else has a part in it.", now(), {"XHA", "operator"});
  f.refuses("STA-1", "It is of the state one entry before.",
            with(now(), [](auto& b) { --b.entries; }), {"operator"});
  f.refuses("STA-1", "It is of a state that is still to come.",
            with(now(), [](auto& b) { ++b.entries; }), {"operator"});
  f.refuses("STA-3", "That is the root of another state.",
            with(now(), [](auto& b) { b.root.bytes[31] ^= 1U; }), {"operator"});
  f.refuses("STA-3", "The state has a leaf less.", with(now(), [](auto& b) { --b.leaves; }),
            {"operator"});
  f.before(now(), {"operator"});
  f.refuses("STA-2", "Nothing has changed since the last one.", now(), {"operator"});
  f.before(scene::story::account("XHA-MORE", "XHA", "XHA99"), {"XHA", "XHA-CMO"});
  f.admits("It commits again when something has.", now(), {"operator"});
  return f;
}

}  // namespace rules
