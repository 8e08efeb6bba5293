// The units of one layer: their own order, and what the masks of a connectivity make of them.
#pragma once
#include <cstdlib>
#include <cstring>
#if defined(_WIN32)
#include <malloc.h>
#endif
#include "vector.h"

namespace {

// Memory at a multiple of 64, which Windows has a call of its own for, to give it back too.
#if defined(_WIN32)
MADE_INLINE void* takeAligned(size_t bytes) { return _aligned_malloc(bytes, 64); }
MADE_INLINE void giveBack(void* p) { _aligned_free(p); }
#else
MADE_INLINE void* takeAligned(size_t bytes) { return aligned_alloc(64, bytes); }
MADE_INLINE void giveBack(void* p) { free(p); }
#endif

MADE_INLINE int roundUp(int n, int to) { return (n + to - 1) / to * to; }

// Zeroed memory, aligned for any vector. Running out of it ends the process: sizes are checked before a model is made.
template <class T>
struct Memory {
  T* data = nullptr;
  size_t size = 0;
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { giveBack(data); }
  T* resize(size_t n) {
    giveBack(data);
    size_t bytes = (n * sizeof(T) + 63) / 64 * 64 + 64;
    data = static_cast<T*>(takeAligned(bytes));
    if (!data) abort();
    memset(data, 0, bytes);
    size = n;
    return data;
  }
  void swap(Memory& other) {
    T* d = data;
    size_t n = size;
    data = other.data;
    size = other.size;
    other.data = d;
    other.size = n;
  }
  T* atLeast(size_t n) { return n <= size && data ? data : resize(n); }
};

// Numbers of one layer's units. "Own" is the order in which weights lie; "sorted" is by degree.
struct Units {
  int count = 0;
  int padded = 0;
  int inputs = 0;
  // Own order of each unit of the model file, and back.
  Memory<int32_t> ownOf, unitOf, plannedOwn, plannedUnit;
  // By own order: what a connection into the unit compares (−1 beyond the last), and one out of it.
  Memory<int32_t> degreeIn, degreeOut;
  // Sorted position to own order, and back; below[t] is how many units have a degree < t, for t in 0..inputs+1.
  Memory<int32_t> sorted, rank, below;
  // Own order is sorted order: kept connections are then contiguous.
  bool isSorted = false;
  // Degrees ascend in the order of the model file.
  bool isAscending = false;
  // Sums over many units are made in two parts: stretches of so many sorted units belong to the one or the other.
  int parts = 1;
  int stretch = 0;

  // In turns 0 1 1 0, so that both parts of a staircase are of one size.
  int partOf(int at) const { return parts == 1 ? 0 : (at / stretch + 1) / 2 % 2; }

  void make(int n, int d) {
    count = n;
    inputs = d;
    // Whole blocks of 64, and a cache line more: rows a power of two apart would share few sets of the cache.
    padded = roundUp(n, 64) + 16;
    parts = n >= 192 ? 2 : 1;
    stretch = n >= 384 ? 64 : 32;
    Memory<int32_t>* all[] = {&ownOf, &unitOf, &degreeIn, &degreeOut, &sorted, &rank};
    for (Memory<int32_t>* m : all) m->resize(padded);
    below.resize(d + 3);
    for (int i = 0; i < padded; i++) ownOf.data[i] = unitOf.data[i] = i;
  }

  // Takes degrees in the order of the model file. `strict` units (outputs) may not see inputs of their own place.
  void arrange(const int32_t* degrees, bool strict) {
    int32_t* b = below.data;
    memset(b, 0, (inputs + 3) * sizeof(int32_t));
    isAscending = true;
    for (int unit = 0; unit < count; unit++) {
      int32_t degree = degrees[unit], own = ownOf.data[unit];
      degreeOut.data[own] = degree;
      degreeIn.data[own] = strict ? degree - 1 : degree;
      b[degree + 1]++;
      isAscending = isAscending && (unit == 0 || degree >= degrees[unit - 1]);
    }
    for (int own = count; own < padded; own++) degreeIn.data[own] = degreeOut.data[own] = -1;
    for (int t = 1; t < inputs + 3; t++) b[t] += b[t - 1];
    // below[t] counts degrees < t; while placing, it is used as the next free position of degree t. Units of one degree
    // keep the order of the model file, so that no sum depends on the units' own order.
    isSorted = true;
    for (int unit = 0; unit < count; unit++) {
      int own = ownOf.data[unit];
      int at = b[degrees[unit]]++;
      sorted.data[at] = own;
      rank.data[own] = at;
      isSorted = isSorted && at == own;
    }
    for (int t = inputs + 2; t > 0; t--) b[t] = b[t - 1];
    b[0] = 0;
    for (int at = count; at < padded; at++) sorted.data[at] = rank.data[at] = at;
  }

  // Plans an own order that is the sorted order of these degrees; `exchange` puts it in place, or the old one back.
  void plan(const int32_t* degrees) {
    plannedOwn.resize(padded);
    plannedUnit.resize(padded);
    for (int i = 0; i < padded; i++) plannedOwn.data[i] = plannedUnit.data[i] = i;
    int32_t* b = below.data;
    memset(b, 0, (inputs + 3) * sizeof(int32_t));
    for (int unit = 0; unit < count; unit++) b[degrees[unit] + 1]++;
    for (int t = 1; t < inputs + 3; t++) b[t] += b[t - 1];
    for (int unit = 0; unit < count; unit++) {
      int own = b[degrees[unit]]++;
      plannedOwn.data[unit] = own;
      plannedUnit.data[own] = unit;
    }
  }

  void exchange() {
    ownOf.swap(plannedOwn);
    unitOf.swap(plannedUnit);
  }
};

}  // namespace
