// MADE as docs/mathematics.md writes it, in double precision and with every mask as a matrix. Slow on purpose: it shares
// nothing with the kernels but their interface.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>
#include "../made.h"
#include "random.h"

namespace test {

using made::Activation;
using made::OptimizerKind;
using made::Part;
using made::TensorName;

struct Shape {
  int inputs = 0;
  std::vector<int> hidden;
  Activation activation = Activation::relu;
  bool direct = false, conditioning = false;
  double l2 = 0;
  made::Optimizer optimizer{};
  // Columns of each variable; empty where all are binary.
  std::vector<int> columns;

  int variables() const { return columns.empty() ? inputs : (int)columns.size(); }
  // The first column of a variable, and how many it has.
  int first(int variable) const {
    int at = columns.empty() ? variable : 0;
    for (int v = 0; v < variable && !columns.empty(); v++) at += columns[v];
    return at;
  }
  int columnsOf(int variable) const { return columns.empty() ? 1 : columns[variable]; }
  int variableOf(int column) const {
    int variable = 0;
    for (int end = columnsOf(0); end <= column; end += columnsOf(variable)) variable++;
    return variable;
  }

  int layers() const { return (int)hidden.size(); }
  // Groups of units: the inputs, the hidden layers, the outputs.
  int width(int group) const { return group >= 1 && group <= layers() ? hidden[group - 1] : inputs; }
  // Layers of weights: hidden ones and the output's from 0, then the direct one.
  int matrices() const { return layers() + 1 + (direct ? 1 : 0); }
  int in(int layer) const { return layer > layers() ? inputs : width(layer); }
  int out(int layer) const { return layer > layers() ? inputs : width(layer + 1); }
  made::Spec spec() const {
    return {inputs, layers(), hidden.data(), activation, direct, conditioning, l2, optimizer, columns.empty() ? nullptr : columns.data(), (int)columns.size()};
  }
};

// An ordering of the variables, and the degrees of all hidden layers one after another.
struct Connections {
  std::vector<int32_t> ordering, degrees;
  // How many variables are known, from the first place on.
  int observed = 0;

  made::Connectivity view() const { return {ordering.data(), degrees.data(), observed}; }
  bool isKnown(int variable) const { return ordering[variable] <= observed; }
  int degree(const Shape& shape, int group, int unit) const {
    if (group == 0 || group > shape.layers()) return ordering[shape.variableOf(unit)];
    for (int g = 1; g < group; g++) unit += shape.width(g);
    return degrees[unit];
  }
  bool keeps(const Shape& shape, int layer, int out, int in) const {
    if (layer > shape.layers()) return degree(shape, 0, out) > degree(shape, 0, in);
    int above = degree(shape, layer + 1, out), below = degree(shape, layer, in);
    return layer == shape.layers() ? above > below : above >= below;
  }
};

// Every tensor of a model, and how many values it has.
template <class Visit>
void eachTensor(const Shape& shape, Visit visit) {
  for (int layer = 0; layer < shape.matrices(); layer++)
    for (int slot = -1; slot < shape.optimizer.slots; slot++) {
      size_t matrix = (size_t)shape.in(layer) * shape.out(layer);
      visit(TensorName{layer, Part::weight, slot}, matrix);
      if (layer > shape.layers()) continue;
      visit(TensorName{layer, Part::bias, slot}, (size_t)shape.out(layer));
      if (shape.conditioning) visit(TensorName{layer, Part::conditioning, slot}, matrix);
    }
}

class DenseModel {
 public:
  explicit DenseModel(const Shape& shape) : shape_(shape), tensors_((size_t)shape.matrices() * 9) {
    eachTensor(shape_, [&](TensorName name, size_t n) { at(name).resize(n); });
  }

  std::vector<double>& at(TensorName name) { return tensors_[(name.layer * 3 + (int)name.part) * 3 + name.slot + 1]; }

  void takeFrom(const made::Model& model) {
    eachTensor(shape_, [&](TensorName name, size_t n) {
      std::vector<float> values(n);
      model.read(name, values.data());
      at(name).assign(values.begin(), values.end());
    });
  }

  // Computes the activations of the rows of those numbers, and the logits.
  void forward(const Rows& rows, const std::vector<uint32_t>& numbers, const Connections& c) {
    count_ = (int)numbers.size();
    isKnown_.clear();
    for (int v = 0; v < shape_.variables(); v++) isKnown_.push_back(c.isKnown(v));
    mask(c);
    h_.assign(shape_.layers() + 2, {});
    h_[0].resize((size_t)count_ * shape_.inputs);
    for (int b = 0; b < count_; b++)
      for (int d = 0; d < shape_.inputs; d++) h_[0][(size_t)b * shape_.inputs + d] = rows.get((int)numbers[b], d);
    closestKink_ = 1;
    for (int layer = 0; layer <= shape_.layers(); layer++) {
      std::vector<double>& z = h_[layer + 1];
      const std::vector<double> constant = constants(layer);
      for (int b = 0; b < count_; b++) z.insert(z.end(), constant.begin(), constant.end());
      addProducts(layer, h_[layer], z);
      if (layer == shape_.layers()) break;
      for (double& a : z) a = activate(a);
    }
    if (shape_.direct) addProducts(shape_.layers() + 1, h_[0], h_[shape_.layers() + 1]);
  }

