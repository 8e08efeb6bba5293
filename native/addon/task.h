// Work of a model as a promise, on a thread of its own.
#pragma once
#include <functional>

#include "arguments.h"

namespace {

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

}  // namespace
