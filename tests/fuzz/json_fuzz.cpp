// Any bytes: our reader and nlohmann_json have to agree, an accepted text has to be what its values
// write, and a refused one has to be good up to the byte that the refusal names.
#include "ledger/ensure.hpp"
#include "tests/support/json_agreement.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string fault = test_support::json_fault({reinterpret_cast<const char*>(data), size});
  ENSURE(fault.empty(), fault.c_str());
  return 0;
}
