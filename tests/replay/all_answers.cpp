#include "tests/replay/all_answers.hpp"

#include <gtest/gtest.h>

namespace replay_test {
namespace {

template <class T>
T value_of(ledger::Result<T> result) {
  EXPECT_TRUE(result) << result.error().detail;
  return result ? std::move(*result) : T();
}

template <class T>
T present(ledger::Result<std::optional<T>> result) {
  std::optional<T> value = value_of(std::move(result));
  EXPECT_TRUE(value);
  return value ? std::move(*value) : T();
}

void ask_for_party(const replay::ViewReader& reader, const std::string& id, AllAnswers& all) {
  auto party = value_of(reader.party(id));
  if (!party) return;  // an entity
  EXPECT_EQ(party->adjustments, value_of(reader.adjustments(id)));
  EXPECT_EQ(party->accounts, value_of(reader.accounts_of(id)));
  for (const auto& row : party->accounts) {
    all.accounts.push_back(present(reader.account(row.id, 1'000'000)));
    EXPECT_EQ(all.accounts.back().account, row);
  }
  all.reports.push_back(present(reader.reports(id)));
  all.parties.push_back(std::move(*party));
}

// The units of a block asked for as a range: every one of them once, in order, each as it is told
// alone.
void compare_as_range(const replay::ViewReader& reader, const replay::Block& block) {
  const std::string& registry = block.origin.registry;
  const auto all =
      present(reader.units(registry, ledger::make_range(block.first, block.last), 1'000'000));
  ledger::Serial next = block.first;
  for (const auto& alike : all.units) {
    ASSERT_EQ(alike.block.first, next);
    next = alike.block.last + 1;
    EXPECT_EQ(alike.block.state, block.state);
    for (const auto serial : {alike.block.first, alike.block.last}) {
      EXPECT_EQ(alike.history, present(reader.unit(registry, serial)).history);
    }
  }
  EXPECT_EQ(next, block.last + 1);
  EXPECT_FALSE(all.next);
}

}  // namespace

AllAnswers ask_everything(const ledger::TableSnapshot& snapshot, ledger::Seq size) {
  const replay::ViewReader reader(snapshot, size);
  AllAnswers all;
  all.totals = value_of(reader.totals());
  for (const auto& id : value_of(reader.participants())) {
    all.participants.push_back(present(reader.participant(id)));
    ask_for_party(reader, id, all);
  }
  for (const auto& id : value_of(reader.approaches())) {
    all.approaches.push_back(present(reader.approach(id)));
    for (const auto& activity : all.approaches.back().proposed) {
      all.activities.push_back(present(reader.activity(activity)));
    }
    for (auto& line : value_of(reader.proceeds(id))) all.proceeds.push_back(std::move(line));
  }
  all.documents = value_of(reader.documents(0, 1'000'000)).documents;
  for (const auto& document : all.documents) {
    const auto found = value_of(reader.documents_with(document.sha256));
    EXPECT_TRUE(std::find(found.begin(), found.end(), document) != found.end());
  }
  all.authorizations = value_of(reader.authorizations());
  for (const auto& row : all.authorizations) {
    EXPECT_EQ(present(reader.authorization(row.id)), row);
  }
  for (const auto& account : all.accounts) {
    for (const auto& block : account.blocks) {
      compare_as_range(reader, block);
      for (const auto serial : {block.first, (block.first + block.last) / 2, block.last}) {
        all.units.push_back(present(reader.unit(block.origin.registry, serial)));
        EXPECT_EQ(all.units.back().state, block.state);
        EXPECT_EQ(all.units.back().since, block.since);
      }
    }
  }
  return all;
}

Rows all_rows(const ledger::Table& table) {
  Rows all;
  const auto snapshot = table.snapshot();
  all.position = snapshot->position();
  const auto scanned = snapshot->scan("", "", [&](std::string_view key, std::string_view value) {
    all.rows.emplace_back(key, value);
    return ledger::Scan::go_on;
  });
  EXPECT_TRUE(scanned);
  return all;
}

}  // namespace replay_test
