#include "api/routes_views.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "api/answer.hpp"
#include "api/router.hpp"
#include "api/unit_names.hpp"
#include "api/view_json.hpp"
#include "api/view_position.hpp"
#include "replay/view_reader.hpp"

namespace api {
namespace {

using Snapshot = ledger::TableSnapshot;

constexpr std::uint64_t most_blocks = 1'000;  // of one page of an account
constexpr std::uint64_t usual_blocks = 100;
constexpr std::uint64_t most_entries = 10'000;  // of one page of a list
constexpr std::uint64_t usual_entries = 1'000;

// Asks the reader for one thing and answers with it as JSON, or with 404.
template <class Ask>
Response answer_from_views(const Backend& backend, const Request& request, const Query& query,
                           const std::string& missing, Ask ask) {
  const std::unique_ptr<Snapshot> views = backend.views.snapshot();
  const auto position = position_of(backend, query, *views);
  if (!position) return position.error();
  const replay::ViewReader reader(*views, position->size);
  const ledger::Result<std::string> note = checkpoint_of(backend, position->size);
  if (!note) return log_failure_answer(backend, note.error());
  auto found = ask(reader);
  if (!found) return violation_answer(backend, found.error());
  if (!*found) {
    return fault_answer(
        backend, {404, missing + " in the first " + std::to_string(position->size) + " entries."});
  }
  Response response = json_answer(200, describe(**found, *note), backend.demonstration(),
                                  position->pinned ? Keep::for_ever : Keep::revalidate);
  response.set("Itmo-Size", std::to_string(position->size));
  tag(response, request, position->size);
  return response;
}

// "XHA99:4008": a registry of five characters and a serial number.
tl::expected<std::optional<replay::BlockCursor>, Fault> cursor_of(const Query& query) {
  const auto text = query.text("from");
  if (!text) return std::nullopt;
  const auto serial =
      text->size() > 6 && (*text)[5] == ':' ? parse_number(text->substr(6)) : std::nullopt;
  if (serial && *serial > 0) {
    return replay::BlockCursor{std::string(text->substr(0, 5)),
                               static_cast<ledger::Serial>(*serial)};
  }
  return tl::unexpected(
      Fault{400, "`from` is a registry and a serial number, like XHA99:4008; follow `next`."});
}

// Where the rest of an account's blocks is: at the same position, so that pages fit together.
std::string next_page(const replay::AccountAnswer& answer, std::uint64_t limit) {
  return "/v1/accounts/" + answer.account.id + "?at=" + std::to_string(answer.as_of.size - 1) +
         "&from=" + answer.next->registry + ":" + std::to_string(answer.next->serial) +
         "&limit=" + std::to_string(limit);
}

}  // namespace

Response get_ledger(const Backend& backend, const Request& request, std::string_view) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(
      backend, request, *query, "No ledger was opened",
      [](const replay::ViewReader& reader) -> ledger::Result<std::optional<replay::LedgerAnswer>> {
        auto answer = reader.totals();
        if (!answer) return tl::unexpected(std::move(answer).error());
        if (answer->origin.empty()) return std::nullopt;
        return std::move(*answer);
      });
}

Response get_account(const Backend& backend, const Request& request, std::string_view id) {
  const auto query = Query::read(request, {"at", "from", "limit"});
  if (!query) return fault_answer(backend, query.error());
  const auto limit = query->number("limit", usual_blocks, 1, most_blocks);
  if (!limit) return fault_answer(backend, limit.error());
  const auto cursor = cursor_of(*query);
  if (!cursor) return fault_answer(backend, cursor.error());
  std::optional<std::string> next;
  Response response =
      answer_from_views(backend, request, *query, "There is no account " + std::string(id),
                        [&](const replay::ViewReader& reader) {
                          auto answer = reader.account(id, *limit, *cursor);
                          if (answer && *answer && (*answer)->next)
                            next = next_page(**answer, *limit);
                          return answer;
                        });
  if (next) response.set("Link", "<" + *next + ">; rel=\"next\"");
  return response;
}

Response get_party(const Backend& backend, const Request& request, std::string_view id) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(backend, request, *query, "There is no Party " + std::string(id),
                           [&](const replay::ViewReader& reader) { return reader.party(id); });
}

Response get_reports(const Backend& backend, const Request& request, std::string_view party) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(backend, request, *query, "There is no Party " + std::string(party),
                           [&](const replay::ViewReader& reader) { return reader.reports(party); });
}

namespace {

Response get_units(const Backend& backend, const Request& request, const SerialsAsked& asked,
                   const std::string& missing) {
  const auto query = Query::read(request, {"at", "limit"});
  if (!query) return fault_answer(backend, query.error());
  const auto limit = query->number("limit", usual_blocks, 1, most_blocks);
  if (!limit) return fault_answer(backend, limit.error());
  std::optional<std::string> next;
  Response response =
      answer_from_views(backend, request, *query, missing, [&](const replay::ViewReader& reader) {
        auto answer = reader.units(asked.registry, asked.range, *limit);
        if (answer && *answer && (*answer)->next) {
          next = "/v1/units/" + asked.registry + ":" + std::to_string(*(*answer)->next) + "-" +
                 std::to_string(asked.range.last()) +
                 "?at=" + std::to_string((*answer)->as_of.size - 1) +
                 "&limit=" + std::to_string(*limit);
        }
        return answer;
      });
  if (next) response.set("Link", "<" + *next + ">; rel=\"next\"");
  return response;
}

}  // namespace

