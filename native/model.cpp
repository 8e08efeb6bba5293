// One model at work, compiled once per instruction set (LANES and CREATE are given by the build).
//
// Weights of every matrix lie [input unit][output unit], the units in an order of their own that a fixed connectivity
// makes its sorted order. Then every mask is a staircase and what it keeps is contiguous. Under other connectivities the
// same loops run over permuted units and compare degrees, so that changing masks costs no re-sorting of weights.
#include "matrix.h"
#include "units.h"

namespace {

using made::Activation;
using made::Connectivity;
using made::Part;
using made::Team;
using made::TensorName;

struct Tensor {
  Memory<float> w, slot0, slot1;
  void make(size_t n, int slots) {
    w.resize(n);
    slot0.resize(slots > 0 ? n : 1);
    slot1.resize(slots > 1 ? n : 1);
    stride0 = slots > 0;
    stride1 = slots > 1;
  }
  size_t stride0 = 0, stride1 = 0;
  float* state0(size_t at) { return slot0.data + at * stride0; }
  float* state1(size_t at) { return slot1.data + at * stride1; }
};

// A matrix of weights with, unless it is the direct one, a bias and perhaps conditioning weights.
struct Layer {
  Units* in = nullptr;
  Units* out = nullptr;
  int pitch = 0;
  Tensor weight, bias, conditioning;
};

// Buffers for a minibatch of so many rows.
struct Batch {
  int most = 0;
  int pitch = 0;
  // Per group of units after the inputs: activations (or logits, then their deltas) [sorted unit][row].
  Memory<float>* h = nullptr;
  // Per group: deltas [sorted unit][row], [row][own unit]; and their sums over the minibatch by own unit.
  Memory<float>* delta = nullptr;
  Memory<float>* deltaByRow = nullptr;
  Memory<float>* deltaSum = nullptr;
  Memory<float> constant;
  // Ones of each row, by own input in the order of the model file; and of each own input, by row, as bits.
  Memory<int32_t> ones, oneCount;
  Memory<uint32_t> columns;
  // Scratch of each thread: the rows with a one in a column.
  Memory<int32_t> listed;
  int threads = 0;
  int columnWords = 0;
  // Loss of each row in each tile of outputs.
  Memory<float> tileLoss;
};

class CpuModel final : public made::Model {
 public:
  explicit CpuModel(const made::Spec& spec)
      : inputs_(spec.inputs), layers_(spec.layers), activation_(spec.activation), direct_(spec.direct),
        conditioning_(spec.conditioning), l2_(spec.l2), optimizer_(spec.optimizer) {
    groups_ = new Units[layers_ + 2];
    groups_[0].make(inputs_, inputs_);
    for (int l = 0; l < layers_; l++) groups_[l + 1].make(spec.hidden[l], inputs_);
    groups_[layers_ + 1].make(inputs_, inputs_);
    dense_ = new Layer[layers_ + 1];
    for (int l = 0; l <= layers_; l++) makeLayer(dense_[l], &groups_[l], &groups_[l + 1], true);
    if (direct_) makeLayer(straight_, &groups_[0], &groups_[layers_ + 1], false);
    batch_.h = new Memory<float>[layers_ + 2];
    batch_.delta = new Memory<float>[layers_ + 2];
    batch_.deltaByRow = new Memory<float>[layers_ + 2];
    batch_.deltaSum = new Memory<float>[layers_ + 2];
    ordering_.resize(inputs_);
    int degrees = 0;
    for (int l = 0; l < layers_; l++) degrees += groups_[l + 1].count;
    degrees_.resize(degrees);
  }

  ~CpuModel() override {
    delete[] groups_;
    delete[] dense_;
    delete[] batch_.h;
    delete[] batch_.delta;
    delete[] batch_.deltaByRow;
    delete[] batch_.deltaSum;
  }

  void write(TensorName name, const float* values) override { copy<true>(name, const_cast<float*>(values)); }
  void read(TensorName name, float* values) const override { const_cast<CpuModel*>(this)->copy<false>(name, values); }

  void setRows(const uint32_t* words, int rows, int wordsPerRow) override {
    rowWords_ = wordsPerRow;
    rows_.resize((size_t)rows * wordsPerRow);
    memcpy(rows_.data, words, (size_t)rows * wordsPerRow * sizeof(uint32_t));
  }

