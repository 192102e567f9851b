package main

import (
	"errors"
	"slices"
	"testing"
	"time"
)

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
