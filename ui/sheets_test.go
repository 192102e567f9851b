package ui

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// browsing is an app that notes what it opens.
type browsing struct {
	fyne.App
	opened []string
	err    error
}

func (b *browsing) OpenURL(u *url.URL) error {
	b.opened = append(b.opened, u.String())
	return b.err
}

// expecting opens the rents of the month, and notes what the browser opens. Exports go
// into a folder that does not exist yet.
func expecting(t *testing.T) (d seat, b *browsing, dir string) {
	t.Helper()
	d = open(t, uitest.Office(t), kit.Light, usual)
	dir = filepath.Join(t.TempDir(), "Rentbell exports")
	if err := d.bell.Change(t.Context(), func(s *core.Settings) { s.ExportDir, s.Company = dir, "Oakline Property Care" }); err != nil {
		t.Fatal(err)
	}
	b = &browsing{App: d.app}
	d.app = b
	d.feeds.OpenExpected("")
	return d, b, dir
}

func TestCtrlPShowsTheMonthSheetInTheBrowser(t *testing.T) {
	d, b, dir := expecting(t)
	d.shortcut(fyne.KeyP, 0)
	path := filepath.Join(dir, "Rentbell rent 2026-06.html")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Rent for June 2026", "Oakline Property Care", "Dana Whitfield"} {
		if !strings.Contains(string(page), part) {
			t.Errorf("the sheet lacks %q", part)
		}
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	d.wantShown(t, "The month sheet of June 2026 is open in your browser, to print or to save as PDF.")
	uitest.Tap(t, d.window.Content(), "Show file")
	if want := []string{fileURL(path).String(), fileURL(dir).String()}; len(b.opened) != 2 || b.opened[0] != want[0] || b.opened[1] != want[1] {
		t.Errorf("opened %q, want %q", b.opened, want)
	}
	d.Open(leasesSection)
	d.shortcut(fyne.KeyP, 0) // no month is in front
	d.Open(paymentsSection)
	d.wantGone(t, "The month sheet of June 2026 is open in your browser, to print or to save as PDF.")
	if len(b.opened) != 2 {
		t.Errorf("opened %q", b.opened)
	}
}

func TestAMonthSheetThatNobodyOpensIsSavedAllTheSame(t *testing.T) {
	d, b, dir := expecting(t)
	b.err = errors.New("no browser")
	uitest.Tap(t, d.window.Content(), "Month sheet")
	d.wantShown(t, "The month sheet of June 2026 is saved. No browser opened it.", "Show file")
	b.err = nil
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Tap(t, d.window.Content(), "Month sheet")
	d.wantGone(t, "Show file", "Writing the month sheet of June 2026", "The month sheet of June 2026 is saved. No browser opened it.")
	if len(b.opened) != 1 {
		t.Errorf("opened %q", b.opened)
	}
}

func TestLeaseEndsAreSavedAsACalendar(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	path := filepath.Join(t.TempDir(), "ends.ics")
	d.chooser.System = picks(path)
	d.Open(leasesSection)
	uitest.Tap(t, d.window.Content(), "Save as calendar")
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), "BEGIN:VCALENDAR\r\n") || !strings.Contains(string(text), "Lease ends: Terrence Cole") {
		t.Errorf("%v, %s", err, text)
	}
	d.wantShown(t, "Saved as ends.ics. Import it into your calendar. A later one updates what is there.", "Show file")
	d.chooser.System = picks(filepath.Dir(path))
	uitest.Tap(t, d.window.Content(), "Save as calendar")
	d.wantGone(t, "Show file")
	d.Open(leasesSection)
	d.wantGone(t, "Saved as ends.ics. Import it into your calendar. A later one updates what is there.")
}
