package inbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"rentbell/core"
	"rentbell/core/inbox"
)

// ledger takes files whose first line says their kind and whose other lines are rows, each
// kept once.
type ledger struct {
	mu    sync.Mutex
	rows  map[string]bool
	torn  string   // the file of this name cannot be read
	taken []string // names of files, in the order in which they came
	then  func()   // called once a file is imported
	fails error    // every import ends so
}

func (l *ledger) Kind(file io.Reader) (core.TableKind, error) {
	line, err := bufio.NewReader(file).ReadString('\n')
	kind := core.TableKind(strings.TrimSpace(line))
	if err != nil || !kind.Report() && kind != core.TableRents {
		return "", core.ErrUnknownTable
	}
	return kind, nil
}

func (l *ledger) Take(_ context.Context, f inbox.File) (a inbox.Result, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f.Name == l.torn {
		return a, &os.PathError{Op: "read", Path: f.Name, Err: syscall.EIO}
	}
	if l.fails != nil {
		return a, fmt.Errorf("keep rows: %w", l.fails)
	}
	lines := bufio.NewScanner(f)
	for lines.Scan(); lines.Scan(); a.Rows++ {
		if lines.Text() == "unreadable" {
			a.LeftOut = append(a.LeftOut, a.Rows+2)
			continue
		}
		if l.rows[lines.Text()] {
			a.Taken.Same++
		} else {
			a.Taken.Added++
		}
		l.rows[lines.Text()] = true
	}
	l.taken = append(l.taken, f.Name)
	if l.then != nil {
		l.then()
	}
	return a, lines.Err()
}

// memo remembers what a store does.
type memo struct{ core.ReportsMemo }

func (m *memo) Reports() (core.ReportsMemo, error) {
	return core.ReportsMemo{Newest: maps.Clone(m.Newest), Failed: slices.Clone(m.Failed)}, nil
}

func (m *memo) SaveReports(to core.ReportsMemo) error {
	m.ReportsMemo = core.ReportsMemo{Newest: maps.Clone(to.Newest), Failed: slices.Clone(to.Failed)}
	return nil
}

// office is a folder, and an Inbox that watches it in the time of a synctest bubble.
type office struct {
	t      *testing.T
	dir    string
	cfg    inbox.Config
	ledger ledger
	memo   memo
	told   []core.ReportsStatus
	events chan fsnotify.Event // what the system tells
	inbox  *inbox.Inbox
	cancel func() // tells it to end
	end    func() // waits for that, too
}

// openOffice runs an Inbox on an empty folder. The system tells nothing of it by itself.
func openOffice(t *testing.T, change ...func(*office)) *office {
	t.Helper()
	o := &office{t: t, dir: t.TempDir(), ledger: ledger{rows: map[string]bool{}}, events: make(chan fsnotify.Event)}
	o.cfg = inbox.Config{
		Dir: func() string { return o.dir }, Taker: &o.ledger, Store: &o.memo, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Why: func(err error) string { return "It is so: " + err.Error() + "." },
		Tell: func(s core.ReportsStatus) {
			o.ledger.mu.Lock()
			defer o.ledger.mu.Unlock()
			o.told = append(o.told, s)
		},
		Notify: func(string) (*inbox.Notifier, error) {
			return &inbox.Notifier{Events: o.events, Errors: make(chan error), Close: func() error { return nil }}, nil
		},
	}
	for _, f := range change {
		f(o)
	}
	o.start()
	return o
}

// start runs an Inbox that knows only what is on disk, as after a crash.
func (o *office) start() {
	o.t.Helper()
	if o.end != nil {
		o.end()
	}
	var err error
	if o.inbox, err = inbox.New(o.cfg); err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(o.t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		o.inbox.Run(ctx)
	}()
	o.cancel, o.end = cancel, func() { cancel(); <-ended }
	o.t.Cleanup(o.end)
	synctest.Wait()
}

// save writes a file as one whose rows follow its kind, and has the system tell of it.
func (o *office) save(name string, lines ...string) {
	o.t.Helper()
	o.write(name, strings.Join(lines, "\n")+"\n", os.O_CREATE|os.O_TRUNC)
}

