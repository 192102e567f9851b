package core

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestZoneDataTellsTheSameTime(t *testing.T) {
	zones := []string{"UTC", "America/Los_Angeles", "America/Santiago", "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "Europe/Dublin", "Antarctica/Troll"}
	periods := [][2]time.Time{
		{time.Date(2026, 5, 31, 0, 0, 0, 0, time.UTC), time.Date(2026, 7, 2, 0, 0, 0, 0, time.UTC)},
		{time.Date(1880, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)},
		{time.Date(-1, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 2, 0, 0, 0, 0, time.UTC)},
	}
	for _, name := range zones {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range periods {
			checkZoneData(t, loc, p[0], p[1])
		}
	}
	checkZoneData(t, time.FixedZone("", -12345), periods[0][0], periods[0][1])
}

func checkZoneData(t *testing.T, loc *time.Location, from, to time.Time) {
	t.Helper()
	data := tzif(loc, from, to)
	if len(data) > maxZoneData {
		t.Errorf("%v: %d bytes", loc, len(data))
	}
	got, err := time.LoadLocationFromTZData("", data)
	if err != nil {
		t.Fatalf("%v: %v", loc, err)
	}
	check := func(moment time.Time) {
		_, offset := moment.In(got).Zone()
		if _, want := moment.In(loc).Zone(); offset != want {
			t.Errorf("%v at %v: offset %d, want %d", loc, moment.UTC(), offset, want)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	span := to.Unix() - from.Unix()
	for range 500 {
		moment := time.Unix(from.Unix()+random.Int64N(span), 0)
		check(moment)
		if start, _ := moment.In(loc).ZoneBounds(); start.After(from) {
			check(start)
			check(start.Add(-1))
		}
	}
	check(from)
	check(to.Add(-1))
}
