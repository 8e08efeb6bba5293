// For Linux with glibc: what the linker would take in its newest form is asked for in its first one, which newer libraries keep,
// and what older ones lack is brought along. So an addon that is compiled on a new system loads on an old one: nothing above
// GLIBC_2.28 is needed (scripts/package/glibc.mjs), as long as it is linked with --wrap for each name (scripts/setup/addon-build.mjs).
#include <unistd.h>

#if defined(__x86_64__)
#define FIRST_VERSION "GLIBC_2.2.5"
#define JUMP_TO "jmp"
#define THROUGH "@PLT"
#elif defined(__aarch64__)
#define FIRST_VERSION "GLIBC_2.17"
#define JUMP_TO "b"
#define THROUGH ""
#endif

#define IN_ITS_FIRST_FORM(name)                           \
  asm(".text\n"                                           \
      ".symver first_" #name ", " #name "@" FIRST_VERSION "\n" \
      ".globl __wrap_" #name "\n"                         \
      ".hidden __wrap_" #name "\n"                        \
      ".type __wrap_" #name ", %function\n"               \
      "__wrap_" #name ": " JUMP_TO " first_" #name THROUGH "\n")

IN_ITS_FIRST_FORM(pow);
IN_ITS_FIRST_FORM(pthread_create);
IN_ITS_FIRST_FORM(pthread_detach);
IN_ITS_FIRST_FORM(pthread_getspecific);
IN_ITS_FIRST_FORM(pthread_join);
IN_ITS_FIRST_FORM(pthread_key_create);
IN_ITS_FIRST_FORM(__pthread_key_create);
IN_ITS_FIRST_FORM(pthread_key_delete);
IN_ITS_FIRST_FORM(pthread_once);
IN_ITS_FIRST_FORM(pthread_setspecific);

// Since 2.32: whether there has never been a second thread. There are threads here.
extern "C" __attribute__((visibility("hidden"))) char __libc_single_threaded;
char __libc_single_threaded = 0;

// Since 2.36. The C++ library's own random device, which nothing here uses, asks for it.
extern "C" __attribute__((visibility("hidden"))) unsigned arc4random() {
  unsigned word = 0;
  if (getentropy(&word, sizeof word) != 0) __builtin_trap();
  return word;
}
