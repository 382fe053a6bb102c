// Events between bytes and values: every type there and back, and every way to break its shape.
#include "ledger/codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/clauses_format.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Json;

Violation refusal_of(const std::string& text) {
  auto event = decode_event(text);
  if (!event) return event.error();
  ADD_FAILURE() << "accepted: " << text;
  return {&FMT_1, ""};
}

// The sample of that type, its JSON changed at the pointers.
std::string changed(std::size_t type, const std::map<std::string, Json>& changes) {
  Json event = Json::parse(encode_event(sample::fullest()[type]));
  for (const auto& [pointer, value] : changes) event[Json::json_pointer(pointer)] = value;
  return event.dump();
}

// The place of a type among the samples.
std::size_t place_of(std::string_view type) {
  const auto it = std::find(event_types().begin(), event_types().end(), type);
  return static_cast<std::size_t>(it - event_types().begin());
}

const std::size_t opened = place_of("ledger.opened");
const std::size_t admitted = place_of("participant.admitted");
const std::size_t keys_changed = place_of("participant.keys_changed");
const std::size_t role_granted = place_of("role.granted");
const std::size_t account = place_of("account.opened");
const std::size_t established = place_of("approach.established");
const std::size_t rules = place_of("approach.rules_adopted");
const std::size_t ndc = place_of("ndc.declared");
const std::size_t granted = place_of("authorization.granted");
const std::size_t issued = place_of("units.issued");
const std::size_t deducted = place_of("proceeds.deducted");
const std::size_t transferred = place_of("units.transferred");
const std::size_t cancelled = place_of("units.cancelled");
const std::size_t adjusted = place_of("adjustment.applied");
const std::size_t withdrawn = place_of("signature.withdrawn");
const std::size_t disclosed = place_of("document.disclosed");
const std::size_t attested = place_of("audit.attested");

// ---- there and back -----------------------------------------------------------------------------

TEST(Codec, EveryTypeHasASample) {
  ASSERT_EQ(sample::fullest().size(), event_types().size());
  ASSERT_EQ(sample::leanest().size(), event_types().size());
  for (std::size_t i = 0; i < event_types().size(); ++i) {
    EXPECT_EQ(type_of(sample::fullest()[i].body), event_types()[i]);
    EXPECT_EQ(type_of(sample::leanest()[i].body), event_types()[i]);
  }
}

TEST(Codec, DecodingWhatWasEncodedGivesTheSameBytesAgain) {
  for (const auto* samples : {&sample::fullest(), &sample::leanest()}) {
    for (const Event& event : *samples) {
      const std::string bytes = encode_event(event);
      const auto decoded = decode_event(bytes);
      ASSERT_TRUE(decoded) << bytes << "\n" << decoded.error().detail;
      EXPECT_EQ(encode_event(*decoded), bytes);
      EXPECT_EQ(decoded->body.index(), event.body.index());
    }
  }
}

TEST(Codec, MembersOfAnEventStandInTheOrderOfTheirNames) {
  const std::string bytes = encode_event(sample::fullest()[withdrawn]);
  EXPECT_EQ(bytes, R"({"body":{"event":")" + bytes.substr(18, 64) +
                       R"(","id":"XHA-EVT-7"},"date":"2027-02-20",)"
                       R"("expires":"2027-06-30T22:00:00.000Z","id":"XHA-signature.withdrawn",)"
                       R"("ledger":"ledger.example/a6","type":"signature.withdrawn"})");
}