func (o *office) write(name, text string, flags int) {
	o.t.Helper()
	f, err := os.OpenFile(filepath.Join(o.dir, name), os.O_WRONLY|flags, 0o600)
	if err != nil {
		o.t.Fatal(err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		o.t.Fatal(err)
	}
	o.notify(name)
}

// age says when a file was written last.
func (o *office) age(name string, at time.Time) {
	o.t.Helper()
	if err := os.Chtimes(filepath.Join(o.dir, name), at, at); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) notify(name string) {
	select {
	case o.events <- fsnotify.Event{Name: filepath.Join(o.dir, name), Op: fsnotify.Write}:
	case <-time.After(time.Second): // nobody listens
	}
}

// after lets time pass.
func (o *office) after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// holds holds the names in the folder, and in a folder of it, to a list.
func (o *office) holds(sub string, want ...string) {
	o.t.Helper()
	entries, err := os.ReadDir(filepath.Join(o.dir, sub))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		o.t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("%q holds %q, want %q", sub, got, want)
	}
}

func (o *office) read(path string) string {
	o.t.Helper()
	text, err := os.ReadFile(filepath.Join(o.dir, path))
	if err != nil {
		o.t.Error(err)
	}
	return string(text)
}

func (o *office) status() core.ReportsStatus {
	o.ledger.mu.Lock()
	defer o.ledger.mu.Unlock()
	return o.told[len(o.told)-1]
}

// fail has every import from now on end with an error; nil: none does any more.
func (o *office) fail(err error) {
	o.ledger.mu.Lock()
	defer o.ledger.mu.Unlock()
	o.ledger.fails = err
}

func (o *office) took(want ...string) {
	o.t.Helper()
	o.ledger.mu.Lock()
	defer o.ledger.mu.Unlock()
	if !slices.Equal(o.ledger.taken, want) {
		o.t.Errorf("imported %q, want %q", o.ledger.taken, want)
	}
}

// settled is longer than a file must stay the same, and shorter than the next look is away
// of which nothing tells.
const settled = 4 * time.Second

func TestReportIsImportedAndMovedToDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("income.csv", "income_register", "1450.00", "640.00")
		o.after(settled)
		o.holds("", "done")
		o.holds("done", "income.csv")
		got := o.status().Newest[core.TableIncome]
		if got.File != "income.csv" || got.Rows != 2 || got.Taken != (core.Taken{Added: 2}) || !got.At.Before(time.Now()) || got.Named.IsZero() {
			t.Errorf("the status says %+v", got)
		}
		if o.status().Problem != nil || o.status().Dir != o.dir {
			t.Errorf("the status says %+v", o.status())
		}
	})
}

func TestNothingInDoneIsWrittenOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		for _, row := range []string{"1", "2", "3"} {
			o.save("income_register.csv", "income_register", row)
			o.after(settled)
		}
		o.holds("done", "income_register (2).csv", "income_register (3).csv", "income_register.csv")
		if got := o.read("done/income_register (2).csv"); got != "income_register\n2\n" {
			t.Errorf("the second file holds %q", got)
		}
	})
}

func TestHalfOfAFileIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("income.csv", "income_register", "1")
		for n := range 4 {
			o.after(1900 * time.Millisecond)
			o.took()
			o.write("income.csv", fmt.Sprintln("more", n), os.O_APPEND)
		}
		o.after(settled)
		o.took("income.csv")
		if n := len(o.ledger.rows); n != 5 {
			t.Errorf("%d rows were imported", n)
		}
	})
}

func TestWhatIsNoReportStaysUntouched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		names := []string{".hidden.csv", "Income.csv.PART", "a.crdownload", "b.tmp", "desktop.ini", "folder", "~$rent_roll.xlsx"}
		for _, name := range names[:5] {
			o.save(name, "income_register", "1")
		}
		o.save(names[6], "income_register", "1")
		if err := os.Mkdir(filepath.Join(o.dir, "folder"), 0o700); err != nil {
			t.Fatal(err)
		}
		o.save("folder/income.csv", "income_register", "1")
		o.after(time.Hour)
		o.took()
		o.holds("", names...)
		o.holds("folder", "income.csv")
	})
}

func TestFailedReportLiesBesideTheReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("letter.csv", "Dear tenant", "hello")
		o.after(settled)
		o.save("letter.csv", "Dear landlord")
		o.save("letter.csv.txt", "no table either")
		o.write("large.csv", strings.Repeat("x", 5<<20+1), os.O_CREATE)
		o.after(settled)
		o.took()
		o.holds("", "failed")
		o.holds("failed", "large.csv", "large.csv.txt", "letter (2).csv", "letter (2).csv.txt", "letter.csv", "letter.csv (2).txt", "letter.csv (2).txt.txt", "letter.csv.txt")
		if got, want := o.read("failed/letter.csv.txt"), "letter.csv\n\nIt is so: cannot tell what the file is.\n"; got != want {
			t.Errorf("the reason is %q, want %q", got, want)
		}
		if got := o.read("failed/large.csv.txt"); !strings.Contains(got, core.ErrTableTooLarge.Error()) {
			t.Errorf("the reason is %q", got)
		}
		files := map[string]bool{}
		for _, f := range o.status().Failed {
			files[f.File] = true
			if f.Why == "" || f.At.IsZero() {
				t.Errorf("%+v says too little", f)
			}
		}
		if len(files) != 4 || !files["letter (2).csv"] || o.status().Problem != nil {
			t.Errorf("the status says %+v", o.status())
		}
	})
}

func TestLinesThatAreLeftOutAreToldBesideTheFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("income.csv", "income_register", "1450.00", "unreadable")
		o.after(settled)
		o.holds("done", "income.csv", "income.csv.txt")
		if got := o.read("done/income.csv.txt"); !strings.Contains(got, "[3]") {
			t.Errorf("the text says %q", got)
		}
		if got := o.status().Newest[core.TableIncome]; got.LeftOut != 1 || got.Taken.Added != 1 {
			t.Errorf("the status says %+v", got)
		}
	})
}

func TestFailedReportIsNotTriedAgainUntilItIsSavedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.fail(core.ErrColumns)
		o.save("income.csv", "income_register", "1")
		o.after(settled)
		o.fail(nil)
		o.after(time.Hour)
		o.took()
		o.holds("failed", "income.csv", "income.csv.txt")
		o.save("income.csv", "income_register", "1")
		o.after(settled)
		o.took("income.csv")
	})
}

func TestRentRollIsImportedFirstAndDelinquencyLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		day := time.Date(2026, 6, 18, 9, 0, 0, 0, time.UTC)
		o := openOffice(t)
		for n, f := range []struct{ name, kind string }{
			{"debts.csv", "delinquency"}, {"april.csv", "income_register"}, {"may.csv", "work_order"}, {"june.csv", "income_register"}, {"roll.csv", "rent_roll"},
		} {
			o.save(f.name, f.kind, f.name)
			o.age(f.name, day.AddDate(0, n, 0))
		}
		o.after(settled)
		o.took("roll.csv", "april.csv", "may.csv", "june.csv", "debts.csv")
	})
}

func TestReportsThatComeTogetherWaitForEachOtherButNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("income.csv", "income_register", "1")
		for n := range 40 { // the rent roll takes long to write
			o.write("roll.csv", "rent_roll\n", os.O_CREATE|os.O_APPEND)
			if o.after(time.Second); n == 20 {
				o.took()
			}
		}
		o.took("income.csv")
		o.after(settled)
		o.took("income.csv", "roll.csv")
	})
}

func TestAnImportThatWasNotMovedAddsNothingAfterACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		elsewhere := t.TempDir()
		link := filepath.Join(o.dir, "done")
		if err := os.Symlink(elsewhere, link); err != nil {
			t.Skip("no links here:", err)
		}
		o.save("income.csv", "income_register", "1", "2")
		o.after(time.Minute)
		o.took("income.csv")
		o.holds("", "done", "income.csv")
		if o.status().Problem == nil {
			t.Error("the status has no problem")
		}

		o.start() // a crash: it is not known any more that the file was imported
		o.after(settled)
		o.took("income.csv", "income.csv")
		if got := o.status().Newest[core.TableIncome].Taken; got != (core.Taken{Same: 2}) || len(o.ledger.rows) != 2 {
			t.Errorf("the second import: %+v", got)
		}

		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
		o.after(time.Minute)
		o.took("income.csv", "income.csv")
		o.holds("done", "income.csv")
		if err := o.status().Problem; err != nil {
			t.Errorf("the status still has %v", err)
		}
		if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) > 0 {
			t.Errorf("something was put elsewhere: %v, %v", entries, err)
		}
	})
}

func TestAFullDiskIsNoFaultOfTheFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.fail(core.ErrStorage)
		o.save("income.csv", "income_register", "1")
		o.after(settled)
		if !errors.Is(o.status().Problem, core.ErrStorage) {
			t.Errorf("the status says %v", o.status().Problem)
		}
		o.holds("", "income.csv")
		o.fail(nil)
		o.after(time.Minute)
		o.took("income.csv")
		if o.status().Problem != nil {
			t.Errorf("the status still says %v", o.status().Problem)
		}
	})
}

func TestAFileThatIsBeingImportedAtTheEndIsMovedAndNoOtherBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		ended := make(chan struct{})
		o.ledger.then = func() { // the end comes while the first file is imported
			o.ledger.then = nil
			o.cancel()
			close(ended)
		}
		o.save("april.csv", "income_register", "1")
		o.save("may.csv", "income_register", "2")
		<-ended
		o.end()
		o.took("april.csv")
		o.holds("done", "april.csv")
		o.holds("", "done", "may.csv")
	})
}

func TestAFileThatCannotBeReadDoesNotHoldUpTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, func(o *office) { o.ledger.torn = "april.csv" })
		for _, name := range []string{"april.csv", "may.csv", "june.csv"} {
			o.save(name, "income_register", name)
		}
		o.after(settled)
		o.holds("done", "june.csv", "may.csv")
		o.holds("", "april.csv", "done")
		if !errors.Is(o.status().Problem, syscall.EIO) {
			t.Errorf("the status says %v", o.status().Problem)
		}
	})
}

func TestAFolderThatIsGoneIsToldAndWorkedWithWhenItIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		watched := 0
		o := openOffice(t, func(o *office) {
			o.dir = filepath.Join(o.dir, "reports")
			notify := o.cfg.Notify
			o.cfg.Notify = func(dir string) (*inbox.Notifier, error) { watched++; return notify(dir) }
		})
		if !errors.Is(o.status().Problem, os.ErrNotExist) {
			t.Errorf("the status says %v", o.status().Problem)
		}
		for n := 1; n <= 2; n++ {
			if err := os.Mkdir(o.dir, 0o700); err != nil {
				t.Fatal(err)
			}
			o.after(time.Minute)
			if o.status().Problem != nil || watched != n {
				t.Errorf("the status says %v; watched %d times", o.status().Problem, watched)
			}
			o.save("income.csv", "income_register", fmt.Sprint(n))
			o.after(settled)
			if err := os.Rename(o.dir, fmt.Sprint(o.dir, n)); err != nil {
				t.Fatal(err)
			}
			o.after(5 * time.Minute)
			if !errors.Is(o.status().Problem, os.ErrNotExist) {
				t.Errorf("the status says %v", o.status().Problem)
			}
		}
		o.took("income.csv", "income.csv")
	})
}

func TestWithoutNewsOfTheSystemTheFolderIsPolled(t *testing.T) {
	for name, within := range map[string]time.Duration{"none": time.Minute, "silent": 4 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := openOffice(t, func(o *office) {
					if name == "none" {
						o.cfg.Notify = func(string) (*inbox.Notifier, error) { return nil, errors.ErrUnsupported }
					}
				})
				if err := os.WriteFile(filepath.Join(o.dir, "income.csv"), []byte("income_register\n1\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				o.after(within)
				o.took("income.csv")
			})
		})
	}
}

