// A model as JavaScript holds it, and what calls to it are checked against.
#pragma once
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include "../made.h"
#include "../team.h"

namespace {

// A call that cannot be made; JavaScript gets its words as an exception.
struct BadCall : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool holds, const char* otherwise) {
  if (!holds) throw BadCall(otherwise);
}

// A model, the threads that work for it, and what calls are checked against. Work under way shares it, so that a model
// that is closed or forgotten meanwhile stays until the work is done.
struct Handle {
  std::unique_ptr<made::Model> model;
  std::unique_ptr<made::ThreadTeam> team;
  // Widths of the inputs, the hidden layers and the outputs.
  std::vector<size_t> widths;
  bool direct = false, conditioning = false;
  int slots = 0;
  // Numbers of one ordering, and of one connectivity: the ordering, then the degrees, then how many variables are known.
  size_t variables = 0, connectivity = 0;
  // Training rows.
  size_t rows = 0;
  bool isAtWork = false, isClosed = false;

  int inputs() const { return (int)widths.front(); }
  int layers() const { return (int)widths.size() - 2; }
  int wordsPerRow() const { return (inputs() + 31) / 32; }

  // How many values a tensor has. Layers are the hidden ones, the output's and, if there is one, the direct one.
  size_t tensorSize(const made::TensorName& name) const {
    bool isDirect = direct && name.layer == layers() + 1;
    bool isKnown = name.layer >= 0 && (name.layer <= layers() || isDirect) && name.slot >= -1 && name.slot < slots &&
                   (name.part == made::Part::weight || (!isDirect && name.part == made::Part::bias) ||
                    (!isDirect && conditioning && name.part == made::Part::conditioning));
    require(isKnown, "the model has no such tensor");
    size_t out = isDirect ? widths.front() : widths[name.layer + 1];
    return name.part == made::Part::bias ? out : out * (isDirect ? widths.front() : widths[name.layer]);
  }

  // Bits of a row beyond its last column must be zero.
  void requireRows(const uint32_t* words, size_t n, int count, int perRow) const {
    require(count >= 0 && perRow == wordsPerRow() && n == (size_t)count * perRow, "the rows do not fit the model");
    int used = inputs() % 32;
    for (size_t last = perRow - 1; used != 0 && last < n; last += perRow)
      require(words[last] >> used == 0, "the rows have more columns than the model has inputs");
  }

  // Whole connectivities one after another: permutations of 1..V, then degrees in 1..V−1, then a number in 1..V.
  void requireConnectivities(const std::vector<int32_t>& numbers) const {
    require(!numbers.empty() && numbers.size() % connectivity == 0, "the connectivities do not fit the model");
    std::vector<bool> isTaken;
    for (size_t i = 0; i < numbers.size(); i++) {
      size_t at = i % connectivity;
      bool isPlace = at < variables, isDegree = !isPlace && at + 1 < connectivity;
      if (at == 0) isTaken.assign(variables + 1, false);
      require(numbers[i] >= 1 && numbers[i] <= (int)variables - (isDegree ? 1 : 0), "an ordering or a degree is out of range");
      require(!isPlace || !isTaken[numbers[i]], "an ordering has a place twice");
      if (isPlace) isTaken[numbers[i]] = true;
    }
  }

  made::Connectivity at(const std::vector<int32_t>& numbers, size_t number) const {
    const int32_t* c = numbers.data() + number * connectivity;
    return {c, c + variables, c[connectivity - 1]};
  }

  void release() {
    model.reset();
    team.reset();
  }
};

using SharedHandle = std::shared_ptr<Handle>;

}  // namespace
