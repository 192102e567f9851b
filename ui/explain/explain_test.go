package explain

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/explain/wordtest"
)

// checkWords holds words to the design's rules.
func checkWords(t *testing.T, what string, w Words) {
	t.Helper()
	wordtest.Words(t, what, w.Title, w.Cause, w.Fix)
}

func TestEverySentinelHasWords(t *testing.T) {
	for _, rows := range sentinels() {
		for _, r := range rows {
			w := English.Error(fmt.Errorf("do something with secret 4f2a: %w", r.err))
			checkWords(t, r.err.Error(), w)
			if w != r.words {
				t.Errorf("%v is taken for %q", r.err, w.Title)
			}
		}
	}
	full := fmt.Errorf("%w: %w", core.ErrStorage, &fs.PathError{Op: "write", Path: "/x", Err: diskFull})
	if got := English.Error(full); !strings.Contains(got.Cause, "full") {
		t.Errorf("full disk: %+v", got)
	}
	asks := English.Error(fmt.Errorf("load secrets: %w: %w", core.ErrNoVault, context.DeadlineExceeded))
	checkWords(t, "keychain that asks", asks)
	if asks != keychainAsks {
		t.Errorf("a keychain that waits for its password: %+v", asks)
	}
	for _, backup := range []error{core.ErrNoBackup, core.ErrBadBackup} {
		if got := English.Error(fmt.Errorf("%w: %w", backup, core.ErrDamaged)); got != English.Error(backup) {
			t.Errorf("%v is taken for %q", backup, got.Title)
		}
	}
	other := English.Error(errors.New("bolt: page 7 already freed"))
	checkWords(t, "any other", other)
	if other != unexplained || other.Known() || !asks.Known() || (Words{}).Known() {
		t.Errorf("any other error: %+v", other)
	}
	room := English.Error(fmt.Errorf("prepare store: %w", &core.NoRoomError{Missing: 412_000_000}))
	checkWords(t, "no room to write the data anew", room)
	if !strings.Contains(room.Cause, "412 MB") {
		t.Errorf("no room to write the data anew: %+v", room)
	}
	lines := English.Error(fmt.Errorf("import: %w", &core.LeftOutError{Lines: []int{4, 9}}))
	checkWords(t, "lines that are left out", lines)
	if !strings.Contains(lines.Cause, "4, 9.") {
		t.Errorf("lines that are left out: %+v", lines)
	}
	for left, says := range map[int]string{3: "3 tries left.", 1: "One try is left.", 0: "No try is left."} {
		code := English.Error(fmt.Errorf("join: %w", &office.WrongCode{Left: left}))
		checkWords(t, "a wrong code", code)
		if code.Cause != says {
			t.Errorf("%d tries left: %+v", left, code)
		}
	}
	for want, e := range map[string]core.ClaimedError{
		"Maria exported these 41 payments at 2:02 PM":          {Rows: 41},
		"Maria is exporting these payments":                    {Writing: true},
		"Maria began to export these payments and did not end": {Writing: true, Stale: true},
	} {
		today := time.Now()
		e.By, e.At = "Maria", time.Date(today.Year(), today.Month(), today.Day(), 14, 2, 0, 0, time.Local)
		w := English.Error(fmt.Errorf("export: %w", &e))
		if checkWords(t, want, w); w.Title != want {
			t.Errorf("got %q, want %q", w.Title, want)
		}
	}
	if English.Error(nil) != (Words{}) {
		t.Error("no error has words")
	}
}

