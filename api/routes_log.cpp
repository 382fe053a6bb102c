#include "api/routes_log.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/answer.hpp"
#include "api/clause_catalogue.hpp"
#include "api/compression.hpp"
#include "api/problem.hpp"
#include "api/receipt.hpp"
#include "api/router.hpp"
#include "crypto/tlog_tiles.hpp"

namespace api {
namespace {

using ledger::Seq;

constexpr std::uint64_t most_entries = 1'000;  // of one page of the feed
constexpr std::uint64_t usual_entries = 100;
constexpr std::size_t page_bytes = 4ULL << 20;  // a page ends with the line that passes this
constexpr const char* octets = "application/octet-stream";
constexpr const char* plain_text = "text/plain; charset=utf-8";

Response not_yet(const Backend& backend, std::string what, Seq size) {
  return fault_answer(backend, {404, std::move(what) + " The published log has " +
                                         std::to_string(size) + " entries."});
}

const char* name_of(ledger::Kind kind) {
  switch (kind) {
    case ledger::Kind::malformed: return "malformed";
    case ledger::Kind::unauthenticated: return "unauthenticated";
    case ledger::Kind::refused: return "refused";
    case ledger::Kind::duplicate: return "duplicate";
    case ledger::Kind::overloaded: return "overloaded";
    case ledger::Kind::corrupt: return "corrupt";
  }
  return "";
}

// Lines from..to-1 of the log, until they are enough; says how far it came.
ledger::Result<Seq> read_page(const ledger::Store& store, Seq from, Seq to, std::string& body) {
  Seq next = from;
  while (next < to && body.size() < page_bytes) {
    const Seq end = std::min<Seq>(next + 64, to);  // a visitor cannot end a reading without fault
    ledger::Result<> read = store.read(next, end, [&](Seq seq, std::string_view line) {
      if (body.size() >= page_bytes) return ledger::Result<>();
      body.append(line).append("\n");
      next = seq + 1;
      return ledger::Result<>();
    });
    if (!read) return tl::unexpected(std::move(read).error());
  }
  return next;
}

Response entry_bundle(const Backend& backend, const Request& request, const crypto::TilePath& path,
                      Seq size) {
  const Seq first = path.index * 256;
  if (first + path.width > size) {
    return not_yet(backend, "This bundle does not exist yet.", size);
  }
  std::string bundle;
  ledger::Result<> read =
      backend.store.read(first, first + path.width, [&](Seq, std::string_view line) {
        crypto::append_to_bundle(bundle, line);
        return ledger::Result<>();
      });
  if (!read) return log_failure_answer(backend, read.error());
  Response response = make_answer(200, octets, std::move(bundle), Keep::for_ever);
  negotiate_gzip(request, response);
  return response;
}

}  // namespace

Response fault_answer(const Backend& backend, const Fault& fault) {
  return problem_answer(fault.status, describe(fault), backend.demonstration());
}

Response violation_answer(const Backend& backend, const ledger::Violation& violation) {
  return problem_answer(status_of(violation.clause->kind), describe(violation),
                        backend.demonstration());
}

Response log_failure_answer(const Backend& backend, const ledger::Violation& violation) {
  backend.committer.give_up(violation);
  return violation_answer(backend, violation);
}

Response get_entries(const Backend& backend, const Request& request, std::string_view) {
  const auto query = Query::read(request, {"from", "limit"});
  if (!query) return fault_answer(backend, query.error());
  const auto from = query->number("from", 0, 0, 1ULL << 53);
  if (!from) return fault_answer(backend, from.error());
  const auto limit = query->number("limit", usual_entries, 1, most_entries);
  if (!limit) return fault_answer(backend, limit.error());
  const Seq size = backend.committer.size();
  const Seq end = std::min<Seq>(*from + *limit, size);
  std::string body;
  const ledger::Result<Seq> next = read_page(backend.store, *from, end, body);
  if (!next) return log_failure_answer(backend, next.error());
  const bool ends_the_log = *next >= size;
  Response response = make_answer(
      200, "application/x-ndjson", std::move(body),
      *next - std::min(*from, *next) == *limit || !ends_the_log ? Keep::for_ever : Keep::never);
  response.set("Itmo-Size", std::to_string(size));
  if (backend.witnesses) {
    response.set("Itmo-Witnessed", std::to_string(backend.witnesses->covered()));
  }
  if (!ends_the_log) {
    response.set("Link", "</v1/entries?from=" + std::to_string(*next) +
                             "&limit=" + std::to_string(*limit) + ">; rel=\"next\"");
  }
  return response;
}

Response get_entry(const Backend& backend, const Request& request, std::string_view text) {
  if (const auto query = Query::read(request, {}); !query) {
    return fault_answer(backend, query.error());
  }
  const auto seq = parse_number(text);
  if (!seq) return fault_answer(backend, {400, "An entry is named by its number, from 0 on."});
  const ledger::Published published = backend.committer.serving().published;
  auto receipt = make_receipt(backend.store, published, *seq);
  if (!receipt) return log_failure_answer(backend, receipt.error());
  if (!*receipt) return not_yet(backend, "This entry does not exist yet.", published.size);
  if (backend.witnesses) (*receipt)->witnessed = backend.witnesses->covered() > *seq;
  // An answer that says "not yet" may be another one in a moment.
  const Keep keep = (*receipt)->witnessed.value_or(true) ? Keep::for_ever : Keep::never;
  return json_answer(200, describe(**receipt), backend.demonstration(), keep);
}

Response get_checkpoint(const Backend& backend, const Request& request, std::string_view) {
  const ledger::Published published = backend.committer.serving().published;
  std::string note =
      backend.witnesses ? backend.witnesses->with_cosignatures(published) : published.note;
  Response response = make_answer(200, plain_text, std::move(note), Keep::seconds);
  tag(response, request, published.size);
  return response;
}

Response get_witnessed_checkpoint(const Backend& backend, const Request& request,
                                  std::string_view) {
  if (!backend.witnesses) {
    return fault_answer(backend, {404,
                                  "This server asks no witnesses. The log's own checkpoint is "
                                  "at /checkpoint."});
  }
  const Seq size = backend.witnesses->covered();
  std::string note = backend.witnesses->covered_note();
  if (note.empty()) {
    return fault_answer(backend, {404,
                                  "The quorum of witnesses has not cosigned any checkpoint "
                                  "yet. The log's own is at /checkpoint."});
  }
  Response response = make_answer(200, plain_text, std::move(note), Keep::seconds);
  tag(response, request, size);
  return response;
}

Response get_tile(const Backend& backend, const Request& request, std::string_view rest) {
  const auto path = crypto::parse_tile_path("tile/" + std::string(rest));
  if (!path) return fault_answer(backend, {404, "This is not the path of a tile."});
  const ledger::Published published = backend.committer.serving().published;
  if (path->entries) return entry_bundle(backend, request, *path, published.size);
  auto hashes =
      ledger::ProofReader(backend.store, published).tile(path->level, path->index, path->width);
  if (!hashes) return log_failure_answer(backend, hashes.error());
  if (!*hashes) return not_yet(backend, "This tile does not exist yet.", published.size);
  return make_answer(200, octets, std::move(**hashes), Keep::for_ever);
}

Response get_clauses(const Backend& backend, const Request& request, std::string_view) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ledger::Clause* clause : all_clauses()) {
    list.push_back({{"id", std::string(clause->id)},
                    {"kind", name_of(clause->kind)},
                    {"statement", std::string(clause->statement)}});
  }
  nlohmann::ordered_json out;
  out["clauses"] = std::move(list);
  Response response = json_answer(200, out.dump(), backend.demonstration(), Keep::revalidate);
  tag(response, request, 0);
  return response;
}

Response get_livez(const Backend&, const Request&, std::string_view) {
  return make_answer(200, plain_text, "ok\n", Keep::never);
}

Response get_readyz(const Backend& backend, const Request&, std::string_view) {
  const auto failure = backend.committer.failure();
  if (!failure) return make_answer(200, plain_text, "ok\n", Keep::never);
  return make_answer(503, plain_text, sentence_of(*failure) + "\n", Keep::never);
}

}  // namespace api
