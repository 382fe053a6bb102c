// The structured summary in words and as a table.
#include <functional>

#include "replay/audit_words.hpp"
#include "replay/csv.hpp"
#include "replay/summary.hpp"

namespace replay {
namespace {

// One line of the table: its row in the official one, what it counts, and a value a year.
struct Line {
  std::string row;
  std::string label;
  std::map<ledger::Year, std::string> values;
};

// "due", "recorded", "reported" or "final", with what a reader looks up; "none" where nothing is
// due and nothing was recorded.
std::string standing_of(const Summary& summary, const SummaryYear& year) {
  const bool is_final = summary.final_from && *summary.final_from <= ledger::date_of(summary.time);
  const std::string late =
      is_final ? ", though adjustments are final since " + ledger::format_date(*summary.final_from)
               : "";
  if (!year.recorded) {
    const bool nothing = year.adjustment.num == 0 && year.used == 0 &&
                         year.first_transferred + year.oimp_first_transferred == 0;
    return nothing ? "none" : "due" + late;
  }
  const std::string version = "version " + std::to_string(year.recorded->version) + ", entry " +
                              std::to_string(year.recorded->entry);
  if (!year.recorded->as_due) {
    return "due; recorded is " + text_of(year.recorded->amount) + " (" + version + ")" + late;
  }
  const std::string reported = year.reported ? ", reported in " + *year.reported : "";
  if (is_final) {
    return "final since " + ledger::format_date(*summary.final_from) + " (" + version + reported +
           ")";
  }
  return year.reported ? "reported in " + *year.reported + " (" + version + ")"
                       : "recorded (" + version + ")";
}

std::vector<Line> lines_of(const Summary& summary) {
  std::vector<Line> lines;
  const auto add = [&](std::string row, std::string label, auto value) {
    Line line{std::move(row), std::move(label), {}};
    for (const SummaryYear& year : summary.years) line.values[year.year] = value(year);
    lines.push_back(std::move(line));
  };
  const auto add_known = [&](std::string row, std::string label, auto value) {
    Line line{std::move(row), std::move(label), {}};
    for (const SummaryYear& year : summary.years) {
      if (auto text = value(year)) line.values[year.year] = std::move(*text);
    }
    lines.push_back(std::move(line));
  };
  const auto whole = [](std::int64_t SummaryYear::*member) {
    return [member](const SummaryYear& year) { return std::to_string(year.*member); };
  };
  const auto events = [&](std::string row, std::string label,
                          std::int64_t SummaryByEvent::*member) {
    Line line{std::move(row), std::move(label), {}};
    for (const auto& [year, counts] : summary.by_event) {
      line.values[year] = std::to_string(counts.*member);
    }
    lines.push_back(std::move(line));
  };
  add("23(c)", "ITMOs first transferred, by vintage", whole(&SummaryYear::first_transferred));
  events("23(c)", "ITMOs first transferred, by year of first transfer",
         &SummaryByEvent::first_transferred);
  add("23(d)", "first transferred for other international mitigation purposes, by vintage",
      whole(&SummaryYear::oimp_first_transferred));
  events("23(d)", "the same, by year of first transfer", &SummaryByEvent::oimp_first_transferred);
  add("23(d)", "authorized for other international mitigation purposes, by vintage",
      whole(&SummaryYear::oimp_authorized));
  add("23(e)", "ITMOs used towards the NDC, by year of use", whole(&SummaryYear::used));
  add("23(f)", "net: (c) + (d) - (e), by vintage", whole(&SummaryYear::net));
  if (summary.ndc.method == ledger::Method::averaging) {
    add("7(a)(ii)", "cumulative net over elapsed years",
        [](const SummaryYear& year) { return text_of(year.average); });
  }
  add("23(g)", "corresponding adjustment for the year",
      [](const SummaryYear& year) { return text_of(year.adjustment); });
  add("23(g)", "standing of that adjustment",
      [&](const SummaryYear& year) { return standing_of(summary, year); });
  add("23(h)", "cumulative net", whole(&SummaryYear::cumulative));
  const bool ghg = summary.ndc.metric == "GHG";
  add_known(ghg ? "23(a)" : "23(i)",
            ghg ? "emissions and removals covered by the NDC, as reported"
                : "indicator of the NDC in " + summary.ndc.metric + ", as reported",
            [](const SummaryYear& year) {
              return year.inventory ? std::optional(std::to_string(*year.inventory)) : std::nullopt;
            });
  add_known(ghg ? "23(k)(i)" : "23(k)(ii)", ghg ? "emissions balance" : "adjusted indicator",
            [](const SummaryYear& year) {
              return year.balance ? std::optional(text_of(*year.balance)) : std::nullopt;
            });
  return lines;
}

std::string method_of(const ledger::Ndc& ndc) {
  if (ndc.type == ledger::NdcType::multi_year) {
    return "multi-year, adjusted annually and cumulatively: 7(b)";
  }
  return ndc.method == ledger::Method::averaging
             ? "single-year, averaging: 7(a)(ii)"
             : "single-year, indicative trajectory or budget: 7(a)(i)";
}

std::vector<ledger::Year> years_of(const std::vector<Line>& lines) {
  std::map<ledger::Year, bool> years;
  for (const Line& line : lines) {
    for (const auto& [year, value] : line.values) years[year] = true;
  }
  std::vector<ledger::Year> out;
  out.reserve(years.size());
  for (const auto& [year, yes] : years) out.push_back(year);
  return out;
}

}  // namespace

std::string describe(const Summary& summary) {
  std::string out;
  if (summary.provenance.demonstration) out += std::string(demonstration_mark) + "\n";
  out += "Structured summary of " + summary.party + ", NDC period " +
         std::to_string(summary.ndc.from) + " to " + std::to_string(summary.ndc.to) + "\n" +
         "Ledger " + summary.provenance.ledger + ", as of entry " + std::to_string(summary.entry) +
         " (" + ledger::format_timestamp(summary.time) + ")\n" +
         "Method: " + method_of(summary.ndc) + "\n\n";
  for (const Line& line : lines_of(summary)) {
    out += line.row + "  " + line.label + "\n";
    std::string values;
    for (const auto& [year, value] : line.values) {
      values += "    " + std::to_string(year) + ": " + value + "\n";
    }
    out += values.empty() ? "    none recorded\n" : values;
  }
  if (!summary.oimp_entities.empty()) {
    out += "Entities authorized where other purposes are:\n";
    for (const std::string& name : summary.oimp_entities) out += "    " + name + "\n";
  }
  if (!summary.flags.empty()) out += "Flags, which refuse nothing:\n";
  for (const Flag& flag : summary.flags) out += "    " + describe(flag) + "\n";
  return out;
}

std::string to_csv(const Summary& summary) {
  const std::vector<Line> lines = lines_of(summary);
  const std::vector<ledger::Year> years = years_of(lines);
  std::string out = "Row,Series";
  for (const ledger::Year year : years) out += "," + std::to_string(year);
  out += ",Mark\r\n";
  const std::string mark =
      summary.provenance.demonstration ? std::string(demonstration_mark) : std::string();
  for (const Line& line : lines) {
    out += line.row + "," + csv_text(line.label);
    for (const ledger::Year year : years) {
      const auto value = line.values.find(year);
      out += "," + (value == line.values.end() ? std::string() : value->second);
    }
    out += "," + mark + "\r\n";
  }
  return out;
}

}  // namespace replay
