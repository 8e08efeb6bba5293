; A folder in the person's PATH. The variable may be longer than the strings that NSIS can hold, so it stays in memory of
; Windows and is changed there.

!define ENVIRONMENT "Environment"
!define KEY_READ_WRITE 0x2001F
!define REG_EXPAND_SZ 2

; $R0 the folder, $R1 the key, $R2 the memory, $R3 its size in letters, $R4 the kind of value, $R5 a place in the text.
!macro READ_PATH
  StrCpy $R1 0
  System::Call 'advapi32::RegCreateKeyExW(p 0x80000001, w "${ENVIRONMENT}", i 0, p 0, i 0, i ${KEY_READ_WRITE}, p 0, *p .R1, p 0) i .R6'
  StrCpy $R4 ${REG_EXPAND_SZ}
  StrCpy $R3 0
  System::Call 'advapi32::RegQueryValueExW(p R1, w "Path", p 0, *i .R4, p 0, *i .R3) i .R6'
  ${If} $R6 <> 0
    StrCpy $R3 0
    StrCpy $R4 ${REG_EXPAND_SZ}
  ${EndIf}
  StrLen $R7 $R0
  ; Room for the folder, two separators and the end, in bytes.
  IntOp $R7 $R7 + 4
  IntOp $R7 $R7 * 2
  IntOp $R7 $R7 + $R3
  System::Alloc $R7
  Pop $R2
  ${If} $R3 > 0
    System::Call 'advapi32::RegQueryValueExW(p R1, w "Path", p 0, p 0, p R2, *i R7) i .R6'
  ${EndIf}
!macroend

!macro WRITE_PATH
  System::Call 'kernel32::lstrlenW(p R2) i .R3'
  IntOp $R3 $R3 + 1
  IntOp $R3 $R3 * 2
  System::Call 'advapi32::RegSetValueExW(p R1, w "Path", i 0, i R4, p R2, i R3) i .R6'
  ; Programs that start others, such as the desktop, read it anew.
  System::Call 'user32::SendMessageTimeoutW(p 0xFFFF, i 0x1A, p 0, w "${ENVIRONMENT}", i 2, i 2000, *p .R6)'
!macroend

!macro CLOSE_PATH
  System::Call 'advapi32::RegCloseKey(p R1)'
  System::Free $R2
!macroend

; Puts the folder on the stack at the end of the PATH, unless it is there.
Function AddToPath
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  Push $R4
  Push $R5
  Push $R6
  Push $R7
  !insertmacro READ_PATH
  System::Call 'shlwapi::StrStrIW(p R2, w R0) p .R5'
  ${If} $R5 P= 0
    System::Call 'kernel32::lstrlenW(p R2) i .R3'
    ${If} $R3 > 0
      System::Call 'kernel32::lstrcatW(p R2, w ";")'
    ${EndIf}
    System::Call 'kernel32::lstrcatW(p R2, w R0)'
    !insertmacro WRITE_PATH
  ${EndIf}
  !insertmacro CLOSE_PATH
  Pop $R7
  Pop $R6
  Pop $R5
  Pop $R4
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd

; Takes the folder on the stack out of the PATH, with the separator before it or, where it is the first, after it.
Function un.RemoveFromPath
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  Push $R4
  Push $R5
  Push $R6
  Push $R7
  !insertmacro READ_PATH
  System::Call 'shlwapi::StrStrIW(p R2, w R0) p .R5'
  ${If} $R5 P<> 0
    StrLen $R3 $R0
    IntOp $R3 $R3 * 2
    IntPtrOp $R6 $R5 + $R3
    ${If} $R5 P= $R2
      System::Call '*$R6(&w1 .R7)'
      ${If} $R7 == ";"
        IntPtrOp $R6 $R6 + 2
      ${EndIf}
    ${Else}
      IntPtrOp $R5 $R5 - 2
    ${EndIf}
    ; The rest moves to where the folder began.
    System::Call 'kernel32::lstrlenW(p R6) i .R7'
    IntOp $R7 $R7 + 1
    IntOp $R7 $R7 * 2
    System::Call 'ntdll::memmove(p R5, p R6, p R7)'
    !insertmacro WRITE_PATH
  ${EndIf}
  !insertmacro CLOSE_PATH
  Pop $R7
  Pop $R6
  Pop $R5
  Pop $R4
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd
