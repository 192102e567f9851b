package news

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/uitest"
)

func TestDoorbellsAreNoNews(t *testing.T) {
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // it was only read
	for i := range 12 {
		e := core.Event{ID: fmt.Sprint("e", i), Type: "work_orders", ReceivedAt: uitest.Present, OccurredAt: uitest.Present, Body: []byte("{}"),
			Detail: core.Doorbell{Topic: "work_orders", Entity: fmt.Sprint(i)}}
		if i%3 == 0 {
			e.Detail = core.WorkOrder{ID: fmt.Sprint(i), Status: "New"}
		}
		if _, _, err := db.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	news, err := Latest(db, 3)
	var ids []string
	for _, e := range news {
		ids = append(ids, e.ID)
	}
	if err != nil || strings.Join(ids, " ") != "e9 e6 e3" {
		t.Errorf("news %v, %v, want the three newest that tell something", ids, err)
	}
}

func TestLatestShowsAWorkOrderOnce(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	var newest core.Event
	for i, status := range []string{"New", "Assigned", "Scheduled", "Waiting", "Work Done"} {
		newest = uitest.Add(t, db, uitest.Event("order_"+status, uitest.Present.Add(time.Duration(i)*time.Minute), core.WorkOrder{ID: "1191", Title: "Leak", Status: status}, core.Attention{}))
		uitest.Add(t, db, uitest.Payment("paid_"+status, uitest.Present.Add(time.Duration(i)*time.Minute), uitest.LeaseOf("Priya Raman"), 1_00, "card"))
	}
	news, err := Latest(db, 40)
	if err != nil || len(news) != 6 {
		t.Fatalf("%d lines, %v; want one of the work order and five payments", len(news), err)
	}
	if news[1].Seq != newest.Seq {
		t.Errorf("the work order is shown as of %v", news[1].Detail)
	}
	again := Add(news[:3], core.Event{Seq: 99, Detail: core.WorkOrder{ID: "1191", Status: "Completed"}}, 3)
	if len(again) != 3 || again[0].Seq != 99 || again[1].Seq != news[0].Seq || again[2].Seq != news[2].Seq {
		t.Errorf("in the tray: %v", again)
	}
}
