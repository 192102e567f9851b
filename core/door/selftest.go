package door

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"rentbell/core"
)

// A test event goes out to the public address, signed as AppFolio signs, and
// comes back in through the tunnel. It is known by its id, which only the holder
// of the webhook secret can make, so that it never enters the records: not when
// it comes late, and not after a restart either.

const (
	testType    = "rentbell.test"
	testPrefix  = "rentbell-test-"
	testTimeout = 15 * time.Second // there and back; the internet's slow days included
)

// Tester sends test events.
type Tester struct {
	receiver *Receiver
	sign     func(secret core.Secret, body []byte) http.Header
	internet http.RoundTripper
}

// NewTester makes a Tester for the deliveries of a Receiver. sign is Registrar.Sign.
// internet is the way to the public address; nil: the usual one, through the proxy
// of the settings.
func NewTester(r *Receiver, sign func(core.Secret, []byte) http.Header, internet http.RoundTripper) *Tester {
	return &Tester{r, sign, internet}
}

// SendTest sends a test event to the public address and returns how long it
// took to arrive here, verified. It waits for the network: not for the UI
// goroutine. Errors: ErrTestByHand, ErrNotListening, ErrNotSetUp, ErrTestLost,
// *AnswerError, or the network's own.
func (t *Tester) SendTest(ctx context.Context) (time.Duration, error) {
	status, secret := t.receiver.board.Status(), t.receiver.choices.Account().Secrets.WebhookSecret
	switch {
	case status.Kind == core.KindDeveloperSpace:
		return 0, core.ErrTestByHand
	case secret.IsZero():
		return 0, core.ErrNotSetUp
	case status.Connection != core.Listening:
		return 0, core.ErrNotListening
	}
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	id := testID(secret, rand.Text())
	arrived := t.receiver.tests.expect(id)
	defer t.receiver.tests.forget(id)
	sent := time.Now() // a duration, so not the Bell's clock
	if err := t.post(ctx, status.Address+core.WebhookPath, secret, id); err != nil {
		return 0, fmt.Errorf("send test event: %w", err)
	}
	select {
	case at := <-arrived:
		return at.Sub(sent), nil
	default: // somebody said 200, and it was not us
		return 0, core.ErrTestLost
	}
}

func (t *Tester) post(ctx context.Context, address string, secret core.Secret, id string) error {
	body, err := json.Marshal(map[string]any{
		"id": id, "type": testType, "created_at": t.receiver.now().UTC().Format(time.RFC3339), "data": struct{}{},
	})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = t.sign(secret, body)
	req.Header.Set("Content-Type", "application/json")
	transport, done := t.way()
	defer done()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if resp.StatusCode != http.StatusOK {
		return &core.AnswerError{Status: resp.StatusCode, Code: edgeCode(resp)}
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, mostAnswer)) // whether it came back is known here
	return nil
}

// mostAnswer bounds what is read of the answer to a test event, in bytes.
const mostAnswer = 4 << 10

// way is the way out for a test event: a connection of its own, and through the
// proxy of the settings.
func (t *Tester) way() (transport http.RoundTripper, done func()) {
	if t.internet != nil {
		return t.internet, func() {}
	}
	own := http.DefaultTransport.(*http.Transport).Clone()
	if proxy, err := core.ProxyFunc(t.receiver.choices.Settings().Proxy); err == nil {
		own.Proxy = proxy
	}
	return own, own.CloseIdleConnections
}

// edgeCode is the code that ngrok's edge gives when it answers itself.
func edgeCode(resp *http.Response) string {
	code := resp.Header.Get("Ngrok-Error-Code")
	if !strings.HasPrefix(code, "ERR_NGROK_") || len(code) > 20 {
		return ""
	}
	return code
}

// testID is an id that only the holder of the secret can make. It is made with a
// key of its own (RFC 5869): ids travel in the open, and a code made with the secret
// itself would be the valid signature of a delivery.
func testID(secret core.Secret, nonce string) string {
	key, err := hkdf.Key(sha256.New, []byte(secret.Reveal()), nil, testType, sha256.Size)
	if err != nil {
		return "" // only of a key longer than HKDF can make
	}
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, testPrefix+nonce) // a hash takes everything
	return testPrefix + nonce + "-" + hex.EncodeToString(mac.Sum(nil))
}

// tests are the test events that are under way.
type tests struct {
	mu    sync.Mutex
	await map[string]chan<- time.Time // by id
}

func newTests() *tests { return &tests{await: map[string]chan<- time.Time{}} }

// arrive reports whether a verified event is a test of ours, and tells whoever
// waits for it.
func (t *tests) arrive(e core.Event, secrets core.Secrets) bool {
	if e.Type != testType || !madeTest(e.ID, secrets) {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if arrived := t.await[e.ID]; arrived != nil {
		select {
		case arrived <- time.Now():
		default: // it has come before
		}
	}
	return true
}

func madeTest(id string, secrets core.Secrets) bool {
	nonce, _, _ := strings.Cut(strings.TrimPrefix(id, testPrefix), "-")
	for _, s := range []core.Secret{secrets.WebhookSecret, secrets.Retiring.Secret} {
		if !s.IsZero() && hmac.Equal([]byte(id), []byte(testID(s, nonce))) {
			return true
		}
	}
	return false
}

// expect returns where the arrival of a test will be told.
func (t *tests) expect(id string) <-chan time.Time {
	arrived := make(chan time.Time, 1) // capacity 1: it may arrive twice, or after nobody waits
	t.mu.Lock()
	defer t.mu.Unlock()
	t.await[id] = arrived
	return arrived
}

func (t *tests) forget(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.await, id)
}
