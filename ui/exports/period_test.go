package exports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestUsualPeriods(t *testing.T) {
	now := time.Date(2026, 6, 18, 10, 42, 0, 0, uitest.NewYork)
	var got []string
	for _, p := range usualPeriods(now, core.Date{Year: 2026, Month: 3, Day: 1}) {
		got = append(got, p.name+": "+p.from.String()+" to "+p.to.String()+", "+p.fileName(core.FormatQuickBooks))
	}
	want := []string{
		"June 2026: 2026-06-01 to 2026-06-30, Rentbell payments 2026-06.csv",
		"May 2026: 2026-05-01 to 2026-05-31, Rentbell payments 2026-05.csv",
		"March 2026: 2026-03-01 to 2026-03-31, Rentbell payments 2026-03.csv",
		"This quarter: 2026-04-01 to 2026-06-30, Rentbell payments 2026 Q2.csv",
		"This year: 2026-01-01 to 2026-12-31, Rentbell payments 2026.csv",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPeriodsBeginWhereTheUserLives(t *testing.T) {
	tests := []struct {
		zone string
		now  string // UTC
		want []string
	}{
		{"America/New_York", "2027-01-01T03:00:00Z", []string{ // New Year's Eve
			"December 2026: 2026-12-01 to 2026-12-31", "November 2026: 2026-11-01 to 2026-11-30",
			"This quarter: 2026-10-01 to 2026-12-31", "This year: 2026-01-01 to 2026-12-31",
		}},
		{"Pacific/Kiritimati", "2026-12-31T11:00:00Z", []string{ // already New Year
			"January 2027: 2027-01-01 to 2027-01-31", "December 2026: 2026-12-01 to 2026-12-31",
			"This quarter: 2027-01-01 to 2027-03-31", "This year: 2027-01-01 to 2027-12-31",
		}},
		{"Asia/Kathmandu", "2028-02-29T18:14:59Z", []string{ // the last moment of a leap day
			"February 2028: 2028-02-01 to 2028-02-29", "January 2028: 2028-01-01 to 2028-01-31",
			"This quarter: 2028-01-01 to 2028-03-31", "This year: 2028-01-01 to 2028-12-31",
		}},
		{"America/Los_Angeles", "2026-04-01T06:59:59Z", []string{ // the last moment of a quarter
			"March 2026: 2026-03-01 to 2026-03-31", "February 2026: 2026-02-01 to 2026-02-28",
			"This quarter: 2026-01-01 to 2026-03-31", "This year: 2026-01-01 to 2026-12-31",
		}},
		{"America/Los_Angeles", "2026-04-01T07:00:00Z", []string{ // the first of the next
			"April 2026: 2026-04-01 to 2026-04-30", "March 2026: 2026-03-01 to 2026-03-31",
			"This quarter: 2026-04-01 to 2026-06-30", "This year: 2026-01-01 to 2026-12-31",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.zone+" "+tt.now, func(t *testing.T) {
			zone, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range usualPeriods(now.In(zone), core.Date{}) {
				got = append(got, p.name+": "+p.from.String()+" to "+p.to.String())
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestTheNewestMonthIsOfferedInSpanish(t *testing.T) {
	uitest.Speak(t, "es")
	d := openExport(t, uitest.Office(t), kit.Light, exportFolder)
	if got := d.view.period.Selected; got != "Junio 2026" || !slices.Contains(d.view.period.Options, got) || d.view.total.Text() != "42 pagos, $58,310.00" {
		t.Errorf("the dialog opens on %q of %q, with %q", got, d.view.period.Options, d.view.total.Text())
	}
}
