// What a server's ledger says about the names in an event: shown apart from what is signed, and
// labelled, since the bytes do not say it.
#pragma once

#include <iosfwd>
#include <string>

#include "api/itmo_draft.hpp"
#include "api/told.hpp"

namespace api::itmo {

// Prints, "according to the ledger at entry N", the accounts and authorizations that the event
// names and whose keys have signed it. Does nothing without an address.
[[nodiscard]] Told<> print_ledgers_word(std::ostream& out, const Draft& draft,
                                        const std::string& url);

}  // namespace api::itmo