  void settle(const Connectivity& c) override {
    groups_[0].plan(c.ordering);
    groups_[layers_ + 1].plan(c.ordering);
    const int32_t* degrees = c.degrees;
    for (int l = 0; l < layers_; l++) {
      groups_[l + 1].plan(degrees);
      degrees += groups_[l + 1].count;
    }
    // Tensor by tensor: out in the order of the file, back in the new order of the units.
    Memory<float> kept;
    eachTensor([&](TensorName name, size_t n) {
      read(name, kept.atLeast(n));
      exchangeOrders();
      write(name, kept.data);
      exchangeOrders();
    });
    exchangeOrders();
    arranged_ = false;
  }

  double train(Team& team, const uint32_t* rows, int count, const Connectivity& c, double t) override {
    makeRoom(count, team.size());
    arrange(c);
    Job job{this, &team, rows_.data, rows, count, rowWords_, nullptr, ruleFor(optimizer_, l2_, t)};
    team.run([](void* context, int thread) { static_cast<Job*>(context)->model->trainOn(*static_cast<Job*>(context), thread); }, &job);
    double loss = 0;
    for (int b = 0; b < count; b++) loss += rowLoss(b);
    return loss / count;
  }

  void score(Team& team, const uint32_t* words, int rows, int wordsPerRow, const Connectivity& c,
             double* logLikelihoods, float* logits) override {
    constexpr int BLOCK = 112;
    makeRoom(rows < BLOCK ? rows : BLOCK, team.size());
    arrange(c);
    for (int start = 0; start < rows; start += BLOCK) {
      int count = rows - start < BLOCK ? rows - start : BLOCK;
      Job job{this, &team, words + (size_t)start * wordsPerRow, nullptr, count, wordsPerRow,
              logits ? logits + (size_t)start * inputs_ : nullptr, Rule{}};
      team.run([](void* context, int thread) { static_cast<Job*>(context)->model->scoreOn(*static_cast<Job*>(context), thread); }, &job);
      for (int b = 0; b < count; b++) logLikelihoods[start + b] = -rowLoss(b);
    }
  }

  void draw(Team& team, int rows, const Connectivity& c, const float* uniforms, const uint32_t* given,
            const uint32_t* known, int wordsPerRow, uint32_t* bits, float* probabilities) override;

 private:
  struct Drawing {
    CpuModel* model;
    Team* team;
    int count;
    const float* uniforms;
    const uint32_t* given;
    const uint32_t* known;
    int wordsPerRow;
    uint32_t* bits;
    float* probabilities;
  };

  void drawOn(const Drawing& drawing, int thread);
  void drawInput(const Drawing& drawing, int own, const float* p, int from, int to);
  void addRow(const Layer& layer, int input, int32_t place, float* sums);
  void finishUnits(int degree, int from, int vectors);

  struct Job {
    CpuModel* model;
    Team* team;
    const uint32_t* words;
    // Numbers of the rows, or null for 0..count-1.
    const uint32_t* numbers;
    int count;
    int wordsPerRow;
    float* logits;
    Rule rule;
  };

  // ── tensors ──

  void exchangeOrders() {
    for (int g = 0; g < layers_ + 2; g++) groups_[g].exchange();
  }

  void makeLayer(Layer& layer, Units* in, Units* out, bool hasBias) {
    layer.in = in;
    layer.out = out;
    layer.pitch = out->padded;
    // Several rows are updated together, so there are rows to spare.
    size_t n = (size_t)(in->count + ROWS) * layer.pitch;
    layer.weight.make(n, optimizer_.slots);
    if (hasBias) layer.bias.make(layer.pitch, optimizer_.slots);
    if (hasBias && conditioning_) layer.conditioning.make(n, optimizer_.slots);
  }

  template <class Visit>
  void eachTensor(Visit visit) {
    for (int l = 0; l <= layers_ + (direct_ ? 1 : 0); l++) {
      const Layer& layer = layerOf(l);
      size_t matrix = (size_t)layer.in->count * layer.out->count;
      for (int slot = -1; slot < optimizer_.slots; slot++) {
        visit(TensorName{l, Part::weight, slot}, matrix);
        if (l > layers_) continue;
        visit(TensorName{l, Part::bias, slot}, (size_t)layer.out->count);
        if (conditioning_) visit(TensorName{l, Part::conditioning, slot}, matrix);
      }
    }
  }

