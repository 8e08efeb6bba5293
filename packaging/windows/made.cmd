@echo off
rem The command line of MADE Studio: the application itself, as plain Node.js.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\MADE Studio.exe" "%~dp0..\resources\app.asar\out\cli\made.js" %*
