#include "api/itmo_files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

#include "api/key_file.hpp"
#include "crypto/text.hpp"

namespace api::itmo {
namespace {

Told<std::string> read_all(std::istream& in, const std::string& name) {
  std::string bytes(longest_file + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return tell("cannot read " + name);
  if (bytes.size() > longest_file) {
    return tell(name + " is longer than " + std::to_string(longest_file) + " bytes");
  }
  return bytes;
}

}  // namespace

Told<std::string> read_file(const std::filesystem::path& file) {
  if (file == "-") return read_all(std::cin, "standard input");
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return tell(file.string() + " is a directory");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return tell("cannot open " + file.string() + ": " + std::strerror(errno));
  return read_all(in, file.string());
}

Told<> write_file(const std::filesystem::path& file, std::string_view bytes) {
  if (file.empty() || file == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
    return std::cout ? Told<>{} : tell("cannot write to standard output");
  }
  const std::filesystem::path fresh = file.string() + ".new";
  errno = 0;
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code error;
  if (!out) {
    const std::string reason = std::strerror(errno);
    std::filesystem::remove(fresh, error);
    return tell("cannot write " + file.string() + ": " + reason);
  }
  std::filesystem::rename(fresh, file, error);
  if (error) return tell("cannot write " + file.string() + ": " + error.message());
  return {};
}

Told<crypto::PublicKey> public_key_of(const std::string& hex_or_file) {
  if (const auto bytes = crypto::from_hex(hex_or_file)) {
    if (const auto key = crypto::PublicKey::from(*bytes)) return *key;
  }
  return read_public_key(hex_or_file);
}

}  // namespace api::itmo
