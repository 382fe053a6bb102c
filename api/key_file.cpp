#include "api/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/descriptor.hpp"
#include "crypto/pem.hpp"

namespace api {
namespace {

constexpr std::size_t longest_file = 16'384;

// Text that is overwritten with zeros at the end, as far as its one buffer goes.
class SecretText {
 public:
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() { crypto::wipe(text_); }
  [[nodiscard]] std::string& text() { return text_; }

 private:
  std::string text_;
};

// Fills `text` in place, so that no copy of a secret is left in a buffer that grew.
Told<> read_into(std::string& text, const Descriptor& in, const std::filesystem::path& file) {
  text.resize(longest_file);
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(in.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_says(file, "read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == longest_file) return tell(file.string() + " is too long for a key file.");
  text.resize(size);
  return {};
}

Told<> check_owner_only(const Descriptor& in, const std::filesystem::path& file) {
  struct stat status {};
  if (::fstat(in.number(), &status) != 0) return system_says(file, "look at");
  if (!S_ISREG(status.st_mode)) return tell(file.string() + " is not a regular file.");
  if (status.st_uid != ::geteuid()) {
    return tell(file.string() +
                " belongs to another user. A secret key file belongs to the user who uses it.");
  }
  const mode_t mode = status.st_mode & 07777;
  if (mode != 0600 && mode != 0400) {
    return tell(file.string() +
                " can be reached by others than its owner, or is not a plain file. "
                "Run: chmod 600 '" +
                file.string() + "'");
  }
  return {};
}

Told<> write_all(const Descriptor& out, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t put = ::write(out.number(), text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_says(file, "write");
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

// The new name is durable only when its directory is.
Told<> sync_directory_of(const std::filesystem::path& file) {
  const std::filesystem::path parent = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open() || ::fsync(directory.number()) != 0) return system_says(parent, "sync");
  return {};
}

Told<> write_new(const std::filesystem::path& file, std::string_view text, mode_t mode) {
  const Descriptor out(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!out.is_open()) {
    if (errno == EEXIST) {
      return tell(file.string() +
                  " exists already; a file with a key or a secret is never overwritten.");
    }
    return system_says(file, "make");
  }
  if (auto ok = write_all(out, text, file); !ok) return ok;
  if (::fsync(out.number()) != 0) return system_says(file, "sync");
  return sync_directory_of(file);
}

}  // namespace

Told<crypto::SecretKey> read_secret_key(const std::filesystem::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!in.is_open()) return system_says(file, "open");
  if (auto ok = check_owner_only(in, file); !ok) return tell(std::move(ok).error());
  SecretText pem{std::string()};
  if (auto ok = read_into(pem.text(), in, file); !ok) return tell(std::move(ok).error());
  std::optional<crypto::SecretKey> key = crypto::parse_private_pem(pem.text());
  if (!key) {
    return tell(file.string() +
                " is not an unencrypted Ed25519 secret key in PKCS#8 PEM. Make one "
                "with: openssl genpkey -algorithm ed25519 -out FILE");
  }
  return std::move(*key);
}

Told<> write_secret_key(const std::filesystem::path& file, const crypto::SecretKey& key) {
  SecretText pem(crypto::format_private_pem(key));
  return write_new(file, pem.text(), 0600);
}

Told<> write_private_file(const std::filesystem::path& file, std::string_view text) {
  return write_new(file, text, 0600);
}

Told<crypto::PublicKey> read_public_key(const std::filesystem::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!in.is_open()) return system_says(file, "open");
  std::string pem;
  if (auto ok = read_into(pem, in, file); !ok) return tell(std::move(ok).error());
  const std::optional<crypto::PublicKey> key = crypto::parse_public_pem(pem);
  if (!key) {
    return tell(file.string() +
                " is not an Ed25519 public key in PEM. Make one with: openssl pkey "
                "-in SECRET -pubout -out FILE");
  }
  return *key;
}

Told<> write_public_key(const std::filesystem::path& file, const crypto::PublicKey& key) {
  return write_new(file, crypto::format_public_pem(key), 0644);
}

}  // namespace api