TEST(Codec, ATransferIsReadMemberByMember) {
  const auto event = decode_event(
      R"({"body":{"authorization":{"buyer":"B-1","host":"H-1"},"executed_on":"2026-12-20",)"
      R"("from":{"account":"A","name":"Seller","participant":"S","party":"XHA"},)"
      R"("method":"averaging","purpose":"IMP","quantity":12,)"
      R"("to":{"account":"Z","name":"Buyer","participant":"T","party":"XBA"},)"
      R"("units":{"ranges":[[1,10],[12,13]],"scope":"XHA99"},)"
      R"("vintages":[{"quantity":2,"vintage":2026},{"quantity":10,"vintage":2027}]},)"
      R"("date":"2027-02-20","id":"E-1","ledger":"l","type":"units.transferred"})");
  ASSERT_TRUE(event) << event.error().detail;
  const auto& body = std::get<UnitsTransferred>(event->body);
  EXPECT_EQ(body.authorization.buyer, "B-1");
  EXPECT_EQ(body.authorization.host, "H-1");
  EXPECT_EQ(body.executed_on, make_date(2026, 12, 20));
  EXPECT_EQ(body.from.account + body.from.name + body.from.participant + body.from.party,
            "ASellerSXHA");
  EXPECT_EQ(body.to.account + body.to.name + body.to.participant + body.to.party, "ZBuyerTXBA");
  EXPECT_EQ(body.method, Method::averaging);
  EXPECT_EQ(body.purpose, Purpose::imp);
  EXPECT_EQ(body.quantity, 12);
  EXPECT_EQ(body.units.scope, "XHA99");
  EXPECT_EQ(body.units.ranges.ranges(), (std::vector<Range>{{1, 11}, {12, 14}}));
  EXPECT_EQ(body.vintages, (std::vector<VintageQuantity>{{2026, 2}, {2027, 10}}));
  EXPECT_FALSE(event->expires);
}

// ---- every place of every shape, damaged --------------------------------------------------------

// What the decoder calls a place: "body.lots[1].first".
std::string path_of(const std::string& parent, const std::string& name) {
  return parent.empty() ? name : parent + '.' + name;
}

// Calls visit(path, value) for each member and element below `value`, which it may change.
void walk(Json& value, const std::string& path,
          const std::function<void(const std::string&, Json&, Json&, const std::string&)>& visit) {
  std::vector<std::string> names;
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) names.push_back(name);
  }
  for (const std::string& name : names) {
    visit(path_of(path, name), value[name], value, name);
    walk(value[name], path_of(path, name), visit);
  }
  if (!value.is_array()) return;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string element = path + '[' + std::to_string(i) + ']';
    visit(element, value[i], value, "");
    walk(value[i], element, visit);
  }
}

using Visit = std::function<void(Json& event, const std::string& path, Json& value, Json& parent,
                                 const std::string& name)>;

// Visits every place of the fullest sample of each type. The visitor leaves it as it was.
void at_every_place(const Visit& visit) {
  for (const Event& sample : sample::fullest()) {
    Json event = Json::parse(encode_event(sample));
    walk(event, "",
         [&](const std::string& path, Json& value, Json& parent, const std::string& name) {
           visit(event, path, value, parent, name);
         });
  }
}

// A range is one place, and so is its refusal.
std::string place_refused(const std::string& path) {
  const std::size_t ranges = path.find("ranges[");
  if (ranges == std::string::npos) return path;
  return path.substr(0, path.find(']', ranges) + 1);
}

TEST(Codec, AValueOfAnotherTypeIsRefusedWithItsPath) {
  at_every_place([](Json& event, const std::string& path, Json& value, Json&, const std::string&) {
    const Json good = value;
    for (const Json& other :
         {Json(nullptr), Json(true), Json(7), Json("?"), Json::array(), Json::object()}) {
      if (other.type() == good.type() || (other.is_number() && good.is_number())) continue;
      value = other;
      const Violation violation = refusal_of(event.dump());
      EXPECT_TRUE(violation.clause == &FMT_12 || path.find("ranges[") != std::string::npos)
          << path << " " << violation.clause->id;
      EXPECT_TRUE(violation.detail.starts_with(place_refused(path) + " is ")) << path << "\n"
                                                                              << violation.detail;
    }
    value = good;
  });
}

