// The Node-API addon: models as handles, training, scoring and drawing as promises on a thread of their own. Everything
// is copied at the edge, since Electron refuses memory that it does not own.
#define NAPI_VERSION 8
#include <node_api.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "made.h"
#include "team.h"

namespace {

struct Handle {
  std::unique_ptr<made::Model> model;
  std::unique_ptr<made::ThreadTeam> team;
  int inputs = 0;
  int hiddenUnits = 0;
};

napi_value undefined(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

napi_value fail(napi_env env, const char* message) {
  napi_throw_error(env, nullptr, message);
  return nullptr;
}

constexpr size_t MOST_ARGUMENTS = 8;

// The arguments of a call.
struct Arguments {
  napi_env env;
  napi_value values[MOST_ARGUMENTS];

  Arguments(napi_env e, napi_callback_info info) : env(e) {
    size_t count = MOST_ARGUMENTS;
    napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  }

  Handle* handle(int i) const {
    void* data = nullptr;
    napi_get_value_external(env, values[i], &data);
    return static_cast<Handle*>(data);
  }
  double number(int i) const {
    double value = NAN;
    napi_get_value_double(env, values[i], &value);
    return value;
  }
  int integer(int i) const { return (int)number(i); }
  bool isNull(int i) const {
    napi_valuetype type;
    napi_typeof(env, values[i], &type);
    return type == napi_null || type == napi_undefined;
  }
  std::string text(int i) const {
    char buffer[64];
    size_t length = 0;
    napi_get_value_string_utf8(env, values[i], buffer, sizeof buffer, &length);
    return std::string(buffer, length);
  }
  // The memory of a typed array, valid during the call.
  template <class T>
  T* array(int i, size_t* length = nullptr) const {
    napi_typedarray_type type;
    size_t n = 0;
    void* data = nullptr;
    napi_get_typedarray_info(env, values[i], &type, &n, &data, nullptr, nullptr);
    if (length) *length = n;
    return static_cast<T*>(data);
  }
  template <class T>
  std::vector<T> copied(int i) const {
    size_t n = 0;
    T* data = array<T>(i, &n);
    return std::vector<T>(data, data + n);
  }
};

template <class T>
napi_value typedArray(napi_env env, napi_typedarray_type type, const std::vector<T>& from) {
  void* data = nullptr;
  napi_value buffer, array;
  napi_create_arraybuffer(env, from.size() * sizeof(T), &data, &buffer);
  if (!from.empty()) memcpy(data, from.data(), from.size() * sizeof(T));
  napi_create_typedarray(env, type, from.size(), buffer, 0, &array);
  return array;
}

// Work on another thread, and what its promise resolves to.
struct Task {
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  std::function<void()> run;
  std::function<napi_value(napi_env)> result;
};

napi_value promise(napi_env env, std::function<void()> run, std::function<napi_value(napi_env)> result) {
  Task* task = new Task;
  task->run = std::move(run);
  task->result = std::move(result);
  napi_value value, name;
  napi_create_promise(env, &task->deferred, &value);
  napi_create_string_utf8(env, "made", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(
      env, nullptr, name, [](napi_env, void* data) { static_cast<Task*>(data)->run(); },
      [](napi_env e, napi_status, void* data) {
        Task* done = static_cast<Task*>(data);
        napi_resolve_deferred(e, done->deferred, done->result(e));
        napi_delete_async_work(e, done->work);
        delete done;
      },
      task, &task->work);
  napi_queue_async_work(env, task->work);
  return value;
}

made::Model* create(const std::string& build, const made::Spec& spec) {
#if defined(__x86_64__)
  if (build == "avx512") return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") ? made::createAvx512(spec) : nullptr;
  if (build == "avx2") return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? made::createAvx2(spec) : nullptr;
#endif
  return build == "baseline" ? made::createBaseline(spec) : nullptr;
}

// builds(): the instruction sets that this processor has, the best first.
napi_value builds(napi_env env, napi_callback_info) {
  std::vector<const char*> names;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    names.push_back("avx512");
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) names.push_back("avx2");
#endif
  names.push_back("baseline");
  napi_value array;
  napi_create_array(env, &array);
  for (size_t i = 0; i < names.size(); i++) {
    napi_value name;
    napi_create_string_utf8(env, names[i], NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, array, (uint32_t)i, name);
  }
  return array;
}

// open(build, threads, shape: Int32Array [inputs, activation, direct, conditioning, ...hidden],
//      rates: Float64Array [kind, learningRate, decay, momentum, epsilon, rho, beta1, beta2, slots, l2])
napi_value open(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  std::vector<int32_t> shape = a.copied<int32_t>(2);
  std::vector<double> rates = a.copied<double>(3);
  if (shape.size() < 5 || rates.size() != 10) return fail(env, "open: the shape or the rates are incomplete");
  made::Spec spec;
  spec.inputs = shape[0];
  spec.activation = (made::Activation)shape[1];
  spec.direct = shape[2] != 0;
  spec.conditioning = shape[3] != 0;
  spec.hidden = shape.data() + 4;
  spec.layers = (int)shape.size() - 4;
  spec.optimizer = {(made::OptimizerKind)(int)rates[0], rates[1], rates[2], rates[3], rates[4], rates[5], rates[6], rates[7], (int)rates[8]};
  spec.l2 = rates[9];
  std::unique_ptr<Handle> handle(new Handle);
  handle->model.reset(create(a.text(0), spec));
  if (!handle->model) return fail(env, "open: this processor does not have that instruction set");
  handle->team.reset(new made::ThreadTeam(a.integer(1)));
  handle->inputs = spec.inputs;
  for (int l = 0; l < spec.layers; l++) handle->hiddenUnits += spec.hidden[l];
  napi_value external;
  napi_create_external(
      env, handle.get(), [](napi_env, void* data, void*) { delete static_cast<Handle*>(data); }, nullptr, &external);
  handle.release();
  return external;
}

// close(handle): gives back threads and memory at once; the handle is then empty.
napi_value close(napi_env env, napi_callback_info info) {
  Handle* handle = Arguments(env, info).handle(0);
  if (handle) {
    handle->model.reset();
    handle->team.reset();
  }
  return undefined(env);
}

template <bool IN>
napi_value transfer(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
  made::TensorName name{a.integer(1), (made::Part)a.integer(2), a.integer(3)};
  float* values = a.array<float>(4);
  if (IN) handle->model->write(name, values);
  else handle->model->read(name, values);
  return undefined(env);
}

// setRows(handle, words, rows, wordsPerRow)
napi_value setRows(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
  handle->model->setRows(a.array<uint32_t>(1), a.integer(2), a.integer(3));
  return undefined(env);
}

// use(handle, threads)
napi_value use(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->team) return fail(env, "the model is closed");
  handle->team->use(a.integer(1));
  return undefined(env);
}

// settle(handle, connectivity): the connectivity's ordering, then its degrees.
napi_value settle(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
  int32_t* c = a.array<int32_t>(1);
  handle->model->settle({c, c + handle->inputs});
  return undefined(env);
}

// train(handle, rows, lengths, connectivities, chosen, t): minibatches one after another in `rows`, of those lengths;
// connectivities one after another, each the ordering and then the degrees; `chosen` names one per minibatch.
napi_value train(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
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
  return promise(
      env,
      [handle, state] {
        size_t width = handle->inputs + handle->hiddenUnits, start = 0;
        for (size_t i = 0; i < state->lengths.size(); i++) {
          const int32_t* c = state->connectivities.data() + state->chosen[i] * width;
          state->losses.push_back(handle->model->train(*handle->team, state->rows.data() + start, (int)state->lengths[i],
                                                       {c, c + handle->inputs}, state->t + (double)i));
          start += state->lengths[i];
        }
      },
      [state](napi_env e) { return typedArray(e, napi_float64_array, state->losses); });
}

// score(handle, words, rows, wordsPerRow, connectivities, wantsLogits): log-likelihoods [connectivity][row], or the
// logits of the first connectivity.
napi_value score(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
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
  return promise(
      env,
      [handle, state, rows, wordsPerRow, wantsLogits] {
        size_t width = handle->inputs + handle->hiddenUnits, count = state->connectivities.size() / width;
        state->logLikelihoods.resize(count * rows);
        if (wantsLogits) state->logits.resize((size_t)rows * handle->inputs);
        for (size_t i = 0; i < count; i++) {
          const int32_t* c = state->connectivities.data() + i * width;
          handle->model->score(*handle->team, state->words.data(), rows, wordsPerRow, {c, c + handle->inputs},
                               state->logLikelihoods.data() + i * rows,
                               wantsLogits && i == 0 ? state->logits.data() : nullptr);
        }
      },
      [state, wantsLogits](napi_env e) {
        return wantsLogits ? typedArray(e, napi_float32_array, state->logits)
                           : typedArray(e, napi_float64_array, state->logLikelihoods);
      });
}

// draw(handle, rows, wordsPerRow, connectivity, request: Float64Array [seed, purpose, first], given, known):
// {bits, probabilities}
napi_value draw(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
  struct State {
    std::vector<int32_t> connectivity;
    std::vector<float> probabilities;
    std::vector<uint32_t> given, known, bits;
  };
  auto state = std::make_shared<State>();
  int rows = a.integer(1), wordsPerRow = a.integer(2);
  state->connectivity = a.copied<int32_t>(3);
  std::vector<double> request = a.copied<double>(4);
  if (request.size() != 3) return fail(env, "draw: the request is incomplete");
  bool completes = !a.isNull(5);
  if (completes) {
    state->given = a.copied<uint32_t>(5);
    state->known = a.copied<uint32_t>(6);
  }
  made::Draw draw{(uint64_t)request[0], (uint64_t)request[2], (uint32_t)request[1], completes ? state->given.data() : nullptr,
                  completes ? state->known.data() : nullptr};
  return promise(
      env,
      [handle, state, rows, wordsPerRow, draw] {
        state->bits.resize((size_t)rows * wordsPerRow);
        state->probabilities.resize((size_t)rows * handle->inputs);
        const int32_t* c = state->connectivity.data();
        handle->model->draw(*handle->team, rows, {c, c + handle->inputs}, draw, wordsPerRow, state->bits.data(),
                            state->probabilities.data());
      },
      [state](napi_env e) {
        napi_value object;
        napi_create_object(e, &object);
        napi_set_named_property(e, object, "bits", typedArray(e, napi_uint32_array, state->bits));
        napi_set_named_property(e, object, "probabilities", typedArray(e, napi_float32_array, state->probabilities));
        return object;
      });
}

// measure(handle, limit, repeats): how much of it was done
napi_value measure(napi_env env, napi_callback_info info) {
  Arguments a(env, info);
  Handle* handle = a.handle(0);
  if (!handle || !handle->model) return fail(env, "the model is closed");
  auto done = std::make_shared<double>(0);
  made::Limit limit = (made::Limit)a.integer(1);
  int repeats = a.integer(2);
  return promise(
      env, [handle, done, limit, repeats] { *done = handle->model->measure(*handle->team, limit, repeats); },
      [done](napi_env e) {
        napi_value value;
        napi_create_double(e, *done, &value);
        return value;
      });
}

napi_value init(napi_env env, napi_value exports) {
  struct {
    const char* name;
    napi_callback callback;
  } functions[] = {{"builds", builds}, {"open", open},     {"close", close}, {"write", transfer<true>}, {"read", transfer<false>},
                   {"setRows", setRows}, {"settle", settle}, {"use", use},     {"train", train},          {"score", score},
                   {"draw", draw},       {"measure", measure}};
  for (auto& function : functions) {
    napi_value value;
    napi_create_function(env, function.name, NAPI_AUTO_LENGTH, function.callback, nullptr, &value);
    napi_set_named_property(env, exports, function.name, value);
  }
  return exports;
}

}  // namespace

NAPI_MODULE(made_cpu, init)
