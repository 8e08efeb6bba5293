// The model compiled for one instruction set: LANES and CREATE are given by the build.
#include "model.h"
#include "forward.h"
#include "heads.h"
#include "backward.h"
#include "draw.h"
#include "particles.h"
#include "limits.h"

namespace {

CpuModel::CpuModel(const made::Spec& spec)
    : inputs_(spec.inputs), layers_(spec.layers), variables_(spec.columns ? spec.variables : spec.inputs),
      isBinary_(variables_ == inputs_), activation_(spec.activation), direct_(spec.direct), conditioning_(spec.conditioning),
      l2_(spec.l2), optimizer_(spec.optimizer) {
  groups_ = new Units[layers_ + 2];
  groups_[0].make(inputs_, inputs_);
  int degrees = 0;
  for (int l = 0; l < layers_; l++) {
    groups_[l + 1].make(spec.hidden[l], inputs_);
    degrees += spec.hidden[l];
  }
  groups_[layers_ + 1].make(inputs_, inputs_);
  dense_ = new Layer[layers_ + 1];
  for (int l = 0; l <= layers_; l++) makeLayer(dense_[l], &groups_[l], &groups_[l + 1], true, l == 0);
  if (direct_) makeLayer(straight_, &groups_[0], &groups_[layers_ + 1], false, true);
  batch_.make(layers_ + 2);
  for (int g = 1; g <= layers_ + 1; g++) batch_.constant[g].resize(groups_[g].padded);
  ordering_.resize(variables_);
  degrees_.resize(degrees);
  if (isBinary_) return;
  columns_.resize(variables_);
  firstColumn_.resize(variables_ + 1);
  places_.resize(inputs_);
  spans_.resize(variables_);
  for (int variable = 0; variable < variables_; variable++) {
    columns_.data[variable] = spec.columns[variable];
    firstColumn_.data[variable + 1] = firstColumn_.data[variable] + spec.columns[variable];
  }
}

CpuModel::~CpuModel() {
  delete[] groups_;
  delete[] dense_;
  delete copy_;
}

void CpuModel::makeLayer(Layer& layer, Units* in, Units* out, bool hasBias, bool inPanels) {
  layer.in = in;
  layer.out = out;
  layer.pitch = out->padded;
  layer.inPanels = inPanels;
  // Several rows are updated together, so there are rows to spare.
  size_t whole = (size_t)(in->count + ROWS) * layer.pitch;
  layer.weight.make(inPanels ? layer.panelAt(layer.panels()) : whole, optimizer_.slots);
  if (hasBias) layer.bias.make(layer.pitch, optimizer_.slots);
  if (hasBias && conditioning_) layer.conditioning.make(whole, optimizer_.slots);
}

void CpuModel::setRows(const uint32_t* words, int rows, int wordsPerRow) {
  rowWords_ = wordsPerRow;
  rows_.resize((size_t)rows * wordsPerRow);
  memcpy(rows_.data, words, (size_t)rows * wordsPerRow * sizeof(uint32_t));
}

// Plans an own order of all units that is the sorted order of a connectivity.
void CpuModel::plan(const Connectivity& c) {
  const int32_t* places = placesOf(c.ordering);
  groups_[0].plan(places);
  groups_[layers_ + 1].plan(places);
  const int32_t* degrees = c.degrees;
  for (int l = 0; l < layers_; l++) {
    groups_[l + 1].plan(degrees);
    degrees += groups_[l + 1].count;
  }
}

void CpuModel::settle(const Connectivity& c) {
  plan(c);
  // Tensor by tensor: out in the order of the file, back in the new order of the units.
  Memory<float> kept;
  eachTensor([&](TensorName name, size_t n) {
    read(name, kept.atLeast(n));
    exchangeOrders();
    write(name, kept.data);
    exchangeOrders();
  });
  exchangeOrders();
  arranged_ = false;
}

void CpuModel::exchangeOrders() {
  for (int g = 0; g < layers_ + 2; g++) groups_[g].exchange();
}

template <class Visit>
void CpuModel::eachTensor(Visit visit) {
  for (int l = 0; l <= layers_ + (direct_ ? 1 : 0); l++) {
    const Layer& layer = layerOf(l);
    size_t matrix = (size_t)layer.in->count * layer.out->count;
    for (int slot = -1; slot < optimizer_.slots; slot++) {
      visit(TensorName{l, Part::weight, slot}, matrix);
      if (l > layers_) continue;
      visit(TensorName{l, Part::bias, slot}, (size_t)layer.out->count);
      if (conditioning_) visit(TensorName{l, Part::conditioning, slot}, matrix);
    }
  }
}

template <bool IN>
static void move(float& inside, float& outside) {
  if (IN) inside = outside;
  else outside = inside;
}

template <bool IN>
void CpuModel::copy(TensorName name, float* values) {
  Layer& layer = layerOf(name.layer);
  Tensor& tensor = name.part == Part::weight ? layer.weight : name.part == Part::bias ? layer.bias : layer.conditioning;
  float* data = name.slot < 0 ? tensor.w.data : name.slot == 0 ? tensor.slot0.data : tensor.slot1.data;
  const int32_t* outOf = layer.out->ownOf.data;
  if (name.part == Part::bias) {
    for (int o = 0; o < layer.out->count; o++) move<IN>(data[outOf[o]], values[o]);
    return;
  }
  int width = layer.in->count;
  const int32_t* inOf = layer.in->ownOf.data;
  bool inPanels = name.part == Part::weight && layer.inPanels;
  size_t step = inPanels ? PANEL : layer.pitch;
  // A cache line of each row of the file at a time: going through whole rows would fetch every line of the weights anew.
  constexpr int AT_A_TIME = 16;
  for (int from = 0; from < width; from += AT_A_TIME)
    for (int o = 0; o < layer.out->count; o++) {
      float* column = data + (inPanels ? layer.at(0, outOf[o]) : (size_t)outOf[o]);
      for (int i = from; i < from + AT_A_TIME && i < width; i++) move<IN>(column[inOf[i] * step], values[(size_t)o * width + i]);
    }
}

void CpuModel::makeRoom(int count) {
  Batch& b = batch_;
  if (count <= b.most && b.most <= 2 * count + 64) return;
  b.most = count;
  b.pitch = roundUp(count, LANES);
  b.columnWords = (count + 31) / 32;
  for (int g = 1; g <= layers_ + 1; g++) {
    int units = groups_[g].padded;
    b.widest = units > b.widest ? units : b.widest;
    b.h[g].resize((size_t)(units + TILE) * b.pitch);
    if (g <= layers_) b.delta[g].resize((size_t)(units + TILE) * b.pitch);
    b.deltaByRow[g].resize((size_t)count * units);
    b.deltaSum[g].resize(units);
  }
  // Lists are written in whole vectors.
  b.onesPitch = inputs_ + LANES;
  b.listedPitch = count + LANES;
  b.ones.resize((size_t)count * b.onesPitch);
  b.oneCount.resize(count);
  b.marks.resize((size_t)count * roundUp(inputs_, 32) / 32);
  b.listed.resize((size_t)inputs_ * b.listedPitch);
  b.listedCount.resize(inputs_);
  b.partial.resize((size_t)(b.widest + TILE) * b.pitch);
  b.columns.resize((size_t)inputs_ * b.columnWords);
  b.tileLoss.resize((size_t)(isBinary_ ? roundUp(inputs_, TILE) / TILE : variables_) * b.pitch);
  b.rowLoss.resize(b.pitch);
}

// The place of each column, until the next call.
const int32_t* CpuModel::placesOf(const int32_t* ordering) {
  if (isBinary_) return ordering;
  for (int variable = 0; variable < variables_; variable++)
    for (int column = firstColumn_.data[variable]; column < firstColumn_.data[variable + 1]; column++)
      places_.data[column] = ordering[variable];
  return places_.data;
}

void CpuModel::arrange(const Connectivity& c) {
  arrangeUnits(c);
  observedColumns_ = groups_[layers_ + 1].below.data[c.observed + 1];
}

void CpuModel::arrangeUnits(const Connectivity& c) {
  if (arranged_ && memcmp(ordering_.data, c.ordering, ordering_.size * 4) == 0 &&
      memcmp(degrees_.data, c.degrees, degrees_.size * 4) == 0)
    return;
  memcpy(ordering_.data, c.ordering, ordering_.size * 4);
  memcpy(degrees_.data, c.degrees, degrees_.size * 4);
  arranged_ = true;
  sortedIsStale_ = true;
  const int32_t* places = placesOf(c.ordering);
  groups_[0].arrange(places, false);
  const int32_t* degrees = c.degrees;
  for (int l = 0; l < layers_; l++) {
    groups_[l + 1].arrange(degrees, false);
    degrees += groups_[l + 1].count;
  }
  groups_[layers_ + 1].arrange(places, true);
  if (!isBinary_) makeSpans();
}

bool CpuModel::isSorted() const {
  for (int g = 0; g < layers_ + 2; g++)
    if (!groups_[g].isSorted) return false;
  return true;
}

// Memory for what is put in sorted order where units lie in another; `trained` rows of a minibatch, 0 if nothing is trained.
// Returns whether that is still to be done.
bool CpuModel::makeRoomToSort(Team& team, int trained) {
  bool isStale = sortedIsStale_;
  // An update changes the weights.
  sortedIsStale_ = trained > 0;
  bool any = false;
  for (int l = 1; l <= layers_; l++) {
    Layer& layer = dense_[l];
    if (layer.out->isSorted) continue;
    any = true;
    // Several rows are multiplied together, so there are rows to spare.
    layer.resorted.atLeast((size_t)(layer.in->count + ROWS) * layer.pitch);
  }
  if (!any || trained == 0) return isStale;
  batch_.gradients.atLeast((size_t)team.size() * 2 * ROWS * batch_.widest);
  batch_.deltaBySorted.atLeast((size_t)trained * batch_.widest);
  return isStale;
}

// A model with the same parameters, laid out for that connectivity.
CpuModel& CpuModel::sortedCopy(Team& team, const Connectivity& c) {
  if (!copy_) {
    Memory<int32_t> hidden;
    hidden.resize(layers_);
    for (int l = 0; l < layers_; l++) hidden.data[l] = groups_[l + 1].count;
    made::Optimizer stateless = optimizer_;
    stateless.slots = 0;
    copy_ = new CpuModel({inputs_, layers_, hidden.data, activation_, direct_, conditioning_, l2_, stateless, columns_.data, variables_});
    copyIsStale_ = true;
  }
  copy_->arrange(c);
  if (!copyIsStale_ && copy_->isSorted()) return *copy_;
  copy_->plan(c);
  copy_->exchangeOrders();
  copy_->arranged_ = false;
  struct Copying {
    CpuModel* from;
    Team* team;
    Memory<int32_t> columns;
  } copying{this, &team, {}};
  // Where the columns of each layer are now, one layer after another. Only one thread may take memory.
  int layers = layers_ + 1 + (direct_ ? 1 : 0), widest = 0;
  for (int l = 0; l < layers; l++) widest = layerOf(l).out->count > widest ? layerOf(l).out->count : widest;
  copying.columns.resize((size_t)layers * widest);
  for (int l = 0; l < layers; l++)
    for (int o = 0; o < layerOf(l).out->count; o++)
      copying.columns.data[(size_t)l * widest + o] = layerOf(l).out->ownOf.data[copy_->layerOf(l).out->unitOf.data[o]];
  team.run(
      [](void* context, int thread) {
        Copying& c = *static_cast<Copying*>(context);
        int layers = c.from->layers_ + 1 + (c.from->direct_ ? 1 : 0);
        size_t widest = c.columns.size / layers;
        for (int l = 0; l < layers; l++) c.from->copy_->takeLayer(l, *c.from, c.columns.data + l * widest, thread, c.team->size());
      },
      &copying);
  copyIsStale_ = false;
  return *copy_;
}

// Copies a layer of a model of the same shape whose units have another order: a thread's share of the rows. The columns say
// which one there becomes each one here.
void CpuModel::takeLayer(int l, CpuModel& from, const int32_t* columns, int thread, int threads) {
  Layer &to = layerOf(l), &other = from.layerOf(l);
  int outs = to.out->count;
  bool hasBias = l <= layers_;
  if (hasBias && thread == 0)
    for (int o = 0; o < outs; o++) to.bias.w.data[o] = other.bias.w.data[columns[o]];
  for (int i = thread; i < to.in->count; i += threads) {
    int row = other.in->ownOf.data[to.in->unitOf.data[i]];
    for (int o = 0; o < outs; o++) to.weight.w.data[to.at(i, o)] = other.weight.w.data[other.at(row, columns[o])];
    if (!hasBias || !conditioning_) continue;
    float* into = to.conditioning.w.data + (size_t)i * to.pitch;
    const float* source = other.conditioning.w.data + (size_t)row * other.pitch;
    for (int o = 0; o < outs; o++) into[o] = source[columns[o]];
  }
}

double CpuModel::train(Team& team, const uint32_t* rows, int count, const Connectivity& c, double t, double factor) {
  delete copy_;
  copy_ = nullptr;
  makeRoom(count);
  arrange(c);
  bool resorts = makeRoomToSort(team, count);
  Job job{this, &team, rows_.data, rows, count, rowWords_, nullptr, ruleFor(optimizer_, l2_, t, factor), resorts};
  team.run([](void* context, int thread) { static_cast<Job*>(context)->model->trainOn(*static_cast<Job*>(context), thread); }, &job);
  sumLosses(count);
  double loss = 0;
  for (int b = 0; b < count; b++) loss += batch_.rowLoss.data[b];
  return loss / count;
}

void CpuModel::score(Team& team, const uint32_t* words, int rows, int wordsPerRow, const Connectivity& c,
                     double* logLikelihoods, float* logits) {
  // Whole blocks of vectors for every instruction set, and activations of a packed stretch stay in the nearest cache.
  constexpr int BLOCK = 144;
  arrange(c);
  // So many rows that they pay for laying out the weights anew.
  constexpr int ROWS_WORTH_A_COPY = 1000;
  if (rows >= ROWS_WORTH_A_COPY && !isSorted()) return sortedCopy(team, c).score(team, words, rows, wordsPerRow, c, logLikelihoods, logits);
  makeRoom(rows < BLOCK ? rows : BLOCK);
  bool resorts = makeRoomToSort(team, 0);
  for (int start = 0; start < rows; start += BLOCK) {
    int count = rows - start < BLOCK ? rows - start : BLOCK;
    Job job{this, &team, words + (size_t)start * wordsPerRow, nullptr, count, wordsPerRow,
            logits ? logits + (size_t)start * inputs_ : nullptr, Rule{}, resorts && start == 0};
    team.run([](void* context, int thread) { static_cast<Job*>(context)->model->scoreOn(*static_cast<Job*>(context), thread); }, &job);
    sumLosses(count);
    for (int b = 0; b < count; b++) logLikelihoods[start + b] = -batch_.rowLoss.data[b];
  }
}

// Tile by tile, or span by span, so that the sums do not depend on the threads.
void CpuModel::sumLosses(int count) {
  double* sums = batch_.rowLoss.data;
  memset(sums, 0, count * sizeof(double));
  int parts = isBinary_ ? roundUp(inputs_, TILE) / TILE : spanCount_;
  for (int part = 0; part < parts; part++) {
    const float* loss = batch_.tileLoss.data + (size_t)part * batch_.pitch;
    for (int b = 0; b < count; b++) sums[b] += loss[b];
  }
}

}  // namespace

namespace made {
Model* CREATE(const Spec& spec) { return new CpuModel(spec); }
}  // namespace made