  Layer& layerOf(int l) { return l > layers_ ? straight_ : dense_[l]; }

  template <bool IN>
  void copy(TensorName name, float* values) {
    Layer& layer = layerOf(name.layer);
    Tensor& tensor = name.part == Part::weight ? layer.weight : name.part == Part::bias ? layer.bias : layer.conditioning;
    float* data = name.slot < 0 ? tensor.w.data : name.slot == 0 ? tensor.slot0.data : tensor.slot1.data;
    const int32_t* outOf = layer.out->ownOf.data;
    if (name.part == Part::bias) {
      for (int o = 0; o < layer.out->count; o++) move<IN>(data[outOf[o]], values[o]);
      return;
    }
    int width = layer.in->count;
    const int32_t* inOf = layer.in->ownOf.data;
    for (int o = 0; o < layer.out->count; o++)
      for (int i = 0; i < width; i++) move<IN>(data[(size_t)inOf[i] * layer.pitch + outOf[o]], values[(size_t)o * width + i]);
  }

  template <bool IN>
  static void move(float& inside, float& outside) {
    if (IN) inside = outside;
    else outside = inside;
  }

  // ── preparation ──

  void makeRoom(int count, int threads) {
    if (count <= batch_.most && batch_.most <= 2 * count + 64 && threads <= batch_.threads) return;
    Batch& b = batch_;
    b.most = count;
    b.threads = threads > b.threads ? threads : b.threads;
    b.listed.resize((size_t)count * b.threads);
    b.pitch = roundUp(count, LANES);
    b.columnWords = (count + 31) / 32;
    int widest = 0;
    for (int g = 1; g <= layers_ + 1; g++) {
      int units = groups_[g].padded;
      widest = units > widest ? units : widest;
      b.h[g].resize((size_t)(units + TILE) * b.pitch);
      b.delta[g].resize((size_t)(units + TILE) * b.pitch);
      b.deltaByRow[g].resize((size_t)count * units);
      b.deltaSum[g].resize(units);
    }
    b.constant.resize(widest);
    b.ones.resize((size_t)count * inputs_);
    b.oneCount.resize(count);
    b.columns.resize((size_t)inputs_ * b.columnWords);
    b.tileLoss.resize((size_t)(roundUp(inputs_, TILE) / TILE) * b.pitch);
  }

  void arrange(const Connectivity& c) {
    if (arranged_ && memcmp(ordering_.data, c.ordering, ordering_.size * 4) == 0 &&
        memcmp(degrees_.data, c.degrees, degrees_.size * 4) == 0)
      return;
    memcpy(ordering_.data, c.ordering, ordering_.size * 4);
    memcpy(degrees_.data, c.degrees, degrees_.size * 4);
    arranged_ = true;
    groups_[0].arrange(c.ordering, false);
    const int32_t* degrees = c.degrees;
    for (int l = 0; l < layers_; l++) {
      groups_[l + 1].arrange(degrees, false);
      degrees += groups_[l + 1].count;
    }
    groups_[layers_ + 1].arrange(c.ordering, true);
  }

  // Lists the ones of the rows of a job that fall to a thread.
  void listOnes(const Job& job, int thread, int threads) {
    const int32_t* own = groups_[0].ownOf.data;
    for (int b = thread; b < job.count; b += threads) {
      const uint32_t* words = job.words + (size_t)(job.numbers ? job.numbers[b] : b) * job.wordsPerRow;
      int32_t* list = batch_.ones.data + (size_t)b * inputs_;
      int n = 0;
      for (int w = 0; w < job.wordsPerRow; w++)
        for (uint32_t bits = words[w]; bits; bits &= bits - 1) list[n++] = own[w * 32 + __builtin_ctz(bits)];
      batch_.oneCount.data[b] = n;
    }
  }

  // The same ones by input.
  void listColumns(const Job& job) {
    memset(batch_.columns.data, 0, (size_t)inputs_ * batch_.columnWords * sizeof(uint32_t));
    for (int b = 0; b < job.count; b++) {
      const int32_t* list = batch_.ones.data + (size_t)b * inputs_;
      for (int i = 0; i < batch_.oneCount.data[b]; i++)
        batch_.columns.data[(size_t)list[i] * batch_.columnWords + (b >> 5)] |= 1u << (b & 31);
    }
  }

