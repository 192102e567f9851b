package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox"
)

// ledger collects what OnDelivery is told.
type ledger struct {
	mu         sync.Mutex // guards deliveries
	deliveries []sandbox.Delivery
}

func (l *ledger) note(d sandbox.Delivery) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deliveries = append(l.deliveries, d)
}

func TestFailedDeliveryIsTriedUntilAcknowledged(t *testing.T) {
	var told ledger
	c := quiet()
	c.OnDelivery = told.note
	s, base := serve(t, c)
	l := listen(t, 503, 302, 404)
	subscribe(t, base, l.URL)
	if err := s.Send(t.Context(), rent("evt_1")); err != nil {
		t.Fatal(err)
	}
	for i, status := range []int{503, 302, 404, 200} {
		if e := l.next(t); e.ID != "evt_1" {
			t.Errorf("attempt %d: got %s", i+1, e.ID)
		}
		d := told.deliveries[i]
		if d.Attempt != i+1 || d.Status != status || d.Delivered() != (status == 200) || d.GivenUp || d.Repeat || d.Answer != `{"received":true}` {
			t.Errorf("attempt %d: got %+v", i+1, d)
		}
	}
	if len(told.deliveries) != 4 {
		t.Errorf("got %d attempts, want 4", len(told.deliveries))
	}
}

func TestDeliveryIsGivenUp(t *testing.T) {
	var told ledger
	c := quiet()
	c.OnDelivery = told.note
	s, base := serve(t, c)
	l := listen(t, 500, 500, 500, 500)
	subscribe(t, base, l.URL)
	if err := s.Send(t.Context(), rent("evt_1")); !errors.Is(err, sandbox.ErrNotDelivered) {
		t.Errorf("got %v, want ErrNotDelivered", err)
	}
	if n := len(told.deliveries); n != 4 || !told.deliveries[3].GivenUp || told.deliveries[2].GivenUp {
		t.Errorf("got %+v, want the last of 4 to be given up", told.deliveries)
	}
}

func TestUnreachableListener(t *testing.T) {
	var told ledger
	c := quiet()
	c.OnDelivery = told.note
	s, base := serve(t, c)
	gone := httptest.NewServer(http.NotFoundHandler())
	subscribe(t, base, gone.URL)
	gone.Close()
	if err := s.Send(t.Context(), rent("evt_1")); !errors.Is(err, sandbox.ErrNotDelivered) {
		t.Errorf("got %v, want ErrNotDelivered", err)
	}
	if d := told.deliveries[0]; d.Status != 0 || d.Err == nil || d.Delivered() {
		t.Errorf("got %+v", d)
	}
}

func TestSlowListenerIsTriedAgain(t *testing.T) {
	var told ledger
	c := quiet()
	c.Timeout = 20 * time.Millisecond
	c.OnDelivery = told.note
	s, base := serve(t, c)
	slow := true
	l := listen(t)
	front := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		buffer := make([]byte, 1000)
		for _, err := r.Body.Read(buffer); err == nil; _, err = r.Body.Read(buffer) {
		}
		if slow {
			slow = false
			<-r.Context().Done()
		}
	}))
	t.Cleanup(front.Close)
	subscribe(t, base, front.URL)
	subscribe(t, base, l.URL)
	if err := s.Send(t.Context(), rent("evt_1")); err != nil {
		t.Fatal(err)
	}
	if d := told.deliveries[0]; !errors.Is(d.Err, context.DeadlineExceeded) {
		t.Errorf("got %+v, want a time-out", d)
	}
	l.next(t)
}

func TestForgedDeliveriesAreTriedAgainProperly(t *testing.T) {
	s, base := serve(t, quiet())
	l := listen(t)
	subscribe(t, base, l.URL)
	s.ForgeDeliveries(2)
	if err := s.Send(t.Context(), rent("evt_1")); err != nil {
		t.Fatal(err)
	}
	if l.next(t); l.forged != 2 {
		t.Errorf("got %d forged deliveries, want 2", l.forged)
	}
}

