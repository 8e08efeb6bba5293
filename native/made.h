// The interface of the CPU kernels: one model at work, whatever the instruction set it was compiled for.
#pragma once
#include <cstddef>
#include <cstdint>

namespace made {

enum class Activation { relu, softplus, sigmoid, tanh };
enum class OptimizerKind { sgd, adagrad, adadelta, adam };

struct Optimizer {
  OptimizerKind kind;
  double learningRate, decay, momentum, epsilon, rho, beta1, beta2;
  // Tensors of state per parameter: 0, 1 or 2.
  int slots;
};

struct Spec {
  int inputs;
  int layers;
  const int* hidden;
  Activation activation;
  bool direct;
  bool conditioning;
  double l2;
  Optimizer optimizer;
  // Columns of each variable, in their order: one of a binary variable, as many as it has values of a categorical one. Null
  // where all are binary.
  const int* columns = nullptr;
  int variables = 0;
};

// One ordering of the variables and one set of degrees, 1-based as in the paper; degrees of all hidden layers one after
// another.
struct Connectivity {
  const int32_t* ordering;
  const int32_t* degrees;
  // How many variables are known, from the first place on: the terms of the others are left out of losses and likelihoods.
  int32_t observed;
};

// The tensors of a model: hidden layers 0..L-1, then the output layer, then direct connections.
enum class Part { weight, bias, conditioning };
struct TensorName {
  int layer;
  Part part;
  // -1 is the parameter itself; 0 and 1 are the slots of the optimizer.
  int slot;
};

// Which rows to draw: row i takes the uniforms of draw `first` + i, named by the seed and the purpose (src/made/random.ts).
// Where `known` has a one, the bit of `given` is taken; both may be null. A categorical variable is known where its first column
// is; of a particle `given` may then hold several values, of which one is drawn.
struct Draw {
  uint64_t seed, first;
  uint32_t purpose;
  const uint32_t* given;
  const uint32_t* known;
  // How many rows that follow one another are particles of the same evidence, a multiple of 16, of which `first` is one; 0 if
  // rows have nothing to do with each other. A group takes the uniforms of draw first / group, by places, for its resampling.
  int group = 0;
  uint32_t resampling = 0;
  // [rows], or null without groups: the logarithm of each particle's weight, of which the mean over a group is an unbiased
  // estimate of the probability of its evidence; and which particle of its group each has come from.
  double* logWeights = nullptr;
  int32_t* origins = nullptr;
};

// What bounds the kernels.
enum class Limit { arithmetic, memory, barrier };

// Runs a function once on each of a fixed number of threads. `wait` is a barrier between them.
class Team {
 public:
  virtual ~Team() = default;
  virtual int size() const = 0;
  virtual void run(void (*work)(void* context, int thread), void* context) = 0;
  virtual void wait(int thread) = 0;
};

class Model {
 public:
  virtual ~Model() = default;
  // Copies a tensor in or out; `[out, in]`, row-major, as in the model file.
  virtual void write(TensorName name, const float* values) = 0;
  virtual void read(TensorName name, float* values) const = 0;
  // Takes the training rows, packed 32 bits to a word.
  virtual void setRows(const uint32_t* words, int rows, int wordsPerRow) = 0;
  // Makes the units' own order that of this connectivity, so that its masked weights are contiguous.
  virtual void settle(const Connectivity& connectivity) = 0;
  // One update on the rows of those numbers; t counts updates from 0, and the step is multiplied by the factor, 0..1. Returns
  // the mean NLL before it, in nats.
  virtual double train(Team& team, const uint32_t* rows, int count, const Connectivity& connectivity, double t, double factor) = 0;
  // log p(x) of each row, in nats, and if `logits` is not null the logits `[rows, inputs]`.
  virtual void score(Team& team, const uint32_t* words, int rows, int wordsPerRow, const Connectivity& connectivity,
                     double* logLikelihoods, float* logits) = 0;
  // Draws rows in ancestral order; `probabilities` are `[rows, inputs]`.
  virtual void draw(Team& team, int rows, const Connectivity& connectivity, const Draw& request, int wordsPerRow,
                    uint32_t* bits, float* probabilities) = 0;
  // Does so much of what a limit is about that it can be timed. Returns how much, in floating-point operations, bytes or
  // barriers.
  virtual double measure(Team& team, Limit limit, int repeats) = 0;
};

Model* createBaseline(const Spec& spec);
Model* createAvx2(const Spec& spec);
Model* createAvx512(const Spec& spec);

}  // namespace made
