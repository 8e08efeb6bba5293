// The Node-API addon: models as handles, training, scoring and drawing as promises on a thread of their own. Everything
// is copied at the edge, since Electron refuses memory that it does not own.
#define NAPI_VERSION 8
#include <node_api.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "made.h"
#include "team.h"

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
  // Numbers of one connectivity: the ordering, then the degrees.
  size_t connectivity = 0;
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

  // Whole connectivities one after another: permutations of 1..D, then degrees in 1..D−1.
  void requireConnectivities(const std::vector<int32_t>& numbers) const {
    require(!numbers.empty() && numbers.size() % connectivity == 0, "the connectivities do not fit the model");
    std::vector<bool> isTaken;
    for (size_t i = 0; i < numbers.size(); i++) {
      bool isPlace = i % connectivity < widths.front();
      if (i % connectivity == 0) isTaken.assign(widths.front() + 1, false);
      require(numbers[i] >= 1 && numbers[i] <= inputs() - (isPlace ? 0 : 1), "an ordering or a degree is out of range");
      require(!isPlace || !isTaken[numbers[i]], "an ordering has a place twice");
      if (isPlace) isTaken[numbers[i]] = true;
    }
  }

  made::Connectivity at(const std::vector<int32_t>& numbers, size_t number) const {
    const int32_t* c = numbers.data() + number * connectivity;
    return {c, c + inputs()};
  }

  void release() {
    model.reset();
    team.reset();
  }
};

using SharedHandle = std::shared_ptr<Handle>;

constexpr size_t MOST_ARGUMENTS = 8;
// Numbers up to this one are whole in a double.
constexpr double MOST_WHOLE = 9007199254740992.0;

template <class T>
constexpr napi_typedarray_type ARRAY_TYPE = napi_float32_array;
template <>
constexpr napi_typedarray_type ARRAY_TYPE<double> = napi_float64_array;
template <>
constexpr napi_typedarray_type ARRAY_TYPE<int32_t> = napi_int32_array;
template <>
constexpr napi_typedarray_type ARRAY_TYPE<uint32_t> = napi_uint32_array;

// The arguments of a call. What is not of the kind that is asked for is a BadCall.
struct Arguments {
  napi_env env;
  napi_value values[MOST_ARGUMENTS];

  Arguments(napi_env e, napi_callback_info info) : env(e) {
    size_t count = MOST_ARGUMENTS;
    napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  }

  const SharedHandle& any(int i) const {
    void* data = nullptr;
    require(napi_get_value_external(env, values[i], &data) == napi_ok, "that is no model");
    return *static_cast<SharedHandle*>(data);
  }
  // A model that is open and has nothing to do.
  const SharedHandle& handle(int i) const {
    const SharedHandle& handle = any(i);
    require(!handle->isClosed, "the model is closed");
    require(!handle->isAtWork, "the model is at work");
    return handle;
  }
  double number(int i) const {
    double value = NAN;
    require(napi_get_value_double(env, values[i], &value) == napi_ok, "an argument is no number");
    return value;
  }
  int integer(int i) const {
    double value = number(i);
    require(value >= -2147483648.0 && value <= 2147483647.0 && value == std::floor(value), "an argument is no whole number");
    return (int)value;
  }
  bool isNull(int i) const {
    napi_valuetype type;
    napi_typeof(env, values[i], &type);
    return type == napi_null || type == napi_undefined;
  }
  std::string text(int i) const {
    char buffer[64];
    size_t length = 0;
    require(napi_get_value_string_utf8(env, values[i], buffer, sizeof buffer, &length) == napi_ok, "an argument is no text");
    return std::string(buffer, length);
  }
  // The memory of a typed array, valid during the call.
  template <class T>
  T* array(int i, size_t* length) const {
    napi_typedarray_type type;
    void* data = nullptr;
    bool isArray = napi_get_typedarray_info(env, values[i], &type, length, &data, nullptr, nullptr) == napi_ok;
    require(isArray && type == ARRAY_TYPE<T>, "an argument is not an array of that type");
    return static_cast<T*>(data);
  }
  template <class T>
  std::vector<T> copied(int i) const {
    size_t n = 0;
    T* data = array<T>(i, &n);
    return std::vector<T>(data, data + n);
  }
};

// A function as JavaScript calls it.
template <napi_value (*FUNCTION)(const Arguments&)>
napi_value callback(napi_env env, napi_callback_info info) {
  try {
    return FUNCTION(Arguments(env, info));
  } catch (const BadCall& bad) {
    napi_throw_error(env, nullptr, bad.what());
  } catch (const std::exception&) {
    napi_throw_error(env, nullptr, "there is not enough memory, or the system starts no more threads");
  }
  return nullptr;
}

