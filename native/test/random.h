// Random numbers of the tests: the same on every machine.
#pragma once
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace test {

// SplitMix64.
class Random {
 public:
  // Seeds that follow one another must not make sequences that do: they begin at places far apart.
  explicit Random(uint64_t seed) : state_(seed) { state_ = next() ^ seed << 32; }

  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // 0..n−1.
  int below(int n) { return (int)(next() % (uint64_t)n); }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool oneIn(int n) { return below(n) == 0; }
  // 0 ≤ u < 1, as a float has it.
  float uniform() { return (float)(next() >> 40) / 16777216.0f; }
  double normal() {
    double radius = std::sqrt(-2 * std::log(1 - (double)uniform()));
    return radius * std::cos(6.283185307179586 * (double)uniform());
  }

 private:
  uint64_t state_;
};

// The uniform of src/made/random.ts at a position of a draw: Philox 4x32-10, one word at a time.
inline float philoxUniform(uint64_t seed, uint32_t purpose, uint64_t index, int position) {
  uint32_t c[4] = {(uint32_t)position / 4, (uint32_t)index, (uint32_t)(index >> 32), purpose};
  uint32_t k[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (int round = 0; round < 10; round++, k[0] += 0x9e3779b9u, k[1] += 0xbb67ae85u) {
    uint64_t a = (uint64_t)0xd2511f53u * c[0], b = (uint64_t)0xcd9e8d57u * c[2];
    uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b, (uint32_t)(a >> 32) ^ c[3] ^ k[1], (uint32_t)a};
    for (int i = 0; i < 4; i++) c[i] = next[i];
  }
  return (float)(c[position % 4] >> 8) / 16777216.0f;
}

template <class T>
void shuffle(Random& random, std::vector<T>& values) {
  for (size_t i = values.size(); i > 1; i--) std::swap(values[i - 1], values[(size_t)random.below((int)i)]);
}

// Rows of bits, packed 32 to a word.
struct Rows {
  int count, columns, wordsPerRow;
  std::vector<uint32_t> words;

  Rows(int n, int d) : count(n), columns(d), wordsPerRow((d + 31) / 32), words((size_t)n * wordsPerRow) {}

  bool get(int row, int column) const { return words[(size_t)row * wordsPerRow + column / 32] >> (column % 32) & 1; }
  void set(int row, int column) { words[(size_t)row * wordsPerRow + column / 32] |= 1u << (column % 32); }
};

inline Rows randomRows(Random& random, int count, int columns) {
  Rows rows(count, columns);
  float share = random.uniform();
  for (int row = 0; row < count; row++)
    for (int column = 0; column < columns; column++)
      if (random.uniform() < share) rows.set(row, column);
  return rows;
}

}  // namespace test
