// itmo keygen, itmo key: keys as files, and what they are called.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "api/config.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "api/key_file.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/pem.hpp"

namespace api::itmo {
namespace {

namespace fs = std::filesystem;

void print_key(const crypto::PublicKey& key, const std::string& origin) {
  std::cout << "public key   " << hex_of(key) << "\nfingerprint  "
            << hex_of(crypto::key_fingerprint(key)) << '\n';
  if (!origin.empty()) {
    std::cout << "verifier key " << crypto::format_vkey(crypto::make_verifier_key(origin, key))
              << '\n';
  }
}

class Keygen final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("keygen", "Make a key: a secret file and a public one");
    sub->add_option("KEY.pem", secret_, "new file for the secret key (PKCS#8, mode 0600)")
        ->required();
    sub->add_option("--public", public_, "new file for the public key (default: KEY.pub.pem)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    fs::path pub = public_;
    if (pub.empty()) pub = fs::path(secret_).replace_extension(".pub.pem");
    std::error_code error;
    if (fs::exists(pub, error)) {
      return tell(pub.string() + " exists already; a key file is never overwritten");
    }
    const crypto::SecretKey key = crypto::SecretKey::generate();
    if (Told<> done = write_secret_key(secret_, key); !done) return tell(done.error());
    if (Told<> done = write_public_key(pub, key.public_key()); !done) return tell(done.error());
    std::cout << "secret key   " << secret_ << " (keep it; nobody can make it again)\n"
              << "public file  " << pub.string() << '\n';
    print_key(key.public_key(), "");
    return Exit::fine;
  }

  std::string secret_, public_;
};

class Key final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("key", "Print what a public key is called");
    sub->add_option("PUB.pem", key_, "public key file")->required();
    origin_given_ =
        sub->add_option("--origin", origin_, "also print the verifier key of a log of this name");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<crypto::PublicKey> key = public_key_of(key_);
    if (!key) return tell(key.error());
    if (origin_given_->count() > 0) {
      if (Told<> ok = check_origin(origin_); !ok) return tell(ok.error());
    }
    print_key(*key, origin_);
    return Exit::fine;
  }

  std::string key_, origin_;
  const CLI::Option* origin_given_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> keygen_command() {
  return std::make_unique<Keygen>();
}
std::unique_ptr<Command> key_command() {
  return std::make_unique<Key>();
}

}  // namespace api::itmo
