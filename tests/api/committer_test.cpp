// The committer in process: order, room, durability before any answer, and what a failed write
// does.
#include "api/committer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "api/service.hpp"
#include "crypto/hash.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "replay/view_reader.hpp"
#include "replay/views.hpp"
#include "tests/api/served.hpp"
#include "tests/support/fault_store.hpp"

namespace {

using namespace ledger;
using api::Verdict;
using api_test::account_act;
using api_test::submission_of;
namespace scene = test_support::scene;
using std::chrono::milliseconds;

// A gate that is open, or holds everybody until it is opened.
class Gate {
 public:
  void close() { set(true); }
  void open() { set(false); }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !closed_; });
    --waiting_;
  }
  // Waits until somebody stands before it.
  void wait_for_somebody() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }

 private:
  void set(bool closed) {
    const std::lock_guard lock(mutex_);
    closed_ = closed;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  int waiting_ = 0;
};

// A store whose appends pass a gate first.
class GatedStore final : public Store {
 public:
  explicit GatedStore(Store& inner) : inner_(inner) {}
  Result<Epoch> open_epoch() override { return inner_.open_epoch(); }
  Result<> append(Epoch epoch, Seq first, const StoreBatch& batch) override {
    gate.pass();
    return inner_.append(epoch, first, batch);
  }
  Seq size() const override { return inner_.size(); }
  Result<> read(Seq from, Seq to, const LineVisitor& visit) const override {
    return inner_.read(from, to, visit);
  }
  Result<std::optional<std::string>> line(Seq seq) const override {
    if (altered) return violates(LOG_15, "Line " + std::to_string(seq) + " is altered.");
    return inner_.line(seq);
  }
  Result<std::optional<std::string>> tile(unsigned level, std::uint64_t index) const override {
    return inner_.tile(level, index);
  }
  Result<std::optional<std::string>> checkpoint_covering(Seq seq) const override {
    return inner_.checkpoint_covering(seq);
  }
  Result<std::optional<std::string>> newest_checkpoint() const override {
    return inner_.newest_checkpoint();
  }
  Gate gate;
  std::atomic<bool> altered = false;

 private:
  Store& inner_;
};

// A table whose applies are counted, pass a gate first, and fail when told so.
class GatedTable final : public Table {
 public:
  Result<> apply(const TableBatch& batch, Seq position) override {
    ++applied;
    gate.pass();
    if (fails) return violates(LOG_12, "The disk is full.");
    return inner_.apply(batch, position);
  }
  Seq position() const override { return inner_.position(); }
  std::unique_ptr<TableSnapshot> snapshot() const override { return inner_.snapshot(); }
  Result<> clear() override { return inner_.clear(); }
  Result<> flush() override { return inner_.flush(); }
  Gate gate;
  std::atomic<bool> fails = false;
  std::atomic<int> applied = 0;

 private:
  MemoryTable inner_;
};

std::string text_of(const Outcome& outcome) {
  if (const auto* admitted = std::get_if<Admitted>(&outcome)) return std::to_string(admitted->seq);
  if (const auto* repeated = std::get_if<Repeated>(&outcome)) {
    return "=" + std::to_string(repeated->seq);
  }
  return std::string(std::get<Violation>(outcome).clause->id);
}

struct CommitterTest : testing::Test {
  void SetUp() override { start({}); }
  void TearDown() override {
    if (committer) committer->stop();
  }

  void start(const api::CommitLimits& limits) {
    committer.reset();
    auto slot_file = open_lock_file(folder.file("slot"));
    ASSERT_TRUE(slot_file);
    slot = std::make_unique<LockSlot>(std::move(*LockSlot::open(std::move(*slot_file))));
    views = std::make_unique<replay::Views>(std::move(*replay::Views::open(table, store)));
    api::Keys keys = api_test::scene_keys();
    auto opened = Ledger::open(
        store, *slot, *views,
        {scene::origin, std::move(keys.log), keys.service.public_key(), keys.operator_key});
    ASSERT_TRUE(opened) << opened.error().detail;
    ASSERT_TRUE(views->apply());
    committer = std::make_unique<api::Committer>(std::move(*opened), *views, limits, api::now,
                                                 [this](const Violation& violation) {
                                                   ++failures;
                                                   failed_by = violation.clause->id;
                                                 });
  }
  void restart(const api::CommitLimits& limits) {
    committer.reset();
    slot.reset();
    start(limits);
  }

