// The bodies of the events about documents and about the log itself. Shapes: spec/events.md.
#include "ledger/codec_bodies.hpp"
#include "ledger/codec_parts.hpp"

namespace ledger::codec {
namespace {

constexpr CodeForm<DocumentDisclosed::How, 4> disclosure{
    {"opened", "public", "redacted", "destroyed"}};
constexpr CodeForm<AuditAttested::Result, 2> audit_result{{"consistent", "inconsistent"}};

}  // namespace

template <class Io>
void members(Io& io, Of<Io, DocumentDisclosed::Opening>& v) {
  io.required("salt", hex, v.salt);
  io.required("value", text, v.value);
}

template <class Io>
void members(Io& io, Of<Io, DocumentDisclosed>& v) {
  using How = DocumentDisclosed::How;
  io.required("basis", text, v.basis);
  io.required("entry", count, v.entry);
  io.required("how", disclosure, v.how);
  io.exactly_when(v.how == How::redacted, "how is not redacted", "public", object, v.redacted_copy);
  io.required("sha256", hex, v.sha256);
  io.exactly_when(v.how == How::opened, "how is not opened", "title", object, v.title);
}

template <class Io>
void members(Io& io, Of<Io, AuditAttested::Checkpoint>& v) {
  io.required("root", hex, v.root);
  io.required("size", count, v.size);
}

template <class Io>
void members(Io& io, Of<Io, AuditAttested>& v) {
  io.optional("account", id, v.account);
  io.required("by", set(id, 2), v.by);
  io.required("checkpoint", object, v.checkpoint);
  io.required("document", object, v.document);
  io.optional("party", party_id, v.party);
  io.required("result", audit_result, v.result);
}

template <class Io>
void members(Io& io, Of<Io, StateCommitted>& v) {
  io.required("entries", count, v.entries);
  io.required("leaves", count, v.leaves);
  io.required("root", hex, v.root);
}

template void members(Decoder&, DocumentDisclosed&);
template void members(Decoder&, AuditAttested&);
template void members(Decoder&, StateCommitted&);
template void members(Encoder&, const DocumentDisclosed&);
template void members(Encoder&, const AuditAttested&);
template void members(Encoder&, const StateCommitted&);

}  // namespace ledger::codec
