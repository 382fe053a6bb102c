// What stands around a body: the event, its signatures, the submission, the line of the log. A new
// type of event is a shape of its body (codec_bodies.hpp) and nothing here.
#include "ledger/codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger {
namespace codec {
namespace {

constexpr std::size_t key_signature_bytes = 172;  // {"key":"…","sig":"…"},
static_assert(max_event_bytes + max_signatures * key_signature_bytes + 256 <= max_entry_bytes,
              "an event never fails for the size of its entry");

// ---- the event ----------------------------------------------------------------------------------

std::string expected_type() {
  return expected_code(event_types().data(), event_types().size());
}

// The place among event_types() of the event's type, which decides what its body may be and is
// therefore judged before all else; otherwise nothing, and the refusal is noted.
std::optional<std::size_t> read_type(Decoder& io, json::Value event) {
  const auto found = event.find("type");
  const Decoder::Step step(io, "type");
  if (!found) {
    io.fail(FMT_11, io.path() + " is missing; it must be " + expected_type() + '.');
    return std::nullopt;
  }
  if (!found->is_string()) {
    io.wrong_type(*found, expected_type());
    return std::nullopt;
  }
  const auto at = std::find(event_types().begin(), event_types().end(), found->string());
  if (at == event_types().end()) {
    io.fail(FMT_9, io.path() + " is " + shown(*found) +
                       ", which this ledger does not know; it "
                       "must be " +
                       expected_type() + '.');
    return std::nullopt;
  }
  return static_cast<std::size_t>(at - event_types().begin());
}

// The body that belongs to the type at that place.
struct BodyForm {
  std::size_t type;

  [[nodiscard]] std::string expected() const { return "an object"; }
  void read(Decoder& io, json::Value found, Body& value) const {
    readers(std::make_index_sequence<std::variant_size_v<Body>>())[type](io, found, value);
  }
  void write(Encoder& io, const Body& value) const {
    std::visit([&](const auto& body) { object.write(io, body); }, value);
  }

