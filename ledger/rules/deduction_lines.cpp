#include "ledger/rules/deduction_lines.hpp"

#include <algorithm>
#include <tuple>

#include "ledger/movement.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Adoption = Case<ApproachRules>;
using Line = ApproachRules::Deduction;

constexpr std::int64_t basis = 10'000;  // basis points in one

const Approach& approach_of(const Adoption& c) {
  return c.state.approaches[*c.facts.approach];
}

using LineTest = bool (*)(const Adoption&, const Line&);

const Line* first_line(const Adoption& c, LineTest is_wrong) {
  const auto& lines = c.body.deductions;
  const auto it =
      std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return is_wrong(c, line); });
  return it == lines.end() ? nullptr : &*it;
}

std::string named(const Line& line) {
  return "Deduction line " + quoted(line.name);
}

bool name_stands_twice(const Adoption& c, const Line& line) {
  const auto& lines = c.body.deductions;
  return std::count_if(lines.begin(), lines.end(),
                       [&](const Line& other) { return other.name == line.name; }) > 1;
}

// The newest version that has a line of that name with other terms; 0 where none has.
std::int64_t version_with_other_terms(const Adoption& c, const Line& line) {
  const auto& versions = approach_of(c).rules;
  for (std::size_t n = versions.size(); n > 0; --n) {
    for (const auto& old : versions[n - 1].deductions) {
      if (old.name != line.name) continue;
      if (std::tie(old.moment, old.by, old.kind, old.rate_bp, old.rounding) !=
          std::tie(line.moment, line.by, line.kind, line.rate_bp, line.rounding)) {
        return static_cast<std::int64_t>(n);
      }
    }
  }
  return 0;
}

bool changes_its_terms(const Adoption& c, const Line& line) {
  return version_with_other_terms(c, line) != 0;
}

bool has_wrong_taker(const Adoption&, const Line& line) {
  return (line.moment == Moment::acquisition) != (line.by == Line::By::acquirer);
}

bool has_wrong_rate(const Adoption&, const Line& line) {
  return line.rate_bp < 0 || line.rate_bp > basis;
}

// Basis points that the unit lines of a moment take together: few lines, each of at most 2^53.
std::int64_t rate_at(const Adoption& c, Moment moment) {
  std::int64_t sum = 0;
  for (const Line& line : c.body.deductions) {
    if (line.moment == moment && line.kind != Line::Sort::money) sum += line.rate_bp;
  }
  return sum;
}

// The first moment at which more than the whole would be taken.
std::optional<Moment> overtaxed_moment(const Adoption& c) {
  for (const Moment moment : {Moment::issuance, Moment::transfer, Moment::acquisition}) {
    if (rate_at(c, moment) > basis) return moment;
  }
  return std::nullopt;
}

bool keeps_units(const Line& line) {
  return line.kind == Line::Sort::retained || line.kind == Line::Sort::fund;
}

bool has_wrong_account_member(const Adoption&, const Line& line) {
  return keeps_units(line) != line.account.has_value();
}

Index taker_of(const Adoption& c, const Line& line) {
  return line.by == Line::By::host ? approach_of(c).host : approach_of(c).buyer;
}

// The account that the line names; null where it names none or one that is unknown.
const Account* account_of(const Adoption& c, const Line& line) {
  return line.account ? c.state.accounts.lookup(*line.account) : nullptr;
}

bool has_unfit_account(const Adoption& c, const Line& line) {
  if (!line.account) return false;
  const Account* account = account_of(c, line);
  if (account == nullptr) return true;
  if (line.kind == Line::Sort::fund) return account->kind != AccountKind::fund;
  return account->kind != AccountKind::national_share || account->party != taker_of(c, line);
}

}  // namespace

bool names_are_used_once(const Adoption& c) {
  return !first_line(c, name_stands_twice);
}

std::string explain_names(const Adoption& c, const Row*) {
  return named(*first_line(c, name_stands_twice)) +
         " stands twice. Give each line a name of its own: what was taken is counted by it.";
}

bool lines_keep_their_terms(const Adoption& c) {
  return !first_line(c, changes_its_terms);
}

std::string explain_terms(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, changes_its_terms);
  return named(line) + " has another moment, taker, kind, rate or rounding in version " +
         std::to_string(version_with_other_terms(c, line)) +
         ". Rounding is cumulative over all that a line took: give the changed line a new name.";
}

bool takers_fit_the_moments(const Adoption& c) {
  return !first_line(c, has_wrong_taker);
}

std::string explain_takers(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_wrong_taker);
  return named(line) + (line.by == Line::By::host
                            ? " is deducted at acquisition and taken by the host. Let the acquirer "
                              "take it, or choose another moment."
                            : " is taken by the acquirer before acquisition. Let the host take it, "
                              "or choose the moment acquisition.");
}

bool rates_are_bounded(const Adoption& c) {
  return !first_line(c, has_wrong_rate) && !overtaxed_moment(c);
}

std::string explain_rates(const Adoption& c, const Row*) {
  if (const Line* line = first_line(c, has_wrong_rate)) {
    return named(*line) + " has a rate of " + std::to_string(line->rate_bp) +
           " basis points. State 0 to 10,000; 500 are 5 %.";
  }
  const Moment moment = *overtaxed_moment(c);
  return "The unit lines at " + std::string(name_of(moment)) + " take " +
         std::to_string(rate_at(c, moment)) +
         " basis points together. Lower them to at most 10,000, the whole.";
}

bool accounts_are_named_where_needed(const Adoption& c) {
  return !first_line(c, has_wrong_account_member);
}

std::string explain_account_member(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_wrong_account_member);
  if (line.account) {
    return named(line) + " keeps no units and names account " + *line.account + ". Leave it out.";
  }
  return named(line) + " takes units and names no account. Name the account that receives them.";
}

bool accounts_fit_their_lines(const Adoption& c) {
  return !first_line(c, has_unfit_account);
}

std::string explain_accounts(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_unfit_account);
  if (account_of(c, line) == nullptr) {
    return named(line) + " names account " + *line.account + ", which is unknown. Open it first.";
  }
  if (line.kind == Line::Sort::fund) {
    return named(line) + " goes to a fund, and account " + *line.account +
           " is not a fund account. Name one.";
  }
  return named(line) + " is retained, and account " + *line.account +
         " is not a national share account of " + c.state.participants[taker_of(c, line)].id +
         ". Name one.";
}

}  // namespace ledger
