; MADE Studio for one person: no administrator, nothing outside the person's own folders and part of the registry.
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define NAME "MADE Studio"
!define PROGRAM "MADE Studio.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\made-studio"
!define OWN "Software\made-studio"
!define MODEL "MADEStudio.safetensors"
!define PARCEL "MADEStudio.zip"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN}" "InstallLocation"
ManifestDPIAware true
ManifestSupportedOS all
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${VENDOR}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!include "${HERE}/path.nsh"

; A program that runs keeps its files: then it says so instead of leaving half of the old and half of the new.
!macro REQUIRE_CLOSED
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    Delete "$INSTDIR\${PROGRAM}"
    ${If} ${Errors}
      MessageBox MB_ICONSTOP "MADE Studio is running. Close it, and try again." /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
!macroend

; A kind of file by the name of its class, its extension and its words.
!macro OFFER CLASS EXTENSION WORDS
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "${WORDS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${CLASS}" ""
!macroend

!macro NO_LONGER_OFFER CLASS EXTENSION
  DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}"
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "MADE Studio needs Windows 10 or newer." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "MADE Studio needs a 64-bit Windows." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro REQUIRE_CLOSED
  ; What an older version left is not mixed with the new one.
  RMDir /r "$INSTDIR\resources"
  RMDir /r "$INSTDIR\locales"
  RMDir /r "$INSTDIR\bin"
  SetOutPath "$INSTDIR"
  File /r "${APP}/*.*"
  WriteUninstaller "$INSTDIR\Uninstall ${NAME}.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${OWN}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${VENDOR}"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "${HOMEPAGE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall ${NAME}.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall ${NAME}.exe" /S'
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0

  ; Offered under "Open with", and taken where nothing else opens such files; nobody's choice is taken away.
  !insertmacro OFFER "${MODEL}" ".safetensors" "Model (safetensors)"
  !insertmacro OFFER "${PARCEL}" ".zip" "Parcel of a run (zip)"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  Push "$INSTDIR\bin"
  Call AddToPath
SectionEnd

Section "Uninstall"
  !insertmacro REQUIRE_CLOSED
  Push "$INSTDIR\bin"
  Call un.RemoveFromPath
  RMDir /r "$INSTDIR\resources"
  RMDir /r "$INSTDIR\locales"
  RMDir /r "$INSTDIR\bin"
  ; The files that lie beside them, one by one: a folder may hold what is not ours.
  !include "${FILES}"
  Delete "$INSTDIR\Uninstall ${NAME}.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro NO_LONGER_OFFER "${MODEL}" ".safetensors"
  !insertmacro NO_LONGER_OFFER "${PARCEL}" ".zip"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${OWN}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
