// A ledger that is looked over at every step: a refusal must leave the Machine as it was, an
// admission must be told in full by its effects and must balance.
#pragma once

#include <string_view>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace watched {

namespace scene = test_support::scene;
using test_support::Answer;

class Ledger {
 public:
  explicit Ledger(std::string_view setup)
      : builder_(test_support::LedgerBuilder::after(setup)), mirror_(builder_.state()) {}

  // Sends an event; the answer is for the test to judge.
  Answer send(const scene::story::Act& act);
  Answer send(std::string_view time, ledger::Body body, scene::Signers signers);
  Answer send(ledger::Body body, scene::Signers signers);  // an hour after the last entry
  // Sends what must be admitted.
  Ledger& given(std::string_view time, ledger::Body body, scene::Signers signers);
  Ledger& given(ledger::Body body, scene::Signers signers);

  // The act that the second and third `send` would send, to be altered and sent by the first.
  [[nodiscard]] scene::story::Act next(std::string_view time, ledger::Body body,
                                       scene::Signers signers);
  [[nodiscard]] scene::story::Act next(ledger::Body body, scene::Signers signers);

  [[nodiscard]] const test_support::LedgerBuilder& builder() const { return builder_; }
  [[nodiscard]] const ledger::Machine& machine() const { return builder_.machine(); }
  [[nodiscard]] const ledger::State& state() const { return builder_.state(); }

 private:
  test_support::LedgerBuilder builder_;
  test_support::Mirror mirror_;
  int written_ = 0;  // numbers the ids
};

}  // namespace watched
