// The four optimizers on vectors of parameters (docs/mathematics.md, Optimizers); lanes that `keep` leaves out stay as they are.
#pragma once
#include "made.h"
#include "vector.h"

namespace {

// The constants of one update, made once.
struct Rule {
  made::OptimizerKind kind;
  bool momentum;
  Vec rate, scale, epsilon, a, b, oneMinusA, oneMinusB;
  float l2;
  // Whether a zero gradient leaves everything as it is, so that rows without one can be passed over.
  bool idleWithoutGradient;
};

// The rule of update number t, whose step is multiplied by the factor.
static Rule ruleFor(const made::Optimizer& o, double l2, double t, double factor) {
  double learningRate = factor * o.learningRate;
  Rule r{};
  r.kind = o.kind;
  r.l2 = (float)l2;
  r.epsilon = splat((float)o.epsilon);
  r.rate = splat((float)learningRate);
  switch (o.kind) {
    case made::OptimizerKind::sgd:
      r.momentum = o.momentum != 0;
      r.rate = splat((float)(learningRate / (1 + o.decay * t)));
      r.a = splat((float)o.momentum);
      break;
    case made::OptimizerKind::adagrad:
      break;
    case made::OptimizerKind::adadelta:
      r.rate = splat((float)factor);
      r.a = splat((float)o.rho);
      r.oneMinusA = splat((float)(1 - o.rho));
      break;
    case made::OptimizerKind::adam:
      r.a = splat((float)o.beta1);
      r.oneMinusA = splat((float)(1 - o.beta1));
      r.b = splat((float)o.beta2);
      r.oneMinusB = splat((float)(1 - o.beta2));
      r.rate = splat((float)(learningRate / (1 - __builtin_pow(o.beta1, t + 1))));
      r.scale = splat((float)(1 / (1 - __builtin_pow(o.beta2, t + 1))));
      break;
  }
  bool stateless = o.kind == made::OptimizerKind::adagrad || (o.kind == made::OptimizerKind::sgd && !r.momentum);
  r.idleWithoutGradient = stateless && l2 == 0;
  return r;
}

// What decays towards zero gets there. Natively a switch of the processor sees to it (flush.h), for every result.
MADE_INLINE Vec settled(Vec x) {
#if defined(__wasm__)
  constexpr int32_t MAGNITUDE = 0x7fffffff, LARGEST_SUBNORMAL = 0x007fffff;
  return keepWhere(((IntVec)x & splatInt(MAGNITUDE)) > splatInt(LARGEST_SUBNORMAL), x);
#else
  return x;
#endif
}

// Updates LANES parameters at w and their slots, given their gradient.
MADE_INLINE void update(const Rule& r, float* w, float* slot0, float* slot1, Vec g, IntVec keep) {
  Vec x = load(w);
  switch (r.kind) {
    case made::OptimizerKind::sgd: {
      Vec v = g;
      if (r.momentum) {
        Vec old = load(slot0);
        v = settled(r.a * old + g);
        store(slot0, select(keep, v, old));
      }
      store(w, select(keep, x - r.rate * v, x));
      return;
    }
    case made::OptimizerKind::adagrad: {
      Vec old = load(slot0);
      Vec a = old + g * g;
      store(slot0, select(keep, a, old));
      store(w, select(keep, x - r.rate * g * inverseRoot(a + r.epsilon), x));
      return;
    }
    case made::OptimizerKind::adadelta: {
      Vec oldA = load(slot0);
      Vec oldD = load(slot1);
      Vec a = settled(r.a * oldA + r.oneMinusA * g * g);
      Vec delta = root(oldD + r.epsilon) * inverseRoot(a + r.epsilon) * g;
      store(slot0, select(keep, a, oldA));
      store(slot1, select(keep, settled(r.a * oldD + r.oneMinusA * delta * delta), oldD));
      store(w, select(keep, x - r.rate * delta, x));
      return;
    }
    case made::OptimizerKind::adam: {
      Vec oldM = load(slot0);
      Vec oldA = load(slot1);
      Vec m = settled(r.a * oldM + r.oneMinusA * g);
      Vec a = settled(r.b * oldA + r.oneMinusB * g * g);
      store(slot0, select(keep, m, oldM));
      store(slot1, select(keep, a, oldA));
      store(w, select(keep, x - r.rate * m * reciprocal(root(a * r.scale) + r.epsilon), x));
      return;
    }
  }
}

}  // namespace
