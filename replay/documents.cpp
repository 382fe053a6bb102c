#include "replay/documents.hpp"

#include <set>
#include <variant>

namespace replay {
namespace {

std::optional<PublicFile> file_of(const std::optional<ledger::Document::Copy>& copy) {
  if (!copy) return std::nullopt;
  return PublicFile{copy->sha256, copy->size};
}

}  // namespace

void Documents::take(const ledger::Effects& effects) {
  for (const ledger::RowEffect& row : effects.rows) {
    if (const auto* named = std::get_if<ledger::DocumentEffect>(&row)) {
      const ledger::Document& document = named->document;
      named_.push_back(
          {{document.sha256, document.size}, document.access, file_of(document.redacted_copy)});
    } else if (const auto* told = std::get_if<ledger::DisclosureEffect>(&row)) {
      Named& document = named_[told->document];
      if (told->how == ledger::DocumentDisclosed::How::published) {
        document.access = ledger::Access::open;
      } else if (told->how == ledger::DocumentDisclosed::How::redacted) {
        document.access = ledger::Access::redacted;
        document.redacted_copy = file_of(told->redacted_copy);
      }
    }
  }
}

std::vector<PublicFile> Documents::public_files() const {
  std::vector<PublicFile> files;
  std::set<crypto::Hash> seen;
  for (const Named& document : named_) {
    std::optional<PublicFile> file;
    if (document.access == ledger::Access::open) file = document.whole;
    if (document.access == ledger::Access::redacted) file = document.redacted_copy;
    if (file && seen.insert(file->sha256).second) files.push_back(*file);
  }
  return files;
}

}  // namespace replay
