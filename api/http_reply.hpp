// The answer to an HTTP/1.1 request, read strictly from bytes as they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/told.hpp"

namespace api {

struct ReplyLimits {
  std::size_t head_bytes = 16'384;
  // Of a success; any other answer may explain itself in 64 KiB at least.
  std::size_t body_bytes = 64ULL << 20;
  // A longer body does not fail: one byte beyond the limit is taken, which shows it, and the rest
  // left unread.
  bool cut = false;
};

// Reads one response whose end the bytes themselves tell: by Content-Length, or by chunks. Anything
// else fails with a sentence: interim responses, encoded content, an answer that ends with the
// connection. HTTP/1.1, and 1.0 as simple web servers for files speak it. A value of one thread;
// after a failure nothing more is fed.
class ReplyReader {
 public:
  explicit ReplyReader(const ReplyLimits& limits = {}) : limits_(limits) {}

  // Takes the next bytes; true when the response is whole. Fails on bytes behind its end.
  [[nodiscard]] Told<bool> take(std::string_view bytes);

  // Precondition for both: the response is whole.
  [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
  [[nodiscard]] Response release() && { return std::move(response_); }

 private:
  enum class Part { head, body, chunk_size, chunk, chunk_end, trailer, whole };

  [[nodiscard]] Told<bool> advance();  // false: the part needs more bytes
  [[nodiscard]] Told<bool> read_head();
  [[nodiscard]] Told<> read_status(std::string_view line);
  [[nodiscard]] Told<> read_field(std::string_view line);
  [[nodiscard]] Told<> find_body_length();
  [[nodiscard]] Told<bool> read_body();
  [[nodiscard]] Told<bool> read_chunk_size();
  [[nodiscard]] Told<bool> read_chunk_end();
  [[nodiscard]] Told<bool> read_trailer();
  // The next line without its CR LF, taken away from the pending bytes.
  [[nodiscard]] Told<bool> next_line(std::string& line);
  [[nodiscard]] std::size_t longest_body() const;

  ReplyLimits limits_;
  Part part_ = Part::head;
  std::string pending_;  // not yet read, from begin_ on
  std::size_t begin_ = 0;
  std::uint64_t remaining_ = 0;  // of the body, or of this chunk
  bool keeps_alive_ = true;
  bool chunks_allowed_ = true;
  bool was_cut_ = false;
  Response response_;
};

}  // namespace api
