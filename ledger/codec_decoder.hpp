// Reads the members of JSON objects in the order of their names, by the closed schema: exactly the
// members that the shape names, each of its form. Keeps the first refusal and skips the rest, so
// that a shape is a plain list of members that serves for reading and writing alike.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/ensure.hpp"
#include "ledger/json.hpp"

namespace ledger::codec {

// What a shape is given: a T to fill when reading, a const T when writing.
template <class Io, class T>
using Of = std::conditional_t<Io::writes, const T, T>;

// One pass over one parsed text, which must outlive it. Used once, by one thread.
//
// A *form* has read(Decoder&, json::Value, T&), write(Encoder&, const T&) and expected(), the words
// for what it takes. Paths in refusals begin at the object given to `object_value`.
class Decoder {
  struct Segment {
    std::string_view name;  // empty: an element
    std::size_t index;
  };

 public:
  static constexpr bool writes = false;

  // ---- members, for shapes: called in ascending order of the names ----

  template <class Form, class T>
  void required(std::string_view name, const Form& form, T&& value) {
    if (const auto found = take(name)) {
      const Step step(*this, name);
      form.read(*this, *found, value);
    } else if (is_absent()) {
      missing(name, form.expected());
    }
  }

  template <class Form, class T>
  void optional(std::string_view name, const Form& form, std::optional<T>& value) {
    if (const auto found = take(name)) {
      const Step step(*this, name);
      form.read(*this, *found, value.emplace(T{}));
    }
  }

  // A member that is there exactly when `needed`; `why` ends a sentence: "access is public".
  template <class Form, class T>
  void exactly_when(bool needed, std::string_view why, std::string_view name, const Form& form,
                    std::optional<T>& value) {
    optional(name, form, value);
    if (value && !needed) unneeded(name, why);
    if (!value && needed && is_absent()) missing(name, form.expected());
  }

  // A list that is left out when it is empty.
  template <class Form, class T>
  void unless_empty(std::string_view name, const Form& form, std::vector<T>& value) {
    if (const auto found = take(name)) {
      const Step step(*this, name);
      form.read(*this, *found, value);
      if (value.empty()) empty_list();
    }
  }

  // A member that is an object with the members that `shape()` reads.
  template <class Shape>
  void object(std::string_view name, const Shape& shape) {
    if (const auto found = take(name)) {
      const Step step(*this, name);
      object_value(*found, shape);
    } else if (is_absent()) {
      missing(name, "an object");
    }
  }

  // ---- values, for forms ----

  // Reads the object by `shape()`; no member may be left over.
  template <class Shape>
  void object_value(json::Value value, const Shape& shape) {
    if (!value.is_object()) return wrong_type(value, "an object");
    const Cursor outer = cursor_;
    enter(value);
    shape();
    leave();
    cursor_ = outer;
  }

  // One step down the path, to a member or an element, for as long as it lives.
  class Step {
   public:
    Step(Decoder& decoder, std::string_view name) : decoder_(decoder) { step({name, 0}); }
    Step(Decoder& decoder, std::size_t index) : decoder_(decoder) { step({{}, index}); }
    ~Step() { --decoder_.steps_; }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    void step(Segment segment) {
      ENSURE(decoder_.steps_ < most_steps, "no path is longer than a text is deep");
      decoder_.path_[decoder_.steps_++] = segment;
    }
    Decoder& decoder_;
  };

  // Counts the ranges of the event; false when there are now more than it may have.
  [[nodiscard]] bool count_ranges(std::size_t more);

  // ---- refusals: the first one stays ----

  [[nodiscard]] bool failed() const { return violation_.has_value(); }
  [[nodiscard]] const std::optional<Violation>& violation() const { return violation_; }
  // Where reading is: "body.units.ranges[3]".
  [[nodiscard]] std::string path() const;
  void fail(const Clause& clause, std::string detail);
  void wrong_type(json::Value found, const std::string& expected);  // FMT-12
  void wrong_form(json::Value found, const std::string& expected);  // FMT-13

 private:
  static constexpr std::size_t most_steps = json::max_depth + 2;
  static constexpr std::size_t most_names = 24;  // of one shape

  // Where reading is in the object that is open.
  struct Cursor {
    json::Members::iterator next, end;
    std::size_t first_name = 0, end_name = 0;  // those of its shape, among names_
    std::string_view unknown;
  };

  void enter(json::Value object);
  void leave();
  // The member of that name, if it is next; otherwise nothing, or a stranger noted.
  [[nodiscard]] std::optional<json::Value> take(std::string_view name);
  // Whether what take() did not find is missing, rather than not looked for after a refusal.
  [[nodiscard]] bool is_absent() const { return !failed() && cursor_.unknown.empty(); }
  void missing(std::string_view name, const std::string& expected);
  void unneeded(std::string_view name, std::string_view why);
  void empty_list();
  [[nodiscard]] std::string member_path(std::string_view name) const;

  Cursor cursor_;
  // That the shapes of all open objects gave, for refusals. Words alone, which nobody has to clear.
  struct Name {
    const char* data;
    std::size_t size;
  };
  std::array<Name, most_names * json::max_depth> names_;
  std::array<Segment, most_steps> path_;
  std::size_t steps_ = 0;  // of the path
  std::size_t ranges_ = 0;
  std::optional<Violation> violation_;
};

// The value as a refusal repeats it: short, and never more than a glance.
[[nodiscard]] std::string shown(json::Value value);

}  // namespace ledger::codec