  template <class Visit>
  MADE_INLINE_MEMBER void eachOne(int input, int count, Visit visit) const {
    const uint32_t* words = batch_.columns.data + (size_t)input * batch_.columnWords;
    for (int w = 0; w * 32 < count; w++)
      for (uint32_t bits = words[w]; bits; bits &= bits - 1) visit(w * 32 + __builtin_ctz(bits));
  }

  // ── forward ──

  // Bias, and the conditioning weights that the masks keep, of the units of a block, by own order.
  void constants(Layer& layer, int from, int to) {
    for (int o = from; o < to; o += LANES) {
      Vec c = load(layer.bias.w.data + o);
      if (conditioning_) {
        IntVec degrees = loadInt(layer.out->degreeIn.data + o);
        for (int unit = 0; unit < layer.in->count; unit++) {
          int i = layer.in->ownOf.data[unit];
          c += keepWhere(degrees >= splatInt(layer.in->degreeOut.data[i]),
                         load(layer.conditioning.w.data + (size_t)i * layer.pitch + o));
        }
      }
      store(batch_.constant.data + o, c);
    }
  }

  // The sums over active inputs of a block of units, into rows [sorted unit][row]: a first layer (bias, activation) or
  // the direct connections (nothing added).
  template <int SPAN_>
  void sparseBlock(Layer& layer, bool direct, int from, int count, float* h) {
    const int32_t* place = groups_[0].degreeOut.data;
    const int32_t* degree = layer.out->degreeIn.data + from;
    IntVec degrees[SPAN_];
    int32_t most = -1, least = 0x7fffffff;
    for (int v = 0; v < SPAN_; v++) degrees[v] = loadInt(degree + v * LANES);
    for (int j = 0; j < SPAN_ * LANES && from + j < layer.out->count; j++) {
      most = degree[j] > most ? degree[j] : most;
      least = degree[j] < least ? degree[j] : least;
    }
    alignas(64) float block[4][SPAN_ * LANES];
    float* rows[SPAN_ * LANES];
    int units = layer.out->count - from < SPAN_ * LANES ? layer.out->count - from : SPAN_ * LANES;
    for (int j = 0; j < units; j++) rows[j] = h + (size_t)layer.out->rank.data[from + j] * batch_.pitch;
    const float* w = layer.weight.w.data + from;
    for (int b0 = 0; b0 < count; b0 += 4) {
      int n = count - b0 < 4 ? count - b0 : 4;
      for (int b = b0; b < b0 + n; b++) {
        Vec acc[SPAN_];
        MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[v] = direct ? splat(0.0f) : load(batch_.constant.data + from + v * LANES);
        const int32_t* list = batch_.ones.data + (size_t)b * inputs_;
        int ones = batch_.oneCount.data[b], i = 0;
        if (groups_[0].isAscending) {
          while (ones > 0 && place[list[ones - 1]] > most) ones--;
          // What every unit of the block sees comes first, and needs no comparison.
          for (; i < ones && place[list[i]] <= least; i++) {
            const float* row = w + (size_t)list[i] * layer.pitch;
            MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[v] += load(row + v * LANES);
          }
        }
        for (; i < ones; i++) {
          IntVec p = splatInt(place[list[i]]);
          const float* row = w + (size_t)list[i] * layer.pitch;
          MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[v] += keepWhere(degrees[v] >= p, load(row + v * LANES));
        }
        MADE_UNROLL for (int v = 0; v < SPAN_; v++) store(block[b - b0] + v * LANES, direct ? acc[v] : activate(acc[v]));
      }
      const float* from4[4] = {block[0], block[1], block[2], block[3]};
      scatterColumns(rows, b0, from4, units, n);
    }
  }

  static constexpr int SPARSE_SPAN = LANES == 16 ? 4 : 4;

  void sparseForward(Layer& layer, bool direct, int count, float* h, int thread, int threads) {
    constexpr int WIDTH = SPARSE_SPAN * LANES;
    for (int from = thread * WIDTH; from < layer.out->count; from += threads * WIDTH) {
      if (!direct) constants(layer, from, from + WIDTH < layer.pitch ? from + WIDTH : layer.pitch);
      sparseBlock<SPARSE_SPAN>(layer, direct, from, count, h);
    }
  }

