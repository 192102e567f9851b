package find

import (
	"fmt"
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

// counting is a reader that counts the events it returns. The feed may grow
// while it reads a page.
type counting struct {
	core.Reader
	events int
	during func() // called before each page; may be nil
}

func (c *counting) Page(feed core.Feed, offset, limit int) ([]core.Event, error) {
	if c.during != nil {
		c.during()
	}
	page, err := c.Reader.Page(feed, offset, limit)
	c.events += len(page)
	return page, err
}

func (c *counting) Event(seq uint64) (core.Event, error) {
	c.events++
	return c.Reader.Event(seq)
}

func TestFeedRowsReadBlocksAroundTheView(t *testing.T) {
	const n = 300
	reader := &counting{Reader: uitest.ManyPayments(t, n)}
	rows := newFeedRows(reader, core.FeedPayments, n)
	for row := range 10 {
		if e, ok := rows.At(row); !ok || e.Seq != uint64(n-row) {
			t.Fatalf("row %d is event %d, %v", row, e.Seq, ok)
		}
	}
	if reader.events > blockRows {
		t.Errorf("for ten rows %d events were read", reader.events)
	}
	for row := range n {
		if e, ok := rows.At(row); !ok || e.Seq != uint64(n-row) {
			t.Fatalf("row %d is event %d, %v", row, e.Seq, ok)
		}
	}
	if reader.events > n+blockRows {
		t.Errorf("all %d rows once cost %d events", n, reader.events)
	}
	if _, ok := rows.At(n); ok {
		t.Error("there is a row after the last")
	}
}

func TestFeedRowsStandStillWhileTheFeedGrows(t *testing.T) {
	db := uitest.ManyPayments(t, 100)
	rows := newFeedRows(db, core.FeedPayments, 100)
	grown := 0
	reader := &counting{Reader: db, during: func() {
		if grown < 1 { // once, after the count and before the page
			grown++
			uitest.Add(t, db, uitest.Payment(fmt.Sprint("late_", grown), present, uitest.LeaseOf("Priya Raman"), 1, "card"))
		}
	}}
	rows.reader = reader
	if e, ok := rows.At(0); !ok || e.Seq != 100 {
		t.Errorf("row 0 is event %d, %v; the feed grew, the rows did not", e.Seq, ok)
	}
	if e, ok := rows.At(99); !ok || e.Seq != 1 {
		t.Errorf("row 99 is event %d, %v", e.Seq, ok)
	}
}

func TestRowsAreFoundByTheirKeys(t *testing.T) {
	db := uitest.ManyPayments(t, 200)
	before := newFeedRows(db, core.FeedPayments, 150)
	after := newFeedRows(db, core.FeedPayments, 200)
	for _, row := range []int{0, 1, 63, 64, 149} {
		key := before.Key(row)
		if got := after.Find(key, row); got != row+50 {
			t.Errorf("event %d was row %d of 150 and is row %d of 200, want %d", key, row, got, row+50)
		}
	}
	if got := after.Find(1000, 5); got != -1 {
		t.Errorf("an event that is not there is row %d", got)
	}
	found := newFoundRows(db, []hit{{seq: 7}, {seq: 200}, {seq: 3}}, false)
	if got := found.Find(200, 0); got != 1 {
		t.Errorf("the found event is row %d, want 1", got)
	}
	if got := found.Find(8, 0); got != -1 {
		t.Errorf("an event that was not found is row %d", got)
	}
}

func TestFoundRowsAreReadOnce(t *testing.T) {
	reader := &counting{Reader: uitest.ManyPayments(t, 5)}
	rows := newFoundRows(reader, []hit{{seq: 1}, {seq: 3}, {seq: 5}}, true)
	for range 3 {
		for row, want := range []uint64{5, 3, 1} {
			if e, ok := rows.At(row); !ok || e.Seq != want {
				t.Fatalf("row %d is event %d, %v, want %d", row, e.Seq, ok, want)
			}
		}
	}
	if reader.events != 3 {
		t.Errorf("three rows cost %d reads", reader.events)
	}
}

func TestRowsOfABrokenStoreAreEmptyNotWrong(t *testing.T) {
	db := uitest.ManyPayments(t, 3)
	rows := newFeedRows(uitest.Broken{Reader: db}, core.FeedPayments, 3)
	if _, ok := rows.At(0); ok {
		t.Error("a row was read from a store that cannot be read")
	}
	if a, b := rows.Key(0), rows.Key(1); a == b || a == 0 {
		t.Errorf("rows that cannot be read have the keys %d and %d", a, b)
	}
}
