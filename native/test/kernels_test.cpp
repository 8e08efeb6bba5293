// Tests of the CPU kernels and their threads, made to run under the sanitizers (scripts/test/native.mjs):
//   kernels_test builds                    the instruction sets that this processor has
//   kernels_test <build> <cases> [first]   so many cases from that number on, then the threads
#include <cstdlib>
#include "report.h"
#include "team_stress.h"

namespace {

using namespace test;

struct Build {
  const char* name;
  Create create;
};

std::vector<Build> builds() {
  std::vector<Build> found{{"baseline", made::createBaseline}};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found.push_back({"avx2", made::createAvx2});
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    found.push_back({"avx512", made::createAvx512});
#endif
  return found;
}

void testModel(Create create, int number) {
  Walk walk(create, number);
  constexpr int OPERATIONS = 9;
  report("case " + std::to_string(number) + ": " + describe(walk.shape()), [&] {
    walk.begin();
    for (int i = 0; i < OPERATIONS; i++) walk.operate();
  });
}

void testThreads(Create create) {
  report("threads: many tiny pieces of work", [] { manyTinyRuns(500); });
  report("threads: teams that end", [] { teamsThatEnd(40); });
  report("threads: an idle team sleeps", idleTeam);
  report("threads: two models at once", [&] { twoModelsAtOnce(create, 120); });
}

int testBuild(const Build& build, int cases, int first) {
  for (int number = first; number < first + cases; number++) testModel(build.create, number);
  testThreads(build.create);
  printf("%s: %d cases, %d failures; the largest error is %.0f%% of what is allowed\n", build.name, cases + 4, failures, 100 * worstError);
  return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string wanted = argc > 1 ? argv[1] : "";
  for (const Build& build : builds()) {
    if (wanted == "builds") printf("%s\n", build.name);
    if (wanted == build.name) return testBuild(build, argc > 2 ? atoi(argv[2]) : 60, argc > 3 ? atoi(argv[3]) : 0);
  }
  if (wanted == "builds") return 0;
  fprintf(stderr, "This processor does not have the build \"%s\".\n", wanted.c_str());
  return 2;
}
