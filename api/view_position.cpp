#include "api/view_position.hpp"

#include <optional>
#include <utility>

#include "api/routes_log.hpp"
#include "replay/view_reader.hpp"

namespace api {

tl::expected<Position, Response> position_of(const Backend& backend, const Query& query,
                                             const ledger::TableSnapshot& views) {
  const auto at = query.text("at");
  if (!at) return Position{views.position(), false};
  if (const auto seq = parse_number(*at)) {
    if (*seq < views.position()) return Position{*seq + 1, true};
    return tl::unexpected(fault_answer(
        backend, {404, "Entry " + std::to_string(*seq) + " does not exist yet; the views show " +
                           std::to_string(views.position()) + " entries."}));
  }
  const auto time = ledger::parse_timestamp(*at);
  if (!time) {
    return tl::unexpected(fault_answer(
        backend,
        {400, "`at` is the number of an entry, or a moment like 2028-11-20T10:00:00.000Z."}));
  }
  const ledger::Result<ledger::Seq> size = replay::size_at(views, *time);
  if (!size) return tl::unexpected(violation_answer(backend, size.error()));
  return Position{*size, *size < views.position()};
}

ledger::Result<std::string> checkpoint_of(const Backend& backend, ledger::Seq size) {
  if (size == 0) return backend.committer.note();
  ledger::Result<std::optional<std::string>> note = backend.store.checkpoint_covering(size - 1);
  if (!note) return tl::unexpected(std::move(note).error());
  return note->value_or(backend.committer.note());
}

}  // namespace api
