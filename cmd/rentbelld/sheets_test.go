package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
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
	t.Parallel()
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
	t.Parallel()
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

func TestMonthSheetIsTheSameBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir, out := rentsOf(t), filepath.Join(t.TempDir(), "march.html")
	tell(t, dir, "name", core.LeaseSigned{Lease: "20931", MoveIn: core.Date{Year: 2025, Month: time.June, Day: 1}, Place: core.Place{Property: "Alder <Court>", Unit: "1B"}})
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := core.DefaultSettings()
	s.Company = "Oakline & Co."
	if err := errors.Join(db.SaveSettings(s), db.Close()); err != nil {
		t.Fatal(err)
	}
	printed := regexp.MustCompile(`Printed [^<]*`)
	sheet := func(month string) string {
		t.Helper()
		if code, said, errs := command(t, "export", "month", "--data", dir, "--month", month, "--out", out); code != 0 || said != "" {
			t.Fatalf("%d, %s%s", code, said, errs)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return printed.ReplaceAllString(string(text), "")
	}
	march := sheet("2026-03")
	for _, part := range []string{"Rent for March 2026", "<p>Oakline &amp; Co. ", "Alder &lt;Court&gt;", "Zoë Ruiz", "20931", "1B", "Not known", "$1,395.00", "Mar 2", "Check", "</html>"} {
		if !strings.Contains(march, part) {
			t.Errorf("the sheet lacks %q:\n%s", part, march)
		}
	}
	april := sheet("2026-04") // the rent is learned of three months
	if !strings.Contains(april, "Nothing yet") || !strings.Contains(april, `<td class="n owes">$1,395.00</td>`) {
		t.Errorf("April is\n%s", april)
	}
	serveOn(t, dir)
	if sheet("2026-03") != march || sheet("2026-04") != april {
		t.Error("the sheets are others beside a receiver")
	}
	before, _ := os.ReadFile(out)
	for _, month := range []string{"2026-13", "June", "2026"} {
		if code, _, _ := command(t, "export", "month", "--data", dir, "--month", month, "--out", out); code != exitUsage {
			t.Errorf("%s: %d", month, code)
		}
	}
	if code, _, _ := command(t, "export", "month", "--data", filepath.Join(dir, "none"), "--month", "2026-03", "--out", out); code != exitFailed {
		t.Errorf("no directory: %d", code)
	}
	if after, err := os.ReadFile(out); err != nil || string(after) != string(before) {
		t.Errorf("a file that was there has changed, %v", err)
	}
}
