package store

import (
	"errors"
	"fmt"
	"testing"

	"rentbell/core"
)

func TestFloodIsOneItemThatIsHandledAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	arrive := func(reason core.Reason, from, n int) {
		t.Helper()
		for i := range n {
			q := apart(fmt.Sprint(reason, from+i))
			q.Reason = reason
			setApart(t, db, q, true)
		}
	}
	check := func(want ...string) {
		t.Helper()
		list, err := db.Concerns(100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range list {
			if c.Event != nil {
				got = append(got, c.Event.ID)
				continue
			}
			got = append(got, fmt.Sprintf("%d %s", c.Count, c.Quarantined.Body))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("items %v, want %v", got, want)
		}
		if s, err := db.Summary(); err != nil || s.Attention != len(want) {
			t.Errorf("%d need attention, %v; want %d", s.Attention, err, len(want))
		}
	}
	handle := func(row int) {
		t.Helper()
		list, err := db.Concerns(100)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.MarkHandled(list[row].ID); err != nil {
			t.Fatal(err)
		}
		if err := db.MarkHandled(list[row].ID); !errors.Is(err, core.ErrNotFound) {
			t.Errorf("handled twice: %v", err)
		}
	}
	flagged := rent("flagged", "1", 1, june18)
	flagged.Attention = core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}

	arrive(core.ReasonNoID, 0, flood-1)
	check("1 no-usable-id3", "1 no-usable-id2", "1 no-usable-id1", "1 no-usable-id0")
	add(t, db, flagged)
	arrive(core.ReasonNotObject, 0, 200)
	arrive(core.ReasonNoID, 4, 1)
	arrive(core.ReasonNoType, 0, 1)
	check("1 no-usable-type0", "5 no-usable-id4", "200 not-a-json-object199", "flagged")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	check("1 no-usable-type0", "5 no-usable-id4", "200 not-a-json-object199", "flagged")
	handle(2)
	check("1 no-usable-type0", "5 no-usable-id4", "flagged")
	arrive(core.ReasonNotObject, 200, 1)
	check("1 not-a-json-object200", "1 no-usable-type0", "5 no-usable-id4", "flagged")
	handle(3)
	handle(1)
	check("1 not-a-json-object200", "5 no-usable-id4")
	if list, err := db.Concerns(1); err != nil || len(list) != 1 {
		t.Errorf("of one: %d, %v", len(list), err)
	}
	if _, err := db.Prune(t.Context(), june18.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	check()
}