  MADE_INLINE_MEMBER Vec activateAs(Activation a, Vec x) const {
    switch (a) {
      case Activation::relu: return maximum(x, splat(0.0f));
      case Activation::softplus: return softplus(x);
      case Activation::sigmoid: return sigmoid(x);
      case Activation::tanh: return hyperbolicTangent(x);
    }
    return x;
  }
  MADE_INLINE_MEMBER Vec activate(Vec x) const { return activateAs(activation_, x); }

  // g'(a) from h = g(a).
  MADE_INLINE_MEMBER Vec slope(Vec h) const {
    switch (activation_) {
      case Activation::relu: return select(h > splat(0.0f), splat(1.0f), splat(0.0f));
      case Activation::softplus: return splat(1.0f) - expNonPositive(splat(0.0f) - h);
      case Activation::sigmoid: return h * (splat(1.0f) - h);
      case Activation::tanh: return splat(1.0f) - h * h;
    }
    return h;
  }

  // How many sorted inputs of the layer a sorted unit keeps.
  int reach(const Layer& layer, int at) const {
    return layer.in->below.data[layer.out->degreeIn.data[layer.out->sorted.data[at]] + 1];
  }

  // Adds to rows z (of the sorted units first..first+units-1) the products with sorted inputs from `begin` up to what
  // each unit keeps, at most `end`.
  void denseTile(Layer& layer, const float* h, int first, int units, int begin, int end, int vectors, float* z) {
    const Units& in = *layer.in;
    const Units& out = *layer.out;
    int reaches[TILE];
    for (int j = 0; j < TILE; j++) {
      reaches[j] = j < units ? reach(layer, first + j) : 0;
      if (reaches[j] > end) reaches[j] = end;
    }
    int most = units > 0 ? reaches[units - 1] : 0;
    bool contiguous = out.isSorted && first + TILE <= out.padded;
    alignas(64) float packed[DEPTH * TILE];
    for (int k0 = begin; k0 < most; k0 += DEPTH) {
      int depth = most - k0 < DEPTH ? most - k0 : DEPTH;
      for (int k = 0; k < depth; k++) {
        const float* row = layer.weight.w.data + (size_t)in.sorted.data[k0 + k] * layer.pitch;
        float* to = packed + k * TILE;
        if (contiguous) memcpy(to, row + first, TILE * sizeof(float));
        else
          for (int j = 0; j < TILE; j++) to[j] = row[out.sorted.data[first + j]];
        if (k0 + k >= reaches[0])
          for (int j = 0; j < TILE; j++)
            if (reaches[j] <= k0 + k) to[j] = 0;
      }
      for (int r = 0; r < units; r += FORWARD_UNITS)
        forwardUnits(packed + r, h + (size_t)k0 * batch_.pitch, batch_.pitch, vectors, depth, z + (size_t)r * batch_.pitch);
    }
  }

  // A tile of a dense layer from its beginning: constants (or what direct connections left in z), products.
  void denseForwardTile(int l, int first, int vectors) {
    Layer& layer = dense_[l];
    int units = layer.out->count - first < TILE ? layer.out->count - first : TILE;
    float* z = batch_.h[l + 1].data + (size_t)first * batch_.pitch;
    bool added = l == layers_ && direct_;
    for (int j = 0; j < TILE; j++) {
      float c = j < units ? constantOf(layer, layer.out->sorted.data[first + j]) : 0;
      float* row = z + (size_t)j * batch_.pitch;
      for (int v = 0; v < vectors; v++) store(row + v * LANES, added && j < units ? load(row + v * LANES) + splat(c) : splat(c));
    }
    const float* h = batch_.h[l].data;
    denseTile(layer, h, first, units, 0, layer.in->count, vectors, z);
  }

  float constantOf(const Layer& layer, int own) const {
    float c = layer.bias.w.data[own];
    if (!conditioning_) return c;
    int32_t degree = layer.out->degreeIn.data[own];
    for (int unit = 0; unit < layer.in->count; unit++) {
      int i = layer.in->ownOf.data[unit];
      if (layer.in->degreeOut.data[i] <= degree) c += layer.conditioning.w.data[(size_t)i * layer.pitch + own];
    }
    return c;
  }

