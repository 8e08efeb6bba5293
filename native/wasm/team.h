// The workers of a model. The first one makes the calls; the others help it for as long as a call lasts and are then
// back in their event loops, so that an idle model burns nothing.
#pragma once
#include "../made.h"

namespace made {

class WorkerTeam final : public Team {
 public:
  // Prepares a call by that many workers. No call may be under way.
  void begin(int threads);
  // Does what the first worker asks for until it says that its call is over.
  void help(int thread);
  // Ends the call; the helpers return.
  void end();
  int size() const override { return active_; }
  void run(void (*work)(void*, int), void* context) override;
  void wait(int thread) override;

 private:
  void announce(int32_t job);
  void awaitHelpers();

  int active_ = 1;
  void (*work_)(void*, int) = nullptr;
  void* context_ = nullptr;
  // Each in cache lines of its own, a pair of them, since processors fetch pairs.
  struct alignas(64) Counter {
    int32_t value = 0;
    int32_t sleeping = 0;
    int32_t apart[30];
  };
  static void publish(Counter& counter, int32_t value);
  static void awaitChange(Counter& counter, int32_t from);
  Counter job_, busy_, phase_;
  alignas(64) int32_t arrived_ = 0;
};

}  // namespace made
