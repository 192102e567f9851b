; Rentbell's setup for Windows: for one user, without an administrator.
;
;   Rentbell-VERSION-setup.exe [/S] [/LOGIN] [/D=FOLDER]
;
; /S asks and shows nothing; then /LOGIN starts Rentbell at sign-in, which a window would
; ask. /D= must come last, without quotes. Over an earlier version the setup ends it, keeps
; data and choices, and opens Rentbell again where it was open. Exit codes: 2 when it could
; not be installed, 3 when the earlier one would not end.

Unicode true
Target amd64-unicode ; a 32-bit one needs what 64-bit systems may lack, and installs nothing there
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
!ifdef FAST ; for tests
SetCompressor zlib
!else
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!endif
AllowSkipFiles off
CRCCheck force

!define ID "app.rentbell.Rentbell"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Rentbell"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

Name "Rentbell"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Rentbell"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "Rentbell ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "Rentbell"
VIAddVersionKey /LANG=0 "CompanyName" "Rentbell contributors"
VIAddVersionKey /LANG=0 "FileDescription" "Rentbell setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Copyright 2026 Rentbell contributors, MIT licence"

!ifdef SIGN ; the uninstaller is a program of its own, and signed before it is packed
!finalize '${SIGN} "%1"' = 0
!uninstfinalize '${SIGN} "%1"' = 0
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemoveText)"

Page custom ask answered
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first one counts where Windows speaks none of them.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include words.nsh

Var Earlier ; the version that is replaced, or empty
Var WasOpen ; 1 where Rentbell has to be opened again
Var Moved ; 1 where the earlier version was in another folder
Var AtLogin
Var OnDesktop
Var Opens

; ---- What is asked

Function .onInit
	ReadRegStr $Earlier HKCU "${UNINSTALL}" "DisplayVersion"
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/LOGIN" $1
	${IfNot} ${Errors}
		StrCpy $AtLogin 1
	${EndIf}
FunctionEnd

Function ask
	${If} $Earlier == ""
		!insertmacro MUI_HEADER_TEXT "$(Title)" "$(Subtitle)"
	${Else}
		!insertmacro MUI_HEADER_TEXT "$(UpgradeTitle)" "$(Subtitle)"
	${EndIf}
	nsDialogs::Create 1018
	Pop $0
	${If} $Earlier == ""
		${NSD_CreateLabel} 0 0 100% 44u "$(Text)"
		Pop $0
		${NSD_CreateCheckBox} 0 50u 100% 12u "$(AtLoginChoice)"
		Pop $AtLogin
		${NSD_Check} $AtLogin
		${NSD_CreateCheckBox} 0 66u 100% 12u "$(OnDesktopChoice)"
		Pop $OnDesktop
	${Else}
		${NSD_CreateLabel} 0 0 100% 44u "$(UpgradeText)"
		Pop $0
	${EndIf}
	${NSD_CreateCheckBox} 0 82u 100% 12u "$(OpensChoice)"
	Pop $Opens
	${NSD_Check} $Opens
	${NSD_CreateLabel} 0 106u 100% 24u "$(Where)"
	Pop $0
	nsDialogs::Show
FunctionEnd

Function answered
	${If} $Earlier == ""
		${NSD_GetState} $AtLogin $AtLogin
		${NSD_GetState} $OnDesktop $OnDesktop
	${EndIf}
	${NSD_GetState} $Opens $Opens
FunctionEnd

; ---- A Rentbell that runs

; Free waits until a program can be replaced, and then asks. Windows lets nobody write to
; one that runs.
!macro Free program
	StrCpy $1 0
	${Do}
		${IfNot} ${FileExists} "${program}"
			${ExitDo}
		${EndIf}
		ClearErrors
		FileOpen $0 "${program}" a
		${IfNot} ${Errors}
			FileClose $0
			${ExitDo}
		${EndIf}
		Sleep 250
		IntOp $1 $1 + 1
		${If} $1 > 40
			StrCpy $1 0
			${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillOpen)" /SD IDCANCEL IDCANCEL`
				SetErrorLevel 3
				Quit
			${EndIf}
		${EndIf}
	${Loop}
!macroend

!macro EndRentbell un
Function ${un}EndRentbell
	${If} ${FileExists} "$INSTDIR\rentbell.exe"
		DetailPrint "$(Ending)"
		nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\rentbell.exe" --quit'
		Pop $0 ; what it could not end is seen below
	${EndIf}
	!insertmacro Free "$INSTDIR\rentbell.exe"
	!insertmacro Free "$INSTDIR\rentbelld.exe"
	!insertmacro Free "$INSTDIR\opengl\rentbell.exe"
FunctionEnd
!macroend
!insertmacro EndRentbell ""
!insertmacro EndRentbell "un."

Function NoteWhetherOpen
	${If} ${FileExists} "$INSTDIR\rentbell.exe"
		ClearErrors
		FileOpen $0 "$INSTDIR\rentbell.exe" a
		${If} ${Errors}
			StrCpy $WasOpen 1
		${Else}
			FileClose $0
		${EndIf}
	${EndIf}
FunctionEnd

