// Any bytes: what is accepted as a bundle file is the one way to write what it holds, and its parts
// lie inside of it. Bytes are taken as they come, or as an edit of a good file.
#include <sstream>
#include <string>
#include <string_view>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/ensure.hpp"
#include "replay/bundle_file.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

// The parts of a file that was accepted.
class Parts final : public replay::BundleReader {
 public:
  Parts(std::string_view bytes, const replay::BundleFileIndex& index)
      : bytes_(bytes), index_(index) {}
  [[nodiscard]] replay::Fetched checkpoint() const override {
    return replay::Fetched::found(index_.note);
  }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    const auto place = index_.place_of(path);
    if (!place) return replay::Fetched::absent();
    ENSURE(place->offset + place->size <= bytes_.size(), "a part lies behind the end of its file");
    return replay::Fetched::found(std::string(bytes_.substr(place->offset, place->size)));
  }

 private:
  std::string_view bytes_;
  const replay::BundleFileIndex& index_;
};

class Small final : public replay::BundleReader {
 public:
  Small() {
    const auto key = crypto::SecretKey::from_seed(crypto::sha256("log of the packed").view());
    crypto::Frontier frontier;
    for (const std::string entry : {"one", "two"}) {
      crypto::append_to_bundle(entries_, entry);
      frontier.append(crypto::leaf_hash(entry));
      hashes_ += crypto::leaf_hash(entry).view();
    }
    const crypto::Checkpoint checkpoint{"ledger.example/packed", 2, frontier.root()};
    note_ = crypto::sign_note(crypto::checkpoint_text(checkpoint), checkpoint.origin, key);
  }
  [[nodiscard]] replay::Fetched checkpoint() const override {
    return replay::Fetched::found(note_);
  }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    return replay::Fetched::found(path.entries ? entries_ : hashes_);
  }

 private:
  std::string note_, entries_, hashes_;
};

std::string written(const replay::BundleReader& bundle) {
  std::ostringstream out;
  // An accepted file may hold bundles of entries that are none: an audit says so.
  return replay::write_bundle_file(bundle, out) ? std::string() : out.str();
}

void check(const std::string& bytes) {
  std::istringstream in(bytes);
  std::string fault;
  const auto index = replay::read_bundle_file_index(in, fault);
  ENSURE(index.has_value() == fault.empty(), "what is refused is refused for a reason");
  if (!index) return;
  const std::string again = written(Parts(bytes, *index));
  ENSURE(again.empty() || again == bytes, "a bundle has a second file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string good = written(Small());
  ENSURE(!good.empty(), "a good log has a file");
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(std::string(input));
  check(fuzz::patched(good, input));
  return 0;
}