TEST(Codec, AMemberThatNoShapeNamesIsRefusedWithItsPath) {
  at_every_place([](Json& event, const std::string& path, Json& value, Json&, const std::string&) {
    if (!value.is_object()) return;
    for (const std::string name : {"a", "zzz"}) {  // before all others, and behind them
      value[name] = 1;
      const Violation violation = refusal_of(event.dump());
      EXPECT_EQ(violation.clause, &FMT_10) << path;
      EXPECT_TRUE(violation.detail.starts_with(path + '.' + name + " is not a member"))
          << violation.detail;
      value.erase(name);
    }
  });
}

// The members of the leanest sample of a type are those that it needs.
std::set<std::string> places_of_leanest(const std::string& type) {
  std::set<std::string> out;
  for (const Event& sample : sample::leanest()) {
    if (type_of(sample.body) != type) continue;
    Json event = Json::parse(encode_event(sample));
    walk(event, "",
         [&](const std::string& path, Json&, Json&, const std::string&) { out.insert(path); });
  }
  return out;
}

// These are needed because of another member's value, which the leanest sample does not have.
bool needed_here(const std::string& path) {
  return path.ends_with(".basis") || path.ends_with(".by") || path.ends_with(".since") ||
         path.ends_with(".public") || path == "body.status" || path == "body.quantity" ||
         path == "body.units";
}

TEST(Codec, AMissingMemberIsRefusedWithItsPathUnlessItIsOptional) {
  std::size_t refused = 0, optional = 0;
  at_every_place([&](Json& event, const std::string& path, Json& value, Json& parent,
                     const std::string& name) {
    if (name.empty()) return;
    const std::string type = event.value("type", "");
    const std::set<std::string> needed = places_of_leanest(type);
    const bool inside_optional =
        !needed.contains(path.substr(0, path.rfind('.'))) && path.find('.') != std::string::npos;
    const Json good = value;
    parent.erase(name);
    const auto verdict = decode_event(event.dump());
    if (verdict) {
      EXPECT_FALSE(needed.contains(path)) << type << " " << path;
      ++optional;
    } else {
      EXPECT_TRUE(needed.contains(path) || needed_here(path) || inside_optional)
          << type << " " << path;
      EXPECT_EQ(verdict.error().clause, &FMT_11) << verdict.error().detail;
      EXPECT_TRUE(verdict.error().detail.starts_with(path + " is missing"))
          << verdict.error().detail;
      ++refused;
    }
    parent[name] = good;
  });
  EXPECT_GT(refused, 200u);
  EXPECT_GT(optional, 30u);
}

TEST(Codec, WhereverABitOfAnEventFlipsItIsRefusedOrIsAnotherEventOfThatText) {
  for (const Event& sample : sample::fullest()) {
    const std::string good = encode_event(sample);
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
      std::string text = good;
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
      const auto event = decode_event(text);
      ASSERT_TRUE(!event || encode_event(*event) == text) << text;
    }
  }
}

// ---- forms --------------------------------------------------------------------------------------

struct FormRow {
  std::size_t type;
  const char* pointer;
  std::vector<Json> good;
  std::vector<Json> bad;
};

const std::string text_256(256, 'x');
const std::string hex_64(64, 'a');

