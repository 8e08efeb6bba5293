#include "team.h"
#include "flush.h"

namespace made {

namespace {

inline void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// About 50 µs of spinning before a thread gives its core away: longer than the pause between two minibatches.
constexpr int SPINS_BEFORE_SLEEP = 20000;
// Inside a piece of work the others are at most moments away, unless the cores are shared with other programs.
constexpr int SPINS_BEFORE_YIELD = 4000;

}  // namespace

ThreadTeam::ThreadTeam(int most) : most_(most < 1 ? 1 : most), active_(most_) {
  for (int thread = 1; thread < most_; thread++) threads_.emplace_back([this, thread] { serve(thread); });
}

ThreadTeam::~ThreadTeam() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
    job_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadTeam::run(void (*work)(void*, int), void* context) {
  // The caller's thread computes other things, too; those of the team do nothing else.
  FlushToZero flush;
  if (active_ == 1) {
    work(context, 0);
    return;
  }
  busy_.store(active_ - 1, std::memory_order_relaxed);
  {
    std::lock_guard<std::mutex> lock(mutex_);
    work_ = work;
    context_ = context;
    takingPart_ = active_;
    job_.fetch_add(1, std::memory_order_release);
    if (sleeping_ > 0) wake_.notify_all();
  }
  work(context, 0);
  for (int spins = 0; busy_.load(std::memory_order_acquire) > 0; spins++) {
    pause();
    if (spins > SPINS_BEFORE_YIELD) std::this_thread::yield();
  }
}

void ThreadTeam::serve(int thread) {
  FlushToZero flush;
  unsigned seen = 0;
  // Whoever had nothing to do the last time sleeps at once.
  bool takesPart = true;
  for (;;) {
    for (int spins = takesPart ? 0 : SPINS_BEFORE_SLEEP; job_.load(std::memory_order_acquire) == seen && spins < SPINS_BEFORE_SLEEP; spins++) pause();
    void (*work)(void*, int);
    void* context;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      sleeping_++;
      wake_.wait(lock, [&] { return job_.load(std::memory_order_relaxed) != seen; });
      sleeping_--;
      if (ending_) return;
      seen = job_.load(std::memory_order_relaxed);
      work = work_;
      context = context_;
      takesPart = thread < takingPart_;
    }
    if (!takesPart) continue;
    work(context, thread);
    busy_.fetch_sub(1, std::memory_order_release);
  }
}

void ThreadTeam::wait(int) {
  if (active_ == 1) return;
  unsigned phase = phase_.load(std::memory_order_acquire);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) == active_ - 1) {
    arrived_.store(0, std::memory_order_relaxed);
    phase_.store(phase + 1, std::memory_order_release);
    return;
  }
  for (int spins = 0; phase_.load(std::memory_order_acquire) == phase; spins++) {
    pause();
    if (spins > SPINS_BEFORE_YIELD) std::this_thread::yield();
  }
}

}  // namespace made
