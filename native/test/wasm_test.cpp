// Tests of what is in the WebAssembly kernels alone, compiled natively and run under the sanitizers: the team of their
// workers and their standard library (native/wasm).
//   wasm_test <cases> [first]
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <map>
#include "report.h"
#include "team_stress.h"
#include "wasm_machine.h"

extern "C" {
void* wasm_aligned_alloc(size_t alignment, size_t bytes);
void wasm_free(void* data);
int wasm_memcmp(const void* a, const void* b, size_t bytes);
double wasm_pow(double base, double exponent);
[[noreturn]] void outOfMemory() { throw test::OutOfMemory(); }
}

// What wasm_shim.h declares.
namespace test {

// The system's own call and no lock of a library: that would put threads in order where the team does not.
void waitAt(const int32_t* at, int32_t expected) {
  if (syscall(SYS_futex, at, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0) == 0) sleeps.fetch_add(1, std::memory_order_relaxed);
}

void notifyAt(const int32_t* at, int count) {
  wakings.fetch_add((int)syscall(SYS_futex, at, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0), std::memory_order_relaxed);
}

uint32_t growMemory(uint32_t pages) { return memory.grow(pages); }

}  // namespace test

namespace {

using namespace test;

// The team

// Calls of a few pieces of work each, on a number of workers that changes from call to call.
void manyTinyCalls(int calls, int seed) {
  Random random(seed);
  // Before the workers, so that these are done with it when it goes.
  made::WorkerTeam team;
  Workers workers(MOST_THREADS);
  sleeps = wakings = 0;
  for (int i = 0; i < calls; i++) {
    int threads = random.between(1, MOST_THREADS), runs = random.below(4);
    std::string mistake;
    workers.call(team, threads, [&] {
      try {
        require(team.size() == threads, "the team has another number of threads");
        for (int run = 0; run < runs; run++) {
          Relay{&team, random.below(4)}.check();
          // Around the moment at which the others go to sleep.
          if (random.oneIn(8)) sleepMicroseconds(random.below(400));
          if (random.oneIn(40)) sleepMicroseconds(5000);
        }
      } catch (const Failure& failure) {
        mistake = failure.what();
      }
    });
    require(mistake.empty(), mistake);
    if (random.oneIn(8)) sleepMicroseconds(random.below(400));
  }
  require(sleeps > 0 && wakings > 0, "no worker ever slept and was woken");
}

// One thread is late at a barrier, so that the others sleep there; and all late ones are waited for by the first.
void lateThreads(int seed) {
  struct Late {
    made::Team* team;
    int late, arrived[MOST_THREADS], seen[MOST_THREADS];
  };
  Random random(seed);
  made::WorkerTeam team;
  Workers workers(MOST_THREADS);
  for (int i = 0; i < 12; i++) {
    int threads = random.between(2, MOST_THREADS);
    Late late{&team, random.below(threads), {}, {}};
    workers.call(team, threads, [&] {
      team.run(
          [](void* context, int thread) {
            Late& late = *static_cast<Late*>(context);
            if (thread == late.late) sleepMicroseconds(5000);
            late.arrived[thread] = 1;
            late.team->wait(thread);
            for (int j = 0; j < late.team->size(); j++) late.seen[thread] += late.arrived[j];
            if (thread == late.late) sleepMicroseconds(5000);
          },
          &late);
      for (int j = 0; j < threads; j++) late.arrived[j] = late.seen[j] == threads ? 2 : 0;
    });
    for (int j = 0; j < threads; j++) require(late.arrived[j] == 2, "a barrier let a thread through too early");
  }
}

// Workers that wait for the first one sleep.
void idleWorkers() {
  made::WorkerTeam team;
  Workers workers(MOST_THREADS);
  std::string mistake;
  workers.call(team, MOST_THREADS, [&] {
    try {
      Relay{&team, 3}.check();
      requireRest("the waiting workers");
    } catch (const Failure& failure) {
      mistake = failure.what();
    }
  });
  require(mistake.empty(), mistake);
}

// Two models with workers each, a changing number of them and of updates in a call.
std::vector<double> trainingOnWorkers(int updates) {
  TinyModel model(made::createBaseline);
  made::WorkerTeam team;
  Workers workers(MOST_THREADS);
  Random random(4);
  std::vector<double> losses;
  while ((int)losses.size() < updates) {
    int end = std::min(updates, (int)losses.size() + random.below(6));
    workers.call(team, random.between(1, MOST_THREADS), [&] {
      for (int t = (int)losses.size(); t < end; t++) losses.push_back(model.train(team, t));
    });
  }
  return losses;
}

void twoModelsOnWorkers(int updates) {
  std::vector<double> first, second;
  std::thread other([&] { second = trainingOnWorkers(updates); });
  first = trainingOnWorkers(updates);
  other.join();
  requireSameBits(first, second, "losses of two models at once");
  requireSameBits(first, tinyTraining(made::createBaseline, updates, false), "losses of a tiny model");
}

// The library

constexpr size_t HEADER = 64;

// Blocks that are taken. Each is full of numbers of its own.
class Blocks {
 public:
  size_t bytes() const { return bytes_; }
  size_t count() const { return blocks_.size(); }

