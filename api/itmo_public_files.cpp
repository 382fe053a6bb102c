#include "api/itmo_public_files.hpp"

#include <algorithm>
#include <cstdint>
#include <iostream>

#include "api/document_store.hpp"
#include "api/itmo_wording.hpp"
#include "replay/audit.hpp"
#include "replay/documents.hpp"

namespace api::itmo {
namespace {

using replay::Fetched;

constexpr std::int64_t longest_document = 1LL << 30;  // bytes; one is held in memory

// A ledger's server has its files under /v1/, a directory of files has them beside its checkpoint.
Fetched fetch(const HttpBundle& server, const replay::PublicFile& file) {
  const auto most = static_cast<std::size_t>(std::min(longest_document, file.size));
  Fetched found = server.file("/v1/documents/" + hex_of(file.sha256), most);
  if (found.outcome != Fetched::Outcome::absent) return found;
  return server.file("/documents/" + hex_of(file.sha256), most);
}

// Fetches files into a store and counts what came of each.
class Files {
 public:
  Files(const HttpBundle& server, const DocumentStore& store) : server_(server), store_(store) {}

  Told<> take(const replay::PublicFile& file) {
    if (is_here(file)) {
      ++here_;
      return {};
    }
    if (file.size > longest_document) {
      return give_up(missing_, "TOO LARGE  ", file,
                     number(file.size) + " bytes; at most 1 GiB is fetched of a file");
    }
    const Fetched found = fetch(server_, file);
    if (found.outcome == Fetched::Outcome::unreadable) return tell(found.reason);
    if (found.outcome == Fetched::Outcome::absent) return give_up(missing_, "NOT THERE  ", file);
    if (found.bytes.size() > static_cast<std::size_t>(file.size)) {
      return give_up(wrong_, "DIFFERS    ", file,
                     "it is longer than the " + number(file.size) + " bytes that the log names");
    }
    Told<> kept = store_.put_bytes(found.bytes, file);
    if (!kept) return give_up(wrong_, "DIFFERS    ", file, kept.error());
    ++fetched_;
    return {};
  }

  // Whether all are there.
  bool conclude(const std::filesystem::path& directory) const {
    std::cout << counted(here_ + fetched_, "public file") << " in " << directory.string()
              << "/documents, each compared with its hash; " << fetched_ << " fetched now, "
              << missing_ << " not kept by the server, " << wrong_ << " other than the log says.\n";
    return missing_ + wrong_ == 0;
  }

 private:
  bool is_here(const replay::PublicFile& file) const {
    if (!store_.has(file)) return false;
    const Told<replay::PublicFile> found = hash_file(store_.path_of(file.sha256));
    return found && *found == file;
  }
  static Told<> give_up(std::size_t& count, const char* what, const replay::PublicFile& file,
                        const std::string& why = {}) {
    ++count;
    std::cout << what << hex_of(file.sha256) << (why.empty() ? "" : ": ") << why << '\n';
    return {};
  }

  const HttpBundle& server_;
  const DocumentStore& store_;
  std::size_t here_ = 0, fetched_ = 0, missing_ = 0, wrong_ = 0;
};

}  // namespace

Told<Exit> fetch_public_files(const std::filesystem::path& directory,
                              const crypto::LogKeys& log_keys, const HttpBundle& server) {
  replay::Documents named;
  replay::Workers workers(replay::Workers::cores());
  const replay::AuditReport audit = replay::audit(
      replay::DirectoryBundle(directory), log_keys, {}, workers, {},
      [&](const ledger::Entry&, const ledger::Effects& effects) { named.take(effects); });
  if (audit.verdict == replay::AuditReport::Verdict::could_not_run) return tell(audit.problem);
  if (audit.verdict == replay::AuditReport::Verdict::invalid) {
    std::cout << replay::describe(audit) << "No files are fetched for a log that does not hold.\n";
    return Exit::refused;
  }
  const DocumentStore store(directory / "documents");
  Files files(server, store);
  for (const replay::PublicFile& file : named.public_files()) {
    if (Told<> taken = files.take(file); !taken) return tell(taken.error());
  }
  if (audit.demonstration) std::cout << demonstration_mark << '\n';
  return files.conclude(directory) ? Exit::fine : Exit::refused;
}

}  // namespace api::itmo