// coreErrors are core's errors that need nothing but to be recognised, by name.
var coreErrors = map[string]error{
	"ErrNoStore":    core.ErrNoStore,
	"ErrOfficeAway": core.ErrOfficeAway, "ErrDeskTooOld": core.ErrDeskTooOld,
	"ErrNoRecipe": core.ErrNoRecipe, "ErrNotTheSame": core.ErrNotTheSame, "ErrExporting": core.ErrExporting,
	"ErrLongCompany":  core.ErrLongCompany,
	"ErrForgedUpdate": core.ErrForgedUpdate, "ErrExpiredUpdate": core.ErrExpiredUpdate, "ErrBadUpdate": core.ErrBadUpdate,
	"ErrNoKeys": core.ErrNoKeys, "ErrNoSecret": core.ErrNoSecret, "ErrSettings": core.ErrSettings, "ErrCredentials": core.ErrCredentials, "ErrUnavailable": core.ErrUnavailable, "ErrBadKind": core.ErrBadKind,
	"ErrBadReportsDir": core.ErrBadReportsDir, "ErrBadReportsURL": core.ErrBadReportsURL, "ErrBadCompany": core.ErrBadCompany, "ErrBadAccountID": core.ErrBadAccountID,
	"ErrBadYears": core.ErrBadYears, "ErrBadBackup": core.ErrBadBackup, "ErrNoBackup": core.ErrNoBackup,
	"ErrBadAddress": core.ErrBadAddress, "ErrBadAmount": core.ErrBadAmount, "ErrBadBell": core.ErrBadBell, "ErrBadSecret": core.ErrBadSecret,
	"ErrBadAppFolioURL": core.ErrBadAppFolioURL, "ErrBadPort": core.ErrBadPort, "ErrBadLook": core.ErrBadLook,
	"ErrBadProxy": core.ErrBadProxy, "ErrClockWrong": core.ErrClockWrong, "ErrClosed": core.ErrClosed, "ErrDamaged": core.ErrDamaged, "ErrForged": core.ErrForged,
	"ErrFormat": core.ErrFormat, "ErrForeignDir": core.ErrForeignDir, "ErrForeignLink": core.ErrForeignLink, "ErrSharedDir": core.ErrSharedDir, "ErrInUse": core.ErrInUse, "ErrLocked": core.ErrLocked, "ErrKeychainSlow": core.ErrKeychainSlow, "ErrKeychainLocked": core.ErrKeychainLocked, "ErrForThisRun": core.ErrForThisRun, "ErrLoginPath": core.ErrLoginPath, "ErrLowDisk": core.ErrLowDisk,
	"ErrNoTable": core.ErrNoTable, "ErrEmptyTable": core.ErrEmptyTable, "ErrPDF": core.ErrPDF, "ErrWorkbook": core.ErrWorkbook,
	"ErrTableTooLarge": core.ErrTableTooLarge, "ErrLaterImport": core.ErrLaterImport, "ErrNoIDColumn": core.ErrNoIDColumn, "ErrColumns": core.ErrColumns, "ErrNoNames": core.ErrNoNames,
	"ErrCrowdedDir": core.ErrCrowdedDir, "ErrNoReports": core.ErrNoReports, "ErrOldReports": core.ErrOldReports, "ErrUnknownTable": core.ErrUnknownTable, "ErrFileClosed": core.ErrFileClosed, "ErrNotFolder": core.ErrNotFolder, "ErrDataDir": core.ErrDataDir, "ErrNoReportsDir": core.ErrNoReportsDir,
	"ErrRentColumns": core.ErrRentColumns, "ErrNoRents": core.ErrNoRents, "ErrReportColumns": core.ErrReportColumns, "ErrEmptyReport": core.ErrEmptyReport,
	"ErrNewer": core.ErrNewer, "ErrNoAddress": core.ErrNoAddress, "ErrNoControl": core.ErrNoControl, "ErrNoList": core.ErrNoList,
	"ErrNoNotifier": core.ErrNoNotifier, "ErrNoVault": core.ErrNoVault, "ErrNoWindow": core.ErrNoWindow, "ErrNotFile": core.ErrNotFile,
	"ErrNotFound": core.ErrNotFound, "ErrNotListening": core.ErrNotListening, "ErrNotRegistered": core.ErrNotRegistered,
	"ErrNotRunning": core.ErrNotRunning, "ErrNotSetUp": core.ErrNotSetUp, "ErrPassphrase": core.ErrPassphrase, "ErrReportsCredentials": core.ErrReportsCredentials, "ErrTestByHand": core.ErrTestByHand, "ErrPeriod": core.ErrPeriod,
	"ErrPlainHTTP": core.ErrPlainHTTP, "ErrPortal": core.ErrPortal, "ErrPortInUse": core.ErrPortInUse, "ErrProxyAuth": core.ErrProxyAuth,
	"ErrProxyPassword": core.ErrProxyPassword, "ErrProxyRefused": core.ErrProxyRefused, "ErrProxyUnreachable": core.ErrProxyUnreachable,
	"ErrOtherAccount":  core.ErrOtherAccount,
	"ErrSecretDiffers": core.ErrSecretDiffers, "ErrSignaturesWrong": core.ErrSignaturesWrong, "ErrStorage": core.ErrStorage, "ErrVaultDamaged": core.ErrVaultDamaged, "ErrTooLong": core.ErrTooLong, "ErrTestLost": core.ErrTestLost,
}

func TestNoErrorOfCoreIsWithoutWords(t *testing.T) {
	for _, name := range errorNames(t, "../../core") {
		err, listed := coreErrors[name]
		if !listed {
			t.Errorf("core.%s is new: give it words, and list it here", name)
			continue
		}
		if English.Error(err) == unexplained {
			t.Errorf("core.%s has no words", name)
		}
	}
}

// officeErrors are those of core/office that need nothing but to be recognised, by name.
var officeErrors = map[string]error{
	"ErrCode": office.ErrCode, "ErrCodeUsed": office.ErrCodeUsed, "ErrRevoked": office.ErrRevoked, "ErrUnreachable": office.ErrUnreachable,
	"ErrStranger": office.ErrStranger, "ErrNotJoined": office.ErrNotJoined, "ErrNotReceiver": office.ErrNotReceiver, "ErrOwnEvents": office.ErrOwnEvents, "ErrTooNew": office.ErrTooNew,
	"ErrNoDesk": office.ErrNoDesk, "ErrNoManager": office.ErrNoManager, "ErrOwnDesk": office.ErrOwnDesk,
	"ErrClusterAway": office.ErrClusterAway, "ErrClusterDomain": office.ErrClusterDomain, "ErrClusterSmall": office.ErrClusterSmall, "ErrClusterTaken": office.ErrClusterTaken,
	"ErrNoneFound": office.ErrNoneFound, "ErrSeveralFound": office.ErrSeveralFound,
}

func TestNoErrorOfAnOfficeIsWithoutWords(t *testing.T) {
	for _, name := range errorNames(t, "../../core/office") {
		if err, listed := officeErrors[name]; !listed || English.Error(err) == unexplained {
			t.Errorf("office.%s has no words, or is not listed here", name)
		}
	}
}

// errorNames lists the exported variables of a package that are errors by name.
func errorNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					if strings.HasPrefix(id.Name, "Err") {
						names = append(names, id.Name)
					}
				}
			}
		}
	}
	return names
}
