/* Stands in for the official runtime of AppImages where that cannot be downloaded, for tests alone: it unpacks the disk that
   follows it in the file with unsquashfs instead of mounting it, and runs AppRun. It is never shipped. */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Who ends this program means the one that it has started. */
static volatile pid_t running = -1;

static void passOn(int signal) {
  if (running > 0) kill(running, signal);
}

static int finished(pid_t child) {
  int status = 0;
  running = child;
  while (child >= 0 && waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 1;
  running = -1;
  if (child < 0) return 1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
  char self[4096], offset[32], folder[] = "/tmp/appimage-XXXXXX", program[4200];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) return 1;
  self[length] = 0;
  Elf64_Ehdr head;
  int file = open(self, O_RDONLY);
  if (file < 0 || read(file, &head, sizeof head) != sizeof head) return 1;
  close(file);
  /* The disk begins where this program ends. */
  snprintf(offset, sizeof offset, "%lu", (unsigned long)(head.e_shoff + (unsigned long)head.e_shentsize * head.e_shnum));
  int isExtracting = argc > 1 && strcmp(argv[1], "--appimage-extract") == 0;
  const char *to = isExtracting ? "squashfs-root" : mkdtemp(folder);
  if (!to) return 1;
  signal(SIGTERM, passOn);
  signal(SIGINT, passOn);
  pid_t child = fork();
  if (child == 0) {
    execlp("unsquashfs", "unsquashfs", "-q", "-n", "-f", "-d", to, "-o", offset, self, (char *)0);
    perror("unsquashfs");
    _exit(127);
  }
  int status = finished(child);
  if (isExtracting || status != 0) return status;
  setenv("APPDIR", to, 1);
  setenv("APPIMAGE", self, 1);
  setenv("ARGV0", argv[0], 1);
  snprintf(program, sizeof program, "%s/AppRun", to);
  child = fork();
  if (child == 0) {
    argv[0] = program;
    execv(program, argv);
    _exit(127);
  }
  status = finished(child);
  child = fork();
  if (child == 0) {
    execlp("rm", "rm", "-rf", to, (char *)0);
    _exit(127);
  }
  finished(child);
  return status;
}
