; The installer: for one person, without an administrator; again it repairs, a newer one takes the place of an older.
; With /ALLUSERS, started by an administrator: for everybody who uses the computer, in Program Files.
; Run by packaging/installers/kinds/windows.py, which defines what is in capitals. Silent: /S, and /D=FOLDER as the
; last argument, without quotes. Exit codes: 0 done, 1 cancelled, 2 failed, 3 the program is running, 4 /ALLUSERS
; without an administrator.
;
; SHCTX is HKEY_LOCAL_MACHINE with /ALLUSERS and HKEY_CURRENT_USER without; $SMPROGRAMS and $DESKTOP follow likewise.

Unicode true
Target amd64-unicode
ManifestDPIAware true
Name "${TITLE}"
OutFile "${OUT}"
InstallDir "" ; said with /D=, or else by .onInit
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64 ; of the sizes tried, 8 to 64, the smallest file: 36.0 MB against 40.5
!endif
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
!include FileFunc.nsh
!include "${TYPES_FILE}" ; the macro EveryType

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTITY}"
!define CLASSES "Software\Classes"
!define FOLDER_MENU "${CLASSES}\Directory\shell\${IDENTITY}" ; an entry in the menu of every folder
!define BEFORE "OpenedBefore" ; a value of our class: the class that had these files

Var Whom ; whom it is installed for, in words

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PANEL}"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "Close without installing? Nothing has been changed yet."

; Plain words in place of NSIS' own: for many who read them, English is a second language.
!macro Page page title words
  !define MUI_PAGE_HEADER_TEXT "${title}"
  !define MUI_PAGE_HEADER_SUBTEXT "${words}"
  !insertmacro MUI_${page}
!macroend

!macro PageToTick page title words
  !define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_TITLE "What it is"
  !define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_INFO "Point at a line to read what it is."
  !insertmacro Page ${page} "${title}" "${words}"
!macroend

!define MUI_COMPONENTSPAGE_TEXT_TOP "Tick what you want. Then choose Next."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "Install:"
!insertmacro PageToTick PAGE_COMPONENTS "Install the ${TITLE}" "$Whom It needs no network."
!define MUI_DIRECTORYPAGE_TEXT_TOP "The ${TITLE} goes into this folder. Choose Install to begin. It takes less than a minute."
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "Folder"
!insertmacro Page PAGE_DIRECTORY "Where it goes" "You can leave this as it is."
!insertmacro Page PAGE_INSTFILES "Installing" "The files of the ${TITLE} are being copied."
!define MUI_FINISHPAGE_TITLE "The ${TITLE} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu.$\r$\n$\r$\nTo remove it later: Settings, Apps."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Open the handbook"
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_CUSTOMFUNCTION_SHOW un.HideSpace
!define MUI_COMPONENTSPAGE_TEXT_TOP "Tick what is to be removed. Then choose Uninstall."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "Remove:"
!insertmacro PageToTick UNPAGE_COMPONENTS "Remove the ${TITLE}" "Workshops and PDF files that you saved stay where they are."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Removed"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "The ${TITLE} is no longer on this computer."
!insertmacro Page UNPAGE_INSTFILES "Removing" "The files of the ${TITLE} are being removed."

!insertmacro MUI_LANGUAGE English

!macro Stop code words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

; $0 is used.
!macro NeedAdministrator words
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    !insertmacro Stop 4 "${words} Nothing was changed."
  ${EndIf}
