// The statement of account as text, CSV and HTML.
#include "ledger/movement.hpp"
#include "replay/audit_words.hpp"
#include "replay/csv.hpp"
#include "replay/statement.hpp"

namespace replay {
namespace {

std::string title_of(const Statement& statement) {
  return "Statement of account of " + statement.participant.identity.name + " (" +
         statement.participant.id + ")";
}

std::string as_of(const Statement& statement) {
  return "Ledger " + statement.provenance.ledger + ", as of entry " +
         std::to_string(statement.entry) + " (" + ledger::format_timestamp(statement.time) + ")";
}

std::string account_line(const StatementAccount& account) {
  return "Account " + account.account.id + ", section of " + account.party + ", registry " +
         account.account.registry +
         (account.account.metric == ledger::ghg ? "" : ", metric " + account.account.metric) +
         ", opened by entry " + std::to_string(account.account.origin.seq);
}

// "1 ITMO", "2,983 ITMOs".
std::string counted(std::int64_t quantity, const std::string& noun) {
  return ledger::grouped(quantity) + " " + noun + (quantity == 1 ? "" : "s");
}

std::string span_of(const std::string& first, const std::string& last) {
  return first == last ? first : first + " to " + last;
}

// "sent to XBA-FUND-XBA (XBA), executed on 2028-11-19".
std::string what_of(const StatementMove& move) {
  if (!move.executed_on) return move.what;
  return move.what + ", executed on " + ledger::format_date(*move.executed_on);
}

std::string block_of(const StatementBlock& block) {
  return span_of(block.first_id, block.last_id) + (block.stopped.empty() ? "" : ", ") +
         block.stopped;
}

// "LOCK-2, entry 57: freezes 1001 to 2000 of XHA99 until 2029-01-31T00:00:00.000Z, court_order".
std::string lock_line(const StatementLock& each) {
  const ledger::Lock& lock = each.lock;
  const bool freeze = lock.kind == ledger::UnitsLocked::Sort::freeze;
  std::string out = lock.id + ", entry " + std::to_string(lock.origin.seq) + ": " +
                    (freeze ? "freezes " : "reserves ");
  std::string ranges;
  for (const ledger::Range& range : lock.ranges.ranges()) {
    if (!ranges.empty()) ranges += ", ";
    ranges += span_of(std::to_string(range.first), std::to_string(range.last()));
  }
  out += lock.scope ? ranges + " of " + each.registry : std::string("the whole account");
  return out + " until " + ledger::format_timestamp(lock.until) + ", " + lock.reason;
}

std::string signed_number(std::int64_t change) {
  return (change > 0 ? "+" : "") + ledger::grouped(change);
}

// Text as HTML shows it.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string cell(std::string_view text, bool number = false) {
  return std::string(number ? "<td class=\"n\">" : "<td>") + escaped(text) + "</td>";
}

void put_account(const StatementAccount& account, std::string& out) {
  out += "<h2>" + escaped(account_line(account)) +
         "</h2>\n<table>\n<tr><th>Entry</th><th>Time</th>"
         "<th>What</th><th>Units</th><th>Change</th><th>Balance</th></tr>\n";
  for (const StatementMove& move : account.moves) {
    out += "<tr>" + cell(std::to_string(move.entry), true) +
           cell(ledger::format_timestamp(move.time)) + cell(what_of(move)) +
           cell(move.noun + " " + span_of(move.first_id, move.last_id)) +
           cell(signed_number(move.change), true) + cell(ledger::grouped(move.balance), true) +
           "</tr>\n";
  }
  out += "</table>\n<h3>Held: " + escaped(ledger::in_units(account.balance)) +
         "</h3>\n<table>\n<tr><th>Units</th><th>Vintage</th><th>Quantity</th><th>Since entry</th>"
         "</tr>\n";
  for (const StatementBlock& block : account.blocks) {
    out += "<tr>" + cell(block.noun + " " + block_of(block)) +
           cell(std::to_string(block.vintage), true) + cell(ledger::grouped(block.quantity), true) +
           cell(std::to_string(block.since), true) + "</tr>\n";
  }
  out += "</table>\n";
  for (const StatementLock& lock : account.locks) {
    out += "<p>" + escaped(lock_line(lock)) + "</p>\n";
  }
}

constexpr std::string_view style =
    "body{font:11pt/1.4 serif;margin:2cm}table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #999;padding:2pt 6pt;text-align:left;vertical-align:top}"
    "td.n{text-align:right;white-space:nowrap}.mark{font-weight:bold;border:2px solid;padding:4pt}"
    "h2{font-size:13pt}h3{font-size:11pt}@page{size:A4 landscape;margin:1.5cm}";

}  // namespace

std::string to_text(const Statement& statement) {
  std::string out;
  if (statement.provenance.demonstration) out += std::string(demonstration_mark) + "\n";
  out += title_of(statement) + "\n" + as_of(statement) + "\n";
  if (statement.accounts.empty()) out += "\nNo account.\n";
  for (const StatementAccount& account : statement.accounts) {
    out += "\n" + account_line(account) + "\n";
    for (const StatementMove& move : account.moves) {
      out += "  entry " + std::to_string(move.entry) + ", " + ledger::format_timestamp(move.time) +
             ": " + signed_number(move.change) + ", balance " + ledger::in_units(move.balance) +
             "\n      " + what_of(move) + ": " + move.noun + " " +
             span_of(move.first_id, move.last_id) + "\n";
    }
    out += "  Held: " + ledger::in_units(account.balance) + "\n";
    for (const StatementBlock& block : account.blocks) {
      out += "      " + counted(block.quantity, block.noun) + ": " + block_of(block) +
             ", since entry " + std::to_string(block.since) + "\n";
    }
    for (const StatementLock& lock : account.locks) out += "  " + lock_line(lock) + "\n";
  }
  return out;
}

std::string to_csv(const Statement& statement) {
  std::string out =
      "Account,Section,Registry,Entry,Time,What,Kind,First ID,Last ID,Change,Balance,Mark\r\n";
  for (const StatementAccount& account : statement.accounts) {
    for (const StatementMove& move : account.moves) {
      out += csv_text(account.account.id) + "," + account.party + "," + account.account.registry +
             "," + std::to_string(move.entry) + "," + ledger::format_timestamp(move.time) + "," +
             csv_text(what_of(move)) + "," + move.noun + "," + csv_text(move.first_id) + "," +
             csv_text(move.last_id) + "," + std::to_string(move.change) + "," +
             std::to_string(move.balance) + "," +
             (statement.provenance.demonstration ? std::string(demonstration_mark) : "") + "\r\n";
    }
  }
  return out;
}

std::string to_html(const Statement& statement) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
      escaped(title_of(statement)) + "</title>\n<style>" + std::string(style) +
      "</style>\n</head>\n<body>\n";
  if (statement.provenance.demonstration) {
    out += "<p class=\"mark\">" + escaped(demonstration_mark) + "</p>\n";
  }
  out +=
      "<h1>" + escaped(title_of(statement)) + "</h1>\n<p>" + escaped(as_of(statement)) + "</p>\n";
  if (statement.accounts.empty()) out += "<p>No account.</p>\n";
  for (const StatementAccount& account : statement.accounts) put_account(account, out);
  return out + "</body>\n</html>\n";
}

}  // namespace replay