 private:
  using Reader = void (*)(Decoder&, json::Value, Body&);
  template <std::size_t I>
  static void read_as(Decoder& io, json::Value found, Body& value) {
    object.read(io, found, value.emplace<I>());
  }
  // One for each type, in their order.
  template <std::size_t... I>
  static const Reader* readers(std::index_sequence<I...>) {
    static constexpr std::array<Reader, sizeof...(I)> all = {read_as<I>...};
    return all.data();
  }
};

// The type is written from the body; reading it has been read_type's.
struct TypeForm {
  [[nodiscard]] std::string expected() const { return expected_type(); }
  void read(Decoder&, json::Value, const Body&) const {}
  void write(Encoder& io, const Body& value) const { io.writer().string(type_of(value)); }
};

template <class Io>
void event_members(Io& io, Of<Io, Event>& v, std::size_t type) {
  io.required("body", BodyForm{type}, v.body);
  io.required("date", date, v.date);
  io.optional("expires", timestamp, v.expires);
  io.required("id", id, v.id);
  io.required("ledger", origin, v.ledger);
  io.required("type", TypeForm{}, v.body);
}

void read_event(Decoder& io, json::Value found, Event& value) {
  if (!found.is_object()) return io.wrong_type(found, "an object");
  const auto type = read_type(io, found);
  if (!type) return;
  io.object_value(found, [&] { event_members(io, value, *type); });
  const std::size_t bytes = found.raw().size();
  if (bytes <= max_event_bytes) return;
  io.fail(FMT_15, "The event has " + std::to_string(bytes) + " bytes and may have " +
                      std::to_string(max_event_bytes) + ". Spread it over several events.");
}

// ---- around the event ---------------------------------------------------------------------------

// The event with its bytes as they stand there.
struct SignedEventForm {
  [[nodiscard]] std::string expected() const { return "an object"; }
  void read(Decoder& io, json::Value found, SignedEvent& value) const {
    read_event(io, found, value.event);
    if (!io.failed()) value.bytes = found.raw();
  }
};
constexpr SignedEventForm signed_event;

struct SignatureForm {
  [[nodiscard]] std::string expected() const {
    return "a signature of 64 bytes in base64 (88 characters, padded)";
  }
  void read(Decoder& io, json::Value found, crypto::Signature& value) const {
    if (!found.is_string()) return io.wrong_type(found, expected());
    if (!crypto::read_base64(found.string(), value.bytes)) io.wrong_form(found, expected());
  }
  void write(Encoder& io, const crypto::Signature& value) const {
    io.writer().plain([&](std::string& out) { crypto::append_base64(out, value.view()); });
  }
};

}  // namespace

// Outside the unnamed namespace, where `object` finds it.
template <class Io>
void members(Io& io, Of<Io, crypto::KeySignature>& v) {
  io.required("key", hex, v.key);
  io.required("sig", SignatureForm{}, v.signature);
}

namespace {

// How many there are and in which order is no matter of the schema: SIG-1, SIG-2.
struct SignaturesForm {
  [[nodiscard]] std::string expected() const {
    return "a list of signatures, each an object with key and sig";
  }
  void read(Decoder& io, json::Value found, std::vector<crypto::KeySignature>& value) const {
    if (!found.is_array()) return io.wrong_type(found, expected());
    value.reserve(found.size());
    for (const json::Value element : found.elements()) {
      const Decoder::Step step(io, value.size());
      object.read(io, element, value.emplace_back());
      if (io.failed()) return;
    }
  }
  void write(Encoder& io, const std::vector<crypto::KeySignature>& value) const {
    io.writer().begin_array();
    for (const auto& signature : value) object.write(io, signature);
    io.writer().end_array();
  }
};
constexpr SignaturesForm signatures;

void members(Decoder& io, Submission& v) {
  io.required("event", signed_event, v.signed_event);
  io.required("signatures", signatures, v.signed_event.signatures);
  io.optional("time", timestamp, v.time);
}

void members(Decoder& io, LineParts& v) {
  io.required("event", signed_event, v.signed_event);
  io.required("prev", hex, v.prev);
  io.required("seq", count, v.seq);
  io.required("signatures", signatures, v.signed_event.signatures);
  io.required("time", timestamp, v.time);
}

// Reads the text by `read(decoder, root)`, and gives the value that it filled.
template <class T, class Read>
Result<T> decode(std::string_view text, const Read& read) {
  json::Document document;
  if (auto parsed = document.parse(text); !parsed) {
    return tl::unexpected<Violation>(std::move(parsed.error()));
  }
  Result<T> value;
  Decoder io;
  read(io, document.root(), *value);
  if (io.failed()) return tl::unexpected<Violation>(*io.violation());
  return value;
}

// A text around a signed event.
template <class T>
Result<T> decode_signed(std::string_view text) {
  auto value = decode<T>(text, [](Decoder& io, json::Value root, T& v) {
    io.object_value(root, [&] { members(io, v); });
  });
  if (!value) return value;
  if (auto listed = check_signature_list(value->signed_event.signatures); !listed) {
    return tl::unexpected<Violation>(std::move(listed.error()));
  }
  return value;
}

// A text that is to hold the event and its signatures, with room for them.
std::string text_for(std::string_view event_bytes, std::size_t signature_count) {
  std::string out;
  out.reserve(event_bytes.size() + signature_count * key_signature_bytes + 256);
  return out;
}

}  // namespace
}  // namespace codec

Result<Submission> decode_submission(std::string_view text) {
  return codec::decode_signed<Submission>(text);
}

Result<LineParts> decode_line(std::string_view line) {
  return codec::decode_signed<LineParts>(line);
}

Result<Event> decode_event(std::string_view bytes) {
  return codec::decode<Event>(bytes, codec::read_event);
}

std::string encode_event(const Event& event) {
  std::string out;
  codec::Encoder io(out);
  io.object_value([&] { codec::event_members(io, event, event.body.index()); });
  return out;
}

std::string encode_submission(std::string_view event_bytes,
                              const std::vector<crypto::KeySignature>& signatures,
                              std::optional<Timestamp> time) {
  std::string out = codec::text_for(event_bytes, signatures.size());
  codec::Encoder io(out);
  io.object_value([&] {
    io.writer().name("event").raw(event_bytes);
    io.required("signatures", codec::signatures, signatures);
    io.optional("time", codec::timestamp, time);
  });
  return out;
}

std::string encode_line(std::string_view event_bytes,
                        const std::vector<crypto::KeySignature>& signatures,
                        const crypto::Hash& prev, Seq seq, Timestamp time) {
  std::string out = codec::text_for(event_bytes, signatures.size());
  codec::Encoder io(out);
  io.object_value([&] {
    io.writer().name("event").raw(event_bytes);
    io.required("prev", codec::hex, prev);
    io.required("seq", codec::count, seq);
    io.required("signatures", codec::signatures, signatures);
    io.required("time", codec::timestamp, time);
  });
  return out;
}

}  // namespace ledger
