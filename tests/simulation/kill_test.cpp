// kill -9 at random points under load, fifty times: no acknowledged event is lost, and no event is
// there twice.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "api/story.hpp"
#include "ledger/rocks_store.hpp"
#include "tests/simulation/server_process.hpp"
#include "tests/support/story_log.hpp"

namespace simulation {
namespace {

using namespace ledger;
namespace story = api::story;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int kills = 50;
constexpr std::size_t clients = 4;

// An answer that promised something: this very line stands there for ever.
struct Promise {
  Seq seq;
  std::string line;
};

// Events that depend on none of each other, so that clients may send them in any order.
class Accounts {
 public:
  explicit Accounts(Timestamp last) : last_(last) {}

  // The next one that nobody sends yet.
  std::string next() {
    const std::string id = "KILL-" + std::to_string(++made_);
    story::Act act;
    act.event.ledger = test_support::story_origin;
    act.event.id = id;
    act.event.date = date_of(last_);
    act.event.expires = story::at("2999-01-01T00:00:00.000Z");
    act.event.body = story::account(id, "XBA-FUND", "XBA99");
    act.signers = {"XBA", "XBA-FUND"};
    return story::submission_of(act, cast_, false);
  }

 private:
  story::Cast cast_ = story::Cast::derived();
  Timestamp last_;
  std::size_t made_ = 0;
};

struct KilledServer : testing::Test {
  void tell_the_story() {
    story::Cast cast = story::Cast::derived();
    server.start();
    const auto port = server.wait_until_ready();
    ASSERT_TRUE(port) << server.said();
    Client client(*port);
    Seq told = 0;
    for (story::Act& act : story::tell_everything(std::string(test_support::story_origin), cast)) {
      if (!act.refused_by.empty()) continue;
      story::settle(act, told++);
      last = act.time;
      const auto answer = client.post("/v1/events", story::submission_of(act, cast, true));
      ASSERT_TRUE(answer && answer->status == 201) << (answer ? answer->body : server.said());
      keep(promises, *answer);
    }
  }

  static void keep(std::vector<Promise>& into, const Answer& answer) {
    const auto receipt = nlohmann::json::parse(answer.body);
    into.push_back({receipt["seq"].get<Seq>(), receipt["entry"].get<std::string>()});
  }

  // One client: sends what it has not had an answer to, then new ones, until the server is gone.
  struct Sender {
    std::vector<std::string> stock;  // made before the clock runs
    std::size_t answered = 0;
    std::vector<Promise> promises;
    std::string refusal;

    void run(std::uint16_t port, std::atomic<int>& answers) {
      Client client(port);
      while (answered < stock.size()) {
        const auto answer = client.post("/v1/events", stock[answered]);
        if (!answer) return;
        if (answer->status != 200 && answer->status != 201) {
          refusal = answer->body;
          return;
        }
        keep(promises, *answer);
        ++answered;
        ++answers;
      }
    }
  };

  // Until so many answers came, or nothing has moved for long.
  static void wait_for(const std::atomic<int>& answers, int count) {
    for (int i = 0; i < 20'000 && answers < count; ++i) {
      std::this_thread::sleep_for(microseconds(500));
    }
  }

  // What the directories hold, read without the server.
  void check_directories() {
    auto file = open_lock_file(folder.file("slot"));
    ASSERT_TRUE(file) << file.error().detail;
    auto slot = LockSlot::open(std::move(*file));
    ASSERT_TRUE(slot) << slot.error().detail;
    RocksOptions options;
    options.acknowledged = slot->record() ? slot->record()->size : 0;
    auto store = open_rocks_store(folder.file("data"), options);
    ASSERT_TRUE(store) << store.error().detail;
    for (const Promise& promise : promises) {
      const auto line = (*store)->line(promise.seq);
      ASSERT_TRUE(line && *line) << "entry " << promise.seq << " was acknowledged and is lost";
      ASSERT_EQ(**line, promise.line);
    }
  }

  void check_all() {
    auto slot = LockSlot::open(open_lock_file(folder.file("slot")).value()).value();
    RocksOptions options;
    options.acknowledged = slot.record()->size;
    auto store = open_rocks_store(folder.file("data"), options).value();
    test_support::LineSink sink;
    auto ledger = Ledger::open(*store, slot, sink, test_support::story_identity());
    ASSERT_TRUE(ledger) << ledger.error().detail;
    const Published published = ledger->published();
    ASSERT_EQ(published.size, slot.record()->size);
    EXPECT_EQ(test_support::problem_of(*store, published), "");
  }

  test_support::ScratchFolder folder;
  ServerProcess server{folder};
  std::vector<Promise> promises;
  Timestamp last;
};

TEST_F(KilledServer, FiftyTimesUnderLoadLosesNoAcknowledgedEvent) {
  ASSERT_NO_FATAL_FAILURE(tell_the_story());
  server.kill();
  std::mt19937_64 random(9);
  Accounts accounts(last);
  std::vector<Sender> senders(clients);
  int killed_under_load = 0;
  for (int life = 0; life < kills; ++life) {
    SCOPED_TRACE("life " + std::to_string(life));
    for (Sender& sender : senders) {
      while (sender.stock.size() < sender.answered + 80) sender.stock.push_back(accounts.next());
    }
    server.start();
    const bool while_it_starts = random() % 8 == 0;
    if (while_it_starts) {
      std::this_thread::sleep_for(milliseconds(random() % 100));
      server.kill();
    } else {
      const auto port = server.wait_until_ready();
      ASSERT_TRUE(port) << server.said();
      std::vector<std::thread> threads;
      std::atomic<int> answers = 0;
      for (Sender& sender : senders) threads.emplace_back([&] { sender.run(*port, answers); });
      wait_for(answers, static_cast<int>(1 + random() % 60));
      std::this_thread::sleep_for(microseconds(random() % 3'000));
      server.kill();
      for (std::thread& thread : threads) thread.join();
    }
    bool answered_all = true;
    for (Sender& sender : senders) {
      ASSERT_EQ(sender.refusal, "");
      answered_all = answered_all && sender.answered == sender.stock.size();
      promises.insert(promises.end(), sender.promises.begin(), sender.promises.end());
      sender.promises.clear();
    }
    killed_under_load += !while_it_starts && !answered_all;
    ASSERT_NO_FATAL_FAILURE(check_directories());
  }
  EXPECT_GT(killed_under_load, kills / 2);
  std::set<Seq> places;
  for (const Promise& promise : promises) places.insert(promise.seq);
  EXPECT_EQ(places.size(), promises.size()) << "each event has a place of its own";
  EXPECT_GT(promises.size(), 500u);
  check_all();
}

}  // namespace
}  // namespace simulation
