#include "api/receipt_text.hpp"

#include <nlohmann/json.hpp>

namespace api {
namespace {

using Json = nlohmann::json;

// Keeps the two texts and forgets all else as it comes; ends the reading where it is too deep or
// says one of them twice.
class Members final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return value(); }
  bool boolean(bool /*value*/) override { return value(); }
  bool number_integer(number_integer_t /*value*/) override { return value(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return value(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return value(); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool string(string_t& text) override {
    if (depth_ == 1 && is_wanted()) {
      std::string& place = name_ == "entry" ? receipt.entry : receipt.proof;
      if (!place.empty()) return false;
      place = std::move(text);
    }
    return value();
  }
  bool start_object(std::size_t /*members*/) override {
    is_object = is_object || depth_ == 0;
    return ++depth_ <= deepest;
  }
  bool start_array(std::size_t /*elements*/) override { return ++depth_ <= deepest; }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    name_ = std::move(name);
    is_refusal = is_refusal || name_ == "status";
    is_of_a_state = is_of_a_state || name_ == "claims";
    receipt.demonstration = receipt.demonstration || name_ == "demonstration";
    return true;
  }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const Json::exception& /*why*/) override {
    return false;
  }

  ReceiptText receipt;
  bool is_object = false, is_refusal = false, is_of_a_state = false;

 private:
  static constexpr int deepest = 8;

  [[nodiscard]] bool is_wanted() const { return name_ == "entry" || name_ == "proof"; }
  bool value() { return depth_ > 0; }
  bool end() {
    --depth_;
    return true;
  }

  int depth_ = 0;
  std::string name_;  // of the member of the outermost object that is being read
};

}  // namespace

Told<ReceiptText> parse_receipt(std::string_view json) {
  constexpr const char* no_json = "a receipt is a JSON object with entry and proof";
  if (json.size() > longest_receipt) return tell("a receipt is not as long as this");
  Members members;
  const bool read = Json::sax_parse(json, &members);
  if (!read || !members.is_object) return tell(no_json);
  if (members.is_of_a_state) {
    return tell("these are proofs of a state: check them with itmo-audit balance");
  }
  if (members.receipt.entry.empty() || members.receipt.proof.empty()) {
    return tell(members.is_refusal
                    ? "this is a refusal and no receipt: check it with itmo receipt --service-key"
                    : "this is no receipt: it has no entry or no proof");
  }
  return std::move(members.receipt);
}

bool is_bare_proof(std::string_view text) {
  return text.starts_with("c2sp.org/tlog-proof@");
}

}  // namespace api
