// Policies: what each form means, and what every mistake in one is told.
#include "replay/policy.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "replay/quorum.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/vectors.hpp"

namespace replay_test {
namespace {

using crypto::SecretKey;
using replay::Policy;

SecretKey secret_of(const std::string& name) {
  return SecretKey::from_seed((name + std::string(32, '.')).substr(0, 32));
}

crypto::WitnessKey key_of(const std::string& name) {
  return {"witness.example/" + name, secret_of(name).public_key()};
}

std::string witness(const std::string& name) {
  return "witness " + name + " " + crypto::format_witness_vkey(key_of(name)) + "\n";
}

std::string log_line(const std::string& origin) {
  return "log " + crypto::format_vkey(log_key(origin)) + "\n";
}

std::string three() {
  return witness("w1") + witness("w2") + witness("w3");
}

std::string mistake(const std::string& text) {
  std::string problem = "none";
  return replay::parse_policy(text, problem) ? "none" : problem;
}

Policy read(const std::string& text) {
  std::string problem;
  const auto policy = replay::parse_policy(text, problem);
  EXPECT_TRUE(policy) << problem;
  return policy.value_or(Policy());
}

// ---- what it means ----

TEST(Policy, NeedsAsManyMembersAsItSays) {
  struct Row {
    const char* needs;
    std::size_t enough;
  };
  for (const Row& row : {Row{"any", 1}, Row{"1", 1}, Row{"2", 2}, Row{"3", 3}, Row{"all", 3}}) {
    const Policy policy =
        read(three() + "group g " + std::string(row.needs) + " w1 w2 w3\nquorum g\n");
    for (unsigned set = 0; set < 8; ++set) {
      const std::vector<bool> cosigned = {(set & 1) != 0, (set & 2) != 0, (set & 4) != 0};
      const std::size_t count = (set & 1) + (set >> 1 & 1) + (set >> 2 & 1);
      EXPECT_EQ(policy.is_met(cosigned), count >= row.enough) << row.needs << " of set " << set;
    }
  }
}

TEST(Policy, TakesGroupsOfGroups) {
  const Policy policy = read(three() + witness("y1") + witness("y2") +
                             "group x 2 w1 w2 w3\ngroup y any y1 y2\ngroup both all x y\n"
                             "quorum both\n");
  EXPECT_TRUE(policy.is_met({true, false, true, false, true}));
  EXPECT_FALSE(policy.is_met({true, true, true, false, false}));
  EXPECT_FALSE(policy.is_met({true, false, false, true, true}));
}

TEST(Policy, MayNameOneWitnessOrNobody) {
  const Policy one = read(three() + "quorum w2\n");
  EXPECT_TRUE(one.is_met({false, true, false}));
  EXPECT_FALSE(one.is_met({true, false, true}));
  EXPECT_TRUE(read("quorum none\n").is_met({}));
}

TEST(Policy, IsReadWithBlanksCommentsAndUrls) {
  const Policy policy = read(
      "\t # a comment: \xc3\xa4\n\n  log\t" + log_line(story_origin).substr(4) + "witness \xff " +
      crypto::format_witness_vkey(key_of("w1")) + " \t http://127.0.0.1:7001 \n quorum  \xff\t\n");
  ASSERT_EQ(policy.witnesses.size(), 1u);
  EXPECT_EQ(policy.witnesses[0].name, "\xff");
  EXPECT_EQ(policy.witnesses[0].url, "http://127.0.0.1:7001");
  EXPECT_EQ(policy.logs.size(), 1u);
  EXPECT_TRUE(policy.logs[0].url.empty());
}

TEST(Policy, TakesWitnessesAndLogsOfOtherPeoplesNames) {
  const SecretKey key = secret_of("other");
  const std::string vkey =
      crypto::format_typed_key({"Log:A", crypto::NoteKeyType::note, key.public_key()});
  EXPECT_EQ(mistake("log " + vkey + " https://log.example\nquorum none\n"), "none");
}

TEST(Policy, HasRoomFor256OfAKind) {
  std::string text, members;
  for (int i = 0; i < 256; ++i) {
    text += witness("w" + std::to_string(i));
    members += " w" + std::to_string(i);
  }
  const std::string rest = "group g 200" + members + "\nquorum g\n";
  EXPECT_EQ(mistake(text + rest), "none");
  EXPECT_EQ(mistake(text + witness("more") + rest),
            "Line 257 of the policy: there are more than 256 witnesses.");
}

// ---- what it is told ----

TEST(Policy, NamesTheLineOfEveryMistake) {
  const std::string w1 = crypto::format_witness_vkey(key_of("w1"));
  const std::string log = crypto::format_vkey(log_key());
  const auto after = [](const std::string& line) {
    const std::string told = mistake(three() + line);
    EXPECT_TRUE(told.starts_with("Line 4 of the policy: ")) << told;
    return told.substr(told.find(": ") + 2);
  };
  EXPECT_EQ(after("witnesses w4\n"),
            "a line begins with `log`, `witness`, `group`, `quorum` or `#`, and this one with "
            "`witnesses`.");
  EXPECT_EQ(after("Quorum w1\n").substr(0, 13), "a line begins");
  EXPECT_EQ(after("log\n"), "`log` is followed by a verifier key and, if wanted, a URL.");
  EXPECT_EQ(after("log a b c\n"), "`log` is followed by a verifier key and, if wanted, a URL.");
  EXPECT_EQ(after("log " + w1 + "\n"),
            "`" + w1 + "` is not the verifier key of a log: name+id+base64, type 1, Ed25519.");
  EXPECT_EQ(after("witness w4\n"),
            "`witness` is followed by a name, a verifier key and, if wanted, a URL.");
  EXPECT_EQ(after("witness w4 " + w1 + " url more\n"),
            "`witness` is followed by a name, a verifier key and, if wanted, a URL.");
  EXPECT_EQ(after("witness w4 " + log + "\n"),
            "`" + log + "` is not the verifier key of a witness: name+id+base64, type 4, Ed25519.");
  EXPECT_EQ(after("witness w1 " + w1 + "\n"), "`w1` is the name of a line before it.");
  EXPECT_EQ(after("witness none " + w1 + "\n"),
            "`none` is the quorum of nobody and names nothing else.");
  EXPECT_EQ(after("witness w4 " + w1 + "\n"), "this key stands before it, as that of `w1`.");
  EXPECT_EQ(after("group g any\n"),
            "`group` is followed by a name, `any`, `all` or a number, and at least one member.");
  EXPECT_EQ(after("group w1 any w2\n"), "`w1` is the name of a line before it.");
  EXPECT_EQ(after("group g any w4\n"), "no witness or group before it is named `w4`.");
  EXPECT_EQ(after("group g any g\n"), "no witness or group before it is named `g`.");
  EXPECT_EQ(after("group g any none\n"), "no witness or group before it is named `none`.");
  EXPECT_EQ(after("group g any w1 w1\n"), "`w1` is a member of a group already.");
  for (const char* number : {"0", "4", "01", "+1", "-1", "1.0", "one", "18446744073709551617"}) {
    EXPECT_EQ(after("group g " + std::string(number) + " w1 w2 w3\n"),
              "`" + std::string(number) +
                  "` is neither `any` nor `all` nor a number from 1 to that of the members, 3.");
  }
  EXPECT_EQ(after("quorum\n"),
            "`quorum` is followed by the name of a witness or group, or `none`.");
  EXPECT_EQ(after("quorum w1 w2\n"),
            "`quorum` is followed by the name of a witness or group, or `none`.");
  EXPECT_EQ(after("quorum w4\n"), "no witness or group before it is named `w4`.");
  EXPECT_EQ(after("quorum w1"), "it has no line end; perhaps the file was cut.");
  for (const std::string& bad : {std::string("\r"), std::string(1, '\0'), std::string("\x7f")}) {
    EXPECT_EQ(after("quorum w1" + bad + "\n"), "it holds a control character that is no tab.");
  }
}

TEST(Policy, HasOneQuorumAndOneVoiceAKey) {
  EXPECT_EQ(mistake(three() + "quorum w1\nquorum none\n"),
            "Line 5 of the policy: there is a quorum on a line before it.");
  EXPECT_TRUE(mistake(three()).starts_with("The policy has no quorum: "));
  EXPECT_TRUE(mistake("").starts_with("The policy has no quorum: "));
  EXPECT_EQ(mistake(three() + "group g any w1\ngroup h any w1\nquorum h\n"),
            "Line 5 of the policy: `w1` is a member of a group already.");
  EXPECT_EQ(mistake(log_line(story_origin) + log_line(story_origin) + "quorum none\n"),
            "Line 2 of the policy: this key stands on a line before it, as a log's.");
  const auto own = crypto::format_witness_vkey({"witness.example/log", log_key().key});
  EXPECT_EQ(mistake(log_line(story_origin) + "witness w " + own + "\nquorum w\n"),
            "Line 2 of the policy: this key stands on a line before it, as a log's.");
}

TEST(Policy, IsNotReadBeyondItsLimit) {
  const std::string end = "\nquorum none\n";
  EXPECT_EQ(mistake("#" + std::string(replay::longest_policy - end.size() - 1, 'x') + end), "none");
  EXPECT_EQ(mistake("#" + std::string(replay::longest_policy - end.size(), 'x') + end),
            "The policy is longer than 65,536 bytes.");
}

// ---- what it says of a checkpoint ----

std::string note() {
  return checkpoint_of(ordinary_year(), 9);
}

std::string cosigned(const std::string& name, std::uint64_t time = 1'767'225'600) {
  const std::string text = note().substr(0, note().find("\n\n") + 1);
  return crypto::cosign(text, time, key_of(name).name, secret_of(name));
}

TEST(Quorum, IsMetByThoseWhoCosigned) {
  const Policy policy = read(log_line(story_origin) + three() + "group g 2 w1 w2 w3\nquorum g\n");
  const auto met =
      replay::judge_quorum(policy, note() + cosigned("w3") + cosigned("w1"), log_key());
  EXPECT_TRUE(met.met);
  EXPECT_EQ(met.sentence, "Cosigned by w1, w3. The quorum, g, is met.");
  ASSERT_EQ(met.witnesses.size(), 3u);
  EXPECT_EQ(met.witnesses[0].time, 1'767'225'600u);
  EXPECT_EQ(met.witnesses[1].verdict, crypto::Cosignature::Verdict::absent);
  const auto few = replay::judge_quorum(policy, note() + cosigned("w3"), log_key());
  EXPECT_FALSE(few.met);
  EXPECT_EQ(few.sentence, "Cosigned by w3. The quorum, g, is not met.");
  const auto twice =
      replay::judge_quorum(policy, note() + cosigned("w3", 1) + cosigned("w3", 2), log_key());
  EXPECT_FALSE(twice.met) << "one witness is one voice";
  const auto nobody = replay::judge_quorum(policy, note() + cosigned("stranger"), log_key());
  EXPECT_EQ(nobody.sentence, "No witness of the policy cosigned. The quorum, g, is not met.");
}

TEST(Quorum, IsNotMetBesideAWrongCosignature) {
  const Policy policy = read(three() + "quorum w1\n");
  const std::string text = checkpoint_of(ordinary_year(), 8);
  const std::string other =
      crypto::cosign(text.substr(0, text.find("\n\n") + 1), 1, key_of("w2").name, secret_of("w2"));
  const auto quorum = replay::judge_quorum(policy, note() + cosigned("w1") + other, log_key());
  EXPECT_FALSE(quorum.met);
  EXPECT_EQ(quorum.sentence,
            "A cosignature does not verify, and so the whole note counts for nothing: w2.");
}

TEST(Quorum, IsOfTheLogsThatThePolicyLists) {
  const Policy other = read(log_line("ledger.example/other") + three() + "quorum w1\n");
  const auto quorum = replay::judge_quorum(other, note() + cosigned("w1"), log_key());
  EXPECT_FALSE(quorum.met);
  EXPECT_EQ(quorum.sentence, "The policy does not list the key that signed, " +
                                 crypto::format_vkey(log_key()) + ".");
  const Policy none = read(three() + "quorum w1\n");
  EXPECT_TRUE(replay::judge_quorum(none, note() + cosigned("w1"), log_key()).met);
}

// A reader knows the stolen key too, for what it signed before; the policy no longer lists it.
TEST(Quorum, IsNotMetByAKeyThatThePolicyDoesNotListBesideOneThatItLists) {
  const crypto::SecretKey next = crypto::SecretKey::from_seed(crypto::sha256("next").view());
  crypto::LogKeys both = log_key();
  both.add(crypto::make_verifier_key(story_origin, next.public_key()));
  const Policy policy =
      read("log " + crypto::format_vkey(both.all().back()) + "\n" + three() + "quorum w1\n");
  EXPECT_FALSE(replay::judge_quorum(policy, note() + cosigned("w1"), both).met);
  const std::string text = crypto::checkpoint_text(*crypto::open_checkpoint(note(), log_key()));
  const std::string by_next = crypto::sign_note(text, story_origin, next);
  EXPECT_TRUE(replay::judge_quorum(policy, by_next + cosigned("w1"), both).met);
  const std::string by_both = note() + by_next.substr(text.size() + 1);
  EXPECT_TRUE(replay::judge_quorum(policy, by_both + cosigned("w1"), both).met);
}

TEST(Quorum, IsNotMetByANoteThatTheLogDidNotSign) {
  const Policy policy = read("quorum none\n");
  EXPECT_TRUE(replay::judge_quorum(policy, note(), log_key()).met);
  EXPECT_FALSE(replay::judge_quorum(policy, note(), log_key("ledger.example/other")).met);
  EXPECT_FALSE(replay::judge_quorum(policy, "no note", log_key()).met);
}

TEST(Quorum, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const Policy policy = read((*outside)["policy"].get<std::string>());
  const auto key = crypto::parse_vkey((*outside)["keys"]["log"]["vkey_01"].get<std::string>());
  const auto note = (*outside)["cosignature"]["cosigned_checkpoint"].get<std::string>();
  EXPECT_EQ(replay::judge_quorum(policy, note, *key).sentence,
            "Cosigned by w1, w2. The quorum, quorum-group, is met.");
  const std::string cut = note.substr(0, note.rfind("\xe2\x80\x94"));
  EXPECT_FALSE(replay::judge_quorum(policy, cut, *key).met);
}

}  // namespace
}  // namespace replay_test