const std::vector<FormRow>& form_rows() {
  static const std::vector<FormRow> rows = {
      {account,
       "/id",
       {"a", "A.b_c-9", std::string(64, 'x')},
       {"", "a b", "é", "a/b", std::string(65, 'x')}},
      {account, "/body/party", {"XHA", "GHA"}, {"", "XH", "XHAA", "xha", "XH1"}},
      {account, "/body/registry", {"XHA99", "CHE00"}, {"", "XHA9", "XHA999", "XH099", "xha99"}},
      {account,
       "/body/kind",
       {"holding", "national_share", "fund", "buffer"},
       {"", "Holding", "other"}},
      {account,
       "/date",
       {"1970-01-01", "2028-02-29", "9999-12-31"},
       {"", "2027-02-29", "2027-2-2", "2027-02-20T", "1969-12-31", "2027-13-01", "2027/02/20"}},
      {account,
       "/expires",
       {"2027-02-20T08:00:00.123Z"},
       {"", "2027-02-20T08:00:00Z", "2027-02-20T08:00:00.12Z", "2027-02-20T08:00:00.123+00:00",
        "2027-02-20T08:00:60.000Z", "2027-02-20T24:00:00.000Z", "2027-02-20t08:00:00.123z"}},
      {account,
       "/ledger",
       {"a", "ledger.example/a6_x-1", std::string(255, 'o')},
       {"", "Ledger", "a b", "a+b", std::string(256, 'o')}},
      {opened,
       "/body/log_key",
       {"name+00000000+QQ==", std::string(320, '!')},
       {"", "a b", "é", std::string(321, '!')}},
      {opened,
       "/body/service_key",
       {hex_64},
       {"", hex_64 + "a", hex_64.substr(1), std::string(64, 'A'), std::string(64, 'g')}},
      {opened, "/body/mode", {"ordinary", "demonstration"}, {"Ordinary", ""}},
      {opened, "/body/spec", {0, 1, 9007199254740991}, {-1}},
      {opened, "/body/quorum", {1, 9007199254740991}, {0, -1}},
      {opened, "/body/operator/thresholds/units", {1, 4294967295}, {0, -1, 4294967296}},
      {admitted, "/body/kind", {"party", "entity"}, {"Party", "person"}},
      {admitted, "/body/recovery/wait_days", {0, 4294967295}, {-1, 4294967296}},
      {admitted, "/body/identity/name", {"x", text_256}, {"", text_256 + "x"}},
      {admitted, "/body/office", {"Ministère de l’Environnement"}, {""}},
      {keys_changed, "/body/route", {"threshold", "recovery", "sponsor"}, {"", "other"}},
      {role_granted,
       "/body/role",
       {"authority", "secretariat", "inventory", "verifier", "developer"},
       {"", "owner"}},
      {established, "/body/agreement/access", {"redacted"}, {"open", "Public"}},
      {established, "/body/agreement/size", {0, 1}, {-1}},
      {established,
       "/body/agreement/media",
       {"application/pdf", "image/svg+xml", "application/vnd.ms-excel"},
       {"", "pdf", "/pdf", "text/", "Text/html", "a/b/c", "text/html; charset=utf-8"}},
      {established,
       "/body/agreement/language",
       {"en", "pt-BR", "zh-Hans-CN"},
       {"", "e", "en_GB", "en-", "-en", "e1", "englishly-x", "en-123456789"}},
      {disclosed, "/body/how", {"redacted"}, {"Redacted", "published", ""}},
      {disclosed, "/body/entry", {0, 1}, {-1}},
      {attested, "/body/result", {"consistent", "inconsistent"}, {"", "good"}},
      {attested, "/body/checkpoint/size", {0, 42}, {-1}},
      {rules, "/body/carp", {"CA0000", "CA9901"}, {"", "CA990", "CA99011", "ca9901", "CA990x"}},
      {rules,
       "/body/extra_signers/0/event",
       {"a.b", "units.transferred", "units.issued"},
       {"", "units", ".x", "x.", "Units.x", "a.b.c", "units. x"}},
      {rules, "/body/deductions/0/moment", {"issuance", "transfer", "acquisition"}, {"use"}},
      {rules, "/body/deductions/0/by", {"host", "acquirer"}, {"buyer"}},
      {rules, "/body/deductions/0/kind", {"retained", "fund", "omge", "money"}, {"OMGE"}},
      {rules, "/body/deductions/0/rounding", {"floor", "ceil", "half_up"}, {"round"}},
      {rules,
       "/body/first_transfer/0/definition",
       {"authorization", "issuance", "use_or_cancellation"},
       {"use"}},
      {rules, "/body/version", {1}, {0}},
      {ndc, "/body/from", {1990, 2100}, {1989, 2101, 0, -2027}},
      {ndc, "/body/type", {"single_year", "multi_year"}, {"single-year"}},
      {ndc, "/body/method", {"trajectory", "averaging"}, {"average"}},
      {granted,
       "/body/activities/0/mitigation",
       {"Emission reductions", "Removals"},
       {"removals", "Both"}},
      {granted, "/body/change_terms/until", {"issuance", "first_transfer", "never"}, {"always"}},
      {granted, "/body/cap", {0, 9007199254740991}, {-1}},
      {granted,
       "/body/vintages",
       {Json::array({2021, 2022})},
       {Json::array({2021}), Json::array({1, 2, 3})}},
      {issued, "/body/lots/1/first", {9001, 15000}, {0, -1}},
      {transferred, "/body/purpose", {"NDC", "IMP", "OP"}, {"ndc", "OMGE"}},
      {transferred, "/body/quantity", {1, 9007199254740991}, {0, -1}},
      {cancelled,
       "/body/purpose",
       {"OP", "voluntary", "OMGE", "domestic", "administrative", "reversal"},
       {"NDC"}},
      {cancelled,
       "/body/reason",
       {"a", "own_target", std::string(64, '_')},
       {"", "Own", "a-b", "a1", std::string(65, 'x')}},
      {adjusted, "/body/amount/num", {-9007199254740991, 0, 9007199254740991}, {}},
      {adjusted, "/body/amount/den", {1}, {0, -1}},
      {adjusted, "/body/as_of", {0}, {-1}},
      {withdrawn, "/body/event", {hex_64}, {std::string(64, 'F')}},
  };
  return rows;
}

