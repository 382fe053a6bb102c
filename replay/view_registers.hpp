// The registers of the views: participants, accounts and so on, a version of a row for each change.
#pragma once

#include "ledger/effects.hpp"
#include "replay/row_batch.hpp"

namespace replay {

// Writes the rows that the entry made or changed. Keeps nothing.
void put_registers(const ledger::Effects& effects, RowBatch& rows);

}  // namespace replay
