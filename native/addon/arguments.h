// What JavaScript passes in and gets back. Everything is copied, since Electron refuses memory that it does not own.
#pragma once
#define NAPI_VERSION 8
#include <node_api.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "handle.h"

namespace {

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

// A function as JavaScript calls it: a BadCall becomes an exception there.
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

}  // namespace
