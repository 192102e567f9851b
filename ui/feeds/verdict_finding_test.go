package feeds

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
)

func TestAnEventSaysWhatTheBellTellsOfWhatWasFound(t *testing.T) {
	night := time.Date(2026, 6, 18, 23, 0, 0, 0, newYork)
	payment := core.Event{Seq: 7, Detail: core.Payment{Lease: "1"}}
	order := core.Event{Seq: 9, Detail: core.WorkOrder{ID: "1191"}}
	of := func(kind core.FindingKind) core.Finding {
		return core.Finding{Kind: kind, Lease: "1", Since: night, Seqs: []uint64{3, 7}}
	}
	untouched := core.Finding{Kind: core.FindUntouched, WorkOrder: "1191", Since: night, Days: 3, Level: 1, Seqs: []uint64{7}}
	for _, tt := range []struct {
		name string
		e    core.Event
		f    core.Finding
		edit func(*core.Settings)
		want string
	}{
		{"of another event", core.Event{Seq: 8}, of(core.FindTwice), nil, ""},
		{"of another work order", payment, untouched, nil, ""},
		{"simply", payment, of(core.FindTwice), nil, "Perhaps paid twice: the bell tells this once."},
		{"off", payment, of(core.FindTwice), func(s *core.Settings) { s.Radar.Notify = core.TellKinds{} }, "Perhaps paid twice: the bell does not tell this, it is turned off."},
		{"quiet", payment, of(core.FindReturned), func(s *core.Settings) { s.Bell.Quiet.On = true }, "Payment came back: the bell tells this at the end of your quiet hours at 7:00 AM."},
		{"notice", payment, of(core.FindNotice), func(s *core.Settings) { s.Bell.Quiet.On = true }, "Payment although notice was served: the bell tells this at once."},
		{"refund", payment, of(core.FindRefund), nil, "Refund: this is only listed."},
		{"first step", order, untouched, nil, "Work order untouched: the bell tells this from a later step on."},
		{"digest", order, untouched, func(s *core.Settings) { s.Bell.Digest.Rhythm = core.Hourly }, "Work order untouched: the bell tells this with your next digest."},
	} {
		s := core.DefaultSettings()
		if tt.edit != nil {
			tt.edit(&s)
		}
		got := findingLines(tt.e, []core.Found{{Finding: tt.f}}, s, newYork)
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if got != "" {
			wordtest.Style(t, tt.name, got)
		}
	}
}
