// The shapes of what several events share. A shape names the members of an object in the order of
// their names and serves for reading (Io = Decoder) and writing (Io = Encoder) alike.
#pragma once

#include <tuple>

#include "ledger/codec_forms.hpp"
#include "ledger/event.hpp"

namespace ledger::codec {

// ---- bounds and codes ---------------------------------------------------------------------------

inline constexpr std::size_t most_keys = 16;      // of a participant, and of its recovery set
inline constexpr std::size_t most_elements = 64;  // of a list that has no bound of its own
inline constexpr std::size_t most_lots = 3'000;   // of an issuance; and of what proceeds take

inline constexpr auto keys = set(hex, most_keys);
inline constexpr TextForm event_type{is_event_type, "an event type", "units.transferred"};
inline constexpr IntegerForm wait_days{0, 4'294'967'295};  // KEY-11 bounds it

inline constexpr CodeForm<Organ, 5> organ{
    {"authority", "secretariat", "inventory", "verifier", "developer"}};
inline constexpr CodeForm<Purpose, 3> purpose{{"NDC", "IMP", "OP"}};
inline constexpr CodeForm<Method, 2> method{{"trajectory", "averaging"}};
inline constexpr CodeForm<Moment, 3> moment{{"issuance", "transfer", "acquisition"}};
inline constexpr CodeForm<Mitigation, 2> mitigation{{"Emission reductions", "Removals"}};
inline constexpr CodeForm<Access, 3> access{{"public", "redacted", "confidential"}};

inline constexpr TextForm media_type{is_media_type, "a media type in lower case",
                                     "application/pdf"};
inline constexpr TextForm language{is_language, "a language tag of BCP 47", "pt-BR"};

inline constexpr CodeForm<Stage, 3> stage{{"idea", "validation", "verification"}};
inline constexpr TextForm reason_code{is_code, "a code of 1 to 64 of the characters a-z _",
                                      "own_target"};

// ---- what sets ascend by ------------------------------------------------------------------------

inline constexpr auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
inline constexpr auto by_party = [](const auto& a, const auto& b) { return a.party < b.party; };
inline constexpr auto by_vintage = [](const auto& a, const auto& b) {
  return a.vintage < b.vintage;
};
inline constexpr auto by_event_party_role = [](const auto& a, const auto& b) {
  return std::tie(a.event, a.party, a.role) < std::tie(b.event, b.party, b.role);
};

// ---- shapes -------------------------------------------------------------------------------------

template <class Io>
void members(Io& io, Of<Io, Identity>& v) {
  io.required("country", party_id, v.country);
  io.required("name", text, v.name);
  io.required("number", text, v.number);
}

template <class Io>
void members(Io& io, Of<Io, Thresholds>& v) {
  io.required("keys", threshold, v.keys);
  io.required("ordinary", threshold, v.ordinary);
  io.required("units", threshold, v.units);
}

template <class Io>
void members(Io& io, Of<Io, Recovery>& v) {
  io.required("keys", keys, v.keys);
  io.required("threshold", threshold, v.threshold);
  io.required("wait_days", wait_days, v.wait_days);
}

template <class Io>
void members(Io& io, Of<Io, Document::Copy>& v) {
  io.required("sha256", hex, v.sha256);
  io.required("size", count, v.size);
}

template <class Io>
void members(Io& io, Of<Io, Document>& v) {
  io.required("access", access, v.access);
  io.exactly_when(v.access != Access::open,
                  v.access == Access::open ? "access is public" : "access is not public", "basis",
                  text, v.basis);
  io.exactly_when(v.access != Access::open,
                  v.access == Access::open ? "access is public" : "access is not public", "by",
                  text, v.by);
  io.required("kind", text, v.kind);
  io.required("language", language, v.language);
  io.required("media", media_type, v.media);
  io.exactly_when(v.access == Access::redacted, "access is not redacted", "public", object,
                  v.redacted_copy);
  io.required("sha256", hex, v.sha256);
  io.exactly_when(v.access != Access::open,
                  v.access == Access::open ? "access is public" : "access is not public", "since",
                  date, v.since);
  io.required("size", count, v.size);
  io.required("title", hex, v.title);
}

template <class Io>
void members(Io& io, Of<Io, Units>& v) {
  io.required("ranges", ranges, v.ranges);
  io.required("scope", registry_id, v.scope);
}

template <class Io>
void members(Io& io, Of<Io, VintageQuantity>& v) {
  io.required("quantity", positive, v.quantity);
  io.required("vintage", year, v.vintage);
}

template <class Io>
void members(Io& io, Of<Io, AuthorizationPair>& v) {
  io.optional("buyer", id, v.buyer);
  io.required("host", id, v.host);
}

}  // namespace ledger::codec
