// itmo document hash, check: what an event says of a file, and the secret of its title.
#include "api/itmo_document_command.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/document_store.hpp"
#include "api/itmo_draft.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_secret.hpp"
#include "api/itmo_wording.hpp"
#include "crypto/text.hpp"
#include "ledger/documents.hpp"
#include "ledger/time.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;  // members in order of their names: canonical

constexpr std::size_t longest_title = 256;  // bytes, as any text of an event

std::optional<crypto::Hash> hash_of(const std::string& hex) {
  const auto raw = crypto::from_hex(hex);
  return raw ? crypto::Hash::from(*raw) : std::nullopt;
}

// Every commitment to a title that stands beside that hash of a document, wherever in the event.
void collect(const Json& value, const std::string& sha256, std::vector<std::string>& titles) {
  if (value.is_object()) {
    const auto hash = value.find("sha256");
    const auto title = value.find("title");
    const bool is_it = hash != value.end() && *hash == sha256 && title != value.end();
    if (is_it && title->is_string()) titles.push_back(title->get<std::string>());
  }
  if (!value.is_structured()) return;
  for (const Json& member : value) collect(member, sha256, titles);
}

Told<crypto::Hash> commitment_in(const std::string& file, const crypto::Hash& sha256) {
  const Told<Draft> draft = read_draft(file);
  if (!draft) return tell(draft.error());
  std::vector<std::string> titles;
  collect(Json::parse(draft->bytes, nullptr, false), hex_of(sha256), titles);
  if (titles.empty()) {
    return tell("the event in " + file + " names no document with SHA-256 " + hex_of(sha256));
  }
  const auto first = hash_of(titles.front());
  if (!first) return tell("the event in " + file + " commits to no title");
  return *first;
}

}  // namespace

// ---- hash ----

void DocumentHash::add_to(CLI::App& group, Choice& choice) {
  CLI::App* sub = group.add_subcommand(
      "hash", "Describe a file for an event, and keep its title and salt in a secret file");
  sub->add_option("FILE", file_, "the whole document")->required();
  sub->add_option("--title", title_, "its title: stands in no event, only a commitment does")
      ->required();
  sub->add_option("--kind", kind_, "what it is, as \"letter of authorization\"")->required();
  sub->add_option("--language", language_, "as en (default), fr, pt-BR");
  sub->add_option("--media", media_, "media type (default: application/pdf)");
  sub->add_option("--secret", secret_, "new file for title and salt (default: FILE.title.json)");
  auto* redacted = sub->add_option("--redacted", redacted_, "the version that may be read");
  auto* confidential = sub->add_flag("--confidential", confidential_, "nothing of it may be read")
                           ->excludes(redacted);
  (void)confidential;
  sub->add_option("--basis", basis_, "why it is not public");
  sub->add_option("--by", by_, "who decided that");
  sub->add_option("--since", since_, "since when, as 2027-02-20");
  sub->callback([&] { choice = [this] { return run(); }; });
}

Told<Exit> DocumentHash::run() const {
  const bool withheld = confidential_ || !redacted_.empty();
  if (title_.empty() || title_.size() > longest_title) {
    return tell("a title has 1 to 256 bytes");
  }
  if (withheld != !basis_.empty() || withheld != !by_.empty() || withheld != !since_.empty()) {
    return tell(withheld ? "what is not public says why (--basis), who decided that (--by) and "
                           "since when (--since)"
                         : "--basis, --by and --since are of documents that are --redacted or "
                           "--confidential");
  }
  if (withheld && !ledger::parse_date(since_)) return tell("--since is a day, as 2027-02-20");
  const Told<replay::PublicFile> whole = hash_file(file_);
  if (!whole) return tell(whole.error());
  const TitleSecret secret{whole->sha256, {new_salt(), title_}};
  Json document{{"access", confidential_ ? "confidential"
                           : withheld    ? "redacted"
                                         : "public"},
                {"kind", kind_},
                {"language", language_},
                {"media", media_},
                {"sha256", hex_of(whole->sha256)},
                {"size", whole->size},
                {"title", hex_of(ledger::commitment_of(secret.title))}};
  if (withheld) {
    document["basis"] = basis_;
    document["by"] = by_;
    document["since"] = since_;
  }
  if (!redacted_.empty()) {
    const Told<replay::PublicFile> copy = hash_file(redacted_);
    if (!copy) return tell(copy.error());
    if (copy->sha256 == whole->sha256) {
      return tell(redacted_ + " is the whole document: nothing of it is redacted");
    }
    document["public"] = {{"sha256", hex_of(copy->sha256)}, {"size", copy->size}};
  }
  const std::string file = secret_.empty() ? file_ + ".title.json" : secret_;
  if (Told<> kept = write_secret(file, secret); !kept) return tell(kept.error());
  std::cout << document.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  std::cerr << "Title and salt are in " << file
            << " alone: keep it. Without it nobody can ever show the title.\n";
  return Exit::fine;
}

// ---- check ----

void DocumentCheck::add_to(CLI::App& group, Choice& choice) {
  CLI::App* sub = group.add_subcommand(
      "check", "Show offline whether a title is the one that a log commits to");
  auto* secret = sub->add_option("SECRET", secret_, "file of `itmo document hash`");
  sub->add_option("--salt", salt_, "instead of it: the salt, 64 hex digits")->excludes(secret);
  sub->add_option("--title", title_, "and the title")->excludes(secret);
  auto* commitment =
      sub->add_option("--commitment", commitment_, "what the log says, 64 hex digits");
  sub->add_option("--entry", entry_, "event, entry or receipt that names the document")
      ->excludes(commitment);
  sub->callback([&] { choice = [this] { return run(); }; });
}

Told<Exit> DocumentCheck::run() const {
  TitleSecret secret;
  if (!secret_.empty()) {
    Told<TitleSecret> read = read_secret(secret_);
    if (!read) return tell(read.error());
    secret = std::move(*read);
  } else {
    const auto salt = hash_of(salt_);
    if (!salt || title_.empty()) {
      return tell("give the secret file, or --salt (64 lower-case hex digits) and --title");
    }
    secret.title = {*salt, title_};
  }
  std::optional<crypto::Hash> wanted = hash_of(commitment_);
  if (!entry_.empty()) {
    if (secret_.empty()) return tell("--entry needs the secret file, which names the document");
    const Told<crypto::Hash> found = commitment_in(entry_, secret.sha256);
    if (!found) return tell(found.error());
    wanted = *found;
  }
  if (!wanted) return tell("give --commitment, 64 lower-case hex digits, or --entry");
  const crypto::Hash made = ledger::commitment_of(secret.title);
  const bool holds = made == *wanted;
  std::cout << (holds ? "HOLDS. " : "DOES NOT HOLD. ") << "The title " << quoted(secret.title.value)
            << " with this salt is committed to by\n  " << hex_of(made) << '\n';
  if (!holds)
    std::cout << "The log commits to another title, or with another salt:\n  " << hex_of(*wanted)
              << '\n';
  return holds ? Exit::fine : Exit::refused;
}

// ---- the group ----

namespace {

class DocumentCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* group =
        program.add_subcommand("document", "Describe, keep and check documents of events");
    group->require_subcommand(1);
    hash_.add_to(*group, choice);
    check_.add_to(*group, choice);
    add_.add_to(*group, choice);
    export_.add_to(*group, choice);
  }

 private:
  DocumentHash hash_;
  DocumentCheck check_;
  DocumentAdd add_;
  DocumentExport export_;
};

}  // namespace

std::unique_ptr<Command> document_command() {
  return std::make_unique<DocumentCommand>();
}

}  // namespace api::itmo
