package core

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"time"
)

// The contract of the receiver (product.md).
const (
	// WebhookPath is the only path that answers; it is compared exactly.
	WebhookPath = "/webhooks/appfolio"

	// MaxBody is the largest body taken, in bytes.
	MaxBody = 1 << 20

	maxHeader     = 16 << 10 // far above any sender's, far below what hurts
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second // the whole request
	writeTimeout  = 60 * time.Second // reading, a slow disk and the answer
	idleTimeout   = 2 * time.Minute

	retryAfter = "5" // seconds, with a 503: the time an overfull disk takes to be noticed
)

// answer is one row of the contract's table.
type answer struct {
	status int
	body   []byte
}

var (
	answerReceived    = answer{http.StatusOK, []byte(`{"received":true}`)}
	answerDuplicate   = answer{http.StatusOK, []byte(`{"received":true,"duplicate":true}`)}
	answerQuarantined = answer{http.StatusOK, []byte(`{"received":true,"quarantined":true}`)}
	answerForged      = answer{http.StatusUnauthorized, []byte(`{"error":"Invalid signature"}`)}
	answerUnreadable  = answer{http.StatusBadRequest, []byte(`{"error":"Unreadable body"}`)}
	answerNotFound    = answer{http.StatusNotFound, []byte(`{"error":"Not found"}`)}
	answerNotPost     = answer{http.StatusMethodNotAllowed, []byte(`{"error":"Method not allowed"}`)}
	answerTooLarge    = answer{http.StatusRequestEntityTooLarge, []byte(`{"error":"Body too large"}`)}
	answerTryAgain    = answer{http.StatusServiceUnavailable, []byte(`{"error":"Storage unavailable"}`)}
)

// and calls do when it holds and the delivery was acknowledged.
func (a answer) and(holds bool, do func()) answer {
	if holds && a.status == http.StatusOK {
		do()
	}
	return a
}

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"] = contentTypeJSON
	switch a.status {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a sender that has gone will ask again
}

var contentTypeJSON = []string{"application/json"}

// ServeHTTP is the receiver: it answers exactly what product.md's table says.
func (b *Bell) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.EscapedPath() != WebhookPath: // escaped: %2e forms are other paths
		answerNotFound.write(w)
	case r.Method != http.MethodPost:
		answerNotPost.write(w)
	case r.ContentLength > MaxBody:
		w.Header().Set("Connection", "close") // nobody wants to read the rest
		answerTooLarge.write(w)
	default:
		b.receive(w, r).write(w)
	}
}

// receive takes one delivery from the wire to the disk. Everything after the
// commit is told by a nudge, so nothing there can hold up or undo the answer.
func (b *Bell) receive(w http.ResponseWriter, r *http.Request) answer {
	body, err := b.crowd.readBody(w, r)
	switch {
	case err == nil:
	case errors.As(err, new(*http.MaxBytesError)):
		return answerTooLarge
	case errors.Is(err, errNoSeat):
		return answerTryAgain
	case errors.Is(err, os.ErrDeadlineExceeded):
		panic(http.ErrAbortHandler) // too slow: closed without an answer
	default:
		return answerUnreadable
	}

	received := b.now().UTC()
	d, replaced, err := b.openDelivery(r.Context(), r.Header, body, received)
	if err == nil {
		b.crowd.trust(r.Context())
	}
	switch {
	case err == nil && len(d.Events) == 1 && b.takeTest(d.Events[0]):
		return answerReceived
	case err == nil:
		b.uncheckable.Store(false)
		rang := slices.ContainsFunc(d.Events, isDoorbell)
		return b.take(d).and(replaced, b.changeOver).and(rang, func() { b.rang(received) })
	case errors.Is(err, ErrForged):
		b.cfg.Store.CountRejected(received)
		nudge(b.arrived)
		return answerForged
	}
	return b.uncheckableDelivery(err)
}

// uncheckableDelivery says so once, until a delivery verifies: strangers decide
// how many of these there are.
func (b *Bell) uncheckableDelivery(err error) answer {
	if !b.uncheckable.Swap(true) {
		b.log.Error("deliveries cannot be checked; they are refused until they can", "err", err)
	}
	return answerTryAgain
}

// take keeps what an authentic body holds: as a rule one event, or one stray.
func (b *Bell) take(d Delivery) answer {
	switch {
	case len(d.Events) == 1 && len(d.Strays) == 0:
		return b.keep(d.Events[0])
	case len(d.Events) == 0 && len(d.Strays) == 1:
		return b.keepApart(d.Strays[0])
	}
	return b.keepBatch(d)
}

// keepBatch keeps several parts at once. The answer is about the batch: a
// duplicate only when all of it came before.
func (b *Bell) keepBatch(d Delivery) answer {
	fresh, err := b.cfg.Store.AddAll(d)
	if err != nil {
		return b.storageTrouble(err)
	}
	b.storageWorks()
	switch {
	case len(d.Strays) > 0:
		b.log.Warn("parts of an authentic batch are no events; kept in quarantine", "parts", len(d.Strays))
		nudge(b.arrived)
	case len(d.Events) > 0 && fresh == 0:
		return answerDuplicate
	}
	if len(d.Events) == 0 {
		return answerQuarantined
	}
	b.bring()
	return answerReceived
}

// bring says that something new is stored: to the announcer, and to whoever
// reads back what doorbells announce.
func (b *Bell) bring() {
	nudge(b.arrived)
	nudge(b.unlearned)
}

func (b *Bell) keep(e Event) answer {
	_, fresh, err := b.cfg.Store.Add(e)
	if err != nil {
		return b.storageTrouble(err)
	}
	b.storageWorks()
	if !fresh {
		return answerDuplicate
	}
	b.bring()
	return answerReceived
}

func (b *Bell) keepApart(q Quarantined) answer {
	if _, err := b.cfg.Store.Quarantine(q); err != nil {
		return b.storageTrouble(err)
	}
	b.storageWorks()
	b.log.Warn("authentic delivery is no event; kept in quarantine", "reason", q.Reason, "bytes", len(q.Body))
	nudge(b.arrived)
	return answerQuarantined
}

// storageTrouble says so once, not once a delivery: a full disk meets a sender
// who tries again and again.
func (b *Bell) storageTrouble(err error) answer {
	if !b.storageFailed.Swap(true) {
		b.log.Error("storage failed; deliveries are refused until it works again", "err", err)
		b.set(func(s *Status) { s.Storage = err })
	}
	return answerTryAgain
}

func (b *Bell) storageWorks() {
	if b.storageFailed.Load() && b.storageFailed.Swap(false) {
		b.log.Info("storage works again")
		b.set(func(s *Status) { s.Storage = nil })
	}
}

// readBody reads at most MaxBody bytes; a *http.MaxBytesError says there are
// more, errNoSeat that too many large bodies are being read.
func (c *crowd) readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(min(r.ContentLength+bytes.MinRead, smallBody)))
	}
	limited := http.MaxBytesReader(w, r.Body, MaxBody)
	n, err := io.CopyN(&body, limited, smallBody)
	if n < smallBody || err != nil {
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return body.Bytes(), err
	}
	rise, err := c.sit(r.Context())
	if err != nil {
		return nil, err
	}
	defer rise()
	_, err = io.Copy(&body, limited)
	return body.Bytes(), err
}
