package core

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
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

// Errors of SendTest.
var (
	// ErrNotListening: there is no open address to send to.
	ErrNotListening = errors.New("no open address")
	// ErrTestByHand: only AppFolio can sign what Developer Space delivers, so its
	// own page sends the test event.
	ErrTestByHand = errors.New("only AppFolio can send a test event")
	// ErrTestLost: something answered at the address that is not this Rentbell.
	ErrTestLost = errors.New("the test event did not come back")
)

// AnswerError is an answer of something on the way, where Rentbell's own was
// expected.
type AnswerError struct {
	Status int
	Code   string // ngrok's, where its edge answered; else empty
}

func (e *AnswerError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("answered %d %s", e.Status, e.Code))
}

// SendTest sends a test event to the public address and returns how long it
// took to arrive here, verified. It waits for the network: not for the UI
// goroutine. Errors: ErrTestByHand, ErrNotListening, ErrNotSetUp, ErrTestLost,
// *AnswerError, or the network's own.
func (b *Bell) SendTest(ctx context.Context) (time.Duration, error) {
	status, secret := b.Status(), b.Secrets().WebhookSecret
	switch {
	case status.Kind == KindDeveloperSpace:
		return 0, ErrTestByHand
	case secret.IsZero():
		return 0, ErrNotSetUp
	case status.Connection != Listening:
		return 0, ErrNotListening
	}
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	id := testID(secret, rand.Text())
	arrived := b.expectTest(id)
	defer b.forgetTest(id)
	sent := time.Now() // a duration, so not the Bell's clock
	if err := b.postTest(ctx, status.Address+WebhookPath, secret, id); err != nil {
		return 0, fmt.Errorf("send test event: %w", err)
	}
	select {
	case at := <-arrived:
		return at.Sub(sent), nil
	default: // somebody said 200, and it was not us
		return 0, ErrTestLost
	}
}

func (b *Bell) postTest(ctx context.Context, address string, secret Secret, id string) error {
	body, err := json.Marshal(map[string]any{
		"id": id, "type": testType, "created_at": b.now().UTC().Format(time.RFC3339), "data": struct{}{},
	})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = b.cfg.Source.Sign(secret, body)
	req.Header.Set("Content-Type", "application/json")
	transport, done := b.internet()
	defer done()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if resp.StatusCode != http.StatusOK {
		return &AnswerError{Status: resp.StatusCode, Code: edgeCode(resp)}
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxRefusal)) // whether it came back is known here
	return nil
}

// internet is the way out for a test event: a connection of its own, and through
// the proxy of the settings.
func (b *Bell) internet() (transport http.RoundTripper, done func()) {
	if b.cfg.Internet != nil {
		return b.cfg.Internet, func() {}
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	if proxy, err := url.Parse(b.Settings().Proxy); err == nil && proxy.Host != "" {
		t.Proxy = http.ProxyURL(proxy)
	}
	return t, t.CloseIdleConnections
}

// edgeCode is the code that ngrok's edge gives when it answers itself.
func edgeCode(resp *http.Response) string {
	code := resp.Header.Get("Ngrok-Error-Code")
	if !strings.HasPrefix(code, "ERR_NGROK_") || len(code) > 20 {
		return ""
	}
	return code
}

// testID is an id that only the holder of the secret can make.
func testID(secret Secret, nonce string) string {
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	_, _ = io.WriteString(mac, testPrefix+nonce) // a hash takes everything
	return testPrefix + nonce + "-" + hex.EncodeToString(mac.Sum(nil))
}

// takeTest reports whether a verified event is a test of ours, and tells whoever
// waits for it.
func (b *Bell) takeTest(e Event) bool {
	if e.Type != testType || !b.madeTest(e.ID) {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if arrived := b.tests[e.ID]; arrived != nil {
		select {
		case arrived <- time.Now():
		default: // it has come before
		}
	}
	return true
}

func (b *Bell) madeTest(id string) bool {
	nonce, _, _ := strings.Cut(strings.TrimPrefix(id, testPrefix), "-")
	secrets := b.Secrets()
	for _, s := range []Secret{secrets.WebhookSecret, secrets.Retiring.Secret} {
		if !s.IsZero() && hmac.Equal([]byte(id), []byte(testID(s, nonce))) {
			return true
		}
	}
	return false
}

// expectTest returns where the arrival of a test will be told.
func (b *Bell) expectTest(id string) <-chan time.Time {
	arrived := make(chan time.Time, 1) // capacity 1: it may arrive twice, or after nobody waits
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tests[id] = arrived
	return arrived
}

func (b *Bell) forgetTest(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.tests, id)
}
