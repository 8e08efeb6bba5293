/* For Windows: Node-API is taken from whatever program this addon is loaded into, be it node.exe, electron.exe or "MADE Studio.exe".
   The import library is made for delayed loading of node.exe; before it loads that, it asks this hook for the module. */
#include <windows.h>
#include <delayimp.h>
#include <string.h>

static FARPROC WINAPI hostProgram(unsigned event, PDelayLoadInfo info) {
  if (event == dliNotePreLoadLibrary && _stricmp(info->szDll, "node.exe") == 0) return (FARPROC)GetModuleHandleW(NULL);
  return NULL;
}

PfnDliHook __pfnDliNotifyHook2 = hostProgram;
