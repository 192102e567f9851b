package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"rentbell/core"
	"rentbell/store"
)

// tell stores an event of today.
func tell(t *testing.T, dir, id string, d core.Detail) {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if _, _, err := db.Add(core.Event{ID: id, Type: "x", OccurredAt: now, ReceivedAt: now, Detail: d}); err != nil {
		t.Fatal(err)
	}
	key := core.NameKey{Kind: core.NameLease, ID: "20931"}
	if err := db.SaveNames(map[core.NameKey]core.Name{key: {Given: "Zoë Ruiz"}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCalendarIsTheSameBesideAReceiverAndWithoutOne(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "ends.ics")
	moveIn := core.DateOf(time.Now())
	tell(t, dir, "1", core.LeaseSigned{Lease: "20931", MoveIn: moveIn, Months: 12, Place: core.Place{Property: "Alder Court", Unit: "1B"}})
	calendar := func() (string, *ical.Component) {
		t.Helper()
		if code, said, errs := command(t, "export", "calendar", "--data", dir, "--out", out); code != 0 || said != "" {
			t.Fatalf("%d, %s%s", code, said, errs)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		c, err := ical.NewDecoder(strings.NewReader(string(text))).Decode()
		if err != nil || len(c.Children) != 1 {
			t.Fatalf("%v in\n%s", err, text)
		}
		return string(text), c.Children[0]
	}
	alone, e := calendar()
	title, _ := e.Props.Text("SUMMARY")
	ends, _ := e.Props.DateTime("DTSTART", time.UTC)
	if title != "Lease ends: Zoë Ruiz, Alder Court 1B" || core.DateOf(ends) != moveIn.AddMonths(12).AddDays(-1) {
		t.Errorf("%q on %v", title, ends)
	}
	receiver, _ := serveOn(t, dir)
	if beside, _ := calendar(); beside != alone {
		t.Errorf("beside a receiver\n%s\nalone\n%s", beside, alone)
	}
	receiver.stop(t)
	tell(t, dir, "2", core.LeaseExpired{Lease: "20931", Vacate: moveIn.AddDays(20)})
	if _, e := calendar(); e.Props.Get("SEQUENCE").Value != "1" {
		t.Errorf("SEQUENCE %s", e.Props.Get("SEQUENCE").Value)
	}
	tell(t, dir, "3", core.LeaseSigned{Lease: "20931", MoveIn: moveIn})
	serveOn(t, dir)
	if _, e := calendar(); e.Props.Get("STATUS").Value != "CANCELLED" {
		t.Errorf("STATUS %s", e.Props.Get("STATUS").Value)
	}
	if code, text, errs := command(t, "export", "calendar", "--data", dir, "--out", "-"); code != 0 || strings.Contains(text, "VEVENT") || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") {
		t.Errorf("%d, %s%s", code, text, errs)
	}
}

func TestCalendarOfNothingCreatesNothing(t *testing.T) {
	empty := t.TempDir()
	for _, dir := range []string{empty, filepath.Join(empty, "none")} {
		out := filepath.Join(t.TempDir(), "ends.ics")
		if code, said, errs := command(t, "export", "calendar", "--data", dir, "--out", out); code != exitFailed || said != "" || errs == "" {
			t.Errorf("%d, %s%s", code, said, errs)
		}
		if _, err := os.Lstat(out); err == nil {
			t.Error("there is a file")
		}
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if code, _, _ := command(t, "export", "calendar", "--data", empty); code != exitUsage {
		t.Errorf("without --out: %d", code)
	}
}
