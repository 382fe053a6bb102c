#include "ledger/documents.hpp"

#include <algorithm>
#include <string>

#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "ledger/roles.hpp"

namespace ledger {
namespace {

// An event that names documents, one of them or many.
template <class E>
concept Documented = requires(const E& body) {
  body.documents;
}
|| requires(const E& body) {
  body.document;
}
|| requires(const E& body) {
  body.agreement;
};

// One row an event type: its documents, and who withholds those that are not public.
class Naming {
 public:
  Naming(State& state, const Event& event, const Context& context, Effects& effects)
      : state_(state), event_(event), context_(context), effects_(effects) {}

  void operator()(const ApproachEstablished& body) {
    and_by_ = who(body.buyer);
    put(body.agreement, who(body.host));
  }
  void operator()(const InventoryReported& body) { put_all(body.documents, who(body.party)); }
  void operator()(const ActivityProposed& body) { put_all(body.documents, who(body.developer)); }
  void operator()(const DesignSubmitted& body) {
    put_all(body.documents, developer_of(body.activity));
  }
  void operator()(const ActivityValidated& body) { put_all(body.documents, who(body.verifier)); }
  void operator()(const MonitoringSubmitted& body) {
    put_all(body.documents, developer_of(body.activity));
  }
  void operator()(const MonitoringVerified& body) { put_all(body.documents, who(body.verifier)); }
  void operator()(const ReviewDecided& body) { put_all(body.documents, who(body.party)); }
  void operator()(const AuthorizationGranted& body) {
    if (body.change_terms.document) put(*body.change_terms.document, who(body.party));
    put_all(body.documents, who(body.party));
  }
  void operator()(const AuthorizationChanged& body) { (*this)(body.terms); }
  void operator()(const AuthorizationRevoked& body) {
    put_all(body.documents, state_.authorizations.lookup(body.authorization)->party);
  }
  void operator()(const UnitsIssued& body) {
    const Activity& activity = *state_.activities.lookup(body.activity);
    put_all(body.documents, state_.approaches[activity.approach].host);
  }
  void operator()(const ReversalRecorded& body) { put(body.document, who(body.verifier)); }
  void operator()(const ReportFiled& body) { put(body.document, who(body.party)); }
  void operator()(const FindingRecorded& body) { put(body.document, who_signed(body.parties)); }
  void operator()(const AuditAttested& body) {
    if (body.by.size() > 1) and_by_ = who(body.by[1]);
    put(body.document, who(body.by.front()));
  }
  template <class E>
  void operator()(const E&) {
    static_assert(!Documented<E>, "an event that names documents has a row of its own");
  }

 private:
  [[nodiscard]] Index who(const Id& id) const {
    const auto index = state_.participants.find(id);
    ENSURE(index, "whoever an admitted event names takes part");
    return *index;
  }
  [[nodiscard]] Index developer_of(const Id& activity) const {
    return state_.cycles.lookup(activity)->developer;
  }

  // Of the Parties that a finding concerns, the first whose organ signed it.
  [[nodiscard]] Index who_signed(const std::vector<Id>& parties) const {
    for (const Id& party : parties) {
      const Index index = who(party);
      for (const Organ organ : {Organ::secretariat, Organ::authority}) {
        for (const Index holder : holders_of(state_, index, organ, context_.time)) {
          if (signed_by(holder)) return index;
        }
      }
    }
    return who(parties.front());
  }
  [[nodiscard]] bool signed_by(Index participant) const {
    return std::any_of(context_.signers.begin(), context_.signers.end(), [&](const auto& signer) {
      const auto record = state_.keys.find(signer.key);
      return record != state_.keys.end() && record->second.participant == participant;
    });
  }

  void put_all(const std::vector<Document>& documents, Index by) {
    for (const Document& document : documents) put(document, by);
  }
  void put(const Document& document, Index by) {
    const auto index = static_cast<Index>(state_.documents.size());
    state_.documents.push_back({context_.seq, event_.date, document.sha256, document.title,
                                document.access, false, false, by, and_by_});
    effects_.rows.push_back(
        DocumentEffect{index, context_.seq, document, event_.date, by, and_by_});
  }

  State& state_;
  const Event& event_;
  const Context& context_;
  Effects& effects_;
  std::optional<Index> and_by_;
};

}  // namespace

void name_documents(State& state, const Event& event, const Context& context, Effects& effects) {
  std::visit(Naming(state, event, context, effects), event.body);
}

std::optional<Index> document_of(const State& state, Seq entry, const crypto::Hash& sha256) {
  const auto& all = state.documents;
  auto at =
      std::lower_bound(all.begin(), all.end(), entry,
                       [](const NamedDocument& document, Seq seq) { return document.entry < seq; });
  for (; at != all.end() && at->entry == entry; ++at) {
    if (at->sha256 == sha256) return static_cast<Index>(at - all.begin());
  }
  return std::nullopt;
}

crypto::Hash commitment_of(const DocumentDisclosed::Opening& opening) {
  return crypto::sha256(std::string(opening.salt.view()) + opening.value);
}

}  // namespace ledger
