// SHA-256, and the two hashes of an RFC 6962 tree.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto {

[[nodiscard]] Hash sha256(std::string_view bytes);

// SHA-256 of bytes that come in pieces. Movable; used by one thread, finished once.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  [[nodiscard]] Hash finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// SHA-256(0x00 || entry): the leaf hash of RFC 6962, section 2.1, and the `prev` of the next entry.
[[nodiscard]] Hash leaf_hash(std::string_view entry);
// SHA-256(0x01 || left || right).
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);
// SHA-256 of nothing: the root of the empty tree.
[[nodiscard]] Hash empty_root();

}  // namespace crypto