!macroend

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
  ReadRegStr $1 SHCTX "${UNINSTALL}" "InstallLocation"
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$1\uninstall.exe"
    !insertmacro NotRunning "$1"
    ClearErrors
    ExecWait '"$1\uninstall.exe" /S _?=$1' $2
    ${If} ${Errors}
    ${OrIf} $2 != 0
      !insertmacro Stop 2 "The older version could not be removed; nothing was changed. Restart Windows and try again."
    ${EndIf}
    Delete "$1\uninstall.exe"
    RMDir "$1"
  ${EndIf}
  !include "${REMOVE}" ; files of this version that no uninstaller has removed: a copy that was not installed

  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${TREE}/*"
  ${If} ${Errors}
    !insertmacro Stop 2 "The files could not be written to $INSTDIR. Is the disk full?"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "${SUMMARY}"

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${KIB}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
SectionEnd

; What opened them before gets them back when the handbook is removed.
!macro Take extension mime name
  ReadRegStr $0 SHCTX "${CLASSES}\.${extension}" ""
  ${If} $0 != ""
  ${AndIf} $0 != "${IDENTITY}.${extension}"
    WriteRegStr SHCTX "${CLASSES}\${IDENTITY}.${extension}" "${BEFORE}" $0
  ${EndIf}
  WriteRegStr SHCTX "${CLASSES}\${IDENTITY}.${extension}" "" "${name}"
  WriteRegStr SHCTX "${CLASSES}\${IDENTITY}.${extension}\DefaultIcon" "" '"$INSTDIR\${PROGRAM}",0'
  WriteRegStr SHCTX "${CLASSES}\${IDENTITY}.${extension}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.${extension}" "" "${IDENTITY}.${extension}"
  WriteRegStr SHCTX "${CLASSES}\.${extension}" "Content Type" "${mime}"
  WriteRegStr SHCTX "${CLASSES}\.${extension}\OpenWithProgids" "${IDENTITY}.${extension}" ""
!macroend

Section "Open workshops and handbooks with it" types
  !insertmacro EveryType Take
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; Explorer looks at file types anew
SectionEnd

Section /o "Shortcut on the desktop" shortcut
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "${SUMMARY}"
SectionEnd

Section /o "Entry in the menu of folders" folders
  WriteRegStr SHCTX "${FOLDER_MENU}" "" "Open in the ${TITLE}"
  WriteRegStr SHCTX "${FOLDER_MENU}" "Icon" '"$INSTDIR\${PROGRAM}",0'
  WriteRegStr SHCTX "${FOLDER_MENU}\command" "" '"$INSTDIR\${PROGRAM}" --content "%1"'
SectionEnd

; $2: not empty when one of the file types is ours.
!macro Look extension mime name
  ReadRegStr $0 SHCTX "${CLASSES}\${IDENTITY}.${extension}" ""
  StrCpy $2 "$2$0"
!macroend

; An upgrade goes where the handbook is, and offers what was chosen for the version that is there.
Function .onInit
  StrCpy $Whom "For you alone; no administrator is needed."
  SetShellVarContext current
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    !insertmacro NeedAdministrator "To install it for everybody, start this as an administrator."
    SetShellVarContext all
    StrCpy $Whom "For everybody who uses this computer."
  ${EndIf}
  ReadRegStr $1 SHCTX "${UNINSTALL}" "InstallLocation"
  ${If} $INSTDIR == "" ; nothing was said with /D=
    ${If} $1 != ""
      StrCpy $INSTDIR $1
    ${ElseIf} $Whom == "For everybody who uses this computer."
      StrCpy $INSTDIR "$PROGRAMFILES64\${TITLE}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${TITLE}"
    ${EndIf}
  ${EndIf}
  ; What was chosen for the version that is there.
  ${If} $1 != ""
    StrCpy $2 ""
    !insertmacro EveryType Look
    ${If} $2 == ""
      !insertmacro UnselectSection ${types}
    ${EndIf}
  ${EndIf}
  ReadRegStr $0 SHCTX "${FOLDER_MENU}" ""
  ${If} $0 != ""
    !insertmacro SelectSection ${folders}
  ${EndIf}
  ${If} ${FileExists} "$DESKTOP\${TITLE}.lnk"
    !insertmacro SelectSection ${shortcut}
  ${EndIf}
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${main} "The program with its texts."
  !insertmacro MUI_DESCRIPTION_TEXT ${types} "A double click on a workshop opens it. A double click on a handbook from elsewhere adds it."
  !insertmacro MUI_DESCRIPTION_TEXT ${shortcut} "The Start menu has one in any case."
  !insertmacro MUI_DESCRIPTION_TEXT ${folders} "For authors: opens any folder of Markdown files. The entry stands in the menu of every folder."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; NSIS tells how much space is needed, also for removing: 0.0 KB.
Function un.HideSpace
  FindWindow $0 "#32770" "" $HWNDPARENT
  GetDlgItem $0 $0 1023
  ShowWindow $0 ${SW_HIDE}
FunctionEnd

; Which of the two it is, if both are on the computer, is told by the folder.
Function un.onInit
  SetShellVarContext all
  ReadRegStr $0 SHCTX "${UNINSTALL}" "InstallLocation"
  ${If} $0 != $INSTDIR
    SetShellVarContext current
    Return
  ${EndIf}
  !insertmacro NeedAdministrator "It is installed for everybody: an administrator can remove it."
FunctionEnd

!macro GiveBack extension mime name
  ReadRegStr $1 SHCTX "${CLASSES}\${IDENTITY}.${extension}" "${BEFORE}"
  DeleteRegKey SHCTX "${CLASSES}\${IDENTITY}.${extension}"
  ReadRegStr $0 SHCTX "${CLASSES}\.${extension}" ""
  ${If} $0 == "${IDENTITY}.${extension}" ; unless another program took it over
    DeleteRegValue SHCTX "${CLASSES}\.${extension}" "Content Type"
    ${If} $1 == ""
      DeleteRegValue SHCTX "${CLASSES}\.${extension}" ""
    ${Else}
      WriteRegStr SHCTX "${CLASSES}\.${extension}" "" $1
    ${EndIf}
  ${EndIf}
  DeleteRegValue SHCTX "${CLASSES}\.${extension}\OpenWithProgids" "${IDENTITY}.${extension}"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.${extension}\OpenWithProgids" ; other programs may stand in it
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.${extension}"
!macroend

Section "!un.${TITLE}" un_main
  SectionIn RO
  !insertmacro NotRunning "$INSTDIR"
  !include "${REMOVE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays when a person put something there
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}"
  !insertmacro EveryType GiveBack
  DeleteRegKey SHCTX "${FOLDER_MENU}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "un.My settings and notes, too" un_own
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\${NAME}" ; where handbook/base/paths.py keeps them
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${un_main} "The program. Files that you put into its folder stay."
  !insertmacro MUI_DESCRIPTION_TEXT ${un_own} "Settings, last searches, which workshops you opened. They cannot be brought back."
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
