#include "api/unit_names.hpp"

#include <cstddef>
#include <cstdint>

#include "api/router.hpp"

namespace api {

std::optional<SerialsAsked> serials_of(std::string_view name) {
  if (name.size() < 7 || name[5] != ':') return std::nullopt;
  const std::string_view serials = name.substr(6);
  const std::size_t dash = serials.find('-');
  const bool single = dash == std::string_view::npos;
  const auto first = parse_number(serials.substr(0, dash));
  const auto last = single ? first : parse_number(serials.substr(dash + 1));
  const auto most = static_cast<std::uint64_t>(ledger::max_serial);
  if (!first || !last || *first < 1 || *last < *first || *last > most) return std::nullopt;
  return SerialsAsked{
      std::string(name.substr(0, 5)),
      ledger::make_range(static_cast<ledger::Serial>(*first), static_cast<ledger::Serial>(*last)),
      single};
}

}  // namespace api