func TestSomeEventsAreSentTwice(t *testing.T) {
	var told ledger
	c := quiet()
	c.RepeatEvery = 4
	c.OnDelivery = told.note
	s, base := serve(t, c)
	l := listen(t)
	subscribe(t, base, l.URL)
	for range 100 {
		if err := s.Send(t.Context(), s.Next()); err != nil {
			t.Fatal(err)
		}
	}
	repeats := 0
	for i, d := range told.deliveries {
		if d.Repeat {
			repeats++
			if before := told.deliveries[i-1]; before.Event.ID != d.Event.ID || !before.Delivered() {
				t.Errorf("%s was repeated before it was acknowledged", d.Event.ID)
			}
		}
	}
	if repeats < 10 || repeats > 50 {
		t.Errorf("got %d repeats of 100 events, want about 25", repeats)
	}
	if len(l.arrived) != 100+repeats {
		t.Errorf("got %d deliveries, want %d", len(l.arrived), 100+repeats)
	}
}

func TestEventsGoToThoseWhoAskedForThem(t *testing.T) {
	s, base := serve(t, quiet())
	all, leases := listen(t), listen(t)
	subscribe(t, base, all.URL)
	if status, answer := call(t, "POST", base+"/v1/webhooks",
		`{"url":"`+leases.URL+`","events":["lease.signed"],"secret":"`+hookSecret+`"}`); status != 201 {
		t.Fatalf("got %d %s", status, answer)
	}
	inspected := sandbox.Event{ID: "evt_2", Type: "unit.inspected", Body: []byte(`{"id":"evt_2","type":"unit.inspected","data":{}}`)}
	for _, e := range []sandbox.Event{rent("evt_1"), inspected} {
		if err := s.Send(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if first, second := all.next(t), all.next(t); first.ID != "evt_1" || second.ID != "evt_2" {
		t.Errorf("got %s, %s", first.ID, second.ID)
	}
	if only := leases.next(t); only.ID != "evt_2" || len(leases.arrived) != 0 {
		t.Errorf("got %s and %d more, want the unknown type alone", only.ID, len(leases.arrived))
	}
}

func TestDeletedWebhookIsNotTriedAgain(t *testing.T) {
	c := quiet()
	var s *sandbox.Sandbox
	var base string
	attempts := 0
	c.OnDelivery = func(d sandbox.Delivery) {
		attempts++
		call(t, "DELETE", base+"/v1/webhooks/"+d.Webhook.ID, "")
	}
	s, base = serve(t, c)
	l := listen(t, 500)
	subscribe(t, base, l.URL)
	if err := s.Send(t.Context(), rent("evt_1")); err != nil || attempts != 1 {
		t.Errorf("got %v after %d attempts, want nothing owed after the first", err, attempts)
	}
}

func TestRetryUsesTheNewSecret(t *testing.T) {
	c := quiet()
	var s *sandbox.Sandbox
	var base, address string
	c.OnDelivery = func(d sandbox.Delivery) {
		if d.Attempt == 1 {
			subscribe(t, base, address)
		}
	}
	s, base = serve(t, c)
	l := listen(t)
	address = l.URL
	call(t, "POST", base+"/v1/webhooks", `{"url":"`+address+`","events":["payment.received"],"secret":"the old one"}`)
	if err := s.Send(t.Context(), rent("evt_1")); err != nil {
		t.Fatal(err)
	}
	if l.next(t); l.forged != 1 {
		t.Errorf("got %d forged deliveries, want the first one", l.forged)
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	c := quiet()
	c.Backoff = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	c.OnDelivery = func(sandbox.Delivery) { cancel() }
	s, base := serve(t, c)
	l := listen(t, 500)
	subscribe(t, base, l.URL)
	if err := s.Send(ctx, rent("evt_1")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSignAgreesWithTheContract(t *testing.T) {
	// The first case of the vectors that core/appfolio is tested with.
	body := []byte(`{"id":"evt_1","type":"payment.received","data":{"lease_id":"lease_1","amount_cents":125000,"payment_method":"ach"}}`)
	if got := sandbox.Sign("whsec_example_1", body); got != "a88dab70679b51d7841666a34ca2ded88cbd54f00ba1d2cf6f535662439faa4e" {
		t.Errorf("got %s", got)
	}
}

func TestRedirectLeadsNowhere(t *testing.T) {
	s, base := serve(t, quiet())
	l := listen(t)
	front := httptest.NewServer(http.RedirectHandler(l.URL, http.StatusTemporaryRedirect))
	t.Cleanup(front.Close)
	subscribe(t, base, front.URL)
	if err := s.Send(t.Context(), rent("evt_1")); !errors.Is(err, sandbox.ErrNotDelivered) || len(l.arrived) != 0 {
		t.Errorf("got %v and %d deliveries elsewhere, want none", err, len(l.arrived))
	}
}
