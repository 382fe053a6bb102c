// Given some history, when this event arrives: a ledger for tests of a few lines. Everything goes
// the whole way: canonical bytes, decode, authenticate, Machine::step.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/machine.hpp"
#include "tests/support/scene.hpp"

namespace test_support {

// What became of an event.
struct Answer {
  std::string clause;  // that refused it; empty: admitted
  std::string detail;
  std::optional<ledger::Effects> effects;  // of an admitted one
  std::string line = {};                   // that it is in the log; of an admitted one

  [[nodiscard]] bool admitted() const { return clause.empty(); }
};
std::ostream& operator<<(std::ostream& out, const Answer& answer);

// Decodes, authenticates and steps; the machine changes only where the answer is "admitted".
[[nodiscard]] Answer submit(ledger::Machine& machine, std::string_view submission);

// A value; copying it forks the ledger.
class LedgerBuilder {
 public:
  // A ledger with nothing in it.
  LedgerBuilder() = default;
  // A ledger on which the setup of that name has been walked (scene.hpp), by a machine that knows
  // spec numbers up to `knows`.
  [[nodiscard]] static LedgerBuilder after(std::string_view setup,
                                           std::int64_t knows = ledger::newest_spec);

  // Sends one event, signed by these, one hour after the last entry. EXPECTs nothing.
  [[nodiscard]] Answer send(ledger::Body body, scene::Signers signers);
  // The same at a time of its own.
  [[nodiscard]] Answer send(std::string_view time, ledger::Body body, scene::Signers signers);
  [[nodiscard]] Answer send(const scene::story::Act& act);
  // Sends what the test takes for granted; a refusal fails the test.
  LedgerBuilder& given(ledger::Body body, scene::Signers signers);
  LedgerBuilder& given(std::string_view time, ledger::Body body, scene::Signers signers);

  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }
  [[nodiscard]] const ledger::State& state() const { return machine_.state(); }
  // Of every entry so far, the setup's too.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  // ---- figures ----

  [[nodiscard]] std::int64_t held_in(const ledger::Id& account) const;
  [[nodiscard]] std::int64_t units_that_are(ledger::UnitStatus status) const;
  [[nodiscard]] ledger::PartyYear year(const ledger::Id& party, ledger::Year year) const;

 private:
  [[nodiscard]] scene::story::Act next_act(ledger::Timestamp time, ledger::Body body,
                                           scene::Signers signers);

  ledger::Machine machine_;
  std::vector<std::string> lines_;
  int sent_ = 0;  // numbers the ids
};

}  // namespace test_support