napi_value undefined(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

// Null where the environment is ending, which makes no more values.
template <class T>
napi_value typedArray(napi_env env, const std::vector<T>& from) {
  void* data = nullptr;
  napi_value buffer, array;
  if (napi_create_arraybuffer(env, from.size() * sizeof(T), &data, &buffer) != napi_ok) return nullptr;
  if (!from.empty()) memcpy(data, from.data(), from.size() * sizeof(T));
  return napi_create_typedarray(env, ARRAY_TYPE<T>, from.size(), buffer, 0, &array) == napi_ok ? array : nullptr;
}

// Work of a model on another thread, and what its promise resolves to.
struct Task {
  SharedHandle handle;
  std::function<void(Handle&)> run;
  std::function<napi_value(napi_env)> result;
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;

  void end(napi_env env) {
    handle->isAtWork = false;
    if (handle->isClosed) handle->release();
    napi_value value = result(env);
    if (value) napi_resolve_deferred(env, deferred, value);
    napi_delete_async_work(env, work);
  }
};

napi_value promise(napi_env env, const SharedHandle& handle, std::function<void(Handle&)> run,
                   std::function<napi_value(napi_env)> result) {
  std::unique_ptr<Task> task(new Task{handle, std::move(run), std::move(result)});
  napi_value value, name;
  require(napi_create_promise(env, &task->deferred, &value) == napi_ok &&
              napi_create_string_utf8(env, "made", NAPI_AUTO_LENGTH, &name) == napi_ok &&
              napi_create_async_work(
                  env, nullptr, name,
                  [](napi_env, void* data) {
                    Task* task = static_cast<Task*>(data);
                    task->run(*task->handle);
                  },
                  [](napi_env e, napi_status, void* data) {
                    std::unique_ptr<Task> done(static_cast<Task*>(data));
                    done->end(e);
                  },
                  task.get(), &task->work) == napi_ok &&
              napi_queue_async_work(env, task->work) == napi_ok,
          "no work can be begun any more");
  handle->isAtWork = true;
  task.release();
  return value;
}

#if defined(__x86_64__)
bool hasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

// Null where the processor does not have that instruction set.
made::Model* create(const std::string& build, const made::Spec& spec) {
#if defined(__x86_64__)
  if (build == "avx512") return hasAvx512() ? made::createAvx512(spec) : nullptr;
  if (build == "avx2") return hasAvx2() ? made::createAvx2(spec) : nullptr;
#endif
  return build == "baseline" ? made::createBaseline(spec) : nullptr;
}

// builds(): the instruction sets that this processor has, the best first.
napi_value builds(const Arguments& a) {
  std::vector<const char*> names;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (hasAvx512()) names.push_back("avx512");
  if (hasAvx2()) names.push_back("avx2");
#endif
  names.push_back("baseline");
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
//      rates: Float64Array [kind, learningRate, decay, momentum, epsilon, rho, beta1, beta2, slots, l2])
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
  SharedHandle handle = std::make_shared<Handle>();
  handle->model.reset(create(build, spec));
  require(handle->model != nullptr, "open: this processor does not have that instruction set");
  handle->team.reset(new made::ThreadTeam(threads));
  handle->widths.push_back(spec.inputs);
  handle->widths.insert(handle->widths.end(), shape.begin() + 4, shape.end());
  for (size_t width : handle->widths) handle->connectivity += width;
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

// settle(handle, connectivity): the connectivity's ordering, then its degrees.
napi_value settle(const Arguments& a) {
  Handle& handle = *a.handle(0);
  std::vector<int32_t> numbers = a.copied<int32_t>(1);
  handle.requireConnectivities(numbers);
  handle.model->settle(handle.at(numbers, 0));
  return undefined(a.env);
}

// train(handle, rows, lengths, connectivities, chosen, t): minibatches one after another in `rows`, of those lengths;
// connectivities one after another, each the ordering and then the degrees; `chosen` names one per minibatch.
napi_value train(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  struct State {
    std::vector<uint32_t> rows, lengths, chosen;
    std::vector<int32_t> connectivities;
    std::vector<double> losses;
    double t;
  };
  auto state = std::make_shared<State>();
  state->rows = a.copied<uint32_t>(1);
  state->lengths = a.copied<uint32_t>(2);
  state->connectivities = a.copied<int32_t>(3);
  state->chosen = a.copied<uint32_t>(4);
  state->t = a.number(5);
  handle->requireConnectivities(state->connectivities);
  size_t named = 0;
  for (uint32_t length : state->lengths) {
    require(length > 0, "train: a minibatch is empty");
    named += length;
  }
  require(named == state->rows.size() && state->chosen.size() == state->lengths.size(), "train: the minibatches are incomplete");
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
          state->losses[i] = handle.model->train(*handle.team, rows, length, handle.at(state->connectivities, state->chosen[i]), state->t + (double)i);
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
// {bits, probabilities}
napi_value draw(const Arguments& a) {
  const SharedHandle& handle = a.handle(0);
  struct State {
    std::vector<int32_t> connectivity;
    std::vector<float> probabilities;
    std::vector<uint32_t> given, known, bits;
  };
  auto state = std::make_shared<State>();
  int rows = a.integer(1), wordsPerRow = a.integer(2);
  state->connectivity = a.copied<int32_t>(3);
  std::vector<double> request = a.copied<double>(4);
  handle->requireConnectivities(state->connectivity);
  require(request.size() == 3, "draw: the request is incomplete");
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
  made::Draw draw{(uint64_t)request[0], (uint64_t)request[2], (uint32_t)request[1], completes ? state->given.data() : nullptr,
                  completes ? state->known.data() : nullptr};
  return promise(
      a.env, handle,
      [state, rows, wordsPerRow, draw](Handle& handle) {
        handle.model->draw(*handle.team, rows, handle.at(state->connectivity, 0), draw, wordsPerRow, state->bits.data(),
                           state->probabilities.data());
      },
      [state](napi_env env) {
        napi_value object, bits = typedArray(env, state->bits), probabilities = typedArray(env, state->probabilities);
        bool isMade = bits && probabilities && napi_create_object(env, &object) == napi_ok &&
                      napi_set_named_property(env, object, "bits", bits) == napi_ok &&
                      napi_set_named_property(env, object, "probabilities", probabilities) == napi_ok;
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
