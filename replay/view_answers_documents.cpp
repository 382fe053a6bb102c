// Answers about documents.
#include "replay/answers_documents.hpp"
#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"

namespace replay {
namespace {

using How = ledger::DocumentDisclosed::How;
using ledger::Index;
using ledger::Scan;

std::optional<PublicFile> file_of(const std::optional<ledger::Document::Copy>& copy) {
  if (!copy) return std::nullopt;
  return PublicFile{copy->sha256, copy->size};
}

void disclose(DocumentAnswer& answer, const ledger::DisclosureEffect& told, Seq entry) {
  switch (told.how) {
    case How::opened: answer.opening = told.title; break;
    case How::published: answer.access = ledger::Access::open; break;
    case How::redacted:
      answer.access = ledger::Access::redacted;
      answer.redacted_copy = file_of(told.redacted_copy);
      break;
    case How::destroyed: answer.destroyed = true; break;
  }
  answer.disclosures.push_back({told.how, told.basis, told.date, entry});
}

std::optional<DocumentAnswer> document_answer(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::DocumentEffect>(Register::document, index);
  if (!row) return std::nullopt;  // named behind the size
  const ledger::Document& document = row->document;
  DocumentAnswer answer;
  answer.number = index;
  answer.entry = row->entry;
  if (const auto entry = lookup.entry(row->entry)) answer.type = entry->type;
  answer.date = row->date;
  answer.by.push_back(lookup.id_of(Register::participant, row->by));
  if (row->and_by) answer.by.push_back(lookup.id_of(Register::participant, *row->and_by));
  answer.kind = document.kind;
  answer.media = document.media;
  answer.language = document.language;
  answer.sha256 = document.sha256;
  answer.size = document.size;
  answer.title = document.title;
  answer.access = document.access;
  answer.basis = document.basis;
  answer.decided_by = document.by;
  answer.since = document.since;
  answer.redacted_copy = file_of(document.redacted_copy);
  const std::string prefix = version_key(Register::document, index).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    KeyParts rest(key.substr(prefix.size()));
    rest.index();  // disclosures have no versions
    const Seq seq = rest.number(8);
    const auto told = lookup.decoded<ledger::DisclosureEffect>(value);
    if (!told || seq >= lookup.size()) return Scan::stop;
    disclose(answer, *told, seq);
    return Scan::go_on;
  });
  return answer;
}

}  // namespace

std::optional<PublicFile> DocumentAnswer::public_file() const {
  if (access == ledger::Access::open) return PublicFile{sha256, size};
  return access == ledger::Access::redacted ? redacted_copy : std::nullopt;
}

ledger::Result<DocumentsAnswer> ViewReader::documents(Index from, std::size_t limit) const {
  RowLookup lookup(*snapshot_, size_);
  DocumentsAnswer answer;
  answer.as_of = replay::as_of(lookup);
  const Index count = lookup.count(Register::document);
  for (Index index = from; index < count; ++index) {
    if (answer.documents.size() == limit) {
      answer.next = index;
      break;
    }
    auto document = document_answer(lookup, index);
    if (!document) break;
    answer.documents.push_back(std::move(*document));
  }
  return lookup.answer(std::move(answer));
}

ViewReader::List<DocumentAnswer> ViewReader::documents_with(const crypto::Hash& file) const {
  RowLookup lookup(*snapshot_, size_);
  std::vector<DocumentAnswer> answers;
  const std::string prefix = Key(Rows::hash).raw(file.view()).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    const Index index = KeyParts(key.substr(prefix.size())).index();
    if (auto document = document_answer(lookup, index)) answers.push_back(std::move(*document));
    return Scan::go_on;
  });
  return lookup.answer(std::move(answers));
}

}  // namespace replay
