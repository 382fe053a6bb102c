// A Table in a RocksDB directory of its own, without a write-ahead log; may be deleted at any time
// while it is closed.
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/clause.hpp"
#include "ledger/rocks_store.hpp"
#include "ledger/table.hpp"

namespace ledger {

// Opens or makes the table in `directory` (its parent must exist); destroying it flushes.
// Fails as open_rocks_store does; whoever gets LOG-15 may delete the directory and start again.
[[nodiscard]] Result<std::unique_ptr<Table>> open_rocks_table(
    const std::filesystem::path& directory, const RocksOptions& options = {});

}  // namespace ledger