  void take(size_t bytes, Random& random) {
    auto* at = static_cast<unsigned char*>(wasm_aligned_alloc(64, bytes));
    require((uintptr_t)at % 64 == 0, "a block is not aligned");
    auto next = blocks_.lower_bound(at);
    require(next == blocks_.end() || at + bytes + HEADER <= next->first, "a block overlaps the next one");
    require(next == blocks_.begin() || std::prev(next)->first + std::prev(next)->second.bytes + HEADER <= at, "a block overlaps the one before");
    uint64_t seed = random.next();
    blocks_[at] = {bytes, seed};
    bytes_ += bytes;
    Random content(seed);
    for (size_t i = 0; i < bytes; i += step(bytes)) at[i] = (unsigned char)content.next();
    if (bytes > 0) at[bytes - 1] = (unsigned char)seed;
  }

  void give(Random& random) {
    auto block = std::next(blocks_.begin(), random.below((int)blocks_.size()));
    auto [at, held] = *block;
    Random content(held.seed);
    for (size_t i = 0; i < held.bytes; i += step(held.bytes)) {
      auto expected = (unsigned char)content.next();
      require(at[i] == expected || i == held.bytes - 1, "a block lost what was in it");
    }
    require(held.bytes == 0 || at[held.bytes - 1] == (unsigned char)held.seed, "a block lost its last byte");
    bytes_ -= held.bytes;
    blocks_.erase(block);
    wasm_free(at);
  }

 private:
  struct Held {
    size_t bytes;
    uint64_t seed;
  };
  // Large blocks are looked at here and there.
  static size_t step(size_t bytes) { return bytes / 512 + 1; }