// "/body/lots/1/first" as a refusal has it: "body.lots[1].first".
std::string path_at(std::string pointer) {
  std::string out;
  std::string step;
  for (const char c : pointer + '/') {
    if (c != '/') {
      step += c;
    } else if (!step.empty()) {
      out = step.find_first_not_of("0123456789") == std::string::npos ? out + '[' + step + ']'
                                                                      : path_of(out, step);
      step.clear();
    }
  }
  return out;
}

TEST(Codec, AValueHasTheFormOfItsPlace) {
  for (const FormRow& row : form_rows()) {
    for (const Json& value : row.good) {
      const std::string text = changed(row.type, {{row.pointer, value}});
      const auto event = decode_event(text);
      ASSERT_TRUE(event) << row.pointer << " " << value << "\n" << event.error().detail;
      EXPECT_EQ(encode_event(*event), text);
    }
    for (const Json& value : row.bad) {
      const Violation violation = refusal_of(changed(row.type, {{row.pointer, value}}));
      EXPECT_EQ(violation.clause, &FMT_13) << row.pointer << " " << value << "\n"
                                           << violation.detail;
      EXPECT_TRUE(violation.detail.starts_with(path_at(row.pointer) + " is ")) << violation.detail;
    }
  }
}

TEST(Codec, AnUnknownTypeIsRefusedByNameBeforeAllElse) {
  Json event = Json::parse(encode_event(sample::fullest()[account]));
  event["type"] = "units.split";
  event["body"] = 7;
  event["zzz"] = 1;
  const Violation violation = refusal_of(event.dump());
  EXPECT_EQ(violation.clause, &FMT_9);
  EXPECT_NE(violation.detail.find("\"units.split\""), std::string::npos) << violation.detail;
  EXPECT_NE(violation.detail.find("\"units.transferred\""), std::string::npos) << violation.detail;
}

TEST(Codec, MembersAreJudgedInTheOrderOfTheirNames) {
  const std::string bad_date = "2027-02-30";
  EXPECT_TRUE(refusal_of(changed(account, {{"/body/party", "?"}, {"/date", bad_date}}))
                  .detail.starts_with("body.party"));
  EXPECT_TRUE(
      refusal_of(changed(account, {{"/date", bad_date}, {"/id", "?"}})).detail.starts_with("date"));
  EXPECT_TRUE(refusal_of(changed(account, {{"/id", "?"}, {"/zzz", 1}})).detail.starts_with("id"));
}

