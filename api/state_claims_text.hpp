// Claims of a committed state as the server answers them, and as a file holds them: the JSON of
// spec/api.md, Proofs.
#pragma once

#include <string>
#include <string_view>

#include "api/told.hpp"
#include "replay/state_claims.hpp"

namespace api {

// {"commitment":{"entry":…,"proof":…},"claims":[{"key":[…],"account":…,"text":…,"proof":…},…]}, the
// proof of a claim in base64; "entries":[{"seq":…,"leaf":…},…], where they
// are told; and "size", of the log when it was answered.
[[nodiscard]] std::string describe(const replay::StateClaims& claims);

// Reads it back; other members may stand beside them. Fails with a sentence. Hostile text is
// refused, at most replay::most_claim_bytes of it.
[[nodiscard]] Told<replay::StateClaims> parse_state_claims(std::string_view json);

}  // namespace api