func TestAnotherFolderIsWatchedAtOnceAndNoneWhenNoneIsChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var chosen atomic.Value
		o := openOffice(t, func(o *office) {
			chosen.Store(o.dir)
			o.cfg.Dir = func() string { return chosen.Load().(string) }
		})
		choose := func(dir string) {
			chosen.Store(dir)
			o.inbox.Wake().Nudge()
		}
		o.save("income.csv", "income_register", "1")
		choose("") // before it counts as whole
		o.after(time.Hour)
		o.took()
		if s := o.status(); s.Dir != "" || s.Problem != nil {
			t.Errorf("the status says %+v", s)
		}
		choose(o.dir)
		o.after(settled)
		o.took("income.csv")
		if got := o.status().Dir; got != o.dir {
			t.Errorf("the status says %q", got)
		}
	})
}

func TestTheFolderWithTheDataIsNotWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, func(o *office) { o.cfg.DataDir = o.dir })
		o.save("rentbell.db", "income_register", "1")
		o.after(time.Hour)
		o.took()
		o.holds("", "rentbell.db")
		if !errors.Is(o.status().Problem, core.ErrDataDir) {
			t.Errorf("the status says %v", o.status().Problem)
		}
	})
}

func TestAFolderForOtherThingsIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		for n := range 21 {
			if err := os.WriteFile(filepath.Join(o.dir, fmt.Sprintf("photo %d.jpg", n)), []byte("JFIF"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o.save("income.csv", "income_register", "1")
		o.after(time.Hour)
		o.took()
		if entries, err := os.ReadDir(o.dir); err != nil || len(entries) != 22 {
			t.Errorf("%d files are left, %v", len(entries), err)
		}
		if !errors.Is(o.status().Problem, core.ErrCrowdedDir) {
			t.Errorf("the status says %v", o.status().Problem)
		}
		for n := range 21 {
			if err := os.Remove(filepath.Join(o.dir, fmt.Sprintf("photo %d.jpg", n))); err != nil {
				t.Fatal(err)
			}
		}
		o.after(time.Minute)
		o.took("income.csv")
	})
}

func TestHowItWentIsKeptOverARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		o.save("roll.csv", "rent_roll", "1", "2", "3")
		o.save("letter.csv", "Dear tenant")
		o.save("rents.csv", "rents", "1") // no report: nothing waits for the next one
		o.after(settled)
		before := o.status()
		o.start()
		after := o.status()
		if len(after.Newest) != 1 || after.Newest[core.TableRentRoll] != before.Newest[core.TableRentRoll] || !slices.Equal(after.Failed, before.Failed) {
			t.Errorf("before %+v, after %+v", before, after)
		}
	})
}

func TestManyFilesAreImportedWithoutAPauseOfMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		for n := range 250 {
			if err := os.WriteFile(filepath.Join(o.dir, fmt.Sprintf("%d.csv", n)), fmt.Appendf(nil, "income_register\n%d\n", n), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o.notify("0.csv")
		o.after(10 * time.Second)
		if n := len(o.ledger.rows); n != 250 {
			t.Errorf("%d rows were imported", n)
		}
	})
}

func TestAFileThatAnotherProgramWritesIsWaitedFor(t *testing.T) {
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("only Linux and Windows tell")
	}
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t)
		f, err := os.OpenFile(filepath.Join(o.dir, "income.csv"), os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("income_register\n1\n"); err != nil {
			t.Fatal(err)
		}
		o.notify("income.csv")
		o.after(time.Hour)
		o.took()
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		o.after(time.Minute)
		o.took("income.csv")
	})
}

// The system's own news come in real time.
func TestTheSystemTellsOfANewFile(t *testing.T) {
	t.Parallel()
	dir, told := t.TempDir(), make(chan core.ReportsStatus)
	i, err := inbox.New(inbox.Config{
		Dir: func() string { return dir }, Taker: &ledger{rows: map[string]bool{}}, Store: &memo{}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Why: error.Error,
		Tell: func(s core.ReportsStatus) {
			if s.Newest != nil {
				told <- s
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		i.Run(ctx)
	}()
	if err := os.WriteFile(filepath.Join(dir, "income.csv"), []byte("income_register\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := <-told; s.Newest[core.TableIncome].File != "income.csv" {
		t.Errorf("told %+v", s)
	}
	cancel()
	<-ended
}
