// Books of histories that tests tell: a setup of the scene, then event by event.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/machine.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"
#include "tests/support/scene.hpp"

namespace replay_test {

// A machine and the books of all that it admitted.
class Walked {
 public:
  // What the setup of that name leaves (scene.hpp).
  explicit Walked(std::string_view setup);

  // Sends what the test takes for granted; a refusal fails the test.
  Walked& given(std::string_view time, ledger::Body body, test_support::scene::Signers signers);

  [[nodiscard]] const replay::Books& books() const { return books_; }
  [[nodiscard]] const std::vector<ledger::Effects>& effects() const { return effects_; }
  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }

 private:
  void walk(std::string_view setup);
  void send(const test_support::scene::story::Act& act);

  ledger::Machine machine_;
  replay::Books books_;
  std::vector<ledger::Effects> effects_;
  int sent_ = 0;
};

// The books of the ordinary year after its first `size` entries; all of them where none is given.
[[nodiscard]] replay::Books ordinary_books(std::optional<ledger::Seq> size = std::nullopt);
// How many entries it has that came before that moment.
[[nodiscard]] ledger::Seq entries_before(std::string_view moment);

[[nodiscard]] replay::Aef aef_of(const replay::Books& books, const ledger::Id& party,
                                 ledger::Year year,
                                 replay::AefProfile profile = replay::AefProfile::carp_checker);

// The text of a cell, by the column's header.
[[nodiscard]] std::string text_at(const replay::Aef& aef, replay::AefTable table, std::size_t row,
                                  std::string_view header);
// The sum of a column of numbers over the rows whose column `where` reads `value`; over all rows
// where `where` is empty.
[[nodiscard]] std::int64_t sum_of(const replay::Aef& aef, replay::AefTable table,
                                  std::string_view header, std::string_view where = {},
                                  std::string_view value = {});
// How many rows read so.
[[nodiscard]] std::size_t count_of(const replay::Aef& aef, replay::AefTable table,
                                   std::string_view where, std::string_view value);

}  // namespace replay_test
