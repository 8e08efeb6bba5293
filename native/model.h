// One model at work. Weights lie by input unit, the units in an order of their own that a fixed connectivity makes its
// sorted order: then every mask is a staircase and what it keeps is contiguous. Under other connectivities dense layers are
// multiplied from a copy in that order, made once a step, and updated where they lie; the first layer compares degrees.
#pragma once
#include "matrix.h"
#include "storage.h"

namespace {

using made::Activation;
using made::Connectivity;
using made::Part;
using made::Team;
using made::TensorName;

class CpuModel final : public made::Model {
 public:
  explicit CpuModel(const made::Spec& spec);
  ~CpuModel() override;
  void write(TensorName name, const float* values) override {
    copyIsStale_ = sortedIsStale_ = true;
    copy<true>(name, const_cast<float*>(values));
  }
  void read(TensorName name, float* values) const override { const_cast<CpuModel*>(this)->copy<false>(name, values); }
  void setRows(const uint32_t* words, int rows, int wordsPerRow) override;
  void settle(const Connectivity& c) override;
  double train(Team& team, const uint32_t* rows, int count, const Connectivity& c, double t, double factor) override;
  void score(Team& team, const uint32_t* words, int rows, int wordsPerRow, const Connectivity& c, double* logLikelihoods,
             float* logits) override;
  void draw(Team& team, int rows, const Connectivity& c, const made::Draw& request, int wordsPerRow, uint32_t* bits,
            float* probabilities) override;
  double measure(Team& team, made::Limit limit, int repeats) override;

 private:
  // Rows to run through the model.
  struct Job {
    CpuModel* model;
    Team* team;
    const uint32_t* words;
    // Numbers of the rows, or null for 0..count-1.
    const uint32_t* numbers;
    int count;
    int wordsPerRow;
    float* logits;
    Rule rule;
    // Whether weights are to be put in sorted order first.
    bool resorts;

    const uint32_t* row(int b) const { return words + (size_t)(numbers ? numbers[b] : b) * wordsPerRow; }
  };

  // Rows to draw.
  struct Drawing {
    CpuModel* model;
    Team* team;
    int count;
    made::Draw request;
    int wordsPerRow;
    uint32_t* bits;
    float* probabilities;
    bool resorts;
  };

  // The rows of a drawing that fall to a thread: whole vectors of them.
  struct Share {
    const Drawing& drawing;
    int from, to, vectors;
  };

  // Sorted outputs that a pass over losses takes at a time.
  struct Span {
    int32_t first, columns;
    bool isBinary;
  };

  // What is known of an input in a row.
  struct Told {
    bool isKnown, isOne;
  };

  // How far a thread has come with its rows.
  struct Progress {
    // Panels begun of the first layer and of the direct connections.
    int32_t* panels;
    // Per dense layer: units whose sums have been begun, and with how many units of the layer below.
    int32_t* layers;
  };

  // Tensors (model.cpp)
  void makeLayer(Layer& layer, Units* in, Units* out, bool hasBias, bool inPanels);
  void exchangeOrders();
  Layer& layerOf(int l) { return l > layers_ ? straight_ : dense_[l]; }
  template <class Visit>
  void eachTensor(Visit visit);
  template <bool IN>
  void copy(TensorName name, float* values);
  void makeRoom(int count);
  const int32_t* placesOf(const int32_t* ordering);
  void arrange(const Connectivity& c);
  void arrangeUnits(const Connectivity& c);
  void plan(const Connectivity& c);
  bool isSorted() const;
  bool makeRoomToSort(Team& team, int trained);
  CpuModel& sortedCopy(Team& team, const Connectivity& c);
  void takeLayer(int l, CpuModel& from, const int32_t* columns, int thread, int threads);
  void sumLosses(int count);