  std::map<unsigned char*, Held> blocks_;
  size_t bytes_ = 0;
};

size_t randomSize(Random& random) {
  switch (random.below(8)) {
    case 0: return 0;
    case 1: return (size_t)random.between(1, 64) * 64;
    case 2: case 3: case 4: return (size_t)random.below(600);
    case 5: case 6: return (size_t)random.below(60'000);
    default: return (size_t)random.below(1'500'000);
  }
}

// All that was given back has become one block again: it can be taken whole, without more memory.
void requireOneBlock() {
  if (memory.bytes() == 0) return;
  memory.limit(0);
  void* whole = wasm_aligned_alloc(64, memory.bytes() - HEADER);
  memory.unlimit();
  wasm_free(whole);
}

void takesAndGives(int seed) {
  constexpr size_t MOST_LIVE = 12 << 20;
  Random random(seed);
  Blocks blocks;
  for (int i = 0; i < 1500; i++) {
    size_t bytes = randomSize(random);
    if (random.oneIn(2) && blocks.bytes() + bytes <= MOST_LIVE) blocks.take(bytes, random);
    else if (blocks.count() > 0) blocks.give(random);
  }
  while (blocks.count() > 0) blocks.give(random);
  try {
    requireOneBlock();
  } catch (const OutOfMemory&) {
    throw Failure("blocks that were given back did not become one");
  }
  require(memory.bytes() <= 2 * MOST_LIVE, "the memory has grown to " + std::to_string(memory.bytes()) + " bytes");
}

// What a training does: the same sizes again and again, beside blocks that stay.
void sameSizesAgain(int seed) {
  Random random(seed);
  Blocks staying, passing;
  for (int i = 0; i < 20; i++) staying.take(randomSize(random), random);
  std::vector<size_t> sizes;
  for (int i = 0; i < 6; i++) sizes.push_back(randomSize(random));
  size_t before = 0;
  for (int round = 0; round < 60; round++) {
    for (size_t bytes : sizes) passing.take(bytes, random);
    while (passing.count() > 0) passing.give(random);
    if (round == 0) before = memory.bytes();
  }
  require(memory.bytes() == before, "the memory grew although no more was taken");
  while (staying.count() > 0) staying.give(random);
}

// Where there is no more memory that is said, and what was taken stays as it was.
void outOfMemoryIsSaid(int seed) {
  Random random(seed);
  Blocks blocks;
  for (int i = 0; i < 30; i++) blocks.take(randomSize(random), random);
  memory.limit(3);
  int said = 0;
  for (size_t bytes : {memory.bytes() + 4 * Pages::PAGE, (size_t)5 << 30}) {
    try {
      blocks.take(bytes, random);
    } catch (const OutOfMemory&) {
      said++;
    }
  }
  memory.unlimit();
  require(said == 2, "memory was given that is not there");
  while (blocks.count() > 0) blocks.give(random);
  requireOneBlock();
}

void comparesAsTheStandard(int seed) {
  auto sign = [](int n) { return (n > 0) - (n < 0); };
  Random random(seed);
  for (int i = 0; i < 300; i++) {
    unsigned char a[40], b[40];
    for (unsigned char& byte : a) byte = (unsigned char)random.next();
    std::copy(a, a + 40, b);
    size_t bytes = (size_t)random.below(41);
    if (!random.oneIn(3)) b[random.below(40)] = (unsigned char)random.next();
    require(sign(wasm_memcmp(a, b, bytes)) == sign(memcmp(a, b, bytes)), "memcmp differs");
  }
}

void powersAreRight(int seed) {
  Random random(seed);
  for (int i = 0; i < 300; i++) {
    double base = random.oneIn(2) ? 1 - random.uniform() * std::pow(10, -random.below(7)) : random.uniform();
    double exponent = random.oneIn(2) ? random.below(20) : random.below(1'000'000);
    long double expected = std::pow((long double)base, (long double)exponent);
    if (expected < 1e-290L) continue;
    // Every squaring doubles the error of what it squares.
    double allowed = (exponent + 4) * 2.3e-16;
    require(std::fabs((double)(wasm_pow(base, exponent) / expected - 1)) <= allowed,
            std::to_string(base) + " to the power of " + std::to_string(exponent) + " is wrong");
  }
}

}  // namespace

int main(int argc, char** argv) {
  int cases = argc > 1 ? atoi(argv[1]) : 20, first = argc > 2 ? atoi(argv[2]) : 0;
  for (int number = first; number < first + cases; number++)
    report("case " + std::to_string(number) + ": memory, comparing, powers", [&] {
      takesAndGives(number);
      sameSizesAgain(number);
      outOfMemoryIsSaid(number);
      comparesAsTheStandard(number);
      powersAreRight(number);
    });
  report("workers: many tiny calls", [&] { manyTinyCalls(12 * cases, first); });
  report("workers: late ones", [&] { lateThreads(first); });
  report("workers: waiting ones sleep", idleWorkers);
  report("workers: two models at once", [] { twoModelsOnWorkers(120); });
  printf("WebAssembly's own parts: %d cases, %d failures\n", cases + 4, failures);
  return failures == 0 ? 0 : 1;
}
