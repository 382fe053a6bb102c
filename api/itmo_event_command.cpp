// itmo event: make an event, write what is signed, and collect signatures.
#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "api/itmo_commands.hpp"
#include "api/itmo_draft.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "crypto/envelope.hpp"
#include "ledger/codec.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

ledger::Timestamp now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

// A body as a person wrote it, in any order and with any white space. A member that stands twice is
// refused: two readers would take different ones.
Told<Json> parse_body(const std::string& text) {
  std::vector<std::set<std::string>> open;
  std::string twice;
  const auto look = [&](int, Json::parse_event_t what, Json& value) {
    if (what == Json::parse_event_t::object_start) open.emplace_back();
    if (what == Json::parse_event_t::object_end) open.pop_back();
    if (what == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second) {
      twice = value.get<std::string>();
    }
    return true;
  };
  Json body = Json::parse(text, look, false);
  if (body.is_discarded() || !body.is_object()) return tell("the body is not a JSON object");
  if (!twice.empty()) return tell("the body has the member \"" + twice + "\" twice");
  return body;
}

// An id of one's own without asking anybody: sixteen random hex digits behind the type.
std::string fresh_id(const std::string& type) {
  std::random_device random;
  std::string id = type + '-';
  for (int i = 0; i < 16; ++i) id += "0123456789abcdef"[random() % 16];
  return id;
}

class Make {
 public:
  void add_to(CLI::App& group, Choice& choice) {
    CLI::App* sub = group.add_subcommand("make", "Make an event from its body");
    sub->add_option("--ledger", ledger_, "name of the ledger it is for")->required();
    sub->add_option("--type", type_, "as units.transferred; spec/events.md lists them")->required();
    sub->add_option("--body", body_, "JSON file with the body; - reads standard input")->required();
    sub->add_option("--id", id_, "the event's own id (default: type and random digits)");
    sub->add_option("--date", date_, "day of the act, as 2027-02-20 (default: today, UTC)");
    sub->add_option(
        "--expires", expires_,
        "last moment at which it may be recorded, as 2027-03-20T12:00:00.000Z; needed where "
        "several sign");
    sub->add_option("--out", out_, "file for the event (default: standard output)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<std::string> text = read_file(body_);
    if (!text) return tell(text.error());
    const Told<Json> body = parse_body(*text);
    if (!body) return tell(body_ + ": " + body.error());
    Json event{{"body", *body},
               {"date", date_.empty() ? format_date(ledger::date_of(now())) : date_},
               {"id", id_.empty() ? fresh_id(type_) : id_},
               {"ledger", ledger_},
               {"type", type_}};
    if (!expires_.empty()) event["expires"] = expires_;
    const std::string bytes = event.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (const ledger::Result<ledger::Event> read = ledger::decode_event(bytes); !read) {
      std::cerr << "itmo: this is no event of the ledger: " << sentence_of(read.error()) << '\n';
      return Exit::refused;
    }
    if (Told<> written = write_file(out_, bytes); !written) return tell(written.error());
    return Exit::fine;
  }

  std::string ledger_, type_, body_, id_, date_, expires_, out_;
};

class Pae {
 public:
  void add_to(CLI::App& group, Choice& choice) {
    CLI::App* sub = group.add_subcommand(
        "pae", "Write the exact bytes to sign with: openssl pkeyutl -sign -rawin");
    sub->add_option("EVENT", event_, "event, submission, entry or receipt")->required();
    sub->add_option("--out", out_, "file for the bytes (default: standard output)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<Draft> draft = read_draft(event_);
    if (!draft) return tell(draft.error());
    const std::string bytes = crypto::pae(crypto::event_type, draft->bytes);
    if (Told<> written = write_file(out_, bytes); !written) return tell(written.error());
    return Exit::fine;
  }

  std::string event_, out_;
};

Told<Exit> write_submission(const Draft& draft, const std::string& out) {
  if (Told<> written = write_file(out, submission_of(draft)); !written) {
    return tell(written.error());
  }
  return Exit::fine;
}

class Attach {
 public:
  void add_to(CLI::App& group, Choice& choice) {
    CLI::App* sub = group.add_subcommand("attach", "Put a signature made elsewhere on an event");
    sub->add_option("EVENT", event_, "event, or submission with other signatures")->required();
    sub->add_option("--key", keys_, "public key: PEM file or 64 hex digits")->required();
    sub->add_option("--sig", signatures_, "file with the 64 bytes of its signature")->required();
    sub->add_option("--out", out_, "file for the submission (default: standard output)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    Told<Draft> draft = read_draft(event_);
    if (!draft) return tell(draft.error());
    if (keys_.size() != signatures_.size()) return tell("give one --sig for each --key");
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const Told<crypto::PublicKey> key = public_key_of(keys_[i]);
      if (!key) return tell(key.error());
      const Told<std::string> bytes = read_file(signatures_[i]);
      if (!bytes) return tell(bytes.error());
      const auto signature = crypto::Signature::from(*bytes);
      if (!signature) {
        return tell(signatures_[i] + " has " + std::to_string(bytes->size()) +
                    " bytes; a signature has 64");
      }
      if (Told<> added = add_signature(*draft, {*key, *signature}); !added) {
        std::cerr << "itmo: " << signatures_[i] << ": " << added.error() << '\n';
        return Exit::refused;
      }
    }
    return write_submission(*draft, out_);
  }

  std::string event_, out_;
  std::vector<std::string> keys_, signatures_;
};

class Join {
 public:
  void add_to(CLI::App& group, Choice& choice) {
    CLI::App* sub = group.add_subcommand("join", "Join signatures that several people sent back");
    sub->add_option("SUBMISSION", files_, "submissions of the same event")->required();
    sub->add_option("--out", out_, "file for the submission (default: standard output)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    Told<Draft> joined = read_draft(files_.front());
    if (!joined) return tell(joined.error());
    for (const std::string& file : files_) {
      const Told<Draft> next = read_draft(file);
      if (!next) return tell(next.error());
      if (next->bytes != joined->bytes) {
        return tell(file + " is another event than " + files_.front() +
                    ": everybody must sign the same bytes");
      }
      for (const crypto::KeySignature& signature : next->signatures) {
        if (Told<> added = add_signature(*joined, signature); !added) {
          std::cerr << "itmo: " << file << ": " << added.error() << '\n';
          return Exit::refused;
        }
      }
    }
    if (joined->signatures.empty()) return tell("none of the files has a signature");
    return write_submission(*joined, out_);
  }

  std::vector<std::string> files_;
  std::string out_;
};

class EventCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* group = program.add_subcommand("event", "Make events and collect signatures");
    group->require_subcommand(1);
    make_.add_to(*group, choice);
    pae_.add_to(*group, choice);
    attach_.add_to(*group, choice);
    join_.add_to(*group, choice);
  }

 private:
  Make make_;
  Pae pae_;
  Attach attach_;
  Join join_;
};

}  // namespace

std::unique_ptr<Command> event_command() {
  return std::make_unique<EventCommand>();
}

}  // namespace api::itmo
