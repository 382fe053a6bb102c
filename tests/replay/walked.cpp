#include "tests/replay/walked.hpp"

#include <gtest/gtest.h>

#include "tests/replay/told_log.hpp"
#include "tests/support/ledger_builder.hpp"

namespace replay_test {

namespace scene = test_support::scene;
using replay::Aef;
using replay::AefTable;

Walked::Walked(std::string_view setup) {
  walk(setup);
}

void Walked::walk(std::string_view name) {
  if (name.empty()) return;
  const scene::Setup& setup = scene::setup(name);
  walk(setup.after);
  for (const scene::story::Act& act : setup.acts) send(act);
}

Walked& Walked::given(std::string_view time, ledger::Body body, scene::Signers signers) {
  send(scene::act("walked-" + std::to_string(++sent_), scene::story::at(time), std::move(body),
                  std::move(signers)));
  return *this;
}

void Walked::send(const scene::story::Act& act) {
  const test_support::Answer answer =
      test_support::submit(machine_, scene::story::submission_of(act, scene::cast(), true));
  ASSERT_TRUE(answer.admitted()) << act.event.id << ": " << answer;
  books_.take(*answer.effects);
  effects_.push_back(*answer.effects);
}

replay::Books ordinary_books(std::optional<ledger::Seq> size) {
  replay::Books books;
  for (const ledger::Effects& effects : ordinary_year().effects()) {
    if (size && effects.seq >= *size) break;
    books.take(effects);
  }
  return books;
}

ledger::Seq entries_before(std::string_view moment) {
  ledger::Seq size = 0;
  while (size < ordinary_year().effects().size() &&
         ordinary_year().effects()[size].time < scene::story::at(moment)) {
    ++size;
  }
  return size;
}

Aef aef_of(const replay::Books& books, const ledger::Id& party, ledger::Year year,
           replay::AefProfile profile) {
  replay::AefRequest request{party, year, "1.0", {}, profile};
  const auto problem = replay::problem_of(books, request);
  EXPECT_FALSE(problem) << *problem;
  return replay::make_aef(books, request, {story_origin, true});
}

namespace {

std::size_t column_of(AefTable table, std::string_view header) {
  const auto columns = replay::sheet_of(table).columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].header == header) return i;
  }
  ADD_FAILURE() << "no column " << header;
  return 0;
}

}  // namespace

std::string text_at(const Aef& aef, AefTable table, std::size_t row, std::string_view header) {
  if (row >= aef.rows(table).size()) {
    ADD_FAILURE() << "no row " << row;
    return {};
  }
  return replay::text_of(aef.rows(table)[row].cells[column_of(table, header)]);
}

std::int64_t sum_of(const Aef& aef, AefTable table, std::string_view header, std::string_view where,
                    std::string_view value) {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < aef.rows(table).size(); ++row) {
    if (!where.empty() && text_at(aef, table, row, where) != value) continue;
    sum += std::get<std::int64_t>(aef.rows(table)[row].cells[column_of(table, header)]);
  }
  return sum;
}

std::size_t count_of(const Aef& aef, AefTable table, std::string_view where,
                     std::string_view value) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < aef.rows(table).size(); ++row) {
    if (text_at(aef, table, row, where) == value) ++count;
  }
  return count;
}

}  // namespace replay_test
