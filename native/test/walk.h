// The life of one random model: training, scoring, drawing and everything in between in random order. Two models of the
// kernels live it side by side, one on one thread and one on a number of threads that changes, laid out at different
// moments: they must agree to the bit, and with the dense model to the accuracy of float.
#pragma once
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include "../team.h"
#include "dense.h"

namespace test {

using Create = made::Model* (*)(const made::Spec&);

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& complaint) {
  if (!holds) throw Failure(complaint);
}

// What the arithmetic may be off by: some hundred roundings of 6e-8 in sums that partly cancel. The errors seen in a
// thousand cases stay below half of it; a wrong or missing term is far above.
constexpr double ALLOWED = 4e-5;
// A pre-activation of a ReLU this near to zero may be on the other side in single precision.
constexpr double KINK = 2e-5;

// The largest error so far as a share of what is allowed.
inline double worstError = 0;

// Equal up to an error relative to 1 + |value|, or to the size of what the value was added up from.
inline void requireClose(double actual, double expected, const std::string& what, double size = 0) {
  double error = std::fabs(actual - expected) / (ALLOWED * (1 + std::max(size, std::fabs(expected))));
  if (!(error <= 1)) throw Failure(what + " is " + std::to_string(actual) + ", not " + std::to_string(expected));
  worstError = std::max(worstError, error);
}

template <class T>
void requireSameBits(const std::vector<T>& a, const std::vector<T>& b, const std::string& what) {
  require(a.size() == b.size() && (a.empty() || memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0),
          what + " differ between one thread and several");
}

constexpr int MOST_THREADS = 4;

inline made::Optimizer optimizerNumber(int number) {
  // Epsilons are large enough that rounding of tiny gradients does not decide which way a weight goes.
  switch (number) {
    case 0: return {OptimizerKind::sgd, 0.3, 0.1, 0, 0, 0, 0, 0, 0};
    case 1: return {OptimizerKind::sgd, 0.1, 0.01, 0.9, 0, 0, 0, 0, 1};
    case 2: return {OptimizerKind::adagrad, 0.05, 0, 0, 1e-2, 0, 0, 0, 1};
    case 3: return {OptimizerKind::adadelta, 0, 0, 0, 1e-2, 0.95, 0, 0, 2};
    default: return {OptimizerKind::adam, 0.01, 0, 0, 1e-1, 0, 0.9, 0.999, 2};
  }
}

// Variables of one column and of several, some of more than a tile. Of a model of few inputs at least two.
inline void makeVariables(Shape& shape, Random& random) {
  shape.columns.clear();
  int left = shape.inputs;
  // Bits that follow one another, more than a tile of them.
  for (int bits = random.oneIn(2) ? 0 : random.between(10, 40); bits > 0 && left > 2; bits--, left--) shape.columns.push_back(1);
  while (left > 0) {
    int most = shape.columns.empty() ? left - 1 : left;
    int columns = random.oneIn(2) ? 1 : random.oneIn(5) ? random.between(15, 40) : random.between(2, 6);
    columns = columns < most ? columns : most;
    shape.columns.push_back(columns);
    left -= columns;
  }
}

// Every activation, option and optimizer comes in its turn; widths are random.
inline Shape shapeNumber(int number, Random& random) {
  Shape shape;
  shape.inputs = random.oneIn(4) ? random.between(2, 5) : random.between(2, 70);
  int layers = 1 + number % 3;
  // Wide ones too: their sums are made in parts.
  for (int l = 0; l < layers; l++)
    shape.hidden.push_back(random.oneIn(5) ? random.between(1, 3) : random.oneIn(6) ? random.between(190, 420) : random.between(1, 90));
  shape.activation = (Activation)(number % 4);
  shape.direct = number / 4 % 2 == 1;
  shape.conditioning = number / 8 % 2 == 1;
  shape.optimizer = optimizerNumber(number % 5);
  // Large steps would make a wide network explode, beyond what single precision can follow.
  for (int units : shape.hidden)
    if (units >= 190) shape.optimizer.learningRate /= 20;
  shape.l2 = random.oneIn(2) ? 0.01 : 0;
  // Other variables than bits in every second one.
  if (number / 2 % 2 == 1) makeVariables(shape, random);
  return shape;
}

