// Ed25519 verifications that hundreds of thousands of audits of nearly the same log would make
// again and again, asked of libsodium once.
#pragma once

namespace replay_test {

// Remembers, while it lives, what libsodium says of a signature, a key and a message, byte for
// byte; whatever it was not asked before, libsodium is asked as ever. So no verdict depends on it,
// and an audit of 600 entries takes milliseconds. One at a time.
class RememberedSignatures {
 public:
  RememberedSignatures();
  RememberedSignatures(const RememberedSignatures&) = delete;
  RememberedSignatures& operator=(const RememberedSignatures&) = delete;
  ~RememberedSignatures();

  // Learns nothing more from here on: what is asked of altered bytes is asked once only. Any thread
  // may verify afterwards, one alone before.
  void learn_no_more();
};

}  // namespace replay_test
