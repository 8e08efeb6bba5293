// What the threads of a team do to each other: many tiny pieces of work, barriers inside them, sleep between them, and
// teams that end at every moment. Nothing here is atomic, so ThreadSanitizer sees what the team does not order.
#pragma once
#include <ctime>
#include "walk.h"

namespace test {

inline void sleepMicroseconds(int n) { std::this_thread::sleep_for(std::chrono::microseconds(n)); }

// Every thread writes its cell, waits, reads all cells, waits.
struct Relay {
  made::Team* team;
  int rounds;
  int cells[8] = {};
  int ran[8] = {};
  int mistakes[8] = {};

  static void work(void* context, int thread) {
    Relay& relay = *static_cast<Relay*>(context);
    relay.ran[thread]++;
    for (int round = 1; round <= relay.rounds; round++) {
      relay.cells[thread] = round * 8 + thread;
      relay.team->wait(thread);
      for (int i = 0; i < relay.team->size(); i++) relay.mistakes[thread] += relay.cells[i] != round * 8 + i;
      relay.team->wait(thread);
    }
  }

  // One piece of work; every thread that takes part must have done it once, and the others not at all.
  void check() {
    for (int i = 0; i < 8; i++) ran[i] = mistakes[i] = 0;
    team->run(work, this);
    for (int i = 0; i < 8; i++) {
      require(ran[i] == (i < team->size() ? 1 : 0), "thread " + std::to_string(i) + " ran " + std::to_string(ran[i]) + " times");
      require(mistakes[i] == 0, "a barrier let a thread through too early");
    }
  }
};

inline void manyTinyRuns(int runs) {
  Random random(1);
  made::ThreadTeam team(MOST_THREADS);
  for (int i = 0; i < runs; i++) {
    team.use(random.between(0, MOST_THREADS + 1));
    Relay relay{&team, random.below(4)};
    relay.check();
    // Around the moment at which the others go to sleep.
    if (random.oneIn(8)) sleepMicroseconds(random.below(400));
    if (random.oneIn(100)) sleepMicroseconds(5000);
  }
}

inline void teamsThatEnd(int teams) {
  Random random(2);
  for (int i = 0; i < teams; i++) {
    made::ThreadTeam team(random.between(0, MOST_THREADS));
    for (int runs = random.below(3); runs > 0; runs--) Relay{&team, 1}.check();
    if (random.oneIn(3)) sleepMicroseconds(random.below(3000));
  }
}

// Threads that wait must leave the processor alone. On a busy machine they get round to it late, so they are given time;
// those that never sleep get more than a hundredth of a processor there too.
inline void requireRest(const std::string& who) {
  double used = 0;
  for (int tries = 0; tries < 30; tries++) {
    std::clock_t before = std::clock();
    sleepMicroseconds(300'000);
    used = (double)(std::clock() - before) / CLOCKS_PER_SEC;
    if (used < 0.003) return;
  }
  throw Failure(who + " used the processor for " + std::to_string(used) + " s of 0.3 s");
}

// A team without work sleeps.
inline void idleTeam() {
  made::ThreadTeam team(MOST_THREADS);
  Relay{&team, 3}.check();
  requireRest("an idle team");
}

// A model so small that a team spends its time on itself.
class TinyModel {
 public:
  explicit TinyModel(Create create) : random_(3), rows_(randomRows(random_, 9, 3)) {
    shape_.inputs = 3;
    shape_.hidden = {2, 2};
    shape_.direct = true;
    shape_.optimizer = optimizerNumber(1);
    model_.reset(create(shape_.spec()));
    connections_ = randomConnections(shape_, random_);
    model_->setRows(rows_.words.data(), rows_.count, rows_.wordsPerRow);
  }

  // Update number t. Returns its loss.
  double train(made::Team& team, int t) {
    uint32_t numbers[] = {(uint32_t)(t % 9), (uint32_t)(t % 7)};
    return model_->train(team, numbers, 1 + t % 2, connections_.view(), t, 1);
  }

 private:
  Random random_;
  Rows rows_;
  Shape shape_;
  Connections connections_;
  std::unique_ptr<made::Model> model_;
};

// Many updates of a tiny model, on a changing number of threads.
inline std::vector<double> tinyTraining(Create create, int updates, bool changes) {
  TinyModel model(create);
  made::ThreadTeam team(changes ? MOST_THREADS : 1);
  std::vector<double> losses;
  for (int t = 0; t < updates; t++) {
    if (changes) team.use(1 + t % MOST_THREADS);
    losses.push_back(model.train(team, t));
  }
  return losses;
}

// Two models with a team each, at the same time: the sessions of an application.
inline void twoModelsAtOnce(Create create, int updates) {
  std::vector<double> first, second;
  std::thread other([&] { second = tinyTraining(create, updates, true); });
  first = tinyTraining(create, updates, true);
  other.join();
  requireSameBits(first, second, "losses of two models at once");
  requireSameBits(first, tinyTraining(create, updates, false), "losses of a tiny model");
}

}  // namespace test
