// Any answer of a witness: read as one of the kinds, with a sentence where it helps nothing, and
// never as a cosignature that the witness did not make.
#include <string>

#include "api/witness_protocol.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace api;
using Kind = WitnessAnswer::Kind;

constexpr std::string_view text =
    "fuzz.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
constexpr ledger::Timestamp now{1'767'225'600'000};

void check(int status, std::string body, const crypto::WitnessKey& key, const std::string& good) {
  Response response{status, {}, std::move(body)};
  response.fields.push_back({"Retry-After", response.body.substr(0, 20)});
  const WitnessAnswer answer = read_witness_answer(response, text, key, now);
  const bool helps = answer.kind == Kind::cosigned || answer.kind == Kind::other_old;
  ENSURE(helps == answer.sentence.empty(), "an answer that does not help says why");
  ENSURE(answer.kind != Kind::cosigned || (status == 200 && answer.line == good),
         "a cosignature is taken that the witness did not make");
  ENSURE(answer.kind != Kind::other_old ||
             (status == 409 && response.body == std::to_string(answer.size) + "\n"),
         "a size has a second text");
  ENSURE(answer.pause <= std::chrono::hours(24), "a witness makes us wait for ever");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const auto secret = crypto::SecretKey::from_seed("a seed for the fuzzer, 32 bytes.");
  static const crypto::WitnessKey key{"fuzz.example/witness", secret.public_key()};
  static const std::string good = crypto::cosign(text, 1'767'225'600, key.name, secret);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const int status : {200, 302, 400, 403, 404, 409, 422, 429, 503, 599}) {
    check(status, std::string(input), key, good);
    check(status, fuzz::patched(good, input), key, good);
    check(status, fuzz::patched("41\n", input), key, good);
  }
  return 0;
}
