// RocksDB's write-ahead logs on space that was written before, so that a sync writes what was
// appended and nothing about the file (spec/decisions/0066).
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace ledger {

// The given environment, which must outlive it, but for write-ahead logs: behind what was appended
// to one its file has zeros, which RocksDB passes over when it reads. It does not tell how much
// space is left, so that RocksDB never resumes by itself on a disk that was full. Any thread.
[[nodiscard]] std::unique_ptr<rocksdb::Env> fill_write_ahead_logs(rocksdb::Env& env);

}  // namespace ledger