  double logit(int b, int d) const { return h_[shape_.layers() + 1][(size_t)b * shape_.inputs + d]; }
  // How near a pre-activation came to where the slope of ReLU jumps, so that rounding may choose the side.
  double closestKink() const { return closestKink_; }

  double logLikelihood(int b) const {
    double sum = 0;
    for (int v = 0; v < shape_.variables(); v++)
      if (isKnown_[v]) sum += logProbability(b, v);
    return sum;
  }

  // log p of what a row has of a variable, given what comes before it.
  double logProbability(int b, int v) const {
    int first = shape_.first(v), columns = shape_.columnsOf(v);
    double log = columns == 1 ? -softplus(logit(b, first)) : -logSum(b, first, columns);
    for (int d = first; d < first + columns; d++)
      if (h_[0][(size_t)b * shape_.inputs + d] == 1) log += logit(b, d);
    return log;
  }

  // The probability of a one in a column, given what comes before its variable.
  double probability(int b, int d) const {
    int v = shape_.variableOf(d);
    if (shape_.columnsOf(v) == 1) return sigmoid(logit(b, d));
    return std::exp(logit(b, d) - logSum(b, shape_.first(v), shape_.columnsOf(v)));
  }

  // Σ|logit| of a row: single precision adds those up, so its error is relative to that and not to what remains.
  double logitSize(int b) const {
    double sum = 0;
    for (int d = 0; d < shape_.inputs; d++) sum += std::fabs(logit(b, d));
    return sum;
  }

  // One update after `forward`; returns the mean NLL before it.
  double step(double t, double factor) {
    factor_ = factor;
    double loss = 0;
    for (int b = 0; b < count_; b++) loss -= logLikelihood(b) / count_;
    std::vector<double> delta = h_[shape_.layers() + 1];
    for (size_t i = 0; i < delta.size(); i++)
      delta[i] = isKnown_[shape_.variableOf((int)(i % shape_.inputs))]
                     ? (probability((int)(i / shape_.inputs), (int)(i % shape_.inputs)) - h_[0][i]) / count_
                     : 0;
    if (shape_.direct) updateWeights(shape_.layers() + 1, delta, h_[0], t);
    for (int layer = shape_.layers(); layer >= 0; layer--) {
      std::vector<double> below = layer > 0 ? backward(layer, delta) : std::vector<double>();
      updateWeights(layer, delta, h_[layer], t);
      updateConstants(layer, delta, t);
      delta = below;
    }
    return loss;
  }

  // Whether the masks of the last forward pass keep a value; biases are never cut.
  bool isKept(TensorName name, size_t i) const { return name.part == Part::bias || kept_[name.layer][i]; }

  static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
  static double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }

 private:
  // log Σ e^z over the columns of a variable.
  double logSum(int b, int first, int columns) const {
    double most = logit(b, first), sum = 0;
    for (int d = first; d < first + columns; d++) most = std::max(most, logit(b, d));
    for (int d = first; d < first + columns; d++) sum += std::exp(logit(b, d) - most);
    return most + std::log(sum);
  }

  void mask(const Connections& c) {
    kept_.assign(shape_.matrices(), {});
    masked_.assign(shape_.matrices(), {});
    for (int layer = 0; layer < shape_.matrices(); layer++) {
      const std::vector<double>& w = at({layer, Part::weight, -1});
      for (int o = 0; o < shape_.out(layer); o++)
        for (int i = 0; i < shape_.in(layer); i++) {
          bool keeps = c.keeps(shape_, layer, o, i);
          kept_[layer].push_back(keeps);
          masked_[layer].push_back(keeps ? w[(size_t)o * shape_.in(layer) + i] : 0);
        }
    }
  }

  std::vector<double> constants(int layer) {
    std::vector<double> sums = at({layer, Part::bias, -1});
    if (!shape_.conditioning) return sums;
    const std::vector<double>& u = at({layer, Part::conditioning, -1});
    for (size_t i = 0; i < u.size(); i++)
      if (kept_[layer][i]) sums[i / shape_.in(layer)] += u[i];
    return sums;
  }

  void addProducts(int layer, const std::vector<double>& from, std::vector<double>& to) const {
    int in = shape_.in(layer), out = shape_.out(layer);
    for (int b = 0; b < count_; b++)
      for (int o = 0; o < out; o++) {
        const double *w = masked_[layer].data() + (size_t)o * in, *x = from.data() + (size_t)b * in;
        double sum = 0;
        for (int i = 0; i < in; i++) sum += w[i] * x[i];
        to[(size_t)b * out + o] += sum;
      }
  }

