package radar_test

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

func TestAClockThatIsPutBack(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.add("2026-05-20", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.June, Day: 1}})
	watch := radar.NewWatch(l.book(), l.terms, l.at("2026-06-07"))
	if len(watch.Findings()) != 1 {
		t.Fatal("June's rent is not late")
	}
	watch.Tick(l.at("2026-06-06"))
	if got := watch.Findings(); len(got) != 0 {
		t.Errorf("the day before there is %+v", got)
	}
	if got, want := watch.NextDue(), l.at("2026-06-07"); !got.Equal(want) {
		t.Errorf("the next look is due at %s, want %s", got, want)
	}
}

func TestWhatIsAheadCountsWhenItHappens(t *testing.T) {
	l := newLedger(t, "America/Chicago")
	watch := radar.NewWatch(l.book(), l.terms, l.at("2026-06-01"))
	watch.Add(l.at("2026-06-01"), core.Event{Seq: 1, OccurredAt: l.at("2026-06-01 20:00").UTC(), Detail: core.Payment{Lease: "L", Amount: -100, AmountKnown: true}})
	if got := watch.Findings(); len(got) != 0 {
		t.Errorf("it is found before it happens: %+v", got)
	}
	watch.Tick(watch.NextDue())
	if got := watch.Findings(); len(got) != 1 || !watch.NextDue().Equal(l.at("2026-06-07")) {
		t.Errorf("when it happens there is %+v, and the next look is due at %s", got, watch.NextDue())
	}
}

func TestTermsOfOneLease(t *testing.T) {
	l := newLedger(t, "America/Chicago")
	now := l.at("2026-06-20")
	watch := radar.NewWatch(l.book(), l.terms, now)
	l.rent(1000)
	watch.SetTerms(l.terms, now, "L")
	if got := watch.Findings(); len(got) != 3 {
		t.Errorf("once its rent is typed there is %+v", got)
	}
	watch.SetTerms(radar.Terms{}, now)
	if got := watch.Findings(); len(got) != 0 {
		t.Errorf("when its rent is taken away there is %+v", got)
	}
}

func TestNothingDueInAnEmptyBook(t *testing.T) {
	watch := radar.NewWatch(radar.New(time.UTC), radar.Terms{}, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	if due := watch.NextDue(); due.Year() < 2200 || len(watch.Findings()) > 0 {
		t.Errorf("%s, %v", due, watch.Findings())
	}
}
