// The vectors of FMT and SIG in spec/vectors: texts, and the clause and place that each has to be
// refused by.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/entry.hpp"
#include "ledger/json.hpp"
#include "tests/support/json_agreement.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Json;

// What the files of a family refuse, and what `accepted` names beside them.
std::vector<Json> vectors_of(const std::string& family, const std::string& accepted) {
  std::vector<Json> all = test_support::vectors("admitted/" + accepted).at("vectors");
  for (const std::string& name : test_support::vector_files_in("rules")) {
    if (!name.starts_with("rules/" + family)) continue;
    const std::vector<Json> refused = test_support::vectors(name).at("vectors");
    EXPECT_FALSE(refused.empty()) << name;
    all.insert(all.end(), refused.begin(), refused.end());
  }
  return all;
}

// `count` ranges of one unit each, from the serial `first`, with gaps of one.
std::string ranges(Serial first, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i, first += 2) {
    const std::string serial = std::to_string(first);
    out.append(i > 0 ? ",[" : "[").append(serial).append(1, ',').append(serial).append(1, ']');
  }
  return out;
}

std::string text_of(const Json& vector) {
  if (vector.contains("text")) return vector.at("text").get<std::string>();
  if (vector.contains("base64")) {
    return crypto::from_base64(vector.at("base64").get<std::string>()).value();
  }
  std::string out;
  for (const Json& piece : vector.at("pieces")) {
    if (piece.is_object()) {
      out += ranges(piece.at("first").get<Serial>(), piece.at("ranges").get<std::size_t>());
      continue;
    }
    const auto text = piece.at(0).get<std::string>();
    for (std::size_t i = 0; i < piece.at(1).get<std::size_t>(); ++i) out += text;
  }
  return out;
}

// What the text is refused for; nothing where it is accepted as what the vector says it is.
std::optional<Violation> verdict_on(const std::string& of, const std::string& text) {
  const auto error_of = [](const auto& result) {
    return result ? std::nullopt : std::optional<Violation>(result.error());
  };
  json::Document document;
  if (of == "text") return error_of(document.parse(text));
  if (of == "event") return error_of(decode_event(text));
  if (of == "line") return error_of(decode_line(text));
  EXPECT_EQ(of, "submission");
  return error_of(decode_submission(text));
}

std::string clause_of(const std::optional<Violation>& violation) {
  return violation ? std::string(violation->clause->id) : "accepted";
}

TEST(FormatVectors, EveryTextMeetsItsClauseAtItsPlace) {
  for (const Json& vector : vectors_of("FMT-", "texts")) {
    SCOPED_TRACE(vector.at("why").get<std::string>());
    const auto violation = verdict_on(vector.at("of"), text_of(vector));
    const std::string detail = violation ? violation->detail : "";
    EXPECT_EQ(clause_of(violation), vector.value("clause", "accepted")) << detail;
    if (vector.contains("byte") && violation) {
      EXPECT_EQ(test_support::refused_byte(*violation), vector.at("byte").get<std::size_t>())
          << detail;
    }
    if (vector.contains("path")) {
      const auto path = vector.at("path").get<std::string>();
      EXPECT_TRUE(detail.starts_with(path + " ")) << detail;
    }
  }
}

TEST(FormatVectors, EveryAcceptedEventIsWrittenTheSameAgain) {
  std::size_t events = 0;
  for (const Json& vector : vectors_of("FMT-", "texts")) {
    if (vector.at("of") != "event" || vector.contains("clause")) continue;
    const std::string text = text_of(vector);
    EXPECT_EQ(encode_event(decode_event(text).value()), text);
    ++events;
  }
  EXPECT_GE(events, 5u);
}

TEST(FormatVectors, AreWhatTheirProgramWrites) {
  const test_support::ScratchFolder folder;
  const auto outcome =
      folder.run("python3 '" ITMO_SOURCE_DIR "/spec/vectors/make_format_vectors.py' --check");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(SignatureVectors, EverySubmissionMeetsItsClauseAndTheKeyIsNamed) {
  for (const Json& vector : vectors_of("SIG-", "signatures")) {
    SCOPED_TRACE(vector.at("why").get<std::string>());
    auto submission = decode_submission(vector.at("text").get<std::string>());
    std::optional<Violation> violation;
    if (!submission) {
      violation = submission.error();
    } else if (auto event = authenticate(std::move(submission->signed_event)); !event) {
      violation = event.error();
    }
    const std::string detail = violation ? violation->detail : "";
    EXPECT_EQ(clause_of(violation), vector.value("clause", "accepted")) << detail;
    if (vector.contains("key")) {
      EXPECT_NE(detail.find("key " + vector.at("key").get<std::string>()), std::string::npos)
          << detail;
    }
  }
}

}  // namespace
