// What native/wasm asks of WebAssembly and of whoever runs it, for a native compiler. It is included before those sources,
// so that their own standard library takes names of its own and leaves the real one to the tests.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace test {

// As `memory.atomic.wait32` without a time limit, and `memory.atomic.notify`.
void waitAt(const int32_t* at, int32_t expected);
void notifyAt(const int32_t* at, int count);
// As `memory.grow`: the number of the first new page, or -1.
uint32_t growMemory(uint32_t pages);

}  // namespace test

#define __builtin_wasm_memory_atomic_wait32(at, expected, nanoseconds) test::waitAt(at, expected)
#define __builtin_wasm_memory_atomic_notify(at, count) test::notifyAt(at, count)
#define __builtin_wasm_memory_grow(memory, pages) test::growMemory(pages)
#define import_module(name)
#define import_name(name)

#define aligned_alloc wasm_aligned_alloc
#define free wasm_free
#define memcmp wasm_memcmp
#define pow wasm_pow
#define abort wasm_abort
#define __cxa_pure_virtual wasm_pure_virtual
void* operator new(size_t) __asm__("wasm_new");
void* operator new[](size_t) __asm__("wasm_new_array");
void operator delete(void*) noexcept __asm__("wasm_delete");
void operator delete[](void*) noexcept __asm__("wasm_delete_array");
void operator delete(void*, size_t) noexcept __asm__("wasm_delete_sized");
void operator delete[](void*, size_t) noexcept __asm__("wasm_delete_array_sized");