inline std::string describe(const Shape& shape) {
  const char* activations[] = {"relu", "softplus", "sigmoid", "tanh"};
  const char* optimizers[] = {"sgd", "adagrad", "adadelta", "adam"};
  std::string text = std::to_string(shape.inputs) + "-[";
  for (int l = 0; l < shape.layers(); l++) text += (l ? "," : "") + std::to_string(shape.hidden[l]);
  text = text + "] " + activations[(int)shape.activation];
  if (!shape.columns.empty()) text += " of " + std::to_string(shape.variables()) + " variables";
  if (shape.direct) text += " direct";
  if (shape.conditioning) text += " conditioning";
  text = text + " " + optimizers[(int)shape.optimizer.kind];
  if (shape.optimizer.momentum != 0) text += " momentum";
  return shape.l2 != 0 ? text + " L2" : text;
}

// Rows with one value of every variable.
inline Rows randomRowsOf(const Shape& shape, Random& random, int count) {
  Rows rows(count, shape.inputs);
  float share = random.uniform();
  for (int row = 0; row < count; row++)
    for (int v = 0; v < shape.variables(); v++) {
      int columns = shape.columnsOf(v);
      if (columns > 1) rows.set(row, shape.first(v) + random.below(columns));
      else if (random.uniform() < share) rows.set(row, shape.first(v));
    }
  return rows;
}

// Which variables of each row are known, in all of their columns.
inline Rows randomKnown(const Shape& shape, Random& random, int count) {
  Rows known(count, shape.inputs);
  float share = random.uniform();
  for (int row = 0; row < count; row++)
    for (int v = 0; v < shape.variables(); v++)
      if (random.uniform() < share)
        for (int c = 0; c < shape.columnsOf(v); c++) known.set(row, shape.first(v) + c);
  return known;
}

inline Connections randomConnections(const Shape& shape, Random& random) {
  Connections c;
  for (int v = 0; v < shape.variables(); v++) c.ordering.push_back(v + 1);
  if (!random.oneIn(4)) shuffle(random, c.ordering);
  int most = shape.variables() - 1;
  // Uniform degrees, degrees that ascend already, all the same one.
  int kind = random.below(5);
  int same = random.between(1, most);
  for (int units : shape.hidden) {
    std::vector<int32_t> degrees;
    for (int u = 0; u < units; u++) degrees.push_back(kind == 4 ? same : random.between(1, most));
    if (kind == 3) std::sort(degrees.begin(), degrees.end());
    c.degrees.insert(c.degrees.end(), degrees.begin(), degrees.end());
  }
  c.observed = random.oneIn(3) ? random.between(1, shape.variables()) : shape.variables();
  return c;
}

class Walk {
 public:
  Walk(Create create, int number)
      : random_((uint64_t)number), shape_(shapeNumber(number, random_)), dense_(shape_), rows_(0, shape_.inputs),
        alone_(create(shape_.spec())), together_(create(shape_.spec())), one_(1), several_(MOST_THREADS) {
    for (int i = 0; i < 3; i++) connections_.push_back(randomConnections(shape_, random_));
    takeRows();
    writeRandomly();
  }

  const Shape& shape() const { return shape_; }

  void operate() {
    several_.use(random_.between(1, MOST_THREADS));
    if (random_.oneIn(3)) connections_[random_.below(3)] = randomConnections(shape_, random_);
    switch (random_.below(14)) {
      case 0: case 1: case 2: case 3: case 4: return train();
      case 5: case 6: return score(connections());
      case 12: return rewrite();
      case 13: return particles();
      case 7: case 8: return draw();
      case 9: case 10: return settle();
      default: return random_.oneIn(2) ? takeRows() : rest();
    }
  }

  // What must have happened at least once in every life.
  void begin() {
    train();
    score(connections());
    draw();
    particles();
  }

