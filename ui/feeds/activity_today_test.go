package feeds

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/uitest"
)

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
	if _, err := acceptedSince(uitest.Broken{Reader: db}, midnight, s.Events); err == nil {
		t.Error("a store that cannot be read counts")
	}
}

func TestTalliedWords(t *testing.T) {
	tests := []struct {
		accepted int
		kept     []outcome
		want     string
	}{
		{0, nil, "Today: 0 accepted"},
		{1204, nil, "Today: 1,204 accepted"},
		{4, []outcome{{fate: keptOut, today: 1}, {fate: sentTwice, today: 3}}, "Today: 4 accepted, 3 sent twice, 1 kept out"},
	}
	for _, tt := range tests {
		if got := talliedWords(tt.accepted, tt.kept); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// tallied is a tally of deliveries at some times.
func tallied(times ...time.Time) core.Tally {
	var t core.Tally
	for _, at := range times {
		t = t.Add(at)
	}
	return t
}

func TestOneKindOfEventsShowsNoOutcomes(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Activity)
	s := d.status
	s.Summary.Duplicates, s.Summary.Rejected = tallied(uitest.Day(18, 9, 12).UTC()), tallied(uitest.Day(18, 9, 58).UTC())
	d.SetStatus(s)
	d.activity.filters.Pick(1)
	d.Load(Activity)
	for _, line := range d.activity.rows {
		if line.outcome != nil {
			t.Fatalf("%q stands among payments", line.outcome.title())
		}
	}
}
