#include "api/itmo_draft.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "ledger/codec.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

Draft draft_of(ledger::SignedEvent event) {
  return {
      std::move(event.bytes), std::move(event.event), std::move(event.signatures), {}, {}, false};
}

Told<Draft> from_event(std::string_view text) {
  ledger::Result<ledger::Event> event = ledger::decode_event(text);
  if (!event) return tell(sentence_of(event.error()));
  return Draft{std::string(text), std::move(*event), {}, {}, {}, false};
}

Told<Draft> from_submission(std::string_view text) {
  ledger::Result<ledger::Submission> submission = ledger::decode_submission(text);
  if (!submission) return tell(sentence_of(submission.error()));
  Draft draft = draft_of(std::move(submission->signed_event));
  draft.time = submission->time;
  return draft;
}

Told<Draft> from_entry(std::string_view text) {
  ledger::Result<ledger::LineParts> line = ledger::decode_line(text);
  if (!line) return tell(sentence_of(line.error()));
  Draft draft = draft_of(std::move(line->signed_event));
  draft.time = line->time;
  draft.seq = line->seq;
  return draft;
}

}  // namespace

// Looks at the outermost members only to know what it is; the strict readers then judge the bytes.
Told<Draft> parse_draft(std::string_view text) {
  const Json shape = Json::parse(text, nullptr, false);
  if (shape.is_object() && shape.contains("entry") && shape["entry"].is_string()) {
    Told<Draft> draft = from_entry(shape["entry"].get<std::string>());
    if (draft) draft->demonstration = shape.contains("demonstration");
    return draft;
  }
  if (shape.is_object() && shape.contains("prev")) return from_entry(text);
  if (shape.is_object() && shape.contains("event")) return from_submission(text);
  return from_event(text);
}

Told<Draft> read_draft(const std::filesystem::path& file) {
  const Told<std::string> text = read_file(file);
  if (!text) return tell(text.error());
  Told<Draft> draft = parse_draft(*text);
  if (!draft) return tell(file.string() + ": " + draft.error());
  return draft;
}

bool verifies(const Draft& draft, const crypto::KeySignature& signature) {
  return crypto::verify(signature.key, crypto::pae(crypto::event_type, draft.bytes),
                        signature.signature);
}

Told<> add_signature(Draft& draft, const crypto::KeySignature& signature) {
  if (!verifies(draft, signature)) {
    return tell("the signature of key " + hex_of(signature.key) +
                " does not verify over this event. Sign the exact bytes that `itmo event pae` "
                "writes, with that key");
  }
  const auto place = std::lower_bound(draft.signatures.begin(), draft.signatures.end(), signature,
                                      [](const auto& a, const auto& b) { return a.key < b.key; });
  if (place != draft.signatures.end() && place->key == signature.key) {
    *place = signature;
    return {};
  }
  if (draft.signatures.size() == ledger::max_signatures) {
    return tell("an event carries at most 16 signatures");
  }
  draft.signatures.insert(place, signature);
  return {};
}

std::string submission_of(const Draft& draft) {
  return ledger::encode_submission(draft.bytes, draft.signatures,
                                   draft.seq ? std::nullopt : draft.time);
}

}  // namespace api::itmo