TEST(Codec, ALongValueIsShownInPart) {
  const std::string name = "é" + std::string(400, 'x');
  const Violation violation = refusal_of(changed(admitted, {{"/body/office", name}}));
  EXPECT_LT(violation.detail.size(), 200u);
  EXPECT_NE(violation.detail.find("… (402 bytes)"), std::string::npos) << violation.detail;
}

// ---- what depends on a value --------------------------------------------------------------------

TEST(Codec, ADocumentHasTheMembersOfItsAccess) {
  const auto with = [](const char* access, bool basis, bool copy) {
    Json event = Json::parse(encode_event(sample::fullest()[established]));
    Json& doc = event["body"]["agreement"];
    doc["access"] = access;
    for (const char* reason : {"basis", "by", "since"}) {
      if (!basis) doc.erase(reason);
    }
    if (!copy) doc.erase("public");
    const auto verdict = decode_event(event.dump());
    return verdict ? std::string() : std::string(verdict.error().clause->id);
  };
  EXPECT_EQ(with("public", false, false), "");
  EXPECT_EQ(with("public", true, false), "FMT-10");
  EXPECT_EQ(with("public", false, true), "FMT-10");
  EXPECT_EQ(with("redacted", true, true), "");
  EXPECT_EQ(with("redacted", false, true), "FMT-11");
  EXPECT_EQ(with("redacted", true, false), "FMT-11");
  EXPECT_EQ(with("confidential", true, false), "");
  EXPECT_EQ(with("confidential", true, true), "FMT-10");
  EXPECT_EQ(with("confidential", false, false), "FMT-11");
  for (const char* reason : {"basis", "by", "since"}) {
    Json event = Json::parse(encode_event(sample::fullest()[established]));
    event["body"]["agreement"].erase(reason);
    const Violation violation = refusal_of(event.dump());
    EXPECT_EQ(violation.clause, &FMT_11) << reason;
    EXPECT_TRUE(violation.detail.starts_with("body.agreement." + std::string(reason)));
  }
}

TEST(Codec, AListThatIsLeftOutWhenEmptyIsNeverEmpty) {
  const Violation violation =
      refusal_of(changed(role_granted, {{"/body/scope/approaches", Json::array()}}));
  EXPECT_EQ(violation.clause, &FMT_14);
  EXPECT_TRUE(violation.detail.starts_with("body.scope.approaches is an empty list"))
      << violation.detail;
}

// ---- lists --------------------------------------------------------------------------------------

struct ListRow {
  std::size_t type;
  const char* pointer;
  Json list;
  const char* path;  // of the element that is named
};

TEST(Codec, ASetAscendsStrictly) {
  const Json entity = {{"id", "A"}, {"may", {"use"}}};
  const std::vector<ListRow> rows = {
      {keys_changed, "/body/add", {std::string(64, 'b'), hex_64}, "body.add[1]"},
      {keys_changed, "/body/add", {hex_64, hex_64}, "body.add[1]"},
      {role_granted, "/body/parties", {"XHA", "XBA"}, "body.parties[1]"},
      {ndc, "/body/scope/gases", {"CO2", "CH4"}, "body.scope.gases[1]"},
      {granted, "/body/purposes", {"IMP", "NDC"}, "body.purposes[1]"},
      {granted, "/body/purposes", {"NDC", "NDC"}, "body.purposes[1]"},
      {granted, "/body/entities/0/may", {"acquire", "transfer"}, "body.entities[0].may[1]"},
      {granted, "/body/entities", {entity, entity}, "body.entities[1]"},
      {granted, "/body/ndc_periods", {{2026, 2030}, {2021, 2025}}, "body.ndc_periods[1]"},
      {transferred,
       "/body/vintages",
       {{{"quantity", 1}, {"vintage", 2027}}, {{"quantity", 1}, {"vintage", 2026}}},
       "body.vintages[1]"},
      {issued,
       "/body/lots",
       {{{"first", 1}, {"last", 10}, {"vintage", 2026}},
        {{"first", 10}, {"last", 20}, {"vintage", 2026}}},
       "body.lots[1]"},
  };
  for (const ListRow& row : rows) {
    const Violation violation = refusal_of(changed(row.type, {{row.pointer, row.list}}));
    EXPECT_EQ(violation.clause, &FMT_14) << row.pointer << " " << row.list;
    EXPECT_TRUE(violation.detail.starts_with(std::string(row.path) + " (")) << violation.detail;
  }
}

