// The threads of a model: they spin for a moment between pieces of work, then sleep, so that an idle model burns nothing.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>
#include "made.h"

namespace made {

class ThreadTeam final : public Team {
 public:
  // `most` threads, the caller's among them.
  explicit ThreadTeam(int most);
  ~ThreadTeam() override;
  // How many threads take part from now on, 1..most. Not while work is under way.
  void use(int threads) { active_ = threads < 1 ? 1 : threads > most_ ? most_ : threads; }
  int most() const { return most_; }
  int size() const override { return active_; }
  void run(void (*work)(void*, int), void* context) override;
  void wait(int thread) override;

 private:
  void serve(int thread);

  int most_;
  int active_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable wake_;
  void (*work_)(void*, int) = nullptr;
  void* context_ = nullptr;
  int takingPart_ = 0;
  int sleeping_ = 0;
  bool ending_ = false;
  alignas(128) std::atomic<unsigned> job_{0};
  alignas(128) std::atomic<int> busy_{0};
  alignas(128) std::atomic<int> arrived_{0};
  alignas(128) std::atomic<unsigned> phase_{0};
};

}  // namespace made
