package bell_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/tunnel/ngroktest"
)

func TestTestEventComesBackThroughTheEdgeAndIsNotKept(t *testing.T) {
	service := ngroktest.New(t)
	d, statuses := atNgrok(t, service, func(c *bell.Config) { c.Internet = service })
	await(t, statuses, core.Listening)
	if err := service.WaitOnline(t.Context(), service.URL()); err != nil {
		t.Fatal(err)
	}
	took, err := d.SendTest(t.Context())
	if err != nil || took <= 0 || took > 10*time.Second {
		t.Fatalf("arrived after %v, %v", took, err)
	}
	if s := d.Status().Summary; s.Events != 0 || s.Quarantined != 0 || s.Rejected.Count != 0 || !s.LastEvent.IsZero() {
		t.Errorf("the test event left %+v", s)
	}
}

// recorder lets requests through, notes them and can answer in their place.
type recorder struct {
	bodies  []string
	headers []http.Header
	answer  *http.Response
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.bodies, r.headers = append(r.bodies, string(body)), append(r.headers, req.Header)
	if r.answer != nil {
		return r.answer, nil
	}
	req.Body = io.NopCloser(strings.NewReader(string(body)))
	return http.DefaultTransport.RoundTrip(req)
}

func TestTestEventThatComesLateIsNotKeptEither(t *testing.T) {
	dir, way := t.TempDir(), &recorder{}
	d := newDesk(t, dir, func(c *bell.Config) { c.Internet = way })
	_, stop := d.listening(t)
	if _, err := d.SendTest(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, dir)
	receiveSigned(t, d.Bell, way.bodies[0], way.headers[0].Get("X-AppFolio-Signature"), http.StatusOK)
	if n := d.Status().Summary.Events; n != 0 {
		t.Errorf("after a restart the late test event is kept: %d events", n)
	}
	foreign := `{"id":"rentbell-test-1-00","type":"rentbell.test"}`
	receive(t, d.Bell, foreign)
	if n := d.Status().Summary.Events; n != 1 {
		t.Errorf("an event of AppFolio's that only looks like a test is not kept: %d events", n)
	}
}

func TestTestEventThatGoesAstrayIsTold(t *testing.T) {
	answer := func(status int, header http.Header) *http.Response {
		return &http.Response{StatusCode: status, Header: header, Body: http.NoBody}
	}
	way := &recorder{}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Internet = way })
	if _, err := d.SendTest(t.Context()); !errors.Is(err, core.ErrNotListening) {
		t.Errorf("before the door is open: %v", err)
	}
	d.listening(t)
	way.answer = answer(http.StatusOK, nil)
	if _, err := d.SendTest(t.Context()); !errors.Is(err, core.ErrTestLost) {
		t.Errorf("somebody else said 200: %v", err)
	}
	way.answer = answer(http.StatusNotFound, http.Header{"Ngrok-Error-Code": {"ERR_NGROK_3200"}})
	refusal := new(core.AnswerError)
	if _, err := d.SendTest(t.Context()); !errors.As(err, &refusal) || refusal.Code != "ERR_NGROK_3200" || refusal.Status != 404 {
		t.Errorf("ngrok's edge said 404: %v", err)
	}
	if strings.Contains(way.bodies[0], secret) {
		t.Error("the test event carries the secret")
	}
}

func TestIDOfATestEventIsNoSignature(t *testing.T) {
	way := &recorder{}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Internet = way })
	d.listening(t)
	if _, err := d.SendTest(t.Context()); err != nil {
		t.Fatal(err)
	}
	var event struct{ ID string }
	if err := json.Unmarshal([]byte(way.bodies[0]), &event); err != nil {
		t.Fatal(err)
	}
	cut := strings.LastIndex(event.ID, "-")
	receiveSigned(t, d.Bell, event.ID[:cut], event.ID[cut+1:], http.StatusUnauthorized)
	if s := d.Status().Summary; s.Quarantined != 0 || s.Rejected.Count != 1 {
		t.Errorf("it was taken: %+v", s)
	}
}