  // Forward (forward.h)
  void prepare(const Job& job, int thread, int threads);
  void listOnes(const Job& job, int b);
  static int listBits(const uint32_t* words, int count, const int32_t* names, int32_t* list);
  void listColumns(const Job& job, int word);
  void makeConstants(int thread, int threads);
  void resort(int l, int thread, int threads);
  int firstKept(const Layer& layer, int at) const;
  template <class Visit>
  static void eachPanel(const Layer& layer, int thread, int threads, Visit visit);
  static int ownerOf(const Units& units, int at, int step, int threads);
  void sparsePanel(Layer& layer, bool direct, int panel, int count, float* h);
  void forwardHidden(const Job& job, int thread, int vectors);
  template <bool DELTAS>
  void forwardOutputs(const Job& job, int thread, int vectors);
  void beginTile(int l, int first, int units, bool adds, int vectors, float* z);
  void multiplyTile(const Layer& layer, const float* h, int first, int units, int end, int part, int vectors, float* z);
  template <class Finish>
  void denseForward(const Job& job, int l, int thread, int vectors, Finish finish);
  void multiplyPart(int l, int first, int part, int vectors, float* z);
  void addPart(int units, int vectors, const float* part, float* z) const;
  void scoreOn(const Job& job, int thread);
  int reach(const Layer& layer, int at) const;
  Vec activate(Vec x) const;
  Vec slope(Vec h) const;

  // Losses and draws of variables (heads.h)
  template <bool DELTAS>
  void lossTile(int first, int units, int count, int vectors, float* loss);
  template <bool DELTAS>
  void lossVariable(int first, int columns, int count, int vectors, float* loss);
  void makeSpans();
  template <bool DELTAS>
  void lossSpans(const Job& job, int thread, int vectors);
  void drawBit(const Share& share, int own, float* p, const Progress& progress);
  void drawValue(const Share& share, int first, int columns, float* z, const Progress& progress);
  uint32_t takeGiven(const Share& share, const int32_t* own, int columns, int b0, int n, const Progress& progress);
  void takeOne(const Share& share, int own, size_t b, const Progress& progress);

  // Backward and update (backward.h)
  void trainOn(const Job& job, int thread);
  void finishDeltas(int group, const Job& job, int from, int to);
  void backward(int l, const Job& job, int vectors, int thread, int threads);
  void updateConditioning(Layer& layer, int own, int group, int from, int to, const Rule& rule);
  void updatePanel(Layer& layer, int group, const Job& job, int panel);
  template <int VECTORS>
  void updateRow(int vectors, Layer& layer, const Rule& rule, int input, int o, const float* byRow, long pitch);

  // Drawing (draw.h)
  void drawOn(const Drawing& drawing, int thread);
  void finishOutput(const Share& share, int at, Progress& progress);
  void makeUniforms(const Share& share);
  Progress progressOf(int thread);
  float* drawnSum(const Layer& layer, int own, int b);
  void beginPanels(const Share& share, const Layer& layer, int own, int32_t& begun);
  void addRow(const Layer& layer, int input, int b, int begun);
  void finishUnits(const Share& share, int degree, Progress& progress);
  void finishDenseUnit(int l, int at, int from, int vectors, Progress& progress);
  void storeProbabilities(const Share& share);

  // Particles (particles.h)
  Told toldOf(const Drawing& drawing, int own, int b);
  void weighBit(const Share& share, int own, const float* z);
  void weighValue(const Share& share, int first, int columns, const float* z);
  static void addWeights(const Share& share, int b0, Vec loss);
  void resample(const Share& share, int place, int output, const Progress& progress);
  void multiply(const Share& share, int from, int place, double sum, const Progress& progress);
  void copyParticle(const Share& share, int from, int to, int place, const Progress& progress);

  // Limits (limits.h)
  static void multiplyRepeatedly(int repeats);
  static void addRepeatedly(float* a, size_t n, int repeats);

  int inputs_, layers_, variables_;
  // Whether all variables are: then they are the inputs, and nothing below is there.
  bool isBinary_;
  Memory<int32_t> columns_, firstColumn_, places_;
  Memory<Span> spans_;
  int spanCount_ = 0;
  // How many columns are known, in sorted order, under the connectivity at hand.
  int observedColumns_ = 0;
  Activation activation_;
  bool direct_, conditioning_;
  double l2_;
  made::Optimizer optimizer_;
  // Inputs, hidden layers, outputs.
  Units* groups_;
  // Hidden layers, then the output's.
  Layer* dense_;
  Layer straight_;
  Batch batch_;
  Memory<uint32_t> rows_;
  int rowWords_ = 0;
  Memory<int32_t> ordering_, degrees_;
  bool arranged_ = false;
  // The parameters laid out for another connectivity, while they are scored under it.
  CpuModel* copy_ = nullptr;
  bool copyIsStale_ = true;
  // Weights have changed, or come under other masks, since they were last put in sorted order.
  bool sortedIsStale_ = true;
};

}  // namespace
