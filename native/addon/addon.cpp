// The Node-API addon: models as handles, training, scoring and drawing as promises on a thread of their own.
#include "builds.h"
#include "task.h"

namespace {

// builds(): the instruction sets that this processor has, the best first.
napi_value builds(const Arguments& a) {
  std::vector<const char*> names = buildNames();
  napi_value array;
  napi_create_array(a.env, &array);
  for (size_t i = 0; i < names.size(); i++) {
    napi_value name;
    napi_create_string_utf8(a.env, names[i], NAPI_AUTO_LENGTH, &name);
    napi_set_element(a.env, array, (uint32_t)i, name);
  }
  return array;
}

// Slots that each optimizer may have: only sgd can do with or without one.
bool hasSlots(made::OptimizerKind kind, double slots) {
  switch (kind) {
    case made::OptimizerKind::sgd: return slots == 0 || slots == 1;
    case made::OptimizerKind::adagrad: return slots == 1;
    case made::OptimizerKind::adadelta: case made::OptimizerKind::adam: return slots == 2;
  }
  return false;
}

// open(build, threads, shape: Int32Array [inputs, activation, direct, conditioning, ...hidden],
//      rates: Float64Array [kind, learningRate, decay, momentum, epsilon, rho, beta1, beta2, slots, l2],
//      columns: Int32Array of each variable, or null where all are binary)
napi_value open(const Arguments& a) {
  constexpr int MOST_UNITS = 1 << 24, MOST_THREADS = 1024;
  std::string build = a.text(0);
  int threads = a.integer(1);
  std::vector<int32_t> shape = a.copied<int32_t>(2);
  std::vector<double> rates = a.copied<double>(3);
  require(threads >= 1 && threads <= MOST_THREADS, "open: the number of threads is out of range");
  require(shape.size() >= 5 && rates.size() == 10, "open: the shape or the rates are incomplete");
  require(shape[0] >= 2 && shape[0] <= MOST_UNITS && shape[1] >= 0 && shape[1] <= 3, "open: the shape is out of range");
  for (size_t l = 4; l < shape.size(); l++) require(shape[l] >= 1 && shape[l] <= MOST_UNITS, "open: the shape is out of range");
  require(rates[0] == 0 || rates[0] == 1 || rates[0] == 2 || rates[0] == 3, "open: there is no such optimizer");
  std::vector<int32_t> columns;
  if (!a.isNull(4)) {
    columns = a.copied<int32_t>(4);
    int64_t all = 0;
    for (int32_t n : columns) {
      require(n >= 1, "open: the variables do not fit the shape");
      all += n;
    }
    require(all == shape[0] && columns.size() >= 2, "open: the variables do not fit the shape");
  }
  made::OptimizerKind kind = (made::OptimizerKind)(int)rates[0];
  require(hasSlots(kind, rates[8]), "open: the optimizer has another number of slots");
  made::Spec spec;
  spec.inputs = shape[0];
  spec.activation = (made::Activation)shape[1];
  spec.direct = shape[2] != 0;
  spec.conditioning = shape[3] != 0;
  spec.hidden = shape.data() + 4;
  spec.layers = (int)shape.size() - 4;
  spec.optimizer = {kind, rates[1], rates[2], rates[3], rates[4], rates[5], rates[6], rates[7], (int)rates[8]};
  spec.l2 = rates[9];
  spec.columns = columns.empty() ? nullptr : columns.data();
  spec.variables = (int)columns.size();
  SharedHandle handle = std::make_shared<Handle>();
  handle->model.reset(create(build, spec));
  require(handle->model != nullptr, "open: this processor does not have that instruction set");
  handle->team.reset(new made::ThreadTeam(threads));
  handle->widths.push_back(spec.inputs);
  handle->widths.insert(handle->widths.end(), shape.begin() + 4, shape.end());
  handle->variables = columns.empty() ? (size_t)spec.inputs : columns.size();
  handle->connectivity = handle->variables + 1;
  for (int l = 0; l < spec.layers; l++) handle->connectivity += (size_t)spec.hidden[l];
  handle->widths.push_back(spec.inputs);
  handle->direct = spec.direct;
  handle->conditioning = spec.conditioning;
  handle->slots = spec.optimizer.slots;
  std::unique_ptr<SharedHandle> shared(new SharedHandle(handle));
  napi_value external;
  require(napi_create_external(
              a.env, shared.get(), [](napi_env, void* data, void*) { delete static_cast<SharedHandle*>(data); }, nullptr,
              &external) == napi_ok,
          "open: the environment is ending");
  shared.release();
  return external;
}

// close(handle): gives back threads and memory, at once or when what is under way is done; the handle is then empty.
napi_value close(const Arguments& a) {
  Handle& handle = *a.any(0);
  handle.isClosed = true;
  if (!handle.isAtWork) handle.release();
  return undefined(a.env);
}

// write(handle, layer, part, slot, values), and read, which fills the values.
template <bool IN>
napi_value transfer(const Arguments& a) {
  Handle& handle = *a.handle(0);
  made::TensorName name{a.integer(1), (made::Part)a.integer(2), a.integer(3)};
  size_t n = 0;
  float* values = a.array<float>(4, &n);
  require(n == handle.tensorSize(name), "the tensor has another size");
  if (IN) handle.model->write(name, values);
  else handle.model->read(name, values);
  return undefined(a.env);
}

// setRows(handle, words, rows, wordsPerRow)
napi_value setRows(const Arguments& a) {
  Handle& handle = *a.handle(0);
  size_t n = 0;
  const uint32_t* words = a.array<uint32_t>(1, &n);
  int rows = a.integer(2), wordsPerRow = a.integer(3);
  handle.requireRows(words, n, rows, wordsPerRow);
  handle.model->setRows(words, rows, wordsPerRow);
  handle.rows = rows;
  return undefined(a.env);
}

// use(handle, threads)
napi_value use(const Arguments& a) {
  Handle& handle = *a.handle(0);
  handle.team->use(a.integer(1));
  return undefined(a.env);
}

// settle(handle, connectivity): the connectivity's ordering, then its degrees, then how many variables are known.
napi_value settle(const Arguments& a) {
  Handle& handle = *a.handle(0);
  std::vector<int32_t> numbers = a.copied<int32_t>(1);
  handle.requireConnectivities(numbers);
  handle.model->settle(handle.at(numbers, 0));
  return undefined(a.env);
}

// train(handle, rows, lengths, connectivities, chosen, factors, t): minibatches one after another in `rows`, of those lengths;
// connectivities one after another, each as in `settle`; `chosen` names one per minibatch, and its step is multiplied by that
// of `factors`.
napi_value train(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  struct State {
    std::vector<uint32_t> rows, lengths, chosen;
    std::vector<int32_t> connectivities;
    std::vector<double> factors, losses;
    double t;
  };
  auto state = std::make_shared<State>();
  state->rows = a.copied<uint32_t>(1);
  state->lengths = a.copied<uint32_t>(2);
  state->connectivities = a.copied<int32_t>(3);
  state->chosen = a.copied<uint32_t>(4);
  state->factors = a.copied<double>(5);
  state->t = a.number(6);
  handle->requireConnectivities(state->connectivities);
  size_t named = 0;
  for (uint32_t length : state->lengths) {
    require(length > 0, "train: a minibatch is empty");
    named += length;
  }
  require(named == state->rows.size() && state->chosen.size() == state->lengths.size() && state->factors.size() == state->lengths.size(),
          "train: the minibatches are incomplete");
  for (double factor : state->factors) require(factor >= 0 && factor <= 1, "train: the factor of a step is out of range");
  for (uint32_t row : state->rows) require(row < handle->rows, "train: there is no such row");
  for (uint32_t c : state->chosen) require(c < state->connectivities.size() / handle->connectivity, "train: there is no such connectivity");
  require(state->t >= 0 && state->t <= MOST_WHOLE, "train: the number of the update is out of range");
  state->losses.resize(state->lengths.size());
  return promise(
      a.env, handle,
      [state](Handle& handle) {
        const uint32_t* rows = state->rows.data();
        for (size_t i = 0; i < state->lengths.size(); i++) {
          int length = (int)state->lengths[i];
          state->losses[i] = handle.model->train(*handle.team, rows, length, handle.at(state->connectivities, state->chosen[i]), state->t + (double)i, state->factors[i]);
          rows += length;
        }
      },
      [state](napi_env env) { return typedArray(env, state->losses); });
}

// score(handle, words, rows, wordsPerRow, connectivities, wantsLogits): log-likelihoods [connectivity][row], or the
// logits of the first connectivity.
napi_value score(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  struct State {
    std::vector<uint32_t> words;
    std::vector<int32_t> connectivities;
    std::vector<double> logLikelihoods;
    std::vector<float> logits;
  };
  auto state = std::make_shared<State>();
  state->words = a.copied<uint32_t>(1);
  int rows = a.integer(2), wordsPerRow = a.integer(3);
  state->connectivities = a.copied<int32_t>(4);
  bool wantsLogits = a.integer(5) != 0;
  handle->requireRows(state->words.data(), state->words.size(), rows, wordsPerRow);
  handle->requireConnectivities(state->connectivities);
  size_t count = state->connectivities.size() / handle->connectivity;
  state->logLikelihoods.resize(count * rows);
  if (wantsLogits) state->logits.resize((size_t)rows * handle->inputs());
  return promise(
      a.env, handle,
      [state, rows, wordsPerRow, count, wantsLogits](Handle& handle) {
        for (size_t i = 0; i < count; i++)
          handle.model->score(*handle.team, state->words.data(), rows, wordsPerRow, handle.at(state->connectivities, i),
                              state->logLikelihoods.data() + i * rows, wantsLogits && i == 0 ? state->logits.data() : nullptr);
      },
      [state, wantsLogits](napi_env env) {
        return wantsLogits ? typedArray(env, state->logits) : typedArray(env, state->logLikelihoods);
      });
}

// draw(handle, rows, wordsPerRow, connectivity, request: Float64Array [seed, purpose, first], given, known):
// {bits, probabilities}; with [seed, purpose, first, group, purpose of resampling], of particles: {bits, probabilities, logWeights, origins}
napi_value draw(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  struct State {
    std::vector<int32_t> connectivity;
    std::vector<float> probabilities;
    std::vector<double> logWeights;
    std::vector<int32_t> origins;
    std::vector<uint32_t> given, known, bits;
  };
  auto state = std::make_shared<State>();
  int rows = a.integer(1), wordsPerRow = a.integer(2);
  state->connectivity = a.copied<int32_t>(3);
  std::vector<double> request = a.copied<double>(4);
  handle->requireConnectivities(state->connectivity);
  bool weighs = request.size() == 5;
  require(weighs || request.size() == 3, "draw: the request is incomplete");
  for (double number : request) require(number >= 0 && number <= MOST_WHOLE, "draw: the request is out of range");
  require(request[1] <= UINT32_MAX, "draw: the request is out of range");
  require(rows >= 0 && wordsPerRow == handle->wordsPerRow(), "the rows do not fit the model");
  state->bits.resize((size_t)rows * wordsPerRow);
  state->probabilities.resize((size_t)rows * handle->inputs());
  bool completes = !a.isNull(5);
  if (completes) {
    state->given = a.copied<uint32_t>(5);
    state->known = a.copied<uint32_t>(6);
    handle->requireRows(state->given.data(), state->given.size(), rows, wordsPerRow);
    handle->requireRows(state->known.data(), state->known.size(), rows, wordsPerRow);
  }
  if (weighs) {
    require(completes, "draw: particles need evidence");
    require(request[3] >= 16 && request[3] <= 65536 && std::fmod(request[3], 16) == 0 && rows % (int)request[3] == 0 &&
                std::fmod(request[2], request[3]) == 0 && request[4] <= UINT32_MAX,
            "draw: the request is out of range");
    state->logWeights.resize(rows);
    state->origins.resize(rows);
  }
  made::Draw draw{(uint64_t)request[0], (uint64_t)request[2], (uint32_t)request[1], completes ? state->given.data() : nullptr,
                  completes ? state->known.data() : nullptr};
  if (weighs) {
    draw.group = (int)request[3];
    draw.resampling = (uint32_t)request[4];
    draw.logWeights = state->logWeights.data();
    draw.origins = state->origins.data();
  }
  return promise(
      a.env, handle,
      [state, rows, wordsPerRow, draw](Handle& handle) {
        // Arrays of no rows lie nowhere.
        if (rows == 0) return;
        handle.model->draw(*handle.team, rows, handle.at(state->connectivity, 0), draw, wordsPerRow, state->bits.data(),
                           state->probabilities.data());
      },
      [state, weighs](napi_env env) {
        napi_value object, bits = typedArray(env, state->bits), probabilities = typedArray(env, state->probabilities);
        napi_value logWeights = weighs ? typedArray(env, state->logWeights) : nullptr, origins = weighs ? typedArray(env, state->origins) : nullptr;
        bool isMade = bits && probabilities && ((logWeights && origins) || !weighs) && napi_create_object(env, &object) == napi_ok &&
                      napi_set_named_property(env, object, "bits", bits) == napi_ok &&
                      napi_set_named_property(env, object, "probabilities", probabilities) == napi_ok &&
                      (!weighs || (napi_set_named_property(env, object, "logWeights", logWeights) == napi_ok &&
                                   napi_set_named_property(env, object, "origins", origins) == napi_ok));
        return isMade ? object : nullptr;
      });
}

// measure(handle, limit, repeats): how much of it was done
napi_value measure(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  auto done = std::make_shared<double>(0);
  int limit = a.integer(1), repeats = a.integer(2);
  require(limit >= 0 && limit <= 2 && repeats >= 0, "measure: there is no such limit");
  return promise(
      a.env, handle,
      [done, limit, repeats](Handle& handle) { *done = handle.model->measure(*handle.team, (made::Limit)limit, repeats); },
      [done](napi_env env) {
        napi_value value;
        return napi_create_double(env, *done, &value) == napi_ok ? value : nullptr;
      });
}

napi_value init(napi_env env, napi_value exports) {
  struct {
    const char* name;
    napi_callback function;
  } functions[] = {{"builds", callback<builds>}, {"open", callback<open>},
                   {"close", callback<close>},   {"write", callback<transfer<true>>},
                   {"read", callback<transfer<false>>}, {"setRows", callback<setRows>},
                   {"settle", callback<settle>}, {"use", callback<use>},
                   {"train", callback<train>},   {"score", callback<score>},
                   {"draw", callback<draw>},     {"measure", callback<measure>}};
  for (auto& [name, function] : functions) {
    napi_value value;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(env, exports, name, value);
  }
  return exports;
}

}  // namespace

NAPI_MODULE(made_cpu, init)
