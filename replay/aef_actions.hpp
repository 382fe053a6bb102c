// Tables 3 and 4 of the AEF: what a Party did with ITMOs in its year, and what it held at its end.
#pragma once

#include <vector>

#include "replay/aef.hpp"
#include "replay/books.hpp"

namespace replay::aef {

// In the order of the log, then of serials. Units of one lot that one entry changed alike are one
// row. Precondition: request.submitted is not read; the Party is known.
[[nodiscard]] std::vector<AefRow> action_rows(const Books& books, const AefRequest& request,
                                              const Provenance& provenance);

// Every ITMO in the Party's section at the end of the year, in blocks as long as they go, by
// registry and serial.
[[nodiscard]] std::vector<AefRow> holding_rows(const Books& books, const AefRequest& request);

}  // namespace replay::aef
