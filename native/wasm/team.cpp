#include "team.h"

namespace made {

namespace {

// Milliseconds before a worker sleeps. Workers only wait while a call is under way, and whoever is woken may well be put on
// the processor of the one that woke it: with a hundredth of this, two workers shared one for a third of the time.
// Tests make do with fewer, so that there is sleep.
#ifndef SPINS_BEFORE_SLEEP
#define SPINS_BEFORE_SLEEP 4000000
#endif
constexpr int32_t OVER = -1;

int32_t read(const int32_t* p) { return __atomic_load_n(p, __ATOMIC_SEQ_CST); }

}  // namespace

// Waking costs a call into the runtime, so it is left out where nobody sleeps. Either the sleeper is seen here, or it
// went to sleep after the new value was there and returns at once.
void WorkerTeam::publish(Counter& counter, int32_t value) {
  __atomic_store_n(&counter.value, value, __ATOMIC_SEQ_CST);
  if (read(&counter.sleeping) > 0) __builtin_wasm_memory_atomic_notify(&counter.value, 0x7fffffff);
}

void WorkerTeam::awaitChange(Counter& counter, int32_t from) {
  for (int spins = 0; spins < SPINS_BEFORE_SLEEP; spins++)
    if (read(&counter.value) != from) return;
  __atomic_fetch_add(&counter.sleeping, 1, __ATOMIC_SEQ_CST);
  while (read(&counter.value) == from) __builtin_wasm_memory_atomic_wait32(&counter.value, from, -1);
  __atomic_fetch_sub(&counter.sleeping, 1, __ATOMIC_SEQ_CST);
}

void WorkerTeam::begin(int threads) {
  active_ = threads;
  job_.value = busy_.value = 0;
}

void WorkerTeam::run(void (*work)(void*, int), void* context) {
  work_ = work;
  context_ = context;
  announce(job_.value + 1);
  work(context, 0);
  awaitHelpers();
}

// Waits for the helpers to have seen it: the next call may begin as soon as this one has returned.
void WorkerTeam::end() {
  announce(OVER);
  awaitHelpers();
}

void WorkerTeam::announce(int32_t job) {
  if (active_ == 1) return;
  __atomic_store_n(&busy_.value, active_ - 1, __ATOMIC_SEQ_CST);
  publish(job_, job);
}

void WorkerTeam::awaitHelpers() {
  for (int32_t busy; (busy = read(&busy_.value)) > 0;) awaitChange(busy_, busy);
}

void WorkerTeam::help(int thread) {
  for (int32_t seen = 0;;) {
    awaitChange(job_, seen);
    seen = read(&job_.value);
    if (seen != OVER) work_(context_, thread);
    __atomic_fetch_sub(&busy_.value, 1, __ATOMIC_SEQ_CST);
    if (read(&busy_.sleeping) > 0) __builtin_wasm_memory_atomic_notify(&busy_.value, 1);
    if (seen == OVER) return;
  }
}

void WorkerTeam::wait(int) {
  if (active_ == 1) return;
  int32_t phase = read(&phase_.value);
  if (__atomic_fetch_add(&arrived_, 1, __ATOMIC_SEQ_CST) == active_ - 1) {
    __atomic_store_n(&arrived_, 0, __ATOMIC_SEQ_CST);
    publish(phase_, phase + 1);
    return;
  }
  awaitChange(phase_, phase);
}

}  // namespace made
