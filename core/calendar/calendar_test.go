package calendar_test

import (
	"bytes"
	"encoding/base32"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"rentbell/core"
	"rentbell/core/calendar"
	"rentbell/store"
)

func day(text string) core.Date {
	d, err := core.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

var today = day("2026-06-18")

func end(lease, on string) core.LeaseEnd {
	return core.LeaseEnd{Lease: lease, Ends: day(on), Changed: time.Date(2026, 4, 10, 14, 30, 0, 0, time.UTC)}
}

func open(t *testing.T, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// written is a calendar as bytes; every line of it is checked.
func written(t *testing.T, db *store.DB, today core.Date, ends ...core.LeaseEnd) string {
	t.Helper()
	var out bytes.Buffer
	if err := calendar.Write(&out, db, ends, today); err != nil {
		t.Fatal(err)
	}
	text, ended := strings.CutSuffix(out.String(), "\r\n")
	if !ended {
		t.Error("the last line does not end")
	}
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n\t\x00") || !utf8.ValidString(line) {
			t.Errorf("%d bytes in %q", len(line), line)
		}
	}
	return out.String()
}

// read is what go-ical's own reader makes of a calendar.
func read(t *testing.T, text string) []ical.Event {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return c.Events()
}

func told(t *testing.T, e ical.Event, name string) string {
	t.Helper()
	if e.Props.Get(name) == nil {
		return ""
	}
	text, err := e.Props.Text(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

func TestCalendarOfLeaseEnds(t *testing.T) {
	db := open(t, t.TempDir())
	if err := db.SaveCalendar(core.CalendarMemo{Installation: "k3pbq2xw7mzc4tjd5n6rlyhv2e"}); err != nil {
		t.Fatal(err)
	}
	ana := end("20931", "2026-07-11")
	ana.Place, ana.Changes = core.Place{Tenant: "Ana Ruiz; Bo, Jr.", Property: `Alder\Court`, Unit: "1B"}, 2
	gone := end("40047", "2026-06-30")
	gone.Gone, gone.Changes = true, 1
	got := written(t, db, today, ana, end("30001", "2028-02-29"), gone)
	want, err := os.ReadFile("testdata/lease-ends.ics")
	if err != nil || got != string(want) {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
	events := read(t, got)
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	if got := told(t, events[0], "SUMMARY"); got != `Lease ends: Ana Ruiz; Bo, Jr., Alder\Court 1B` {
		t.Errorf("got %q", got)
	}
	leap := events[1]
	from, err1 := leap.DateTimeStart(time.UTC)
	to, err2 := leap.DateTimeEnd(time.UTC)
	if core.DateOf(from) != day("2028-02-29") || core.DateOf(to) != day("2028-03-01") || leap.Props.Get("DTSTART").ValueType() != ical.ValueDate {
		t.Errorf("from %v to %v, %v, %v", from, to, err1, err2)
	}
	before, err := leap.Children[0].Props.Get("TRIGGER").Duration()
	if err != nil || before != -60*24*time.Hour {
		t.Errorf("the alarm is %v, %v", before, err)
	}
	if status, err := events[2].Status(); status != ical.EventCancelled || len(events[2].Children) > 0 {
		t.Errorf("%v, %v, %d alarms", status, err, len(events[2].Children))
	}
}

func TestEndsOfTheLastThirtyDaysAndLater(t *testing.T) {
	db := open(t, t.TempDir())
	var got []string
	for _, e := range read(t, written(t, db, today, end("a", "2026-05-18"), end("b", "2026-05-19"), end("c", "2026-06-18"), end("d", "2027-06-18"), end("e", "9999-12-31"))) {
		got = append(got, told(t, e, "DESCRIPTION"))
	}
	if strings.Join(got, ",") != "Lease b,Lease c,Lease d" {
		t.Errorf("got %v", got)
	}
	if text := written(t, db, today); len(read(t, text)) > 0 {
		t.Errorf("without ends: %s", text)
	}
}

func TestAnEventStaysTheSameAcrossFilesAndRestarts(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	first := written(t, db, today, end("20931/é", "2026-07-11"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if again := written(t, db, today.AddDays(3), end("20931/é", "2026-07-11")); again != first {
		t.Errorf("got\n%s\nafter\n%s", again, first)
	}
	uid := told(t, read(t, first)[0], "UID")
	id, installation, _ := strings.Cut(uid, "@")
	id = strings.TrimSuffix(strings.TrimPrefix(id, "lease-"), "-end")
	lease, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(id))
	if string(lease) != "20931/é" || err != nil || uid != strings.ToLower(uid) || !strings.HasSuffix(installation, ".rentbell") || len(installation) < 30 {
		t.Errorf("UID %q of %q, %v", uid, lease, err)
	}
	if other := told(t, read(t, written(t, open(t, t.TempDir()), today, end("20931/é", "2026-07-11")))[0], "UID"); other == uid {
		t.Errorf("two installations have %s", uid)
	}
}

func TestAnEndThatIsGoneIsCancelledOnce(t *testing.T) {
	db := open(t, t.TempDir())
	lease := end("1", "2026-07-11")
	steps := []struct {
		what     string
		on       string
		gone     bool
		changes  int
		sequence string // empty: nothing is written
		status   ical.EventStatus
	}{
		{"signed", "2026-07-11", false, 0, "0", ical.EventConfirmed},
		{"signed again", "2027-07-11", false, 1, "1", ical.EventConfirmed},
		{"gone", "2027-07-11", true, 2, "2", ical.EventCancelled},
		{"still gone", "2027-07-11", true, 2, "", ""},
		{"back", "2027-07-11", false, 3, "3", ical.EventConfirmed},
		{"the events that changed it were deleted", "2027-07-11", false, 0, "3", ical.EventConfirmed},
		{"another end after that", "2027-08-31", false, 1, "4", ical.EventConfirmed},
		{"moved to long ago", "2026-04-30", false, 2, "5", ical.EventConfirmed},
		{"still long ago", "2026-04-30", false, 2, "", ""},
	}
	for _, s := range steps {
		lease.Ends, lease.Gone, lease.Changes = day(s.on), s.gone, s.changes
		events := read(t, written(t, db, today, lease))
		if s.sequence == "" {
			if len(events) > 0 {
				t.Errorf("%s: %v", s.what, events[0])
			}
			continue
		}
		if len(events) != 1 {
			t.Fatalf("%s: %d events", s.what, len(events))
		}
		status, _ := events[0].Status()
		if got := events[0].Props.Get("SEQUENCE").Value; got != s.sequence || status != s.status {
			t.Errorf("%s: SEQUENCE %s, %s; want %s, %s", s.what, got, status, s.sequence, s.status)
		}
	}
}

func TestHostileNamesStayOnTheirLines(t *testing.T) {
	db := open(t, t.TempDir())
	for _, name := range []string{
		"Ana\r\nBEGIN:VALARM", "a\nEND:VEVENT\n", "\r", "\x00\x1b[31m", `\n\;\\,`, ";,:\"", strings.Repeat("é", 200), strings.Repeat("😀", 90),
		strings.Repeat("x", 62) + "😀", "\xff\xfe broken", "\u202egnp.exe", strings.Repeat(",", 300), "北京市朝阳区" + strings.Repeat("路", 60),
	} {
		e := end(name, "2026-07-11")
		e.Place = core.Place{Tenant: name, Property: name, Unit: name}
		events := read(t, written(t, db, today, e))
		if len(events) != 1 || len(events[0].Children) != 1 {
			t.Fatalf("%q: %d events", name, len(events))
		}
		who := core.OneLine(name)
		if who == "" {
			who = "lease"
		}
		if got := told(t, events[0], "SUMMARY"); !strings.HasPrefix(got, "Lease ends: "+who) {
			t.Errorf("%q: got %q", name, got)
		}
		if got := told(t, events[0], "LOCATION"); got != core.OneLine(name+" "+name) {
			t.Errorf("%q: got %q", name, got)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWhatCouldNotBeWrittenWasNotTold(t *testing.T) {
	db := open(t, t.TempDir())
	gone := end("1", "2026-07-11")
	gone.Gone = true
	if err := calendar.Write(broken{}, db, []core.LeaseEnd{gone}, today); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
	if len(read(t, written(t, db, today, gone))) != 1 {
		t.Error("the end was not cancelled")
	}
}
