package bell_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

// answerOf delivers a signed body and returns status and text of the answer.
func answerOf(b *bell.Bell, body string) string {
	r := httptest.NewRequest(http.MethodPost, core.WebhookPath, strings.NewReader(body))
	r.Header.Set("X-AppFolio-Signature", sign(body))
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return fmt.Sprint(w.Code, " ", w.Body)
}

func TestQuarantineNeverTakesTheLastOfTheDisk(t *testing.T) {
	room := &computer{free: 500<<20 - 1}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Machine = room })
	const refused = `503 {"error":"Storage unavailable"}`
	if got := answerOf(d.Bell, "odd"); got != refused {
		t.Errorf("an odd delivery with the disk almost full: %s", got)
	}
	if got := answerOf(d.Bell, rent("evt_1", 1)); got != "200 "+received {
		t.Errorf("an event then: %s", got)
	}
	room.free++
	if got := answerOf(d.Bell, "odd"); got != "200 "+quarantined {
		t.Errorf("with room again: %s", got)
	}
	if got := answerOf(d.Bell, "odd"); got != `200 {"received":true,"duplicate":true,"quarantined":true}` {
		t.Errorf("once more: %s", got)
	}
	room.free--
	if got := answerOf(d.Bell, "odd"); got != `200 {"received":true,"duplicate":true,"quarantined":true}` {
		t.Errorf("what is in quarantine already, with the disk almost full: %s", got)
	}
	if s := d.Status(); s.Summary.Events != 1 || s.Summary.Quarantined != 1 || s.Storage != nil {
		t.Errorf("%+v", s)
	}
}

func TestLogTellsOfQuarantineEveryTenSecondsAtMost(t *testing.T) {
	var log bytes.Buffer
	now := time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Log, c.Now = slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now }
	})
	for i := range 25 { // one a second
		receive(t, d.Bell, fmt.Sprint("odd ", i))
		now = now.Add(time.Second)
	}
	lines := strings.Count(log.String(), "quarantine")
	if lines != 3 || strings.Count(log.String(), "count=10") != 2 {
		t.Errorf("%d lines:\n%s", lines, log.String())
	}
}
