// Answers of views as JSON (spec/api.md). Each is an object with `as_of`, the position it is of,
// and `checkpoint`, the signed note that covers it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "replay/answers.hpp"
#include "replay/answers_cycle.hpp"
#include "replay/answers_documents.hpp"
#include "replay/answers_ledger.hpp"
#include "replay/answers_reports.hpp"

namespace api {

// An authorization and the position it is of.
struct AuthorizationAt {
  replay::AsOf as_of;
  replay::AuthorizationAnswer authorization;
};

// An approach and what its deductions took so far.
struct ApproachAt {
  replay::ApproachAnswer approach;
  std::vector<replay::ProceedsAnswer> proceeds;
};

// Documents, and of each whether the file that may be read is here.
struct DocumentsAt {
  replay::DocumentsAnswer list;
  std::vector<bool> here;
};

[[nodiscard]] std::string describe(const DocumentsAt& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::LedgerAnswer& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::AccountAnswer& answer,
                                   std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::PartyAnswer& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::UnitAnswer& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::UnitsAnswer& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::EntriesAnswer& answer,
                                   std::string_view checkpoint);
[[nodiscard]] std::string describe(const AuthorizationAt& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const ApproachAt& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::CycleAnswer& answer, std::string_view checkpoint);
[[nodiscard]] std::string describe(const replay::PartyReports& answer, std::string_view checkpoint);

}  // namespace api