; RemoveElsewhere removes an earlier version from another folder, and notes what its user had
; chosen. Windows says in APPROVED what was switched off in the Task Manager: that stays off.
Function RemoveElsewhere
	ReadRegStr $2 HKCU "${UNINSTALL}" "InstallLocation"
	${If} $2 == ""
	${OrIf} $2 == $INSTDIR
	${OrIfNot} ${FileExists} "$2\uninstall.exe"
		Return
	${EndIf}
	StrCpy $Moved 1
	StrCpy $AtLogin 0
	ReadRegStr $0 HKCU "${RUN}" "${ID}"
	${If} $0 != ""
		StrCpy $AtLogin 1
	${EndIf}
	StrCpy $0 0
	${Do}
		EnumRegValue $1 HKCU "${APPROVED}" $0
		${If} $1 == "${ID}"
			StrCpy $AtLogin 0
		${EndIf}
		IntOp $0 $0 + 1
	${LoopUntil} $1 == ""
	${If} ${FileExists} "$DESKTOP\Rentbell.lnk"
		StrCpy $OnDesktop 1
	${EndIf}
	ExecWait '"$2\uninstall.exe" /S _?=$2'
	Delete "$2\uninstall.exe" ; it does not copy itself away, so that it can be waited for
	RMDir "$2"
FunctionEnd

; The folder opengl holds a second copy of the program beside an OpenGL of its own: Windows
; takes the library that lies beside a program, and Rentbell starts that copy where the
; computer's driver cannot draw.
!macro DeleteOpenGL un
Function ${un}DeleteOpenGL
	Delete "$INSTDIR\opengl\rentbell.exe"
	Delete "$INSTDIR\opengl\*.dll"
	RMDir "$INSTDIR\opengl"
FunctionEnd
!macroend
!insertmacro DeleteOpenGL ""
!insertmacro DeleteOpenGL "un."

; ---- Install

Section
	Call NoteWhetherOpen
	Call RemoveElsewhere
	Call EndRentbell
	Call DeleteOpenGL ; an earlier version's
	ClearErrors
	SetOutPath "$INSTDIR"
	File "${FILES}\rentbell.exe"
	File "${FILES}\rentbelld.exe"
	File "${FILES}\licences.txt"
	File "/oname=rentbell.ico" "${ICON}" ; beside Rentbell's notifications
!ifdef OPENGL
	SetOutPath "$INSTDIR\opengl"
	File "${OPENGL}\*.dll"
	File "${FILES}\rentbell.exe" ; the same again takes no room in a solid setup
	SetOutPath "$INSTDIR"
!endif
	WriteUninstaller "$INSTDIR\uninstall.exe"
	${If} ${Errors}
		MessageBox MB_OK|MB_ICONSTOP "$(CannotWrite)" /SD IDOK
		SetErrorLevel 2
		Quit
	${EndIf}
	CreateShortcut "$SMPROGRAMS\Rentbell.lnk" "$INSTDIR\rentbell.exe"
	${If} $OnDesktop == 1
		CreateShortcut "$DESKTOP\Rentbell.lnk" "$INSTDIR\rentbell.exe"
	${EndIf}
	Call Register
	${If} $Earlier != ""
	${AndIf} $Moved != 1
		StrCpy $AtLogin 0 ; what the user chose since then counts
	${EndIf}
	${If} $AtLogin == 1
		nsExec::Exec /TIMEOUT=30000 '"$INSTDIR\rentbell.exe" --at-login on'
		Pop $0 ; the window has the same switch
	${EndIf}
	${If} $Opens == 1
		SetAutoClose true ; the window that opens says that all is done
	${EndIf}
SectionEnd

; Register lists Rentbell among the programs that Windows can remove.
Function Register
	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Rentbell"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\rentbell.exe"
	WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Rentbell contributors"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	IntFmt $0 "0x%08X" $0
	WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
FunctionEnd

Function .onInstSuccess
	${If} $Opens == 1
		Exec '"$INSTDIR\rentbell.exe"'
	${ElseIf} ${Silent}
	${AndIf} $WasOpen == 1
		Exec '"$INSTDIR\rentbell.exe" --hidden'
	${EndIf}
FunctionEnd

; ---- Remove

Section un.
	Call un.EndRentbell
	DeleteRegValue HKCU "${RUN}" "${ID}"
	DeleteRegValue HKCU "${APPROVED}" "${ID}"
	Delete "$SMPROGRAMS\Rentbell.lnk"
	Delete "$DESKTOP\Rentbell.lnk"
	Delete "$INSTDIR\rentbell.exe"
	Delete "$INSTDIR\rentbelld.exe"
	Delete "$INSTDIR\licences.txt"
	Delete "$INSTDIR\rentbell.ico"
	DeleteRegKey HKCU "Software\Classes\AppUserModelId\${ID}" ; Rentbell says there whose notifications are its own
	Call un.DeleteOpenGL
	Delete "$INSTDIR\uninstall.exe"
	RMDir "$INSTDIR" ; stays where something else is in it
	RMDir /r "$APPDATA\fyne\${ID}" ; the size that the window had, and such
	RMDir "$APPDATA\fyne"
	DeleteRegKey HKCU "${UNINSTALL}"
	MessageBox MB_OK|MB_ICONINFORMATION "$(Removed)" /SD IDOK
SectionEnd
