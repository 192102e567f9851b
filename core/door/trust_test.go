package door

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/keychain"
	"rentbell/store/ledgertest"
)

// vendor takes a body for what it says.
type vendor struct{ core.Source }

func (vendor) Open(_ context.Context, _ core.Account, _ http.Header, body []byte, received time.Time) (d core.Delivery, err error) {
	switch what := string(body); what {
	case "forged":
		return d, core.ErrForged
	case "another's":
		d.Others.Count = 1
	case "odd":
		d.Strays = []core.Quarantined{{ReceivedAt: received, Reason: core.ReasonNotObject, Body: body}}
	default:
		for id := range strings.SplitSeq(what, ",") {
			d.Events = append(d.Events, core.Event{ID: id, Type: "t", OccurredAt: received, ReceivedAt: received, Body: body})
		}
	}
	return d, nil
}

func newTestReceiver(t *testing.T) *Receiver {
	t.Helper()
	db := ledgertest.New(t)
	notes := board.New(core.Status{}, db.Summary)
	choices, err := board.NewChoices(db, &keychain.Memory{}, core.Override{}, notes)
	if err != nil {
		t.Fatal(err)
	}
	return NewReceiver(ReceiverConfig{
		Ledger: db, Source: func(core.Kind) core.Source { return vendor{} }, Choices: choices, Board: notes,
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Brought: func() {}, ChangedOver: func() {}, Proved: func(core.Secret) {},
	})
}

func TestOnlyANewEventMakesAStrangerKnown(t *testing.T) {
	r := newTestReceiver(t)
	ring := func(body string) (trusted bool) {
		g := &guest{}
		req := httptest.NewRequest(http.MethodPost, core.WebhookPath, strings.NewReader(body))
		r.ServeHTTP(httptest.NewRecorder(), req.WithContext(context.WithValue(req.Context(), guestKey{}, g)))
		return g.trusted.Load()
	}
	for _, tt := range []struct {
		body string
		want bool
	}{
		{"forged", false},
		{"another's", false}, {"another's", false},
		{"odd", false}, {"odd", false},
		{"1", true}, {"1", false},
		{"1,2", true}, {"1,2", false},
	} {
		if got := ring(tt.body); got != tt.want {
			t.Errorf("after %q: trusted %v, want %v", tt.body, got, tt.want)
		}
	}
}
