// The runtime of the WebAssembly kernels, played natively: memory that grows by pages, waiting at an address, and workers
// that are given one call at a time.
#pragma once
#include <sys/mman.h>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
#include "../wasm/team.h"
#include "walk.h"

namespace test {

// How often a thread was put to sleep at an address, and woken: both must happen in a test of it.
inline std::atomic<int> sleeps{0}, wakings{0};

struct OutOfMemory : Failure {
  OutOfMemory() : Failure("the memory is used up") {}
};

// Pages of 64 KiB at an address that a page number of 32 bits can name.
class Pages {
 public:
  static constexpr size_t PAGE = 65536;
  static constexpr size_t MOST = 16384;

  Pages() {
    size_t bytes = (MOST + 1) * PAGE;
    void* at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) abort();
    first_ = ((uintptr_t)at + PAGE - 1) / PAGE;
  }
  size_t bytes() const { return used_ * PAGE; }
  // Lets the memory grow by no more than so many pages from now on.
  void limit(size_t pages) { most_ = used_ + pages < MOST ? used_ + pages : MOST; }
  void unlimit() { most_ = MOST; }
  uint32_t grow(uint32_t pages) {
    if (used_ + pages > most_) return (uint32_t)-1;
    used_ += pages;
    return (uint32_t)(first_ + used_ - pages);
  }

 private:
  uintptr_t first_ = 0;
  size_t used_ = 0, most_ = MOST;
};

inline Pages memory;

// The workers of src/engine/cpu/wasm-machine.ts. A call goes to the first one and an order to help it to the others. Only
// the first one tells that it is done, and then the next call may begin.
class Workers {
 public:
  explicit Workers(int count) {
    for (int i = 0; i < count; i++) workers_.push_back(std::make_unique<Worker>());
  }

  void call(made::WorkerTeam& team, int threads, const std::function<void()>& work) {
    team.begin(threads);
    bool isDone = false;
    workers_[0]->post([&] {
      work();
      team.end();
      std::lock_guard<std::mutex> lock(mutex_);
      isDone = true;
      done_.notify_one();
    });
    for (int i = 1; i < threads; i++) workers_[i]->post([&team, i] { team.help(i); });
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [&] { return isDone; });
  }

 private:
  class Worker {
   public:
    Worker() : thread_([this] { serve(); }) {}
    ~Worker() {
      post(nullptr);
      thread_.join();
    }
    void post(std::function<void()> message) {
      std::lock_guard<std::mutex> lock(mutex_);
      messages_.push_back(std::move(message));
      arrived_.notify_one();
    }

   private:
    void serve() {
      for (;;) {
        std::unique_lock<std::mutex> lock(mutex_);
        arrived_.wait(lock, [this] { return !messages_.empty(); });
        std::function<void()> message = std::move(messages_.front());
        messages_.pop_front();
        lock.unlock();
        if (!message) return;
        message();
      }
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> messages_;
    std::thread thread_;
  };

  std::vector<std::unique_ptr<Worker>> workers_;
  std::mutex mutex_;
  std::condition_variable done_;
};

}  // namespace test
