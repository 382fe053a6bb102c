// Evidence: who gets an authentic event, and who does not.
#include "ledger/entry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_signature.hpp"
#include "ledger/codec.hpp"
#include "tests/support/sample_events.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

crypto::SecretKey key_of(const std::string& name) {
  return crypto::SecretKey::from_seed(crypto::sha256("entry test key " + name).view());
}

crypto::KeySignature sign(const crypto::SecretKey& key, std::string_view type,
                          std::string_view bytes) {
  return {key.public_key(), key.sign(crypto::pae(type, bytes))};
}

// A transfer, signed by three.
SignedEvent signed_transfer() {
  SignedEvent out;
  const auto& all = sample::fullest();
  out.event = *std::find_if(all.begin(), all.end(), [](const Event& event) {
    return std::holds_alternative<UnitsTransferred>(event.body);
  });
  out.bytes = encode_event(out.event);
  for (const char* name : {"holder", "XBA", "XHA"}) {
    out.signatures.push_back(sign(key_of(name), crypto::event_type, out.bytes));
  }
  std::sort(out.signatures.begin(), out.signatures.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return out;
}

Violation refusal_of(SignedEvent event) {
  auto verdict = authenticate(std::move(event));
  if (!verdict) return verdict.error();
  ADD_FAILURE() << "authenticated";
  return {&SIG_1, ""};
}

// ---- authenticate -------------------------------------------------------------------------------

TEST(Authenticate, GivesTheEventWithItsBytesSignaturesAndHash) {
  const SignedEvent given = signed_transfer();
  const auto event = authenticate(given);
  ASSERT_TRUE(event) << event.error().detail;
  EXPECT_EQ(event->bytes(), given.bytes);
  EXPECT_EQ(event->signatures(), given.signatures);
  EXPECT_EQ(event->hash(), crypto::sha256(given.bytes));
  EXPECT_EQ(encode_event(event->event()), given.bytes);
}

TEST(Authenticate, NobodyElseMakesAnAuthenticEvent) {
  static_assert(!std::is_constructible_v<AuthenticEvent, SignedEvent>);
  static_assert(!std::is_default_constructible_v<AuthenticEvent>);
  static_assert(!std::is_constructible_v<OwnCheckpoint, crypto::Checkpoint>);
}

TEST(Authenticate, ASignatureOverOtherBytesIsRefusedAndItsKeyNamed) {
  for (std::size_t bad = 0; bad < 3; ++bad) {
    SignedEvent event = signed_transfer();
    event.signatures[bad].signature.bytes[3] ^= 1U;
    const std::string key = crypto::to_hex(event.signatures[bad].key.view());
    const std::string hash = crypto::to_hex(crypto::sha256(event.bytes).view());
    const Violation violation = refusal_of(std::move(event));
    EXPECT_EQ(violation.clause, &SIG_3);
    EXPECT_TRUE(
        violation.detail.starts_with("signatures[" + std::to_string(bad) + "], of key " + key))
        << violation.detail;
    EXPECT_NE(violation.detail.find(hash), std::string::npos) << violation.detail;
  }
}

TEST(Authenticate, NoByteOfTheEventCanChangeAfterSigning) {
  const SignedEvent good = signed_transfer();
  for (std::size_t byte = 0; byte < good.bytes.size(); byte += 29) {
    SignedEvent event = good;
    event.bytes[byte] = static_cast<char>(event.bytes[byte] ^ 1);
    EXPECT_EQ(refusal_of(std::move(event)).clause, &SIG_3) << byte;
  }
}

TEST(Authenticate, ASignatureOfAnotherPurposeIsRefused) {
  SignedEvent event = signed_transfer();
  event.signatures = {sign(key_of("XHA"), crypto::refusal_type, event.bytes)};
  EXPECT_EQ(refusal_of(std::move(event)).clause, &SIG_3);
}

TEST(Authenticate, ASignatureOfTheBareBytesIsRefused) {
  SignedEvent event = signed_transfer();
  const crypto::SecretKey key = key_of("XHA");
  event.signatures = {{key.public_key(), key.sign(event.bytes)}};
  EXPECT_EQ(refusal_of(std::move(event)).clause, &SIG_3);
}

TEST(Authenticate, ASurplusSignatureHasToVerifyToo) {
  SignedEvent event = signed_transfer();
  crypto::KeySignature surplus = sign(key_of("stranger"), crypto::event_type, "other bytes");
  event.signatures.insert(
      std::upper_bound(event.signatures.begin(), event.signatures.end(), surplus,
                       [](const auto& a, const auto& b) { return a.key < b.key; }),
      surplus);
  EXPECT_EQ(refusal_of(std::move(event)).clause, &SIG_3);
}

TEST(Authenticate, JudgesCountAndOrderOfAListThatWasNotDecoded) {
  SignedEvent none = signed_transfer();
  none.signatures.clear();
  EXPECT_EQ(refusal_of(std::move(none)).clause, &SIG_1);
  SignedEvent twice = signed_transfer();
  twice.signatures[1] = twice.signatures[0];
  EXPECT_EQ(refusal_of(std::move(twice)).clause, &SIG_2);
  SignedEvent disordered = signed_transfer();
  std::swap(disordered.signatures[0], disordered.signatures[2]);
  EXPECT_EQ(refusal_of(std::move(disordered)).clause, &SIG_2);
}

// ---- vouch --------------------------------------------------------------------------------------

const std::string origin = "ledger.example/a6";

std::string note_of(const crypto::SecretKey& key, const std::string& name, std::uint64_t size) {
  const crypto::Checkpoint checkpoint{origin, size, crypto::sha256("root")};
  return crypto::sign_note(crypto::checkpoint_text(checkpoint), name, key);
}

TEST(OwnCheckpoint, OpensOnlyANoteThatOurLogKeySigned) {
  const crypto::SecretKey log = key_of("log"), other = key_of("other");
  const crypto::VerifierKey vkey = crypto::make_verifier_key(origin, log.public_key());
  const auto own = OwnCheckpoint::open(note_of(log, origin, 7), vkey);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->checkpoint(), (crypto::Checkpoint{origin, 7, crypto::sha256("root")}));
  EXPECT_FALSE(OwnCheckpoint::open(note_of(other, origin, 7), vkey));
  EXPECT_FALSE(OwnCheckpoint::open(note_of(log, "ledger.example/b", 7), vkey));
  std::string altered = note_of(log, origin, 7);
  altered[altered.find("\n7\n") + 1] = '8';
  EXPECT_FALSE(OwnCheckpoint::open(altered, vkey));
  EXPECT_FALSE(OwnCheckpoint::open("", vkey));
}

TEST(Vouch, TakesAnEntryUnderOurCheckpointAndNoOther) {
  const crypto::SecretKey log = key_of("log");
  const auto own = OwnCheckpoint::open(note_of(log, origin, 7),
                                       crypto::make_verifier_key(origin, log.public_key()));
  ASSERT_TRUE(own);
  SignedEvent event = signed_transfer();
  event.signatures[0].signature = {};  // not looked at: the checkpoint is the evidence
  EXPECT_EQ(vouch(event, 6, *own).hash(), crypto::sha256(event.bytes));
  EXPECT_DEATH(static_cast<void>(vouch(event, 7, *own)), "under the checkpoint");
}

}  // namespace
