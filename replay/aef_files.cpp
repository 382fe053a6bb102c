#include "replay/aef_files.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/json.hpp"
#include "replay/aef_xlsx.hpp"
#include "replay/audit_words.hpp"
#include "replay/csv.hpp"

namespace replay {
namespace {

using ledger::json::Writer;

constexpr std::string_view demonstration_prefix = "DEMONSTRATION-";

std::string_view ending_of(AefFormat format) {
  constexpr std::string_view endings[] = {".json", ".csv", ".xlsx"};
  return endings[static_cast<std::size_t>(format)];
}

// Takes `prefix` off the front; false where the text does not begin so.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes what stands before the next hyphen, and the hyphen.
std::string_view take_part(std::string_view& text) {
  const std::size_t hyphen = std::min(text.find('-'), text.size());
  const std::string_view part = text.substr(0, hyphen);
  text.remove_prefix(std::min(hyphen + 1, text.size()));
  return part;
}

// Digits without a leading zero.
template <class T>
std::optional<T> number_of(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || std::to_string(value) != text) return std::nullopt;
  return value;
}

// The format and the table that the end of a name gives, which is taken off.
bool take_ending(std::string_view& name, AefFile& file) {
  for (const AefFormat format : {AefFormat::json, AefFormat::csv, AefFormat::xlsx}) {
    if (!name.ends_with(ending_of(format))) continue;
    file.format = format;
    name.remove_suffix(ending_of(format).size());
    if (format != AefFormat::csv) return true;
    constexpr std::string_view before_number = "-table-";
    if (name.size() < before_number.size() + 1) return false;
    const int number = name.back() - '1';
    name.remove_suffix(1);
    if (number < 0 || number >= static_cast<int>(aef_tables) || !name.ends_with(before_number)) {
      return false;
    }
    file.table = static_cast<AefTable>(number);
    name.remove_suffix(before_number.size());
    return true;
  }
  return false;
}

void write_cell(Writer& writer, const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    writer.integer(*number);
  } else {
    writer.raw(ledger::json::quote(text_of(cell)));  // lists may be longer than a log's own strings
  }
}

void write_row(Writer& writer, const AefRow& row, bool demonstration) {
  writer.begin_object().name("cells").begin_array();
  for (const Cell& cell : row.cells) write_cell(writer, cell);
  writer.end_array();
  if (demonstration) writer.name("demonstration").string(demonstration_mark);
  writer.name("entries").begin_array();
  for (const ledger::Seq entry : row.entries) writer.integer(static_cast<std::int64_t>(entry));
  writer.end_array();
  if (!row.registry.empty()) writer.name("registry").string(row.registry);
  writer.end_object();
}

void write_table(Writer& writer, const Aef& aef, AefTable table) {
  writer.begin_object().name("columns").begin_array();
  for (const AefColumn& column : sheet_of(table).columns) writer.string(column.name);
  writer.end_array().name("rows").begin_array();
  for (const AefRow& row : aef.rows(table)) write_row(writer, row, aef.provenance.demonstration);
  writer.end_array().name("sheet").string(sheet_of(table).name).end_object();
}

std::string csv_field(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr ? csv_text(*text) : text_of(cell);
}

}  // namespace

std::string file_name(const AefFile& file) {
  const AefRequest& request = file.request;
  std::string name = file.demonstration ? std::string(demonstration_prefix) : std::string();
  name += "AEF-" + request.party + "-" + std::to_string(request.year) + "-v" + request.version +
          "-entry-" + std::to_string(file.entry) + "-" + ledger::format_date(*request.submitted) +
          "-" + std::string(name_of(request.profile));
  if (file.format == AefFormat::csv) {
    name += "-table-" + std::to_string(static_cast<int>(file.table) + 1);
  }
  return name + std::string(ending_of(file.format));
}

std::optional<AefFile> parse_file_name(std::string_view name) {
  AefFile file;
  std::string_view rest = name;
  file.demonstration = take(rest, demonstration_prefix);
  if (!take(rest, "AEF-") || !take_ending(rest, file)) return std::nullopt;
  file.request.party = take_part(rest);
  const auto year = number_of<ledger::Year>(take_part(rest));
  if (!year || !take(rest, "v")) return std::nullopt;
  file.request.year = *year;
  file.request.version = take_part(rest);
  if (!take(rest, "entry-")) return std::nullopt;
  const auto entry = number_of<ledger::Seq>(take_part(rest));
  constexpr std::size_t date_size = 10;
  if (!entry || rest.size() < date_size + 1) return std::nullopt;
  file.entry = *entry;
  file.request.submitted = ledger::parse_date(rest.substr(0, date_size));
  rest.remove_prefix(date_size);
  if (!file.request.submitted || !take(rest, "-")) return std::nullopt;
  const std::optional<AefProfile> profile = parse_aef_profile(rest);
  if (!profile) return std::nullopt;
  file.request.profile = *profile;
  if (file_name(file) != name) return std::nullopt;
  return file;
}

std::vector<AefFile> files_of(const Aef& aef, AefFormat format) {
  AefFile file{aef.request, aef.entry, aef.provenance.demonstration, format, AefTable::submission};
  if (format != AefFormat::csv) return {file};
  std::vector<AefFile> files;
  for (const AefTable table : all_aef_tables) {
    file.table = table;
    files.push_back(file);
  }
  return files;
}

std::optional<std::string> bytes_of(const Aef& aef, const AefFile& file, std::string& problem) {
  switch (file.format) {
    case AefFormat::json: return to_json(aef);
    case AefFormat::csv: return to_csv(aef, file.table);
    case AefFormat::xlsx: break;
  }
  return to_xlsx(aef, problem);
}

std::string to_json(const Aef& aef) {
  std::string out;
  Writer writer(out);
  writer.begin_object().name("as_of").begin_object();
  writer.name("entry").integer(static_cast<std::int64_t>(aef.entry));
  writer.name("time").string(ledger::format_timestamp(aef.time)).end_object();
  if (aef.provenance.demonstration) writer.name("demonstration").string(demonstration_mark);
  writer.name("ledger").string(aef.provenance.ledger);
  writer.name("party").string(aef.request.party);
  writer.name("profile").string(name_of(aef.request.profile));
  writer.name("submitted").string(ledger::format_date(*aef.request.submitted));
  writer.name("tables").begin_array();
  for (const AefTable table : all_aef_tables) write_table(writer, aef, table);
  writer.end_array();
  writer.name("version").string(aef.request.version);
  writer.name("year").integer(aef.request.year).end_object();
  out += '\n';
  return out;
}

std::string to_csv(const Aef& aef, AefTable table) {
  std::string out;
  const auto put_line = [&](const auto& fields, auto text) {
    bool first = true;
    for (const auto& field : fields) {
      if (!first) out += ',';
      first = false;
      out += text(field);
    }
    out += "\r\n";
  };
  put_line(sheet_of(table).columns, [](const AefColumn& c) { return csv_text(c.header); });
  for (const AefRow& row : aef.rows(table)) put_line(row.cells, csv_field);
  return out;
}

}  // namespace replay