  Verdict verdict_of(const std::string& submission) {
    std::promise<Verdict> told;
    const Result<> taken =
        committer->submit(submission, [&](Verdict verdict) { told.set_value(std::move(verdict)); });
    EXPECT_TRUE(taken);
    return told.get_future().get();
  }
  // Of so many accounts, submitted together.
  std::vector<Verdict> verdicts_of_accounts(int number) {
    std::vector<std::string> submissions;
    submissions.reserve(static_cast<std::size_t>(number));
    for (int i = 0; i < number; ++i) submissions.push_back(account(i));
    std::promise<std::vector<Verdict>> told;
    EXPECT_TRUE(committer->submit(
        submissions, [&](std::vector<Verdict> verdicts) { told.set_value(std::move(verdicts)); }));
    return told.get_future().get();
  }
  std::string answer_to(const std::string& submission) {
    return text_of(verdict_of(submission).outcome);
  }
  // Submits without waiting; the answer is noted in `answers`, in the order in which they come.
  void submit(const std::string& submission) {
    ASSERT_TRUE(committer->submit(submission, [this](const Verdict& verdict) {
      const std::lock_guard lock(mutex);
      answers.push_back(text_of(verdict.outcome));
    }));
  }
  std::vector<std::string> answers_so_far() {
    const std::lock_guard lock(mutex);
    return answers;
  }
  void tell(std::string_view name) {
    const scene::Setup& setup = scene::setup(name);
    if (!setup.after.empty()) tell(setup.after);
    for (const auto& act : setup.acts) {
      const std::string answer = answer_to(submission_of(act));
      ASSERT_FALSE(answer.find('-') != std::string::npos) << answer;
    }
  }
  void wait_for_views() {
    std::promise<void> level;
    committer->when_views_reach(committer->size(), std::chrono::minutes(1),
                                [&] { level.set_value(); });
    level.get_future().wait();
  }
  std::string account(int number) {
    return submission_of(account_act("XHA-" + std::to_string(number), "2029-01-01T08:00:00.000Z"));
  }

  test_support::ScratchFolder folder;
  MemoryStore memory;
  test_support::FaultStore faulty{memory};
  GatedStore store{faulty};
  GatedTable table;
  std::unique_ptr<LockSlot> slot;
  std::unique_ptr<replay::Views> views;
  std::mutex mutex;
  std::vector<std::string> answers;
  std::atomic<int> failures = 0;
  std::string failed_by;
  std::unique_ptr<api::Committer> committer;
};

TEST_F(CommitterTest, AnswersWithPlaceTimeAndCheckpoint) {
  const Verdict verdict = verdict_of(submission_of(scene::setup("opened").acts.front()));
  EXPECT_EQ(text_of(verdict.outcome), "0");
  EXPECT_EQ(verdict.published.size, 1u);
  EXPECT_EQ(verdict.published.root, committer->serving().published.root);
  EXPECT_EQ(verdict.event, crypto::sha256(encode_event(scene::setup("opened").acts.front().event)));
  EXPECT_EQ(committer->mode(), LedgerOpened::Mode::demonstration);
  EXPECT_EQ(committer->size(), 1u);
}

TEST_F(CommitterTest, JudgesSubmissionsInTheOrderInWhichTheyCame) {
  tell("enrolled");
  const Seq first = committer->size();
  const std::vector<Verdict> verdicts = verdicts_of_accounts(200);
  ASSERT_EQ(verdicts.size(), 200u);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(text_of(verdicts[i].outcome), std::to_string(first + i));
  }
}

TEST_F(CommitterTest, MakesDurableAtOnceWhatCameTogether) {
  restart({.batch = 3});
  tell("enrolled");
  const Seq first = committer->size();
  for (const Verdict& verdict : verdicts_of_accounts(100)) {
    EXPECT_EQ(verdict.published.size, first + 100);
  }
}

// ---- durable first ----

TEST_F(CommitterTest, TellsNothingBeforeItIsDurableNotEvenARefusal) {
  tell("enrolled");
  const Seq size = committer->size();
  store.gate.close();
  submit(account(1));
  store.gate.wait_for_somebody();
  submit(account(1));
  submit("malformed");
  EXPECT_TRUE(answers_so_far().empty());
  EXPECT_EQ(committer->size(), size);
  store.gate.open();
  EXPECT_EQ(answer_to(account(2)), std::to_string(size + 1));
  const std::string place = std::to_string(size);
  EXPECT_EQ(answers_so_far(), (std::vector<std::string>{place, "=" + place, "FMT-3"}));
}

