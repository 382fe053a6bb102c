#include "api/cosignatures.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "api/audit_inputs.hpp"
#include "api/fresh_file.hpp"
#include "crypto/cosignature.hpp"
#include "crypto/note.hpp"

namespace api {
namespace {

using ledger::Seq;
using Json = nlohmann::json;

constexpr std::size_t longest_file = 2 * crypto::longest_note;

}  // namespace

std::string Cosignatures::Cosigned::whole() const {
  std::string out = note;
  for (const std::string& line : lines) out += line;
  return out;
}

Cosignatures::Cosignatures(replay::Policy policy, crypto::LogKeys log_keys,
                           std::filesystem::path file, std::string& warning)
    : policy_(std::move(policy)), log_keys_(std::move(log_keys)), file_(std::move(file)) {
  newest_ = witnessed_ = no_lines(0, "");
  load(warning);
}

Cosignatures::Cosigned Cosignatures::no_lines(Seq size, std::string note) const {
  return {size, std::move(note), std::vector<std::string>(policy_.witnesses.size())};
}

bool Cosignatures::is_met(const Cosigned& checkpoint) const {
  std::vector<bool> cosigned;
  for (const std::string& line : checkpoint.lines) cosigned.push_back(!line.empty());
  return !checkpoint.note.empty() && policy_.is_met(cosigned);
}

// ---- the file ----

// Takes one note of the file, with the lines of those who are witnesses still; says what is wrong.
std::string Cosignatures::take(std::string_view text) {
  const auto note = crypto::parse_note(text);
  const auto checkpoint = note ? crypto::open_checkpoint(text, log_keys_) : std::nullopt;
  if (!checkpoint) return "holds a checkpoint that the log key did not sign";
  // The log's own lines: its key's, and while a key is to follow it that one's too, by one name.
  std::string own;
  for (const crypto::SignatureLine& line : note->signatures) {
    if (line.name == log_keys_.name()) own += crypto::format_signature_line(line);
  }
  Cosigned found = no_lines(checkpoint->size, std::string(note->text) + "\n" + own);
  for (std::size_t i = 0; i < policy_.witnesses.size(); ++i) {
    auto line = crypto::read_cosignature(note->text, note->signatures, policy_.witnesses[i].key);
    if (line.verdict == crypto::Cosignature::Verdict::wrong) {
      return "holds a cosignature that does not verify";
    }
    found.lines[i] = std::move(line.line);
  }
  if (is_met(found) && found.size >= witnessed_.size) witnessed_ = found;
  if (found.size >= newest_.size) newest_ = std::move(found);
  return {};
}

void Cosignatures::load(std::string& warning) {
  const auto drop = [&](const std::string& why) {
    warning = file_.string() + " " + why + ". The witnesses are asked again.";
    newest_ = witnessed_ = no_lines(0, "");
  };
  std::error_code error;
  if (!std::filesystem::exists(file_, error) && !error) return;
  const auto bytes = read_file(file_, longest_file);
  if (!bytes) return drop("cannot be read");
  const Json file = Json::parse(*bytes, nullptr, false);
  const bool formed = file.is_object() && file.contains("checkpoints") &&
                      file["checkpoints"].is_array() && file["checkpoints"].size() <= 2;
  if (!formed) return drop("is not a file of cosignatures");
  for (const Json& note : file["checkpoints"]) {
    if (!note.is_string()) return drop("is not a file of cosignatures");
    if (const std::string why = take(note.get_ref<const std::string&>()); !why.empty()) {
      return drop(why);
    }
  }
}

Told<> Cosignatures::write(const Cosigned& newest, const Cosigned& witnessed) const {
  Json notes = Json::array();
  if (!witnessed.note.empty()) notes.push_back(witnessed.whole());
  if (newest.size != witnessed.size || witnessed.note.empty()) notes.push_back(newest.whole());
  FreshFile file(file_);
  if (auto ok = file.take(Json{{"checkpoints", std::move(notes)}}.dump(1) + "\n"); !ok) return ok;
  return file.keep();
}

// ---- what witnesses gave ----

void Cosignatures::begin(Seq size, const std::string& note) {
  const std::lock_guard lock(mutex_);
  if (newest_.size == size && newest_.note == note) return;  // as the file has it
  newest_ = no_lines(size, note);
  if (is_met(newest_)) witnessed_ = newest_;  // a policy that demands nobody
}

Told<> Cosignatures::record(Seq size, std::size_t witness, std::string line) {
  const std::lock_guard recording(recording_);
  Cosigned newest, witnessed;
  {
    const std::lock_guard lock(mutex_);
    newest = newest_;
    witnessed = witnessed_;
  }
  const auto put = [&](Cosigned& checkpoint) {
    if (checkpoint.note.empty() || checkpoint.size != size) return false;
    // The first one stays: a line that was shown once is not taken back.
    if (!checkpoint.lines[witness].empty()) return false;
    checkpoint.lines[witness] = line;
    return true;
  };
  const bool of_newest = put(newest), of_witnessed = put(witnessed);
  if (!of_newest && !of_witnessed) return {};
  if (is_met(newest)) witnessed = newest;
  if (auto ok = write(newest, witnessed); !ok) return ok;
  const std::lock_guard lock(mutex_);
  // A newer one may have been put before the witnesses meanwhile.
  if (newest_.size == newest.size) newest_ = std::move(newest);
  if (witnessed_.size <= witnessed.size) witnessed_ = std::move(witnessed);
  return {};
}

// ---- what readers ask ----

std::string Cosignatures::lines_of(Seq size) const {
  const std::lock_guard lock(mutex_);
  for (const Cosigned* checkpoint : {&newest_, &witnessed_}) {
    if (checkpoint->note.empty() || checkpoint->size != size) continue;
    return checkpoint->whole().substr(checkpoint->note.size());
  }
  return {};
}

Seq Cosignatures::witnessed() const {
  const std::lock_guard lock(mutex_);
  return witnessed_.size;
}

std::string Cosignatures::witnessed_note() const {
  const std::lock_guard lock(mutex_);
  return witnessed_.whole();
}

Seq Cosignatures::size_known_of(std::size_t witness) const {
  const std::lock_guard lock(mutex_);
  if (!newest_.lines[witness].empty()) return newest_.size;
  return witnessed_.lines[witness].empty() ? 0 : witnessed_.size;
}

std::vector<crypto::Checkpoint> Cosignatures::kept() const {
  const std::lock_guard lock(mutex_);
  std::vector<crypto::Checkpoint> checkpoints;
  for (const Cosigned* each : {&newest_, &witnessed_}) {
    auto checkpoint = crypto::open_checkpoint(each->note, log_keys_);
    if (checkpoint) checkpoints.push_back(std::move(*checkpoint));
  }
  return checkpoints;
}

}  // namespace api