  double activate(double a) {
    switch (shape_.activation) {
      case Activation::relu:
        closestKink_ = std::min(closestKink_, std::fabs(a));
        return std::max(a, 0.0);
      case Activation::softplus: return softplus(a);
      case Activation::sigmoid: return sigmoid(a);
      case Activation::tanh: return std::tanh(a);
    }
    return a;
  }

  double slope(double h) const {
    switch (shape_.activation) {
      case Activation::relu: return h > 0;
      case Activation::softplus: return -std::expm1(-h);
      case Activation::sigmoid: return h * (1 - h);
      case Activation::tanh: return 1 - h * h;
    }
    return 0;
  }

  std::vector<double> backward(int layer, const std::vector<double>& delta) const {
    int in = shape_.in(layer), out = shape_.out(layer);
    std::vector<double> below((size_t)count_ * in);
    for (int b = 0; b < count_; b++) {
      double* to = below.data() + (size_t)b * in;
      for (int o = 0; o < out; o++) {
        const double* w = masked_[layer].data() + (size_t)o * in;
        double d = delta[(size_t)b * out + o];
        for (int i = 0; i < in; i++) to[i] += w[i] * d;
      }
      for (int i = 0; i < in; i++) to[i] *= slope(h_[layer][(size_t)b * in + i]);
    }
    return below;
  }

  void updateWeights(int layer, const std::vector<double>& delta, const std::vector<double>& from, double t) {
    int in = shape_.in(layer), out = shape_.out(layer);
    std::vector<double> gradient((size_t)in * out);
    for (int b = 0; b < count_; b++)
      for (int o = 0; o < out; o++) {
        double d = delta[(size_t)b * out + o], *g = gradient.data() + (size_t)o * in;
        const double* x = from.data() + (size_t)b * in;
        for (int i = 0; i < in; i++) g[i] += d * x[i];
      }
    const std::vector<double>& w = at({layer, Part::weight, -1});
    for (size_t i = 0; i < gradient.size(); i++)
      if (kept_[layer][i]) update(layer, Part::weight, i, gradient[i] + shape_.l2 * w[i], t);
  }

  void updateConstants(int layer, const std::vector<double>& delta, double t) {
    int in = shape_.in(layer), out = shape_.out(layer);
    std::vector<double> sums(out);
    for (size_t i = 0; i < delta.size(); i++) sums[i % out] += delta[i];
    for (int o = 0; o < out; o++) update(layer, Part::bias, o, sums[o], t);
    if (!shape_.conditioning) return;
    const std::vector<double>& u = at({layer, Part::conditioning, -1});
    for (size_t i = 0; i < u.size(); i++)
      if (kept_[layer][i]) update(layer, Part::conditioning, i, sums[i / in] + shape_.l2 * u[i], t);
  }

  void update(int layer, Part part, size_t i, double g, double t) {
    const made::Optimizer& o = shape_.optimizer;
    double none = 0;
    double& w = at({layer, part, -1})[i];
    double& first = o.slots > 0 ? at({layer, part, 0})[i] : none;
    double& second = o.slots > 1 ? at({layer, part, 1})[i] : none;
    switch (o.kind) {
      case OptimizerKind::sgd:
        first = o.momentum * first + g;
        w -= factor_ * o.learningRate / (1 + o.decay * t) * first;
        return;
      case OptimizerKind::adagrad:
        first += g * g;
        w -= factor_ * o.learningRate * g / std::sqrt(first + o.epsilon);
        return;
      case OptimizerKind::adadelta: {
        first = o.rho * first + (1 - o.rho) * g * g;
        double change = std::sqrt(second + o.epsilon) / std::sqrt(first + o.epsilon) * g;
        second = o.rho * second + (1 - o.rho) * change * change;
        w -= factor_ * change;
        return;
      }
      case OptimizerKind::adam: {
        first = o.beta1 * first + (1 - o.beta1) * g;
        second = o.beta2 * second + (1 - o.beta2) * g * g;
        double mean = first / (1 - std::pow(o.beta1, t + 1)), squares = second / (1 - std::pow(o.beta2, t + 1));
        w -= factor_ * o.learningRate * mean / (std::sqrt(squares) + o.epsilon);
        return;
      }
    }
  }

  Shape shape_;
  // By layer, part and slot.
  std::vector<std::vector<double>> tensors_;
  int count_ = 0;
  double closestKink_ = 1;
  // By what the step that is made is multiplied.
  double factor_ = 1;
  // Of each variable.
  std::vector<char> isKnown_;
  // Per group [row][unit]; the last one holds logits.
  std::vector<std::vector<double>> h_;
  std::vector<std::vector<char>> kept_;
  std::vector<std::vector<double>> masked_;
};

}  // namespace test
