package frame

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Documents returns the path of a folder among the user's documents. It makes none.
func Documents(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(os.TempDir(), name)
	}
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		home = documents
	}
	return filepath.Join(home, name)
}

// ReportsDir returns the folder of AppFolio's reports, or the one that is proposed while
// none is chosen. It makes neither.
func ReportsDir(s core.Settings) string {
	if s.ReportsDir != "" {
		return s.ReportsDir
	}
	return Documents("AppFolio reports")
}

// WatchReports connects by the reports in a folder. It makes the folder if there is none,
// for the user alone.
func (s *Saver) WatchReports(dir string, done func(error)) {
	s.Do(func(ctx context.Context) error {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		return s.Keeper.Change(ctx, func(to *core.Settings) { to.Kind, to.ReportsDir = core.KindReports, dir })
	}, done)
}

// DescribeFolder says in a word how the folder of reports goes, with how a chip shows it.
func DescribeFolder(s core.ReportsStatus, now time.Time) (kit.Family, fyne.Resource, string) {
	latest := s.Latest()
	switch age := now.Sub(latest); {
	case s.Dir == "":
		return kit.Neutral, assets.Info, words.Say("Not set up")
	case errors.Is(s.Problem, fs.ErrNotExist):
		return kit.Bad, assets.Alert, words.Say("The folder is gone")
	case s.Problem != nil:
		return kit.Bad, assets.Alert, words.Say("Folder trouble")
	case !latest.IsZero() && age >= core.StaleReports:
		return kit.Warn, assets.Clock, words.Say("No report for %s days", explain.Number(int(age/(24*time.Hour))))
	}
	return kit.Good, assets.Verified, words.Say("Watching")
}

// NewReportsGuide explains in three steps how reports come into the folder, and what
// becomes of them.
func NewReportsGuide() fyne.CanvasObject {
	list := kit.VStack(10)
	for i, s := range []struct{ title, text string }{
		{words.Say("Open Reports in AppFolio"), words.Say("Income Register and Rent Roll, and where you like Work Order and Delinquency.")},
		{words.Say("Export as CSV, or schedule an e-mail"), words.Say("Save the file, or what the e-mail brings, into the folder. Nothing counts twice.")},
		{words.Say("Rentbell takes it from there"), words.Say("It reads each file and moves it to “done”, or to “failed” with the reason beside it.")},
	} {
		step := newGuideStep(i+1, s.title, nil)
		step.text.Set(s.text)
		list.Add(step.object)
	}
	return list
}
