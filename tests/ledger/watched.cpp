#include "tests/ledger/watched.hpp"

#include <gtest/gtest.h>

namespace watched {

using namespace ledger;  // NOLINT: this file speaks of nothing else

Answer Ledger::send(const scene::story::Act& act) {
  const Machine before = machine();
  Answer answer = builder_.send(act);
  if (!answer.admitted()) {
    EXPECT_EQ(machine(), before) << "a refusal by " << answer << " left a trace";
    EXPECT_GT(answer.detail.size(), 20U) << answer.clause << " is refused without a sentence";
    return answer;
  }
  mirror_.fold(*answer.effects);
  EXPECT_EQ(mirror_.difference(state()), "") << "after " << act.event.id;
  EXPECT_EQ(test_support::imbalance(state()), "") << "after " << act.event.id;
  EXPECT_EQ(machine().size(), before.size() + 1);
  return answer;
}

scene::story::Act Ledger::next(std::string_view time, Body body, scene::Signers signers) {
  return scene::act("watched-" + std::to_string(++written_), scene::story::at(time),
                    std::move(body), std::move(signers));
}

scene::story::Act Ledger::next(Body body, scene::Signers signers) {
  constexpr std::int64_t hour = 3'600'000;  // ms
  return scene::act("watched-" + std::to_string(++written_), {machine().time().ms + hour},
                    std::move(body), std::move(signers));
}

Answer Ledger::send(std::string_view time, Body body, scene::Signers signers) {
  return send(next(time, std::move(body), std::move(signers)));
}

Answer Ledger::send(Body body, scene::Signers signers) {
  return send(next(std::move(body), std::move(signers)));
}

Ledger& Ledger::given(std::string_view time, Body body, scene::Signers signers) {
  const Answer answer = send(time, std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

Ledger& Ledger::given(Body body, scene::Signers signers) {
  const Answer answer = send(std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

}  // namespace watched