TEST_F(CommitterTest, MakesDurableTogetherWhatArrivedWhileABatchHardened) {
  tell("enrolled");
  const Seq size = committer->size();
  store.gate.close();
  submit(account(0));
  store.gate.wait_for_somebody();
  for (int i = 1; i <= 60; ++i) submit(account(i));
  store.gate.open();
  EXPECT_EQ(answer_to(account(61)), std::to_string(size + 61));
  std::set<std::string> checkpoints;
  for (Seq seq = size; seq < size + 62; ++seq) {
    checkpoints.insert(**memory.checkpoint_covering(seq));
  }
  EXPECT_LT(checkpoints.size(), 31u);  // one alone, then a few that hold all the others
}

// ---- room ----

TEST_F(CommitterTest, RefusesWhatItHasNoRoomForAndForgetsNothing) {
  restart({.waiting = 3});
  tell("enrolled");
  const Seq size = committer->size();
  store.gate.close();
  for (int i = 0; i < 3; ++i) submit(account(i));
  const Result<> refused = committer->submit(account(9), [](const Verdict&) { FAIL(); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().clause, &api::LOG_8);
  store.gate.open();
  committer->stop();
  EXPECT_EQ(answers_so_far().size(), 3u);
  EXPECT_EQ(committer->size(), size + 3);
}

TEST_F(CommitterTest, CountsTheBytesThatWait) {
  restart({.waiting_bytes = 10'000});
  store.gate.close();
  submit(submission_of(scene::setup("opened").acts.front()));
  EXPECT_FALSE(committer->submit(std::string(9'000, 'x'), [](const Verdict&) { FAIL(); }));
  store.gate.open();
}

TEST_F(CommitterTest, AnswersWhatItTookInBeforeItStops) {
  tell("enrolled");
  for (int i = 0; i < 40; ++i) submit(account(i));
  committer->stop();
  EXPECT_EQ(answers_so_far().size(), 40u);
  EXPECT_EQ(committer->size(), memory.size());
  EXPECT_EQ(table.position(), memory.size());
  const Result<> late = committer->submit(account(99), [](const Verdict&) { FAIL(); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().clause, &api::LOG_8);
}

// ---- questions ----

TEST_F(CommitterTest, AnswersQuestionsBetweenBatchesAndAtItsEnd) {
  tell("enrolled");
  std::atomic<int> answered = 0;
  const auto count = [&](const Machine& machine) { answered += machine.size() > 0 ? 1 : 100; };
  store.gate.close();
  submit(account(1));
  store.gate.wait_for_somebody();
  for (int i = 0; i < 256; ++i) ASSERT_TRUE(committer->ask(count)) << i;
  const Result<> more = committer->ask(count);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().clause, &api::LOG_8);
  EXPECT_EQ(answered, 0) << "a batch is being written";
  store.gate.open();
  committer->stop();
  EXPECT_EQ(answered, 256);
  const Result<> late = committer->ask(count);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().detail, "The server is stopping.");
}

// ---- failed writes ----

class FailedWrite : public CommitterTest,
                    public testing::WithParamInterface<test_support::Flavour> {};

TEST_P(FailedWrite, FailsTheWholeBatchAndEverythingAfterIt) {
  tell("enrolled");
  const Seq size = committer->size();
  const crypto::Hash root = committer->serving().published.root;
  faulty.fail_append(1, GetParam());
  EXPECT_EQ(answer_to(account(1)), "LOG-12");
  EXPECT_EQ(failures, 1);
  EXPECT_EQ(failed_by, "LOG-12");
  EXPECT_EQ(committer->failure()->clause, &LOG_12);
  const Result<> later = committer->submit(account(2), [](const Verdict&) { FAIL(); });
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().clause, &LOG_12);
  EXPECT_EQ(committer->size(), size);
  EXPECT_EQ(committer->serving().published.root, root);
  committer->stop();
  EXPECT_EQ(failures, 1);
}

INSTANTIATE_TEST_SUITE_P(BothFlavours, FailedWrite,
                         testing::Values(test_support::Flavour::lost,
                                         test_support::Flavour::persisted));

TEST_F(CommitterTest, StopsAdmittingWhenViewsCannotBeWritten) {
  tell("enrolled");
  std::promise<void> written;
  committer->when_views_reach(committer->size(), std::chrono::minutes(1),
                              [&] { written.set_value(); });
  written.get_future().wait();
  table.fails = true;
  const std::string place = std::to_string(committer->size());
  EXPECT_EQ(answer_to(account(1)), place);  // durable all the same
  wait_for_views();                         // told at once that they never come
  EXPECT_EQ(failed_by, "LOG-12");
  EXPECT_FALSE(committer->submit(account(2), [](const Verdict&) { FAIL(); }));
}

// What a service over this committer answers to a request.
int status_of(api::Committer& committer, const Store& store, const Table& table,
              const std::string& method, const std::string& path, const std::string& body = "") {
  const api::Keys keys = api_test::scene_keys();
  api::Service service(
      api::Backend{committer, store, table, keys.service, scene::origin, 10, 1'000, {}});
  api::Exchange exchange;
  exchange.request.method = method;
  exchange.request.path = path;
  exchange.request.body = body;
  std::promise<int> told;
  exchange.answer = [&](const api::Response& response) { told.set_value(response.status); };
  exchange.later = [](const std::function<void()>& work) { work(); };
  service.handle(std::move(exchange));
  return told.get_future().get();
}

TEST_F(CommitterTest, GivesUpWhenALineOfTheLogIsAltered) {
  tell("opened");
  EXPECT_EQ(status_of(*committer, store, table, "GET", "/v1/entries/0"), 200);
  EXPECT_EQ(status_of(*committer, store, table, "GET", "/readyz"), 200);
  store.altered = true;
  EXPECT_EQ(status_of(*committer, store, table, "GET", "/v1/entries/0"), 500);
  EXPECT_EQ(failed_by, "LOG-15");
  EXPECT_EQ(status_of(*committer, store, table, "GET", "/readyz"), 503);
  EXPECT_EQ(status_of(*committer, store, table, "GET", "/livez"), 200);
  EXPECT_EQ(status_of(*committer, store, table, "POST", "/v1/events", "{"), 500);
  EXPECT_EQ(failures, 1);
}

TEST_F(CommitterTest, GivesUpWhenARepeatedEventCannotBeComparedWithItsEntry) {
  tell("enrolled");
  store.altered = true;
  EXPECT_EQ(answer_to(submission_of(scene::setup("opened").acts.front())), "LOG-15");
  EXPECT_EQ(failed_by, "LOG-15");
}

// ---- views ----

TEST_F(CommitterTest, LetsReadersWaitForViewsButNotForEver) {
  tell("enrolled");
  wait_for_views();
  table.gate.close();
  const std::string place = std::to_string(committer->size());
  EXPECT_EQ(answer_to(account(1)), place);  // not held up by views
  std::promise<void> impatient, patient;
  committer->when_views_reach(committer->size(), milliseconds(10), [&] { impatient.set_value(); });
  committer->when_views_reach(committer->size(), std::chrono::minutes(1),
                              [&] { patient.set_value(); });
  std::future<void> reached = patient.get_future();
  EXPECT_EQ(reached.wait_for(milliseconds(50)), std::future_status::timeout);
  table.gate.open();
  reached.wait();
  EXPECT_EQ(table.position(), committer->size());
  impatient.get_future().wait();
  bool at_once = false;
  committer->when_views_reach(committer->size(), milliseconds(0), [&] { at_once = true; });
  EXPECT_TRUE(at_once);
}

TEST_F(CommitterTest, WritesRowsOfManyEntriesAtOnceWhereNobodyWaitsForThem) {
  tell("enrolled");
  wait_for_views();
  const int before = table.applied;
  for (int i = 0; i < 200; ++i) answer_to(account(i));
  for (int i = 0; i < 6'000 && table.position() < committer->size(); ++i) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(table.position(), committer->size()) << "all are shown, though nobody waits";
  EXPECT_LT(table.applied - before, 200);
}

// The quickest of many, so that a machine that stands still now and then is no matter.
TEST_F(CommitterTest, ShowsWithoutDelayWhatSomebodyWaitsFor) {
  tell("enrolled");
  auto quickest = milliseconds::max();
  for (int i = 0; i < 20; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    answer_to(account(i));
    wait_for_views();
    const auto taken = std::chrono::steady_clock::now() - begin;
    quickest = std::min(quickest, std::chrono::duration_cast<milliseconds>(taken));
  }
  EXPECT_LT(quickest, milliseconds(40)) << "nobody waiting, entries wait 50 ms for others";
}

TEST_F(CommitterTest, SlowsDownWhenViewsAreTooFarBehind) {
  restart({.views_behind = 1});
  tell("enrolled");
  const Seq size = committer->size();
  wait_for_views();
  table.gate.close();
  // One is being shown, one waits for it, and one more is answered before it waits as well.
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(answer_to(account(i)), std::to_string(size + static_cast<Seq>(i)));
    if (i == 0) table.gate.wait_for_somebody();
  }
  std::promise<Verdict> fourth;
  ASSERT_TRUE(
      committer->submit(account(3), [&](const Verdict& verdict) { fourth.set_value(verdict); }));
  std::future<Verdict> told = fourth.get_future();
  EXPECT_EQ(told.wait_for(milliseconds(100)), std::future_status::timeout);
  table.gate.open();
  EXPECT_EQ(text_of(told.get().outcome), std::to_string(size + 3));
}

}  // namespace