Response get_unit(const Backend& backend, const Request& request, std::string_view name) {
  const std::string missing = "No unit " + std::string(name) + " was issued";
  const auto serials = serials_of(name);
  if (serials && !serials->single) return get_units(backend, request, *serials, missing);
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  const auto identifier = serials ? std::nullopt : replay::parse_unit_name(name);
  if (!serials && !identifier) {
    return fault_answer(backend, {400,
                                  "Units are named by cooperative approach, registry, first "
                                  "transferring Party, serial number and vintage, like "
                                  "CA9901-XHA99-XHA-4008-2026, or by registry and serial numbers, "
                                  "like XHA99:4008 or XHA99:1-4007."});
  }
  return answer_from_views(backend, request, *query, missing,
                           [&](const replay::ViewReader& reader) {
                             return serials ? reader.unit(serials->registry, serials->range.first)
                                            : reader.unit(*identifier);
                           });
}

namespace {

// `list` reads a page of the entries that concern what is asked for.
template <class List>
Response get_list(const Backend& backend, const Request& request, const std::string& missing,
                  List list) {
  const auto query = Query::read(request, {"at", "from", "limit"});
  if (!query) return fault_answer(backend, query.error());
  const auto from = query->number("from", 0, 0, static_cast<std::uint64_t>(ledger::max_serial));
  if (!from) return fault_answer(backend, from.error());
  const auto limit = query->number("limit", usual_entries, 1, most_entries);
  if (!limit) return fault_answer(backend, limit.error());
  return answer_from_views(
      backend, request, *query, missing,
      [&](const replay::ViewReader& reader) { return list(reader, *from, *limit); });
}

}  // namespace

Response get_account_entries(const Backend& backend, const Request& request, std::string_view id) {
  return get_list(backend, request, "There is no account " + std::string(id),
                  [&](const replay::ViewReader& reader, ledger::Seq from, std::size_t limit) {
                    return reader.entries_of_account(id, from, limit);
                  });
}

Response get_unit_entries(const Backend& backend, const Request& request, std::string_view name) {
  const auto serials = serials_of(name);
  const auto identifier = serials ? std::nullopt : replay::parse_unit_name(name);
  if (serials ? !serials->single : !identifier) {
    return fault_answer(backend, {400,
                                  "The lot is that of one unit, named by registry and serial, "
                                  "like XHA99:4008, or by its whole identifier, like "
                                  "CA9901-XHA99-XHA-4008-2026."});
  }
  return get_list(
      backend, request, "No unit " + std::string(name) + " was issued",
      [&](const replay::ViewReader& reader, ledger::Seq from,
          std::size_t limit) -> replay::ViewReader::Answer<replay::EntriesAnswer> {
        if (serials) {
          return reader.entries_of_lot(serials->registry, serials->range.first, from, limit);
        }
        const auto unit = reader.unit(*identifier);
        if (!unit) return tl::unexpected(unit.error());
        if (!*unit) return std::nullopt;
        return reader.entries_of_lot(identifier->registry, identifier->serial, from, limit);
      });
}

Response get_authorization(const Backend& backend, const Request& request, std::string_view id) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(
      backend, request, *query, "There is no authorization " + std::string(id),
      [&](const replay::ViewReader& reader) -> ledger::Result<std::optional<AuthorizationAt>> {
        auto found = reader.authorization(id);
        if (!found) return tl::unexpected(std::move(found).error());
        auto as_of = reader.as_of();
        if (!as_of) return tl::unexpected(std::move(as_of).error());
        if (!*found) return std::nullopt;
        return AuthorizationAt{*as_of, std::move(**found)};
      });
}

Response get_approach(const Backend& backend, const Request& request, std::string_view id) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(
      backend, request, *query, "There is no cooperative approach " + std::string(id),
      [&](const replay::ViewReader& reader) -> ledger::Result<std::optional<ApproachAt>> {
        auto found = reader.approach(id);
        if (!found) return tl::unexpected(std::move(found).error());
        auto proceeds = reader.proceeds(id);
        if (!proceeds) return tl::unexpected(std::move(proceeds).error());
        if (!*found) return std::nullopt;
        return ApproachAt{std::move(**found), std::move(*proceeds)};
      });
}

Response get_activity(const Backend& backend, const Request& request, std::string_view id) {
  const auto query = Query::read(request, {"at"});
  if (!query) return fault_answer(backend, query.error());
  return answer_from_views(backend, request, *query,
                           "No activity " + std::string(id) + " was proposed",
                           [&](const replay::ViewReader& reader) { return reader.activity(id); });
}

}  // namespace api
