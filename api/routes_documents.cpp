#include "api/routes_documents.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/answer.hpp"
#include "api/document_store.hpp"
#include "api/router.hpp"
#include "api/view_json.hpp"
#include "api/view_position.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"
#include "replay/view_reader.hpp"

namespace api {
namespace {

constexpr std::uint64_t most_documents = 1'000;  // of one page
constexpr std::uint64_t usual_documents = 100;
constexpr std::uint64_t any_number = 4'294'967'295;

// What a browser may call a file of that type: never a name that it would run.
std::string_view ending_of(std::string_view media) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> known{
      {{"application/pdf", ".pdf"},
       {"application/json", ".json"},
       {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
       {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
       {"text/csv", ".csv"},
       {"text/plain", ".txt"},
       {"image/jpeg", ".jpg"},
       {"image/png", ".png"}}};
  for (const auto& [type, ending] : known) {
    if (type == media) return ending;
  }
  return ".bin";
}

// The document whose public file has that hash, of those that have to do with the hash.
const replay::DocumentAnswer* readable(const std::vector<replay::DocumentAnswer>& documents,
                                       const crypto::Hash& sha256) {
  for (const replay::DocumentAnswer& document : documents) {
    const auto file = document.public_file();
    if (file && file->sha256 == sha256) return &document;
  }
  return nullptr;
}

std::string entry_of(const replay::DocumentAnswer& document) {
  return "entry " + std::to_string(document.entry);
}

Response withheld(const Backend& backend, const replay::DocumentAnswer& document) {
  std::string detail =
      "The document that " + entry_of(document) + " names by this hash is not public";
  if (document.basis) detail += ": " + *document.basis;
  if (document.decided_by) detail += ". Decided by: " + *document.decided_by;
  if (document.since) detail += ", since " + ledger::format_date(*document.since);
  detail += '.';
  if (const auto file = document.public_file()) {
    detail +=
        " Its redacted version is at /v1/documents/" + crypto::to_hex(file->sha256.view()) + '.';
  }
  return fault_answer(backend, {404, detail});
}

Response not_here(const Backend& backend, const replay::DocumentAnswer& document,
                  const replay::PublicFile& file) {
  return fault_answer(
      backend,
      {404, "The document is public, as " + entry_of(document) +
                " says, and its file is not kept here. Ask " + document.by.front() +
                " for it: " + std::to_string(file.size) + " bytes whose SHA-256 is this hash."});
}

Response file_answer(const Backend& backend, const Request& request,
                     const replay::DocumentAnswer& document, const replay::PublicFile& file) {
  const std::string name = crypto::to_hex(file.sha256.view());
  Response response = make_answer(200, document.media, {}, Keep::for_ever);
  response.set("Content-Disposition",
               "attachment; filename=\"" + name + std::string(ending_of(document.media)) + '"');
  response.set("Content-Security-Policy",
               "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  response.rest = {static_cast<std::uint64_t>(file.size), 0,
                   [store = DocumentStore(backend.documents), sha256 = file.sha256](
                       std::uint64_t offset) { return store.piece(sha256, offset); }};
  tag_as(response, request, '"' + name + '"');
  return response;
}

}  // namespace

Response get_documents(const Backend& backend, const Request& request, std::string_view) {
  const auto query = Query::read(request, {"at", "from", "limit"});
  if (!query) return fault_answer(backend, query.error());
  const auto limit = query->number("limit", usual_documents, 1, most_documents);
  if (!limit) return fault_answer(backend, limit.error());
  const auto from = query->number("from", 0, 0, any_number);
  if (!from) return fault_answer(backend, from.error());
  const auto views = backend.views.snapshot();
  const auto position = position_of(backend, *query, *views);
  if (!position) return position.error();
  const auto note = checkpoint_of(backend, position->size);
  if (!note) return log_failure_answer(backend, note.error());
  const replay::ViewReader reader(*views, position->size);
  auto listed = reader.documents(static_cast<ledger::Index>(*from), *limit);
  if (!listed) return violation_answer(backend, listed.error());
  DocumentsAt answer{std::move(*listed), {}};
  const DocumentStore store(backend.documents);
  for (const replay::DocumentAnswer& document : answer.list.documents) {
    const auto file = document.public_file();
    answer.here.push_back(file && store.has(*file));
  }
  // Whether a file is here is no fact of the log, so the answer may become another.
  Response response =
      json_answer(200, describe(answer, *note), backend.demonstration(), Keep::revalidate);
  response.set("Itmo-Size", std::to_string(position->size));
  if (answer.list.next) {
    response.set("Link", "</v1/documents?at=" + std::to_string(position->size - 1) +
                             "&from=" + std::to_string(*answer.list.next) +
                             "&limit=" + std::to_string(*limit) + ">; rel=\"next\"");
  }
  tag(response, request, position->size);
  return response;
}

Response get_document(const Backend& backend, const Request& request, std::string_view sha256) {
  const auto raw = crypto::from_hex(sha256);
  const auto hash = raw ? crypto::Hash::from(*raw) : std::nullopt;
  if (!hash) {
    return fault_answer(
        backend,
        {400, "A document is named by the SHA-256 of its file: 64 lower-case hex digits."});
  }
  const auto views = backend.views.snapshot();
  const auto documents = replay::ViewReader(*views).documents_with(*hash);
  if (!documents) return violation_answer(backend, documents.error());
  if (documents->empty()) {
    return fault_answer(backend, {404, "No entry of this ledger names a document by this hash."});
  }
  const replay::DocumentAnswer* document = readable(*documents, *hash);
  if (document == nullptr) return withheld(backend, documents->front());
  const replay::PublicFile file = *document->public_file();
  if (!DocumentStore(backend.documents).has(file)) return not_here(backend, *document, file);
  return file_answer(backend, request, *document, file);
}

}  // namespace api
