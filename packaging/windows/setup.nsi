; The installer: for one person, without an administrator; again it repairs, a newer one takes the place of an older.
; Run by packaging/installers/kinds/windows.py, which defines what is in capitals. Silent: /S, and /D=FOLDER as the
; last argument, without quotes. Exit codes: 0 done, 1 cancelled, 2 failed, 3 the program is running.

Unicode true
Target amd64-unicode
ManifestDPIAware true
Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${TITLE}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; of the sizes tried, 8 to 64, the smallest file: 36.0 MB against 40.5
CRCCheck on
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${TITLE} ${VERSION}"

VIProductVersion "${VERSION4}"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${TITLE}: installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "${PUBLISHER}"

!include MUI2.nsh
!include Sections.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTITY}"
!define CLASSES "Software\Classes"
!define CLASS "${IDENTITY}.${EXTENSION}"
!define BEFORE "OpenedBefore" ; a value of our class: the class that had these files

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PANEL}"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "Close without installing? Nothing has been changed yet."

; Plain words in place of NSIS' own: for many who read them, English is a second language.
!define MUI_PAGE_HEADER_TEXT "Install the ${TITLE}"
!define MUI_PAGE_HEADER_SUBTEXT "For you alone. It needs no administrator and no network."
!define MUI_COMPONENTSPAGE_TEXT_TOP "Tick what you want. Then choose Next."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "Install:"
!define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_TITLE "What it is"
!define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_INFO "Point at a line to read what it is."
!insertmacro MUI_PAGE_COMPONENTS

!define MUI_PAGE_HEADER_TEXT "Where it goes"
!define MUI_PAGE_HEADER_SUBTEXT "You can leave this as it is."
!define MUI_DIRECTORYPAGE_TEXT_TOP "The ${TITLE} goes into this folder. Choose Install to begin. It takes less than a minute."
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "Folder"
!insertmacro MUI_PAGE_DIRECTORY

!define MUI_PAGE_HEADER_TEXT "Installing"
!define MUI_PAGE_HEADER_SUBTEXT "The files of the ${TITLE} are being copied."
!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "The ${TITLE} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu.$\r$\n$\r$\nTo remove it later: Settings, Apps."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Open the handbook"
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_HEADER_TEXT "Remove the ${TITLE}"
!define MUI_PAGE_HEADER_SUBTEXT "Workshops and PDF files that you saved stay where they are."
!define MUI_COMPONENTSPAGE_TEXT_TOP "Tick what is to be removed. Then choose Uninstall."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "Remove:"
!define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_TITLE "What it is"
!define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_INFO "Point at a line to read what it is."
!define MUI_PAGE_CUSTOMFUNCTION_SHOW un.HideSpace
!insertmacro MUI_UNPAGE_COMPONENTS

!define MUI_PAGE_HEADER_TEXT "Removing"
!define MUI_PAGE_HEADER_SUBTEXT "The files of the ${TITLE} are being removed."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Removed"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "The ${TITLE} is no longer on this computer."
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE English

; A running program cannot be opened for writing. $0 is used.
!macro NotRunning folder
  !define AGAIN ${__LINE__}
  again_${AGAIN}:
  IfFileExists "${folder}\${PROGRAM}" 0 free_${AGAIN}
  ClearErrors
  FileOpen $0 "${folder}\${PROGRAM}" a
  IfErrors 0 close_${AGAIN}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "The handbook is open. Close it, then choose Retry." /SD IDCANCEL IDRETRY again_${AGAIN}
    SetErrorLevel 3
    Quit
  close_${AGAIN}:
  FileClose $0
  free_${AGAIN}:
  !undef AGAIN
!macroend

