// `itmo-audit balance`: balances, units and totals proven against the key of a log, without the
// log.
#pragma once

namespace api {

// Its arguments without the program's name. Returns the exit status: 0 all of it is proven, 1
// something is not, 2 it could not run.
[[nodiscard]] int balance_command(int argc, char** argv);

}  // namespace api
