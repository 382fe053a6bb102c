#include "api/itmo_ledger_word.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "api/http_client.hpp"
#include "api/itmo_remote.hpp"
#include "api/itmo_wording.hpp"

namespace api::itmo {
namespace {

using Json = nlohmann::json;

// The names in an event that a ledger can be asked about.
struct Names {
  std::set<std::string> accounts, authorizations, parties;
};

void collect(const std::string& name, const Json& value, Names& names) {
  if (value.is_object() && name == "authorization") {
    for (const Json& each : value) names.authorizations.insert(each.get<std::string>());
    return;
  }
  if (value.is_object()) {
    for (const auto& [inner, each] : value.items()) collect(inner, each, names);
  } else if (value.is_array()) {
    for (const Json& each : value) collect(name, each, names);
  } else if (value.is_string() && name == "account") {
    names.accounts.insert(value.get<std::string>());
  } else if (value.is_string() && (name == "party" || name == "parties" || name == "sponsor")) {
    names.parties.insert(value.get<std::string>());
  }
}

// One thing of the ledger; null where it does not exist.
Told<Json> ask(HttpClient& client, const std::string& kind, const std::string& name) {
  const Told<Response> response = client.get("/v1/" + kind + '/' + path_segment(name));
  if (!response) return tell(response.error());
  if (response->status == 404) return Json();
  Json json = Json::parse(response->body, nullptr, false);
  if (response->status != 200 || !json.is_object()) {
    return tell("the server answers " + std::to_string(response->status) + " about " + name);
  }
  return json;
}

class Word {
 public:
  Word(std::ostream& out, const Draft& draft, HttpClient& client)
      : out_(out), draft_(draft), client_(client) {}

  Told<> print() {
    Names names;
    collect("", Json::parse(draft_.bytes).at("body"), names);
    for (const std::string& id : names.accounts) {
      if (Told<> done = print_account(id); !done) return done;
    }
    for (const std::string& id : names.authorizations) {
      if (Told<> done = print_authorization(id); !done) return done;
    }
    for (const std::string& id : names.parties) {
      if (Told<> done = print_keys(id); !done) return done;
    }
    return {};
  }

 private:
  void say(const Json& answer, const std::string& sentence) {
    out_ << "According to the ledger at entry " << answer.at("as_of").value("entry", 0) << ": "
         << sentence << '\n';
  }

  Told<> print_account(const std::string& id) {
    const Told<Json> answer = ask(client_, "accounts", id);
    if (!answer) return tell(answer.error());
    if (answer->is_null()) {
      out_ << "According to the ledger there is no account " << id << ".\n";
      return {};
    }
    const Json& account = answer->at("account");
    say(*answer, "account " + id + " is in the section of " +
                     account.at("party").get<std::string>() + ", held by " +
                     account.at("holder").get<std::string>() + ", " +
                     itmo::quoted(account.at("holder_name").get<std::string>()) + ", and holds " +
                     amount(account.at("held")) + '.');
    return {};
  }

  Told<> print_authorization(const std::string& id) {
    const Told<Json> answer = ask(client_, "authorizations", id);
    if (!answer) return tell(answer.error());
    if (answer->is_null()) {
      out_ << "According to the ledger there is no authorization " << id << ".\n";
      return {};
    }
    const Json& granted = answer->at("authorization");
    say(*answer,
        "authorization " + id + " of " + granted.at("party").get<std::string>() + " has " +
            (granted.contains("cap") ? "a cap of " + amount(granted.at("cap")) : "no cap") + "; " +
            amount(granted.at("first_transferred")) + " are first transferred and " +
            amount(granted.at("acquired")) + " acquired under it.");
    return {};
  }

  Told<> print_keys(const std::string& party) {
    const Told<Json> answer = ask(client_, "parties", party);
    if (!answer) return tell(answer.error());
    if (answer->is_null()) return {};
    for (const Json& key : answer->at("participant").at("keys")) {
      for (const crypto::KeySignature& signature : draft_.signatures) {
        if (hex_of(signature.key) != key.at("key").get<std::string>()) continue;
        say(*answer, "key " + hex_of(signature.key) + " is " +
                         (key.contains("retired_by") ? "a retired key of " : "a key of ") + party +
                         '.');
      }
    }
    return {};
  }

  std::ostream& out_;
  const Draft& draft_;
  HttpClient& client_;
};

}  // namespace

Told<> print_ledgers_word(std::ostream& out, const Draft& draft, const std::string& url) {
  if (url.empty()) return {};
  Told<ServerAddress> server = parse_server_address(url);
  if (!server) return tell(server.error());
  HttpClient client(std::move(*server));
  out << '\n';
  try {
    return Word(out, draft, client).print();
  } catch (const Json::exception& error) {  // how that library says that a member is not there
    return tell("the server's answer lacks a member: " + std::string(error.what()));
  }
}

}  // namespace api::itmo
