// Writes what codec_decoder.hpp reads, by the same shapes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/json.hpp"

namespace ledger::codec {

// Appends canonical JSON to a string that it does not own. Precondition: what it is given is within
// the schema; the writer stops the program at text that would not be canonical.
class Encoder {
 public:
  static constexpr bool writes = true;

  explicit Encoder(std::string& out) : writer_(out) {}

  template <class Form, class T>
  void required(std::string_view name, const Form& form, const T& value) {
    writer_.name(name);
    form.write(*this, value);
  }

  template <class Form, class T>
  void optional(std::string_view name, const Form& form, const std::optional<T>& value) {
    if (value) required(name, form, *value);
  }

  template <class Form, class T>
  void exactly_when(bool, std::string_view, std::string_view name, const Form& form,
                    const std::optional<T>& value) {
    optional(name, form, value);
  }

  template <class Form, class T>
  void unless_empty(std::string_view name, const Form& form, const std::vector<T>& value) {
    if (!value.empty()) required(name, form, value);
  }

  template <class Shape>
  void object(std::string_view name, const Shape& shape) {
    writer_.name(name);
    object_value(shape);
  }

  template <class Shape>
  void object_value(const Shape& shape) {
    writer_.begin_object();
    shape();
    writer_.end_object();
  }

  [[nodiscard]] json::Writer& writer() { return writer_; }

 private:
  json::Writer writer_;
};

}  // namespace ledger::codec
