// What JavaScript calls (src/engine/cpu/wasm-kernels.ts). Arguments are numbers and addresses of memory from `take`.
#include <cstdlib>

#include "team.h"

namespace made {
Model* createWasm(const Spec& spec);
}

using made::Connectivity;

namespace {

struct Handle {
  made::Model* model;
  made::WorkerTeam team;
  // Numbers of one ordering, and of one connectivity: the ordering, then the degrees, then how many variables are known.
  int variables, width;
};

Connectivity connectivityAt(const Handle* handle, const int32_t* numbers) {
  return {numbers, numbers + handle->variables, numbers[handle->width - 1]};
}

}  // namespace

#define MADE_EXPORT(name) extern "C" __attribute__((export_name(#name)))

MADE_EXPORT(take) void* takeBytes(size_t bytes) { return aligned_alloc(64, bytes); }
MADE_EXPORT(give) void giveBytes(void* data) { free(data); }

// shape: [inputs, activation, direct, conditioning, ...hidden];
// rates: [kind, learningRate, decay, momentum, epsilon, rho, beta1, beta2, slots, l2];
// columns: of each variable, or null where all are binary
MADE_EXPORT(open) Handle* open(const int32_t* shape, int numbers, const double* rates, const int32_t* columns, int variables) {
  made::Spec spec;
  spec.inputs = shape[0];
  spec.activation = (made::Activation)shape[1];
  spec.direct = shape[2] != 0;
  spec.conditioning = shape[3] != 0;
  spec.hidden = shape + 4;
  spec.layers = numbers - 4;
  spec.optimizer = {(made::OptimizerKind)(int)rates[0], rates[1], rates[2], rates[3], rates[4], rates[5], rates[6], rates[7], (int)rates[8]};
  spec.l2 = rates[9];
  spec.columns = columns;
  spec.variables = variables;
  Handle* handle = new Handle;
  handle->model = made::createWasm(spec);
  handle->variables = columns ? variables : spec.inputs;
  handle->width = handle->variables + 1;
  for (int l = 0; l < spec.layers; l++) handle->width += spec.hidden[l];
  return handle;
}

MADE_EXPORT(close) void close(Handle* handle) {
  delete handle->model;
  delete handle;
}

MADE_EXPORT(write) void write(Handle* handle, int layer, int part, int slot, const float* values) {
  handle->model->write({layer, (made::Part)part, slot}, values);
}

MADE_EXPORT(read) void read(const Handle* handle, int layer, int part, int slot, float* values) {
  handle->model->read({layer, (made::Part)part, slot}, values);
}

MADE_EXPORT(setRows) void setRows(Handle* handle, const uint32_t* words, int rows, int wordsPerRow) {
  handle->model->setRows(words, rows, wordsPerRow);
}

MADE_EXPORT(settle) void settle(Handle* handle, const int32_t* connectivity) {
  handle->model->settle(connectivityAt(handle, connectivity));
}

MADE_EXPORT(begin) void begin(Handle* handle, int threads) { handle->team.begin(threads); }
MADE_EXPORT(help) void help(Handle* handle, int thread) { handle->team.help(thread); }

// factors: of the step of each minibatch
MADE_EXPORT(train)
void train(Handle* handle, const uint32_t* rows, const uint32_t* lengths, int steps, const int32_t* connectivities,
           const uint32_t* chosen, const double* factors, double t, double* losses) {
  for (int i = 0; i < steps; i++) {
    Connectivity c = connectivityAt(handle, connectivities + (size_t)chosen[i] * handle->width);
    losses[i] = handle->model->train(handle->team, rows, (int)lengths[i], c, t + i, factors[i]);
    rows += lengths[i];
  }
  handle->team.end();
}

// Log-likelihoods [connectivity][row], and the logits of the first connectivity unless that is null.
MADE_EXPORT(score)
void score(Handle* handle, const uint32_t* words, int rows, int wordsPerRow, const int32_t* connectivities, int count,
           double* logLikelihoods, float* logits) {
  for (int i = 0; i < count; i++) {
    Connectivity c = connectivityAt(handle, connectivities + (size_t)i * handle->width);
    handle->model->score(handle->team, words, rows, wordsPerRow, c, logLikelihoods + (size_t)i * rows, i == 0 ? logits : nullptr);
  }
  handle->team.end();
}

// request: [seed, purpose, first row, rows of a group of particles or 0, purpose of resampling]
MADE_EXPORT(draw)
void draw(Handle* handle, int rows, int wordsPerRow, const int32_t* connectivity, const double* request,
          const uint32_t* given, const uint32_t* known, uint32_t* bits, float* probabilities, double* logWeights, int32_t* origins) {
  made::Draw draw{(uint64_t)request[0], (uint64_t)request[2], (uint32_t)request[1], given, known, (int)request[3], (uint32_t)request[4], logWeights, origins};
  handle->model->draw(handle->team, rows, connectivityAt(handle, connectivity), draw, wordsPerRow, bits, probabilities);
  handle->team.end();
}

MADE_EXPORT(measure) void measure(Handle* handle, int limit, int repeats, double* done) {
  *done = handle->model->measure(handle->team, (made::Limit)limit, repeats);
  handle->team.end();
}
