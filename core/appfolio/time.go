package appfolio

import (
	"strings"
	"time"
)

// Time parses an RFC 3339 time and returns it in UTC. Package time alone is both
// more lenient (a comma for the point, an hour of one digit, any zone) and stricter
// (no small t and z, no leap second). Times outside of the years 0 to 9999 UTC are
// refused, because RFC 3339 cannot write them.
func Time(text string) (t time.Time, ok bool) {
	text = strings.ToUpper(text)
	if !isRFC3339(text) {
		return t, false
	}
	leap := text[17:19] == "60"
	if leap {
		text = text[:17] + "59" + text[19:]
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, false
	}
	t = t.UTC()
	if leap {
		t = t.Add(time.Second)
		if t.Day() != 1 || t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
			return t, false // leap seconds only occur at the end of a month
		}
	}
	return t, t.Year() >= 0 && t.Year() <= 9999
}

// earliest is before AppFolio was founded, in 2006. Programs write the years 1, 1900 and
// 1970 where they know no time.
var earliest = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// firstRelease is before any Rentbell was there to receive anything: a clock that says
// otherwise has lost its battery, and tells nothing about the time of an event.
var firstRelease = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// mostAhead is how far the time of an event may be ahead of our clock: a day, for
// local time that is written with the wrong zone is ahead by up to 14 hours, and
// clocks are wrong by minutes.
const mostAhead = 24 * time.Hour

// IsPlausible reports whether what was received then may have happened at a time.
func IsPlausible(at, received time.Time) bool {
	return !at.Before(earliest) && (received.Before(firstRelease) || !at.After(received.Add(mostAhead)))
}

// isRFC3339 checks the shape and the zone; time.Parse checks the rest.
func isRFC3339(text string) bool {
	const shape = "0000-00-00T00:00:00"
	if len(text) <= len(shape) || !hasShape(text[:len(shape)], shape) {
		return false
	}
	zone := text[len(shape):]
	if fraction, found := strings.CutPrefix(zone, "."); found {
		zone = strings.TrimLeft(fraction, "0123456789")
		if zone == fraction {
			return false
		}
	}
	if zone == "Z" {
		return true
	}
	return (hasShape(zone, "+00:00") || hasShape(zone, "-00:00")) && zone[1:3] < "24" && zone[4:] < "60"
}

// hasShape compares byte by byte; a 0 in shape stands for any digit.
func hasShape(text, shape string) bool {
	if len(text) != len(shape) {
		return false
	}
	for i := range len(text) {
		digit := shape[i] == '0' && text[i] >= '0' && text[i] <= '9'
		if !digit && text[i] != shape[i] {
			return false
		}
	}
	return true
}
