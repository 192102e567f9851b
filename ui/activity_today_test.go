package ui

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// tallied is a tally of deliveries at some times.
func tallied(times ...time.Time) core.Tally {
	var t core.Tally
	for _, at := range times {
		t = t.Add(at)
	}
	return t
}

func TestOnlyWhatCameTodayIsAnOutcome(t *testing.T) {
	s := core.Summary{
		Duplicates: tallied(uitest.Day(17, 23, 30), uitest.Day(18, 9, 12)),
		Rejected:   tallied(uitest.Day(17, 20, 0)),
	}
	got := outcomesOf(s, present)
	if len(got) != 1 || got[0].fate != sentTwice || got[0].today != 1 || got[0].ever != 2 {
		t.Errorf("outcomes %+v, want one delivery that was sent twice", got)
	}
}

func TestEventsOfTodayAreCounted(t *testing.T) {
	db := uitest.Office(t)
	s, err := db.Summary()
	if err != nil {
		t.Fatal(err)
	}
	midnight := core.DateOf(present).In(present.Location())
	for from, want := range map[time.Time]int{midnight: 4, present.AddDate(1, 0, 0): 0, present.AddDate(-9, 0, 0): s.Events} {
		if got, err := acceptedSince(db, from, s.Events); err != nil || got != want {
			t.Errorf("since %s: %d, %v; want %d", from, got, err, want)
		}
	}
	if _, err := acceptedSince(broken{db}, midnight, s.Events); err == nil {
		t.Error("a store that cannot be read counts")
	}
}

// withOutcomes is Activity on a day on which not all was accepted.
func withOutcomes(d seat) {
	s := d.status
	s.Summary.Duplicates = tallied(uitest.Day(18, 9, 12).UTC())
	s.Summary.Rejected = tallied(uitest.Day(18, 9, 58).UTC())
	d.changed(core.Change{Status: s}, nil)
}

func TestOutcomesLookPinnedOnTopOfToday(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(activitySection)
	withOutcomes(d)
	d.wantShown(t, "Today: 4 accepted, 1 sent twice, 1 kept out", "1 delivery was kept out", "1 delivery was sent twice")
	uitest.TapText(t, d.window, "1 delivery was sent twice")
	d.wantShown(t, "Nothing. Totals, notifications and exports count each event once.")
	uitest.TapText(t, d.window, "1 delivery was kept out")
	uitest.Looks(t, "activity_kept_out", d.window)
	uitest.TapText(t, d.window, "Open settings")
	if d.shell.open != settingsSection {
		t.Error("Open settings leads elsewhere")
	}
}

func TestOneKindOfEventsShowsNoOutcomes(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(activitySection)
	d.feeds.activity.filters.Pick(1)
	withOutcomes(d)
	for _, line := range d.feeds.activity.rows {
		if line.outcome != nil {
			t.Fatalf("%q stands among payments", line.outcome.title())
		}
	}
}
