package remote_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/remote"
	"rentbell/store/ledgertest"
)

func TestEventLines(t *testing.T) {
	at := time.Date(2026, 6, 18, 15, 40, 0, 123000000, time.UTC)
	event := func(id string, body string) core.Event {
		return core.Event{ID: id, Type: "t", OccurredAt: at, ReceivedAt: at.Add(time.Minute).In(ledgertest.Zone(t, "America/New_York")), Body: []byte(body)}
	}
	ledger := ledgertest.New(t,
		event(`a"<b>&`, `{"id":"x","data":{ "amount_cents" : 12345678901234567890.10e400 , "s":"<&> `+"\u2028"+`\ud800" },
			"type":"t"}`),
		event("no data", `{"id":"x"}`),
		event("null", `{"data":null}`),
		event("other case", `{"Data":1,"DATA":2}`),
		event("twice", `{"data":1,"data":[ ]}`),
		event("no JSON", `{"data":`),
		event("no UTF-8", "{\"data\":\"a\xffb\"}"),
	)
	times := `"type":"t","occurred_at":"2026-06-18T15:40:00.123Z","received_at":"2026-06-18T15:41:00.123Z","data":`
	want := `{"seq":1,"id":"a\"<b>&",` + times + `{"amount_cents":12345678901234567890.10e400,"s":"<&> ` + "\u2028" + `\ud800"}}
{"seq":2,"id":"no data",` + times + `null}
{"seq":3,"id":"null",` + times + `null}
{"seq":4,"id":"other case",` + times + `null}
{"seq":5,"id":"twice",` + times + `[]}
{"seq":6,"id":"no JSON",` + times + `null}
{"seq":7,"id":"no UTF-8",` + times + `"a` + "\ufffd" + `b"}
`
	var got bytes.Buffer
	if err := remote.WriteEvents(t.Context(), &got, ledger); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
	}
}

func TestQuarantineLines(t *testing.T) {
	at := time.Date(2026, 6, 18, 15, 40, 0, 0, time.UTC)
	ledger := ledgertest.New(t)
	for _, q := range []core.Quarantined{
		{ReceivedAt: at, Reason: core.ReasonNotObject, Body: []byte("\xff\x00")},
		{ReceivedAt: at, Reason: core.ReasonNoID},
	} {
		if _, _, err := ledger.Quarantine(q); err != nil {
			t.Fatal(err)
		}
	}
	var got bytes.Buffer
	if err := remote.WriteQuarantine(t.Context(), &got, ledger); err != nil {
		t.Fatal(err)
	}
	want := `{"seq":1,"received_at":"2026-06-18T15:40:00Z","reason":"not-a-json-object","body_base64":"/wA="}
{"seq":2,"received_at":"2026-06-18T15:40:00Z","reason":"no-usable-id","body_base64":""}
`
	if got.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
	}
}

func TestLinesTellOfTrouble(t *testing.T) {
	ledger := ledgertest.June(t)
	if _, _, err := ledger.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNoID}); err != nil {
		t.Fatal(err)
	}
	if err := remote.WriteEvents(t.Context(), &ledgertest.SmallDisk{}, ledger); !errors.Is(err, ledgertest.ErrFull) {
		t.Errorf("events on a full disk: %v", err)
	}
	if err := remote.WriteQuarantine(t.Context(), &ledgertest.SmallDisk{}, ledger); !errors.Is(err, ledgertest.ErrFull) {
		t.Errorf("quarantine on a full disk: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	var got bytes.Buffer
	if err := remote.WriteEvents(ended, &got, ledger); !errors.Is(err, context.Canceled) || got.Len() > 0 {
		t.Errorf("events after the end: %v and %d bytes", err, got.Len())
	}
	if err := remote.WriteQuarantine(ended, &got, ledger); !errors.Is(err, context.Canceled) || got.Len() > 0 {
		t.Errorf("quarantine after the end: %v and %d bytes", err, got.Len())
	}
}
