#include "crypto/envelope.hpp"

namespace crypto {

std::string pae(std::string_view type, std::string_view body) {
  std::string out = "DSSEv1 ";
  out.reserve(out.size() + type.size() + body.size() + 48);
  out.append(std::to_string(type.size())).append(" ").append(type);
  out.append(" ").append(std::to_string(body.size())).append(" ").append(body);
  return out;
}

}  // namespace crypto