  void denseForward(int l, int vectors, int thread, int threads) {
    int tiles = roundUp(dense_[l].out->count, TILE) / TILE;
    for (int tile = thread; tile < tiles; tile += threads) {
      denseForwardTile(l, tile * TILE, vectors);
      float* h = batch_.h[l + 1].data + (size_t)tile * TILE * batch_.pitch;
      for (int j = 0; j < TILE; j++)
        for (int v = 0; v < vectors; v++) {
          float* p = h + (size_t)j * batch_.pitch + v * LANES;
          store(p, activate(load(p)));
        }
    }
  }

  // The loss of a tile of logits, [row], and with `deltas` the logits' gradients of the mean loss in their place.
  template <bool DELTAS>
  void lossTile(int tile, int count, int vectors) {
    const Units& out = groups_[layers_ + 1];
    float* z = batch_.h[layers_ + 1].data + (size_t)tile * TILE * batch_.pitch;
    float* loss = batch_.tileLoss.data + (size_t)tile * batch_.pitch;
    int units = out.count - tile * TILE < TILE ? out.count - tile * TILE : TILE;
    float* delta = batch_.delta[layers_ + 1].data + (size_t)tile * TILE * batch_.pitch;
    Vec one = splat(1.0f), zero = splat(0.0f), share = splat(1.0f / count);
    for (int v = 0; v < vectors; v++) {
      IntVec inside = (lanes() + splatInt(v * LANES)) < splatInt(count);
      // One logarithm for the product of the tile's factors 1 + e^-|z| of each row.
      Vec product = one, linear = zero;
      for (int j = 0; j < units; j++) {
        Vec x = load(z + (size_t)j * batch_.pitch + v * LANES);
        Vec e = expNonPositive(zero - magnitude(x));
        Vec factor = one + e;
        product *= factor;
        linear += maximum(x, zero);
        if (DELTAS) {
          Vec r = share / factor;
          Vec s = select(x >= zero, r, e * r);
          store(delta + (size_t)j * batch_.pitch + v * LANES, keepWhere(inside, s));
        }
      }
      store(loss + v * LANES, linear + logPositive(product));
    }
    float oneShare = 1.0f / count;
    for (int j = 0; j < units; j++) {
      int input = out.sorted.data[tile * TILE + j];
      const float* zj = z + (size_t)j * batch_.pitch;
      float* dj = delta + (size_t)j * batch_.pitch;
      eachOne(input, count, [&](int b) {
        loss[b] -= zj[b];
        if (DELTAS) dj[b] -= oneShare;
      });
    }
    if (DELTAS)
      for (int j = units; j < TILE; j++) memset(delta + (size_t)j * batch_.pitch, 0, batch_.pitch * sizeof(float));
  }

  double rowLoss(int b) const {
    double loss = 0;
    int tiles = roundUp(inputs_, TILE) / TILE;
    for (int tile = 0; tile < tiles; tile++) loss += batch_.tileLoss.data[(size_t)tile * batch_.pitch + b];
    return loss;
  }

  void forwardHidden(const Job& job, int thread, int vectors) {
    Team& team = *job.team;
    int threads = team.size();
    listOnes(job, thread, threads);
    team.wait(thread);
    // The last thread lists the ones by input while the others begin; nothing needs them before the next barrier.
    if (thread == threads - 1) listColumns(job);
    sparseForward(dense_[0], false, job.count, batch_.h[1].data, thread, threads);
    if (direct_) sparseForward(straight_, true, job.count, batch_.h[layers_ + 1].data, thread, threads);
    team.wait(thread);
    for (int l = 1; l < layers_; l++) {
      denseForward(l, vectors, thread, threads);
      team.wait(thread);
    }
  }

  template <bool DELTAS>
  void forwardOutputs(const Job& job, int thread, int vectors) {
    int tiles = roundUp(inputs_, TILE) / TILE;
    for (int tile = thread; tile < tiles; tile += job.team->size()) {
      denseForwardTile(layers_, tile * TILE, vectors);
      lossTile<DELTAS>(tile, job.count, vectors);
    }
    job.team->wait(thread);
  }

