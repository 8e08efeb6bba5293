// In place of the model for instructions that the processor of the tests does not have: linked, and never called.
#include <cstdlib>
#include "../made.h"

namespace made {

Model* CREATE(const Spec&) { std::abort(); }

}  // namespace made
