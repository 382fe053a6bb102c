// What the operator of a server decides: ports, paths, keys and limits; never a rule.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace api {

struct HttpLimits {
  std::size_t connections = 1'024;
  std::size_t requests_per_connection = 10'000;
  std::size_t header_bytes = 8'192;
  std::size_t bodies_bytes = 128ULL << 20;  // of all requests that are open at the same time
  std::size_t handler_threads = 2;
  std::chrono::milliseconds idle{60'000};    // between two requests
  std::chrono::milliseconds header{10'000};  // from its first byte to its last
  std::chrono::milliseconds body{30'000};
  std::chrono::milliseconds answer{60'000};  // until somebody answers
  std::chrono::milliseconds write{60'000};
  std::chrono::milliseconds drain{10'000};  // at a stop: for the requests that are open
};

struct CommitLimits {
  unsigned checkers = 0;        // threads that check signatures; 0: one a core
  std::size_t waiting = 4'096;  // submissions not yet answered
  std::size_t waiting_bytes = 64ULL << 20;
  std::size_t batch = 1'024;          // submissions that become durable together
  std::size_t views_behind = 16'384;  // entries that views may lack before admission waits
};

// Who vouches for the log beside its own key (spec/api.md, Witnesses).
struct WitnessSettings {
  std::filesystem::path policy;        // C2SP tlog-policy; empty: nobody is asked to cosign
  std::filesystem::path cosignatures;  // a file, for what the witnesses gave; needed with a policy
  std::vector<std::string> mirrors;    // addresses of copies of the log, asked at a start
  std::vector<std::string> held;       // types of events whose answers wait for the quorum
  std::chrono::milliseconds hold{10'000};    // at most so long
  std::chrono::milliseconds answer{10'000};  // for one exchange with a witness or mirror
  // After a failure, doubled with each further one, less at random, up to the longest.
  std::chrono::milliseconds first_pause{1'000}, longest_pause{300'000};
};

struct Config {
  std::string origin;                  // the log's name, as in "ledger.example/a6"
  std::filesystem::path data;          // the log: precious
  std::filesystem::path views;         // made from the log again where it is missing
  std::filesystem::path documents;     // files of public documents; empty: none are kept
  std::filesystem::path lock_slot;     // outside both directories, in no backup
  std::filesystem::path log_key;       // secret, PKCS#8 PEM
  std::filesystem::path next_log_key;  // secret, PKCS#8 PEM; empty: the log key signs alone
  std::filesystem::path service_key;   // secret, PKCS#8 PEM
  std::filesystem::path operator_key;  // public, PEM: the operator signs elsewhere
  std::filesystem::path state_key;     // secret, PEM: commits to the state; empty: nobody does
  std::chrono::milliseconds commit_state_every{1'000};
  std::string address = "127.0.0.1";
  std::uint16_t port = 8'080;            // 0: any free one
  std::size_t batch_lines = 1'000;       // of one POST /v1/events/batch
  std::size_t batch_bytes = 8ULL << 20;  // of its body
  HttpLimits http;
  CommitLimits commit;
  WitnessSettings witnesses;
};

// Reads a configuration file (TOML; spec/api.md names every key). Relative paths are relative to
// the file's directory. Fails with a sentence that begins "file:line: ".
[[nodiscard]] Told<Config> read_config(const std::filesystem::path& file);
// The same for a text that is already in memory; `name` is what sentences call it.
[[nodiscard]] Told<Config> parse_config(std::string_view text, const std::string& name,
                                        const std::filesystem::path& directory);

// Fails where no log is called so: what has another sign is no name in a verifier key or an
// address.
[[nodiscard]] Told<> check_origin(std::string_view origin);

// The keys that a server works with.
struct Keys {
  crypto::SecretKey log;                           // signs checkpoints only
  crypto::SecretKey service;                       // signs refusals only
  crypto::PublicKey operator_key;                  // signs events only, and not here
  std::optional<crypto::SecretKey> next_log = {};  // signs checkpoints beside the log key
  std::optional<crypto::SecretKey> state = {};     // the operator's: signs commitments to the state
};
// Reads the key files; fails where two of the keys are the same.
[[nodiscard]] Told<Keys> read_keys(const Config& config);

}  // namespace api
