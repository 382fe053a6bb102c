// The vectors of spec/vectors as this project makes them: an event, the setup that it is sent to,
// and the answer with its reason, written by hand. How they are kept: spec/vectors/README.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/scene.hpp"

namespace rules {

namespace scene = test_support::scene;
using scene::story::Act;

// One question and its answer.
struct Vector {
  std::string why;                  // a sentence: what is wrong with it, or that nothing is
  std::string given;                // the setup
  std::vector<std::string> before;  // submissions that are admitted after the setup
  std::string clause;               // that refuses it; empty: admitted
  std::string submission;           // exactly one of these two
  std::string line;                 // of the log, with its place
  bool to_server = false;           // judged by a server with the keys of the scene
  std::int64_t knows = ledger::newest_spec;  // the newest spec number that the judge knows
};

// What is changed of an act before it is signed.
using Change = std::function<void(Act&)>;

// The vectors of one family of clauses. Acts that follow each other stand an hour apart.
class Family {
 public:
  explicit Family(std::string name) : name_(std::move(name)) {}

  // What the next vectors are sent to.
  Family& given(std::string_view setup);
  // Who judges the next vectors knows spec numbers up to this one.
  Family& knowing(std::int64_t newest);
  // An act that is admitted before the next vectors are sent.
  Family& before(ledger::Body body, scene::Signers signers, const Change& change = {});

  void admits(std::string_view why, ledger::Body body, scene::Signers signers,
              const Change& change = {});
  void refuses(std::string_view clause, std::string_view why, ledger::Body body,
               scene::Signers signers, const Change& change = {});
  // Takes a vector as it is.
  void add(Vector vector) { vectors_.push_back(std::move(vector)); }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<Vector>& vectors() const { return vectors_; }
  // The ledger to which the next vector is sent.
  [[nodiscard]] const ledger::Machine& machine() const { return ledger_.machine(); }
  // The next vector as an act, signed by nobody yet.
  [[nodiscard]] Act next_act(ledger::Body body, scene::Signers signers, const Change& change) const;

 private:
  void send(std::string clause, std::string_view why, const Act& act);

  std::string name_;
  std::string given_;
  std::int64_t knows_ = ledger::newest_spec;
  std::vector<std::string> before_;
  test_support::LedgerBuilder ledger_;
  std::vector<Vector> vectors_;
};

// A body with one thing changed.
template <class E, class F>
[[nodiscard]] E with(E body, F&& change) {
  std::forward<F>(change)(body);
  return body;
}

// Changes of an act: its entry time with its date, its date alone, its expiry.
[[nodiscard]] Change at(std::string_view time);
[[nodiscard]] Change dated(std::string_view date);

[[nodiscard]] Family identity_vectors();
[[nodiscard]] Family log_vectors();
[[nodiscard]] Family opening_vectors();
[[nodiscard]] Family participant_vectors();
[[nodiscard]] Family key_vectors();
[[nodiscard]] Family role_vectors();
[[nodiscard]] Family account_vectors();
[[nodiscard]] Family approach_vectors();
[[nodiscard]] Family rules_vectors();
[[nodiscard]] Family ndc_vectors();
[[nodiscard]] Family inventory_vectors();
[[nodiscard]] Family activity_vectors();
[[nodiscard]] Family monitoring_vectors();
[[nodiscard]] Family review_vectors();
[[nodiscard]] Family authorization_vectors();
[[nodiscard]] Family issuance_vectors();
[[nodiscard]] Family assignment_vectors();
[[nodiscard]] Family proceeds_vectors();
[[nodiscard]] Family lock_vectors();
[[nodiscard]] Family transfer_vectors();
[[nodiscard]] Family use_vectors();
[[nodiscard]] Family cancellation_vectors();
[[nodiscard]] Family adjustment_vectors();
[[nodiscard]] Family reversal_vectors();
[[nodiscard]] Family correction_vectors();
[[nodiscard]] Family report_vectors();
[[nodiscard]] Family finding_vectors();
[[nodiscard]] Family withdrawal_vectors();
[[nodiscard]] Family document_vectors();
[[nodiscard]] Family attestation_vectors();
[[nodiscard]] Family commitment_vectors();

// Of AUT, those of a change or revocation.
void add_changes_of_authorizations(Family& f);

// All of them, in order of precedence.
[[nodiscard]] std::vector<Family> all_families();

// The texts of the files, by name below spec/vectors: the setups, a file for each clause that
// refuses, a file for each type of event that is admitted.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> vector_files();

}  // namespace rules