Section "!${TITLE}" main
  SectionIn RO
  !insertmacro NotRunning "$INSTDIR"

  ; An older version knows its own files: it is let to remove them, wherever it is. It keeps settings and notes.
  ReadRegStr $1 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$1\uninstall.exe"
    !insertmacro NotRunning "$1"
    ClearErrors
    ExecWait '"$1\uninstall.exe" /S _?=$1' $2
    ${If} ${Errors}
    ${OrIf} $2 != 0
      MessageBox MB_OK|MB_ICONSTOP "The older version could not be removed; nothing was changed. Restart Windows and try again." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    Delete "$1\uninstall.exe"
    RMDir "$1"
  ${EndIf}
  !include "${REMOVE}" ; files of this version that no uninstaller has removed: a copy that was not installed

  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${TREE}/*"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "The files could not be written to $INSTDIR. Is the disk full?" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "${SUMMARY}"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KIB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Open .${EXTENSION} files with the handbook" types
  ; What opened them before gets them back when the handbook is removed.
  ReadRegStr $0 HKCU "${CLASSES}\.${EXTENSION}" ""
  ${If} $0 != ""
  ${AndIf} $0 != "${CLASS}"
    WriteRegStr HKCU "${CLASSES}\${CLASS}" "${BEFORE}" $0
  ${EndIf}
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${TYPE_NAME}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" '"$INSTDIR\${PROGRAM}",0'
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.${EXTENSION}" "" "${CLASS}"
  WriteRegStr HKCU "${CLASSES}\.${EXTENSION}" "Content Type" "${MIME}"
  WriteRegStr HKCU "${CLASSES}\.${EXTENSION}\OpenWithProgids" "${CLASS}" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; Explorer looks at file types anew
SectionEnd

Section /o "Shortcut on the desktop" shortcut
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "${SUMMARY}"
SectionEnd

; An upgrade goes where the handbook is, and offers what was chosen for the version that is there.
Function .onInit
  SetShellVarContext current
  ReadRegStr $1 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $1 != ""
  ${AndIf} $INSTDIR == "$LOCALAPPDATA\Programs\${TITLE}" ; nothing was said with /D=
    StrCpy $INSTDIR $1
  ${EndIf}
  ReadRegStr $2 HKCU "${CLASSES}\${CLASS}" ""
  ${If} $1 != ""
  ${AndIf} $2 == ""
    !insertmacro UnselectSection ${types}
  ${EndIf}
  ${If} ${FileExists} "$DESKTOP\${TITLE}.lnk"
    !insertmacro SelectSection ${shortcut}
  ${EndIf}
FunctionEnd

LangString text_main ${LANG_ENGLISH} "The program with its texts, for you alone. No administrator is needed."
LangString text_types ${LANG_ENGLISH} "A double click on a workshop that you saved opens it."
LangString text_shortcut ${LANG_ENGLISH} "The Start menu has one in any case."
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${main} $(text_main)
  !insertmacro MUI_DESCRIPTION_TEXT ${types} $(text_types)
  !insertmacro MUI_DESCRIPTION_TEXT ${shortcut} $(text_shortcut)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; NSIS tells how much space is needed, also for removing: 0.0 KB.
Function un.HideSpace
  FindWindow $0 "#32770" "" $HWNDPARENT
  GetDlgItem $0 $0 1023
  ShowWindow $0 ${SW_HIDE}
FunctionEnd

Function un.onInit
  SetShellVarContext current
FunctionEnd

Section "!un.${TITLE}" un_main
  SectionIn RO
  !insertmacro NotRunning "$INSTDIR"
  !include "${REMOVE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays when a person put something there
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  ReadRegStr $1 HKCU "${CLASSES}\${CLASS}" "${BEFORE}"
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
  ReadRegStr $0 HKCU "${CLASSES}\.${EXTENSION}" ""
  ${If} $0 == "${CLASS}" ; unless another program took it over
    DeleteRegValue HKCU "${CLASSES}\.${EXTENSION}" "Content Type"
    ${If} $1 == ""
      DeleteRegValue HKCU "${CLASSES}\.${EXTENSION}" ""
    ${Else}
      WriteRegStr HKCU "${CLASSES}\.${EXTENSION}" "" $1
    ${EndIf}
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.${EXTENSION}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.${EXTENSION}\OpenWithProgids" ; other programs may stand in it
  DeleteRegKey /ifempty HKCU "${CLASSES}\.${EXTENSION}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "un.My settings and notes, too" un_own
  RMDir /r "$LOCALAPPDATA\${NAME}" ; where handbook/base/paths.py keeps them
SectionEnd

LangString text_un_main ${LANG_ENGLISH} "The program. Files that you put into its folder stay."
LangString text_un_own ${LANG_ENGLISH} "Settings, last searches, which workshops you opened. They cannot be brought back."
!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${un_main} $(text_un_main)
  !insertmacro MUI_DESCRIPTION_TEXT ${un_own} $(text_un_own)
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
