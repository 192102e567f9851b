package feeds

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/uitest"
)

// forenoon is a gap of the office's morning.
func forenoon(minutes, brought int) core.Gap {
	return core.Gap{From: uitest.Day(18, 9, 0), To: uitest.Day(18, 9, 0).Add(time.Duration(minutes) * time.Minute), Reason: core.GapAsleep, Brought: brought}
}

func TestAbsenceInWords(t *testing.T) {
	night := core.Gap{From: uitest.Day(17, 18, 5), To: uitest.Day(18, 7, 50), Reason: core.GapOff}
	holiday := core.Gap{From: uitest.Day(2, 18, 5), To: uitest.Day(11, 7, 50), Reason: core.GapNetwork, Brought: 1}
	now := core.Gap{From: uitest.Day(18, 10, 2), Reason: core.GapRefused}
	tests := []struct {
		gap                  core.Gap
		title, note, brought string
	}{
		{forenoon(34, 3), "Not reachable for 34 minutes", "From 9:00 AM to 9:34 AM. This computer was asleep.", "AppFolio has sent 3 deliveries of that time since."},
		{night, "Not reachable for 14 hours", "From yesterday 6:05 PM to 7:50 AM. Rentbell was not running.", "AppFolio has sent nothing of that time since."},
		{holiday, "Not reachable for 8 days", "From June 2 6:05 PM to June 11 7:50 AM. There was no connection to the internet, or to ngrok.", "AppFolio has sent 1 delivery of that time since."},
		{now, "Not reachable", "From 10:02 AM on. ngrok did not open the address.", "AppFolio has sent nothing of that time since."},
	}
	for _, tt := range tests {
		if got := gapTitle(tt.gap, present); got != tt.title {
			t.Errorf("title %q, want %q", got, tt.title)
		}
		if got := gapNote(tt.gap, present); got != tt.note {
			t.Errorf("note %q, want %q", got, tt.note)
		}
		if got := broughtWords(tt.gap); got != tt.brought {
			t.Errorf("brought %q, want %q", got, tt.brought)
		}
		wordtest.Style(t, tt.title, gapNote(tt.gap, present)+" "+broughtWords(tt.gap))
	}
	for _, reason := range []core.GapReason{core.GapNetwork, core.GapRefused, core.GapAsleep, core.GapClosed, core.GapOff} {
		if gapReason(reason) == "" {
			t.Errorf("%s has no words", reason)
		}
	}
}

func TestGapsStandAmongTheEvents(t *testing.T) {
	var rows activityRows
	at := func(hour int) time.Time { return uitest.Day(18, hour, 0) }
	events := []core.Event{
		{Seq: 3, OccurredAt: at(10), ReceivedAt: at(10)},
		{Seq: 2, OccurredAt: at(9), ReceivedAt: at(10)}, // of the gap, sent again
		{Seq: 1, OccurredAt: at(8), ReceivedAt: at(8)},
	}
	gaps := []core.Gap{{From: uitest.Day(16, 1, 0), To: uitest.Day(16, 2, 0)}, forenoon(34, 1)}
	rows.fill(activityPage{events: events, gaps: gaps}, nil, present)
	var got []string
	for _, l := range rows {
		switch {
		case l.heading != "":
			got = append(got, l.heading)
		case l.gap != nil:
			got = append(got, "gap")
		default:
			got = append(got, string(rune('0'+l.event.Seq)))
		}
	}
	want := []string{"Today", "3", "2", "gap", "1", "Tuesday, June 16", "gap"}
	if len(got) != len(want) {
		t.Fatalf("lines %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("lines %v, want %v", got, want)
		}
	}
	rows.fill(activityPage{events: events, gaps: gaps, more: true}, nil, present)
	if last := rows[len(rows)-1]; last.gap != nil {
		t.Error("a gap stands before older events that are not loaded yet")
	}
}

func TestGapLooksLikeAPaneOfItsOwn(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Activity)
	v := d.activity
	p := activityPage{events: []core.Event{{Seq: 1, Type: "unit.painted", OccurredAt: uitest.Day(18, 10, 0), ReceivedAt: uitest.Day(18, 10, 0)}}, gaps: []core.Gap{forenoon(34, 2)}}
	p.summary = d.status.Summary
	v.show(p)
	v.list.OnOpen(2) // heading, event, gap
	if !v.pane.Open {
		t.Fatal("the gap does not open")
	}
	uitest.Looks(t, "activity_gap", d.window)
}
