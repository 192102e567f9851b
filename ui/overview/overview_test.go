package overview

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

var present = uitest.Present

func TestMain(m *testing.M) { uitest.Main(m) }

func days(amounts ...core.Cents) []overview.DayTotal {
	list := make([]overview.DayTotal, len(amounts))
	for i, a := range amounts {
		list[i] = overview.DayTotal{Day: uitest.On(2026, time.June, i+1), Total: core.Total{Count: 1, Amount: a}}
	}
	return list
}

func TestGridStepHoldsTheHighestDay(t *testing.T) {
	tests := map[core.Cents]string{
		0: "$100", 1: "$100", 330_00: "$100", 331_00: "$200", 660_00: "$200", 1000_00: "$500", 1651_00: "$1k",
		15284_00: "$5k", 16500_00: "$5k", 16501_00: "$10k", 1_000_000_00: "$500k", 5_000_000_00: "$2M",
	}
	for highest, want := range tests {
		if got := shortDollars(gridStep(days(50, highest, -200_00))); got != want {
			t.Errorf("for a day of %s the lines are %s apart, want %s", words.Dollars(highest), got, want)
		}
	}
	if got := gridStep(days(math.MaxInt64)); got <= 0 {
		t.Errorf("the largest amount there is makes lines %d apart", got)
	}
}

func TestShortDollars(t *testing.T) {
	tests := map[core.Cents]string{
		0: "$0", 500_00: "$500", 1000_00: "$1k", 1500_00: "$1.5k", 15000_00: "$15k", 999_999_00: "$999.9k",
		2_000_000_00: "$2M", 2_500_000_00: "$2.5M", 12_345_000_000_00: "$12,345M",
	}
	for cents, want := range tests {
		if got := shortDollars(cents); got != want {
			t.Errorf("shortDollars(%d) = %q, want %q", cents, got, want)
		}
	}
}

func TestStatValuesSayWhyTheyMatter(t *testing.T) {
	ends := core.LeaseState{Place: core.Place{Property: "Alder Court", Unit: "3B"}, MoveIn: uitest.On(2025, 7, 3), Months: 12}
	tests := []struct {
		name     string
		overview overview.Figures
		captions [4]string
		tones    []kit.Tone
	}{
		{
			"nothing", overview.Figures{},
			[4]string{"No payments in May by now", "Nothing is left to do", "No move-in ahead", "None by August 17"},
			[]kit.Tone{kit.Calm, kit.Calm, kit.Calm, kit.Calm},
		},
		{
			"ahead", overview.Figures{
				Month: core.Total{Count: 2, Amount: 300_00}, MonthBefore: core.Total{Count: 1, Amount: 100_00},
				OpenOrders: 3, OldOrders: 1, NextMoveIn: uitest.On(2026, 6, 20), Ending: []core.LeaseState{ends},
			},
			[4]string{"$200.00 ahead of May", "1 is older than a week", "Next move-in: June 20", "First: July 2, Alder Court 3B"},
			[]kit.Tone{kit.Ahead, kit.Late, kit.Calm, kit.Calm},
		},
		{
			"behind", overview.Figures{
				Month: core.Total{Amount: 100_00}, MonthBefore: core.Total{Count: 1, Amount: 300_00}, OpenOrders: 3,
				NextMoveIn: uitest.On(2027, 1, 2),
			},
			[4]string{"$200.00 behind May", "None is older than a week", "Next move-in: January 2, 2027", "None by August 17"},
			[]kit.Tone{kit.Calm, kit.Calm, kit.Calm, kit.Calm},
		},
		{
			"level", overview.Figures{
				Month: core.Total{Amount: 100_00}, MonthBefore: core.Total{Count: 1, Amount: 100_00}, OpenOrders: 30, OldOrders: 12,
			},
			[4]string{"As much as in May by now", "12 are older than a week", "No move-in ahead", "None by August 17"},
			[]kit.Tone{kit.Calm, kit.Late, kit.Calm, kit.Calm},
		},
	}
	for _, tt := range tests {
		values := statValues(tt.overview, present)
		var tones []kit.Tone
		for i, v := range values {
			if v.Caption != tt.captions[i] {
				t.Errorf("%s: %q, want %q", tt.name, v.Caption, tt.captions[i])
			}
			tones = append(tones, v.Tone)
		}
		if !slices.Equal(tones, tt.tones) {
			t.Errorf("%s: tones %v, want %v", tt.name, tones, tt.tones)
		}
	}
}

func TestTodayWords(t *testing.T) {
	tests := map[int]string{
		0: "No payments have arrived yet today.", 1: "One payment has arrived today.",
		3: "Three payments have arrived today.", 42: "42 payments have arrived today.",
	}
	for n, want := range tests {
		if got := todayWords(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestTheScalesAmountsAreWholeInLargeText(t *testing.T) {
	for _, scale := range []float32{1, 1.15, 1.3} {
		fyne.CurrentApp().Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Scale: scale, Still: true})
		c := newChart(func() time.Time { return present }, nil)
		c.show(days(999_999_00, 30_000_00))
		l := c.plot.Layout.(*plotLayout)
		l.Layout(nil, fyne.NewSize(500, 300))
		for _, amount := range l.scale {
			if amount.Size().Width < amount.MinSize().Width {
				t.Errorf("at %v, %q has %v of %v", scale, amount.(*kit.Text).Text(), amount.Size().Width, amount.MinSize().Width)
			}
		}
	}
}

func TestReadPassesTheStoresErrorsOn(t *testing.T) {
	if _, err := Read(uitest.Broken{Reader: uitest.Office(t)}, core.Status{}, present); !errors.Is(err, core.ErrStorage) {
		t.Errorf("got %v", err)
	}
}

func TestTheRentsOfTheMonthLeadToTheirList(t *testing.T) {
	opened := 0
	r := newRents(func() { opened++ })
	r.show(core.RadarSummary{Ready: true, NotKnown: 4})
	if r.object.Visible() {
		t.Errorf("while no rent is known it says %q", uitest.Texts(r.object))
	}
	r.show(core.RadarSummary{Ready: true, Known: 43, Paid: 37, NotKnown: 4, Late: 5, LateDue: 5307_50})
	want := []string{"37 of 43 paid, 4 not known", "5 late or in part, $5,307.50 still due"}
	if got := uitest.Texts(r.object); !slices.Equal(got, want) {
		t.Errorf("it says %q, want %q", got, want)
	}
	for _, text := range want {
		uitest.Tap(t, r.object, text)
	}
	if opened != 2 {
		t.Errorf("the list was opened %d times", opened)
	}
	r.show(core.RadarSummary{Ready: true, Known: 43, Paid: 43})
	if got := uitest.Texts(r.object); !slices.Equal(got, []string{"43 of 43 paid"}) {
		t.Errorf("all paid, it says %q", got)
	}
}
