package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/store"
)

func TestTheFirstCommandOfANewVersionSaysThatItWritesTheDataAnew(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile("../../store/testdata/schema1.db")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), old, 0o600); err != nil {
		t.Fatal(err)
	}
	code, first, errs := command(t, "events", "--data", dir, "--json")
	if code != 0 || !strings.HasPrefix(errs, "rentbelld: this version writes the data anew") || !strings.HasSuffix(errs, "rentbelld: the data is ready\n") {
		t.Errorf("exit %d, says %q", code, errs)
	}
	code, second, errs := command(t, "events", "--data", dir, "--json")
	if code != 0 || errs != "" || second != first || first == "" {
		t.Errorf("the second time: exit %d, says %q, the same events: %v", code, errs, second == first)
	}
}

func TestACommandSaysNowAndThenHowFarTheDataIs(t *testing.T) {
	var said []string
	clock := time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)
	u := &upgrading{say: func(line string) { said = append(said, line) }, now: func() time.Time { return clock }}
	for done := range 81 { // eight seconds
		u.note(done*10_000, 1_000_000)
		clock = clock.Add(100 * time.Millisecond)
	}
	u.end(nil)
	want := []string{
		"this version writes the data anew, once; nothing is lost, also if it is stopped",
		"writing the data anew: 30 %", "writing the data anew: 60 %", "the data is ready",
	}
	if !slices.Equal(said, want) {
		t.Errorf("says %q, want %q", said, want)
	}
}

func TestACommandSaysNothingOfDataThatIsReady(t *testing.T) {
	u := &upgrading{say: func(line string) { t.Error("says", line) }, now: time.Now}
	u.end(nil)
}

func TestDataThatIsNotReadyIsNotCalledReady(t *testing.T) {
	var said []string
	u := &upgrading{say: func(line string) { said = append(said, line) }, now: time.Now}
	u.note(1, 0)
	u.end(errors.New("stopped"))
	if len(said) != 1 {
		t.Errorf("says %q", said)
	}
}