 private:
  const Connections& connections() { return connections_[random_.below(3)]; }

  // 1..257, small ones more often, the ends too.
  int batchSize() {
    switch (random_.below(12)) {
      case 0: return 1;
      case 1: return 257;
      case 2: return random_.between(65, 256);
      case 3: case 4: case 5: return random_.between(17, 64);
      default: return random_.between(1, 16);
    }
  }

  void takeRows() {
    rows_ = randomRowsOf(shape_, random_, random_.between(1, 300));
    for (made::Model* model : {alone_.get(), together_.get()})
      model->setRows(rows_.words.data(), rows_.count, rows_.wordsPerRow);
  }

  void writeRandomly() {
    bool extreme = random_.oneIn(7);
    eachTensor(shape_, [&](TensorName name, size_t n) {
      std::vector<float> values(n);
      double scale = name.part == Part::bias ? 0.5 : 1 / std::sqrt((double)shape_.in(name.layer));
      // Certain outputs: everything that is an exponential ends at its bound.
      if (extreme && name.layer == shape_.layers() && name.part == Part::bias) scale = 100;
      for (float& value : values) value = name.slot < 0 ? (float)(scale * random_.normal()) : 0;
      alone_->write(name, values.data());
      together_->write(name, values.data());
    });
  }

  void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(3)); }

  void settle() {
    const Connections& c = connections();
    int which = random_.below(3);
    if (which != 0) alone_->settle(c.view());
    if (which != 1) together_->settle(c.view());
    DenseModel after(shape_);
    after.takeFrom(*together_);
    dense_.takeFrom(*alone_);
    eachTensor(shape_, [&](TensorName name, size_t) {
      requireSameBits(dense_.at(name), after.at(name), "after settling, values of " + nameOf(name));
    });
  }

  void train() {
    const Connections& c = connections();
    dense_.takeFrom(*alone_);
    DenseModel before = dense_;
    std::vector<uint32_t> numbers = minibatch(c);
    // Few minibatches leave no row without a near kink; then only the threads are compared.
    bool isSure = dense_.closestKink() > KINK;
    int count = (int)numbers.size();
    double size = 0;
    for (int b = 0; b < count; b++) size += dense_.logitSize(b) / count;
    double factor = random_.oneIn(3) ? 1 : random_.uniform();
    double expected = dense_.step(t_, factor);
    double loss = alone_->train(one_, numbers.data(), count, c.view(), t_, factor);
    double same = together_->train(several_, numbers.data(), count, c.view(), t_, factor);
    t_++;
    require(loss == same, "the losses of a minibatch of " + std::to_string(count) + " differ between one thread and several");
    if (isSure) requireClose(loss, expected, "the loss of a minibatch of " + std::to_string(count), size);
    eachTensor(shape_, [&](TensorName name, size_t n) {
      std::vector<float> values(n), others(n);
      alone_->read(name, values.data());
      together_->read(name, others.data());
      requireSameBits(values, others, "after training on " + std::to_string(count) + ", values of " + nameOf(name));
      for (size_t i = 0; i < n; i++)
        if (!dense_.isKept(name, i)) require(values[i] == (float)before.at(name)[i], "training moved a cut value of " + nameOf(name));
        else if (isSure) requireClose(values[i], dense_.at(name)[i], "after training on " + std::to_string(count) + ", value " + std::to_string(i) + " of " + nameOf(name));
    });
  }

  // Rows whose pre-activations are not on a kink, as far as that can be had, run through the dense model.
  std::vector<uint32_t> minibatch(const Connections& c) {
    std::vector<uint32_t> numbers;
    for (int tries = 0; tries < 4; tries++) {
      numbers.clear();
      for (int n = batchSize(); n > 0; n--) numbers.push_back((uint32_t)random_.below(rows_.count));
      dense_.forward(rows_, numbers, c);
      if (shape_.activation != Activation::relu || dense_.closestKink() > KINK) break;
    }
    return numbers;
  }

  // What was made of the old values must not be used for the new ones.
  void rewrite() {
    const Connections& c = connections();
    score(c);
    writeRandomly();
    score(c);
  }

  void score(const Connections& c) {
    // A thousand rows are scored with a copy of the weights in another layout.
    int count = random_.oneIn(10) ? random_.between(1000, 1100) : random_.oneIn(6) ? random_.between(100, 300) : batchSize();
    Rows rows = randomRowsOf(shape_, random_, count);
    bool wantsLogits = random_.oneIn(2);
    size_t all = wantsLogits ? (size_t)rows.count * shape_.inputs : 0;
    std::vector<double> scored(rows.count), same(rows.count);
    std::vector<float> logits(all), sameLogits(all);
    alone_->score(one_, rows.words.data(), rows.count, rows.wordsPerRow, c.view(), scored.data(), wantsLogits ? logits.data() : nullptr);
    together_->score(several_, rows.words.data(), rows.count, rows.wordsPerRow, c.view(), same.data(), wantsLogits ? sameLogits.data() : nullptr);
    requireSameBits(scored, same, "log-likelihoods of " + std::to_string(rows.count) + " rows");
    requireSameBits(logits, sameLogits, "logits of " + std::to_string(rows.count) + " rows");
    run(rows, c);
    for (int b = 0; b < rows.count; b++) requireClose(scored[b], dense_.logLikelihood(b), "the log-likelihood of row " + std::to_string(b), dense_.logitSize(b));
    for (size_t i = 0; i < all; i++)
      requireClose(logits[i], dense_.logit((int)i / shape_.inputs, (int)i % shape_.inputs), "logit " + std::to_string(i));
  }

  void run(const Rows& rows, const Connections& c) {
    std::vector<uint32_t> numbers;
    for (int b = 0; b < rows.count; b++) numbers.push_back((uint32_t)b);
    dense_.takeFrom(*alone_);
    dense_.forward(rows, numbers, c);
  }

  // An output sees only what was drawn before it, so one pass over the finished rows tells every probability.
  void draw() {
    const Connections& c = connections();
    int count = random_.oneIn(6) ? random_.between(100, 300) : batchSize();
    bool completes = random_.oneIn(2);
    Rows given = randomRowsOf(shape_, random_, count), known = randomKnown(shape_, random_, count);
    size_t all = (size_t)count * shape_.inputs;
    Rows drawn = given, same = known;
    std::vector<float> probabilities(all, -1), sameProbabilities(all, -2);
    made::Draw request{((uint64_t)random_.below(1 << 21) << 32) | (uint64_t)random_.below(1 << 30), (uint64_t)random_.below(1 << 30) * 9, 5,
                       completes ? given.words.data() : nullptr, completes ? known.words.data() : nullptr};
    alone_->draw(one_, count, c.view(), request, given.wordsPerRow, drawn.words.data(), probabilities.data());
    together_->draw(several_, count, c.view(), request, given.wordsPerRow, same.words.data(), sameProbabilities.data());
    requireSameBits(drawn.words, same.words, "bits of " + std::to_string(count) + " drawn rows");
    requireSameBits(probabilities, sameProbabilities, "probabilities of " + std::to_string(count) + " drawn rows");
    run(drawn, c);
    for (int b = 0; b < count; b++)
      for (int v = 0; v < shape_.variables(); v++) {
        int first = shape_.first(v), columns = shape_.columnsOf(v);
        const float* p = probabilities.data() + (size_t)b * shape_.inputs + first;
        for (int c = 0; c < columns; c++)
          requireClose(p[c], dense_.probability(b, first + c), "probability " + std::to_string((size_t)b * shape_.inputs + first + c));
        int one = valueOf(p, columns, philoxUniform(request.seed, request.purpose, request.first + b, v));
        for (int d = first; d < first + columns; d++) {
          bool expected = completes && known.get(b, d) ? given.get(b, d) : d == first + one;
          require(drawn.get(b, d) == expected, "bit " + std::to_string(d) + " of drawn row " + std::to_string(b) + " is wrong");
        }
      }
  }

  // Particles meet their evidence; they and their weights do not depend on the threads; and where a group was not resampled, a
  // weight is the probability of what is known.
  void particles() {
    const Connections& c = connections();
    int each = 16 * random_.between(1, 3), groups = random_.between(1, 9), count = each * groups;
    Rows given = repeated(randomRowsOf(shape_, random_, groups), each), known = repeated(randomKnown(shape_, random_, groups), each);
    size_t all = (size_t)count * shape_.inputs;
    Rows drawn = given, same = known;
    std::vector<float> probabilities(all, -1), sameProbabilities(all, -2);
    std::vector<double> weights(count, 1), sameWeights(count, 2);
    std::vector<int32_t> origins(count, -1), sameOrigins(count, -2);
    made::Draw request{(uint64_t)random_.below(1 << 30), (uint64_t)random_.below(1 << 20) * each, 5, given.words.data(), known.words.data(),
                       each, 15, weights.data(), origins.data()};
    alone_->draw(one_, count, c.view(), request, given.wordsPerRow, drawn.words.data(), probabilities.data());
    request.logWeights = sameWeights.data();
    request.origins = sameOrigins.data();
    together_->draw(several_, count, c.view(), request, given.wordsPerRow, same.words.data(), sameProbabilities.data());
    requireSameBits(drawn.words, same.words, "bits of particles");
    requireSameBits(probabilities, sameProbabilities, "probabilities of particles");
    requireSameBits(weights, sameWeights, "weights of particles");
    requireSameBits(origins, sameOrigins, "origins of particles");
    run(drawn, c);
    for (int b = 0; b < count; b++) {
      double log = 0;
      bool isFirst = true;
      for (int i = b / each * each; i < b / each * each + each; i++) isFirst = isFirst && origins[i] == i % each;
      for (int d = 0; d < shape_.inputs; d++) {
        const char* what = "of particle ";
        requireClose(probabilities[(size_t)b * shape_.inputs + d], dense_.probability(b, d), what + std::to_string(b));
        if (known.get(b, d)) require(drawn.get(b, d) == given.get(b, d), "what is known " + std::string(what) + std::to_string(b) + " is wrong");
      }
      require(origins[b] >= 0 && origins[b] < each && weights[b] <= 1e-3, "a particle is of no origin, or weighs more than one");
      if (!isFirst) continue;
      for (int v = 0; v < shape_.variables(); v++)
        if (known.get(b, shape_.first(v))) log += dense_.logProbability(b, v);
      requireClose((float)weights[b], log, "the weight of particle " + std::to_string(b));
    }
  }

  static Rows repeated(const Rows& rows, int times) {
    Rows all(rows.count * times, rows.columns);
    for (int row = 0; row < all.count; row++)
      memcpy(&all.words[(size_t)row * all.wordsPerRow], &rows.words[(size_t)(row / times) * rows.wordsPerRow], rows.wordsPerRow * sizeof(uint32_t));
    return all;
  }

  // Which column a uniform draws, by the probabilities as the kernels tell them; −1 if none is.
  static int valueOf(const float* p, int columns, float u) {
    if (columns == 1) return u < p[0] ? 0 : -1;
    float total = 0, cumulative = 0;
    for (int c = 0; c < columns; c++) total += p[c];
    float threshold = u * total;
    for (int c = 0; c < columns - 1; c++) {
      cumulative += p[c];
      if (cumulative > threshold) return c;
    }
    return columns - 1;
  }

  static std::string nameOf(TensorName name) {
    const char* parts[] = {"weight", "bias", "conditioning"};
    return std::string(parts[(int)name.part]) + " " + std::to_string(name.layer) + (name.slot < 0 ? "" : ", slot " + std::to_string(name.slot));
  }

  Random random_;
  Shape shape_;
  DenseModel dense_;
  Rows rows_;
  std::vector<Connections> connections_;
  std::unique_ptr<made::Model> alone_, together_;
  made::ThreadTeam one_, several_;
  double t_ = 0;
};

}  // namespace test
