#include "ledger/id_set.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using ledger::IdSet;

std::string id(std::uint64_t i) {
  return "XHA-EVT-" + std::to_string(i);
}

IdSet set_of(std::uint64_t from, std::uint64_t to) {
  IdSet out;
  for (std::uint64_t i = from; i < to; ++i) EXPECT_TRUE(out.insert(id(i), i));
  return out;
}

TEST(IdSet, TakesAnIdOnceAndKnowsItsEntry) {
  IdSet set;
  EXPECT_FALSE(set.find("a"));
  EXPECT_TRUE(set.insert("a", 0));
  EXPECT_FALSE(set.insert("a", 7));
  EXPECT_EQ(set.find("a"), 0u);
  EXPECT_FALSE(set.find("A"));
  EXPECT_EQ(set.size(), 1u);
}

TEST(IdSet, FindsEveryIdThroughAllItsGrowth) {
  IdSet set;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    ASSERT_TRUE(set.insert(id(i), i));
    ASSERT_EQ(set.find(id(i / 2)), i / 2);
  }
  for (std::uint64_t i = 0; i < 20'000; ++i) ASSERT_EQ(set.find(id(i)), i);
  for (std::uint64_t i = 20'000; i < 40'000; ++i) ASSERT_FALSE(set.find(id(i)));
}

TEST(IdSet, IsEqualWhateverTheOrderOfInsertion) {
  IdSet backwards;
  for (std::uint64_t i = 1'000; i-- > 0;) EXPECT_TRUE(backwards.insert(id(i), i));
  EXPECT_EQ(backwards, set_of(0, 1'000));
  EXPECT_NE(backwards, set_of(0, 999));
  EXPECT_NE(backwards, set_of(1, 1'001));
  IdSet other_entry = set_of(0, 999);
  EXPECT_TRUE(other_entry.insert(id(999), 5));
  EXPECT_NE(backwards, other_entry);
  EXPECT_EQ(IdSet(), IdSet());
}

TEST(IdSet, ACopyIsItsOwn) {
  const IdSet before = set_of(0, 100);
  IdSet copy = before;
  EXPECT_TRUE(copy.insert("new", 100));
  EXPECT_FALSE(before.find("new"));
}

TEST(IdSet, KeepsTheHighestEntryItPromises) {
  IdSet set;
  const std::uint64_t highest = (std::uint64_t{1} << 40) - 2;
  EXPECT_TRUE(set.insert("a", highest));
  EXPECT_EQ(set.find("a"), highest);
  EXPECT_DEATH(static_cast<void>(set.insert("b", highest + 1)), "40 bits");
}

TEST(IdSet, TakesNoMoreMemoryThanItPromises) {
  IdSet set;
  for (std::uint64_t i = 0; i < 50'000; ++i) {
    ASSERT_TRUE(set.insert(id(i), i));
    if (i > 1'000) {
      ASSERT_LE(set.bytes(), 31 * set.size());
    }
  }
}

}  // namespace