TEST(Codec, AListHasNoMoreElementsThanItsPlaceAllows) {
  const auto hex = [](std::size_t i) { return std::string(60, '0') + std::to_string(1000 + i); };
  const auto list_of = [](std::size_t count, const auto& element) {
    Json out = Json::array();
    for (std::size_t i = 0; i < count; ++i) out.push_back(element(i));
    return out;
  };
  const auto gas = [](std::size_t i) { return "gas " + std::to_string(100 + i); };
  EXPECT_TRUE(decode_event(changed(keys_changed, {{"/body/add", list_of(16, hex)}})));
  EXPECT_EQ(refusal_of(changed(keys_changed, {{"/body/add", list_of(17, hex)}})).clause, &FMT_14);
  EXPECT_TRUE(decode_event(changed(ndc, {{"/body/scope/gases", list_of(64, gas)}})));
  EXPECT_EQ(refusal_of(changed(ndc, {{"/body/scope/gases", list_of(65, gas)}})).clause, &FMT_14);
}

// ---- ranges of units ----------------------------------------------------------------------------

constexpr const char* ranges_pointer = "/body/units/ranges";

TEST(Codec, RangesAreReadWithTheirLastSerialIncluded) {
  const Json ranges = {{1, 1}, {3, 9007199254740991}};
  const auto event = decode_event(changed(transferred, {{ranges_pointer, ranges}}));
  ASSERT_TRUE(event) << event.error().detail;
  const RangeSet& read = std::get<UnitsTransferred>(event->body).units.ranges;
  EXPECT_EQ(read.ranges(), (std::vector<Range>{{1, 2}, {3, max_serial + 1}}));
}

TEST(Codec, ARangeOfAnotherFormIsRefused) {
  for (const Json& range : {Json({2, 1}), Json({0, 1}), Json({-1, 1}), Json({1}), Json({1, 2, 3}),
                            Json({"1", 2}), Json({1, nullptr})}) {
    const Violation violation =
        refusal_of(changed(transferred, {{ranges_pointer, Json::array({range})}}));
    EXPECT_EQ(violation.clause, &FMT_13) << range;
    EXPECT_TRUE(violation.detail.starts_with("body.units.ranges[0] is " + range.dump()))
        << violation.detail;
  }
}

std::string refusal_of_ranges(const Json& ranges) {
  const Violation violation = refusal_of(changed(transferred, {{ranges_pointer, ranges}}));
  EXPECT_EQ(violation.clause, &FMT_14) << ranges;
  return violation.detail;
}

TEST(Codec, RangesThatDoNotAscendWithAGapAreRefusedWithBothNamed) {
  EXPECT_EQ(
      refusal_of_ranges({{1, 5}, {6, 9}}),
      "body.units.ranges[1] [6,9] and the range before it, [1,5], are adjacent. All these units "
      "are one range: write [1,9].");
  EXPECT_EQ(
      refusal_of_ranges({{1, 5}, {5, 9}}),
      "body.units.ranges[1] [5,9] and the range before it, [1,5], overlap. All these units are "
      "one range: write [1,9].");
  EXPECT_EQ(
      refusal_of_ranges({{1, 1}, {8, 9}, {3, 5}}),
      "body.units.ranges[2] [3,5] and the range before it, [8,9], are not in ascending order. "
      "Sort the ranges by their first serials.");
  EXPECT_NE(refusal_of_ranges(Json::array()).find("has 0 ranges"), std::string::npos);
}

