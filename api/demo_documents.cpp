#include "api/demo_documents.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "api/document_store.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"

namespace api::demo {
namespace {

using Json = nlohmann::json;

std::optional<crypto::Hash> hash_of(const Json& object, const char* name) {
  const auto raw = crypto::from_hex(object.value(name, ""));
  return raw ? crypto::Hash::from(*raw) : std::nullopt;
}

// The file that the story means by a document, put and fetched again.
Told<> put_one(const DocumentStore& store, HttpClient& client, const Json& document) {
  const Json file = document.value("public", Json::object());
  const auto sha256 = hash_of(file, "sha256");
  const auto title = hash_of(document.value("title", Json::object()), "commitment");
  if (!sha256 || !title) return tell("the server does not say how a document is called");
  const std::string text = story::document_text(document.value("kind", ""), *title);
  const replay::PublicFile wanted{*sha256, file.value("size", std::int64_t{0})};
  if (Told<> put = store.put_bytes(text, wanted); !put) return put;
  const Told<Response> fetched = client.get(file.value("path", ""));
  if (!fetched) return tell(fetched.error());
  if (fetched->status == 200 && crypto::sha256(fetched->body) == *sha256) return {};
  return tell("the server does not give the document that it names: " + file.dump());
}

}  // namespace

Told<std::size_t> put_documents(const Stage& stage, HttpClient& client) {
  const DocumentStore store(stage.directory / "DEMONSTRATION-documents");
  std::set<std::string> seen;
  for (std::string target = "/v1/documents?limit=1000"; !target.empty();) {
    const Told<Response> response = client.get(target);
    if (!response) return tell(response.error());
    const Json page = Json::parse(response->body, nullptr, false);
    if (!page.is_object() || !page.contains("documents")) return tell("no list of documents came");
    for (const Json& document : page["documents"]) {
      if (!seen.insert(document.value("sha256", "")).second) continue;
      if (Told<> put = put_one(store, client, document); !put) return tell(put.error());
    }
    target = page.contains("next") ? "/v1/documents?limit=1000&from=" + page["next"].dump() : "";
  }
  return seen.size();
}

}  // namespace api::demo
