#include "api/config.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "api/http_client.hpp"
#include "api/key_file.hpp"
#include "crypto/text.hpp"
#include "ledger/event.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// Where a value goes, and which values may go there.
struct Number {
  std::size_t* place;
  std::int64_t least, most;
};
struct Seconds {
  milliseconds* place;
  std::int64_t most;
};
struct Port {
  std::uint16_t* place;
};
struct Texts {
  std::vector<std::string>* place;
};
struct Key {
  std::string_view section;  // empty: the file's beginning
  std::string_view name;
  std::variant<std::string*, fs::path*, Number, Seconds, Port, Texts> value;
  bool needed = false;
};

constexpr std::int64_t gigabyte = 1 << 30;

std::vector<Key> keys_of(Config& c) {
  HttpLimits& h = c.http;
  CommitLimits& m = c.commit;
  WitnessSettings& w = c.witnesses;
  return {
      {"", "origin", &c.origin, true},
      {"paths", "data", &c.data, true},
      {"paths", "views", &c.views, true},
      {"paths", "documents", &c.documents, false},
      {"paths", "lock_slot", &c.lock_slot, true},
      {"paths", "cosignatures", &w.cosignatures, false},
      {"keys", "log", &c.log_key, true},
      {"keys", "next_log", &c.next_log_key, false},
      {"keys", "service", &c.service_key, true},
      {"keys", "operator", &c.operator_key, true},
      {"keys", "state", &c.state_key, false},
      {"listen", "address", &c.address},
      {"listen", "port", Port{&c.port}},
      {"witnesses", "policy", &w.policy, false},
      {"witnesses", "mirrors", Texts{&w.mirrors}},
      {"witnesses", "hold", Texts{&w.held}},
      {"witnesses", "hold_seconds", Seconds{&w.hold, 600}},
      {"witnesses", "answer_seconds", Seconds{&w.answer, 600}},
      {"witnesses", "pause_seconds", Seconds{&w.longest_pause, 86'400}},
      {"limits", "connections", Number{&h.connections, 1, 100'000}},
      {"limits", "requests_per_connection", Number{&h.requests_per_connection, 1, gigabyte}},
      {"limits", "header_bytes", Number{&h.header_bytes, 1'024, 65'536}},
      {"limits", "bodies_bytes", Number{&h.bodies_bytes, 1 << 20, 64 * gigabyte}},
      {"limits", "handler_threads", Number{&h.handler_threads, 1, 256}},
      {"limits", "idle_seconds", Seconds{&h.idle, 3'600}},
      {"limits", "header_seconds", Seconds{&h.header, 600}},
      {"limits", "body_seconds", Seconds{&h.body, 600}},
      {"limits", "answer_seconds", Seconds{&h.answer, 600}},
      {"limits", "write_seconds", Seconds{&h.write, 3'600}},
      {"limits", "drain_seconds", Seconds{&h.drain, 600}},
      {"limits", "batch_lines", Number{&c.batch_lines, 1, 100'000}},
      {"limits", "batch_bytes", Number{&c.batch_bytes, 65'536, gigabyte}},
      {"limits", "waiting", Number{&m.waiting, 1, 1'000'000}},
      {"limits", "waiting_bytes", Number{&m.waiting_bytes, 65'536, 64 * gigabyte}},
      {"limits", "commit_together", Number{&m.batch, 1, 100'000}},
      {"limits", "state_seconds", Seconds{&c.commit_state_every, 86'400}},
      {"limits", "views_behind", Number{&m.views_behind, 1, 10'000'000}},
  };
}

// Reads one file's table into a Config.
class Reader {
 public:
  Reader(std::string name, fs::path directory)
      : name_(std::move(name)), directory_(std::move(directory)) {}

  Told<Config> read(const toml::table& table) {
    Config config;
    std::vector<Key> keys = keys_of(config);
    if (auto ok = read_section(keys, "", table); !ok) return tell(std::move(ok).error());
    for (const Key& key : keys) {
      if (key.needed) return tell(name_ + ": " + full_name(key) + " is missing.");
    }
    if (auto ok = check(config); !ok) return tell(std::move(ok).error());
    return config;
  }

 private:
  static std::string full_name(const Key& key) {
    return (key.section.empty() ? "" : std::string(key.section) + ".") + std::string(key.name);
  }

  [[nodiscard]] tl::unexpected<std::string> at(const toml::node& node, std::string what) const {
    return tell(name_ + ":" + std::to_string(node.source().begin.line) + ": " + std::move(what));
  }

  Told<> read_section(std::vector<Key>& keys, std::string_view section, const toml::table& table) {
    for (const auto& [name, node] : table) {
      const toml::table* inner = node.as_table();
      if (section.empty() && inner != nullptr && is_section(keys, name.str())) {
        if (auto ok = read_section(keys, name.str(), *inner); !ok) return ok;
        continue;
      }
      const auto key = std::find_if(keys.begin(), keys.end(), [&, &wanted = name](const Key& each) {
        return each.section == section && each.name == wanted.str();
      });
      if (key == keys.end()) {
        const std::string in = section.empty() ? "" : " in [" + std::string(section) + "]";
        return at(node, "`" + std::string(name.str()) + "`" + in +
                            " is not a setting of this "
                            "server.");
      }
      const toml::node& value = node;  // clang captures no structured binding
      if (auto ok = std::visit([&](auto& to) { return set(value, to, *key); }, key->value); !ok) {
        return ok;
      }
      key->needed = false;
    }
    return {};
  }

  static bool is_section(const std::vector<Key>& keys, std::string_view name) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const Key& key) { return key.section == name; });
  }

  Told<> set(const toml::node& node, std::string* to, const Key& key) const {
    const auto text = node.value_exact<std::string>();
    if (!text || text->empty()) return at(node, full_name(key) + " is a text in quotes.");
    *to = *text;
    return {};
  }

  Told<> set(const toml::node& node, fs::path* to, const Key& key) const {
    std::string text;
    if (auto ok = set(node, &text, key); !ok) return ok;
    const fs::path path = directory_ / text;
    std::error_code error;
    *to = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error)
      return at(node, full_name(key) + ": " + path.string() + ": " + error.message() + ".");
    return {};
  }

  Told<std::int64_t> number(const toml::node& node, std::int64_t least, std::int64_t most,
                            const Key& key) const {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return *value;
    return at(node, full_name(key) + " is a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most) + ".");
  }

  Told<> set(const toml::node& node, const Number& to, const Key& key) const {
    const auto value = number(node, to.least, to.most, key);
    if (!value) return tell(value.error());
    *to.place = static_cast<std::size_t>(*value);
    return {};
  }

  Told<> set(const toml::node& node, const Seconds& to, const Key& key) const {
    const auto value = number(node, 1, to.most, key);
    if (!value) return tell(value.error());
    *to.place = std::chrono::seconds(*value);
    return {};
  }

  Told<> set(const toml::node& node, const Port& to, const Key& key) const {
    const auto value = number(node, 0, 65'535, key);
    if (!value) return tell(value.error());
    *to.place = static_cast<std::uint16_t>(*value);
    return {};
  }

  Told<> set(const toml::node& node, const Texts& to, const Key& key) const {
    const toml::array* list = node.as_array();
    if (list == nullptr) return at(node, full_name(key) + " is a list of texts in quotes.");
    for (const toml::node& each : *list) {
      std::string text;
      if (auto ok = set(each, &text, key); !ok) return ok;
      to.place->push_back(std::move(text));
    }
    return {};
  }

  // Whether `path` is `directory` or lies below it. Both are canonical.
  static bool is_inside(const fs::path& path, const fs::path& directory) {
    const auto [in_directory, in_path] =
        std::mismatch(directory.begin(), directory.end(), path.begin(), path.end());
    return in_directory == directory.end();
  }

  Told<> check(const Config& config) const {
    if (Told<> ok = check_origin(config.origin); !ok) return tell(name_ + ": " + ok.error());
    if (is_inside(config.views, config.data) || is_inside(config.data, config.views)) {
      return tell(name_ +
                  ": paths.data and paths.views are two directories, neither inside the "
                  "other: the views may be deleted at any time.");
    }
    for (const fs::path& directory : {config.data, config.views}) {
      if (!is_inside(config.lock_slot, directory)) continue;
      return tell(name_ + ": paths.lock_slot lies inside " + directory.string() +
                  ". The lock slot is what tells a restored backup from the newest log, so it "
                  "stands elsewhere and is in no backup.");
    }
    for (const fs::path& directory : {config.data, config.views}) {
      const bool apart = config.documents.empty() || (!is_inside(config.documents, directory) &&
                                                      !is_inside(directory, config.documents));
      if (apart) continue;
      return tell(name_ + ": paths.documents and " + directory.string() +
                  " are two directories, neither inside the other.");
    }
    if (auto ok = check_witnesses(config); !ok) return ok;
    if (config.batch_lines > config.commit.waiting ||
        config.batch_bytes > std::min(config.commit.waiting_bytes, config.http.bodies_bytes)) {
      return tell(name_ +
                  ": a batch of limits.batch_lines and limits.batch_bytes must fit into "
                  "limits.waiting, limits.waiting_bytes and limits.bodies_bytes.");
    }
    return {};
  }

  Told<> check_witnesses(const Config& config) const {
    const WitnessSettings& witnesses = config.witnesses;
    if (witnesses.policy.empty() != witnesses.cosignatures.empty()) {
      return tell(name_ +
                  ": witnesses.policy and paths.cosignatures belong together: who is asked to "
                  "cosign, and the file in which that is kept.");
    }
    for (const fs::path& directory : {config.data, config.views}) {
      if (witnesses.cosignatures.empty() || !is_inside(witnesses.cosignatures, directory)) continue;
      return tell(name_ + ": paths.cosignatures lies inside " + directory.string() +
                  ", which belongs to the database.");
    }
    for (const fs::path* other :
         {&config.lock_slot, &witnesses.policy, &config.log_key, &config.next_log_key,
          &config.service_key, &config.operator_key, &config.state_key}) {
      if (witnesses.cosignatures.empty() || witnesses.cosignatures != *other) continue;
      return tell(name_ + ": paths.cosignatures is a file of its own, and " + other->string() +
                  " is another one, which it would replace.");
    }
    for (const std::string& mirror : witnesses.mirrors) {
      if (auto ok = parse_server_address(mirror); !ok) {
        return tell(name_ + ": witnesses.mirrors: " + ok.error() + ".");
      }
    }
    const auto& types = ledger::event_types();
    for (const std::string& type : witnesses.held) {
      if (std::find(types.begin(), types.end(), type) == types.end()) {
        return tell(name_ + ": witnesses.hold: `" + type + "` is no type of event.");
      }
    }
    if (!witnesses.held.empty() && witnesses.policy.empty()) {
      return tell(name_ +
                  ": witnesses.hold waits for the quorum of witnesses.policy, which is missing.");
    }
    if (!witnesses.held.empty() && witnesses.hold >= config.http.answer) {
      return tell(name_ +
                  ": witnesses.hold_seconds is less than limits.answer_seconds, so that whoever "
                  "waits is answered.");
    }
    return {};
  }

  const std::string name_;
  const fs::path directory_;
};

}  // namespace

Told<Config> parse_config(std::string_view text, const std::string& name,
                          const fs::path& directory) {
  try {
    return Reader(name, directory).read(toml::parse(text, name));
  } catch (const toml::parse_error& error) {  // how that library says that a text is no TOML
    return tell(name + ":" + std::to_string(error.source().begin.line) + ": " +
                std::string(error.description()) +
                ". Every line is a [section] or name = value, and a text stands in quotes.");
  }
}

Told<Config> read_config(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  if (!in.is_open() || (text.fail() && errno != 0)) {  // an empty file fails too, and is no error
    return tell("Cannot read the configuration " + file.string() + ": " +
                std::generic_category().message(errno) +
                ". Its settings are in spec/api.md; README has one to begin with.");
  }
  return parse_config(text.str(), file.string(), fs::absolute(file).parent_path());
}

Told<> check_origin(std::string_view origin) {
  const bool plain = std::all_of(origin.begin(), origin.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("./_-").find(c) != std::string_view::npos;
  });
  if (plain && !origin.empty() && origin.size() <= 255 && origin.back() != '/') return {};
  return tell(
      "origin is the address of the log without scheme and last slash, of lower-case letters, "
      "digits and . / _ - alone.");
}

namespace {

struct NamedKey {
  std::string_view name;  // in the configuration
  crypto::PublicKey key;
};

// Which two are the same, and what to do; empty where all differ.
std::string check_different(const std::vector<NamedKey>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (keys[i].key != keys[j].key) continue;
      return std::string(keys[j].name) + " and " + std::string(keys[i].name) +
             " are the same key, and each setting has its own: a signature by one must never pass "
             "for another's. A new key is made with: openssl genpkey -algorithm ed25519 -out FILE. "
             "Where keys.next_log has become keys.log, leave it out.";
    }
  }
  return {};
}

}  // namespace

Told<Keys> read_keys(const Config& config) {
  auto log = read_secret_key(config.log_key);
  if (!log) return tell(std::move(log).error());
  auto service = read_secret_key(config.service_key);
  if (!service) return tell(std::move(service).error());
  const auto operator_key = read_public_key(config.operator_key);
  if (!operator_key) return tell(operator_key.error());
  Keys keys{std::move(*log), std::move(*service), *operator_key};
  if (!config.next_log_key.empty()) {
    auto next = read_secret_key(config.next_log_key);
    if (!next) return tell(std::move(next).error());
    keys.next_log = std::move(*next);
  }
  std::vector<NamedKey> named{{"keys.log", keys.log.public_key()},
                              {"keys.service", keys.service.public_key()}};
  if (keys.next_log) named.push_back({"keys.next_log", keys.next_log->public_key()});
  named.push_back({"keys.operator", keys.operator_key});
  if (auto same = check_different(named); !same.empty()) return tell(std::move(same));
  if (config.state_key.empty()) return keys;
  auto state = read_secret_key(config.state_key);
  if (!state) return tell(std::move(state).error());
  // It may be the operator's: both sign events.
  named.back() = {"keys.state", state->public_key()};
  if (auto same = check_different(named); !same.empty()) return tell(std::move(same));
  keys.state = std::move(*state);
  return keys;
}

}  // namespace api