Json spread_ranges(Serial first, std::size_t count) {
  Json out = Json::array();
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({first, first});
    first += 2;
  }
  return out;
}

TEST(Codec, AnEventHasAtMost3000RangesInAllItsListsTogether) {
  EXPECT_TRUE(decode_event(changed(transferred, {{ranges_pointer, spread_ranges(1, 3'000)}})));
  EXPECT_NE(refusal_of_ranges(spread_ranges(1, 3'001)).find("has 3001 ranges"), std::string::npos);
  const auto settlement = [](std::size_t gross, std::size_t taken) {
    return changed(deducted, {{"/body/gross/ranges", spread_ranges(1, gross)},
                              {"/body/taken/1/ranges", spread_ranges(1, taken)}});
  };
  EXPECT_TRUE(decode_event(settlement(2'000, 999)));  // and one in taken[0]
  const Violation violation = refusal_of(settlement(2'000, 1'000));
  EXPECT_EQ(violation.clause, &FMT_14);
  EXPECT_TRUE(violation.detail.starts_with("body.taken[1].ranges has 1000 ranges"))
      << violation.detail;
}

// ---- limits -------------------------------------------------------------------------------------

// A valid event of exactly that many bytes.
std::string event_of_size(std::size_t bytes) {
  RangeSet ranges;
  Serial first = 1'000'000'000'000'000;
  while (encode_event(sample::transfer_of(ranges)).size() + 2 * 34 + 2 * 256 < bytes ||
         ranges.empty()) {
    for (int i = 0; i < 10; ++i, first += 2) ranges.join({first, first + 1});
    if (encode_event(sample::transfer_of(ranges)).size() + 600 > bytes) break;
  }
  Event event = sample::transfer_of(ranges);
  auto& body = std::get<UnitsTransferred>(event.body);
  for (std::string* name : {&body.from.name, &body.to.name}) {
    const std::size_t size = encode_event(event).size();
    if (size < bytes) name->append(std::min(bytes - size, 256 - name->size()), 'x');
  }
  return encode_event(event);
}

TEST(Codec, AnEventHasAtMost60000Bytes) {
  const std::string longest = event_of_size(60'000), longer = event_of_size(60'001);
  ASSERT_EQ(longest.size(), 60'000u);
  ASSERT_EQ(longer.size(), 60'001u);
  EXPECT_TRUE(decode_event(longest));
  const Violation violation = refusal_of(longer);
  EXPECT_EQ(violation.clause, &FMT_15);
  EXPECT_NE(violation.detail.find("60001 bytes"), std::string::npos) << violation.detail;
  EXPECT_EQ(refusal_of(std::string(65'536, ' ')).clause, &FMT_1);
}

TEST(Codec, TheReadersLimitsAreThoseOfTheFormat) {
  EXPECT_EQ(refusal_of(changed(account, {{"/body/holder", std::string(4'096, 'x')}})).clause,
            &FMT_13);
  EXPECT_EQ(refusal_of(changed(account, {{"/body/holder", std::string(4'097, 'x')}})).clause,
            &FMT_7);
  Json deep = 1;
  for (int i = 0; i < 7; ++i) deep = Json::array({deep});
  EXPECT_EQ(refusal_of(changed(account, {{"/body", deep}})).clause, &FMT_12);
  EXPECT_EQ(refusal_of(changed(account, {{"/body", Json::array({deep})}})).clause, &FMT_5);
  EXPECT_EQ(refusal_of(changed(transferred, {{"/body/quantity", 9007199254740992}})).clause,
            &FMT_6);
}

}  // namespace
