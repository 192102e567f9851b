package core

import (
	"encoding/binary"
	"slices"
	"time"
)

// tzif writes what loc does to the clocks between two moments in the format
// time zones are kept in (RFC 9636), which time.LoadLocationFromTZData reads. A
// zone need not have a name that another process could look up: TZ and
// /etc/localtime may differ between the two.
func tzif(loc *time.Location, from, to time.Time) []byte {
	var offsets []int   // seconds east of UTC, by type
	var moments []int64 // when the clocks change, in seconds since 1970
	var types []byte    // and to which type; a zone has at most 256
	for t := from.In(loc); ; {
		_, offset := t.Zone()
		if !slices.Contains(offsets, offset) {
			offsets = append(offsets, offset)
		}
		moments = append(moments, t.Unix())
		types = append(types, byte(slices.Index(offsets, offset)))
		_, next := t.ZoneBounds()
		if next.IsZero() || !next.Before(to) {
			break
		}
		if !next.After(t) { // on the last day of a leap year ZoneBounds gives an end that is over
			next = t.Add(time.Hour)
		}
		t = next
	}

	data := tzifHeader(nil, 0, 0, 0) // the 32-bit block, which readers of version 2 skip
	data = tzifHeader(data, len(moments), len(offsets), 1)
	for _, moment := range moments {
		data = binary.BigEndian.AppendUint64(data, uint64(moment))
	}
	data = append(data, types...)
	for _, offset := range offsets {
		data = binary.BigEndian.AppendUint32(data, uint32(int32(offset)))
		data = append(data, 0, 0) // no daylight saving time, as far as anybody needs to know; name 0
	}
	data = append(data, 0)          // name 0 is empty
	return append(data, '\n', '\n') // no rule for later years
}

// tzifHeader begins a block; names is the length of all names in bytes.
func tzifHeader(data []byte, moments, types, names int) []byte {
	data = append(data, "TZif2"...)
	data = append(data, make([]byte, 15)...)
	for _, count := range []int{0, 0, 0, moments, types, names} {
		data = binary.BigEndian.AppendUint32(data, uint32(count))
	}
	return data
}
