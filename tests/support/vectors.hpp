// The JSON vectors of spec/vectors, and those that may lie beside the checkout.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace test_support {

using Json = nlohmann::json;

// spec/vectors/<name>.json, read once; valid for the life of the process. A failed assertion and
// null where it cannot be read.
[[nodiscard]] const Json& vectors(const std::string& name);

// The names of the files in a folder of spec/vectors, as the above takes them, ascending.
[[nodiscard]] std::vector<std::string> vector_files_in(const std::string& folder);

// A file of the outside vectors, ../shared/vectors beside the checkout; nothing where it is absent.
// They are a second opinion: no test that the ledger needs rests on them.
[[nodiscard]] std::optional<Json> outside_vectors(const std::string& file);
inline constexpr const char* no_outside_vectors =
    "the outside vectors do not lie beside this checkout";

// Bytes of a hex string, of any length and case; a failed assertion where it is not hex.
[[nodiscard]] std::string bytes_of(std::string_view hex);
// The same of a fixed length; zero and a failed assertion where the length is another one.
[[nodiscard]] crypto::Hash hash_of(std::string_view hex);
[[nodiscard]] crypto::PublicKey key_of(std::string_view hex);
[[nodiscard]] std::vector<crypto::Hash> hashes_of(const Json& array);

}  // namespace test_support
