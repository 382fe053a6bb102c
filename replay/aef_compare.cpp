#include "replay/aef_compare.hpp"

#include <algorithm>
#include <utility>

#include "replay/clauses_audit.hpp"

namespace replay {

bool AefComparer::add(std::string_view path, std::string bytes) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  std::optional<AefFile> file = parse_file_name(name);
  if (!file) return false;
  books_.try_emplace(file->entry);
  published_.push_back({std::string(path), std::move(bytes), std::move(*file)});
  return true;
}

void AefComparer::take(const ledger::Effects& effects) {
  for (auto& [entry, books] : books_) {
    if (effects.seq <= entry) books.take(effects);
  }
}

std::vector<Comparison> AefComparer::compare(const Provenance& provenance) const {
  std::vector<Comparison> out;
  for (const Published& published : published_) out.push_back(compare(published, provenance));
  return out;
}

Comparison AefComparer::compare(const Published& published, const Provenance& provenance) const {
  const AefFile& file = published.file;
  const Books& books = books_.at(file.entry);
  Comparison out{published.path, false, {}};
  if (books.size() != file.entry + 1) {
    out.sentence = "It is as of entry " + std::to_string(file.entry) + "; this log has only " +
                   std::to_string(books.size()) + " entries.";
    return out;
  }
  if (file.demonstration != provenance.demonstration) {
    out.sentence = provenance.demonstration
                       ? "The ledger is a demonstration; the file's name does not say so."
                       : "The file's name says demonstration; the ledger is an ordinary one.";
    return out;
  }
  if (const auto problem = problem_of(books, file.request)) {
    out.sentence = *problem;
    return out;
  }
  const auto expected = bytes_of(make_aef(books, file.request, provenance), file, out.sentence);
  if (!expected) return out;
  const auto [a, b] = std::mismatch(expected->begin(), expected->end(), published.bytes.begin(),
                                    published.bytes.end());
  out.identical = a == expected->end() && b == published.bytes.end();
  out.sentence = out.identical
                     ? "Every byte is what the log gives for " + file.request.party + ", " +
                           std::to_string(file.request.year) + ", at entry " +
                           std::to_string(file.entry) + "."
                     : "Byte " + std::to_string(a - expected->begin()) +
                           " is the first that is not what the log gives at entry " +
                           std::to_string(file.entry) + " (" + std::to_string(expected->size()) +
                           " bytes; the file has " + std::to_string(published.bytes.size()) + ").";
  return out;
}

void add_comparisons(std::vector<Comparison> comparisons, AuditReport& report) {
  report.comparisons = std::move(comparisons);
  const auto bad = std::find_if(report.comparisons.begin(), report.comparisons.end(),
                                [](const Comparison& each) { return !each.identical; });
  if (bad == report.comparisons.end()) return;
  report.verdict = AuditReport::Verdict::invalid;
  report.finding = Finding{std::nullopt, std::nullopt, bad->file, &LOG_21, bad->sentence};
}

}  // namespace replay
