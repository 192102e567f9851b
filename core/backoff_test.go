package core

import (
	"testing"
	"time"
)

func TestBackoffDoublesUpToItsLongest(t *testing.T) {
	b := Backoff{First: time.Second, Most: time.Minute}
	for want := b.First; want < 2*b.Most; want *= 2 {
		most := min(want, b.Most)
		if got := b.Next(); got > most || got < most*3/4 {
			t.Errorf("it waits %v, want up to %v and a quarter less at most", got, most)
		}
	}
	b.Reset()
	if got := b.Next(); got > b.First {
		t.Errorf("after a reset it waits %v", got)
	}
}