  void scoreOn(const Job& job, int thread) {
    int vectors = roundUp(job.count, LANES) / LANES;
    forwardHidden(job, thread, vectors);
    forwardOutputs<false>(job, thread, vectors);
    if (!job.logits) return;
    const Units& out = groups_[layers_ + 1];
    for (int d = thread; d < inputs_; d += job.team->size()) {
      const float* z = batch_.h[layers_ + 1].data + (size_t)out.rank.data[out.ownOf.data[d]] * batch_.pitch;
      for (int b = 0; b < job.count; b++) job.logits[(size_t)b * inputs_ + d] = z[b];
    }
  }

  // ── backward and update ──

  void trainOn(const Job& job, int thread) {
    Team& team = *job.team;
    int threads = team.size();
    int vectors = roundUp(job.count, LANES) / LANES;
    forwardHidden(job, thread, vectors);
    forwardOutputs<true>(job, thread, vectors);
    finishDeltas(layers_ + 1, job, thread, threads);
    team.wait(thread);
    for (int l = layers_; l >= 1; l--) {
      backward(l, job, vectors, thread, threads);
      team.wait(thread);
      finishDeltas(l, job, thread, threads);
      team.wait(thread);
    }
    if (direct_) sparseUpdate(straight_, layers_ + 1, job, thread, threads);
    sparseUpdate(dense_[0], 1, job, thread, threads);
  }

  // Deltas of a group also by row, and their sums; updates the biases.
  void finishDeltas(int group, const Job& job, int thread, int threads) {
    Units& units = groups_[group];
    Layer& layer = dense_[group - 1];
    float* byRow = batch_.deltaByRow[group].data;
    constexpr int WIDTH = 16;
    for (int from = thread * WIDTH; from < units.count; from += threads * WIDTH) {
      int n = units.count - from < WIDTH ? units.count - from : WIDTH;
      const float* rows[WIDTH];
      alignas(64) float sums[WIDTH] = {};
      for (int j = 0; j < n; j++) {
        rows[j] = batch_.delta[group].data + (size_t)units.rank.data[from + j] * batch_.pitch;
        Vec s = splat(0.0f);
        for (int b = 0; b < job.count; b += LANES) s += load(rows[j] + b);
        sums[j] = sum(s);
      }
      transposeInto(byRow + from, units.padded, rows, n, job.count);
      memcpy(batch_.deltaSum[group].data + from, sums, n * sizeof(float));
      for (int o = from; o < from + n; o += LANES) {
        IntVec inside = (lanes() + splatInt(o)) < splatInt(from + n);
        update(job.rule, layer.bias.w.data + o, layer.bias.state0(o), layer.bias.state1(o),
               load(batch_.deltaSum[group].data + o), inside);
      }
    }
  }

  // Deltas of the hidden layer below, then the update of the rows of weights that they came through.
  void backward(int l, const Job& job, int vectors, int thread, int threads) {
    Layer& layer = dense_[l];
    const Units& in = *layer.in;
    const Units& out = *layer.out;
    const float* delta = batch_.delta[l + 1].data;
    const float* byRow = batch_.deltaByRow[l + 1].data;
    constexpr int R = ROWS;
    int blocks = roundUp(in.count, R) / R;
    for (int i = thread; i < blocks; i += threads) {
      int first = i * R;
      int n = in.count - first < R ? in.count - first : R;
      const float* rows[R];
      int start[R];
      RowBlock block;
      for (int r = 0; r < R; r++) {
        int own = r < n ? in.sorted.data[first + r] : in.count + r;
        int32_t degree = r < n ? in.degreeOut.data[own] : 0x7fffffff;
        size_t at = (size_t)own * layer.pitch;
        rows[r] = block.w[r] = layer.weight.w.data + at;
        block.slot0[r] = layer.weight.state0(at);
        block.slot1[r] = layer.weight.state1(at);
        block.h[r] = batch_.h[l].data + (size_t)(first + (r < n ? r : 0)) * batch_.pitch;
        block.degree[r] = degree;
        // Outputs of place t compare t − 1, so those above the unit's degree begin at the next one.
        start[r] = r < n ? out.below.data[l == layers_ ? degree + 1 : degree] : out.count;
      }
      float* below = batch_.delta[l].data + (size_t)first * batch_.pitch;
      backwardUnits(rows, start, out.sorted.data, out.count, delta, batch_.pitch, vectors, below);
      const float* h = batch_.h[l].data + (size_t)first * batch_.pitch;
      for (int r = 0; r < R; r++)
        for (int v = 0; v < vectors; v++) {
          size_t at = (size_t)r * batch_.pitch + v * LANES;
          store(below + at, r < n ? load(below + at) * slope(load(h + at)) : splat(0.0f));
        }
      int from = out.isSorted ? start[0] / LANES * LANES : 0;
      gradientRows(job.rule, block, byRow, out.padded, job.count, out.degreeIn.data, from, roundUp(out.count, LANES));
      if (conditioning_)
        for (int r = 0; r < n; r++) updateConditioning(layer, in.sorted.data[first + r], l + 1, from, job.rule);
    }
  }

