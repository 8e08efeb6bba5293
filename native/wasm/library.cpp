// What the kernels need of a standard library. Memory is one list of blocks in the order of their addresses: a model
// takes a few hundred, so looking through them costs nothing. Only one thread at a time takes or gives back memory: the
// calling thread between pieces of work, the first worker during one.
#include <cstdlib>
#include <cstring>
#include <cstdint>

extern "C" {

extern unsigned char __heap_base;
__attribute__((import_module("made"), import_name("outOfMemory"), noreturn)) void outOfMemory();

[[noreturn]] void abort() { __builtin_trap(); }
[[noreturn]] void __cxa_pure_virtual() { __builtin_trap(); }

}  // extern "C"

namespace {

constexpr uint32_t PAGE = 65536;

// Lies before its bytes and is as long as the alignment, so that these are aligned too.
struct alignas(64) Block {
  uint32_t bytes;
  bool isFree;
  Block* next;
};
static_assert(sizeof(Block) == 64, "blocks keep the alignment");

Block* first = nullptr;

unsigned char* bytesOf(Block* block) { return reinterpret_cast<unsigned char*>(block + 1); }

void joinNext(Block* block) {
  Block* next = block->next;
  if (!next || !next->isFree) return;
  block->bytes += sizeof(Block) + next->bytes;
  block->next = next->next;
}

// Grows the memory by at least so many bytes, as one free block at its end.
Block* grow(uint64_t bytes) {
  uint64_t pages = (bytes + sizeof(Block) + PAGE - 1) / PAGE;
  if (pages > 65536) outOfMemory();
  uint32_t before = __builtin_wasm_memory_grow(0, (uint32_t)pages);
  if (before == (uint32_t)-1) outOfMemory();
  Block* block = reinterpret_cast<Block*>((uintptr_t)before * PAGE);
  *block = {(uint32_t)(pages * PAGE - sizeof(Block)), true, nullptr};
  if (!first) {
    first = block;
    return block;
  }
  Block* last = first;
  while (last->next) last = last->next;
  last->next = block;
  if (!last->isFree || bytesOf(last) + last->bytes != reinterpret_cast<unsigned char*>(block)) return block;
  joinNext(last);
  return last;
}

void* take(uint64_t wanted) {
  uint64_t bytes = (wanted + 63) / 64 * 64;
  Block* block = nullptr;
  Block* last = nullptr;
  // The smallest that is large enough, so that large ones stay whole.
  for (Block* b = first; b; last = b, b = b->next)
    if (b->isFree && b->bytes >= bytes && (!block || b->bytes < block->bytes)) block = b;
  if (!block) block = grow(last && last->isFree ? bytes - last->bytes : bytes);
  // What came does not follow the last block: somebody else has made the memory grow.
  if (block->bytes < bytes) block = grow(bytes);
  if (block->bytes >= bytes + 2 * sizeof(Block)) {
    Block* rest = reinterpret_cast<Block*>(bytesOf(block) + bytes);
    *rest = {(uint32_t)(block->bytes - bytes - sizeof(Block)), true, block->next};
    block->bytes = (uint32_t)bytes;
    block->next = rest;
  }
  block->isFree = false;
  return bytesOf(block);
}

}  // namespace

extern "C" {

void* aligned_alloc(size_t, size_t bytes) { return take(bytes); }

void free(void* data) {
  if (!data) return;
  Block* block = static_cast<Block*>(data) - 1;
  block->isFree = true;
  joinNext(block);
  Block* before = first;
  while (before && before->next != block) before = before->next;
  if (before && before->isFree) joinNext(before);
}

int memcmp(const void* a, const void* b, size_t bytes) {
  const unsigned char *x = static_cast<const unsigned char*>(a), *y = static_cast<const unsigned char*>(b);
  for (size_t i = 0; i < bytes; i++)
    if (x[i] != y[i]) return x[i] - y[i];
  return 0;
}

// Powers of the optimizers' rates: the exponent is a number of updates.
double pow(double base, double exponent) {
  double power = 1;
  for (uint64_t n = (uint64_t)exponent; n; n >>= 1, base *= base)
    if (n & 1) power *= base;
  return power;
}

}  // extern "C"

void* operator new(size_t bytes) { return take(bytes); }
void* operator new[](size_t bytes) { return take(bytes); }
void operator delete(void* data) noexcept { free(data); }
void operator delete[](void* data) noexcept { free(data); }
void operator delete(void* data, size_t) noexcept { free(data); }
void operator delete[](void* data, size_t) noexcept { free(data); }
