// C15: rows that are there once more than they can be.
#include <map>
#include <set>
#include <utility>

#include "replay/aef_check_list.hpp"

namespace replay::aef {
namespace {

using ledger::RangeSet;

// What the rows of table 3 so far did with units.
struct Course {
  RangeSet first_transferred, ended, inside, outside;
};

bool ends(const RowReader& row) {
  const std::string type = row.text("ActionType");
  if (type == "First transfer") return !row.is_blank("PurposeITMOUsedForOIMP");
  return type != "Transfer" && type != "Acquisition";
}

void add(RangeSet& known, const RangeSet& units) {
  known = RangeSet::unite(known, units);
}

// What is wrong with the row after those before it.
const char* fault_of(const Course& course, const RowReader& row, const RangeSet& units) {
  const auto meets = [&](const RangeSet& known) {
    return !RangeSet::intersect(known, units).empty();
  };
  const std::string type = row.text("ActionType");
  if (meets(course.ended)) return "An earlier row used or cancelled some of its units.";
  if (type == "First transfer" && meets(course.first_transferred)) {
    return "An earlier row first transferred some of its units.";
  }
  if (type == "Acquisition" && meets(course.inside)) {
    return "An earlier row acquired some of its units, and they did not leave since.";
  }
  if (type == "Transfer" && meets(course.outside)) {
    return "An earlier row transferred some of its units, and they did not come back since.";
  }
  return nullptr;
}

void take(Course& course, const RowReader& row, const RangeSet& units) {
  const std::string type = row.text("ActionType");
  if (type == "First transfer") add(course.first_transferred, units);
  if (ends(row)) add(course.ended, units);
  if (type == "Acquisition") {
    add(course.inside, units);
    course.outside = RangeSet::subtract(course.outside, units);
  } else if (type == "First transfer" || type == "Transfer") {
    course.inside = RangeSet::subtract(course.inside, units);
    // What went into a fund may come out of it into the same section, by no action of its Party.
    if (!row.is_blank("AcquiringPartyID")) add(course.outside, units);
  }
}

}  // namespace

void check_repeats(const Aef& aef, FindingList& list) {
  const auto find = [&](const RowReader& row, std::string sentence) {
    list.add("C15", {aef.request.party}, row.place(), std::move(sentence), row.row().entries);
  };
  for (const RowReader& row : read_rows(aef, AefTable::submission)) {
    if (&row.row() != &aef.rows(AefTable::submission).front())
      find(row, "A submission has one row.");
  }
  std::set<std::pair<std::string, std::string>> versions;
  for (const RowReader& row : read_rows(aef, AefTable::authorizations)) {
    if (versions.emplace(row.text("AuthorizationID"), row.text("AuthorizationVersion")).second) {
      continue;
    }
    find(row, "An earlier row has the same version of the same authorization.");
  }
  std::map<BlockKey, Course> courses;
  for (const RowReader& row : read_rows(aef, AefTable::actions)) {
    const auto range = row.range();
    if (!range) continue;
    Course& course = courses[row.key()];
    const RangeSet units(*range);
    if (const char* fault = fault_of(course, row, units)) find(row, fault);
    take(course, row, units);
  }
  std::set<std::string> entities;
  for (const RowReader& row : read_rows(aef, AefTable::entities)) {
    std::string cells;
    for (const Cell& cell : row.row().cells) cells += text_of(cell) + '\n';
    if (!entities.insert(cells).second) find(row, "An earlier row says the same.");
  }
}

}  // namespace replay::aef