  // Every conditioning weight that a unit's mask keeps has the gradient of the unit's bias.
  void updateConditioning(Layer& layer, int own, int group, int from, const Rule& rule) {
    IntVec degree = splatInt(layer.in->degreeOut.data[own]);
    Tensor& t = layer.conditioning;
    for (int o = from; o < layer.out->count; o += LANES) {
      size_t at = (size_t)own * layer.pitch + o;
      Vec g = load(batch_.deltaSum[group].data + o) + splat(rule.l2) * load(t.w.data + at);
      update(rule, t.w.data + at, t.state0(at), t.state1(at), g, loadInt(layer.out->degreeIn.data + o) >= degree);
    }
  }

  // The update of the weights from the inputs: the gradient of a row is a sum over the minibatch's ones in its column.
  void sparseUpdate(Layer& layer, int group, const Job& job, int thread, int threads) {
    const Units& out = *layer.out;
    const float* byRow = batch_.deltaByRow[group].data;
    bool conditioned = conditioning_ && &layer == &dense_[0];
    for (int i = thread; i < inputs_; i += threads) {
      int32_t place = groups_[0].degreeOut.data[i];
      int from = 0;
      if (out.isSorted) {
        int32_t t = &layer == &straight_ ? place + 1 : place;
        from = out.below.data[t > inputs_ + 1 ? inputs_ + 1 : t] / LANES * LANES;
      }
      int32_t* list = batch_.listed.data + (size_t)thread * batch_.most;
      int n = 0;
      eachOne(i, job.count, [&](int b) { list[n++] = b; });
      if (n > 0 || !job.rule.idleWithoutGradient) {
        int o = from;
        for (; o + 4 * LANES <= out.padded && o < out.count; o += 4 * LANES)
          sparseRow<4>(layer, job.rule, i, place, o, byRow, out.padded, list, n);
        for (; o < out.count; o += LANES) sparseRow<1>(layer, job.rule, i, place, o, byRow, out.padded, list, n);
      }
      if (conditioned) updateConditioning(layer, i, group, from, job.rule);
    }
  }

  template <int SPAN_>
  MADE_INLINE_MEMBER void sparseRow(Layer& layer, const Rule& rule, int input, int32_t place, int o, const float* byRow,
                             long pitch, const int32_t* list, int n) {
    Vec g[SPAN_];
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) g[v] = splat(0.0f);
    for (int i = 0; i < n; i++) {
      const float* d = byRow + (size_t)list[i] * pitch + o;
      MADE_UNROLL for (int v = 0; v < SPAN_; v++) g[v] += load(d + v * LANES);
    }
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) {
      size_t at = (size_t)input * layer.pitch + o + v * LANES;
      float* w = layer.weight.w.data + at;
      if (rule.l2 != 0) g[v] += splat(rule.l2) * load(w);
      update(rule, w, layer.weight.state0(at), layer.weight.state1(at), g[v],
             loadInt(layer.out->degreeIn.data + o + v * LANES) >= splatInt(place));
    }
  }

  int inputs_, layers_;
  Activation activation_;
  bool direct_, conditioning_;
  double l2_;
  made::Optimizer optimizer_;
  Units* groups_;
  Layer* dense_;
  Layer straight_;
  Batch batch_;
  Memory<uint32_t> rows_;
  int rowWords_ = 0;
  Memory<int32_t> ordering_, degrees_;
  bool arranged_ = false;
};

#include "draw.h"

}  // namespace

namespace made {
Model* CREATE(const Spec& spec) { return new CpuModel(spec); }
}  // namespace made
