#include "api/demo_stage.hpp"

#include <cstdlib>
#include <system_error>
#include <utility>

#include "api/itmo_files.hpp"
#include "api/key_file.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

Told<fs::path> fresh_directory(fs::path wanted, const fs::path& programs) {
  std::error_code error;
  if (!wanted.empty()) {
    fs::create_directories(wanted, error);
    if (error) return tell("cannot make " + wanted.string() + ": " + error.message());
    wanted = fs::canonical(wanted, error);
    if (error || !fs::is_empty(wanted, error)) {
      return tell(wanted.string() + " is not empty; give a new directory");
    }
    return wanted;
  }
  const fs::path parent = programs.parent_path() / "demonstrations";
  fs::create_directories(parent, error);
  std::string name = (parent / "DEMONSTRATION-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return tell("cannot make a directory in " + parent.string());
  return fs::path(name);
}

// `keys` is the folder of the key files, as seen from that of the configuration. `commits`: the
// operator's key signs commitments to the state.
std::string config_text(std::uint16_t port, const std::string& keys, bool commits) {
  return "# DEMONSTRATION – not a record of any government\n"
         "origin = \"" +
         std::string(origin) +
         "\"\n\n"
         "[paths]\n"
         "data = \"data\"            # the log\n"
         "views = \"views\"          # made from the log again where it is missing\n"
         "documents = \"DEMONSTRATION-documents\"  # files of public documents\n"
         "lock_slot = \"lock/slot\"  # in no backup\n\n"
         "[keys]\n"
         "log = \"" +
         keys +
         "/log.pem\"\n"
         "service = \"" +
         keys +
         "/service.pem\"\n"
         "operator = \"" +
         keys + "/operator.pub.pem\"\n" +
         (commits ? "state = \"" + keys + "/operator.pem\"  # commits to the state\n" : "") +
         "\n[listen]\n"
         "address = \"127.0.0.1\"\n"
         "port = " +
         std::to_string(port) + "\n";
}

Told<> make_folders(const Stage& stage) {
  std::error_code error;
  for (const fs::path& folder : {stage.keys, stage.directory / "lock"}) {
    fs::create_directory(folder, error);
    if (error) return tell("cannot make " + folder.string() + ": " + error.message());
  }
  fs::permissions(stage.keys, fs::perms::owner_all, error);
  return {};
}

}  // namespace

crypto::SecretKey KeyFiles::make(const std::string& name) {
  const fs::path secret = directory_ / (name + ".pem");
  crypto::SecretKey fresh = crypto::SecretKey::generate();
  note(write_secret_key(secret, fresh));
  note(write_public_key(directory_ / (name + ".pub.pem"), fresh.public_key()));
  Told<crypto::SecretKey> read = read_secret_key(secret);
  if (read) return std::move(*read);
  note(tell(read.error()));
  return fresh;
}

void KeyFiles::note(const Told<>& done) {
  if (!done && !trouble_) trouble_ = done.error();
}

Told<Stage> set_up(fs::path directory, const fs::path& programs, std::uint16_t port) {
  const Told<fs::path> made = fresh_directory(std::move(directory), programs);
  if (!made) return tell(made.error());
  auto files = std::make_unique<KeyFiles>(*made / "keys");
  KeyFiles& keys = *files;
  Stage stage{*made,
              *made / "keys",
              *made / "ledgerd.toml",
              *made / "log.vkey",
              {},
              {},
              std::move(files),
              story::Cast([&keys](const std::string& name) { return keys.make(name); })};
  if (Told<> done = make_folders(stage); !done) return tell(done.error());
  stage.acts = story::tell_everything(origin, stage.cast);
  for (const story::Act& act : stage.acts) {
    for (const std::string& signer : act.signers) (void)stage.cast.key(signer);
  }
  if (keys.trouble()) return tell(*keys.trouble());
  stage.vkey = crypto::make_verifier_key(origin, stage.cast.public_key("log"));
  const std::string vkey_line = crypto::format_vkey(stage.vkey) + '\n';
  if (Told<> done = itmo::write_file(stage.vkey_file, vkey_line); !done) return tell(done.error());
  if (Told<> done = itmo::write_file(stage.config, config_text(port, "keys", false)); !done) {
    return tell(done.error());
  }
  return stage;
}

Told<fs::path> set_up_other_server(const Stage& stage) {
  const fs::path directory = stage.directory / "DEMONSTRATION-other-server";
  std::error_code error;
  fs::create_directories(directory / "lock", error);
  if (error) return tell("cannot make " + directory.string() + ": " + error.message());
  fs::path config = directory / "ledgerd.toml";
  if (Told<> done = itmo::write_file(config, config_text(0, "../keys", false)); !done) {
    return tell(done.error());
  }
  return config;
}

Told<> configure_commitments(const Stage& stage, const fs::path& config, std::uint16_t port) {
  const fs::path keys = stage.keys.lexically_relative(config.parent_path());
  return itmo::write_file(config, config_text(port, keys.string(), true));
}

}  // namespace api::demo
